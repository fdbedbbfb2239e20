import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createTrunk } from '@parley/contract/admin/trunk.ts';
import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import { PACE, type PlannedAgent, type TrafficPlan } from '../../sim/demo/plan.ts';
import { createTraffic, onAverage } from '../../sim/traffic.ts';
import { generatePassword } from '../security/passwords.ts';
import { newToken } from '../security/vault.ts';
import type { DemoPerformer } from './demo.ts';
import { patience, voiceTreatment } from './demo-queue.ts';
import type { OpenedWorld } from './world.ts';

/* `npm start -- --demo`: simulated customers call simulated agents of the demo tenant, in queues of their own, so that nobody takes a newcomer's calls away. */

/** What of it is in demo.json. */
export interface DemoTraffic {
  readonly agents: readonly PlannedAgent[];
  readonly numbers: readonly string[];
  readonly caller: { readonly user: string; readonly password: string };
}

const QUEUES = [{ name: 'Demo Orders', code: '1801' }, { name: 'Demo Returns', code: '1802' }] as const;
const NAMES = ['Dan', 'Eva', 'Finn', 'Gina', 'Hugo', 'Iris', 'Jack', 'Kira', 'Leo', 'Mia'] as const;
const TRUNK = 'Demo customers';
const WRAP_UP_SECONDS = 8;
const VERSATILE = 99;
const STOP_MS = 5000;

/** Makes what the traffic needs. Its customers come by a trunk that is known by a password, from whatever address. */
export async function makeTraffic(perform: DemoPerformer, vdnId: number): Promise<DemoTraffic> {
  const queues: number[] = [];
  for (const { name, code } of QUEUES) {
    const { skillId } = await perform(createSkill, vdnId, { ...patience, name, mediaTypeId: 5, skillParam: voiceTreatment, description: 'Of the simulated traffic', maxAgentWrapupTime: WRAP_UP_SECONDS });
    await perform(createAccessCode, vdnId, { code, media: 5, direction: 3, description: name });
    await perform(createCalledRoute, vdnId, { accessCode: code, devicetype: 1, deviceid: Number(skillId) });
    queues.push(Number(skillId));
  }
  const workNos: number[] = [];
  for (const [index, name] of NAMES.entries()) {
    // Everybody has one of the queues, some have both.
    const skills = queues.filter((_, queue) => index % 3 === 2 || index % 2 === queue).map((skillId) => ({ skillId, agentWeight: 1, skillWeight: 1 }));
    const { workNo } = await perform(agentAccountCreate, vdnId, {
      userAccount: `${name.toLowerCase()}.simulated`, userName: `${name} (simulated)`, password: `${generatePassword(12)}-7`, email: `${name.toLowerCase()}@example.com`, agentType: VERSATILE, ccRoleId: 2, skills,
    });
    workNos.push(workNo);
  }
  const caller = { user: 'demo-customers', password: newToken(16) };
  await perform(createTrunk, 0, { name: TRUNK, peers: [], inbound: caller });
  const agents = (await perform(querySysInfo, vdnId, {})).agents.filter(({ workNo }) => workNos.includes(workNo));
  return {
    caller, numbers: QUEUES.map(({ code }) => code),
    agents: agents.map(({ workNo, password, sipAccount, sipPwd }) => ({ workNo, password, phone: sipAccount, sipPassword: sipPwd })),
  };
}

/** Lets them begin; answers what ends it in order. */
export function startTraffic({ addresses, simulated }: Pick<OpenedWorld, 'addresses' | 'simulated'>, { agents, numbers, caller }: DemoTraffic, { host, port }: { readonly host: string; readonly port: number }): () => Promise<void> {
  const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${isIPv6(address) ? `[${address}]` : address}:${port}`;
  const plan: TrafficPlan = { url, agents, numbers, ...(simulated === undefined ? { sip: { address, port: addresses.sip.port, ...caller } } : {}) };
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../sim/demo/main.ts', import.meta.url))], { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.on('error', () => undefined).end(JSON.stringify(plan));
  // Where calls are simulated, the simulator's own customers call.
  const traffics = simulated === undefined ? [] : numbers.map((to) => createTraffic({
    voice: simulated, random: Math.random, to, perSecond: 1000 / PACE.betweenCallsMs / numbers.length, patienceMs: onAverage(PACE.patienceMs), talkMs: onAverage(PACE.talkMs),
  }));
  for (const traffic of traffics) traffic.start();
  return async () => {
    for (const traffic of traffics) traffic.stop();
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => { child.kill('SIGKILL'); }, STOP_MS);
    await once(child, 'exit');
    clearTimeout(timer);
  };
}
