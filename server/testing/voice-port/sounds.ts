import assert from 'node:assert/strict';
import type { Order } from '@parley/core/voice/order.ts';
import type { FlowOutcome } from '../../engine/voice.ts';
import { member, reportsOf, type Stage, type Up } from './stage.ts';
import type { VoiceCase } from './case.ts';

type Collect = Extract<Order, { kind: 'collect' }>;

/** The keys that were reported of a leg, together: they may come one by one. */
const keysOf = (stage: Stage, leg: string): string => reportsOf(stage, 'digits').filter((report) => report.leg === leg).map(({ digits }) => digits).join('');

async function collect(stage: Stage, { leg }: Up, changes: Partial<Collect> = {}): Promise<string> {
  const name = stage.newName('collect');
  await stage.does({ kind: 'collect', collect: name, leg, max: 4, firstMs: 1000, betweenMs: 1000, ...changes });
  return name;
}

async function expectCollected(stage: Stage, name: string, digits: string, why: 'max' | 'terminator' | 'time' | 'stopped'): Promise<void> {
  const found = () => reportsOf(stage, 'collected').find((report) => report.collect === name);
  await stage.eventually(() => found() !== undefined, `what ${name} gathered is reported`);
  assert.deepEqual([found()?.digits, found()?.why], [digits, why]);
}

const keys: readonly VoiceCase[] = [
  {
    name: 'keys are sent to the other end in order',
    run: async (stage) => {
      const { leg, farEnd } = await stage.up();
      await stage.does({ kind: 'digits', leg, digits: '12*' });
      await stage.does({ kind: 'digits', leg, digits: '#90' });
      await stage.eventually(() => farEnd.keysSent() === '12*#90', 'they have come in');
    },
  },
  {
    name: 'keys that the other end presses are reported',
    run: async (stage) => {
      const [one, other] = [await stage.up(), await stage.up()];
      await one.farEnd.press('1*');
      await one.farEnd.press('2#');
      await stage.eventually(() => keysOf(stage, one.leg) === '1*2#', 'all are reported');
      assert.equal(keysOf(stage, other.leg), '');
    },
  },
  {
    name: 'keys are gathered up to a number, and those that follow are reported',
    run: async (stage) => {
      const caller = await stage.up();
      const name = await collect(stage, caller, { max: 3 });
      await caller.farEnd.press('123');
      await expectCollected(stage, name, '123', 'max');
      await caller.farEnd.press('45');
      await stage.eventually(() => keysOf(stage, caller.leg) === '45', 'those that follow are reported');
    },
  },
  {
    name: 'keys are gathered up to a terminator, which is not one of them',
    run: async (stage) => {
      const caller = await stage.up();
      const name = await collect(stage, caller, { terminator: '#' });
      await caller.farEnd.press('12#');
      await expectCollected(stage, name, '12', 'terminator');
      await stage.quiet();
      assert.equal(keysOf(stage, caller.leg), '');
    },
  },
  {
    name: 'gathering ends when no key comes',
    run: async (stage) => expectCollected(stage, await collect(stage, await stage.up(), { firstMs: 300, betweenMs: 60_000 }), '', 'time'),
  },
  {
    name: 'gathering ends when no further key comes',
    run: async (stage) => {
      const caller = await stage.up();
      const name = await collect(stage, caller, { firstMs: 60_000, betweenMs: 300 });
      await stage.world.pass(500);
      assert.deepEqual(reportsOf(stage, 'collected'), []);
      await caller.farEnd.press('7');
      await expectCollected(stage, name, '7', 'time');
    },
  },
  {
    name: 'each time for a key begins with what came before it',
    run: async (stage) => {
      const caller = await stage.up();
      const first = await collect(stage, caller, { max: 2, firstMs: 500, betweenMs: 60_000 });
      await caller.farEnd.press('1');
      await stage.world.pass(700);
      await caller.farEnd.press('2');
      await expectCollected(stage, first, '12', 'max');
      const second = await collect(stage, caller, { max: 1, firstMs: 500 });
      await caller.farEnd.press('3');
      await expectCollected(stage, second, '3', 'max');
      const third = await collect(stage, caller, { max: 1, firstMs: 60_000 });
      await stage.world.pass(700);
      await caller.farEnd.press('4');
      await expectCollected(stage, third, '4', 'max');
    },
  },
  {
    name: 'a new gathering stops the former, the same one goes on',
    run: async (stage) => {
      const caller = await stage.up();
      const first = await collect(stage, caller);
      await caller.farEnd.press('1');
      await stage.quiet();
      assert.equal(await collect(stage, caller, { collect: first }).then(() => reportsOf(stage, 'collected').length), 0);
      const second = await collect(stage, caller, { max: 2 });
      await expectCollected(stage, first, '1', 'stopped');
      await caller.farEnd.press('23');
      await expectCollected(stage, second, '23', 'max');
    },
  },
  {
    name: 'gathering stops when the caller hangs up, and that is reported before the end',
    run: async (stage) => {
      const caller = await stage.up();
      const name = await collect(stage, caller);
      await caller.farEnd.press('12');
      await stage.quiet();
      await caller.farEnd.hangUp();
      await expectCollected(stage, name, '12', 'stopped');
      await stage.endOf(caller.leg);
    },
  },
];

