import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { presentCallId } from './present.ts';

test('a client makes the id of a call of its four numbers (5.2.9), however many calls there were', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.integer({ min: 1, max: 2 ** 32 - 1 }), (seconds, number) => {
    const { dateTime, server, handle, dsn } = presentCallId(`${seconds}-${number}`);
    assert.ok(server <= 255 && handle <= 255 && dsn <= 65_535);
    assert.equal(`${dateTime / 1000}-${server * 2 ** 24 + handle * 2 ** 16 + dsn}`, `${seconds}-${number}`);
  }));
});
