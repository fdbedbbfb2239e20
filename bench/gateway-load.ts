import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import type { Contact, Tally } from '../sim/traffic.ts';
import { makeDataFolder, readDemo } from '../e2e/parley-process.ts';
import { until } from '../server/testing/until.ts';
import { openDesks, type Worker } from './desks.ts';
import { signIn } from './subject.ts';

/**
 * The agent gateway under the load of a large floor: agents on long poll, customers of the simulator who call in, talk and
 * hang up, wrap-up by the queue's time; everything over HTTP and journaled in a managed, durable PostgreSQL.
 *
 * `node bench/gateway-load.ts [agents] [contacts a second] [seconds] [milliseconds a commit] [1 to settle and export meanwhile]`
 */
const [agents = 1000, perSecond = 50, seconds = 60, commitMs = 0, busy = 0] = process.argv.slice(2).map(Number);
const TALK_MS = 12_000;
const WRAP_UP_SECONDS = 3;
const EXTENSION = '77';
const ACCOUNTS_AT_ONCE = 8;

interface Line {
  readonly joined?: string;
  readonly decidedMs?: number;
  readonly at?: number;
  readonly contact?: Contact;
  readonly tally?: Tally;
  readonly lags?: readonly number[];
  readonly busyWork?: object;
}

const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
const told = (values: readonly number[]): string => `median ${percentile(values, 0.5).toFixed(1)} ms, p99 ${percentile(values, 0.99).toFixed(1)} ms, most ${Math.max(...values).toFixed(0)} ms`;

const folder = makeDataFolder();
const child = spawn(process.execPath, [fileURLToPath(new URL('centre-server.ts', import.meta.url))], {
  env: { ...process.env, PARLEY_DATA_DIR: folder.path, PARLEY_HTTP_PORT: '0', PARLEY_HTTPS_PORT: '0', PARLEY_VOICE: 'simulated', PARLEY_LOG_LEVEL: 'warn', BENCH_COMMIT_MS: String(commitMs), BENCH_BUSY: String(busy) },
  stdio: ['pipe', 'pipe', 'inherit'],
});
const decided = new Map<string, number>();
const decisions: number[] = [];
const contacts: Contact[] = [];
let tally: Tally | undefined;
let lags: readonly number[] = [];
let busyWork: object | undefined;
let url: string | undefined;
createInterface({ input: child.stdout }).on('line', (line) => {
  url ??= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
  if (!line.startsWith('{')) return;
  const said = JSON.parse(line) as Line;
  if (said.joined !== undefined) decided.set(said.joined, said.at ?? 0);
  if (said.decidedMs !== undefined) decisions.push(said.decidedMs);
  if (said.contact !== undefined) contacts.push(said.contact);
  tally = said.tally ?? tally;
  lags = said.lags ?? lags;
  busyWork = said.busyWork ?? busyWork;
});

try {
  await until(() => url !== undefined, 'Parley is ready', 60_000);
  const base = url ?? '';
  await pause(1000);
  const demo = readDemo(folder.path);
  const { client } = await signIn({ url: base, pid: child.pid ?? 0, demo });
  const release = { transferType: 'Release' } as const;
  const { body: queue } = await client.call(createSkill, {
    mediaTypeId: 5, name: 'Load', description: 'for the benchmark', maxWaitTime: 600, maxWaitNum: 10_000, maxAgentWrapupTime: WRAP_UP_SECONDS,
    skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } },
  });
  const accessCode = demo.accessCodes[0]?.code ?? '';
  const routed = await client.call(createCalledRoute, { accessCode, extCode: EXTENSION, mediaTypeId: 5, devicetype: 1, deviceid: Number(queue.skillId) });
  if (!routed.ok) throw new Error(JSON.stringify(routed.body));

  let next = 0;
  await Promise.all(Array.from({ length: ACCOUNTS_AT_ONCE }, async () => {
    for (let index = next++; index < agents; index = next++) {
      const { body, ok } = await client.call(agentAccountCreate, {
        userAccount: `load.${index}`, userName: `Load ${index}`, password: 'Correct-Horse-9', email: `load${index}@example.com`, agentType: 4, ccRoleId: 2,
        skills: [{ skillId: Number(queue.skillId), agentWeight: 1, skillWeight: 1 }],
      });
      if (!ok) throw new Error(JSON.stringify(body));
    }
  }));
  const own = new Set(demo.agents.map(({ workNo }) => Number(workNo)));
  const { body: info } = await client.call(querySysInfo, {});
  const workers = info.agents.filter(({ workNo }) => !own.has(workNo)).map(({ workNo, password, sipAccount }): Worker => ({ workNo, password, phone: sipAccount }));
  const desks = await openDesks(base, workers);
  console.log(`${workers.length} agents signed in; ${perSecond} contacts a second for ${seconds} s, talk ${TALK_MS / 1000} s, wrap-up ${WRAP_UP_SECONDS} s${commitMs > 0 ? `, ${commitMs} ms a commit` : ''}`);
  child.stdin.write(`${JSON.stringify({ traffic: { to: accessCode + EXTENSION, perSecond, talkMs: TALK_MS } })}\n`);
  const cpu = process.cpuUsage();
  await pause(seconds * 1000);
  child.stdin.write(`${JSON.stringify({ traffic: 'stop' })}\n`);
  await pause(TALK_MS + 3000);
  await desks.stop();

  const calls = new Map<string, number>();
  for (const { call } of desks.told) calls.set(call, (calls.get(call) ?? 0) + 1);
  const delivery = desks.told.flatMap(({ call, at }) => (decided.has(call) ? [at - (decided.get(call) ?? 0)] : []));
  const waits = contacts.filter(({ outcome }) => outcome === 'served').map(({ waitedMs }) => waitedMs);
  const lost = [...decided.keys()].filter((call) => !calls.has(call)).length;
  if (busy !== 0) console.log(`meanwhile a day of 20,000 calls, of another tenant: ${JSON.stringify(busyWork)} times`);
  console.log(`calls: ${tally?.arrived ?? 0} arrived, ${waits.length} served, ${contacts.length - waits.length} not served`);
  console.log(`assignment decided (from the customer's call): ${told(decisions)}`);
  console.log(`assignment done (journaled, agent and customer joined): ${told(waits)}`);
  console.log(`event delivery (core's decision to the poll's answer): ${told(delivery)}`);
  console.log(`rows of calls behind the journal: ${told(lags)}, of ${lags.length} looks`);
  console.log(`events lost: ${lost}; told twice: ${[...calls.values()].filter((count) => count > 1).length}; polls: ${desks.polls()}; faults: ${desks.faults.length}${desks.faults.length > 0 ? ` such as ${desks.faults[0] ?? ''}` : ''}`);
  console.log(`the driver itself used ${((process.cpuUsage(cpu).user + process.cpuUsage(cpu).system) / 1e6).toFixed(0)} s of CPU`);
} finally {
  child.kill('SIGTERM');
  await new Promise((resolve) => { child.once('close', resolve); });
  folder.remove();
}
