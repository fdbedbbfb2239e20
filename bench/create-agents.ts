import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { signIn, type Subject } from './subject.ts';

const AGENTS = 300;
const AT_ONCE = 8;

/** agentAccount/create: password hashed, numbers allocated, rows, journal and audit on the disk before each answer. */
export async function benchCreateAgents(subject: Subject): Promise<string[]> {
  const { client } = await signIn(subject);
  const run = Date.now().toString(36);
  const times: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < AGENTS; index = next++) {
      const started = performance.now();
      const { body } = await client.call(agentAccountCreate, {
        userAccount: `bench.${run}.${index}`, userName: `Bench ${index}`, password: 'Correct-Horse-9', email: `bench${index}@example.com`, agentType: 4, ccRoleId: 2, skills: [],
      });
      if (body['resultCode'] !== '0') throw new Error(JSON.stringify(body));
      times.push(performance.now() - started);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const seconds = (performance.now() - started) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(0);
  return [
    `workload: ${AGENTS} accounts, ${AT_ONCE} at once, one tenant, database with fsync`,
    `${(AGENTS / seconds).toFixed(0)}/s, median ${at(0.5)} ms, p99 ${at(0.99)} ms`,
  ];
}
