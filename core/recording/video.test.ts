import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';
import type { RecordingConfig } from '../centre/config.ts';
import type { Order, VoiceLeg } from '../voice/order.ts';

const RECORDING: RecordingConfig = { automatic: true, byAgents: true, toFiles: true, ccId: 1, timeZone: 'UTC' };

interface Facing {
  readonly rig: Rig;
  readonly call: string;
  readonly legs: readonly [own: VoiceLeg, customer: VoiceLeg];
  readonly see: (codec?: 'VP8' | 'H264') => void;
}

/** A video agent in a talk with a customer that is recorded. */
function facing(recording: Partial<RecordingConfig> = {}): Facing {
  const rig = createRig({ config: { ...FIRST_CONFIG, recording: { ...RECORDING, ...recording } } });
  rig.signIn(101, { type: 11 });
  const call = rig.callIn(1);
  const legs = [rig.phone(101), rig.customer(call)] as const;
  return {
    rig, call, legs,
    see: (codec = 'VP8') => {
      rig.does({ kind: 'switchMedia', agent: 101, to: 'video' });
      for (const leg of legs) rig.does({ kind: 'picture', leg, on: true, codec });
    },
  };
}

const on = ({ centre }: Rig): readonly string[] => [...centre.recordings.values()].filter(({ state }) => state === 'on').map(({ name, media, isPaused }) => `${name} ${media}${isPaused ? ' paused' : ''}`);
const records = ({ orders }: Rig): readonly Extract<Order, { kind: 'record' }>[] => orders.flatMap((order) => (order.kind === 'record' ? [order] : []));
const over = (rig: Rig, record: string, why: 'stopped' | 'end' | 'failed', ms = 5000): void => { rig.does({ kind: 'recorded', record, why, ms }); };

test('what two see of each other is recorded in a file of its own, from when they do', () => {
  const { rig, call, legs: [own], see } = facing();
  assert.deepEqual(on(rig), ['rec-1-1 voice']);
  see();
  assert.deepEqual(on(rig), ['rec-1-1 voice', 'rec-1-2 video']);
  assert.deepEqual(records(rig).at(-1), {
    kind: 'record', record: 'rec-1-2', room: `call-1-${call}`, file: 'Y:/1/0/20260105/101/0900001.webm', append: false, apart: own, pictures: true,
  });
  assert.equal(records(rig).length, 2);
});

test('the codec of the pictures says into which kind of file', () => {
  const { rig, see } = facing();
  see('H264');
  assert.match(records(rig).at(-1)?.file ?? '', /\.mp4$/);
  assert.match([...rig.centre.recordings.values()].at(-1)?.id ?? '', /^Yc1v1a101d20260105t090000\d$/);
});

test('it ends with the pictures, and begins again with them', () => {
  const { rig, see } = facing();
  see();
  rig.does({ kind: 'switchMedia', agent: 101, to: 'voice' });
  assert.deepEqual(on(rig), ['rec-1-1 voice']);
  over(rig, 'rec-1-2', 'stopped');
  see();
  assert.deepEqual(on(rig), ['rec-1-1 voice', 'rec-1-3 video']);
});

test('it pauses and ends with what is said', () => {
  const { rig, see } = facing();
  see();
  rig.does({ kind: 'hold', agent: 101 });
  assert.deepEqual(on(rig), ['rec-1-1 voice paused', 'rec-1-2 video paused']);
  rig.does({ kind: 'retrieve', agent: 101 });
  assert.deepEqual(on(rig), ['rec-1-1 voice', 'rec-1-2 video']);
  rig.does({ kind: 'stopRecord', agent: 101 });
  assert.deepEqual(on(rig), []);
  over(rig, 'rec-1-1', 'stopped');
  over(rig, 'rec-1-2', 'stopped');
  assert.deepEqual(on(rig), [], 'and does not begin by itself again');
  rig.does({ kind: 'record', agent: 101, append: false });
  assert.deepEqual(on(rig), ['rec-1-3 voice', 'rec-1-4 video']);
});

test('without a recording of what is said there is none of what is seen', () => {
  const { rig, see } = facing({ automatic: false });
  see();
  assert.deepEqual(on(rig), []);
  rig.does({ kind: 'record', agent: 101, append: false });
  assert.deepEqual(on(rig), ['rec-1-1 voice', 'rec-1-2 video']);
  rig.does({ kind: 'release', agent: 101 });
  assert.deepEqual(on(rig), []);
});

test('where others come to be seen the next file goes on with it', () => {
  const { rig, see } = facing();
  see();
  rig.does({ kind: 'recordBegan', record: 'rec-1-2' });
  over(rig, 'rec-1-2', 'end');
  assert.deepEqual(on(rig), ['rec-1-1 voice', 'rec-1-3 video']);
  const files = records(rig).map(({ file }) => file);
  assert.equal(new Set(files).size, files.length);
});

for (const [why, isTold] of [['failed', true], ['failed', false], ['end', false]] as const) {
  test(`where none can be made (${why}, ${isTold ? 'after' : 'before'} it began) none is tried again, and what is said goes on`, () => {
    const { rig, see } = facing();
    see();
    if (isTold) rig.does({ kind: 'recordBegan', record: 'rec-1-2' });
    over(rig, 'rec-1-2', why, 0);
    rig.does({ kind: 'hold', agent: 101 });
    rig.does({ kind: 'retrieve', agent: 101 });
    assert.deepEqual(on(rig), ['rec-1-1 voice']);
    rig.does({ kind: 'switchMedia', agent: 101, to: 'voice' });
    see();
    assert.deepEqual(on(rig), ['rec-1-1 voice', 'rec-1-3 video'], 'other pictures may do');
  });
}

test('both agents of a call have what they see recorded', () => {
  const rig = createRig({ config: { ...FIRST_CONFIG, recording: RECORDING } });
  for (const agent of [101, 102]) rig.signIn(agent, { type: 11 });
  rig.does({ kind: 'callInner', agent: 101, called: '102', caller: '' });
  rig.does({ kind: 'switchMedia', agent: 101, to: 'video' });
  for (const agent of [101, 102]) rig.does({ kind: 'picture', leg: rig.phone(agent), on: true, codec: 'VP8' });
  assert.deepEqual(on(rig).map((one) => one.split(' ')[1]), ['voice', 'voice', 'video', 'video']);
  const [one, other] = records(rig).filter(({ pictures }) => pictures === true);
  assert.deepEqual(new Set([one?.apart, other?.apart]), new Set([rig.phone(101), rig.phone(102)]));
});