type PlayTo = Extract<Order, { kind: 'play' }>['to'];

async function play(stage: Stage, to: PlayTo, file: string, changes: Partial<Extract<Order, { kind: 'play' }>> = {}): Promise<string> {
  const name = stage.newName('play');
  await stage.does({ kind: 'play', play: name, to, file, ...changes });
  return name;
}

/** A file that is played to somebody who hears nothing else. */
async function playback(stage: Stage, ms: number, changes: Parameters<typeof play>[3] = {}): Promise<{ readonly listener: Up; readonly file: string; readonly name: string }> {
  const [listener, file] = [await stage.up(), await stage.world.file(ms)];
  await stage.arrange(stage.newName('room'), [member(listener)]);
  return { listener, file, name: await play(stage, { leg: listener.leg }, file, changes) };
}

async function expectPlayed(stage: Stage, name: string, why: 'end' | 'stopped'): Promise<void> {
  const found = () => reportsOf(stage, 'playEnded').find((report) => report.play === name);
  await stage.eventually(() => found() !== undefined, `the end of ${name} is reported`);
  assert.equal(found()?.why, why);
}

/** Two who talk. */
async function conversation(stage: Stage): Promise<{ readonly agent: Up; readonly customer: Up; readonly room: string }> {
  const [agent, customer, room] = [await stage.up(), await stage.up(), stage.newName('room')];
  await stage.arrange(room, [member(agent), member(customer)]);
  await stage.hears(agent.farEnd, [customer.farEnd.sound()]);
  return { agent, customer, room };
}

