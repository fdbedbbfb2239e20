import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDownload, isEventStream, isSerialised, type Caller, type Context, type Handler } from '@parley/contract/handler.ts';
import { envelopeOf, type FieldFault, type Operation } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal, type RefusalKind } from '@parley/contract/refusal.ts';
import { readJson, type JsonReading } from '@parley/contract/wire/json.ts';
import type { Authenticator, AuthRefusal, AuthRequest } from '@parley/contract/authentication.ts';
import { sendDownload } from './download.ts';
import { isEnding, sendEventStream } from './event-stream.ts';
import { createRateLimit } from '../security/rate-limit.ts';
import { compileReading, type Reading } from './reading.ts';

export const MAX_DEPTH = 64;
const NO_BODY = new Uint8Array(0);
const NOTHING_READ: JsonReading = { ok: true, value: undefined };
const JSON_TYPE = 'application/json; charset=utf-8';

export interface Serving {
  /** Checks that need no body; a reply has been sent when it answers false. */
  readonly admit: (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;
  readonly serve: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
}

const callers = new WeakMap<FastifyRequest, Caller>();

/** Sends a refusal in the manner of the operation's family. */
export function sendRefusal(reply: FastifyReply, op: Pick<Operation, 'family' | 'envelope'>, refusal: Refusal): FastifyReply {
  return reply.code(refusal.refused.status).type(JSON_TYPE).send(JSON.stringify(envelopeOf(op).refusal(refusal)));
}

function headerOf(request: FastifyRequest): (name: string) => string | undefined {
  return (name) => {
    const value = request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value[0] : value;
  };
}

/** Made only for those who ask: most operations are over before anybody could leave. */
function goneOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  if (reply.raw.closed || reply.raw.destroyed) controller.abort();
  // Aborting costs more than a poll does, so it is kept for those who really left.
  reply.raw.once('close', () => { if (!reply.raw.writableFinished) controller.abort(); });
  return controller.signal;
}

function onceSent(reply: FastifyReply, listener: (isSent: boolean) => void): void {
  if (reply.raw.closed || reply.raw.destroyed) {
    listener(false);
    return;
  }
  let isSent = false;
  reply.raw.once('finish', () => { isSent = true; });
  reply.raw.once('close', () => { listener(isSent); });
}

/** Writes replies as their operation declares them, by code that is made when the first is sent: hundreds of operations are never asked for. */
function writerOf(op: Operation): (reply: FastifyReply, value: unknown) => unknown {
  let write: ReturnType<FastifyReply['compileSerializationSchema']> | undefined;
  return (reply, value) => {
    // Text is sent as it is, and nothing has nothing to write.
    if (value === undefined || typeof value === 'string') return value;
    write ??= reply.compileSerializationSchema({ ...envelopeOf(op).schema(op.result) });
    return write(value as Record<string, unknown>);
  };
}

