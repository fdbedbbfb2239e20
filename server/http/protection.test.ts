import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { querySkills } from '@parley/contract/configuration/queue.ts';
import type { Operation } from '@parley/contract/operation.ts';
import { createMetrics } from './metrics.ts';
import { lookers, registerOperationsPages } from './operations-pages.ts';
import { protect } from './protection.ts';

async function listener(options: Partial<Parameters<typeof protect>[1]> = {}, clock: { now: number } = { now: 1000 }): Promise<FastifyInstance> {
  const app = Fastify();
  protect(app, { corsOrigins: [], requestsPerSecond: 0, clock: () => clock.now, ...options });
  for (const op of [tokenByAkSk, querySkills] as unknown as Operation[]) app.route({ method: op.method, url: op.path, config: { op }, handler: () => 'done' });
  await app.ready();
  return app;
}

const call = (app: FastifyInstance, op: { method: string; path: string }, headers: Record<string, string> = {}) =>
  app.inject({ method: op.method as 'POST', url: op.path, headers });

describe('protection', () => {
  test('sets the security headers', async () => {
    const { headers } = await call(await listener(), querySkills);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(String(headers['content-security-policy']), /default-src 'self'/);
    assert.equal(headers['x-frame-options'], 'DENY');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['access-control-allow-origin'], undefined);
  });

  test('lets configured origins in, and shows them the GUID headers', async () => {
    const app = await listener({ corsOrigins: ['https://crm.example'] });
    const allowed = await call(app, querySkills, { origin: 'https://crm.example' });
    assert.equal(allowed.headers['access-control-allow-origin'], 'https://crm.example');
    assert.equal(allowed.headers['access-control-expose-headers'], 'Set-GUID, Guid');
    assert.equal((await call(app, querySkills, { origin: 'https://evil.example' })).headers['access-control-allow-origin'], undefined);
  });

  test('limits what strangers try, in the manner of the family, and forgets it after a second', async () => {
    const clock = { now: 1000 };
    const app = await listener({}, clock);
    for (let count = 0; count < 100; count += 1) assert.equal((await call(app, tokenByAkSk)).statusCode, 200);
    const refused = await call(app, tokenByAkSk);
    assert.equal(refused.statusCode, 429);
    assert.equal(refused.headers['retry-after'], '1');
    assert.equal(refused.json<{ error: { code: string } }>().error.code, 'too-many');
    assert.equal((await call(app, querySkills)).statusCode, 200, 'authenticated operations have their own limit');
    clock.now += 1000;
    assert.equal((await call(app, tokenByAkSk)).statusCode, 200);
  });

  test('limits each caller by itself where a limit is set', async () => {
    const app = await listener({ requestsPerSecond: 2 });
    const statuses = [];
    for (const token of ['a', 'a', 'a', 'b']) statuses.push((await call(app, querySkills, { authorization: `Bearer ${token}` })).statusCode);
    assert.deepEqual(statuses, [200, 200, 429, 200]);
  });
});

describe('operations pages', () => {
  const pages = async (ready: () => Promise<boolean>, token = ''): Promise<FastifyInstance> => {
    const app = Fastify();
    const metrics = createMetrics();
    metrics.observe(app);
    registerOperationsPages(app, { metrics, ready, mayLook: lookers(token) });
    await app.ready();
    return app;
  };

  test('health is told to everybody, and not-ready is 503 also when the question fails', async () => {
    assert.deepEqual((await (await pages(() => Promise.resolve(true))).inject('/health')).json(), { status: 'ready' });
    assert.equal((await (await pages(() => Promise.resolve(false))).inject('/health')).statusCode, 503);
    assert.equal((await (await pages(() => Promise.reject(new Error('the database is away')))).inject('/health')).statusCode, 503);
  });

  test('metrics count by operation and status, for the loopback and for the token', async () => {
    const app = await pages(() => Promise.resolve(true), 'secret');
    await app.inject('/nowhere');
    const { body, statusCode } = await app.inject('/metrics');
    assert.equal(statusCode, 200);
    assert.match(body, /parley_http_requests_total\{operation="other",status="404"\} 1/);
    const from = (remoteAddress: string, headers: Record<string, string> = {}) => app.inject({ url: '/metrics', remoteAddress, headers });
    assert.equal((await from('10.0.0.1')).statusCode, 403);
    assert.equal((await from('10.0.0.1', { authorization: 'Bearer secret' })).statusCode, 200);
    assert.equal((await from('10.0.0.1', { authorization: 'Bearer wrong' })).statusCode, 403);
    assert.equal((await from('127.0.0.1', { 'x-forwarded-for': '10.0.0.1' })).statusCode, 403, 'a proxy on this machine speaks for somebody else');
  });
});
