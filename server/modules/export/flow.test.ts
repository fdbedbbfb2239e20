import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFlow } from './flow.ts';

test('so many downloads go on at once, and so many a second, for each tenant by itself', () => {
  const flow = createFlow();
  const ends: ((isSent: boolean) => void)[] = [];
  const begin = (vdnId: number, now: number): boolean => flow.download({ vdnId, now, onSent: (listener) => { ends.push(listener); } });
  const begun = Array.from({ length: 40 }, () => begin(1, 0)).filter(Boolean).length;
  assert.equal(begun, 32);
  assert.equal(begin(2, 0), true);
  for (const end of ends) end(true);
  assert.equal(Array.from({ length: 40 }, () => begin(1, 500)).filter(Boolean).length, 18, 'fifty within the second');
  assert.equal(begin(1, 1500), true);
});

test('so many queries a second', () => {
  const flow = createFlow();
  const asked = (vdnId: number, now: number): number => Array.from({ length: 60 }, () => flow.query({ vdnId, now })).filter(Boolean).length;
  assert.deepEqual([asked(1, 0), asked(1, 900), asked(2, 900), asked(1, 1000)], [50, 0, 50, 50]);
});
