import type { FastifyInstance } from 'fastify';
import { createRateLimit } from '../security/rate-limit.ts';

export interface WidgetCorsOptions {
  /** The path that web pages of other origins ask. */
  readonly path: string;
  /** Whether a page of that origin may ask at all; which key lets it in is decided when it does. */
  readonly isAllowed: (origin: string) => Promise<boolean>;
  readonly clock: () => number;
}

const MAX_AGE_SECONDS = '600';
const LONGEST_ORIGIN = 300;
/** From one address; a browser asks once in ten minutes. */
const PER_SECOND = 20;

/**
 * Answers the question that a browser asks before it lets a page of another origin send JSON (a CORS preflight): origins of the
 * widget keys are in the database, not in the settings. The answer to the page itself is the operation's business.
 */
export function registerWidgetCors(app: FastifyInstance, { path, isAllowed, clock }: WidgetCorsOptions): void {
  const questions = createRateLimit(PER_SECOND, 1000);
  // The settings' own answer would come first and know nothing of these origins.
  app.options(path, { config: { cors: false } as never }, async (request, reply) => {
    const { origin } = request.headers;
    if (!questions.take(request.ip, clock())) return reply.code(429).header('retry-after', '1').send();
    void reply.header('vary', 'Origin').code(204);
    if (origin !== undefined && origin.length <= LONGEST_ORIGIN && await isAllowed(origin)) {
      void reply.headers({
        'access-control-allow-origin': origin, 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'content-type', 'access-control-max-age': MAX_AGE_SECONDS,
      });
    }
    return reply.send();
  });
}
