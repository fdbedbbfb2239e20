import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Where what is built for browsers lies. */
export interface BuiltPages {
  readonly console: string;
  readonly widget: string;
}

const BUILT: BuiltPages = {
  console: fileURLToPath(new URL('../../../console/dist', import.meta.url)),
  widget: fileURLToPath(new URL('../../../widget/dist', import.meta.url)),
};

/**
 * Everything comes from here. Styles may stand in the page, as the component library sets some of them there; sound is played from what has been fetched; the phone speaks
 * to this server by WebSocket.
 */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob: mediastream:; "
  + "connect-src 'self' ws: wss:; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const MISSING = 'The console has not been built. `npm start` builds it; so does `node scripts/prepare.mjs`.';

/** Names of these files carry what is in them, so browsers may keep them for ever; pages that name them are asked for each time. */
const NAMED_BY_CONTENT = /[/\\]assets[/\\]/;
const keeping = (path: string): string => (NAMED_BY_CONTENT.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');

function describe(reply: FastifyReply, path: string): void {
  reply.header('cache-control', keeping(path));
  if (path.includes('.html')) reply.header('content-security-policy', POLICY);
}

const asFiles = { wildcard: false, preCompressed: true, cacheControl: false, etag: true } as const;

/** The console under `/console/`, whose paths are its own to read, and the call button, which pages of any site may load. */
export function registerConsole(app: FastifyInstance, { console: pages, widget }: BuiltPages = BUILT): void {
  app.get('/', (_request, reply) => reply.redirect('/console/'));
  if (existsSync(pages)) {
    void app.register(fastifyStatic, { ...asFiles, root: pages, prefix: '/console/', setHeaders: describe });
    app.get('/console/*', (_request, reply) => reply.sendFile('index.html', pages));
  } else {
    app.get('/console/*', (_request, reply) => reply.code(503).type('text/plain; charset=utf-8').send(MISSING));
  }
  if (existsSync(widget)) {
    void app.register(fastifyStatic, {
      ...asFiles, root: widget, prefix: '/widget/', decorateReply: false,
      setHeaders: (reply, path) => { describe(reply.header('cross-origin-resource-policy', 'cross-origin').header('access-control-allow-origin', '*'), path); },
    });
  }
}
