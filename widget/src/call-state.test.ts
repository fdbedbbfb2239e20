import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isGoingOn, isUp, nextState, READY, type CallEvent, type CallState } from './call-state.ts';

const IMAGE = { path: '/widget/v1/images', token: 'x', expiresAt: 1000, maxBytes: 10 };
/** One event a second. */
const after = (...events: readonly CallEvent[]): CallState => events.reduce<CallState>((state, event, index) => nextState(state, event, (index + 1) * 1000), READY);
const UP = [{ kind: 'asked' }, { kind: 'granted' }, { kind: 'ringing' }, { kind: 'answered' }] as const;
const WAITING = { kind: 'told', state: 'waiting' } as const;
const TALKING = { kind: 'told', state: 'talking' } as const;
const OVER = { kind: 'over', why: 'over' } as const;

describe('a call from a page', () => {
  test('asks for the microphone, rings, waits and talks', () => {
    const stages = [...UP, WAITING, TALKING].map((_, index, all) => after(...all.slice(0, index + 1)).stage);
    assert.deepEqual(stages, ['microphone', 'calling', 'ringing', 'connected', 'waiting', 'talking']);
  });

  test('may be told how it stands before it knows that it was answered', () => {
    const early = after({ kind: 'asked' }, { kind: 'granted' }, WAITING, { kind: 'answered' });
    assert.deepEqual([early.stage, early.since], ['waiting', 3000]);
    assert.equal(after({ kind: 'asked' }, WAITING).stage, 'microphone');
  });

  test('has a clock that begins with the wait and with the talk, and goes on over a hold', () => {
    assert.deepEqual([after(...UP, WAITING).since, after(...UP, WAITING, WAITING).since, after(...UP, WAITING, TALKING).since], [5000, 5000, 6000]);
    const held = after(...UP, TALKING, WAITING);
    assert.deepEqual([held.stage, held.since], ['held', 5000]);
    const back = after(...UP, TALKING, WAITING, TALKING);
    assert.deepEqual([back.stage, back.since], ['talking', 5000]);
  });

  test('that ends before anybody talked was nobody\'s fault but nobody\'s', () => {
    assert.equal(after(...UP, WAITING, OVER).ending, 'nobody');
    assert.equal(after(...UP.slice(0, 3), OVER).ending, 'nobody');
    for (const before of [[...UP, TALKING], [...UP, TALKING, WAITING], UP]) assert.equal(after(...before, OVER).ending, 'over');
    assert.equal(after(...UP, WAITING, { kind: 'over', why: 'hungUp' }).ending, 'hungUp');
  });

  test('keeps its reason when more is heard of it, until another begins', () => {
    const denied = after({ kind: 'asked' }, { kind: 'over', why: 'microphoneDenied' }, OVER, { kind: 'granted' }, { kind: 'answered' }, { kind: 'lineDown' });
    assert.deepEqual([denied.stage, denied.ending, denied.isLineDown], ['ended', 'microphoneDenied', false]);
    assert.deepEqual(nextState(denied, { kind: 'dismissed' }, 9000), READY);
    assert.deepEqual(nextState(denied, { kind: 'asked' }, 9000), { ...READY, stage: 'microphone', since: 9000 });
  });

  test('says when the line is down, and is muted only while it is up', () => {
    assert.equal(after(...UP, { kind: 'lineDown' }).isLineDown, true);
    assert.equal(after(...UP, { kind: 'lineDown' }, { kind: 'lineUp' }).isLineDown, false);
    assert.equal(after({ kind: 'asked' }, { kind: 'muted' }).isMuted, false);
    assert.equal(after(...UP, { kind: 'muted' }, TALKING).isMuted, true);
  });

  test('is asked for a picture while it is up, and no longer', () => {
    assert.equal(after({ kind: 'imageAsked', image: IMAGE }).image, undefined);
    const asked = after(...UP, TALKING, { kind: 'imageAsked', image: IMAGE });
    assert.deepEqual([asked.image, nextState(asked, { kind: 'imageAnswered' }, 0).isSending], [IMAGE, true]);
    assert.equal(nextState(asked, { kind: 'imageOver' }, 0).image, undefined);
    assert.equal(nextState(asked, OVER, 0).image, undefined);
  });

  test('is never anything impossible, whatever happens in whatever order', () => {
    const event = fc.oneof(
      fc.constantFrom<CallEvent[]>(...UP, WAITING, TALKING, OVER, { kind: 'muted' }, { kind: 'lineDown' }, { kind: 'imageAsked', image: IMAGE }, { kind: 'imageAnswered' }, { kind: 'imageOver' }, { kind: 'dismissed' }),
    );
    fc.assert(fc.property(fc.array(event), (events) => {
      const state = after(...events);
      assert.equal(state.stage === 'ended', state.ending !== undefined);
      if (!isUp(state)) assert.deepEqual([state.isMuted, state.image, state.isSending], [false, undefined, false]);
      if (!isGoingOn(state)) assert.equal(state.isLineDown, false);
    }));
  });
});
