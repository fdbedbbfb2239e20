import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { moveOf, placeAfter, speedAfter, SPEEDS } from './playing.ts';

describe('a recording', () => {
  test('is played, jumped in and sped up by keys', () => {
    assert.deepEqual(moveOf(' '), { kind: 'toggle' });
    assert.deepEqual(moveOf('ArrowLeft'), { kind: 'by', seconds: -5 });
    assert.deepEqual(moveOf('End'), { kind: 'to', share: 1 });
    assert.deepEqual(moveOf('>'), { kind: 'speed', by: 1 });
    assert.equal(moveOf('Tab'), undefined, 'which leads on');
  });

  test('is left neither at its beginning nor at its end', () => {
    assert.equal(placeAfter(3, -10, 60), 0);
    assert.equal(placeAfter(55, 10, 60), 60);
    assert.equal(placeAfter(30, 10, 60), 40);
  });

  test('has a slowest and a fastest speed', () => {
    assert.equal(speedAfter(1, 1), 1.25);
    assert.equal(speedAfter(1, -1), 0.75);
    assert.equal(speedAfter(SPEEDS[0], -1), SPEEDS[0]);
    assert.equal(speedAfter(2, 1), 2);
  });
});
