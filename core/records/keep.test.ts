import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aQueue, createRig, FIRST_CONFIG, START, type Rig } from '../centre/centre.fixture.ts';
import type { SegmentRecorded } from './event.ts';

const RELEASE = { kind: 'release' } as const;

const segmentsOf = ({ happened }: Rig, call: string): readonly SegmentRecorded[] =>
  happened.map(({ event }) => event).filter((event): event is SegmentRecorded => event.type === 'SegmentRecorded' && event.call === call);

/** Device, reasons, and the seconds of waiting, ringing and talking. */
const shortOf = ({ row, device, no, enter, leave, from, ackFrom, talkFrom, until, cause }: SegmentRecorded): readonly unknown[] => [
  row, `${device} ${no}`, enter, leave,
  ((ackFrom ?? talkFrom ?? until) - from) / 1000, ackFrom === undefined ? 0 : ((talkFrom ?? until) - ackFrom) / 1000, talkFrom === undefined ? 0 : (until - talkFrom) / 1000,
  ...(cause === undefined ? [] : [cause]),
];

describe('the records of a call', () => {
  test('have a row for each device that it passes: a flow, a queue, an agent who does not answer, the queue, an agent who does', () => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(101, {}, 'busy');
    rig.signIn(102, {}, 'busy');
    const call = rig.does({ kind: 'arrive', leg: 'in-1', caller: '13800000001', called: '12345', to: { kind: 'flow', flow: '77' } }).result ?? '';
    rig.wait(20_000);
    rig.does({ kind: 'flowEnded', leg: 'in-1', outcome: { kind: 'queue', queue: 1 } });
    rig.wait(10_000);
    assert.deepEqual(segmentsOf(rig, call).map(({ device }) => device), ['flow'], 'the flow has been left, the queue is where it is');
    rig.does({ kind: 'askState', agent: 101, request: 'cancelBusy' });
    rig.wait(30_000);
    rig.wait(5000);
    rig.does({ kind: 'askState', agent: 102, request: 'cancelBusy' });
    rig.wait(3000);
    rig.picksUp(102);
    rig.wait(120_000);
    rig.hangsUp('in-1');
    assert.deepEqual(segmentsOf(rig, call).map(shortOf), [
      [1, 'flow 77', 0, 0, 0, 0, 20],
      [2, 'queue 1', 0, 0, 10, 0, 0],
      [3, 'agent 101', 0, 5, 0, 30, 0],
      [4, 'queue 1', 5, 0, 5, 0, 0],
      [5, 'agent 102', 0, 15, 0, 3, 120, 531],
    ]);
    assert.deepEqual(segmentsOf(rig, call).map(({ before }) => before?.no), [undefined, '77', '1', '101', '1']);
    assert.deepEqual(segmentsOf(rig, call).map(({ first, next, queued }) => [first, next, queued]), [
      [true, 'queue', 0], [true, 'agent', 10], [true, 'queue', 10], [false, 'agent', 5], [false, undefined, 5],
    ]);
    assert.deepEqual(segmentsOf(rig, call).at(-1)?.whole, { from: START, answered: true, sought: true, inFlow: true, talked: 140 });
    assert.equal(rig.centre.unrecorded.size, 0);
  });

  test('end with the queue when the caller gives up there', () => {
    const rig = createRig();
    rig.signIn(101, {}, 'busy');
    const call = rig.callIn(1);
    rig.wait(7000);
    assert.deepEqual(segmentsOf(rig, call), []);
    rig.hangsUp(rig.customer(call), 601);
    assert.deepEqual(segmentsOf(rig, call).map(shortOf), [[1, 'queue 1', 0, 15, 7, 0, 0, 601]]);
  });

  test('go on where a process that died has stopped', () => {
    const rig = createRig();
    rig.signIn(101);
    const call = rig.callIn(1);
    rig.wait(4000);
    const next = createRig({ config: FIRST_CONFIG, after: rig });
    next.hangsUp('in-1', 531);
    const rows = segmentsOf(next, call);
    assert.deepEqual(rows.map(shortOf), [[2, 'agent 101', 0, 15, 0, 0, 4, 531]]);
    assert.equal(rows[0]?.from, START);
  });

  test('have the access code that a flow had when it was entered, and the first flow that the call was in', () => {
    const rig = createRig({ config: { ...FIRST_CONFIG, flows: [{ id: 77, accessCode: '90577' }] } });
    rig.signIn(101, {}, 'busy');
    const call = rig.does({ kind: 'arrive', leg: 'in-1', caller: '13800000001', called: '12345', to: { kind: 'flow', flow: '77' } }).result ?? '';
    rig.wait(1000);
    rig.does({ kind: 'configure', change: { flows: [{ id: 77, accessCode: '1234' }] } });
    rig.does({ kind: 'flowEnded', leg: 'in-1', outcome: { kind: 'queue', queue: 1 } });
    rig.wait(1000);
    rig.does({ kind: 'askState', agent: 101, request: 'cancelBusy' });
    rig.does({ kind: 'transfer', agent: 101, to: { device: 'flow', flow: '78' }, mode: 'blind' });
    rig.wait(1000);
    rig.hangsUp('in-1');
    assert.deepEqual(segmentsOf(rig, call).map(({ device, access, before, service }) => [device, access, before?.access, service]), [
      ['flow', '90577', undefined, '77'], ['queue', undefined, '90577', '77'], ['agent', undefined, undefined, '77'], ['flow', undefined, undefined, '77'],
    ], '78 is a flow that has no code');
  });

  test('have no service where the call was in no flow yet', () => {
    const rig = createRig({ config: { ...FIRST_CONFIG, queues: [aQueue(1, { maxWaitMs: 5000, treatment: { noAgents: RELEASE, busy: RELEASE, timeOut: { kind: 'flow', flowId: 9 } } })] } });
    rig.signIn(101, {}, 'busy');
    const call = rig.callIn(1);
    rig.wait(6000);
    rig.hangsUp(rig.customer(call));
    assert.deepEqual(segmentsOf(rig, call).map(({ device, service }) => [device, service]), [['queue', undefined], ['flow', '9']]);
  });
});
