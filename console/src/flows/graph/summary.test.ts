import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { boxOf } from './graph.ts';
import { KINDS, WHOLE } from './kinds.fixture.ts';
import { summaryOf } from './summary.ts';

const nameOf = (kind: string, id: string): string => `${kind} ${id}`;

describe('the summary of a node', () => {
  const expected: Readonly<Record<keyof typeof WHOLE.nodes, string>> = {
    play: 'voiceFile 1323606152730207249', say: 'Hello ${caller:digits}.', collect: 'Number? ♪ voiceFile 7 ♪ ${seed} Now.', menu: 'Choose.', record: 'Speak.', wait: '1.5 s',
    set: 'data = \'n=\' & number', branch: '', http: 'POST https://crm.example.com/${number}', queue: 'queue 3 · queue 4 · queue 5', agent: '${seed} · queue 3', transfer: 'flow 2', return: '', bye: 'Bye.',
  };
  for (const [id, node] of Object.entries(WHOLE.nodes)) {
    test(`says what it does: ${node.type}`, () => { assert.equal(summaryOf(boxOf(id, node, KINDS), KINDS, nameOf), expected[id as keyof typeof expected]); });
  }

  test('is empty where nothing is filled in, whatever the kind', () => {
    for (const type of [...KINDS.types.keys(), 'unheard of']) assert.equal(summaryOf(boxOf('a', { type }, KINDS), KINDS, nameOf), '');
  });
});
