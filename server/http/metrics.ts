import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  /** Counts and times every request of this listener by its operation; unknown paths share one name. */
  readonly observe: (app: FastifyInstance) => void;
}

const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ['operation', 'status'] as const;
  const requests = new Counter({ name: 'parley_http_requests_total', help: 'Requests answered, by operation and HTTP status.', labelNames, registers: [registry] });
  const seconds = new Histogram({ name: 'parley_http_request_seconds', help: 'Time to answer a request.', labelNames: ['operation'], buckets: BUCKETS, registers: [registry] });
  return {
    registry,
    observe: (app) => {
      app.addHook('onResponse', (request, reply, done) => {
        const operation = request.routeOptions.config.op?.id ?? 'other';
        requests.inc({ operation, status: reply.statusCode });
        seconds.observe({ operation }, reply.elapsedTime / 1000);
        done();
      });
    },
  };
}
