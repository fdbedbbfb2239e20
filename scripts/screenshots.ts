import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { listCalls } from '@parley/contract/admin/call.ts';
import { listWidgetKeys } from '@parley/contract/admin/widget-key.ts';
import { openConsole } from '../e2e/console/open-console.ts';
import { PASSWORD } from '../e2e/console/console-people.ts';
import { signIn } from '../e2e/console/console-browser.ts';
import { until } from '../server/testing/until.ts';

/** `npm run screenshots`: pictures of the main pages for the README and docs, of a Parley with the demo's traffic. `-- <folder>` puts them elsewhere. */
const [folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs', 'images')] = process.argv.slice(2);
const CALLS_ENOUGH = 12;
const PATIENCE_MS = 240_000;
mkdirSync(folder, { recursive: true });

const { parley, people, browser, close } = await openConsole({}, ['--demo']);
try {
  await until(async () => (await people.asOperator.ask(listCalls, {})).calls.length >= CALLS_ENOUGH, 'there have been calls', PATIENCE_MS);
  const supervisor = await signIn(await browser.person(), parley.url, people.supervisor, PASSWORD, '/board');
  const settled = async (page: Page): Promise<void> => {
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  };
  const take = async (page: Page, name: string, path?: string): Promise<void> => {
    if (path !== undefined) await page.goto(`${parley.url}/console${path}`);
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    console.log(join(folder, `${name}.png`));
  };
  await take(supervisor, 'board');
  const talks = (await people.asOperator.ask(listCalls, {})).calls.filter(({ talkSeconds }) => talkSeconds > 0);
  await take(supervisor, 'call', `/calls/${talks[0]?.callId ?? ''}`);
  await take(supervisor, 'figures', '/figures');
  const administrator = await signIn(await browser.person(), parley.url, people.administrator, PASSWORD, '/numbers');
  await take(administrator, 'numbers');
  const [alice] = people.demo.agents;
  const [button] = (await people.asOperator.ask(listWidgetKeys, {})).widgetKeys;
  if (alice === undefined || button === undefined) throw new Error('the demo has an agent and a call button');
  const agent = await signIn(await browser.person(), parley.url, alice.account, alice.accountPassword, '/desk');
  await agent.getByRole('button', { name: 'Open the desk' }).click();
  await agent.getByText('Ready', { exact: true }).first().waitFor();
  const customer = await (await browser.person()).newPage();
  await customer.goto(`${parley.url}/widget/customer.html?key=${button.id}&number=${button.accessCodes[0] ?? ''}`);
  await customer.getByRole('button', { name: 'Call us' }).click();
  await customer.getByRole('button', { name: 'Call now' }).click();
  await agent.getByRole('button', { name: /^Answer/ }).first().click();
  await customer.getByText('You are talking').waitFor();
  await customer.screenshot({ path: join(folder, 'customer.png') });
  await take(agent, 'desk');
  await agent.evaluate(() => { localStorage.setItem('mantine-color-scheme-value', 'dark'); });
  await take(agent, 'desk-dark', '/desk');
} finally {
  await close();
}
