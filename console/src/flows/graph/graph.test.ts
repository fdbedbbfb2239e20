import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFlow } from '@parley/core/ivr/flow.ts';
import { controlOf, fieldsIn, type Control, type Schema } from './control.ts';
import { connected, FLOW, graphOf, withField, type Definition, type Graph } from './graph.ts';
import { jsonOf, valueAt, type Path } from './json.ts';
import { KINDS, WHOLE } from './kinds.fixture.ts';

/** Takes all ways off and puts them on again as the graph has them: what a designer would do by hand. */
function rebuilt(definition: Definition, { boxes }: Graph): Definition {
  const ways = boxes.flatMap((box) => box.ways);
  const bare = ways.reduce((changed, way) => connected(changed, way, undefined), definition);
  assert.deepEqual(graphOf(bare, KINDS).edges, []);
  return ways.reduce((changed, way) => connected(changed, way, way.to), bare);
}

/** The places of all values for which there is a control, down to the single ones. */
function placesIn(schema: Schema, value: unknown, path: Path): readonly { readonly path: Path; readonly control: Control }[] {
  const control = controlOf(schema);
  if (value === undefined) return [];
  if (control.kind === 'group') return fieldsIn(control.schema).flatMap(({ name, schema: inner }) => placesIn(inner, jsonOf(value)[name], [...path, name]));
  if (control.kind === 'list') return (value as readonly unknown[]).flatMap((item, index) => placesIn(control.of, item, [...path, index]));
  if (control.kind === 'table') return Object.entries(jsonOf(value)).flatMap(([name, item]) => placesIn(control.of, item, [...path, name]));
  return [{ path, control }];
}

describe('the graph of a flow', () => {
  test('of the fixture has every kind of node that there is, and is one that can be run', () => {
    assert.deepEqual(Object.values(WHOLE.nodes).map(({ type }) => type).toSorted(), [...KINDS.types.keys()].toSorted());
    const allowed = new Set(['no way leads to it']);
    assert.deepEqual(readFlow(WHOLE).faults.filter(({ message }) => !allowed.has(message)), []);
  });

  for (const [id, node] of Object.entries(WHOLE.nodes)) {
    test(`leads back to the definition that it was made of: ${node.type}`, () => {
      const definition = { ...WHOLE, nodes: { ...WHOLE.nodes, [id]: node } };
      const graph = graphOf(definition, KINDS);
      assert.deepEqual(rebuilt(definition, graph), WHOLE);
      // Each field that is shown is put back where it stands, and none is left out.
      const kind = KINDS.types.get(node.type);
      assert.ok(kind !== undefined);
      const shown = placesIn(kind.fields, node, []);
      const taken = shown.map(({ path }) => [path, valueAt(node, path)] as const);
      const empty = { ...definition, nodes: { ...definition.nodes, [id]: Object.fromEntries(Object.entries(node).filter(([name]) => ['type', 'title', 'x', 'y'].includes(name))) } };
      assert.deepEqual(taken.reduce<Definition>((changed, [path, value]) => withField(changed, id, path, value), empty), definition);
    });
  }

  test('shows every field of every kind as something better than bare JSON, but where it is JSON', () => {
    const bare = [...KINDS.types.values(), { type: 'flow', fields: KINDS.flow }].flatMap(({ type, fields }) =>
      fieldsIn(fields).filter(({ control }) => control.kind === 'json').map(({ name }) => `${type}.${name}`));
    assert.deepEqual(bare, ['http.body']);
  });

  test('has the flow itself as a box, from which calls come in', () => {
    const [own] = graphOf(WHOLE, KINDS).boxes;
    assert.equal(own?.id, FLOW);
    assert.deepEqual(own.ways.map(({ field, to, isOptional }) => [field, to, isOptional]), [['start', 'play', false], ['onError', 'bye', true]]);
  });

  test('names ways as the server does, with the key of a choice and the condition of a case', () => {
    const ways = graphOf(WHOLE, KINDS).boxes.flatMap((box) => box.ways);
    const way = (owner: string, field: string): unknown => {
      const found = ways.find((one) => one.owner === owner && one.field === field);
      return found && [found.label, found.to];
    };
    assert.deepEqual(way('menu', 'choices.#'), ['#', 'wait']);
    assert.deepEqual(way('branch', 'cases[1].to'), ['caller = \'1\'', 'http']);
    assert.deepEqual(way('branch', 'otherwise'), [undefined, 'return']);
  });

  test('keeps the key of a choice that leads nowhere, and the server says so of it', () => {
    const way = graphOf(WHOLE, KINDS).boxes.flatMap((box) => box.ways).find(({ field }) => field === 'choices.1');
    assert.ok(way !== undefined);
    const open = connected(WHOLE, way, undefined);
    assert.equal(valueAt(open, ['nodes', 'menu', 'choices', '1']), '');
    assert.ok(readFlow(open).faults.some(({ node, field }) => node === 'menu' && field === 'choices.1'));
  });

  test('takes a case\'s way off without its condition', () => {
    const way = graphOf(WHOLE, KINDS).boxes.flatMap((box) => box.ways).find(({ field }) => field === 'cases[0].to');
    assert.ok(way !== undefined);
    assert.deepEqual(valueAt(connected(WHOLE, way, undefined), ['nodes', 'branch', 'cases', 0]), { when: 'weekday > 5' });
  });

  test('has no edge to a node that is not there', () => {
    const graph = graphOf({ start: 'gone', nodes: { one: { type: 'say', text: 'Hi', next: 'gone' } } }, KINDS);
    assert.deepEqual(graph.edges, []);
    assert.deepEqual(graph.boxes.map(({ ways }) => ways[0]?.to), ['gone', 'gone']);
  });

  test('can be made of anything that is JSON', () => {
    for (const broken of [{}, { nodes: [] }, { nodes: 'x' }, { nodes: { a: null, b: 3, c: { type: 'unheard of', next: 'a' }, d: { type: 'menu', choices: [] }, e: { type: 'branch', cases: { a: 1 } } } }]) {
      assert.doesNotThrow(() => graphOf(broken, KINDS), JSON.stringify(broken));
    }
  });
});
