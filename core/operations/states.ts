import type { AgentState } from '../agent/agent.ts';
import { BUSY } from '../call/offer.ts';
import type { AgentEvent } from '../centre/event.ts';
import type { PlaybackEvent } from '../playback/event.ts';
import { NO_CUSTOM_STATE } from '../agent/agent.ts';
import type { Desk, Doing, Entry } from './books.ts';
import type { Folds } from './fold.ts';
import { OPERATION } from './operation.ts';
import { amend, close, closeAll, isOpen, open, tell } from './span.ts';

type Moved = Extract<AgentEvent, { type: 'AgentMoved' }>;

/** Table 12-702, type 3: the agent has said so, unless one of the others is known. */
const SAID_BUSY = 1;
const FORCED_BUSY = 3;
const BUSY_CAUSES: ReadonlySet<number> = new Set([...Object.values(BUSY), FORCED_BUSY]);
const busyCause = (reason: number): number => (BUSY_CAUSES.has(reason) || (reason >= 200 && reason <= 250) ? reason : SAID_BUSY);

/** What an agent does in a state; in the others it is a call that is being brought about, which has bills of its own. */
const IN_STATE: Readonly<Partial<Record<AgentState, (moved: Moved, desk: Desk) => Doing>>> = {
  idle: () => ({ type: OPERATION.idle }),
  busy: ({ reason = 0 }) => ({ type: OPERATION.busy, cause: busyCause(reason) }),
  // The table has a work number here: the inspector's who ordered it, else the agent's own.
  rest: ({ reason = 0, by, agent }) => ({ type: OPERATION.rest, object: by ?? agent, cause: reason }),
  wrapUp: ({ cause, reason = 0 }, { last }) => {
    const manual = cause === 'request' || cause === 'signIn';
    return { type: OPERATION.wrapUp, cause: manual ? reason : 0, manual, own: manual ? undefined : last };
  },
  study: () => ({ type: OPERATION.study }),
};

/** Somebody is talked with from now on. Who inspects or hears a recording talks with nobody, though the state says so. */
export function beginTalk(entry: Entry, desk: Desk): void {
  if (desk.state !== 'talking' || desk.inspecting !== undefined || desk.hearing === true) return;
  open(entry, desk, 'talk', { type: OPERATION.talk, own: desk.calls.at(-1) });
}

/** The call in which it began, which is told after the state. */
export function nameTalk({ at }: Entry, desk: Desk): void {
  if (desk.spans.some(({ key, from }) => key === 'talk' && from === at)) amend(desk, 'talk', { own: desk.calls.at(-1) });
}

/** What an inspector has done (12.1.5, 12.1.6) is the inspector's own operation. The end of an ordered rest is not. */
function tellForce(entry: Entry, desk: Desk, { to, cause, by, agent }: Moved): void {
  if (cause !== 'forced' || by === undefined) return;
  const isOver = to === 'idle' && desk.state === 'rest' && desk.restUntil !== undefined && desk.restUntil <= entry.at;
  const type = to === 'idle' ? OPERATION.forcedIdle : to === 'busy' ? OPERATION.forcedBusy : undefined;
  if (type !== undefined && !isOver) tell(entry, entry.books.desks.get(by), { type, object: agent });
}

function move(entry: Entry, desk: Desk, moved: Moved): void {
  tellForce(entry, desk, moved);
  const { to, by, until } = moved;
  const doing = IN_STATE[to]?.(moved, desk);
  const isSame = to === 'busy' && desk.spans.some(({ key, type, cause }) => key === 'state' && type === OPERATION.busy && cause === doing?.cause);
  if (!isSame) close(entry, desk, 'state');
  if (to !== 'talking') close(entry, desk, 'talk');
  desk.state = to;
  desk.restUntil = to === 'rest' && by !== undefined ? until : undefined;
  if (doing !== undefined) open(entry, desk, 'state', doing);
  beginTalk(entry, desk);
}

export const STATE_FOLDS = {
  AgentSignedIn: (entry, { agent, profile: { phone, type } }) => {
    const desk: Desk = { agent, logonSn: entry.seq, agentType: type, phone, state: 'idle', spans: [], calls: [] };
    entry.books.desks.set(agent, desk);
    tell(entry, desk, { type: OPERATION.signIn });
  },
  AgentSignedOut: (entry, { agent, cause, by }) => {
    const desk = entry.books.desks.get(agent);
    if (desk !== undefined) closeAll(entry, desk);
    tell(entry, desk, { type: OPERATION.signOut, cause });
    if (by !== undefined) tell(entry, entry.books.desks.get(by), { type: OPERATION.forcedOut, object: agent });
    entry.books.desks.delete(agent);
  },
  AgentMoved: (entry, moved) => {
    const desk = entry.books.desks.get(moved.agent);
    if (desk !== undefined) move(entry, desk, moved);
  },
  AgentPended: (entry, { agent, pending }) => {
    if (pending?.kind === 'busy' && pending.by !== undefined) tell(entry, entry.books.desks.get(pending.by), { type: OPERATION.forcedBusy, object: agent });
  },
  AgentAdjusted: ({ books }, { agent, change: { phone } }) => {
    const desk = books.desks.get(agent);
    if (desk !== undefined && phone !== undefined) desk.phone = phone;
  },
  CustomStateSet: (entry, { agent, state }) => {
    const desk = entry.books.desks.get(agent);
    close(entry, desk, 'custom');
    if (desk !== undefined && state !== NO_CUSTOM_STATE) open(entry, desk, 'custom', { type: OPERATION.customState, cause: state });
  },
  InspectionAsked: ({ books }, { agent, target }) => {
    const desk = books.desks.get(agent);
    if (desk !== undefined) desk.inspecting = target;
  },
  InspectionBegan: (entry, { agent, target }) => {
    const desk = entry.books.desks.get(agent);
    if (desk !== undefined) open(entry, desk, 'inspection', { type: OPERATION.inspection, object: target, cause: 0 });
  },
  InspectionEnded: (entry, { agent, target, why }) => {
    const desk = entry.books.desks.get(agent);
    close(entry, desk, 'inspection');
    if (desk === undefined) return;
    desk.inspecting = undefined;
    desk.tookOver = why === 'intercepted' ? target : undefined;
  },
  PlaybackAsked: ({ books }, { agent }) => {
    const desk = books.desks.get(agent);
    if (desk !== undefined) desk.hearing = true;
  },
  PlaybackHeard: (entry, { agent }) => {
    const desk = entry.books.desks.get(agent);
    if (desk !== undefined) open(entry, desk, 'playing', { type: OPERATION.playing });
  },
  PlaybackPaused: (entry, { agent }) => {
    const desk = entry.books.desks.get(agent);
    if (desk !== undefined && isOpen(desk, 'playing')) open(entry, desk, 'halted', { type: OPERATION.playingHalted });
  },
  PlaybackResumed: (entry, { agent }) => { close(entry, entry.books.desks.get(agent), 'halted'); },
  PlaybackEnded: (entry, { agent }) => {
    const desk = entry.books.desks.get(agent);
    close(entry, desk, 'halted');
    close(entry, desk, 'playing');
    if (desk !== undefined) desk.hearing = undefined;
  },
} satisfies Folds<AgentEvent | PlaybackEvent>;
