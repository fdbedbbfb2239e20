import assert from 'node:assert/strict';
import { CAUSE } from '@parley/core/call/call.ts';
import { member, type Stage, type Up } from './stage.ts';
import type { VoiceCase } from './case.ts';

const two = async (stage: Stage): Promise<readonly [Up, Up]> => [await stage.up(), await stage.up()];
const three = async (stage: Stage): Promise<readonly [Up, Up, Up]> => [await stage.up(), await stage.up(), await stage.up()];

/** Expects each to hear exactly these others. */
async function expectHearing(stage: Stage, hearing: readonly (readonly [Up, readonly Up[]])[]): Promise<void> {
  for (const [{ farEnd }, others] of hearing) await stage.hears(farEnd, others.map((other) => other.farEnd.sound()));
}

const hearing: readonly VoiceCase[] = [
  {
    name: 'a leg in no room hears silence',
    run: async (stage) => {
      const [one, other] = await two(stage);
      await stage.quiet();
      await expectHearing(stage, [[one, []], [other, []]]);
    },
  },
  {
    name: 'two talk',
    run: async (stage) => {
      const [agent, customer] = await two(stage);
      await stage.arrange(stage.newName('room'), [member(agent), member(customer)]);
      await expectHearing(stage, [[agent, [customer]], [customer, [agent]]]);
    },
  },
  {
    name: 'three talk',
    run: async (stage) => {
      const [one, other, third] = await three(stage);
      await stage.arrange(stage.newName('room'), [member(one), member(other), member(third)]);
      await expectHearing(stage, [[one, [other, third]], [other, [one, third]], [third, [one, other]]]);
    },
  },
  {
    name: 'who is muted hears and is not heard, until unmuted',
    run: async (stage) => {
      const [agent, customer] = await two(stage);
      const room = stage.newName('room');
      await stage.arrange(room, [member(agent, { to: 'none' }), member(customer)]);
      await expectHearing(stage, [[agent, [customer]], [customer, []]]);
      await stage.arrange(room, [member(agent), member(customer)]);
      await expectHearing(stage, [[agent, [customer]], [customer, [agent]]]);
    },
  },
  {
    name: 'who does not hear is heard all the same',
    run: async (stage) => {
      const [agent, customer] = await two(stage);
      await stage.arrange(stage.newName('room'), [member(agent), member(customer, { hears: false })]);
      await expectHearing(stage, [[agent, [customer]], [customer, []]]);
    },
  },
  {
    name: 'who is on hold hears music and nobody, until fetched back',
    run: async (stage) => {
      const [agent, customer] = await two(stage);
      const room = stage.newName('room');
      await stage.arrange(room, [member(agent, { to: 'none' }), member(customer, { music: true, to: 'none' })]);
      await stage.hears(customer.farEnd, [stage.world.music]);
      await expectHearing(stage, [[agent, []]]);
      await stage.arrange(room, [member(agent), member(customer)]);
      await expectHearing(stage, [[agent, [customer]], [customer, [agent]]]);
    },
  },
  {
    name: 'who waits alone hears music',
    run: async (stage) => {
      const customer = await stage.arrival();
      await stage.does({ kind: 'answer', leg: customer.leg });
      await stage.arrange(stage.newName('room'), [member(customer, { music: true })]);
      await stage.hears(customer.farEnd, [stage.world.music]);
    },
  },
  {
    name: 'a whisper is heard by the one it is for, who is heard by all',
    run: async (stage) => {
      const [agent, customer, inspector] = await three(stage);
      await stage.arrange(stage.newName('room'), [member(agent), member(customer), member(inspector, { to: [agent.leg] })]);
      await expectHearing(stage, [[agent, [customer, inspector]], [customer, [agent]], [inspector, [agent, customer]]]);
    },
  },
  {
    name: 'who listens is heard by nobody',
    run: async (stage) => {
      const [agent, customer, inspector] = await three(stage);
      await stage.arrange(stage.newName('room'), [member(agent), member(customer), member(inspector, { to: 'none' })]);
      await expectHearing(stage, [[agent, [customer]], [customer, [agent]], [inspector, [agent, customer]]]);
    },
  },
  {
    name: 'a leg is as loud as its gain says',
    run: async (stage) => {
      const [loud, soft, listener] = await three(stage);
      const room = stage.newName('room');
      const loudness = ({ farEnd }: Up): Promise<number> => listener.farEnd.loudnessOf(farEnd.sound());
      const isAbout = async (up: Up, wanted: number): Promise<boolean> => Math.abs(await loudness(up) - wanted) <= wanted / 5;
      await stage.arrange(room, [member(loud, { gain: 1.5 }), member(soft, { gain: 0.5 }), member(listener)]);
      await stage.eventually(async () => (await isAbout(loud, 1.5)) && isAbout(soft, 0.5), 'one is loud and the other soft');
      await stage.arrange(room, [member(loud), member(soft, { gain: 0 }), member(listener)]);
      await stage.eventually(() => isAbout(loud, 1), 'it is as loud as before');
      await expectHearing(stage, [[listener, [loud]], [soft, [listener, loud]]]);
    },
  },
];

