import assert from 'node:assert/strict';
import { CAUSE } from '@parley/core/call/call.ts';
import type { VoiceCase } from './case.ts';
import type { Stage } from './stage.ts';
import type { Callee } from './world.ts';

const whyOf = (performed: { readonly ok: true } | { readonly ok: false; readonly why: string }): string => (performed.ok ? 'taken' : performed.why);

/** Rings, and the port knows. */
async function ringing(stage: Stage, callee: Callee): Promise<string> {
  const leg = await stage.ring(callee);
  await stage.eventually(() => stage.kindsOf(leg).includes('rang'), 'ringing is reported');
  return leg;
}

/** Phones that answer when they are told to (6.1.2.23). */
export const pickUpCases: readonly VoiceCase[] = [
  {
    name: 'a linked phone that rings is picked up',
    run: async (stage) => {
      const callee = await stage.world.callee('phone', 'linked');
      const { number } = callee.dialled;
      assert.equal(await stage.world.port.canPickUp(number), true);
      const leg = await ringing(stage, callee);
      await stage.does({ kind: 'pickUp', leg });
      await stage.eventually(() => callee.state() === 'up' && stage.kindsOf(leg).includes('answered'), 'it has answered');
      await stage.does({ kind: 'pickUp', leg });
      await stage.quiet();
      assert.equal(stage.kindsOf(leg).join(), 'rang,answered');
    },
  },
  {
    name: 'a phone that is not linked rings on, whatever it is told',
    run: async (stage) => {
      const callee = await stage.world.callee('phone');
      assert.equal(await stage.world.port.canPickUp(callee.dialled.number), false);
      const leg = await ringing(stage, callee);
      assert.equal(whyOf(await stage.perform({ kind: 'pickUp', leg })), 'unsupported');
      await stage.quiet();
      assert.equal(callee.state(), 'ringing');
      await callee.answer();
      await stage.eventually(() => stage.kindsOf(leg).includes('answered'), 'it can be answered by hand');
      await stage.does({ kind: 'pickUp', leg });
    },
  },
  {
    name: 'nobody who is not there is picked up, nor somebody who calls in',
    run: async (stage) => {
      const { number } = await stage.world.nobody('phone');
      assert.equal(await stage.world.port.canPickUp(number), false);
      assert.equal(whyOf(await stage.perform({ kind: 'pickUp', leg: stage.newName('1') })), 'unknownLeg');
      const { leg, farEnd } = await stage.arrival();
      assert.equal(whyOf(await stage.perform({ kind: 'pickUp', leg })), 'unsupported');
      assert.equal(farEnd.state(), 'ringing');
    },
  },
  {
    name: 'a linked phone that is picked up and dropped at once ends once',
    run: async (stage) => {
      const callee = await stage.world.callee('phone', 'linked');
      const leg = await ringing(stage, callee);
      await Promise.all([stage.perform({ kind: 'pickUp', leg }), stage.does({ kind: 'drop', leg, cause: CAUSE.gaveUp })]);
      assert.equal(await stage.endOf(leg), CAUSE.gaveUp);
      await stage.eventually(() => callee.state() === 'gone', 'it does not ring any more');
    },
  },
];
