import { catalogueOf, type Catalogue } from './catalogue.ts';
import type { Indicator } from './measure.ts';

const COLUMNS = 20;

/**
 * Tables 12-688 and 12-691: columns to which an installation may give a meaning of its own. Nothing gives them one here, and such a
 * column stands at 0 (the examples of 12.3.2.10 and 12.3.2.11 show it so).
 */
export function withReserved({ all, aliases }: Catalogue, prefix: 'IDX_SKILL_RESERVED_COL' | 'IDX_AGENT_RESERVED_COL'): Catalogue {
  const reserved = Array.from({ length: COLUMNS }, (_, index): Indicator => ({ code: `${prefix}${index + 1}`, settled: false, grain: 'whole', of: () => '0' }));
  return catalogueOf([...all, ...reserved], aliases);
}
