import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Headers } from '../message/headers.ts';
import { readReason, writeReason } from './reason.ts';

describe('reasons of the telephone network', () => {
  for (const { value, read } of [
    { value: 'Q.850;cause=16;text="Terminated"', read: { q850: 16 } },
    { value: 'q.850 ; cause = 17', read: { q850: 17 } },
    { value: 'SIP;cause=200;text="Call completed elsewhere"', read: { sip: 200 } },
    { value: 'SIP;cause=600;text="a, b;cause=1", Q.850;cause=21', read: { sip: 600, q850: 21 } },
    { value: 'Q.850;cause=128', read: {} },
    { value: 'Q.850;cause=0', read: {} },
    { value: 'Q.850;cause=x', read: {} },
    { value: 'Q.850', read: {} },
    { value: ';;;', read: {} },
  ]) {
    it(`reads ${value}`, () => { assert.deepEqual(readReason(new Headers().append('Reason', value)), read); });
  }

  it('are written where there is one', () => {
    assert.equal(writeReason({ q850: 16 }), 'Q.850;cause=16');
    assert.equal(writeReason({ q850: 17, text: 'a "b"' }), 'Q.850;cause=17;text="a \\"b\\""');
    assert.deepEqual([writeReason(), writeReason({}), writeReason({ q850: 0 }), writeReason({ q850: 1.5 }), writeReason({ q850: 128 })], Array(5).fill(undefined));
  });
});
