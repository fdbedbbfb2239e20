import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nextTurn, NO_PHONE, type PhoneEffect, type PhoneEvent, type PhoneState } from './machine.ts';

/** How the phone stands after all of it, and what it was last told to do. */
function after(...events: readonly PhoneEvent[]): { readonly state: PhoneState; readonly effects: readonly PhoneEffect[]; readonly last: readonly PhoneEffect[] } {
  let state = NO_PHONE;
  const effects: PhoneEffect[] = [];
  let last: readonly PhoneEffect[] = [];
  for (const event of events) {
    [state, last] = nextTurn(state, event);
    effects.push(...last);
  }
  return { state, effects, last };
}

const READY: readonly PhoneEvent[] = [{ kind: 'started' }, { kind: 'microphone', is: 'there' }, { kind: 'registered' }];
const TALKING: readonly PhoneEvent[] = [...READY, { kind: 'invited', id: 'a' }, { kind: 'up', id: 'a' }, { kind: 'needed', call: '1-1' }];

describe('the phone of the browser', () => {
  test('answers when it is rung', () => {
    const { state, last } = after(...READY, { kind: 'invited', id: 'a' });
    assert.deepEqual(last, [{ kind: 'answer', id: 'a' }]);
    assert.deepEqual(state.dialog, { id: 'a', isUp: false });
  });

  test('waits with the answer until its user has said whether there is a microphone', () => {
    const rung: readonly PhoneEvent[] = [{ kind: 'started' }, { kind: 'registered' }, { kind: 'invited', id: 'a' }];
    assert.deepEqual(after(...rung).effects, []);
    assert.deepEqual(after(...rung, { kind: 'microphone', is: 'there' }).last, [{ kind: 'answer', id: 'a' }]);
    assert.deepEqual(after(...rung, { kind: 'microphone', is: 'missing' }).last, [{ kind: 'decline', id: 'a' }]);
    assert.deepEqual(after(...rung, { kind: 'over', id: 'a' }, { kind: 'microphone', is: 'there' }).last, [], 'who rang has given up');
  });

  test('comes back into the call in which it was when the page was loaded anew', () => {
    const { state, last } = after(...READY, { kind: 'needed', call: '1-1' });
    assert.deepEqual(last, [{ kind: 'return', call: '1-1' }]);
    assert.equal(state.isReturning, true);
    assert.deepEqual(after(...READY, { kind: 'needed', call: '1-1' }, { kind: 'needed', call: '1-1' }).last, [], 'once at a time');
    assert.equal(after(...READY, { kind: 'needed', call: '1-1' }, { kind: 'called', id: 'b' }, { kind: 'up', id: 'b' }).state.isReturning, false);
  });

  test('comes back whatever is known first: the call, the line or the microphone', () => {
    const parts: readonly PhoneEvent[] = [{ kind: 'needed', call: '1-1' }, { kind: 'registered' }, { kind: 'microphone', is: 'there' }];
    for (const order of [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]) {
      const events = order.flatMap((index) => parts[index] ?? []);
      assert.deepEqual(after({ kind: 'started' }, ...events).effects, [{ kind: 'return', call: '1-1' }], String(order));
    }
  });

  test('does not come back into a call that has just ended, of which the desk does not know yet', () => {
    const ended = after(...TALKING, { kind: 'over', id: 'a' });
    assert.deepEqual(ended.last.map(({ kind }) => kind), ['settle']);
    assert.deepEqual(after(...TALKING, { kind: 'over', id: 'a' }, { kind: 'needed', call: undefined }, { kind: 'settled' }).last, []);
    assert.deepEqual(after(...TALKING, { kind: 'over', id: 'a' }, { kind: 'settled' }).last, [{ kind: 'return', call: '1-1' }], 'the call goes on without us');
  });

  test('keeps hearing while the line is away, and comes back when it is there again', () => {
    const away = after(...TALKING, { kind: 'disconnected' });
    assert.deepEqual([away.state.line, away.state.stranded, away.last], ['lost', 'a', []]);
    const back: readonly PhoneEvent[] = [...TALKING, { kind: 'disconnected' }, { kind: 'registered' }];
    assert.deepEqual(after(...back).last, [{ kind: 'return', call: '1-1' }]);
    assert.deepEqual(after(...back, { kind: 'called', id: 'b' }, { kind: 'up', id: 'b' }).last, [{ kind: 'discard', id: 'a' }]);
  });

  test('tries again where it could not come back, but not for ever', () => {
    const failing = (times: number): readonly PhoneEvent[] => Array.from({ length: times }, (): readonly PhoneEvent[] => [{ kind: 'returnFailed' }, { kind: 'settled' }]).flat();
    const returns = (times: number): number => after(...READY, { kind: 'needed', call: '1-1' }, ...failing(times)).effects.filter(({ kind }) => kind === 'return').length;
    assert.equal(returns(1), 2);
    assert.equal(returns(50), 10);
  });

  test('asks for another password where its own is refused', () => {
    const { state, last } = after({ kind: 'started' }, { kind: 'registrationRefused' });
    assert.deepEqual([state.line, last], ['refused', [{ kind: 'renew' }]]);
  });

  test('is off when it is stopped, whatever comes late', () => {
    const { state } = after(...TALKING, { kind: 'stopped' }, { kind: 'disconnected' }, { kind: 'over', id: 'a' });
    assert.deepEqual(state, { ...NO_PHONE, microphone: 'there' });
  });
});
