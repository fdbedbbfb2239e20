import { spawn } from 'node:child_process';
import { accessSync, constants, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** A browser for tests, driven by the DevTools protocol through a pipe: it has no port, and ends when we do. */
export interface Chromium {
  readonly version: string;
  /** Opens a page, and waits until it is loaded. Pages share nothing with one another. */
  readonly open: (url: string) => Promise<ChromiumPage>;
  readonly close: () => Promise<void>;
}

export interface ChromiumPage {
  /** Evaluates an expression in the page, waits for it if it is a promise, and answers its value as JSON has it. */
  readonly evaluate: <T>(expression: string, deadlineMs?: number) => Promise<T>;
  /** Calls a function in the page; it must not refer to anything outside of it. */
  readonly call: <T, Arguments extends readonly unknown[]>(work: (...given: Arguments) => T | Promise<T>, ...given: Arguments) => Promise<T>;
  /** Evaluates until it is true, or a promise of it. */
  readonly until: (expression: string, deadlineMs?: number) => Promise<void>;
  /** What the page has complained of so far. */
  readonly complaints: () => readonly string[];
  /** Closes it as a user does, or as a power cut does: without a word to anybody. */
  readonly close: (how?: 'closed' | 'crashed') => Promise<void>;
}

export interface ChromiumOptions {
  /** More arguments for its command line. */
  readonly extra?: readonly string[];
  /** Whether pages may use a microphone and a camera, which are made up: the microphone beeps once a second. */
  readonly fakeMedia?: boolean;
  readonly deadlineMs?: number;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
/** Other tests may be running beside it. */
const DEADLINE_MS = 60_000;
const POLL_MS = 50;

/** Where a browser is on the path; undefined when there is none. */
export function findChromium(path = process.env.PATH ?? ''): string | undefined {
  return path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** For the `skip` of a test: why it cannot run. Where everything has to be tested, a missing browser is a failure. */
export function withoutChromium(): string | false {
  return findChromium() === undefined && process.env.CI !== 'true' ? 'there is no Chromium on the path' : false;
}

const FLAGS = [
  '--headless=new', '--remote-debugging-pipe', '--no-sandbox', '--no-first-run', '--no-default-browser-check', '--disable-gpu', '--disable-dev-shm-usage',
  '--disable-extensions', '--disable-sync', '--disable-background-networking', '--disable-component-update', '--disable-default-apps',
  '--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows',
  '--metrics-recording-only', '--password-store=basic', '--use-mock-keychain', '--mute-audio',
  '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection',
];
const FAKE_MEDIA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

interface ProtocolMessage {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

type Send = (method: string, params?: Readonly<Record<string, unknown>>, sessionId?: string, deadlineMs?: number) => Promise<Readonly<Record<string, unknown>>>;

/** Speaks the protocol: JSON with a zero behind each message. */
function createProtocol(input: Writable, output: Readable, onEvent: (message: ProtocolMessage) => void, deadlineMs: number): { readonly send: Send; readonly end: (why: string) => void } {
  const waiting = new Map<number, { readonly resolve: (result: Readonly<Record<string, unknown>>) => void; readonly reject: (error: Error) => void }>();
  let last = 0;
  let ended: string | undefined;
  let chunks: string[] = [];
  const take = (message: ProtocolMessage): void => {
    const asked = message.id === undefined ? undefined : waiting.get(message.id);
    if (asked === undefined) onEvent(message);
    else if (message.error === undefined) asked.resolve(message.result ?? {});
    else asked.reject(new Error(message.error.message));
  };
  output.setEncoding('utf8').on('data', (text: string) => {
    const parts = text.split('\0');
    for (const part of parts.slice(0, -1)) {
      take(JSON.parse(chunks.join('') + part) as ProtocolMessage);
      chunks = [];
    }
    chunks.push(parts.at(-1) ?? '');
  });
  // Who writes to one that is gone learns it from its end.
  input.on('error', () => undefined);
  return {
    send: async (method, params = {}, sessionId, patienceMs = deadlineMs) => {
      if (ended !== undefined) throw new Error(ended);
      last += 1;
      const id = last;
      const { promise, resolve, reject } = Promise.withResolvers<Readonly<Record<string, unknown>>>();
      waiting.set(id, { resolve, reject });
      const timer = setTimeout(() => { reject(new Error(`Chromium did not answer ${method} within ${patienceMs} ms`)); }, patienceMs);
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        waiting.delete(id);
      }
    },
    end: (why) => {
      ended = why;
      for (const { reject } of waiting.values()) reject(new Error(why));
    },
  };
}

export async function launchChromium({ extra = [], fakeMedia = true, deadlineMs = DEADLINE_MS }: ChromiumOptions = {}): Promise<Chromium> {
  const file = findChromium();
  if (file === undefined) throw new Error('there is no Chromium on the path');
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  const child = spawn(file, [...FLAGS, ...(fakeMedia ? FAKE_MEDIA : []), `--user-data-dir=${profile}`, ...extra, 'about:blank'], {
    // A group of its own: its many processes end with it.
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const { promise: gone, resolve: leave } = Promise.withResolvers<void>();
  const sessions = new Map<string, (message: ProtocolMessage) => void>();
  const [, , , input, output] = child.stdio;
  const { send, end } = createProtocol(input as Writable, output as Readable, (message) => { sessions.get(message.sessionId ?? '')?.(message); }, deadlineMs);
  child.once('error', (error) => {
    end(`Chromium could not be started: ${error.message}`);
    leave();
  });
  child.once('exit', (code, signal) => {
    end(`Chromium has ended (${signal ?? code})`);
    leave();
  });

  const kill = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  /** A test that dies leaves nothing either. */
  const abandon = (): void => {
    kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', abandon);

  const close = async (): Promise<void> => {
    const timer = setTimeout(kill, 10_000);
    // It may be gone before it can answer.
    await send('Browser.close').catch(() => undefined);
    await gone;
    clearTimeout(timer);
    kill();
    process.removeListener('exit', abandon);
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };

  try {
    const { product } = await send('Browser.getVersion');
    return { version: String(product), close, open: async (url) => openPage(send, sessions, url, deadlineMs) };
  } catch (error) {
    kill();
    await close();
    throw error;
  }
}

async function openPage(send: Send, sessions: Map<string, (message: ProtocolMessage) => void>, url: string, deadlineMs: number): Promise<ChromiumPage> {
  const { browserContextId } = await send('Target.createBrowserContext');
  const { targetId } = await send('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const session = String(sessionId);
  const complaints: string[] = [];
  const { promise: loaded, resolve: load } = Promise.withResolvers<void>();
  sessions.set(session, ({ method, params }) => {
    if (method === 'Page.loadEventFired') load();
    if (method === 'Runtime.exceptionThrown') complaints.push(JSON.stringify(params?.exceptionDetails));
    if (method === 'Runtime.consoleAPICalled' && params?.type === 'error') complaints.push(JSON.stringify(params.args));
  });
  const ask = async (method: string, params: Readonly<Record<string, unknown>> = {}, patienceMs = deadlineMs) => send(method, params, session, patienceMs);
  await ask('Page.enable');
  await ask('Runtime.enable');
  const { errorText } = await ask('Page.navigate', { url });
  if (errorText !== undefined) throw new Error(`Chromium cannot open the page: ${JSON.stringify(errorText)}`);
  const timer = setTimeout(load, deadlineMs);
  await loaded;
  clearTimeout(timer);

  const evaluate = async <T>(expression: string, patienceMs = deadlineMs): Promise<T> => {
    const { result, exceptionDetails } = await ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true }, patienceMs) as {
      readonly result?: { readonly value?: unknown }; readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
    };
    if (exceptionDetails !== undefined) throw new Error(`in the page: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    return result?.value as T;
  };

  return {
    evaluate,
    call: async <T, Arguments extends readonly unknown[]>(work: (...given: Arguments) => T | Promise<T>, ...given: Arguments) =>
      evaluate<T>(`(${work.toString()})(...${JSON.stringify(given)})`),
    until: async (expression, patienceMs = deadlineMs) => {
      const end = Date.now() + patienceMs;
      while (!await evaluate<boolean>(`(async () => Boolean(await (${expression})))()`)) {
        if (Date.now() > end) throw new Error(`it has not become true in the page: ${expression}`);
        await new Promise((resolve) => { setTimeout(resolve, POLL_MS); });
      }
    },
    complaints: () => complaints,
    close: async (how = 'closed') => {
      // A page that crashes answers no more.
      if (how === 'crashed') await ask('Page.crash', {}, 500).catch(() => undefined);
      sessions.delete(session);
      await send('Target.disposeBrowserContext', { browserContextId });
    },
  };
}
