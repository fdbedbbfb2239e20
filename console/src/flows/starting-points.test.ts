import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { validateFlow } from '@parley/core/ivr/flow.ts';
import { startingFlow, STARTING_POINTS, type Prompts } from './starting-points.ts';

const prompts: Prompts = { language: 'en_US', welcome: 'Welcome.', choose: 'Press 1 or 2.', again: 'No such choice.', closed: 'Closed.', askScore: 'From 1 to 5?', thanks: 'Thank you.' };
const known = { queue: new Set(['3', '7']), flow: new Set<string>(), agent: new Set<string>(), voiceFile: new Set<string>(), key: new Set<string>() };

describe('a flow to begin with', () => {
  for (const point of STARTING_POINTS.filter((one) => one !== 'empty')) {
    test(`can be run as it is: ${point}`, () => {
      assert.deepEqual(validateFlow(startingFlow(point, prompts, [3, 7]), known), []);
      assert.deepEqual(validateFlow(startingFlow(point, prompts, [3]), known), [], 'a tenant with one queue');
    });
  }

  test('has two queues where there are two', () => {
    assert.deepEqual((startingFlow('menu', prompts, [3, 7])['nodes'] as Record<string, unknown>)['service'], { type: 'queue', queue: 7 });
  });

  test('may be none at all', () => {
    assert.deepEqual(startingFlow('empty', prompts, []), {});
  });
});
