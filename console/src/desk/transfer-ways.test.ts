import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { innerHelp } from '@parley/contract/gateway/call-dial.ts';
import { transferCall } from '@parley/contract/gateway/call-transfer.ts';
import { requestOf, TARGETS, waysTo } from './transfer-ways.ts';

describe('the ways of a call to somebody else', () => {
  test('are those that 6.1.2.11 and 6.1.2.5 have', () => {
    const sent = TARGETS.flatMap((kind) => waysTo(kind, 'in', true).map((way) => {
      const { by, input } = requestOf({ kind, address: '7' }, way);
      return [kind, way, by, 'address' in input ? input.devicetype : input.devicetype ?? 2, input.mode ?? 0];
    }));
    assert.deepEqual(sent, [
      ['agent', 'talk', 'help', 2, 1], ['agent', 'answered', 'transfer', 2, 2], ['agent', 'blind', 'transfer', 2, 0], ['agent', 'three', 'help', 2, 2],
      ['queue', 'talk', 'help', 1, 1], ['queue', 'answered', 'transfer', 1, 2], ['queue', 'blind', 'transfer', 1, 0], ['queue', 'three', 'help', 1, 2],
      ['flow', 'blind', 'transfer', 3, 0], ['flow', 'lend', 'transfer', 3, 1],
      ['number', 'talk', 'transfer', 5, 3], ['number', 'answered', 'transfer', 5, 2], ['number', 'blind', 'transfer', 5, 1], ['number', 'three', 'transfer', 5, 4],
    ]);
    assert.ok([transferCall, innerHelp].every(({ request }) => request.body.properties.mode !== undefined));
  });

  test('are not blind to a number outside, unless the customer has called', () => {
    assert.ok(waysTo('number', 'in', true).includes('blind'));
    assert.ok(!waysTo('number', 'out', true).includes('blind'));
    assert.ok(waysTo('agent', 'out', true).includes('blind'));
  });

  test('have no help between agents, as that is for customers', () => {
    assert.deepEqual(waysTo('agent', 'internal', false), ['answered', 'blind']);
  });
});
