import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ChromiumPage } from '../../telephony/webrtc/testing/chromium.ts';
import { bundle } from './bundle.ts';

export interface BrowserAccount {
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly socket: string;
  readonly registers: boolean;
  readonly iceServers?: readonly unknown[];
}

/** A phone in a page of a browser, with the SIP of JsSIP and the sound of Chromium. */
export interface BrowserPhone {
  readonly page: ChromiumPage;
  readonly hertz: number;
  readonly state: () => Promise<'idle' | 'calling' | 'ringing' | 'up' | 'gone'>;
  readonly becomes: (state: 'ringing' | 'up' | 'gone') => Promise<void>;
  /** 200, or why it could not register. */
  readonly registered: () => Promise<number | string>;
  readonly call: (target: string, headers?: readonly string[]) => Promise<void>;
  /** What an INVITE says in Replaces that is to take the place of the call that came in. */
  readonly replaces: () => Promise<string>;
  readonly answer: () => Promise<void>;
  readonly hangUp: () => Promise<void>;
  readonly hold: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly press: (keys: string, transport?: 'RFC2833' | 'INFO') => Promise<void>;
  /** Waits until it hears these tones, and none of the others. */
  readonly hears: (tones: readonly number[], others?: readonly number[]) => Promise<void>;
  /** Listens for a while, in which none of these tones is to be heard once. */
  readonly neverHears: (tones: readonly number[]) => Promise<void>;
  /** Waits until it hears music. */
  readonly hearsMusic: () => Promise<void>;
  /** Why its last call ended, in the words of JsSIP, and with which SIP status if any. */
  readonly end: () => Promise<readonly [cause: string | undefined, status: number | undefined]>;
}

export interface PageServer {
  readonly server: Server;
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** Tones of phones are far above this in a page, and what is left of others far below. */
const HEARD_DECIBELS = -60;
const PATIENCE_MS = 20_000;
/** Half a second or more. */
const NEVER_LOOKS = 50;
const MUSIC = 0.005;

/** Serves the page of the phone. Microphones are for pages of a secure origin only, which the loopback is. */
export async function servePages(): Promise<PageServer> {
  const script = `${bundle('jssip', 'JsSIP')}\n${readFileSync(new URL('./phone.js', import.meta.url), 'utf8')}`;
  const server = createServer(({ url }, response) => {
    if (url === '/phone.js') response.setHeader('content-type', 'text/javascript').end(script);
    else response.setHeader('content-type', 'text/html').end('<!doctype html><meta charset="utf-8"><title>phone</title><script src="/phone.js"></script>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export async function openBrowserPhone(page: ChromiumPage, account: BrowserAccount, hertz: number): Promise<BrowserPhone> {
  const on = async <T>(expression: string): Promise<T> => page.evaluate<T>(expression, PATIENCE_MS);
  await on(`phone.open(${JSON.stringify({ ...account, hertz })})`);
  const state: BrowserPhone['state'] = () => on('phone.state');
  return {
    page, hertz, state,
    becomes: async (wanted) => {
      await page.until(`phone.state === '${wanted}'`, PATIENCE_MS).catch(async (error: unknown) => {
        throw new Error(`the browser's phone is ${await state()} instead of ${wanted}: ${page.complaints().join()} ${JSON.stringify(await on('[phone.cause, phone.status]'))}`, { cause: error });
      });
    },
    registered: async () => {
      await page.until('phone.registered !== undefined', PATIENCE_MS);
      return on('phone.registered');
    },
    call: async (target, headers = []) => {
      await page.until('phone.connected', PATIENCE_MS);
      await on(`phone.call(${JSON.stringify(target)}, ${JSON.stringify(headers)})`);
    },
    replaces: () => on('phone.replaces()'),
    answer: () => on('phone.answer()'),
    hangUp: () => on('phone.hangUp()'),
    hold: () => on('phone.hold()'),
    resume: () => on('phone.resume()'),
    press: (keys, transport = 'RFC2833') => on(`phone.press('${keys}', '${transport}')`),
    hears: async (tones, others = []) => {
      const all = JSON.stringify([...tones, ...others]);
      await page.until(`phone.levels(${all}).every((level, index) => (level > ${HEARD_DECIBELS}) === (index < ${tones.length}))`, PATIENCE_MS)
        .catch(async (error: unknown) => { throw new Error(`the browser was to hear ${tones.join()} and not ${others.join()}: ${JSON.stringify(await on(`phone.levels(${all})`))}`, { cause: error }); });
    },
    neverHears: async (tones) => {
      const loudest = await on<readonly number[]>(`phone.loudest(${JSON.stringify(tones)}, ${NEVER_LOOKS})`);
      assert.ok(loudest.every((level) => level <= HEARD_DECIBELS), `the browser was not to hear ${tones.join()}: ${loudest.join()}`);
    },
    hearsMusic: () => page.until(`phone.loudness() > ${MUSIC}`, PATIENCE_MS),
    end: () => on('[phone.cause, phone.status]'),
  };
}
