import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = JSON.stringify(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
const SERIOUS: ReadonlySet<string> = new Set(['serious', 'critical']);
const MOST_SHOWN = 3;

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What people who do not see, or use no mouse, would stumble over (WCAG 2.2 A and AA). */
export async function stumbles(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate<readonly Finding[]>(`axe.run(document, { runOnly: ${RULES} }).then(({ violations }) => violations)`);
  return violations.filter(({ impact }) => SERIOUS.has(impact))
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, MOST_SHOWN).map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}
