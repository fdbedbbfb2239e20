import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { placed } from './changes.ts';
import { FLOW, graphOf, type Box, type Definition } from './graph.ts';
import { KINDS, WHOLE } from './kinds.fixture.ts';
import { laidOut, layoutOf, sizeOf } from './layout.ts';

const always = (): boolean => true;

function overlapsIn(definition: Definition): readonly string[] {
  const graph = graphOf(definition, KINDS);
  const { spots } = laidOut(graph, always);
  const rectangle = (box: Box): { left: number; top: number; right: number; bottom: number } => {
    const { x, y } = spots.get(box.id) ?? assert.fail(`${box.id} is placed`);
    const { width, height } = sizeOf(box, true);
    return { left: x, top: y, right: x + width, bottom: y + height };
  };
  return graph.boxes.flatMap((one, index) => graph.boxes.slice(index + 1).filter((other) => {
    const [a, b] = [rectangle(one), rectangle(other)];
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }).map((other) => `${one.id}/${other.id}`));
}

describe('the layout of a flow', () => {
  test('lays no box over another, the unconnected ones included', () => {
    assert.deepEqual(overlapsIn(WHOLE), []);
    assert.deepEqual(overlapsIn({ ...WHOLE, nodes: { ...WHOLE.nodes, alone: { type: 'say' }, lonely: { type: 'menu', choices: { 1: '', 2: '' } } } }), []);
  });

  test('goes from left to right, as calls do', () => {
    const { spots } = laidOut(graphOf(WHOLE, KINDS), always);
    const x = (id: string): number => spots.get(id)?.x ?? assert.fail(id);
    assert.ok(x(FLOW) < x('play') && x('play') < x('say') && x('say') < x('collect') && x('menu') < x('queue'));
  });

  test('keeps a box close behind the only one that leads to it', () => {
    const nodes = {
      ask: { type: 'menu', choices: { 1: 'a', 2: 'b' } }, a: { type: 'wait', next: 'a2' }, a2: { type: 'wait', next: 'a3' }, a3: { type: 'wait', next: 'end' }, b: { type: 'wait', next: 'end' }, end: { type: 'hangUp' },
    };
    const { spots, bends } = laidOut(graphOf({ start: 'ask', nodes }, KINDS), always);
    assert.equal(spots.get('b')?.x, spots.get('a')?.x);
    const bend = bends.get('b/next') ?? [];
    assert.equal(bend.length, 2, 'its own way passes two columns');
    const { y = 0 } = spots.get('a2') ?? {};
    for (const at of bend) assert.ok(at.y < y || at.y > y + 60, 'beside the boxes in them');
  });

  test('leads around below who is led back to where they are', () => {
    const graph = graphOf(WHOLE, KINDS);
    const { spots, bends } = laidOut(graph, always);
    const menu = graph.boxes.find(({ id }) => id === 'menu') ?? assert.fail();
    const [bend] = bends.get('menu/choices.*') ?? [];
    assert.ok((bend?.y ?? 0) > (spots.get('menu')?.y ?? 0) + sizeOf(menu, true).height);
  });

  test('places five hundred nodes in a chain, and an empty flow', () => {
    const nodes = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`n${index}`, { type: 'wait', seconds: 1, next: `n${index + 1}` }]));
    assert.equal(laidOut(graphOf({ start: 'n0', nodes }, KINDS), always).spots.size, 501);
    assert.deepEqual([...laidOut(graphOf({}, KINDS), always).spots.keys()], [FLOW]);
  });

  test('leaves boxes where somebody has drawn them, with the way in on the left of the first', () => {
    const spots = new Map(Object.keys(WHOLE.nodes).map((id, index) => [id, { x: index * 300, y: 7 }]));
    const { spots: kept } = layoutOf(placed(WHOLE, spots), graphOf(WHOLE, KINDS), always);
    assert.deepEqual(kept.get('say'), { x: 300, y: 7 });
    assert.ok((kept.get(FLOW)?.x ?? 0) < 0);
  });
});