const playing: readonly VoiceCase[] = [
  {
    name: 'a file is played to one leg, which hears the others as well, until its end',
    run: async (stage) => {
      const { agent, customer } = await conversation(stage);
      const file = await stage.world.file(600);
      const name = await play(stage, { leg: agent.leg }, file);
      await stage.hears(agent.farEnd, [customer.farEnd.sound(), file]);
      await stage.hears(customer.farEnd, [agent.farEnd.sound()]);
      assert.deepEqual(reportsOf(stage, 'playEnded'), []);
      await expectPlayed(stage, name, 'end');
      await stage.hears(agent.farEnd, [customer.farEnd.sound()]);
    },
  },
  {
    name: 'a file is played in place of the music, which comes back',
    run: async (stage) => {
      const caller = await stage.up();
      await stage.arrange(stage.newName('room'), [member(caller, { music: true })]);
      await stage.hears(caller.farEnd, [stage.world.music]);
      const file = await stage.world.file(600);
      await play(stage, { leg: caller.leg }, file);
      await stage.hears(caller.farEnd, [file]);
      await stage.hears(caller.farEnd, [stage.world.music]);
    },
  },
  {
    name: 'a file is played into a room, for all who hear one another',
    run: async (stage) => {
      const { agent, customer, room } = await conversation(stage);
      const held = await stage.up();
      await stage.arrange(room, [member(agent), member(customer), member(held, { music: true, to: 'none' })]);
      const file = await stage.world.file(600);
      const name = await play(stage, { room }, file);
      await stage.hears(agent.farEnd, [customer.farEnd.sound(), file]);
      await stage.hears(customer.farEnd, [agent.farEnd.sound(), file]);
      await stage.hears(held.farEnd, [stage.world.music]);
      await expectPlayed(stage, name, 'end');
    },
  },
  {
    name: 'a play is stopped, once and for all',
    run: async (stage) => {
      const { agent, customer } = await conversation(stage);
      const file = await stage.world.file(60_000);
      const name = await play(stage, { leg: agent.leg }, file);
      await stage.does({ kind: 'play', play: name, to: { leg: agent.leg }, file });
      await stage.hears(agent.farEnd, [customer.farEnd.sound(), file]);
      await stage.does({ kind: 'stopPlay', play: name });
      await expectPlayed(stage, name, 'stopped');
      await stage.hears(agent.farEnd, [customer.farEnd.sound()]);
      await stage.does({ kind: 'stopPlay', play: name });
    },
  },
  {
    name: 'a play that pauses is not heard, and goes on where it was',
    run: async (stage) => {
      const { listener, file, name } = await playback(stage, 1500);
      await stage.hears(listener.farEnd, [file]);
      await stage.does({ kind: 'pausePlay', play: name });
      await stage.hears(listener.farEnd, []);
      await stage.world.pass(2500);
      assert.deepEqual(reportsOf(stage, 'playEnded'), []);
      await stage.does({ kind: 'resumePlay', play: name });
      await stage.hears(listener.farEnd, [file]);
      await expectPlayed(stage, name, 'end');
      await stage.does({ kind: 'resumePlay', play: name });
    },
  },
  {
    name: 'a play that is stopped while it is being begun does not go on',
    run: async (stage) => {
      const { leg, farEnd } = await stage.up();
      await stage.arrange(stage.newName('room'), [member({ leg, farEnd })]);
      const [name, file] = [stage.newName('play'), await stage.world.file(60_000)];
      await Promise.all([stage.does({ kind: 'play', play: name, to: { leg }, file }), stage.does({ kind: 'stopPlay', play: name })]);
      await expectPlayed(stage, name, 'stopped');
      await stage.hears(farEnd, []);
    },
  },
  {
    name: 'a play that pauses is stopped',
    run: async (stage) => {
      const { name } = await playback(stage, 60_000);
      await stage.does({ kind: 'pausePlay', play: name });
      await stage.does({ kind: 'stopPlay', play: name });
      await expectPlayed(stage, name, 'stopped');
    },
  },
  {
    name: 'a play goes on elsewhere in its file, from its start or from where it is, and not beyond its end',
    run: async (stage) => {
      const { listener, file, name } = await playback(stage, 120_000);
      for (let times = 0; times < 2; times += 1) await stage.does({ kind: 'seekPlay', play: name, ms: 60_000, from: 'start' });
      await stage.does({ kind: 'seekPlay', play: name, ms: 50_000, from: 'here' });
      await stage.hears(listener.farEnd, [file]);
      assert.deepEqual(reportsOf(stage, 'playEnded'), []);
      await stage.does({ kind: 'seekPlay', play: name, ms: 60_000, from: 'here' });
      await expectPlayed(stage, name, 'end');
      await stage.does({ kind: 'seekPlay', play: name, ms: 0, from: 'start' });
    },
  },
  {
    name: 'a play goes back in its file, and not beyond its start',
    run: async (stage) => {
      const { listener, file, name } = await playback(stage, 1600, { fromMs: 1200 });
      await stage.does({ kind: 'seekPlay', play: name, ms: -60_000, from: 'here' });
      await stage.world.pass(800);
      assert.deepEqual(reportsOf(stage, 'playEnded'), []);
      await stage.hears(listener.farEnd, [file]);
      await expectPlayed(stage, name, 'end');
    },
  },
  {
    name: 'a file is played from a place in it',
    run: async (stage) => {
      const { name } = await playback(stage, 120_000, { fromMs: 119_700 });
      await expectPlayed(stage, name, 'end');
    },
  },
  {
    name: 'a file that repeats is played until it is stopped',
    run: async (stage) => {
      const { listener, file, name } = await playback(stage, 300, { repeats: true });
      await stage.world.pass(1200);
      await stage.hears(listener.farEnd, [file]);
      assert.deepEqual(reportsOf(stage, 'playEnded'), []);
      await stage.does({ kind: 'stopPlay', play: name });
      await expectPlayed(stage, name, 'stopped');
    },
  },
  {
    name: 'a file is played louder or softer than it was recorded',
    run: async (stage) => {
      const { listener, file } = await playback(stage, 60_000, { gain: 0.5 });
      await stage.eventually(async () => await listener.farEnd.loudnessOf(file) === 0.5, 'it is heard half as loud');
    },
  },
  {
    name: 'a play stops when its leg hangs up, and that is reported before the end',
    run: async (stage) => {
      const { leg, farEnd } = await stage.up();
      const name = await play(stage, { leg }, await stage.world.file(60_000));
      await farEnd.hangUp();
      await stage.endOf(leg);
      await expectPlayed(stage, name, 'stopped');
      assert.deepEqual(stage.reports.slice(-2).map(({ kind }) => kind), ['playEnded', 'ended']);
    },
  },
  {
    name: 'a play into a room stops when everybody has left it',
    run: async (stage) => {
      const { agent, customer, room } = await conversation(stage);
      const name = await play(stage, { room }, await stage.world.file(60_000));
      await agent.farEnd.hangUp();
      await stage.endOf(agent.leg);
      await stage.quiet();
      assert.deepEqual(reportsOf(stage, 'playEnded'), []);
      await customer.farEnd.hangUp();
      await expectPlayed(stage, name, 'stopped');
    },
  },
  {
    name: 'what cannot be played is refused, and no end of it is reported',
    run: async (stage) => {
      const { leg } = await stage.up();
      const missing = await stage.perform({ kind: 'play', play: stage.newName('play'), to: { leg }, file: stage.world.missingFile });
      assert.equal(missing.ok ? 'taken' : missing.why, 'failed');
      const nowhere = await stage.perform({ kind: 'play', play: stage.newName('play'), to: { room: stage.newName('room') }, file: await stage.world.file(300) });
      assert.deepEqual(nowhere, { ok: false, why: 'unknownRoom' });
    },
  },
];

