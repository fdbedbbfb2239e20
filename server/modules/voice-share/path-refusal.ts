import { ccfsErrors as errors } from '@parley/contract/ccfs/family.ts';
import { refuse, type Refusal, type RefusalKind } from '@parley/contract/refusal.ts';
import type { PathFault } from '@parley/core/export/path.ts';

/** What a path is refused with; `form` and `rule` have codes of their own in each section. */
export function refusePath({ why, part = '' }: { readonly why: PathFault; readonly part?: string }, param: string, form: RefusalKind, rule: RefusalKind = form): Refusal {
  const kinds: Readonly<Record<PathFault, RefusalKind>> = {
    characters: errors.illegalCharacters, canonical: errors.notCanonical, length: errors.wrongLength, date: errors.wrongDate, folder: errors.wrongFolder, form, rule,
  };
  return refuse(kinds[why], { param: why === 'folder' ? part : param });
}
