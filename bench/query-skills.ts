import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createSkill, querySkills } from '@parley/contract/configuration/queue.ts';
import { load, median, signIn, type Subject } from './subject.ts';

const QUEUES = 100;
const ROUNDS = 5;
const SECONDS = 4;
const CONNECTIONS = 32;
const release = { transferType: 'Release' } as const;

/** querySkills with 100 queues through C1, against a bare Fastify route in a process of its own that answers the same JSON. */
export async function benchQuerySkills(subject: Subject): Promise<string[]> {
  const { client, token } = await signIn(subject);
  const { body: before } = await client.call(querySkills, { limit: 100 });
  for (let index = before.total; index < QUEUES; index += 1) {
    await client.call(createSkill, {
      mediaTypeId: 5, name: `Queue ${index}`, description: 'for the benchmark', maxWaitTime: 60, maxWaitNum: 100, maxAgentWrapupTime: 5,
      skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } },
    });
  }
  const { body } = await client.call(querySkills, { limit: 100 });
  const bare = spawn(process.execPath, [fileURLToPath(new URL('bare-route.ts', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    bare.stdin.end(JSON.stringify(body));
    const [address] = await once(bare.stdout, 'data') as [Buffer];
    const request = { method: 'POST', body: '{"limit":100,"offset":0}', connections: CONNECTIONS, duration: SECONDS } as const;
    const parleys: number[] = [];
    const bares: number[] = [];
    // In turns, so that what else the machine does falls on both.
    for (let round = 0; round < ROUNDS; round += 1) {
      parleys.push((await load({ ...request, url: subject.url + querySkills.path, headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } })).perSecond);
      bares.push((await load({ ...request, url: address.toString().trim() + querySkills.path, headers: { 'content-type': 'application/json' } })).perSecond);
    }
    const ratios = parleys.map((value, index) => value / (bares[index] ?? Number.NaN));
    return [
      `workload: ${body.total} queues, ${JSON.stringify(body).length} bytes of JSON, ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s in turns`,
      `Parley ${median(parleys).toFixed(0)}/s, bare Fastify ${median(bares).toFixed(0)}/s; ratio ${median(ratios).toFixed(2)} (of each round: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`,
    ];
  } finally {
    bare.kill();
  }
}
