import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bearerToken } from '@parley/contract/authentication.ts';
import { sameSecret } from '../security/vault.ts';
import { isLoopback } from './loopback.ts';
import type { Metrics } from './metrics.ts';

export interface OperationsPagesOptions {
  readonly metrics: Metrics;
  /** Whether Parley can do its work now; rejects or answers false when not. */
  readonly ready: () => Promise<boolean>;
  readonly mayLook: (request: FastifyRequest) => boolean;
}

/** Who may see what describes the service: the loopback, and whoever has the operations token. */
export function lookers(token: string): (request: FastifyRequest) => boolean {
  return (request) => {
    // A proxy on the same machine speaks for somebody else: only an address that no header gave counts as the loopback.
    const direct = request.headers['x-forwarded-for'] === undefined && request.headers['forwarded'] === undefined;
    if (direct && isLoopback(request.socket.remoteAddress ?? '')) return true;
    return token !== '' && sameSecret(bearerToken(request.headers.authorization) ?? '', token);
  };
}

/** `/health` for everybody, `/metrics` for lookers. */
export function registerOperationsPages(app: FastifyInstance, { metrics, ready, mayLook }: OperationsPagesOptions): void {
  app.get('/health', async (_request, reply) => {
    const isReady = await ready().catch(() => false);
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not-ready' });
  });
  app.get('/metrics', async (request, reply) => {
    if (!mayLook(request)) return reply.code(403).send({ error: { code: 'forbidden', message: 'Metrics are for the loopback or the operations token.' } });
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
