import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { pino } from 'pino';
import { admin } from '@parley/contract/admin/family.ts';
import { anyone, refuseCaller, type Authenticators } from '@parley/contract/authentication.ts';
import { configuration, returnCode } from '@parley/contract/configuration/family.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { operation } from '@parley/contract/operation.ts';
import { integer, list, longId, object, optional, text } from '@parley/contract/schema.ts';
import { createListener } from './listener.ts';

export const BASE = '/apiaccess/rest/cc-management/v1/thing';

const body = object({
  name: optional(text('Name.', { max: 20, also: ['title'] })),
  count: optional(integer('Count.')),
  id: optional(longId('Id.')),
  tags: optional(list(text('Tag.'), 'Tags.')),
  inner: optional(object({ deep: optional(text('Deep.')) })),
});

/** Answers what it was given, so that tests see how a request was read. */
export const echo = operation({
  id: 'echo', family: configuration, method: 'POST', path: `${BASE}/echo/{key}`, aliases: [`${BASE}/Echo/{key}`, `${BASE}/ehco/{key}`], auth: 'C1', envelope: returnCode,
  summary: 'Echo', request: { path: object({ key: text('Key.') }), query: object({ page: optional(integer('Page.', { min: 0 })) }), body },
  result: object({ json: text('What was read.', { max: 100_000 }) }),
});

export const look = operation({
  id: 'look', family: configuration, method: 'GET', path: `${BASE}/look`, auth: 'none', envelope: returnCode, perSecond: 3,
  summary: 'Look', request: {}, result: object({ seen: integer('How often.') }),
});

export const guarded = operation({
  id: 'guarded', family: admin, method: 'DELETE', path: '/admin/v1/things/{id}', auth: 'session', permission: 'tenant.write',
  summary: 'Guarded', request: { path: object({ id: integer('Id.') }) }, result: object({}),
});

export interface Listening {
  readonly url: string;
  readonly port: number;
  readonly send: (options: SendOptions) => Promise<Sent>;
  /** Writes bytes to a connection of its own; answers what came back until it was closed. */
  readonly raw: (write: (socket: ReturnType<typeof connect>) => void) => Promise<{ received: string; written: number }>;
  readonly logged: () => string;
  readonly close: () => Promise<void>;
}

export interface SendOptions {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly token?: string;
}

export interface Sent {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** Tokens of the fixture: `right` may do anything, `poor` has no permissions. */
const authenticators: Authenticators = {
  none: anyone,
  C1: {
    needsBody: false,
    authenticate: ({ header }) => (header('authorization') === 'Bearer right'
      ? { ok: true, caller: { scheme: 'C1', vdnId: 1, actor: 'test' } }
      : refuseCaller('unauthenticated', 'no token')),
  },
  session: {
    needsBody: false,
    authenticate: ({ header }) => ({
      ok: true, caller: { scheme: 'session', vdnId: 1, actor: 'test', permissions: new Set(header('authorization') === 'Bearer right' ? ['tenant.write'] : []) },
    }),
  },
};

export interface FixtureOptions {
  readonly onEcho?: (input: Record<string, unknown>, context: Context) => void | Promise<void>;
  readonly more?: readonly Handler[];
  readonly clock?: () => number;
}

export async function listen({ onEcho = () => undefined, more = [], clock = () => 0 }: FixtureOptions = {}): Promise<Listening> {
  let looks = 0;
  let ids = 0;
  const lines: string[] = [];
  const app = createListener({
    handlers: [
      handle(echo, async (input, context) => {
        await onEcho(input, context);
        return { json: JSON.stringify(input) };
      }),
      handle(look, () => Promise.resolve({ seen: ++looks })),
      handle(guarded, () => Promise.resolve({})),
      ...more,
    ],
    families: [configuration, admin], defaultFamily: configuration, authenticators, clock,
    logger: pino({ level: 'error' }, { write: (line: string) => { lines.push(line); } }),
    trustedProxies: [], newRequestId: () => `request-${++ids}`,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;

  const send = ({ method = 'POST', path, headers = {}, body: sent, token = 'right' }: SendOptions): Promise<Sent> => new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, agent: false, headers: { authorization: `Bearer ${token}`, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => { chunks.push(chunk); });
      response.on('end', () => {
        const received = Buffer.concat(chunks).toString('utf8');
        const json = received.startsWith('{') ? JSON.parse(received) as Record<string, unknown> : {};
        resolve({ status: response.statusCode ?? 0, headers: response.headers, rawHeaders: response.rawHeaders, text: received, json });
      });
    });
    request.on('error', reject);
    request.end(sent);
  });

  return {
    url: `http://127.0.0.1:${port}`, port, send,
    raw: (write) => new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => { chunks.push(chunk); });
      // A connection that is closed under a sender's hands is reset: that is what some tests look for.
      socket.on('error', () => undefined);
      socket.on('close', () => { resolve({ received: Buffer.concat(chunks).toString('utf8'), written: socket.bytesWritten }); });
      write(socket);
    }),
    logged: () => lines.join(''),
    close: async () => { await app.close(); },
  };
}

/** What `echo` says it has read. */
export const readBy = (sent: Sent): Record<string, unknown> => JSON.parse((sent.json as { json?: string }).json ?? '{}') as Record<string, unknown>;
