import type { Command } from '@parley/core/centre/command.ts';
import { decide } from '@parley/core/centre/decide.ts';
import type { Happened } from '@parley/core/centre/event.ts';
import type { ConfigChange } from '@parley/core/centre/config.ts';
import { createCentre } from '@parley/core/centre/state.ts';
import { nextTimer } from '@parley/core/centre/timers.ts';
import { dateAfter, dateIn, dayBegins } from '@parley/core/time/zone.ts';
import { createOrdering } from '@parley/core/voice/orders.ts';
import { exponential, seededRandom, type Random } from './random.ts';

/** What a contact centre is like whose past is to be made up. */
export interface Place {
  readonly vdnId: number;
  readonly timeZone: string;
  readonly seed: number;
  /** Calls of an ordinary weekday, all queues together. */
  readonly callsADay: number;
  readonly queues: readonly number[];
  /** Flows before the queues, by their ids; none where callers come to the queues at once. */
  readonly flows: readonly string[];
  readonly agents: readonly number[];
}

/** Arrivals by the hour of the day, as offices have them: two humps and a dip at noon. */
const HOURS = [0, 0, 0, 0, 0, 0, 1, 3, 8, 12, 13, 11, 8, 9, 11, 11, 9, 6, 3, 2, 1, 1, 0, 0] as const;
const BUSIEST = Math.max(...HOURS);
const ALL_HOURS = HOURS.reduce<number>((sum, share) => sum + share, 0);
/** Monday to Sunday. */
const WEEKDAYS = [1.25, 1.05, 1, 1, 0.95, 0.35, 0.15] as const;

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const PATIENCE_MS = 150_000;
const TALK_MS = 170_000;
const RESTS = 3;

/** Much of what people do takes long now and then: the product of two chances has such a tail. */
const lengthy = (random: Random, mean: number): number => exponential(random, Math.sqrt(mean)) * exponential(random, Math.sqrt(mean));
const among = <T>(random: Random, all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];

interface Due {
  readonly at: number;
  readonly act: () => void;
}

/** Things to be done at their times; those of one moment in the order in which they came. */
function createDiary() {
  const heap: (Due & { readonly order: number })[] = [];
  let orders = 0;
  const isBefore = (one: Due & { readonly order: number }, other: Due & { readonly order: number }): boolean => one.at < other.at || (one.at === other.at && one.order < other.order);
  const at = (index: number): Due & { readonly order: number } => {
    const due = heap[index];
    if (due === undefined) throw new Error(`nothing is due at place ${index}`);
    return due;
  };
  const swap = (one: number, other: number): void => { [heap[one], heap[other]] = [at(other), at(one)]; };
  return {
    next: (): number | undefined => heap[0]?.at,
    add: (due: Due): void => {
      heap.push({ ...due, order: orders });
      orders += 1;
      for (let index = heap.length - 1; index > 0;) {
        const parent = (index - 1) >> 1;
        if (!isBefore(at(index), at(parent))) return;
        swap(index, parent);
        index = parent;
      }
    },
    take: (): Due | undefined => {
      const [first] = heap;
      const last = heap.pop();
      if (first === undefined || last === undefined || heap.length === 0) return first;
      heap[0] = last;
      for (let index = 0; ;) {
        const [left, right] = [2 * index + 1, 2 * index + 2];
        const least = [left, right].filter((child) => child < heap.length).reduce((best, child) => (isBefore(at(child), at(best)) ? child : best), index);
        if (least === index) return first;
        swap(index, least);
        index = least;
      }
    },
  };
}

/** The configuration that the past goes by. */
function configOf({ queues, agents }: Place): ConfigChange {
  const RELEASE = { kind: 'release' } as const;
  return {
    queues: queues.map((id) => ({
      id, name: `queue ${id}`, media: 5, maxWaitMs: 600_000, maxWaiting: 1000, maxWrapUpMs: 20_000, treatment: { noAgents: RELEASE, busy: RELEASE, timeOut: RELEASE },
    })),
    roles: [{ id: 2, bits: [1, 2, 3, 5, 7, 8] }],
    agents: agents.map((id, index) => ({
      id, roleId: 2, type: 4,
      skills: [0, 1].map((offset) => ({ queueId: queues[(index + offset) % queues.length] ?? 1, agentWeight: 1, skillWeight: 1 + offset })),
    })),
  };
}