const moving: readonly VoiceCase[] = [
  {
    name: 'who is left out of an arrangement has left the room',
    run: async (stage) => {
      const [agent, customer, helper] = await three(stage);
      const room = stage.newName('room');
      await stage.arrange(room, [member(agent), member(customer), member(helper)]);
      await expectHearing(stage, [[agent, [customer, helper]]]);
      await stage.arrange(room, [member(customer), member(helper)]);
      await expectHearing(stage, [[agent, []], [customer, [helper]], [helper, [customer]]]);
      await stage.arrange(room, []);
      await expectHearing(stage, [[customer, []], [helper, []]]);
    },
  },
  {
    name: 'who joins a room leaves the other one, which cannot put it out of the new one',
    run: async (stage) => {
      const [agent, customer, helper] = await three(stage);
      const [from, to] = [stage.newName('room'), stage.newName('room')];
      await stage.arrange(from, [member(agent), member(customer)]);
      await expectHearing(stage, [[customer, [agent]]]);
      await stage.arrange(to, [member(agent), member(helper)]);
      await expectHearing(stage, [[agent, [helper]], [helper, [agent]], [customer, []]]);
      await stage.arrange(from, [member(customer)]);
      await expectHearing(stage, [[agent, [helper]], [helper, [agent]], [customer, []]]);
    },
  },
  {
    name: 'rooms do not hear each other',
    run: async (stage) => {
      const [first, second] = [await two(stage), await two(stage)];
      await stage.arrange(stage.newName('room'), first.map((up) => member(up)));
      await stage.arrange(stage.newName('room'), second.map((up) => member(up)));
      for (const [one, other] of [first, second]) await expectHearing(stage, [[one, [other]], [other, [one]]]);
    },
  },
  {
    name: 'an arrangement that is sent twice changes nothing',
    run: async (stage) => {
      const [agent, customer] = await two(stage);
      const [room, members] = [stage.newName('room'), [member(agent), member(customer)]];
      await stage.arrange(room, members);
      await stage.arrange(room, members);
      await expectHearing(stage, [[agent, [customer]], [customer, [agent]]]);
      assert.deepEqual([stage.kindsOf(agent.leg).join(), stage.kindsOf(customer.leg).join()], ['rang,answered', 'rang,answered']);
    },
  },
  {
    name: 'a leg that is not there does not disturb those that are',
    run: async (stage) => {
      const [agent, customer] = await two(stage);
      const stranger = { ...customer, leg: stage.newName('1') };
      const performed = await stage.perform({ kind: 'arrange', room: stage.newName('room'), members: [member(stranger), member(agent), member(customer)] });
      assert.equal(performed.ok ? 'taken' : performed.why, 'unknownLeg');
      await expectHearing(stage, [[agent, [customer]], [customer, [agent]]]);
      assert.equal(await stage.standing(stranger.leg), undefined);
    },
  },
  {
    name: 'a leg that ends leaves the others talking',
    run: async (stage) => {
      const [agent, customer, helper] = await three(stage);
      await stage.arrange(stage.newName('room'), [member(agent), member(customer), member(helper)]);
      await expectHearing(stage, [[agent, [customer, helper]]]);
      await helper.farEnd.hangUp();
      assert.equal(await stage.endOf(helper.leg), CAUSE.normal);
      await expectHearing(stage, [[agent, [customer]], [customer, [agent]]]);
    },
  },
  {
    name: 'a leg that rings is in its room as soon as it is up',
    run: async (stage) => {
      const agent = await stage.up();
      const customer = await stage.arrival();
      await stage.arrange(stage.newName('room'), [member(agent), member(customer)]);
      await stage.quiet();
      assert.equal(customer.farEnd.state(), 'ringing');
      await stage.does({ kind: 'answer', leg: customer.leg });
      await expectHearing(stage, [[agent, [customer]], [customer, [agent]]]);
    },
  },
];

export const roomCases: readonly VoiceCase[] = [...hearing, ...moving];
