import type { Profile } from '../agent/agent.ts';
import type { Treatment } from '../queue/treatment.ts';
import type { Order, VoiceLeg } from '../voice/order.ts';
import { createOrdering } from '../voice/orders.ts';
import type { Command } from './command.ts';
import type { ConfigChange, QueueConfig } from './config.ts';
import { decide, type Decision } from './decide.ts';
import type { Happened } from './event.ts';
import type { Centre } from './state.ts';
import type { Watch } from './step.ts';
import { replay } from './replay.ts';
import { nextTimer } from './timers.ts';

/** A contact centre in a test: commands go in, what happened and what was ordered of the voice port is kept. */
export interface Rig {
  readonly centre: Centre;
  readonly happened: Happened[];
  readonly orders: Order[];
  readonly now: () => number;
  readonly send: (command: Command) => Decision;
  /** Sends and expects no refusal. */
  readonly does: (command: Command) => Decision;
  /** Sends, and tells why that is refused. */
  readonly refuses: (command: Command) => string | undefined;
  /** Goes forward in time; what was due in between happens at its time. */
  readonly wait: (ms: number) => void;
  readonly signIn: (agent: number, profile?: Partial<Profile>, state?: 'idle' | 'busy' | 'wrapUp') => void;
  /** Somebody calls in for a queue; answers the call's id. */
  readonly callIn: (queue: number, caller?: string) => string;
  /** The leg of an agent's phone. */
  readonly phone: (agent: number) => VoiceLeg;
  readonly picksUp: (agent: number) => void;
  readonly hangsUp: (leg: VoiceLeg, cause?: number) => void;
  readonly answers: (leg: VoiceLeg) => void;
  /** The leg of the customer of a call. */
  readonly customer: (call: string) => VoiceLeg;
  /** Types of what happened since the last time this was asked; rows for records follow from it, and are left out. */
  readonly news: () => readonly string[];
}

export const START = Date.UTC(2026, 0, 5, 9, 0, 0);

const RELEASE = { kind: 'release' } as const;
const TREATMENT: Treatment = { noAgents: RELEASE, busy: RELEASE, timeOut: RELEASE };

export const aQueue = (id: number, overrides: Partial<QueueConfig> = {}): QueueConfig => ({
  id, name: `queue ${id}`, media: 5, maxWaitMs: 60_000, maxWaiting: 100, maxWrapUpMs: 5000, treatment: TREATMENT, ...overrides,
});

export const aProfile = (agent: number, overrides: Partial<Profile> = {}): Profile => ({
  session: `session-${agent}`, phone: String(80_000 + agent), autoAnswer: true, autoEnterIdle: true, releasePhone: false, type: 4, ip: '127.0.0.1',
  phoneLinkage: false, webm: true, listensToSessions: false, mode: 'poll', mobile: false, ctiOnly: false, mustChangePassword: false, ...overrides,
});

export const aSkill = (queueId: number, agentWeight = 1, skillWeight = 1) => ({ queueId, agentWeight, skillWeight });

/** All rights of 6.3.8; bit 34 takes one away. */
export const EVERY_BIT = Array.from({ length: 35 }, (_, index) => index + 1).filter((bit) => bit !== 34);

/** Agents 101 to 105 in the queues 1 and 2, of the role 2 with every right; phones answer at once unless told. */
export const FIRST_CONFIG: ConfigChange = {
  queues: [aQueue(1), aQueue(2)],
  roles: [{ id: 2, bits: EVERY_BIT }, { id: 3, bits: EVERY_BIT }],
  agents: [101, 102, 103, 104, 105].map((id) => ({ id, roleId: 2, type: 4, skills: [aSkill(1), aSkill(2)] })),
};

export interface RigOptions {
  readonly config?: ConfigChange;
  readonly phonesAnswer?: boolean;
  /** Whether legs that are dropped end at once; else the test reports it, or time does. */
  readonly legsEnd?: boolean;
  /** A contact centre whose process has died: this one has all that was journaled, and nothing else. */
  readonly after?: Rig;
  /** Looks on. */
  readonly watch?: Watch;
}

export function createRig({ config = FIRST_CONFIG, phonesAnswer = true, legsEnd = true, after, watch = () => undefined }: RigOptions = {}): Rig {
  const centre = replay(1, after?.happened ?? []);
  const happened: Happened[] = [];
  const orders: Order[] = [];
  const ordering = createOrdering();
  let now = after?.now() ?? START;
  let told = 0;
  let legs = after?.happened.length ?? 0;

  const send = (command: Command): Decision => {
    const decision = decide(centre, command, now, [ordering.watch, watch]);
    for (const event of decision.events) happened.push({ at: now, event });
    const taken = ordering.take(centre);
    orders.push(...taken);
    for (const order of taken) {
      if (order.kind === 'drop' && legsEnd) send({ kind: 'legReported', report: { kind: 'ended', leg: order.leg, cause: order.cause } });
      if (order.kind === 'dial' && order.to.kind === 'phone' && phonesAnswer) {
        send({ kind: 'legReported', report: { kind: 'rang', leg: order.leg } });
        send({ kind: 'legReported', report: { kind: 'answered', leg: order.leg } });
      }
    }
    return decision;
  };
  const does = (command: Command): Decision => {
    const decision = send(command);
    if (decision.refused !== undefined) throw new Error(`${command.kind} was refused: ${decision.refused.refused} ${decision.refused.message}`);
    return decision;
  };
  const phone = (agent: number): VoiceLeg => {
    const leg = centre.agents.get(agent)?.leg;
    if (leg === undefined) throw new Error(`the phone of ${agent} is on hook`);
    return leg;
  };
  const answers = (leg: VoiceLeg): void => { does({ kind: 'legReported', report: { kind: 'answered', leg } }); };

  if (after === undefined) does({ kind: 'configure', change: config });

  return {
    centre, happened, orders, send, does, phone, answers,
    refuses: (command) => send(command).refused?.refused,
    now: () => now,
    wait: (ms) => {
      const until = now + ms;
      for (let timer = nextTimer(centre.timers); timer !== undefined && timer.at <= until; timer = nextTimer(centre.timers)) {
        now = timer.at;
        does({ kind: 'timer', ...timer });
      }
      now = until;
    },
    signIn: (agent, profile = {}, state = 'idle') => { does({ kind: 'signIn', agent, profile: aProfile(agent, profile), state, force: false }); },
    callIn: (queue, caller = '13800000001') => {
      legs += 1;
      return does({ kind: 'arrive', leg: `in-${legs}`, caller, called: '12345', to: { kind: 'queue', queue } }).result ?? '';
    },
    picksUp: (agent) => { answers(phone(agent)); },
    hangsUp: (leg, cause = 531) => { does({ kind: 'legReported', report: { kind: 'ended', leg, cause } }); },
    customer: (call) => {
      const part = centre.calls.get(call)?.parts.find(({ kind }) => kind === 'customer');
      if (part?.kind !== 'customer' || part.leg === undefined) throw new Error(`nobody outside is in ${call}`);
      return part.leg;
    },
    news: () => {
      const news = happened.slice(told).map(({ event }) => event.type).filter((type) => type !== 'SegmentRecorded');
      told = happened.length;
      return news;
    },
  };
}
