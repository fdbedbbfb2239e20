import type { Timers } from '../../timers.ts';

/** What was waited for, unless it takes too long: then it rejects. */
export async function settled<Value>(work: Promise<Value>, ms: number, timers: Timers): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const stop = timers.after(ms, () => { reject(new Error(`Nothing within ${ms} ms.`)); });
  try {
    return await Promise.race([work, late]);
  } finally {
    stop();
  }
}
