import assert from 'node:assert/strict';
import type { Order } from '@parley/core/voice/order.ts';
import { member, reportsOf, type Stage, type Up } from './stage.ts';
import type { VoiceCase } from './case.ts';

type RecordOrder = Extract<Order, { kind: 'record' }>;

/** These are the members of a room from now on, and hear each other: what is recorded then has all of them, however busy the machine is. */
async function talk(stage: Stage, room: string, ...ups: readonly Up[]): Promise<void> {
  await stage.arrange(room, ups.map((up) => member(up)));
  for (const up of ups) await stage.hears(up.farEnd, ups.filter((other) => other !== up).map(({ farEnd }) => farEnd.sound()));
}

async function record(stage: Stage, room: string, apart?: Up, changes: Partial<RecordOrder> = {}): Promise<RecordOrder> {
  const name = stage.newName('record');
  const order: RecordOrder = { kind: 'record', record: name, room, file: `${name}.wav`, ...(apart === undefined ? {} : { apart: apart.leg }), ...changes };
  await stage.does(order);
  return order;
}

/** Answers how long the recording is. */
async function expectRecorded(stage: Stage, { record: name, file }: RecordOrder, why: 'stopped' | 'end', channels: readonly (readonly Up[])[]): Promise<number> {
  const found = () => reportsOf(stage, 'recorded').find((report) => report.record === name);
  await stage.eventually(() => found() !== undefined, `the end of ${name} is reported`);
  assert.deepEqual([found()?.file, found()?.why], [file, why]);
  const sounds = (await stage.world.recorded(file)).map((channel) => channel.toSorted());
  assert.deepEqual(sounds, channels.map((channel) => channel.map(({ farEnd }) => farEnd.sound()).toSorted()));
  return found()?.ms ?? 0;
}

const stop = (stage: Stage, { record: name }: RecordOrder): Promise<void> => stage.does({ kind: 'stopRecord', record: name });

