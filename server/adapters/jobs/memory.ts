import type { Jobs } from '../../engine/jobs.ts';

/** For tests: jobs that live as long as the process; its contract suite is that of the durable ones. */
export function createMemoryJobs(_options: { readonly clock: () => number }): Jobs {
  return {
    define: (_name, policy, run) => ({
      send: async (data) => {
        for (let number = 1; number <= policy.attempts; number += 1) {
          try {
            await run(data, { number, last: number === policy.attempts });
            return;
          } catch {
            continue;
          }
        }
      },
    }),
    schedule: () => undefined,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}
