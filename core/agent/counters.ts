import { FEATURE, partOf, type Call } from '../call/call.ts';
import type { CallEvent } from '../call/event.ts';
import type { Centre } from '../centre/state.ts';
import type { Agent, AgentState, Counters } from './agent.ts';

/** Time spent in a state belongs to a counter (6.1.3.9). */
const SPENT: Partial<Record<AgentState, keyof Counters>> = {
  idle: 'idleMs', busy: 'busyMs', rest: 'restMs', wrapUp: 'wrapUpMs', talking: 'talkMs', ringing: 'ringMs', occupied: 'ringMs',
};

function addSpent(counters: Counters, agent: Agent, at: number): void {
  const spent = SPENT[agent.state];
  // Who inspects or hears a recording talks with nobody (6.1.3.9 talktime), though the state says so (6.5.3).
  const isAside = agent.state === 'talking' && (agent.inspecting !== undefined || agent.playback !== undefined);
  if (spent !== undefined && !isAside) counters[spent] += at - agent.since;
  if (agent.state === 'rest' && agent.until !== undefined && at > agent.until) counters.restOverMs += at - agent.until;
}

/** A state ends: its time is counted. */
export function countSpent(agent: Agent, at: number): void {
  addSpent(agent.counters, agent, at);
}

/** A state begins. To become busy again changes the reason only; each rest that is asked for counts. */
export function countEntered(agent: Agent, from: AgentState, to: AgentState): void {
  if (to === 'rest') agent.counters.rests += 1;
  if (to === 'busy' && from !== 'busy') agent.counters.busy += 1;
}

/** The counters as they stand at a moment, with what the present state has lasted so far. */
export function countersAt(agent: Agent, at: number): Readonly<Counters> {
  const counters = { ...agent.counters };
  addSpent(counters, agent, at);
  return counters;
}

/** Features of calls that are no calls of their own: asking for help counts as such, whether with a call or without. */
const ASIDE: ReadonlySet<number> = new Set([FEATURE.consult, FEATURE.threeParty, FEATURE.conference]);

type Counts<Of extends CallEvent['type']> = (counters: Counters, event: Extract<CallEvent, { type: Of }>, call: Call, at: number) => void;

/** Which event in a call counts as what, from the state right before it. */
const COUNTS: { readonly [Of in CallEvent['type']]?: Counts<Of> } = {
  OfferEnded: (counters, { why }) => {
    if (why === 'unanswered') counters.unanswered += 1;
    // Redirected: it went elsewhere because the agent, or the phone, did not want it.
    if (why === 'rejected' || why === 'phone') counters.redirected += 1;
  },
  AgentJoined: (counters, { how }, { feature, offer }) => {
    if (how === 'dialled' && !ASIDE.has(feature)) counters[feature === FEATURE.internal ? 'internal' : 'dialled'] += 1;
    if (how !== 'auto' && how !== 'manual') return;
    counters.answered += 1;
    if (offer?.how === 'transfer') counters.transferredIn += 1;
  },
  AgentLeft: (counters, { agent, why }, call, at) => {
    const part = partOf(call, agent);
    if (part?.held === true) counters.holdMs += at - (part.heldSince ?? at);
    if (why === 'released') counters.released += 1;
    if (why === 'transferred') counters.transferredOut += 1;
  },
  ThirdSought: (counters, { purpose }) => { if (purpose === 'consult' || purpose === 'help') counters.helps += 1; },
  FlowEntered: (counters) => { counters.transferredToFlow += 1; },
  CallHeld: (counters) => { counters.holds += 1; },
  CallRetrieved: (counters, { agent }, call, at) => { counters.holdMs += at - (partOf(call, agent)?.heldSince ?? at); },
};

/** Counts what happens in calls for the agent whose doing it is. */
export function countCall(centre: Centre, event: CallEvent, at: number): void {
  const count = COUNTS[event.type] as Counts<CallEvent['type']> | undefined;
  if (count === undefined || !('agent' in event) || event.agent === undefined || !('call' in event) || event.call === undefined) return;
  const counters = centre.agents.get(event.agent)?.counters;
  const call = centre.calls.get(event.call);
  if (counters !== undefined && call !== undefined) count(counters, event, call, at);
}
