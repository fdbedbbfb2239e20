import { randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { configuration } from '@parley/contract/configuration/family.ts';
import type { Authenticators } from '@parley/contract/authentication.ts';
import type { Handler } from '@parley/contract/handler.ts';
import { isRefusal } from '@parley/contract/refusal.ts';
import { compose, type Parley } from '../../compose.ts';
import { createListener } from '../../http/listener.ts';
import type { TestServer } from '../../testing/server.ts';
import type { Key, NewKey } from './keys.ts';

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Another address of the loopback to call from. */
  readonly from?: string;
}

export interface RawReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Names and values by turns, spelt as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Record<string, unknown>;
}

/** A request as given to the byte: `fetch` would choose the Host header and hide the letter case of the reply's names. */
export function send(url: string, { method, path, headers = {}, body, from }: RawRequest): Promise<RawReply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      hostname, port, method, path, timeout: 20_000, ...(from === undefined ? {} : { localAddress: from }),
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
    }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => { chunks.push(chunk); });
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0, headers: response.headers, rawHeaders: response.rawHeaders,
          body: text === '' ? {} : JSON.parse(text) as Record<string, unknown>,
        });
      });
    });
    request.on('timeout', () => { request.destroy(new Error('no reply in time')); });
    request.on('error', reject);
    request.end(body);
  });
}

export const post = (url: string, path: string, body: object, more: Partial<RawRequest> = {}): Promise<RawReply> =>
  send(url, { method: 'POST', path, body: JSON.stringify(body), ...more, headers: { 'content-type': 'application/json', ...more.headers } });

/** Makes a key as an administrator would, with a name and secret of the test's choice. */
export async function makeKey({ parley }: Pick<TestServer, 'parley'>, key: NewKey): Promise<Key> {
  const made = await parley.writer.write(key.vdnId, { actor: 'test', source: 'test', operation: 'test' }, ({ tx, at }) => parley.keys.insert(tx, key, at));
  if (isRefusal(made)) throw new Error('the key was refused');
  return made;
}

export interface Door {
  readonly url: string;
  readonly parley: Parley;
  /** All that was logged, as text. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

export interface DoorOptions {
  readonly trustedProxies?: readonly string[];
  /** Operations of the test's own, beside those that are served. */
  readonly handlers?: readonly Handler[];
  readonly authenticators?: Authenticators;
}

/** Another process on the same database: composed anew, with its own caches and locks, on a port of its own. */
export async function openDoor({ world }: Pick<TestServer, 'world'>, { trustedProxies = [], handlers = [], authenticators = {} }: DoorOptions = {}): Promise<Door> {
  let log = '';
  // Schedules belong to the first process; this one only answers.
  const parley = compose({ ...world, jobs: { ...world.jobs, schedule: () => undefined, define: () => ({ send: () => Promise.resolve() }) } });
  const app = createListener({
    handlers: [...parley.handlers, ...handlers], families: parley.families, defaultFamily: configuration,
    authenticators: { ...parley.authenticators, ...authenticators }, clock: world.clock, trustedProxies, newRequestId: () => randomUUID(),
    logger: pino({ level: 'trace' }, { write: (line: string) => { log += line; } }),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, parley, log: () => log,
    close: () => app.close(),
  };
}
