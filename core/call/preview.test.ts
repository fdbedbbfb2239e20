import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig, EVERY_BIT, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';
import type { Previewing } from './preview.ts';

const SHOWN: Previewing = { control: '1536', numbers: ['13900000000', '13900000001'], caller: '10010', queue: 1, data: 'promised on Monday', ms: 20_000 };
const preview = (agent: number, over: Partial<Previewing> = {}) => ({ kind: 'preview', agent, ...SHOWN, ...over }) as const;
const call = (agent: number, called = '13900000001', control = '1536') => ({ kind: 'previewCallOut', agent, control, called }) as const;

function shown(): Rig {
  const rig = createRig();
  rig.signIn(101);
  rig.does(preview(101));
  return rig;
}

describe('a preview', () => {
  test('keeps the agent from other calls, and says what there is to see', () => {
    const rig = shown();
    const waiting = rig.callIn(1);
    assert.deepEqual([rig.centre.agents.get(101)?.state, rig.centre.calls.get(waiting)?.waitingIn], ['preoccupied', [1]]);
    const began = rig.happened.find(({ event }) => event.type === 'PreviewBegan')?.event;
    assert.deepEqual(began, {
      type: 'PreviewBegan', agent: 101, control: '1536', until: rig.now() + 20_000, queue: 1,
      personal: { caller: '10010', called: '13900000000,13900000001', data: 'promised on Monday' },
    });
  });

  test('is answered by a call to one of its numbers, with what the campaign gave for it', () => {
    const rig = shown();
    const id = rig.does(call(101)).result ?? '';
    const { feature, caller, called, data, queue } = rig.centre.calls.get(id) ?? {};
    assert.deepEqual([feature, caller, called, data, queue], [44, '10010', '13900000001', 'promised on Monday', 1]);
    assert.ok(rig.happened.some(({ event }) => event.type === 'PreviewEnded' && event.why === 'called' && event.call === id));
    rig.answers(rig.customer(id));
    rig.wait(60_000);
    assert.equal(rig.centre.agents.get(101)?.state, 'talking', 'its time is of no matter any more');
    rig.does({ kind: 'release', agent: 101 });
    assert.equal(rig.centre.agents.get(101)?.state, 'idle');
  });

  const ends: readonly [name: string, end: (rig: Rig) => void, state: string | undefined][] = [
    ['the campaign takes it back', (rig) => { rig.does({ kind: 'releasePreview', agent: 101, control: '1536' }); }, 'idle'],
    ['its time is over', (rig) => { rig.wait(20_000); }, 'idle'],
    ['the agent is signed out', (rig) => { rig.does({ kind: 'signOut', agent: 101, force: true }); }, undefined],
  ];
  for (const [name, end, state] of ends) {
    test(`is over when ${name}`, () => {
      const rig = shown();
      end(rig);
      assert.equal(rig.centre.agents.get(101)?.state, state);
      assert.deepEqual(rig.happened.filter(({ event }) => event.type === 'PreviewEnded').length, 1);
      assert.equal(rig.refuses(call(101)), state === undefined ? 'notSignedIn' : 'noPreview');
      assert.equal(rig.centre.timers.due.size, 0);
    });
  }

  test('of which another one has taken the place is not taken back', () => {
    const rig = shown();
    rig.does({ kind: 'releasePreview', agent: 101, control: '1' });
    assert.equal(rig.centre.agents.get(101)?.preview?.control, '1536');
  });

  const refusals: readonly [name: string, why: string, ask: (rig: Rig) => string | undefined][] = [
    ['a call to a number that is not shown', 'noPreview', (rig) => rig.refuses(call(101, '13900000009'))],
    ['a call by another control id', 'noPreview', (rig) => rig.refuses(call(101, '13900000001', '1'))],
    ['a call to no number', 'badNumber', (rig) => rig.refuses(call(101, '1390 000'))],
    ['a common call meanwhile', 'wrongState', (rig) => rig.refuses({ kind: 'dialOut', agent: 101, called: '1', caller: '' })],
    ['a call to a colleague meanwhile', 'wrongState', (rig) => rig.refuses({ kind: 'callInner', agent: 101, called: '102', caller: '' })],
    ['a second preview', 'wrongState', (rig) => rig.refuses(preview(101))],
    ['a preview without numbers', 'badNumber', (rig) => { rig.signIn(102); return rig.refuses(preview(102, { numbers: [] })); }],
    ['a preview of too many', 'badNumber', (rig) => { rig.signIn(102); return rig.refuses(preview(102, { numbers: Array.from({ length: 6 }, () => '1'.repeat(20)) })); }],
    ['a preview with too much data', 'tooLarge', (rig) => { rig.signIn(102); return rig.refuses(preview(102, { data: 'x'.repeat(16_385) })); }],
    ['a preview for a queue that there is not', 'unknownQueue', (rig) => { rig.signIn(102); return rig.refuses(preview(102, { queue: 9 })); }],
    ['a call without the right to call out', 'noPermission', (rig) => {
      rig.does({ kind: 'configure', change: { roles: [{ id: 2, bits: EVERY_BIT.filter((bit) => bit !== 5) }] } });
      return rig.refuses(call(101));
    }],
  ];
  for (const [name, why, ask] of refusals) test(`is no way to ${name}`, () => assert.equal(ask(shown()), why));
});

test('the number that is shown is not the agent\'s to choose where the role forbids it', () => {
  for (const [bits, caller] of [[EVERY_BIT, '10086'], [[...EVERY_BIT, 34], '']] as const) {
    const rig = createRig({ config: { ...FIRST_CONFIG, roles: [{ id: 2, bits }] } });
    rig.signIn(101);
    const id = rig.does({ kind: 'dialOut', agent: 101, called: '40040', caller: '10086' }).result ?? '';
    assert.equal(rig.centre.calls.get(id)?.caller, caller);
  }
});