export const recordingCases: readonly VoiceCase[] = [
  {
    name: 'a room is recorded on one channel until that is stopped',
    run: async (stage) => {
      const [agent, customer, room] = [await stage.up(), await stage.up(), stage.newName('room')];
      await talk(stage, room, agent, customer);
      const recording = await record(stage, room);
      await stage.world.pass(500);
      await stage.does(recording);
      await stop(stage, recording);
      const ms = await expectRecorded(stage, recording, 'stopped', [[agent, customer]]);
      assert.ok(ms >= 400, `${ms} ms`);
      await stop(stage, recording);
    },
  },
  {
    name: 'one leg is recorded apart from the others',
    run: async (stage) => {
      const [agent, customer, helper, room] = [await stage.up(), await stage.up(), await stage.up(), stage.newName('room')];
      await talk(stage, room, agent, customer, helper);
      const recording = await record(stage, room, customer);
      await stage.world.pass(300);
      await stop(stage, recording);
      await expectRecorded(stage, recording, 'stopped', [[customer], [agent, helper]]);
    },
  },
  {
    name: 'neither whispers, nor who is muted, nor music are recorded',
    run: async (stage) => {
      const [agent, customer, inspector, room] = [await stage.up(), await stage.up(), await stage.up(), stage.newName('room')];
      await stage.arrange(room, [member(agent, { to: 'none' }), member(customer), member(inspector, { to: [agent.leg] })]);
      const recording = await record(stage, room);
      await stage.world.pass(300);
      await stage.arrange(room, [member(customer, { music: true })]);
      await stage.world.pass(300);
      await stop(stage, recording);
      await expectRecorded(stage, recording, 'stopped', [[customer]]);
    },
  },
  {
    name: 'who comes and goes is recorded while in the room',
    run: async (stage) => {
      const [agent, customer, helper, room] = [await stage.up(), await stage.up(), await stage.up(), stage.newName('room')];
      await talk(stage, room, agent, customer);
      const recording = await record(stage, room);
      await stage.world.pass(300);
      await talk(stage, room, helper, customer);
      await stage.world.pass(300);
      await stop(stage, recording);
      await expectRecorded(stage, recording, 'stopped', [[agent, customer, helper]]);
    },
  },
  {
    name: 'what is said while a recording pauses is left out',
    run: async (stage) => {
      const [agent, customer, helper, room] = [await stage.up(), await stage.up(), await stage.up(), stage.newName('room')];
      await talk(stage, room, agent, customer);
      const recording = await record(stage, room);
      await stage.world.pass(300);
      await stage.does({ kind: 'pauseRecord', record: recording.record });
      await talk(stage, room, helper, customer);
      await stage.world.pass(2000);
      await talk(stage, room, customer);
      await stage.does({ kind: 'resumeRecord', record: recording.record });
      await stage.does({ kind: 'resumeRecord', record: recording.record });
      await stage.world.pass(300);
      await stop(stage, recording);
      const ms = await expectRecorded(stage, recording, 'stopped', [[agent, customer]]);
      assert.ok(ms >= 400 && ms < 2000, `${ms} ms`);
    },
  },
  {
    name: 'a recording that is resumed holds what is said from then on',
    run: async (stage) => {
      const [agent, customer, helper, room] = [await stage.up(), await stage.up(), await stage.up(), stage.newName('room')];
      await talk(stage, room, agent, customer);
      const recording = await record(stage, room);
      await stage.world.pass(300);
      await stage.does({ kind: 'pauseRecord', record: recording.record });
      await talk(stage, room, helper, customer);
      await stage.does({ kind: 'resumeRecord', record: recording.record });
      await stage.world.pass(300);
      await stop(stage, recording);
      await expectRecorded(stage, recording, 'stopped', [[agent, customer, helper]]);
    },
  },
  {
    name: 'a recording that is stopped while it is being begun does not go on',
    run: async (stage) => {
      const [agent, room, name] = [await stage.up(), stage.newName('room'), stage.newName('record')];
      await talk(stage, room, agent);
      const order: RecordOrder = { kind: 'record', record: name, room, file: `${name}.wav` };
      await Promise.all([stage.does(order), stop(stage, order)]);
      await stage.eventually(() => reportsOf(stage, 'recorded').some((report) => report.record === name && report.why === 'stopped'), 'it is reported to be over');
    },
  },
  {
    name: 'a file is gone on with, or overwritten',
    run: async (stage) => {
      const [agent, customer, room] = [await stage.up(), await stage.up(), stage.newName('room')];
      const file = `${stage.newName('file')}.wav`;
      await talk(stage, room, agent);
      const first = await record(stage, room, agent, { file });
      await stage.world.pass(1500);
      await stop(stage, first);
      await expectRecorded(stage, first, 'stopped', [[agent], []]);
      await talk(stage, room, customer);
      const second = await record(stage, room, agent, { file, append: true });
      await stage.world.pass(300);
      await stop(stage, second);
      const ms = await expectRecorded(stage, second, 'stopped', [[agent], [customer]]);
      assert.ok(ms < 1500, 'its length is what came anew');
      const third = await record(stage, room, agent, { file });
      await stage.world.pass(300);
      await stop(stage, third);
      await expectRecorded(stage, third, 'stopped', [[], [customer]]);
    },
  },
  {
    name: 'a recording ends when everybody has left the room',
    run: async (stage) => {
      const [agent, customer, room] = [await stage.up(), await stage.up(), stage.newName('room')];
      await talk(stage, room, agent, customer);
      const recording = await record(stage, room);
      await stage.world.pass(300);
      await customer.farEnd.hangUp();
      await stage.endOf(customer.leg);
      await stage.quiet();
      assert.deepEqual(reportsOf(stage, 'recorded'), []);
      await stage.arrange(room, []);
      await expectRecorded(stage, recording, 'end', [[agent, customer]]);
      await stop(stage, recording);
    },
  },
  {
    name: 'a room that nobody is in is not recorded',
    run: async (stage) => {
      const performed = await stage.perform({ kind: 'record', record: stage.newName('record'), room: stage.newName('room'), file: 'nobody.wav' });
      assert.deepEqual(performed, { ok: false, why: 'unknownRoom' });
    },
  },
];
