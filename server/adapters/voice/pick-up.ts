import type { Timers } from '../../../telephony/timers.ts';
import type { Performed } from '../../engine/voice.ts';
import type { Leg } from './legs.ts';

/** What desk phones answer by that are told to; they say that they know it (Allow-Events). */
const TALK = 'talk';

export const takesTalk = (allowEvents: readonly string[] | undefined): boolean => allowEvents?.includes(TALK) === true;

/** Less than an order may take. */
const PATIENCE_MS = 4000;

/** Tells a phone that rings to answer: of several the first one that does. */
export async function pickUp(leg: Leg, timers: Pick<Timers, 'after'>): Promise<Performed> {
  if (leg.state === 'up' || leg.call !== undefined) return leg.direction === 'out' ? { ok: true } : { ok: false, why: 'unsupported' };
  if (leg.linked.size === 0) return { ok: false, why: 'unsupported', message: 'no phone that rings says that it can be told to answer' };
  let isLate = false;
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const stop = timers.after(PATIENCE_MS, () => {
    isLate = true;
    resolve('late');
  });
  const said: (number | 'late')[] = [];
  for (const call of leg.linked) {
    if (isLate) break;
    const status = await Promise.race([call.notify(TALK), late]);
    if (typeof status === 'number' && status >= 200 && status < 300) {
      stop();
      return { ok: true };
    }
    said.push(status);
  }
  stop();
  return { ok: false, why: 'failed', message: `the phone was told to answer, and said ${said.join(', ')}` };
}
