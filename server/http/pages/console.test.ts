import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { registerConsole } from './console.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-console-'));
const [pages, widget] = [join(folder, 'console'), join(folder, 'widget')];
const SCRIPT = 'console.log(1);';
let app: FastifyInstance;

before(async () => {
  mkdirSync(join(pages, 'assets'), { recursive: true });
  mkdirSync(widget);
  writeFileSync(join(pages, 'index.html'), '<title>Parley</title>');
  writeFileSync(join(pages, 'assets', 'index-1f.js'), SCRIPT);
  writeFileSync(join(pages, 'assets', 'index-1f.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(widget, 'widget.js'), SCRIPT);
  app = Fastify({ exposeHeadRoutes: false, routerOptions: { ignoreTrailingSlash: true } });
  registerConsole(app, { console: pages, widget });
  await app.ready();
});
after(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers });

describe('the console\'s pages', () => {
  test('are where the bare address leads', async () => {
    assert.equal((await get('/')).headers['location'], '/console/');
  });

  test('read the rest of the path by themselves, as one page, which is asked for each time and takes scripts from nowhere else', async () => {
    for (const path of ['/console', '/console/', '/console/queues', '/console/calls/1790000000-7']) {
      const { statusCode, body, headers } = await get(path);
      assert.deepEqual([statusCode, body, headers['cache-control']], [200, '<title>Parley</title>', 'no-cache'], path);
      assert.match(String(headers['content-security-policy']), /script-src 'self';/);
    }
  });

  test('have files that are kept for ever, compressed once', async () => {
    const plain = await get('/console/assets/index-1f.js');
    assert.deepEqual([plain.body, plain.headers['cache-control']], [SCRIPT, 'public, max-age=31536000, immutable']);
    const packed = await get('/console/assets/index-1f.js', { 'accept-encoding': 'gzip' });
    assert.equal(packed.headers['content-encoding'], 'gzip');
    assert.equal(gunzipSync(packed.rawPayload).toString(), SCRIPT);
  });

  test('are confined to what was built', async () => {
    for (const path of ['/console/../console.ts', '/console/%2e%2e/%2e%2e/package.json', '/console/assets/%2e%2e%2f%2e%2e%2fpackage.json']) {
      assert.doesNotMatch((await get(path)).body, /registerConsole|workspaces/, path);
    }
  });

  test('lend the call button to pages of any site', async () => {
    const { body, headers } = await get('/widget/widget.js');
    assert.deepEqual([body, headers['cross-origin-resource-policy'], headers['access-control-allow-origin']], [SCRIPT, 'cross-origin', '*']);
  });

  test('say what to do where nothing has been built', async () => {
    const bare = Fastify();
    registerConsole(bare, { console: join(folder, 'nowhere'), widget: join(folder, 'nowhere') });
    const { statusCode, body } = await bare.inject('/console/');
    assert.equal(statusCode, 503);
    assert.match(body, /npm start/);
    await bare.close();
  });
});
