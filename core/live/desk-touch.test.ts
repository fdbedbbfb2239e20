import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AGENTS, BUSY_CONFIG, chanceOf, HAPPENINGS, OFTEN } from '../centre/commands.fixture.ts';
import { createHall, type Hall } from '../conference/conference.fixture.ts';
import { deskNow } from './desk.ts';
import { desksTouchedBy } from './desk-touch.ts';

const drawn = fc.array(fc.record({ what: fc.constantFrom(...Object.keys(HAPPENINGS), ...OFTEN, ...OFTEN), numbers: fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }) }), { minLength: 1, maxLength: 80, size: 'max' });

/** Everybody is there: 101 talks with a customer and is listened to by 105, 102 is in a conference with 103. */
function openFloor(hall: Hall): void {
  hall.signIn(101);
  hall.callIn(1);
  hall.convene(102, [103]);
  for (const agent of [104, 105]) hall.signIn(agent);
  hall.does({ kind: 'inspect', agent: 105, target: 101, how: 'listen' });
}

test('whatever happens, a desk that is looked at when events touch it shows the same as one that is looked at always', () => {
  fc.assert(fc.property(fc.boolean(), drawn, (isFull, sequence) => {
    const shown = new Map<number, object | undefined>();
    const touched = new Set<number>();
    const rig = createHall({
      config: BUSY_CONFIG, phonesAnswer: isFull,
      watch: (event, centre) => {
        const desks = desksTouchedBy(event, centre);
        for (const id of desks === 'all' ? AGENTS : desks) touched.add(id);
      },
    });
    // Who waits is looked at by the clock, and whose call it was that is over, by the way.
    const look = (id: number): object | undefined => {
      const desk = deskNow(rig.centre, id);
      return desk && { ...desk, queues: undefined, last: desk.last?.id };
    };
    if (isFull) openFloor(rig);
    for (const { what, numbers } of sequence) {
      const next = HAPPENINGS[what]?.(rig, chanceOf(numbers));
      if (next?.kind === 'pause') rig.wait(next.ms);
      else if (next !== undefined) rig.send(next);
      for (const id of touched) shown.set(id, look(id));
      touched.clear();
      for (const id of AGENTS) assert.deepEqual(shown.get(id), look(id), `the desk of ${id} after ${what}`);
    }
  }), { numRuns: Number(process.env['PARLEY_RUNS'] ?? 100), seed: 20_261_122 });
});
