import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Client } from '@parley/contract/client.ts';
import { draftOf, NEW_GROUP, saveGroup, type Group } from './groups.ts';

const north: Group = { id: '7', kind: 'inspectors', name: 'North', remark: '', members: [104, 105], inspects: ['1'] };

async function asked(group: Group | undefined, draft: Parameters<typeof saveGroup>[2]): Promise<readonly (readonly [string, unknown])[]> {
  const calls: [string, unknown][] = [];
  const ask = ((op: { id: string }, input: unknown) => {
    calls.push([op.id, input]);
    return Promise.resolve({});
  }) as unknown as Client['ask'];
  await saveGroup({ ask }, group, draft);
  return calls;
}

describe('saving a group', () => {
  test('makes a new one at once, and agents inspect no group', async () => {
    assert.deepEqual(await asked(undefined, { ...NEW_GROUP, name: ' Day ', members: ['101'], inspects: ['9'] }), [
      ['createUserGroup', { kind: 'agents', name: 'Day', remark: '', members: [101], inspects: [] }],
    ]);
  });

  test('changes what differs and nothing else', async () => {
    assert.deepEqual(await asked(north, draftOf(north)), []);
    assert.deepEqual(await asked(north, { ...draftOf(north), members: ['105', '104'] }), [], 'the order of members means nothing');
    assert.deepEqual(await asked(north, { ...draftOf(north), name: 'South', members: ['104'], inspects: [] }), [
      ['renameUserGroup', { id: '7', name: 'South', remark: '' }],
      ['replaceGroupMembers', { id: '7', members: [104] }],
      ['replaceInspectedGroups', { id: '7', inspects: [] }],
    ]);
  });
});
