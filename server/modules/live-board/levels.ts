import { dateIn, dayOf } from '@parley/core/time/zone.ts';
import type { Remembered } from '../../engine/tenant-memory.ts';
import { SUBJECTS, type Reading } from '../indicator/index.ts';
import type { Level } from './present.ts';

export interface LevelDependencies {
  readonly reading: Pick<Reading, 'ofDay'>;
  readonly zoneOf: Remembered<string>;
  readonly clock: () => number;
}

/** What came of the calls of queues today, and when the day is over. */
export type LevelsOf = (vdnId: number, queues: readonly number[]) => Promise<{ readonly levels: ReadonlyMap<number, Level>; readonly dayEnds: number }>;

const ANSWERED = ['IDX_COUNT_SKILL_CONNECTED', 'IDX_COUNT_SKILL_CONNECTED_IN_20'] as const;
/** How a call ends that nobody answered. IDX_COUNT_SKILL_REQUEST has it once more for each agent who was rung in vain, and people count calls. */
const LOST = ['IDX_COUNT_SKILL_USER_ABANDON', 'IDX_COUNT_SKILL_QUEUE_DISCONNECTED'] as const;

/** The same numbers as everywhere else: read of the figures, not counted once more beside them. */
export function createLevelsOf({ reading, zoneOf, clock }: LevelDependencies): LevelsOf {
  const indicators = [...ANSWERED, ...LOST].map((code) => {
    const found = SUBJECTS.skill.catalogue.find(code);
    if (found === undefined) throw new Error(`there is no indicator ${code}`);
    return found;
  });
  return async (vdnId, queues) => {
    const timeZone = await zoneOf(vdnId);
    const { to: dayEnds } = dayOf(timeZone, dateIn(timeZone, clock()));
    const { live } = await reading.ofDay({ vdnId, timeZone }, SUBJECTS.skill, 0, { objects: queues, indicators });
    const measures = new Map(live.map((row) => [row.object, row.measures]));
    const levels = new Map(queues.map((queue) => {
      const [answered = 0, inTime = 0, ...lost] = indicators.map((one) => Number(one.of(measures.get(queue) ?? {})));
      return [queue, { calls: lost.reduce((sum, more) => sum + more, answered), answered, inTime }];
    }));
    return { levels, dayEnds };
  };
}
