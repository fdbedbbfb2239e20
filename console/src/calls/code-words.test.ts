import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AGENT_STATES } from '@parley/core/agent/agent.ts';
import { CAUSE, REASON } from '@parley/core/call/call.ts';
import { OPERATION, UNTOLD } from '@parley/core/operations/operation.ts';
import { codeWords } from './code-words.ts';

describe('in every language', () => {
  for (const [language, words] of Object.entries(codeWords)) {
    test(`there are words for every code that happens (${language})`, () => {
      const missing = (codes: readonly (number | string)[], known: object): readonly (number | string)[] => codes.filter((code) => !(code in known));
      assert.deepEqual(missing(Object.values(REASON), words.reasons), []);
      assert.deepEqual(missing(Object.values(CAUSE), words.causes), []);
      assert.deepEqual(missing(Object.values(OPERATION).filter((type) => !UNTOLD.includes(type)), words.operations), []);
      assert.deepEqual(missing([...AGENT_STATES, 'signedOut'], words.states), []);
    });
  }
});
