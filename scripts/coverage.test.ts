import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSkill, deleteSkill, querySkills } from '../contract/configuration/queue.ts';
import { admin } from '../contract/admin/family.ts';
import { operation } from '../contract/operation.ts';
import { nothing } from '../contract/schema.ts';
import { coverageOf, partsPassed, tableOf } from './coverage.ts';

const whole = (id: string): string => `${id} example\n${id} badInput\n${id} effect\n`;
const own = operation({ id: 'own', family: admin, method: 'GET', path: '/admin/v1/own', auth: 'none', summary: 'Own', request: {}, result: nothing });

describe('the coverage of operations', () => {
  test('counts one as tested when all three parts passed and it is mounted', () => {
    const passed = partsPassed(`${whole('createSkill')}${whole('deleteSkill')}querySkills example\nquerySkills example\nquerySkills effect\n`);
    const operations = coverageOf([querySkills, createSkill, deleteSkill], [createSkill, querySkills], passed);
    assert.deepEqual(operations.map(({ id, served, tested, missing }) => ({ id, served, tested, missing })), [
      { id: 'createSkill', served: true, tested: true, missing: [] },
      { id: 'deleteSkill', served: false, tested: false, missing: [] },
      { id: 'querySkills', served: true, tested: false, missing: ['badInput'] },
    ]);
  });

  test('counts one that answers 501 as not served', () => {
    const [operationOf501] = coverageOf([], [operation({ ...createSkill, unserved: true })], partsPassed(whole('createSkill')));
    assert.equal(operationOf501?.served, false);
    assert.equal(operationOf501?.tested, false);
  });

  test('is shown by chapter, with the names of what lacks a test', () => {
    const table = tableOf(coverageOf([createSkill, own], [createSkill, own], partsPassed(whole('createSkill'))));
    assert.match(table, /^5 Configuration +1 +1 +1$/m);
    assert.match(table, /^Administration +1 +1 +0$/m);
    assert.match(table, /^All +2 +2 +1$/m);
    assert.match(table, /^ {2}own: example, badInput, effect missing$/m);
  });
});
