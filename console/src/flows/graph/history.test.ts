import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { begun, stepped, type History, type Step } from './history.ts';

const change = (name: string, about?: string): Step => ({ kind: 'change', definition: { name }, ...(about === undefined ? {} : { about }) });
const after = (...steps: readonly Step[]): History => steps.reduce(stepped, begun({ name: '' }));

describe('the history of a definition', () => {
  test('goes back and forth', () => {
    const undone = after(change('a'), change('b'), { kind: 'undo' }, { kind: 'undo' });
    assert.deepEqual(undone.present, { name: '' });
    assert.deepEqual(stepped(stepped(undone, { kind: 'redo' }), { kind: 'redo' }).present, { name: 'b' });
  });

  test('ends where nothing is left', () => {
    assert.deepEqual(after({ kind: 'undo' }), begun({ name: '' }));
    assert.deepEqual(after({ kind: 'redo' }), begun({ name: '' }));
  });

  test('takes typing on in one field as one step', () => {
    const typed = after(change('h', 'say.text'), change('he', 'say.text'), change('hey', 'say.text'));
    assert.equal(typed.past.length, 1);
    assert.deepEqual(stepped(typed, { kind: 'undo' }).present, { name: '' });
    assert.equal(after(change('a', 'one'), change('b', 'two'), change('c', 'one')).past.length, 3);
    assert.equal(after(change('a'), change('b')).past.length, 2, 'what is about nothing is always a step');
  });

  test('forgets what was undone once something else is done', () => {
    assert.deepEqual(after(change('a'), { kind: 'undo' }, change('b')).future, []);
  });

  test('numbers each state anew, for who asks whether it is still the same', () => {
    const one = after(change('a'));
    assert.notEqual(stepped(one, { kind: 'undo' }).revision, begun({}).revision);
    assert.equal(stepped(one, { kind: 'change', definition: one.present }), one);
  });
});
