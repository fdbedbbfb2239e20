import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { openDesks, type Worker } from './desks.ts';
import { median, signIn, type Subject } from './subject.ts';

const AGENTS = 400;
const ROUNDS = 5;
const SECONDS = 4;
const BARE_REPLY = { message: 'success', retcode: '0', result: {} };

const perSecond = async (options: autocannon.Options, isExpected: (body: string) => boolean): Promise<number> => {
  let wrong = 0;
  const result = await autocannon({ ...options, verifyBody: (body) => {
    const text = String(body);
    if (!isExpected(text)) wrong += 1;
    return true;
  } });
  if (result.non2xx > 0 || result.errors > 0 || wrong > 0) throw new Error(`${result.non2xx} replies were not 2xx, ${result.errors} requests failed, ${wrong} were refused`);
  return result.requests.average;
};

/** saybusy and sayfree in turn, many agents at once, through GUID check, decision, journal on the disk and reply, against a bare Fastify route. */
export async function benchStates(subject: Subject): Promise<string[]> {
  const { client } = await signIn(subject);
  const run = Date.now().toString(36);
  for (let index = 0; index < AGENTS; index += 1) {
    await client.call(agentAccountCreate, {
      userAccount: `states.${run}.${index}`, userName: `States ${index}`, password: 'Correct-Horse-9', email: `states${index}@example.com`, agentType: 4, ccRoleId: 2, skills: [],
    });
  }
  const { body: info } = await client.call(querySysInfo, {});
  const workers = info.agents.slice(-AGENTS).map(({ workNo, password, sipAccount }): Worker => ({ workNo, password, phone: sipAccount }));
  const desks = await openDesks(subject.url, workers, false);
  const bare = spawn(process.execPath, [fileURLToPath(new URL('bare-route.ts', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    bare.stdin.end(JSON.stringify(BARE_REPLY));
    const [address] = await once(bare.stdout, 'data') as [Buffer];
    const path = '/apiaccess/rest/cc-management/v1/skill/querySkills';
    const parleys: number[] = [];
    const bares: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      let next = 0;
      parleys.push(await perSecond({
        url: subject.url, connections: AGENTS, duration: SECONDS,
        // Each connection is an agent of its own, whose requests alternate.
        setupClient: (one) => {
          const worker = workers[next++ % workers.length];
          const base = `/agentgateway/resource/onlineagent/${worker?.workNo ?? 0}`;
          const headers = { Guid: desks.guidOf(worker?.workNo ?? 0), 'content-type': 'application/json; charset=UTF-8' };
          one.setRequests([{ method: 'POST', path: `${base}/saybusy?prolong=true`, headers }, { method: 'POST', path: `${base}/sayfree`, headers }]);
        },
      }, (body) => body.includes('"retcode":"0"')));
      bares.push(await perSecond({ url: address.toString().trim() + path, method: 'POST', connections: AGENTS, duration: SECONDS }, () => true));
    }
    const ratios = parleys.map((value, index) => value / (bares[index] ?? Number.NaN));
    return [
      `workload: ${AGENTS} agents at once, saybusy and sayfree in turn, journal on the disk before each reply, ${ROUNDS} rounds of ${SECONDS} s in turns with the baseline`,
      `Parley ${median(parleys).toFixed(0)}/s, bare Fastify ${median(bares).toFixed(0)}/s; ratio ${median(ratios).toFixed(2)} (of each round: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`,
    ];
  } finally {
    bare.kill();
    await desks.stop();
  }
}
