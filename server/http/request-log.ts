import type { FastifyInstance } from 'fastify';

/**
 * One line a request, with its id: served ones at debug, refused ones at info, failed ones at warn. Neither bodies nor
 * headers nor queries are logged, as they hold tokens and customers' data. The id stands in the reply too.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply;
    const level = statusCode >= 500 ? 'warn' : statusCode >= 400 ? 'info' : 'debug';
    const operation = request.routeOptions.config.op?.id ?? request.raw.url?.split('?')[0];
    request.log[level]({ operation, method: request.method, status: statusCode, ms: Math.round(reply.elapsedTime), source: request.ip }, 'request');
    done();
  });
}