/** Turns one handler into what a route needs: the whole way of a request, step by step. */
export function serving(handler: Handler, authenticator: Authenticator, clock: () => number): Serving {
  const { op } = handler;
  const { refusals } = op.family;
  const envelope = envelopeOf(op);
  const done = op.done ?? 'success';
  const readPath = op.request.path && compileReading(op.request.path, 'path');
  const readQuery = op.request.query && compileReading(op.request.query, 'query');
  const readBody = op.request.body && compileReading(op.request.body, 'body');
  const written = writerOf(op);
  const isBodyRead = readBody !== undefined || authenticator.needsBody;
  const rate = op.perSecond === undefined ? undefined : createRateLimit(op.perSecond, 1000);

  const outcomeToRefusal = (outcome: AuthRefusal, request: FastifyRequest): Refusal =>
    outcome.why === 'refused' ? outcome.refusal : refuse(refusals[outcome.why], { message: outcome.message, path: (request.raw.url ?? '/').split('?')[0] ?? '/', at: clock() });

  const authRequest = (request: FastifyRequest, rawBody: Uint8Array, body: unknown): AuthRequest => ({
    op, method: request.method, rawUrl: request.raw.url ?? '/', header: headerOf(request), rawBody, body,
    params: request.params as Record<string, string | undefined>,
    source: request.ip, now: clock(),
  });

  const contextOf = (request: FastifyRequest, reply: FastifyReply, caller: Caller): Context => ({
    caller, vdnId: caller.vdnId, requestId: request.id, by: { actor: caller.actor, source: request.ip, operation: op.id },
    source: request.ip, now: clock(), secure: request.protocol === 'https',
    requestHeader: headerOf(request),
    // Node keeps the letter case of names set here; Fastify would lower it, and clients of the field compare it.
    header: (name, value) => { reply.raw.setHeader(name, value); },
    get gone() { return goneOf(reply); },
    onSent: (listener) => { onceSent(reply, listener); },
  });

  const admit = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    if (authenticator.needsBody) return true;
    const outcome = await authenticator.authenticate(authRequest(request, NO_BODY, undefined));
    if (outcome.ok) {
      callers.set(request, outcome.caller);
      return true;
    }
    sendRefusal(reply, op, outcomeToRefusal(outcome, request));
    return false;
  };

  const refuseField = (kind: RefusalKind, fault: FieldFault): Refusal =>
    (kind === refusals.invalid ? op.family.refuseField?.(fault) : undefined) ?? refuse(kind, { field: fault.field, message: fault.message });

  const gather = (request: FastifyRequest, body: unknown): Record<string, unknown> | Refusal => {
    const input: Record<string, unknown> = {};
    const parts: [((value: unknown) => Reading) | undefined, unknown, RefusalKind][] = [
      [readPath, request.params, refusals.invalid], [readQuery, request.query, refusals.invalid], [readBody, body, op.bodyRefusal ?? refusals.invalid],
    ];
    for (const [read, raw, kind] of parts) {
      if (read === undefined) continue;
      const reading = read(raw);
      if (!reading.ok) return refuseField(kind, reading);
      Object.assign(input, reading.value);
    }
    return input;
  };

  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const raw = request.body instanceof Uint8Array ? request.body : NO_BODY;
    // Some clients put a body where none belongs; what nobody reads need not be JSON.
    const json = raw.length === 0 || !isBodyRead ? NOTHING_READ : readJson(raw, { maxDepth: MAX_DEPTH });
    let caller = callers.get(request);
    if (caller === undefined) {
      const outcome = await authenticator.authenticate(authRequest(request, raw, json.ok ? json.value : undefined));
      if (!outcome.ok) return sendRefusal(reply, op, outcomeToRefusal(outcome, request));
      caller = outcome.caller;
    }
    if (op.permission !== undefined && caller.permissions?.has(op.permission) !== true) {
      return sendRefusal(reply, op, refuse(refusals.forbidden, { message: `this needs the permission ${op.permission}` }));
    }
    if (rate !== undefined && !rate.take(String(caller.vdnId), clock())) return sendRefusal(reply, op, refuse(refusals.tooMany));
    if (!json.ok && readBody !== undefined) return sendRefusal(reply, op, refuse(refusals.malformed, { message: json.message }));
    const input = gather(request, json.ok ? json.value : undefined);
    if (isRefusal(input)) return sendRefusal(reply, op, input);

    const answer = await handler.run(input, contextOf(request, reply, caller));
    if (isRefusal(answer)) return sendRefusal(reply, op, answer);
    if (isSerialised(answer)) return reply.type(JSON_TYPE).send(answer.json);
    if (isEventStream(answer)) return isEnding(request.server) ? sendRefusal(reply, op, refuse(refusals.overloaded)) : sendEventStream(request, reply, answer);
    if (isDownload(answer)) return sendDownload(request, reply, answer);
    return reply.type(JSON_TYPE).send(written(reply, envelope.success(answer, done)));
  };

  return { admit, serve };
}