const OUTCOMES: readonly FlowOutcome[] = [{ kind: 'queue', queue: 3 }, { kind: 'agent', agent: 101 }, { kind: 'hangUp' }, { kind: 'done' }];

async function answered(stage: Stage): Promise<Up> {
  const caller = await stage.arrival();
  await stage.does({ kind: 'answer', leg: caller.leg });
  return caller;
}

const flows: readonly VoiceCase[] = [
  {
    name: 'a flow takes a caller, and its outcome is reported',
    run: async (stage) => {
      for (const outcome of OUTCOMES) {
        const { leg } = await answered(stage);
        const order = { kind: 'flow', vdnId: 1, leg, flow: await stage.world.flow(outcome), call: '1-1' } as const;
        await stage.does(order);
        await stage.eventually(() => stage.kindsOf(leg).includes('flowEnded'), 'the flow ends');
        assert.deepEqual(reportsOf(stage, 'flowEnded').at(-1), { kind: 'flowEnded', leg, outcome });
        assert.equal(await stage.standing(leg), 'up', 'hanging up is left to the engine');
      }
    },
  },
  {
    name: 'a flow takes a caller out of the room',
    run: async (stage) => {
      const { agent, customer } = await conversation(stage);
      await stage.does({ kind: 'flow', vdnId: 1, leg: customer.leg, flow: await stage.world.flow({ kind: 'done' }, 60_000), call: '1-1' });
      await stage.hears(agent.farEnd, []);
      await stage.eventually(async () => !(await customer.farEnd.hears()).includes(agent.farEnd.sound()), 'the caller hears the agent no more');
    },
  },
  {
    name: 'a flow for a caller who waits leaves the caller in the room, and tells so in the end',
    run: async (stage) => {
      const { agent, customer } = await conversation(stage);
      const order = { kind: 'flow', vdnId: 1, leg: customer.leg, flow: await stage.world.flow({ kind: 'done' }, 600), call: '1-1', waits: true } as const;
      await stage.does(order);
      await stage.does(order);
      await stage.eventually(() => stage.kindsOf(customer.leg).includes('flowEnded'), 'the flow ends');
      assert.deepEqual(reportsOf(stage, 'flowEnded'), [{ kind: 'flowEnded', leg: customer.leg, outcome: { kind: 'done' }, waits: true }]);
      await stage.hears(agent.farEnd, [customer.farEnd.sound()]);
    },
  },
  {
    name: 'a flow that is ended reports nothing',
    run: async (stage) => {
      const { leg } = await answered(stage);
      await stage.does({ kind: 'flow', vdnId: 1, leg, flow: await stage.world.flow({ kind: 'done' }, 300), call: '1-1' });
      await stage.does({ kind: 'endFlow', leg });
      await stage.does({ kind: 'endFlow', leg });
      await stage.world.pass(600);
      assert.ok(!stage.kindsOf(leg).includes('flowEnded'));
    },
  },
  {
    name: 'a flow whose caller hangs up reports nothing but the end of the leg',
    run: async (stage) => {
      const { leg, farEnd } = await answered(stage);
      await stage.does({ kind: 'flow', vdnId: 1, leg, flow: await stage.world.flow({ kind: 'done' }, 300), call: '1-1' });
      await farEnd.hangUp();
      await stage.endOf(leg);
      await stage.world.pass(600);
      assert.equal(stage.kindsOf(leg).join(), 'incoming,ended');
    },
  },
];

export const soundCases: readonly VoiceCase[] = [...keys, ...playing, ...flows];
