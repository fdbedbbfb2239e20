import type { Agent } from '../agent/agent.ts';
import { REASON, type Call, type Visit } from '../call/call.ts';
import { kindOf } from '../call/kind.ts';

/** The five minutes that figures of "the current 5 minutes" are of: they begin at :00 and :05, and everything at nothing. */
export const BUCKET_MS = 5 * 60_000;
export const bucketOf = (at: number): number => at - (at % BUCKET_MS);

/** What has happened in a queue since some moment. Durations are whole seconds of times cut to seconds, as in 13.2. */
export interface QueueFigures {
  /** Calls that came to it; who comes back because an agent did not take the call has been here before. */
  arrived: number;
  /** Calls of it that agents have answered, and within how many seconds. */
  connected: number;
  connectedIn15: number;
  connectedIn20: number;
  /** Calls that have left it, or an agent's ringing phone, for none of its agents. */
  lost: number;
  lostBefore15: number;
  lostBefore20: number;
  /** Talks of its agents that are over. */
  ended: number;
  talkS: number;
  /** Of calls that came to it first, what they spent in flows. */
  flowS: number;
  waits: number;
  waitS: number;
  longestWaitS: number;
  wrapUps: number;
  wrapUpS: number;
  longestIdleS: number;
  /** Calls that it has answered while their main queue was another one: how many, by that queue. */
  readonly tookOver: Map<number, number>;
}

export type FiguresByQueue = Map<number, QueueFigures>;

/** What figures are made of; a call that is over and one that goes on serve alike. */
export interface Counted extends Pick<Call, 'feature' | 'firstQueue'> {
  readonly visits: readonly Pick<Visit, 'device' | 'no' | 'queue' | 'enterReason' | 'leaveReason' | 'waitFrom' | 'talkFrom' | 'until'>[];
}
type Stay = Counted['visits'][number];

export const noFigures = (): QueueFigures => ({
  arrived: 0, connected: 0, connectedIn15: 0, connectedIn20: 0, lost: 0, lostBefore15: 0, lostBefore20: 0, ended: 0, talkS: 0, flowS: 0,
  waits: 0, waitS: 0, longestWaitS: 0, wrapUps: 0, wrapUpS: 0, longestIdleS: 0, tookOver: new Map(),
});

export function figuresOf(figures: FiguresByQueue, queue: number): QueueFigures {
  let found = figures.get(queue);
  if (found === undefined) {
    found = noFigures();
    figures.set(queue, found);
  }
  return found;
}

export const copyOf = (figures: FiguresByQueue): FiguresByQueue =>
  new Map([...figures].map(([queue, one]) => [queue, { ...one, tookOver: new Map(one.tookOver) }]));

/** Seconds between two times that are cut to seconds first. */
export const secondsBetween = (from: number, to: number): number => Math.max(0, Math.floor(to / 1000) - Math.floor(from / 1000));

/** Enter reasons of a call that was in the queue already. */
const COMES_BACK: ReadonlySet<number> = new Set([REASON.noAnswer, REASON.agentRejected]);
/** Leave reasons of a queue that have its call at an agent, of this queue or of another one. */
const WENT_TO_AGENT: ReadonlySet<number> = new Set([REASON.normal, REASON.multiQueue, REASON.otherQueueAnswered]);

/** When the call came to a queue, of which this is the stay now. */
function arrivedAt({ visits }: Counted, index: number, queue: string): number {
  for (let at = index; at >= 0; at -= 1) {
    const visit = visits[at];
    if (visit?.device === 'queue' && visit.no === queue && !COMES_BACK.has(visit.enterReason)) return visit.waitFrom;
  }
  return visits[index]?.waitFrom ?? 0;
}

/** The stay in a queue that led to this agent; none for an agent who dialled, or who has it from a colleague. */
function stayBefore({ visits }: Counted, index: number, queue: number): number | undefined {
  for (let at = index - 1; at >= 0; at -= 1) {
    const visit = visits[at];
    if (visit?.device === 'agent' && visit.queue === queue && visit.talkFrom !== undefined) return undefined;
    if (visit?.device === 'queue' && visit.no === String(queue)) return at;
  }
  return undefined;
}

