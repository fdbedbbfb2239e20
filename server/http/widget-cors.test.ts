import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { protect } from './protection.ts';
import { registerWidgetCors } from './widget-cors.ts';

const PATH = '/widget/v1/call-tokens';
const SHOP = 'https://shop.example.com';

async function listener(corsOrigins: readonly string[]): Promise<FastifyInstance> {
  const app = Fastify();
  protect(app, { corsOrigins, requestsPerSecond: 0, clock: () => 1000 });
  registerWidgetCors(app, { path: PATH, isAllowed: (origin) => Promise.resolve(origin === SHOP), clock: () => 1000 });
  await app.ready();
  return app;
}

for (const corsOrigins of [[], ['https://crm.example.com']]) {
  describe(`before a page asks for a call token, with ${corsOrigins.length} origins in the settings`, () => {
    const ask = async (origin: string) => (await listener(corsOrigins)).inject({
      method: 'OPTIONS', url: PATH, headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

    test('those of origins of keys may', async () => {
      const { statusCode, headers } = await ask(SHOP);
      assert.equal(statusCode, 204);
      assert.deepEqual([headers['access-control-allow-origin'], headers['access-control-allow-methods'], headers['access-control-allow-headers'], headers['vary']], [SHOP, 'POST', 'content-type', 'Origin']);
      assert.equal(headers['access-control-allow-credentials'], undefined);
    });

    test('nobody asks the database by asking often', async () => {
      const app = await listener(corsOrigins);
      const statuses = [];
      for (let count = 0; count <= 20; count += 1) statuses.push((await app.inject({ method: 'OPTIONS', url: PATH, headers: { origin: SHOP, 'access-control-request-method': 'POST' } })).statusCode);
      assert.deepEqual([statuses.indexOf(429), statuses.length], [20, 21]);
    });

    test('others may not, those of the settings among them', async () => {
      for (const origin of ['https://evil.example', 'https://crm.example.com', 'null', `https://${'a'.repeat(400)}`]) {
        assert.equal((await ask(origin)).headers['access-control-allow-origin'], undefined, origin);
      }
    });
  });
}