/**
 * Makes up the past of a contact centre: what would have happened in these days, decided by the very core that runs it, in virtual time.
 * Callers come by the hour and the weekday, lose patience, are not answered now and then, are transferred; agents come in the
 * morning, rest and go. The same seed gives the same past.
 */
export function* pastOf(place: Place, days: { readonly from: string; readonly count: number }): Generator<Happened> {
  const { vdnId, timeZone, seed, callsADay, queues, flows, agents } = place;
  const random = seededRandom(seed);
  const diary = createDiary();
  const centre = createCentre(vdnId);
  const ordering = createOrdering();
  const begins = dayBegins(timeZone, days.from);
  let now = begins;
  let legs = 0;
  let happened: Happened[] = [];

  const later = (ms: number, act: () => void): void => { diary.add({ at: now + Math.round(ms), act }); };
  const send = (command: Command): string | undefined => {
    const decision = decide(centre, command, now, [ordering.watch]);
    for (const event of decision.events) happened.push({ at: now, event });
    for (const order of ordering.take(centre)) {
      if (order.kind === 'drop') send({ kind: 'legReported', report: { kind: 'ended', leg: order.leg, cause: order.cause } });
      if (order.kind !== 'dial') continue;
      const { leg } = order;
      // One phone in fifty rings in an empty room.
      if (random() > 0.02) later(500 + exponential(random, 3000), () => { if (centre.legs.has(leg)) send({ kind: 'legReported', report: { kind: 'answered', leg } }); });
    }
    return decision.refused === undefined ? decision.result : undefined;
  };

  const talk = (call: string, leg: string): void => {
    const agentOf = (): number | undefined => centre.calls.get(call)?.parts.flatMap((part) => (part.kind === 'agent' ? [part.agent] : [])).at(0);
    const look = (): void => {
      if (!centre.calls.has(call)) return;
      const agent = agentOf();
      if (agent === undefined) {
        later(2000, look);
        return;
      }
      const chance = random();
      if (chance < 0.08) {
        later(lengthy(random, TALK_MS / 3), () => {
          const to = among(random, queues);
          if (to !== undefined && agentOf() === agent) send({ kind: 'transfer', agent, to: { device: 'queue', queue: to }, mode: 'blind' });
          later(5000, look);
        });
        return;
      }
      if (chance < 0.2) later(20_000, () => { if (agentOf() === agent) { send({ kind: 'hold', agent }); later(30_000, () => { send({ kind: 'retrieve', agent, call }); }); } });
      later(lengthy(random, TALK_MS), () => {
        if (agentOf() === agent && random() < 0.4) send({ kind: 'release', agent });
        else if (centre.legs.has(leg)) send({ kind: 'legReported', report: { kind: 'ended', leg, cause: 531 } });
      });
    };
    later(2000, look);
  };

  const arrive = (): void => {
    legs += 1;
    const leg = `in-${legs}`;
    const [flow, queue] = [random() < 0.7 ? among(random, flows) : undefined, among(random, queues) ?? 1];
    const caller = random() < 0.03 ? '' : `138${String(Math.floor(random() * 40_000)).padStart(8, '0')}`;
    const call = send({ kind: 'arrive', leg, caller, called: `95${String(queue).padStart(4, '0')}`, to: flow === undefined ? { kind: 'queue', queue } : { kind: 'flow', flow } });
    if (call === undefined) return;
    const isPatientFor = (ms: number): void => {
      later(ms, () => {
        const alive = centre.calls.get(call);
        if (alive !== undefined && !alive.parts.some(({ kind }) => kind === 'agent') && centre.legs.has(leg)) send({ kind: 'legReported', report: { kind: 'ended', leg, cause: 601 } });
      });
    };
    if (flow === undefined) {
      isPatientFor(exponential(random, PATIENCE_MS));
      talk(call, leg);
      return;
    }
    later(5000 + exponential(random, 18_000), () => {
      // Some have what they wanted, or lose heart, in the flow.
      if (random() < 0.15) send({ kind: 'legReported', report: { kind: 'ended', leg, cause: 531 } });
      else {
        send({ kind: 'flowEnded', leg, outcome: { kind: 'queue', queue } });
        isPatientFor(exponential(random, PATIENCE_MS));
        talk(call, leg);
      }
    });
  };

  const dialOut = (agent: number): void => {
    if (centre.agents.get(agent)?.state !== 'idle') {
      if (centre.agents.has(agent)) later(2 * MINUTE_MS, () => { dialOut(agent); });
      return;
    }
    send({ kind: 'dialOut', agent, called: `139${String(Math.floor(random() * 90_000)).padStart(8, '0')}`, caller: '' });
    later(30_000 + exponential(random, 60_000), () => { if (centre.agents.get(agent)?.call !== undefined) send({ kind: 'release', agent }); });
  };

  const work = (agent: number, day: number): void => {
    const [comes, goes] = [7.5 * HOUR_MS + random() * 1.5 * HOUR_MS, 16.5 * HOUR_MS + random() * 2 * HOUR_MS];
    const isHere = (): boolean => centre.agents.has(agent);
    diary.add({
      at: day + Math.round(comes), act: () => {
        send({
          kind: 'signIn', agent, state: 'idle', force: false,
          profile: {
            session: `${agent}-${now}`, phone: String(80_000 + agent), autoAnswer: true, autoEnterIdle: random() < 0.8, releasePhone: true, type: 4, ip: '127.0.0.1', phoneLinkage: false,
            webm: true, listensToSessions: false, mode: 'poll', mobile: false, ctiOnly: false, mustChangePassword: false,
          },
        });
        for (let rest = 1; rest <= RESTS; rest += 1) {
          const begin = ((goes - comes) * (rest - 0.3 + random() * 0.6)) / (RESTS + 1);
          later(begin, () => { if (isHere()) send({ kind: 'askState', agent, request: random() < 0.8 ? 'rest' : 'sayBusy', reason: 1 + Math.floor(random() * 3), ms: 10 * MINUTE_MS }); });
          later(begin + 8 * MINUTE_MS, () => { if (isHere()) for (const request of ['cancelRest', 'cancelBusy'] as const) send({ kind: 'askState', agent, request }); });
          later(begin + 30 * MINUTE_MS, () => { if (isHere()) dialOut(agent); });
        }
      },
    });
    diary.add({ at: day + Math.round(goes), act: () => { if (isHere()) send({ kind: 'signOut', agent, force: true }); } });
  };

  send({ kind: 'configure', change: configOf(place) });
  for (let index = 0; index < days.count; index += 1) {
    const date = dateAfter(days.from, index);
    const day = dayBegins(timeZone, date);
    const weight = WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 1;
    for (const agent of agents) if (random() < Math.min(1, weight)) work(agent, day);
    const perHour = (callsADay * weight * BUSIEST) / ALL_HOURS;
    if (perHour > 0) {
      // Thinned from the busiest hour's rate, so that arrivals follow the hours without steps of their own.
      for (let at = day; at < dayBegins(timeZone, dateAfter(date, 1)); at += exponential(random, HOUR_MS / perHour)) {
        const hour = Math.floor((at - day) / HOUR_MS);
        if (random() * BUSIEST < (HOURS[hour] ?? 0)) diary.add({ at: Math.round(at), act: arrive });
      }
    }
  }

  for (;;) {
    const [due, timer] = [diary.next(), nextTimer(centre.timers)];
    // A call that nothing would end any more ends with the past.
    if (due === undefined && (timer === undefined || centre.calls.size === 0)) break;
    if (timer !== undefined && (due === undefined || timer.at <= due)) {
      now = Math.max(now, timer.at);
      send({ kind: 'timer', ...timer });
    } else {
      const next = diary.take();
      if (next === undefined) break;
      now = Math.max(now, next.at);
      next.act();
    }
    yield* happened;
    happened = [];
  }
}

/** The date that it is somewhere, so many days ago. */
export const daysAgo = (timeZone: string, now: number, days: number): string => dateAfter(dateIn(timeZone, now), -days);
