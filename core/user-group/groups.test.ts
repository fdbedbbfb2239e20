import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  addMembers, createGroup, deleteGroup, emptyAll, groupIdOf, groupOfMember, isFault, MAX_GROUPS, memberIdOf, relate, removeMembers, renameGroup, setMembers,
  setRelations, unrelate, type Fault, type GroupKind, type Groups,
} from './groups.ts';

const make = (groups: Groups, id: string, kind: GroupKind = 'agents', name = id): Groups => done(createGroup(groups, { id, kind, name, remark: '' }));

function done(outcome: Groups | Fault): Groups {
  if (isFault(outcome)) assert.fail(outcome.wrong);
  return outcome;
}

function wrong(outcome: Groups | Fault): Fault['wrong'] | undefined {
  return isFault(outcome) ? outcome.wrong : undefined;
}

/** Two groups of agents, a and b, and one of inspectors, q. */
const three = make(make(make([], 'a'), 'b'), 'q', 'inspectors');
const of = (groups: Groups, id: string) => groups.find((group) => group.id === id);

describe('groups of agents', () => {
  test('have names of their own, and numbers', () => {
    assert.deepEqual(three.map(({ no }) => no), [1, 2, 3]);
    assert.equal(wrong(createGroup(three, { id: 'x', kind: 'agents', name: 'q', remark: '' })), 'nameTaken');
    assert.equal(wrong(createGroup(three, { id: 'x', kind: 'agents', name: '  ', remark: '' })), 'nameEmpty');
    assert.equal(wrong(renameGroup(three, 'a', 'b')), 'nameTaken');
    assert.equal(wrong(renameGroup(three, 'z', 'z')), 'unknownGroup');
    const renamed = done(renameGroup(done(renameGroup(three, 'a', 'A', 'a remark')), 'a', 'a'));
    assert.deepEqual([of(renamed, 'a')?.name, of(renamed, 'a')?.remark], ['a', 'a remark']);
    assert.equal(of(done(renameGroup(renamed, 'a', 'a', '')), 'a')?.remark, '');
  });

  test('are no more than can be looked at', () => {
    const full = Array.from({ length: MAX_GROUPS }, (_, index) => index).reduce<Groups>((groups, index) => make(groups, String(index)), []);
    assert.equal(wrong(createGroup(full, { id: 'x', kind: 'agents', name: 'x', remark: '' })), 'tooMany');
  });

  test('have an agent one at a time', () => {
    const joined = done(addMembers(three, 'a', [103, 101, 101]));
    assert.deepEqual(of(joined, 'a')?.members, [101, 103]);
    const moved = done(addMembers(joined, 'q', [101]));
    assert.deepEqual([of(moved, 'a')?.members, of(moved, 'q')?.members], [[103], [101]]);
    assert.deepEqual(of(done(setMembers(moved, 'a', [101, 102])), 'a')?.members, [101, 102]);
    assert.deepEqual(removeMembers(moved, [101, 103, 999]).flatMap(({ members }) => members), []);
    assert.deepEqual(emptyAll(moved).flatMap(({ members }) => members), []);
    assert.equal(wrong(addMembers(three, 'z', [101])), 'unknownGroup');
    assert.equal(wrong(setMembers(three, 'z', [])), 'unknownGroup');
  });

  test('are related from inspectors to agents alone', () => {
    assert.deepEqual(of(done(relate(done(relate(three, 'q', ['b'])), 'q', ['a'])), 'q')?.inspects, ['a', 'b']);
    assert.deepEqual(of(done(setRelations(done(relate(three, 'q', ['a'])), 'q', ['b'])), 'q')?.inspects, ['b']);
    const other = make(three, 'r', 'inspectors');
    for (const change of [relate, setRelations, unrelate]) {
      assert.equal(wrong(change(three, 'a', ['b'])), 'notInspectors');
      assert.equal(wrong(change(other, 'q', ['r'])), 'notAgents');
      assert.equal(wrong(change(three, 'q', ['z'])), 'unknownGroup');
      assert.equal(wrong(change(three, 'z', ['a'])), 'unknownGroup');
    }
    const both = done(relate(three, 'q', ['a', 'b']));
    assert.deepEqual(of(done(unrelate(both, 'q', ['a'])), 'q')?.inspects, ['b']);
    assert.equal(wrong(unrelate(done(unrelate(both, 'q', ['a'])), 'q', ['b', 'a'])), 'noRelation');
  });

  test('take their relations with them', () => {
    const both = done(relate(three, 'q', ['a', 'b']));
    assert.deepEqual(of(done(deleteGroup(both, 'a')), 'q')?.inspects, ['b']);
    assert.deepEqual(done(deleteGroup(both, 'q')).map(({ id }) => id), ['a', 'b']);
    assert.equal(wrong(deleteGroup(both, 'z')), 'unknownGroup');
  });

  test('have ids of thirty digits, as memberships do', () => {
    const id = groupIdOf(1_592_823_967_143, '1239554736420597768');
    assert.equal(id, '159282396714339554736420597768');
    assert.match(memberIdOf(id, 101), /^\d{30}$/);
    assert.notEqual(memberIdOf(id, 101), memberIdOf(id, 102));
    assert.match(groupIdOf(1, '7'), /^\d{30}$/);
  });
});

test('whatever is done, an agent is in one group at most, and relations lead from inspectors to agents that there are', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'q', 'r');
  const agents = fc.array(fc.integer({ min: 101, max: 106 }), { maxLength: 4 });
  const ids = fc.array(id, { minLength: 1, maxLength: 3 });
  const step = fc.oneof(
    fc.tuple(id, fc.constantFrom<GroupKind>('agents', 'inspectors')).map(([name, kind]) => (groups: Groups) => createGroup(groups, { id: name, kind, name, remark: '' })),
    id.map((one) => (groups: Groups) => deleteGroup(groups, one)),
    fc.tuple(id, id).map(([one, name]) => (groups: Groups) => renameGroup(groups, one, name)),
    fc.tuple(id, agents).map(([one, workNos]) => (groups: Groups) => addMembers(groups, one, workNos)),
    fc.tuple(id, agents).map(([one, workNos]) => (groups: Groups) => setMembers(groups, one, workNos)),
    agents.map((workNos) => (groups: Groups) => removeMembers(groups, workNos)),
    fc.constant((groups: Groups) => emptyAll(groups)),
    fc.tuple(id, ids).map(([one, others]) => (groups: Groups) => relate(groups, one, others)),
    fc.tuple(id, ids).map(([one, others]) => (groups: Groups) => setRelations(groups, one, others)),
    fc.tuple(id, ids).map(([one, others]) => (groups: Groups) => unrelate(groups, one, others)),
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    let groups: Groups = [];
    for (const change of steps) {
      const before = JSON.stringify(groups);
      const outcome = change(groups);
      assert.equal(JSON.stringify(groups), before, 'what was is not touched');
      if (!isFault(outcome)) groups = outcome;
      const members = groups.flatMap((group) => group.members);
      assert.equal(new Set(members).size, members.length);
      for (const member of members) assert.ok(groupOfMember(groups, member)?.members.includes(member));
      assert.equal(new Set(groups.map(({ name }) => name)).size, groups.length);
      assert.equal(new Set(groups.map(({ no }) => no)).size, groups.length);
      for (const { kind, inspects } of groups) {
        if (kind === 'agents') assert.deepEqual(inspects, []);
        assert.ok(inspects.every((other) => of(groups, other)?.kind === 'agents'));
      }
    }
  }));
});
