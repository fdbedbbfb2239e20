import { Agent, request } from 'node:http';
import { withSignature } from '@parley/contract/client-signature.ts';
import { cmsPing } from '@parley/contract/monitoring/ping.ts';
import { cpuSeconds } from './cpu.ts';
import { median, signIn, type Subject } from './subject.ts';

const BATCH = 1500;
const ROUNDS = 7;
const AT_ONCE = 8;
const BODY = JSON.stringify({ say: 'x'.repeat(1000) });

/** CPU of the server for a request of 1 KB signed by C2, and for the same with a C1 token. */
export async function benchSignature(subject: Subject): Promise<string[]> {
  const { token } = await signIn(subject);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const url = new URL(cmsPing.path, subject.url);
  const sign = withSignature(subject.demo.c2.accessKey, subject.demo.c2.secretKey);
  const c1 = (): Record<string, string> => ({ authorization: `Bearer ${token}` });
  const c2 = async (): Promise<Record<string, string>> => sign({ method: 'POST', url: url.pathname, headers: { host: url.host }, body: BODY });

  const one = async (headers: Record<string, string>): Promise<void> => new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers: { ...headers, 'content-type': 'application/json' } }, (reply) => {
      reply.resume();
      reply.on('end', () => { if (reply.statusCode === 200) resolve(); else reject(new Error(`HTTP ${reply.statusCode}`)); });
    });
    sent.on('error', reject);
    sent.end(BODY);
  });
  const batch = async (headers: () => Record<string, string> | Promise<Record<string, string>>): Promise<number> => {
    const before = cpuSeconds(subject.pid);
    let left = BATCH;
    const worker = async (): Promise<void> => { while (left-- > 0) await one(await headers()); };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return ((cpuSeconds(subject.pid) - before) * 1000) / BATCH;
  };
  const costs: { c1: number; c2: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) costs.push({ c1: await batch(c1), c2: await batch(c2) });
  // The first round warms up.
  const measured = costs.slice(1);
  agent.destroy();
  const difference = median(measured.map((cost) => cost.c2 - cost.c1));
  return [
    `workload: ${ROUNDS} rounds of ${BATCH} POSTs of ${BODY.length} bytes each way in turns, CPU time of the server process`,
    `C1 ${median(measured.map((cost) => cost.c1)).toFixed(3)} ms, C2 ${median(measured.map((cost) => cost.c2)).toFixed(3)} ms a request; a signature costs ${difference.toFixed(3)} ms more (ratio ${(median(measured.map((cost) => cost.c2)) / median(measured.map((cost) => cost.c1))).toFixed(2)})`,
  ];
}
