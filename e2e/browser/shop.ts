import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createWidgetKey } from '@parley/contract/admin/widget-key.ts';
import type { Input, Result } from '@parley/contract/operation.ts';
import { createCallToken } from '@parley/contract/widget/call-token.ts';
import { launchChromium, type Chromium, type ChromiumPage } from '../../telephony/webrtc/testing/chromium.ts';
import type { ParleyCentre } from '../voice/parley-centre.ts';
import { openBrowserPhone, servePages, type BrowserPhone, type PageServer } from './browser-phone.ts';

export type CallToken = Result<typeof createCallToken>;

/** A web site from whose page customers call, and the browser that they have. */
export interface Shop {
  readonly chromium: Chromium;
  readonly pages: PageServer;
  /** What the page asks for, with the browser between it and Parley; status 0 where the browser keeps the answer from the page. */
  readonly askFor: (page: ChromiumPage, changes?: Partial<Input<typeof createCallToken>>) => Promise<{ readonly status: number; readonly body: CallToken }>;
  /** Somebody who has the page open, and may call. */
  readonly customer: (context: TestContext, changes?: CustomerChanges) => Promise<{ readonly token: CallToken; readonly phone: BrowserPhone }>;
  readonly close: () => Promise<void>;
}

export interface CustomerChanges {
  readonly caller?: string;
  readonly hertz?: number;
}

const CUSTOMER_HERTZ = 1_900;

/** Opens a web site with a key for the number. */
export async function openShop({ parley, operator }: Pick<ParleyCentre, 'parley' | 'operator'>, number: string): Promise<Shop> {
  const pages = await servePages();
  const { id: key } = await operator.ask(createWidgetKey, { name: 'Shop', origins: [pages.origin], accessCodes: [number] });
  const chromium = await launchChromium();

  const askFor: Shop['askFor'] = async (page, changes = {}) => page.call(async (url: string, body: string) => {
    try {
      const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      return { status: reply.status, body: await reply.json() as never };
    } catch (error) {
      return { status: 0, body: String(error) as never };
    }
  }, parley.url + createCallToken.path, JSON.stringify({ key, accessCode: number, ...changes }));

  return {
    chromium, pages, askFor,
    customer: async (context, { hertz = CUSTOMER_HERTZ, ...changes } = {}) => {
      const page = await chromium.open(pages.origin);
      context.after(async () => page.close().catch(() => undefined));
      const { status, body: token } = await askFor(page, changes);
      assert.equal(status, 200, JSON.stringify(token));
      const phone = await openBrowserPhone(page, { address: token.address, user: token.user, password: token.password, socket: token.webSocketUrl, registers: false }, hertz);
      return { token, phone };
    },
    close: async () => {
      await chromium.close();
      await pages.close();
    },
  };
}
