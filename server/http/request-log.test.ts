import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { logRequests } from './request-log.ts';

test('refused requests are logged with the id that the caller got, and nothing secret with them', async () => {
  let lines = '';
  const stream = new Writable({ write: (chunk: Buffer, _encoding, done) => { lines += chunk.toString(); done(); } });
  const loggerInstance: FastifyBaseLogger = pino({ level: 'info' }, stream);
  const app = Fastify({ loggerInstance, logController: new LogController({ disableRequestLogging: true }) });
  logRequests(app);
  app.get('/fine', () => 'fine');
  const refused = await app.inject({ url: '/nowhere?token=secret', headers: { authorization: 'Bearer secret' } });
  await app.inject('/fine');
  const [line = '', ...others] = lines.trim().split('\n').filter((text) => text.includes('"request"'));
  assert.deepEqual(others, [], 'served requests are for the debug level');
  const logged = JSON.parse(line) as { reqId: string; status: number; operation: string };
  assert.equal(logged.status, 404);
  assert.equal(logged.operation, '/nowhere');
  assert.equal(logged.reqId, refused.headers['x-request-id']);
  assert.ok(!lines.includes('secret'));
});
