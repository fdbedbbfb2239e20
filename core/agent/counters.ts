import { FEATURE, partOf } from '../call/call.ts';
import type { CallEvent } from '../call/event.ts';
import type { Centre } from '../centre/state.ts';
import type { Agent, AgentState, Counters } from './agent.ts';

/** Time spent in a state belongs to a counter (6.1.3.9). */
const SPENT: Partial<Record<AgentState, keyof Counters>> = {
  idle: 'idleMs', busy: 'busyMs', rest: 'restMs', wrapUp: 'wrapUpMs', talking: 'talkMs', ringing: 'ringMs', occupied: 'ringMs',
};

function addSpent(counters: Counters, agent: Agent, at: number): void {
  const spent = SPENT[agent.state];
  // Who inspects talks with nobody (6.1.3.9 talktime), though the state says so (6.5.3).
  if (spent !== undefined && agent.inspecting === undefined) counters[spent] += at - agent.since;
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

/** Counts what happens in calls, from the state right before it. */
export function countCall(centre: Centre, event: CallEvent, at: number): void {
  if (!('agent' in event) || event.agent === undefined || !('call' in event) || event.call === undefined) return;
  const counters = centre.agents.get(event.agent)?.counters;
  const call = centre.calls.get(event.call);
  if (counters === undefined || call === undefined) return;
  switch (event.type) {
    case 'OfferEnded':
      if (event.why === 'unanswered') counters.unanswered += 1;
      // Redirected: it went elsewhere because the agent, or the phone, did not want it.
      if (event.why === 'rejected' || event.why === 'phone') counters.redirected += 1;
      return;
    case 'AgentJoined': {
      if (event.how === 'dialled') {
        if (!ASIDE.has(call.feature)) counters[call.feature === FEATURE.internal ? 'internal' : 'dialled'] += 1;
      } else if (event.how === 'auto' || event.how === 'manual') {
        counters.answered += 1;
        if (call.offer?.how === 'transfer') counters.transferredIn += 1;
      }
      return;
    }
    case 'AgentLeft': {
      const part = partOf(call, event.agent);
      if (part?.held === true) counters.holdMs += at - (part.heldSince ?? at);
      if (event.why === 'released') counters.released += 1;
      if (event.why === 'transferred') counters.transferredOut += 1;
      return;
    }
    case 'ThirdSought':
      if (event.purpose === 'consult' || event.purpose === 'help') counters.helps += 1;
      return;
    case 'FlowEntered':
      counters.transferredToFlow += 1;
      return;
    case 'CallHeld':
      counters.holds += 1;
      return;
    case 'CallRetrieved':
      counters.holdMs += at - (partOf(call, event.agent)?.heldSince ?? at);
      return;
    default:
      return;
  }
}
