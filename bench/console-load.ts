import { gzipSync } from 'node:zlib';
import { signIn } from '@parley/contract/admin/session.ts';
import { createClient } from '@parley/contract/client.ts';
import { launchConsoleBrowser } from '../e2e/console/console-browser.ts';
import type { Subject } from './subject.ts';

const LOADS = 5;
const GOAL_KB = 400;
const GOAL_MS = 2000;
const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** The agent's desk in a browser that has never seen it: what comes over the line before it can be used, and how long that takes. */
export async function benchConsoleLoad({ url, demo }: Subject): Promise<string[]> {
  const [alice] = demo.agents;
  if (alice === undefined) throw new Error('the demo has no agent');
  const { headers } = await createClient({ baseUrl: url }).call(signIn, { account: alice.account, password: alice.accountPassword });
  const [, session = ''] = /parley_session=([^;]+)/.exec(headers.get('set-cookie') ?? '') ?? [];
  const browser = await launchConsoleBrowser();
  const [bytes, times]: [number[], number[]] = [[], []];
  try {
    for (let load = 0; load < LOADS; load += 1) {
      const person = await browser.person();
      await person.addCookies([{ name: 'parley_session', value: session, url }]);
      const page = await person.newPage();
      const files: Promise<number>[] = [];
      page.on('response', (response) => {
        if (/\/console\//.test(response.url())) files.push(response.body().then((body) => gzipSync(body, { level: 9 }).length, () => 0));
      });
      const begun = performance.now();
      await page.goto(`${url}/console/desk`);
      await page.getByRole('main').getByRole('button').and(page.locator(':enabled')).first().waitFor();
      times.push(performance.now() - begun);
      bytes.push((await Promise.all(files)).reduce((sum, size) => sum + size, 0));
      await person.close();
    }
  } finally {
    await browser.close();
  }
  return [
    `first load of the agent's desk: ${Math.round(median(bytes) / 1000)} kB gzipped (goal: under ${GOAL_KB})`,
    `until it can be used: ${Math.round(median(times))} ms, the median of ${LOADS} (goal: under ${GOAL_MS})`,
  ];
}
