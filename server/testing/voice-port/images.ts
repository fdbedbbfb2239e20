import assert from 'node:assert/strict';
import type { VoiceCase } from './case.ts';
import { reportsOf } from './stage.ts';

const whyOf = (performed: { readonly ok: true } | { readonly ok: false; readonly why: string }): string => (performed.ok ? 'taken' : performed.why);

/** Pages that are asked for pictures (6.1.5.5). What pages do is tested where there are some. */
export const imageCases: readonly VoiceCase[] = [
  {
    name: 'nobody is asked for a picture who has not called from a page, and nothing is reported of it',
    run: async (stage) => {
      const callee = await stage.up();
      const caller = await stage.arrival();
      for (const { leg } of [callee, caller]) {
        assert.equal(await stage.world.port.canAskImage(leg), false);
        assert.equal(whyOf(await stage.perform({ kind: 'askImage', leg, image: 'img-1-1' })), 'unsupported');
      }
      await stage.quiet();
      assert.deepEqual([reportsOf(stage, 'imageDenied'), callee.farEnd.state()], [[], 'up']);
    },
  },
  {
    name: 'nobody is asked for a picture who is not there',
    run: async (stage) => {
      const leg = stage.newName('1');
      assert.equal(await stage.world.port.canAskImage(leg), false);
      assert.equal(whyOf(await stage.perform({ kind: 'askImage', leg, image: 'img-1-1' })), 'unknownLeg');
    },
  },
];
