import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkBinding, codeAdmits, mayChange, mayDelete, routeMedia, type Protection, type Target } from './binding.ts';

const queue = (media: number): Target => ({ kind: 'queue', id: 1, media });
const flow: Target = { kind: 'flow', id: 1 };

const table: readonly [codeMedia: number, media: number, target: Target, refusal: RegExp | undefined][] = [
  [5, 5, queue(5), undefined],
  [5, 19, queue(19), undefined],
  [5, 5, flow, undefined],
  [5, 19, flow, undefined],
  [2, 2, queue(2), undefined],
  [2, 18, flow, undefined],
  [53, 53, queue(53), undefined],
  [53, 53, flow, /Multimedia calls go to skill queues only/],
  [5, 19, queue(5), /Skill queue 1 is of media type 5, the route of 19/],
  [5, 53, queue(53), /media type 5 and takes routes of 5 and 19, not of 53/],
  [53, 5, flow, /media type 53 and takes routes of 53, not of 5/],
  [2, 5, flow, /takes routes of 2 and 18, not of 5/],
];

for (const [codeMedia, media, target, refusal] of table) {
  test(`a code of media ${codeMedia}, a route of ${media}, to a ${target.kind}: ${refusal === undefined ? 'taken' : 'refused'}`, () => {
    const wrong = checkBinding(codeMedia, media, target);
    if (refusal === undefined) assert.equal(wrong, undefined);
    else assert.match(wrong ?? '', refusal);
  });
}

test('every media of a route is taken by codes of one media', () => {
  for (const media of [2, 5, 18, 19, 53]) assert.equal([2, 5, 53].filter((codeMedia) => codeAdmits(codeMedia, media)).length, 1, String(media));
  assert.equal(codeAdmits(19, 19), false);
});

test('the media of a route is what is asked, else its queue\'s, else 5', () => {
  assert.equal(routeMedia(19, queue(5)), 19);
  assert.equal(routeMedia(undefined, queue(53)), 53);
  assert.equal(routeMedia(undefined, flow), 5);
});

test('the four protections allow what 5.3.5 says', () => {
  const allowed = ([0, 1, 2, 3] satisfies Protection[]).map((protection) => [mayChange(protection), mayDelete(protection)]);
  assert.deepEqual(allowed, [[true, true], [false, true], [true, false], [false, false]]);
});
