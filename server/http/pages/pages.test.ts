import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { querySkills } from '@parley/contract/configuration/queue.ts';
import { buildOpenApi } from '@parley/contract/openapi.ts';
import { securitySchemes } from '@parley/contract/openapi-security.ts';
import { operation } from '@parley/contract/operation.ts';
import { CSRF_HEADER, SESSION_COOKIE } from '../../modules/console/index.ts';
import { registerPages } from './pages.ts';

let app: FastifyInstance;
let built = 0;

before(() => {
  app = Fastify();
  registerPages(app, {
    allow: (request) => request.headers['x-stranger'] === undefined,
    openapi: () => {
      built += 1;
      return JSON.stringify(buildOpenApi({ operations: [querySkills], title: 'Parley', version: '1' }));
    },
  });
});
after(() => app.close());

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((name) => /\.(js|css|html)$/.test(name));
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

describe('the API page', () => {
  test('serves the contract, built once and named by a tag that a second request can quote', async () => {
    const first = await get('/openapi.json');
    assert.equal(first.statusCode, 200);
    assert.equal(first.headers['content-type'], 'application/json; charset=utf-8');
    assert.ok('/apiaccess/rest/cc-management/v1/skill/querySkills' in first.json<{ paths: object }>().paths);
    const tag = String(first.headers.etag);
    for (const quoted of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const again = await get('/openapi.json', { 'if-none-match': quoted });
      assert.equal(again.statusCode, 304);
      assert.equal(again.body, '');
    }
    assert.equal((await get('/openapi.json', { 'if-none-match': '"other"' })).statusCode, 200);
    assert.equal(built, 1);
  });

  test('serves the page and every file it is made of, each as what it is', async () => {
    const page = await get('/docs');
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
    assert.match(String(page.headers['content-security-policy']), /script-src 'self'; style-src 'self'/);
    for (const name of files.filter((file) => !file.endsWith('.html'))) {
      const file = await get(`/${name.startsWith('setup') ? 'setup' : 'docs'}/${name}`);
      assert.equal(file.statusCode, 200, name);
      assert.match(String(file.headers['content-type']), name.endsWith('.js') ? /^text\/javascript/ : /^text\/css/);
      assert.equal(file.body, readFileSync(new URL(name, folder), 'utf8'));
    }
  });

  test('asks for nothing that is not served, and needs nothing its policy forbids', async () => {
    for (const name of files) {
      const text = readFileSync(new URL(name, folder), 'utf8');
      const wanted = [...text.matchAll(/(?:from '|(?:href|src)="|fetch\(')(\.?\/[\w./-]+)/g)].map(([, path]) => new URL(String(path), `http://parley/docs/${name}`).pathname);
      for (const path of wanted.filter((known) => !/^\/(admin|console)\//.test(known))) assert.equal((await get(path)).statusCode, 200, `${name} asks for ${path}`);
      assert.doesNotMatch(text, /\son\w+="|style="|<script>|<style|innerHTML|https?:\/\/(?!\$)/, `${name} holds nothing inline and nothing from elsewhere`);
    }
  });

  test('lets everybody see the set-up page, as the token of its link decides', async () => {
    for (const path of ['/setup', '/setup/setup.js', '/setup/setup.css']) assert.equal((await get(path, { 'x-stranger': '1' })).statusCode, 200, path);
  });

  test('is shown only to those who may look', async () => {
    for (const path of ['/openapi.json', '/docs', '/docs/docs.js']) {
      assert.equal((await get(path, { 'x-stranger': '1' })).statusCode, 403, path);
    }
  });

  test('names the cookie and the header that the console\'s session really uses', () => {
    const op = operation({ ...querySkills, auth: 'session' });
    const { session, csrf } = securitySchemes([op]) as Record<string, { name: string }>;
    assert.equal(session?.name, SESSION_COOKIE);
    assert.equal(csrf?.name, CSRF_HEADER);
  });
});
