import type { BrowserContext, Locator, Page } from 'playwright-core';
import { complaintsOf, signIn, type ConsoleBrowser } from './console-browser.ts';
import { hears, lendAnEar } from './page-ear.ts';

/** The desk of an agent, in a page of the agent's browser. */
export interface BrowserDesk {
  readonly person: BrowserContext;
  readonly page: Page;
  readonly button: (name: string | RegExp) => Locator;
  readonly press: (name: string | RegExp) => Promise<void>;
  readonly is: (state: string) => Promise<void>;
  /** Waits until there is more sound in what it hears than there was. */
  readonly hears: () => Promise<void>;
}

export interface OpenedDesk extends BrowserDesk {
  readonly complaints: readonly string[];
}

export function atDesk(person: BrowserContext, page: Page): BrowserDesk {
  const button: BrowserDesk['button'] = (name) => page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).first();
  return {
    person, page, button,
    press: (name) => button(name).click(),
    is: (state) => page.getByRole('status').getByText(state, { exact: true }).first().waitFor(),
    hears: () => hears(page),
  };
}

/** Signs an agent in and opens the desk in a browser of the agent's own. */
export async function openDesk(browser: ConsoleBrowser, url: string, { account, accountPassword }: { readonly account: string; readonly accountPassword: string }): Promise<OpenedDesk> {
  const person = await browser.person();
  await lendAnEar(person);
  const page = await signIn(person, url, account, accountPassword, '/desk');
  const complaints = complaintsOf(page);
  await page.goto(`${url}/console/desk`);
  await page.getByRole('button', { name: 'Open the desk' }).click();
  return { complaints, ...atDesk(person, page) };
}
