import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig } from '../centre/centre.fixture.ts';
import type { Call, Visit } from './call.ts';
import { canonicalCallId, halvesOf } from './call-id.ts';
import { visitOf, waitedMs } from './waited.ts';

const aVisit = (device: Visit['device'], no: string, waitFrom: number, until?: number): Visit =>
  ({ device, no, enterReason: 0, queue: undefined, waitFrom, ackFrom: undefined, talkFrom: undefined, until, leaveReason: undefined, row: undefined });

const passed = (...visits: readonly Visit[]): Call => {
  const rig = createRig();
  rig.signIn(101);
  const call = rig.centre.calls.get(rig.callIn(1));
  if (call === undefined) throw new Error('the call is over');
  return { ...call, visits: [...visits] };
};

describe('how long a caller has waited', () => {
  const table: readonly [string, readonly Visit[], number][] = [
    ['nowhere', [], 0],
    ['in a queue until it was over', [aVisit('queue', '1', 10, 40)], 30],
    ['in a queue, and still', [aVisit('queue', '1', 10)], 90],
    ['twice, with an agent who did not answer in between', [aVisit('queue', '1', 0, 10), aVisit('agent', '101', 10, 40), aVisit('queue', '1', 40, 45)], 15],
    ['in two queues at once', [aVisit('queue', '1', 0, 50), aVisit('queue', '2', 20, 60)], 60],
    ['in one queue within the time in another', [aVisit('queue', '1', 0, 50), aVisit('queue', '2', 20, 30)], 50],
    ['for one agent alone', [aVisit('agentQueue', '101', 5, 15)], 10],
    ['in a flow, which is no wait', [aVisit('flow', '6001', 0, 50)], 0],
  ];
  for (const [name, visits, ms] of table) test(name, () => { assert.equal(waitedMs(passed(...visits), 100), ms); });
});

test('of several times with an agent the last one is told', () => {
  const call = passed(aVisit('agent', '101', 0, 10), aVisit('agent', '102', 10, 20), aVisit('agent', '101', 20));
  assert.equal(visitOf(call, 101)?.waitFrom, 20);
  assert.equal(visitOf(call, 103), undefined);
});

test('a call id has seconds in front, and is known by milliseconds too', () => {
  assert.deepEqual(halvesOf('1476838963-224'), { seconds: 1_476_838_963, number: 224 });
  assert.deepEqual(['1476838963000-224', '1476838963-224', 'x', ''].map(canonicalCallId), ['1476838963-224', '1476838963-224', 'x', '']);
});

test('who dials talks from the answer on, and until then the phone rings', () => {
  const rig = createRig({ phonesAnswer: false });
  rig.signIn(101);
  rig.signIn(102);
  const out = rig.does({ kind: 'dialOut', agent: 101, called: '13900000000', caller: '' }).result ?? '';
  rig.wait(2000);
  rig.picksUp(101);
  rig.wait(3000);
  const visit = () => visitOf(rig.centre.calls.get(out) ?? passed(), 101);
  assert.deepEqual([visit()?.ackFrom, visit()?.talkFrom], [rig.now() - 5000, undefined]);
  rig.answers(rig.customer(out));
  assert.deepEqual([visit()?.ackFrom, visit()?.talkFrom], [rig.now() - 5000, rig.now()]);
  rig.wait(1000);
  rig.does({ kind: 'hold', agent: 101 });
  const inner = rig.does({ kind: 'callInner', agent: 101, called: '102', caller: '' }).result ?? '';
  const innerVisit = () => visitOf(rig.centre.calls.get(inner) ?? passed(), 101);
  rig.wait(1000);
  assert.equal(innerVisit()?.talkFrom, undefined);
  rig.picksUp(102);
  assert.deepEqual([innerVisit()?.ackFrom, innerVisit()?.talkFrom], [rig.now() - 1000, rig.now()]);
  assert.equal(visit()?.talkFrom, rig.now() - 2000, 'the call that is held is left alone');
});
