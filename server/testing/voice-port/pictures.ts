import assert from 'node:assert/strict';
import type { VoiceCase } from './case.ts';
import { member, reportsOf, type Stage, type Up } from './stage.ts';

/** Somebody with a camera, dialled and up. */
async function seen(stage: Stage): Promise<Up> {
  const callee = await stage.world.callee('phone', 'camera');
  const leg = await stage.ring(callee);
  await callee.answer();
  await stage.eventually(() => stage.kindsOf(leg).includes('answered'), 'it is up');
  return { leg, farEnd: callee };
}

const told = (stage: Stage, { leg }: Up): readonly boolean[] => reportsOf(stage, 'picture').filter((report) => report.leg === leg).map(({ on }) => on);

const sees = (stage: Stage, { farEnd }: Up, others: readonly Up[]): Promise<void> =>
  stage.eventually(() => farEnd.sees().join() === others.map((other) => other.farEnd.sound()).join(), `${farEnd.number} sees ${others.map((other) => other.farEnd.number).join()}`);

const shown = (up: Up) => member(up, { picture: true });

/** Two who see each other. */
async function facing(stage: Stage): Promise<{ readonly room: string; readonly one: Up; readonly other: Up }> {
  const [room, one, other] = [stage.newName('room'), await seen(stage), await seen(stage)];
  await stage.arrange(room, [shown(one), shown(other)]);
  await stage.eventually(() => [one, other].every((up) => told(stage, up).join() === 'true'), 'both are reported to have a picture');
  await sees(stage, one, [other]);
  await sees(stage, other, [one]);
  return { room, one, other };
}

/** Pictures that there are (6.1.2.18). */
const seeingCases: readonly VoiceCase[] = [
  {
    name: 'two who are to have a picture see each other, and go on hearing each other',
    run: async (stage) => {
      const { room, one, other } = await facing(stage);
      await stage.hears(one.farEnd, [other.farEnd.sound()]);
      await stage.hears(other.farEnd, [one.farEnd.sound()]);
      await stage.arrange(room, [shown(one), shown(other)]);
      await stage.quiet();
      assert.deepEqual([told(stage, one), told(stage, other)], [[true], [true]], 'nothing new is told');
    },
  },
  {
    name: 'who is to have a picture no more is not seen any more, and sees nobody',
    run: async (stage) => {
      const { room, one, other } = await facing(stage);
      await stage.arrange(room, [member(one), member(other)]);
      await sees(stage, one, []);
      await sees(stage, other, []);
      await stage.hears(one.farEnd, [other.farEnd.sound()]);
      assert.deepEqual([told(stage, one), told(stage, other)], [[true], [true]], 'nobody waits for that');
      await stage.arrange(room, [shown(one), shown(other)]);
      await stage.eventually(() => [one, other].every((up) => told(stage, up).join() === 'true,true'), 'and again');
      await sees(stage, one, [other]);
    },
  },
  {
    name: 'who waits with music is not seen, nor sees, until they are back',
    run: async (stage) => {
      const { room, one, other } = await facing(stage);
      await stage.arrange(room, [shown(one), member(other, { picture: true, music: true })]);
      await sees(stage, one, []);
      await sees(stage, other, []);
      await stage.arrange(room, [shown(one), shown(other)]);
      await sees(stage, one, [other]);
      await sees(stage, other, [one]);
    },
  },
  {
    name: 'two who see each other go on when somebody without a picture comes in, and see nobody when they part',
    run: async (stage) => {
      const { room, one, other } = await facing(stage);
      const third = await stage.up();
      await stage.arrange(room, [shown(one), shown(other), member(third)]);
      await stage.hears(third.farEnd, [one.farEnd.sound(), other.farEnd.sound()]);
      await sees(stage, one, [other]);
      await stage.arrange(stage.newName('room'), [member(other)]);
      await sees(stage, one, []);
      await sees(stage, other, []);
    },
  },
  {
    name: 'what two see of each other is recorded, beside what is said',
    run: async (stage) => {
      const { room, one } = await facing(stage);
      const [film, tape] = [stage.newName('record'), stage.newName('record')];
      await stage.does({ kind: 'record', record: tape, room, file: `${tape}.wav`, apart: one.leg });
      await stage.does({ kind: 'record', record: film, room, file: `${film}.webm`, apart: one.leg, pictures: true });
      await stage.world.pass(500);
      const ended = (record: string) => reportsOf(stage, 'recorded').find((report) => report.record === record);
      await stage.does({ kind: 'stopRecord', record: film });
      await stage.eventually(() => ended(film) !== undefined, 'its end is reported');
      const { file, why, ms = 0 } = ended(film) ?? {};
      assert.deepEqual([file, why], [`${film}.webm`, 'stopped']);
      assert.ok(ms >= 100, `${ms} ms`);
      assert.equal(ended(tape), undefined, 'what is said goes on');
      await stage.does({ kind: 'stopRecord', record: tape });
      await stage.eventually(() => ended(tape)?.why === 'stopped', 'and ends by itself');
    },
  },
  {
    name: 'who does away with the own picture is reported',
    run: async (stage) => {
      const { one, other } = await facing(stage);
      await one.farEnd.closeCamera();
      await stage.eventually(() => told(stage, one).join() === 'true,false', 'it is reported');
      await sees(stage, other, []);
      await stage.hears(other.farEnd, [one.farEnd.sound()]);
    },
  },
];

/** Pictures that there are not. */
const blindCases: readonly VoiceCase[] = [
  {
    name: 'nobody is seen who was not asked to be',
    run: async (stage) => {
      const [room, one, other] = [stage.newName('room'), await seen(stage), await seen(stage)];
      await stage.arrange(room, [member(one), member(other)]);
      await stage.hears(one.farEnd, [other.farEnd.sound()]);
      await stage.quiet();
      assert.deepEqual([one.farEnd.sees(), other.farEnd.sees(), reportsOf(stage, 'picture')], [[], [], []]);
    },
  },
  {
    name: 'who has no camera is reported to have none, and the talk goes on',
    run: async (stage) => {
      const [room, one, blind] = [stage.newName('room'), await seen(stage), await stage.up()];
      await stage.arrange(room, [shown(one), shown(blind)]);
      await stage.eventually(() => told(stage, blind).join() === 'false', 'it is reported');
      await stage.hears(one.farEnd, [blind.farEnd.sound()]);
      assert.deepEqual([one.farEnd.sees(), blind.farEnd.sees()], [[], []]);
    },
  },
];

export const pictureCases: readonly VoiceCase[] = [...seeingCases, ...blindCases];
