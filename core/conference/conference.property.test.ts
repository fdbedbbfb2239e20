import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FIRST_CONFIG } from '../centre/centre.fixture.ts';
import { chanceOf, HAPPENINGS, type Chance, type Pause } from '../centre/commands.fixture.ts';
import type { Command } from '../centre/command.ts';
import { faultsOf } from '../centre/invariants.fixture.ts';
import { replay } from '../centre/replay.ts';
import { encodeCentre } from '../centre/snapshot.ts';
import { conferenceAsked } from './commands.fixture.ts';
import { APPLICATION, createHall, remnants, type Hall } from './conference.fixture.ts';

const AGENTS = [101, 102, 103, 104, 105];

/** What the world does meanwhile. */
const MEANWHILE = ['legAnswers', 'legAnswers', 'legAnswers', 'legRings', 'legEnds', 'droppedLegEnds', 'playEnds', 'pause', 'longPause', 'askState', 'signIn', 'signOut', 'arrive', 'release'];

/** Conferences last for minutes. */
const LONG_PAUSE = (_hall: unknown, chance: Chance): Pause => ({ kind: 'pause', ms: chance.of([60_000, 180_000]) ?? 60_000 });

const steps = fc.array(fc.record({
  what: fc.oneof({ weight: 3, arbitrary: fc.constant('chair') }, { weight: 3, arbitrary: fc.constant('invited') }, fc.constant('anybody'), { weight: 6, arbitrary: fc.constantFrom(...MEANWHILE) }),
  numbers: fc.array(fc.nat(99), { minLength: 6, maxLength: 6 }),
}), { minLength: 40, maxLength: 120, size: 'max' });

/** Who asks: whoever presides over one, whoever is being asked to one, or anybody. */
function askersOf({ centre }: Hall, what: string): readonly number[] {
  const rung = [...centre.agents.values()].filter(({ state, conference }) => conference !== undefined && state === 'ringing').map(({ id }) => id);
  const chairs = [...centre.conferences.values()].map(({ chair }) => chair);
  const some = what === 'chair' ? chairs : what === 'invited' ? rung : AGENTS;
  return some.length > 0 ? some : AGENTS;
}

function asks(hall: Hall, what: string, chance: Chance): Command {
  const agent = chance.of(askersOf(hall, what)) ?? 101;
  return { kind: 'conference', agent, asked: what === 'invited' ? { what: 'answer' } : conferenceAsked(hall.centre, agent, chance, AGENTS) };
}

test('whatever is asked and happens, conferences hold together, end, and leave nothing behind', { timeout: 600_000 }, () => {
  fc.assert(fc.property(steps, fc.boolean(), (sequence, phonesAnswer) => {
    const hall = createHall({ phonesAnswer, legsEnd: phonesAnswer, config: { ...FIRST_CONFIG, limits: { voiceChannels: 12 } } });
    for (const agent of AGENTS) hall.signIn(agent, { autoEnterIdle: agent !== 103, releasePhone: agent === 104 });
    hall.confers(101, APPLICATION);
    for (const { what, numbers } of sequence) {
      const chance = chanceOf(numbers);
      const happening = what === 'longPause' ? LONG_PAUSE : HAPPENINGS[what];
      const next = happening === undefined ? asks(hall, what, chance) : happening(hall, chance);
      if (next?.kind === 'pause') hall.wait(next.ms);
      else if (next !== undefined) hall.send(next);
      assert.deepEqual(faultsOf(hall.centre), [], `after ${what} ${JSON.stringify(next)}`);
    }
    assert.equal(encodeCentre(replay(1, hall.happened)), encodeCentre(hall.centre), 'a replay leads to the same');
    // Nobody does anything any more: the phones stay as they are, and whatever waits gives up.
    hall.wait(25 * 60 * 60_000);
    assert.deepEqual([...hall.centre.conferences.keys()], []);
    for (const agent of AGENTS) hall.send({ kind: 'signOut', agent, force: true });
    hall.wait(25 * 60 * 60_000);
    assert.deepEqual(remnants(hall).filter((left) => !left.startsWith('leg in-')), []);
  }), { numRuns: 200 });
});