/** The queue that a call was in first of all while it waited in several, where another one has answered (reason 48). */
const mainBefore = ({ visits }: Counted, { until }: Stay): number | undefined => {
  const main = visits.find((visit) => visit.device === 'queue' && visit.leaveReason === REASON.otherQueueAnswered && visit.until === until);
  return main === undefined ? undefined : Number(main.no);
};

/** Whether an agent had the call all the while, and goes on with it: then nobody was lost. */
const isWithAgent = ({ visits }: Counted, at: number): boolean =>
  visits.some(({ device, talkFrom, until = Number.POSITIVE_INFINITY }) => device === 'agent' && talkFrom !== undefined && talkFrom < at && until > at);

function countLost(figures: QueueFigures, waitedS: number): void {
  figures.lost += 1;
  if (waitedS < 15) figures.lostBefore15 += 1;
  if (waitedS < 20) figures.lostBefore20 += 1;
}

function countQueue(figures: QueueFigures, call: Counted, index: number, visit: Stay, from: number): void {
  const { waitFrom, until, enterReason, leaveReason, no } = visit;
  if (waitFrom >= from && !COMES_BACK.has(enterReason)) figures.arrived += 1;
  if (until === undefined || until < from) return;
  const waitedS = secondsBetween(waitFrom, until);
  figures.waits += 1;
  figures.waitS += waitedS;
  figures.longestWaitS = Math.max(figures.longestWaitS, waitedS);
  const isLost = leaveReason !== undefined && !WENT_TO_AGENT.has(leaveReason) && !(leaveReason === REASON.cancelled && isWithAgent(call, until));
  if (isLost) countLost(figures, secondsBetween(arrivedAt(call, index, no), until));
}

function countAgent(figures: QueueFigures, call: Counted, index: number, visit: Stay, queue: number, from: number): void {
  const { talkFrom, until, leaveReason } = visit;
  if (talkFrom !== undefined && until !== undefined && until >= from) {
    figures.ended += 1;
    figures.talkS += secondsBetween(talkFrom, until);
  }
  const before = stayBefore(call, index, queue);
  const stay = before === undefined ? undefined : call.visits[before];
  if (before === undefined || stay === undefined) return;
  const cameAt = arrivedAt(call, before, stay.no);
  if (talkFrom !== undefined && talkFrom >= from) {
    const waitedS = secondsBetween(cameAt, talkFrom);
    figures.connected += 1;
    if (waitedS <= 15) figures.connectedIn15 += 1;
    if (waitedS <= 20) figures.connectedIn20 += 1;
    const main = mainBefore(call, stay);
    if (main !== undefined) figures.tookOver.set(main, (figures.tookOver.get(main) ?? 0) + 1);
  }
  if (talkFrom === undefined && until !== undefined && until >= from && leaveReason === REASON.customerReleased) countLost(figures, secondsBetween(cameAt, until));
}

/** Adds what has happened to a call since a moment. What agents do among themselves is no call of a queue. */
export function countCall(figures: FiguresByQueue, call: Counted, from: number): void {
  if (kindOf(call) === 'internal') return;
  for (const [index, visit] of call.visits.entries()) {
    const { device, no, queue, until, talkFrom, waitFrom } = visit;
    // Most of a long call is over long since.
    if (until !== undefined && until < from) continue;
    if (device === 'queue') countQueue(figuresOf(figures, Number(no)), call, index, visit, from);
    else if (device === 'agent' && queue !== undefined) countAgent(figuresOf(figures, queue), call, index, visit, queue, from);
    else if (device === 'flow' && until !== undefined && call.firstQueue !== undefined) figuresOf(figures, call.firstQueue).flowS += secondsBetween(talkFrom ?? waitFrom, until);
  }
}

/** Adds what the state was that an agent has just left. */
export function countLeftState(figures: FiguresByQueue, { before, beforeMs, since, lastQueue, skills }: Agent): void {
  if (beforeMs === undefined) return;
  const lastedS = secondsBetween(since - beforeMs, since);
  if (before === 'wrapUp' && lastQueue !== undefined) {
    const ofQueue = figuresOf(figures, lastQueue);
    ofQueue.wrapUps += 1;
    ofQueue.wrapUpS += lastedS;
  }
  if (before !== 'idle') return;
  for (const { queueId } of skills) {
    const ofQueue = figuresOf(figures, queueId);
    ofQueue.longestIdleS = Math.max(ofQueue.longestIdleS, lastedS);
  }
}
