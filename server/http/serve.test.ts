import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Fastify from 'fastify';
import { envelopeOf } from '@parley/contract/operation.ts';
import { declaredOperations } from '@parley/contract/operations.ts';

describe('replies', () => {
  test('of every operation have a schema by which they can be written', async () => {
    const app = Fastify();
    const operations = await declaredOperations();
    for (const [index, op] of operations.entries()) {
      app.get(`/${index}`, { schema: { response: { 200: envelopeOf(op).schema(op.result) } } }, () => null);
    }
    // Fastify compiles what a route declares before it is ready, and is not if that fails.
    await assert.doesNotReject(async () => { await app.ready(); });
    await app.close();
  });
});
