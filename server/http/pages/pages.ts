import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export interface PagesOptions {
  /** The contract's document as JSON text; asked for once. */
  readonly openapi: () => string;
  /** Whoever may look: the loopback, or a token of the operator's. */
  readonly allow: (request: FastifyRequest) => boolean;
}

interface Page {
  readonly bytes: Buffer;
  readonly type: string;
  readonly etag: string;
}

const SETUP_FILES = ['setup.css', 'setup.js'];
const FILES = ['docs.css', 'docs.js', 'docs-dom.js', 'docs-fields.js', 'docs-operation.js', 'docs-try.js'];

const TYPES: Readonly<Record<string, string>> = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', html: 'text/html; charset=utf-8' };

/** Scripts and styles come from here alone; requests that are tried out may go to another installation. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const SETUP_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function pageOf(text: string | Buffer, type: string): Page {
  const bytes = Buffer.from(text);
  return { bytes, type, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}

const fileNamed = (name: string): Page => pageOf(readFileSync(new URL(name, import.meta.url)), TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain');

/** `/openapi.json`, the page `/docs` that shows it, and `/setup`, where whoever has the one-time link makes the first account. */
export function registerPages(app: FastifyInstance, { openapi, allow }: PagesOptions): void {
  const serve = (path: string, make: () => Page, headers: Readonly<Record<string, string>> = {}, may = allow): void => {
    let page: Page | undefined;
    app.get(path, async (request: FastifyRequest, reply: FastifyReply) => {
      if (!may(request)) {
        return reply.code(403).send({ error: { code: 'forbidden', message: 'The API page is for the loopback or the operations token.' } });
      }
      page ??= make();
      // What is kept is asked for again each time: a new release must show at once, and asking costs little.
      reply.headers({ etag: page.etag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', ...headers });
      const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
      if (known.includes(page.etag) || known.includes('*')) return reply.code(304).send();
      return reply.type(page.type).send(page.bytes);
    });
  };
  serve('/openapi.json', () => pageOf(openapi(), 'application/json; charset=utf-8'));
  serve('/docs', () => fileNamed('docs.html'), { 'content-security-policy': POLICY });
  for (const name of FILES) serve(`/docs/${name}`, () => fileNamed(name));
  const everybody = (): boolean => true;
  serve('/setup', () => fileNamed('setup.html'), { 'content-security-policy': SETUP_POLICY }, everybody);
  for (const name of SETUP_FILES) serve(`/setup/${name}`, () => fileNamed(name), {}, everybody);
}
