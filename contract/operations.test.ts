import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSkill, querySkills } from './configuration/queue.ts';
import { refusalsOf } from './openapi.ts';
import { declaredOperations, operationsOf } from './operations.ts';

describe('the list of operations', () => {
  test('finds operations, each once, and nothing that only looks like one', () => {
    assert.deepEqual(operationsOf([{ createSkill, querySkills }, { again: createSkill, other: { id: 'other' }, text: 'createSkill' }]), [createSkill, querySkills]);
  });

  test('has every operation of the contract', async () => {
    const declared = await declaredOperations();
    assert.ok(declared.includes(createSkill) && declared.includes(querySkills));
  });
});

test('a name stands for one refusal in a family, as codes do not tell all of them apart', async () => {
  const families = Map.groupBy(await declaredOperations(), ({ family }) => family.id);
  for (const [family, operations] of families) {
    const refusals = [...new Set(operations.flatMap(refusalsOf))];
    const twice = refusals.filter(({ name }) => refusals.filter((other) => other.name === name).length > 1);
    assert.deepEqual(twice, [], `in the family ${family}`);
  }
});
