import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findChromium } from '../../telephony/webrtc/testing/chromium.ts';

/** A browser for tests of the console: its microphone beeps, and pages may use it. */
export interface ConsoleBrowser {
  /** Somebody's own browser: cookies and storage are shared by the pages of one person, and by nobody else. */
  readonly person: (options?: { readonly width?: number; readonly height?: number; readonly language?: string }) => Promise<BrowserContext>;
  readonly close: () => Promise<void>;
}

const FLAGS = [
  '--no-sandbox', '--disable-dev-shm-usage', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection', '--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows',
];
/** Other tests may be running beside it. */
const PATIENCE_MS = 30_000;

export async function launchConsoleBrowser(): Promise<ConsoleBrowser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('there is no Chromium on the path');
  const browser: Browser = await chromium.launch({ executablePath, args: FLAGS });
  return {
    person: async ({ width = 1280, height = 720, language = 'en' } = {}) => {
      const context = await browser.newContext({ viewport: { width, height }, locale: language, ignoreHTTPSErrors: true });
      context.setDefaultTimeout(PATIENCE_MS);
      return context;
    },
    close: () => browser.close(),
  };
}

/** What a page has complained of; a test that ends with complaints has found something. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => { complaints.push(error.message); });
  return complaints;
}

/** Opens the console as somebody who signs in with a password. */
export async function signIn(person: BrowserContext, baseUrl: string, account: string, password: string, path = '/'): Promise<Page> {
  const page = await person.newPage();
  await page.goto(`${baseUrl}/console${path}`);
  await page.getByRole('textbox', { name: 'Account' }).fill(account);
  await page.locator('input[type="password"]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('banner').waitFor();
  return page;
}
