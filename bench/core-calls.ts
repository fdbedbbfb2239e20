import { decide } from '@parley/core/centre/decide.ts';
import type { Command } from '@parley/core/centre/command.ts';
import { createCentre } from '@parley/core/centre/state.ts';
import { nextTimer } from '@parley/core/centre/timers.ts';
import { createOrdering } from '@parley/core/voice/orders.ts';

/**
 * The core by itself: whole calls on one core, without journal or sockets. Run as a process of its own, so that memory is
 * measured apart: `node --expose-gc bench/core-calls.ts`.
 */
const AGENTS = 1000;
const QUEUES = 10;
const CALLS = 60_000;
const START = Date.UTC(2026, 0, 5, 9, 0, 0);
const AT_ONCE = 500;

const RELEASE = { kind: 'release' } as const;
const centre = createCentre(1);
const ordering = createOrdering();
let now = START;
let events = 0;

function send(command: Command): string {
  const decision = decide(centre, command, now, [ordering.watch]);
  if (decision.refused !== undefined) throw new Error(`${command.kind}: ${decision.refused.refused} ${decision.refused.message}`);
  events += decision.events.length;
  for (const order of ordering.take(centre)) {
    if (order.kind === 'dial') send({ kind: 'legReported', report: { kind: 'answered', leg: order.leg } });
    else if (order.kind === 'drop') send({ kind: 'legReported', report: { kind: 'ended', leg: order.leg, cause: order.cause } });
  }
  return decision.result ?? '';
}

const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

send({
  kind: 'configure',
  change: {
    queues: Array.from({ length: QUEUES }, (_, index) => ({
      id: index + 1, name: `queue ${index + 1}`, media: 5, maxWaitMs: 600_000, maxWaiting: 10_000, maxWrapUpMs: 3000,
      treatment: { noAgents: RELEASE, busy: RELEASE, timeOut: RELEASE },
    })),
    roles: [{ id: 2, bits: [1, 2, 3, 5] }],
    agents: Array.from({ length: AGENTS }, (_, index) => ({
      id: 101 + index, roleId: 2, type: 4, skills: [{ queueId: 1 + (index % QUEUES), agentWeight: 1, skillWeight: 1 }, { queueId: 1 + ((index + 1) % QUEUES), agentWeight: 1, skillWeight: 1 }],
    })),
  },
});
const beforeAgents = heap();
for (let agent = 101; agent < 101 + AGENTS; agent += 1) {
  send({
    kind: 'signIn', agent, state: 'idle', force: false,
    profile: {
      session: `s${agent}`, phone: String(80_000 + agent), autoAnswer: true, autoEnterIdle: false, releasePhone: false, type: 4, ip: '127.0.0.1', phoneLinkage: false,
      webm: true, listensToSessions: false, mode: 'poll', mobile: false, ctiOnly: false, mustChangePassword: false,
    },
  });
}
const afterAgents = heap();

/** Arrive, queue, offer, phone, answer, hold, retrieve, release by the customer, wrap-up: AT_ONCE calls stand at any time. */
function wholeCalls(count: number): void {
  const standing: { leg: string; call: string }[] = [];
  for (let index = 0; index < count; index += 1) {
    now += 20;
    const leg = `in-${index}`;
    const call = send({ kind: 'arrive', leg, caller: '13800000001', called: '12345', to: { kind: 'queue', queue: 1 + (index % QUEUES) } });
    standing.push({ leg, call });
    if (standing.length >= AT_ONCE) end(standing.shift());
    for (let timer = nextTimer(centre.timers); timer !== undefined && timer.at <= now; timer = nextTimer(centre.timers)) send({ kind: 'timer', ...timer });
  }
  while (standing.length > 0) end(standing.shift());
}

function end(one: { leg: string; call: string } | undefined): void {
  const call = one === undefined ? undefined : centre.calls.get(one.call);
  const part = call?.parts.find(({ kind }) => kind === 'agent');
  if (part?.kind === 'agent') {
    send({ kind: 'hold', agent: part.agent });
    send({ kind: 'retrieve', agent: part.agent });
  }
  if (one !== undefined) send({ kind: 'legReported', report: { kind: 'ended', leg: one.leg, cause: 531 } });
}

wholeCalls(5000);
const beforeCalls = heap();
for (let index = 0; index < 200; index += 1) send({ kind: 'arrive', leg: `live-${index}`, caller: '13800000001', called: '12345', to: { kind: 'queue', queue: 1 + (index % QUEUES) } });
const liveCalls = (heap() - beforeCalls) / 200;
for (let index = 0; index < 200; index += 1) send({ kind: 'legReported', report: { kind: 'ended', leg: `live-${index}`, cause: 531 } });

events = 0;
const cpu = process.cpuUsage();
wholeCalls(CALLS);
const { user, system } = process.cpuUsage(cpu);
const seconds = (user + system) / 1e6;

console.log(JSON.stringify({
  agents: AGENTS, calls: CALLS, perSecondOfCpu: Math.round(CALLS / seconds), eventsACall: Number((events / CALLS).toFixed(1)),
  bytesAnAgent: Math.round((afterAgents - beforeAgents) / AGENTS), bytesALiveCall: Math.round(liveCalls),
}));
