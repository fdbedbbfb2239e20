import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { createSkill, querySkills } from '@parley/contract/configuration/queue.ts';
import { cmsAgentStatusInfo } from '@parley/contract/monitoring/agent-live.ts';
import { cmsAgentRindex, cmsRindexVdn, cmsSkillRindex } from '@parley/contract/monitoring/live-figures.ts';
import { cmsBatchMultiSkill, cmsSkillStateInfo } from '@parley/contract/monitoring/skill-live.ts';
import { cmsTotalAgentState } from '@parley/contract/monitoring/vdn-live.ts';
import { sign } from '@parley/contract/wire/auth-v2.ts';
import type { Tally } from '../sim/traffic.ts';
import { makeDataFolder, readDemo } from '../e2e/parley-process.ts';
import { until } from '../server/testing/until.ts';
import { openDesks, type Worker } from './desks.ts';
import { signIn } from './subject.ts';

/**
 * What a supervisor's wallboard asks for (12.3.1) of a large floor while calls flow: each query signed, one after the other on
 * one connection, in turns with a bare Fastify route that answers the same bytes and has nothing else to do.
 *
 * `node bench/live-views.ts [agents] [queues] [calls a second] [seconds]`
 */
const [agents = 1000, queueCount = 100, perSecond = 50, seconds = 60] = process.argv.slice(2).map(Number);
const QUEUES_OF_AGENT = 5;
const TALK_MS = 12_000;
const WRAP_UP_SECONDS = 3;
const EXTENSION = '78';
const ACCOUNTS_AT_ONCE = 8;
const WARM_UP_MS = 10_000;
const MOST_AGENTS_OF_RINDEX = 100;
const AIM_MS = 50;

type Child = ChildProcessByStdio<Writable, Readable, null>;

const at = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const started = (file: string, env: NodeJS.ProcessEnv = process.env): Child => spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], { env, stdio: ['pipe', 'pipe', 'inherit'] });

/** Sends bytes and takes bytes: what the driver itself would do with them is not what is measured. */
function ask(agent: Agent, url: string, headers: Readonly<Record<string, string>>, body: string): Promise<{ readonly ms: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const before = performance.now();
    const sending = request(url, { agent, method: 'POST', headers: { ...headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) } }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => { chunks.push(chunk); }).on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ ms: performance.now() - before, text });
      }).on('error', reject);
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

async function bareRoute(reply: string): Promise<{ readonly child: Child; readonly url: string }> {
  const child = started('bare-route.ts');
  child.stdin.end(reply);
  const [address] = await once(child.stdout, 'data') as [Buffer];
  return { child, url: address.toString().trim() + querySkills.path };
}

const folder = makeDataFolder();
const parley = started('centre-server.ts', {
  ...process.env, PARLEY_DATA_DIR: folder.path, PARLEY_HTTP_PORT: '0', PARLEY_HTTPS_PORT: '0', PARLEY_VOICE: 'simulated', PARLEY_LOG_LEVEL: 'warn',
});
let url: string | undefined;
let tally: Tally | undefined;
createInterface({ input: parley.stdout }).on('line', (line) => {
  url ??= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
  if (line.startsWith('{"tally"')) ({ tally } = JSON.parse(line) as { readonly tally: Tally });
});
const bares: Child[] = [];
const wire = new Agent({ keepAlive: true, maxSockets: 1 });

