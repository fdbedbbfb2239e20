import type { IncomingMessage } from 'node:http';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Handler } from '@parley/contract/handler.ts';
import { mountsOf, type Family, type Operation } from '@parley/contract/operation.ts';
import { refuse } from '@parley/contract/refusal.ts';
import type { Authenticators } from '@parley/contract/authentication.ts';
import { endEventStreams } from './event-stream.ts';
import { sendRefusal, serving } from './serve.ts';
import { trackUnused } from './unused-connections.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    op?: Operation;
  }
}

export interface ListenerOptions {
  readonly handlers: readonly Handler[];
  readonly families: readonly Family[];
  /** Answers paths that belong to no family. */
  readonly defaultFamily: Family;
  readonly authenticators: Authenticators;
  readonly clock: () => number;
  readonly logger: FastifyBaseLogger;
  readonly trustedProxies: readonly string[];
  readonly newRequestId: () => string;
  /** Which requests leave HTTP, for whoever listens to the server's `upgrade`; none unless told. */
  readonly mayUpgrade?: (request: IncomingMessage) => boolean;
  /** Hooks and pages that come before the operations. */
  readonly prepare?: (app: FastifyInstance) => void;
}

export const MAX_BODY_BYTES = 1024 * 1024;
/** Node's own 16 KB are no room for call data of 16 KB in an address (6.1.3.3, 6.1.4.1), each byte of which may take three. */
export const MAX_HEADER_BYTES = 64 * 1024;

/** What is still read of a body after its request was refused, so that the client sees the refusal and no broken pipe. */
const MAX_LINGER_BYTES = 4 * 1024 * 1024;

const fastifyPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

/** A Fastify instance that serves exactly the handlers given, each as its operation declares. */
export function createListener(options: ListenerOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    http: { maxHeaderSize: MAX_HEADER_BYTES, shouldUpgradeCallback: options.mayUpgrade ?? (() => false) },
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    genReqId: options.newRequestId,
    exposeHeadRoutes: false,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 500 },
    frameworkErrors: (error, request, reply) => { onError(error, request, reply); },
  }) as unknown as FastifyInstance;

  // Whatever the content type says, a body is bytes first: signatures cover them, and clients misname their JSON.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => { done(null, body); });
  const contentTypes = new WeakMap<object, string>();
  // Fastify refuses content types that it cannot parse, so it is shown none; handlers and signatures see it again.
  app.addHook('preParsing', (request, _reply, _payload, done) => {
    const { headers } = request.raw;
    if (headers['content-type'] !== undefined) contentTypes.set(request, headers['content-type']);
    delete headers['content-type'];
    done();
  });
  app.addHook('preValidation', (request, _reply, done) => {
    const contentType = contentTypes.get(request);
    if (contentType !== undefined) request.raw.headers['content-type'] = contentType;
    done();
  });
  app.addHook('onSend', (request, _reply, _payload, done) => {
    leaveUnread(request.raw);
    done();
  });

  const familyOf = (request: FastifyRequest): Pick<Operation, 'family' | 'envelope'> => {
    const { op } = request.routeOptions.config;
    if (op !== undefined) return op;
    const path = (request.raw.url ?? '/').replace(/\/{2,}/g, '/').toLowerCase();
    return { family: options.families.find((family) => family.prefixes.some((prefix) => path.startsWith(prefix.toLowerCase()))) ?? options.defaultFamily };
  };

  function onError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
    const owner = familyOf(request);
    const { refusals } = owner.family;
    let refusal = refuse(refusals.internal, { requestId: request.id });
    // A 4xx is believed of Fastify alone: a library's error that carries one would tell the client of our inside.
    const { statusCode = 500 } = error;
    const code = typeof (error as { code?: unknown }).code === 'string' ? error.code : '';
    if (statusCode === 503) refusal = refuse(refusals.overloaded, { requestId: request.id });
    else if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') refusal = refuse(refusals.tooLarge);
    else if (code.startsWith('FST_ERR_CTP_') || code === 'ECONNRESET') refusal = refuse(refusals.malformed, { message: error.message });
    else if (code.startsWith('FST_') && statusCode >= 400 && statusCode < 500) refusal = refuse(refusals.invalid, { field: 'path', message: 'the path is not valid' });
    else request.log.error({ err: error, operation: request.routeOptions.config.op?.id }, 'the request failed');
    // Fastify would close at once after a refused body; `leaveUnread` does it more gently.
    reply.removeHeader('connection');
    sendRefusal(reply, owner, refusal);
  }

  app.setErrorHandler(onError);
  app.setNotFoundHandler((request, reply) => {
    const owner = familyOf(request);
    sendRefusal(reply, owner, refuse(owner.family.refusals.unknownPath, { path: request.raw.url ?? '/' }));
  });

  // They would keep the listener open.
  const endUnused = trackUnused(app.server);
  app.addHook('preClose', (done) => {
    endEventStreams(app);
    endUnused();
    done();
  });
  options.prepare?.(app);
  for (const handler of options.handlers) mount(app, handler, options);
  return app;
}

/** Of a body that nobody wanted a bounded rest is passed over while the reply goes out; then the connection is cut. */
function leaveUnread(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  let passed = 0;
  request.on('data', (chunk: Uint8Array) => {
    passed += chunk.length;
    if (passed > MAX_LINGER_BYTES) request.socket.destroy();
  });
}

function mount(app: FastifyInstance, handler: Handler, options: ListenerOptions): void {
  const { op } = handler;
  const authenticator = options.authenticators[op.auth];
  if (authenticator === undefined) throw new Error(`${op.id}: nobody authenticates ${op.auth}`);
  const { admit, serve } = serving(handler, authenticator, options.clock);
  for (const { method, path } of mountsOf(op)) {
    app.route({
      method,
      url: fastifyPath(path),
      config: { op },
      ...(op.maxBodyBytes === undefined ? {} : { bodyLimit: op.maxBodyBytes }),
      onRequest: async (request, reply) => {
        if (!(await admit(request, reply))) return reply;
        return undefined;
      },
      handler: serve,
    });
  }
}
