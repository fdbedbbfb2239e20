import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from '@parley/contract/refusal.ts';
import { createRateLimit } from '../security/rate-limit.ts';
import { sendRefusal } from './serve.ts';

export interface ProtectionOptions {
  readonly corsOrigins: readonly string[];
  /** Per caller; 0 is unlimited. */
  readonly requestsPerSecond: number;
  readonly clock: () => number;
}

/** Headers that clients of the agent gateway read and browsers hide unless told otherwise. */
const EXPOSED = ['Set-GUID', 'Guid'];

/** Operations that anybody may call are where secrets are guessed: so many a second from one address. */
const SIGN_INS_PER_SECOND = 100;

/** Security headers, CORS and rate limits: to be registered before the routes. */
export function protect(app: FastifyInstance, { corsOrigins, requestsPerSecond, clock }: ProtectionOptions): void {
  void app.register(helmet, {
    // The API page and the console are served from here and nothing else is loaded.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'self'"], baseUri: ["'self'"], formAction: ["'self'"], imgSrc: ["'self'", 'data:'], objectSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    // The demo runs over plain HTTP on the loopback; over HTTPS browsers are told to stay there.
    strictTransportSecurity: false,
    crossOriginResourcePolicy: { policy: corsOrigins.length === 0 ? 'same-origin' : 'cross-origin' },
  });
  if (corsOrigins.length > 0) void app.register(cors, { origin: [...corsOrigins], credentials: true, exposedHeaders: EXPOSED, methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] });

  const signIns = createRateLimit(SIGN_INS_PER_SECOND, 1000);
  const calls = requestsPerSecond === 0 ? undefined : createRateLimit(requestsPerSecond, 1000);
  app.addHook('onRequest', (request, reply, done) => {
    const { op } = request.routeOptions.config;
    if (op === undefined) return done();
    const open = op.auth === 'none' || op.auth === 'C1-or-body';
    if ((open && !signIns.take(request.ip, clock())) || calls?.take(callerName(request), clock()) === false) {
      sendRefusal(reply.header('retry-after', '1'), op, refuse(op.family.refusals.tooMany));
      return undefined;
    }
    return done();
  });
}

/** Whoever shows the same credential from the same address counts as one caller. */
function callerName(request: FastifyRequest): string {
  return `${request.ip} ${request.headers.authorization ?? request.headers['guid']?.toString() ?? ''}`;
}
