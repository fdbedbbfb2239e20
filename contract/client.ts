import type { TSchema } from 'typebox';
import { envelopeOf, isOfMedia, type Input, type Operation, type OperationParts, type Result } from './operation.ts';
import { readJson, writeJson } from './wire/json.ts';

/** One request on its way; `authorize` adds the headers that say who calls. */
export interface Outgoing {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

export type Authorize = (request: Outgoing) => Record<string, string> | Promise<Record<string, string>>;

export interface ClientOptions {
  readonly baseUrl: string;
  readonly authorize?: Authorize;
  readonly fetch?: typeof fetch;
  readonly timeoutMs?: number;
}

/** A reply as it came: `body` is the whole of it, envelope included; its result is there only when `ok`. */
export interface Reply<Op> {
  /** False for a refusal, also for one that comes with HTTP 200. */
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Result<Op> & Record<string, unknown>;
  /** The reply as received: what there is to read of one that is not JSON. */
  readonly bytes: Uint8Array;
}

/** What `ask` throws when the answer is a refusal. */
export class Refused extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(id: string, status: number, body: unknown) {
    super(`${id} was refused (HTTP ${status}): ${writeJson(body)}`);
    this.name = 'Refused';
    this.status = status;
    this.body = body;
  }
}

export interface Client {
  /** The reply, whatever it is. */
  readonly call: <Parts extends OperationParts, R extends TSchema>(
    op: Operation<Parts, R>, input: Input<Operation<Parts, R>>, headers?: Record<string, string>,
  ) => Promise<Reply<Operation<Parts, R>>>;
  /** The result; a refusal is thrown. */
  readonly ask: <Parts extends OperationParts, R extends TSchema>(
    op: Operation<Parts, R>, input: Input<Operation<Parts, R>>, headers?: Record<string, string>,
  ) => Promise<Result<Operation<Parts, R>>>;
}

const MAX_DEPTH = 64;

/** Calls the operations of the contract, typed by their declarations. */
export function createClient({ baseUrl, authorize = () => ({}), fetch: send = fetch, timeoutMs = 30_000 }: ClientOptions): Client {
  return withAsk({
    call: async (op, input, extraHeaders = {}) => {
      const request = requestFor(op, input as Record<string, unknown>);
      const headers: Record<string, string> = { ...request.headers, host: new URL(baseUrl).host, ...extraHeaders };
      Object.assign(headers, await authorize({ ...request, headers }));
      delete headers['host'];
      const response = await send(new URL(request.url, baseUrl), {
        method: request.method, headers, signal: AbortSignal.timeout(timeoutMs), redirect: 'error',
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const { status, headers: replyHeaders } = response;
      if (isOfMedia(replyHeaders.get('content-type'), op)) {
        return { ok: true, status, headers: replyHeaders, body: {} as never, bytes };
      }
      const read = readJson(bytes, { maxDepth: MAX_DEPTH });
      if (!read.ok) throw new Error(`${op.id}: the reply (HTTP ${status}) is not JSON: ${read.message}`);
      const body = (read.value ?? {}) as Record<string, unknown>;
      return { ok: succeeded(op, status, body), status, headers: replyHeaders, body: body as never, bytes };
    },
  });
}

/** Completes a client that can call. */
export function withAsk({ call }: Pick<Client, 'call'>): Client {
  return {
    call,
    ask: async (op, input, headers) => {
      const { ok, status, body } = await call(op, input, headers);
      if (!ok) throw new Refused(op.id, status, body);
      return (envelopeOf(op).resultOf?.(body) ?? body) as typeof body;
    },
  };
}

const CODES = ['resultCode', 'returnCode', 'retCode', 'retcode', 'errorCode'];

/** Envelopes that carry a code tell success by it, the others by HTTP alone. */
function succeeded(op: Operation, status: number, body: Readonly<Record<string, unknown>>): boolean {
  if (status !== 200) return false;
  const sample = envelopeOf(op).success({}, '') as Readonly<Record<string, unknown>>;
  const code = CODES.find((name) => name in sample);
  return code === undefined ? !('error' in body) : String(body[code]) === String(sample[code]);
}

/** Spreads an input over path, query and body as the operation declares them. */
export function requestFor(op: Operation, input: Readonly<Record<string, unknown>>): Outgoing {
  const path = op.path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(input[name])));
  const query = new URLSearchParams();
  for (const name of Object.keys(op.request.query?.properties ?? {})) {
    const value = input[name];
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') query.set(name, String(value));
  }
  const names = Object.keys(op.request.body?.properties ?? {});
  const body = op.request.body && Object.fromEntries(names.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]));
  return {
    method: op.method,
    url: query.size === 0 ? path : `${path}?${query.toString()}`,
    headers: body === undefined ? {} : { 'content-type': 'application/json; charset=UTF-8' },
    body: body === undefined ? undefined : writeJson(body),
  };
}

/** C1: a token of tokenByAkSk. */
export const withBearer = (token: string): Authorize => () => ({ authorization: `Bearer ${token}` });
