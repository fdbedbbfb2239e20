import cors from '@fastify/cors';
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

/**
 * What OWASP's list of headers asks of an API and of pages that load nothing from elsewhere. No Strict-Transport-Security:
 * the demo runs over plain HTTP on the loopback. The same for every reply, so they are not put together anew for each.
 */
const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'self'; base-uri 'self'; form-action 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** Operations that anybody may call are where secrets are guessed: so many a second from one address. */
const SIGN_INS_PER_SECOND = 100;

/** Security headers, CORS and rate limits: to be registered before the routes. */
export function protect(app: FastifyInstance, { corsOrigins, requestsPerSecond, clock }: ProtectionOptions): void {
  const headers = { ...SECURITY_HEADERS, 'cross-origin-resource-policy': corsOrigins.length === 0 ? 'same-origin' : 'cross-origin' };
  if (corsOrigins.length > 0) void app.register(cors, { origin: [...corsOrigins], credentials: true, exposedHeaders: EXPOSED, methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] });

  const signIns = createRateLimit(SIGN_INS_PER_SECOND, 1000);
  const calls = requestsPerSecond === 0 ? undefined : createRateLimit(requestsPerSecond, 1000);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
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
