import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFlow } from '@parley/core/ivr/flow.ts';
import { added, copied, differencesBetween, freshId, placed, spotsIn, unplaced, variablesIn, withId, withoutNodes, wrongId } from './changes.ts';
import { FLOW, graphOf, nodesOf, withField, type Definition } from './graph.ts';
import { KINDS, WHOLE } from './kinds.fixture.ts';

const leadingTo = (definition: Definition, id: string): readonly string[] =>
  graphOf(definition, KINDS).edges.filter(({ to }) => to === id).map(({ owner, field }) => `${owner}/${field}`).toSorted();

describe('a change of a flow', () => {
  test('gives a node another id, and every way follows, those of the flow itself too', () => {
    const before = leadingTo(WHOLE, 'bye');
    const changed = withId(WHOLE, KINDS, 'bye', 'goodbye');
    assert.deepEqual(leadingTo(changed, 'goodbye'), before);
    assert.ok(before.length > 10 && before.includes('/onError') && before.includes('menu/choices.0') && before.includes('branch/cases[0].to'));
    assert.deepEqual(leadingTo(changed, 'bye'), []);
    assert.deepEqual(Object.keys(nodesOf(changed)), Object.keys(WHOLE.nodes).map((id) => (id === 'bye' ? 'goodbye' : id)), 'nodes stay in their order');
    assert.deepEqual(withId(changed, KINDS, 'goodbye', 'bye'), WHOLE);
  });

  test('lets a node that leads to itself follow itself', () => {
    assert.ok(leadingTo(withId(WHOLE, KINDS, 'menu', 'ask'), 'ask').includes('ask/choices.*'));
  });

  test('refuses ids that the server would', () => {
    assert.equal(wrongId(WHOLE, 'bye', 'menu'), 'taken');
    assert.equal(wrongId(WHOLE, 'bye', 'bye'), undefined);
    for (const bad of ['', 'a b', '-a', 'ä', 'a'.repeat(65)]) assert.equal(wrongId(WHOLE, 'bye', bad), 'form', bad);
    assert.equal(wrongId(WHOLE, 'bye', 'over_and-out'), undefined);
  });

  test('takes a node away and tells which ways are open now', () => {
    const { definition, opened } = withoutNodes(WHOLE, KINDS, ['queue']);
    assert.ok(!Object.hasOwn(nodesOf(definition), 'queue'));
    assert.deepEqual(opened.map(({ owner, field }) => `${owner}/${field}`), ['menu/choices.1', 'http/next']);
    assert.deepEqual(leadingTo(definition, 'queue'), []);
    assert.ok(!readFlow(definition).faults.some(({ message }) => message.includes('there is no node')));
  });

  test('takes several away, without telling of ways among them', () => {
    const { definition, opened } = withoutNodes(WHOLE, KINDS, ['http', 'queue', 'branch']);
    assert.deepEqual(opened.map(({ owner, field }) => `${owner}/${field}`), ['menu/choices.1', 'set/next']);
    assert.equal(Object.keys(nodesOf(definition)).length, Object.keys(WHOLE.nodes).length - 3);
  });

  test('adds a node of every kind under an id of its own, with what must be in it begun', () => {
    for (const kind of KINDS.types.values()) {
      const { definition, id } = added(WHOLE, kind, { x: 1.4, y: 2.6 });
      assert.ok(!Object.hasOwn(WHOLE.nodes, id));
      const node = nodesOf(definition)[id];
      assert.deepEqual([node?.['type'], node?.['x'], node?.['y']], [kind.type, 1, 3]);
    }
    assert.deepEqual(nodesOf(added({}, KINDS.types.get('menu') ?? assert.fail()).definition), { menu: { type: 'menu', choices: { 1: '' } } });
    assert.deepEqual(nodesOf(added({}, KINDS.types.get('branch') ?? assert.fail()).definition), { branch: { type: 'branch', cases: [{}] } });
  });

  test('begins a flow with the first node that is added, and leaves it there', () => {
    const first = added({}, KINDS.types.get('say') ?? assert.fail());
    assert.equal(first.definition['start'], 'say');
    assert.equal(added(first.definition, KINDS.types.get('say') ?? assert.fail()).definition['start'], 'say');
  });

  test('finds ids that are free', () => {
    assert.equal(freshId(WHOLE, 'menu'), 'menu2');
    assert.equal(freshId({ nodes: { a: {}, a2: {} } }, 'a'), 'a3');
  });

  test('copies a node with its ways, a little aside', () => {
    const copy = copied(WHOLE, 'play', { x: 30, y: 30 });
    assert.deepEqual(nodesOf(copy?.definition ?? {})[copy?.id ?? ''], { ...WHOLE.nodes.play, x: 40, y: 50 });
    assert.equal(copied(WHOLE, 'nobody', { x: 0, y: 0 }), undefined);
  });

  test('draws all nodes somewhere, or none', () => {
    assert.equal(spotsIn(WHOLE), undefined, 'one node alone is placed');
    const spots = new Map(Object.keys(WHOLE.nodes).map((id, index) => [id, { x: index * 10.2, y: 5 }]));
    assert.deepEqual(spotsIn(placed(WHOLE, spots))?.get('say'), { x: 10, y: 5 });
    assert.equal(spotsIn(unplaced(placed(WHOLE, spots))), undefined);
    assert.ok(!JSON.stringify(unplaced(WHOLE)).includes('"x":'));
  });

  test('is told by the nodes that it adds, takes away and changes', () => {
    const changed = withField(withoutNodes(added(WHOLE, KINDS.types.get('wait') ?? assert.fail()).definition, KINDS, ['return']).definition, 'say', ['text'], 'Hi');
    assert.deepEqual(differencesBetween(WHOLE, changed), { added: ['wait2'], removed: ['return'], changed: ['say', 'branch'] });
    assert.deepEqual(differencesBetween(WHOLE, { ...WHOLE, language: 'zh_CN' }), { added: [], removed: [], changed: [FLOW] });
    assert.deepEqual(differencesBetween(WHOLE, structuredClone(WHOLE)), { added: [], removed: [], changed: [] });
  });

  test('knows the variables of the flow', () => {
    assert.deepEqual(variablesIn(WHOLE, KINDS), ['data', 'key', 'long', 'message', 'name', 'number', 'seed', 'status']);
  });
});
