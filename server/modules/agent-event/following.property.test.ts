import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRig } from '@parley/core/centre/centre.fixture.ts';
import { AGENTS, BUSY_CONFIG, chanceOf, HAPPENINGS, OFTEN, SELDOM } from '@parley/core/centre/commands.fixture.ts';
import { evolve } from '@parley/core/centre/evolve.ts';
import { createCentre } from '@parley/core/centre/state.ts';
import { createFollowers } from './follower.fixture.ts';
import { noticesOf } from './project.ts';

/** Of conferences (6.1.6) other events tell, and they are followed in another way. */
const ELSEWHERE: ReadonlySet<string> = new Set(['confer', 'chairConfers']);

const names = Object.keys(HAPPENINGS).filter((name) => !ELSEWHERE.has(name));
const usual = names.filter((name) => !SELDOM.has(name));
const often = [...OFTEN].filter((name) => !ELSEWHERE.has(name));
const drawn = fc.array(
  fc.record({ what: fc.constantFrom(...names, ...usual, ...usual, ...often, ...often, ...often), numbers: fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }) }),
  { minLength: 1, maxLength: 160, size: 'max' },
);

const { PARLEY_RUNS = '500', PARLEY_SEED = '20260105' } = process.env;

test('whatever happens, a desktop that follows its events knows the agent\'s state, phone and calls', { timeout: 600_000 }, () => {
  fc.assert(fc.property(drawn, (sequence) => {
    const rig = createRig({ config: BUSY_CONFIG, phonesAnswer: false, legsEnd: false });
    const followers = createFollowers();
    // The same again one event at a time, as projections see the state right behind each.
    const centre = createCentre(1);
    let seen = 0;
    const readOn = (): void => {
      for (const { at, event } of rig.happened.slice(seen)) {
        evolve(centre, event, at);
        followers.read(event, noticesOf(event, centre, at));
      }
      seen = rig.happened.length;
    };
    for (const agent of AGENTS) rig.signIn(agent, { autoAnswer: agent % 2 === 0, releasePhone: agent > 103 });
    for (const { what, numbers } of sequence) {
      const next = HAPPENINGS[what]?.(rig, chanceOf(numbers));
      if (next?.kind === 'pause') rig.wait(next.ms);
      else if (next !== undefined) rig.send(next);
      readOn();
      assert.deepEqual(followers.faults(centre), [], `after ${what}`);
    }
  }), { numRuns: Number(PARLEY_RUNS), seed: Number(PARLEY_SEED) });
});
