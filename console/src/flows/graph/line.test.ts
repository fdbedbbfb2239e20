import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BOX_WIDTH } from './layout.ts';
import { lineThrough } from './line.ts';

describe('the line of a way', () => {
  test('is one curve between neighbours', () => {
    assert.deepEqual(lineThrough({ x: 0, y: 0 }, [], { x: 100, y: 50 }), { path: 'M 0 0 C 50 0 50 50 100 50', middle: { x: 50, y: 25 } });
  });

  test('goes straight through the columns that it passes', () => {
    const { path } = lineThrough({ x: 0, y: 0 }, [{ x: 300, y: 80 }], { x: 600, y: 0 });
    assert.ok(path.includes(`${300 - BOX_WIDTH / 2} 80 L ${300 + BOX_WIDTH / 2} 80 C`), path);
  });

  test('goes back from right to left', () => {
    const { path } = lineThrough({ x: 600, y: 0 }, [{ x: 300, y: 80 }], { x: 0, y: 0 });
    assert.ok(path.includes(`${300 + BOX_WIDTH / 2} 80 L ${300 - BOX_WIDTH / 2} 80 C`), path);
    assert.ok(path.endsWith('0 0'));
  });
});