try {
  await until(() => url !== undefined, 'Parley is ready', 60_000);
  const base = url ?? '';
  await pause(1000);
  const demo = readDemo(folder.path);
  const { client } = await signIn({ url: base, pid: parley.pid ?? 0, demo });

  const release = { transferType: 'Release' } as const;
  const queues: number[] = [];
  while (queues.length < queueCount) {
    const { body } = await client.call(createSkill, {
      mediaTypeId: 5, name: `Board ${queues.length}`, description: 'for the benchmark', maxWaitTime: 600, maxWaitNum: 10_000, maxAgentWrapupTime: WRAP_UP_SECONDS,
      skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } },
    });
    queues.push(Number(body.skillId));
  }
  const accessCode = demo.accessCodes[0]?.code ?? '';
  const routed = await client.call(createCalledRoute, { accessCode, extCode: EXTENSION, mediaTypeId: 5, devicetype: 1, deviceid: queues[0] ?? 0 });
  if (!routed.ok) throw new Error(JSON.stringify(routed.body));

  let next = 0;
  await Promise.all(Array.from({ length: ACCOUNTS_AT_ONCE }, async () => {
    for (let index = next++; index < agents; index = next++) {
      // Calls come for the first queue, of which everybody is; the others are looked at as well.
      const mine = new Set([queues[0] ?? 0, ...Array.from({ length: QUEUES_OF_AGENT - 1 }, (_, place) => queues[(index + place * 17) % queueCount] ?? 0)]);
      const { ok, body } = await client.call(agentAccountCreate, {
        userAccount: `board.${index}`, userName: `Board ${index}`, password: 'Correct-Horse-9', email: `board${index}@example.com`, agentType: 4, ccRoleId: 2,
        skills: [...mine].map((skillId) => ({ skillId, agentWeight: 1, skillWeight: 1 })),
      });
      if (!ok) throw new Error(JSON.stringify(body));
    }
  }));
  const own = new Set(demo.agents.map(({ workNo }) => Number(workNo)));
  const { body: info } = await client.call(querySysInfo, {});
  const workers = info.agents.filter(({ workNo }) => !own.has(workNo)).map(({ workNo, password, sipAccount }): Worker => ({ workNo, password, phone: sipAccount }));
  const desks = await openDesks(base, workers);

  const { vdnId: vdn, c2 } = demo;
  const agentIds = workers.map(({ workNo }) => workNo);
  const byCode = { vdn: ['IDX_COUNT_REAL_VDN_CONNECT', 'IDX_COUNT_REAL_VDN_CALL', 'IDX_COUNT_REAL_SKILL_QUEUE', 'IDX_COUNT_REAL_AGENT_SIGN_IN', 'IDX_COUNT_REAL_AGENT_CONNECT', 'IDX_COUNT_REAL_AGENT_SET_IDLE'],
    skill: ['IDX_COUNT_REAL_SKILL_QUEUE', 'IDX_COUNT_REAL_SKILL_HANDLE', 'IDX_DURATION_SKILL_MAX_QUEUE_ACK', 'IDX_COUNT_REAL_AGENT_SIGN_IN', 'IDX_COUNT_REAL_AGENT_CONNECT', 'IDX_COUNT_REAL_AGENT_SET_IDLE'],
    agent: ['IDX_AGENT_PHONE', 'IDX_AGENT_CURRENT_STATE', 'IDX_DURATION_AGENT_CURRENT_STATE', 'IDX_AGENT_LOGIN_SKILLS'] } as const;
  const queries = [
    { op: cmsTotalAgentState, body: { vdn } },
    { op: cmsAgentStatusInfo, body: { vdn, agentIds } },
    { op: cmsSkillStateInfo, body: { vdn, skillIds: queues } },
    { op: cmsBatchMultiSkill, body: { vdn, skillIds: queues } },
    { op: cmsSkillRindex, body: { vdn, skillIds: queues, indexIds: byCode.skill } },
    { op: cmsAgentRindex, body: { vdn, agentIds: agentIds.slice(0, MOST_AGENTS_OF_RINDEX), indexIds: byCode.agent } },
    { op: cmsRindexVdn, body: { vdnIds: [vdn], indexIds: byCode.vdn } },
  ].map(({ op, body }) => ({ url: base + op.path, body: JSON.stringify(body), name: op.path.split('/').slice(-2).join('/'), parley: [] as number[], bare: [] as number[], bytes: 0, bareUrl: '' }));
  type Query = (typeof queries)[number];

  const askParley = async (query: Query): Promise<{ readonly ms: number; readonly text: string }> => {
    const authorization = sign({ accessKey: c2.accessKey, secretKey: c2.secretKey, method: 'POST', url: new URL(query.url).pathname, headers: { host: new URL(query.url).host }, body: query.body, at: new Date() });
    const answer = await ask(wire, query.url, { authorization }, query.body);
    if (!answer.text.includes('"resultCode":"0100000"')) throw new Error(`${query.name}: ${answer.text.slice(0, 200)}`);
    return answer;
  };

  parley.stdin.write(`${JSON.stringify({ traffic: { to: accessCode + EXTENSION, perSecond, talkMs: TALK_MS } })}\n`);
  await pause(WARM_UP_MS);
  // Of replies while calls flow, and with no code to run for them but HTTP's.
  for (const query of queries) {
    const { text } = await askParley(query);
    const bare = await bareRoute(text);
    bares.push(bare.child);
    Object.assign(query, { bytes: text.length, bareUrl: bare.url });
    for (let warm = 0; warm < 20; warm += 1) await ask(wire, bare.url, {}, '{}');
  }
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    for (const query of queries) {
      query.parley.push((await askParley(query)).ms);
      query.bare.push((await ask(wire, query.bareUrl, {}, query.body)).ms);
    }
    await pause(10);
  }
  parley.stdin.write(`${JSON.stringify({ traffic: 'stop' })}\n`);
  await until(() => tally !== undefined, 'the traffic is counted', 10_000);
  await desks.stop();

  console.log(`workload: ${workers.length} agents signed in and polling, ${queues.length} queues, ${perSecond} calls a second of ${TALK_MS / 1000} s (${tally?.arrived ?? 0} came), durable database; each query signed, one at a time, in turns with a bare Fastify route of the same reply`);
  for (const { name, parley: ours, bare, bytes } of queries) {
    const [half, most] = [at(ours, 0.5), at(ours, 0.99)];
    console.log(`${name}: p50 ${half.toFixed(1)} ms, p99 ${most.toFixed(1)} ms${most > AIM_MS ? ` (aim ${AIM_MS})` : ''} of ${ours.length}, ${(bytes / 1024).toFixed(0)} KiB; bare p50 ${at(bare, 0.5).toFixed(1)} ms, p99 ${at(bare, 0.99).toFixed(1)} ms; ratio of p50 ${(half / at(bare, 0.5)).toFixed(1)}, of p99 ${(most / at(bare, 0.99)).toFixed(1)}`);
  }
  console.log(`faults of the desks: ${desks.faults.length}${desks.faults.length > 0 ? ` such as ${desks.faults[0] ?? ''}` : ''}`);
} finally {
  wire.destroy();
  for (const child of bares) child.kill();
  parley.kill('SIGTERM');
  await once(parley, 'close');
  folder.remove();
}
