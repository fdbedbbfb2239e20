import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, type Rig } from '../centre/centre.fixture.ts';
import { isAtRest } from '../centre/state.ts';
import { LONGEST_MS } from './flow-recording.ts';

const FILE = '1/flows/1-1.wav';

/** Somebody who has called in, and is in a flow. */
function inFlow(): { readonly rig: Rig; readonly call: string } {
  const rig = createRig();
  const call = rig.does({ kind: 'arrive', leg: 'in-1', caller: '13800000001', called: '12345', to: { kind: 'flow', flow: '7' } }).result ?? '';
  return { rig, call };
}
const speaks = (rig: Rig, call: string, file = FILE) => rig.does({ kind: 'flowRecording', call, file }).events;
const begun = (rig: Rig, call: string, file = FILE) => {
  const [event] = speaks(rig, call, file);
  assert.ok(event?.type === 'FlowRecordingBegan');
  return event;
};

test('what a caller says to a flow is known with whose voice it is', () => {
  const { rig, call } = inFlow();
  assert.deepEqual(speaks(rig, call), [{ type: 'FlowRecordingBegan', file: FILE, call, personal: { caller: '13800000001', called: '12345', number: '13800000001' } }]);
  assert.deepEqual(speaks(rig, call), [], 'told twice it is one');
  assert.deepEqual(rig.does({ kind: 'flowRecorded', file: FILE, why: 'stopped', ms: 900 }).events, [{ type: 'FlowRecordingEnded', file: FILE, call, why: 'stopped', ms: 900 }]);
  assert.deepEqual(rig.does({ kind: 'flowRecorded', file: FILE, why: 'end', ms: 900 }).events, []);
});

test('of a caller who is to be forgotten it is to be erased, and of one of whom nothing is known any more', () => {
  const { rig, call } = inFlow();
  assert.equal(begun(rig, call).erase, undefined);
  rig.does({ kind: 'forget', numbers: ['13800000001'] });
  assert.equal(begun(rig, call, '1/flows/2.wav').erase, true);
  const late = begun(rig, '1-999', '1/flows/3.wav');
  assert.deepEqual([late.erase, late.personal], [true, undefined]);
});

test('it may be over behind its call, and a contact centre is not at rest before', () => {
  const { rig, call } = inFlow();
  speaks(rig, call);
  rig.hangsUp('in-1');
  assert.deepEqual([rig.centre.calls.size, rig.centre.legs.size, isAtRest(rig.centre)], [0, 0, false]);
  rig.does({ kind: 'flowRecorded', file: FILE, why: 'end', ms: 900 });
  assert.equal(isAtRest(rig.centre), true);
  assert.equal(rig.centre.timers.due.size, 0);
});

test('of which nobody tells any more, it is over after a while', () => {
  const { rig, call } = inFlow();
  speaks(rig, call);
  rig.wait(LONGEST_MS - 1);
  assert.equal(rig.centre.flowRecordings.size, 1);
  rig.wait(1);
  assert.deepEqual(rig.happened.at(-1)?.event, { type: 'FlowRecordingEnded', file: FILE, call, why: 'lost' });
  assert.equal(rig.centre.flowRecordings.size, 0);
});
