import type { AgentEvents, AgentEventType } from '@parley/contract/gateway/events.ts';
import type { Agent } from '@parley/core/agent/agent.ts';
import type { Call } from '@parley/core/call/call.ts';
import type { Event } from '@parley/core/centre/event.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { Notice } from './notice.ts';

type View = 'talking' | 'three' | 'held' | 'made';

/** A desktop that knows nothing but what it was told, and the ids of calls that it made. */
interface Follower {
  state: 'idle' | 'busy' | 'rest' | 'wrapUp' | 'engaged';
  phone: 'down' | 'rings' | 'up';
  readonly calls: Map<string, View>;
  /** Calls that ring here. */
  readonly offered: Set<string>;
  /** Calls of which the other side is gone. */
  readonly alone: Set<string>;
}

const newFollower = (): Follower => ({ state: 'idle', phone: 'down', calls: new Map(), offered: new Set(), alone: new Set() });

function talk(view: Follower, call: string, as: View): void {
  view.calls.set(call, as);
  view.offered.delete(call);
  view.alone.delete(call);
}

type Follows = { readonly [Type in AgentEventType]?: (view: Follower, content: AgentEvents[Type]) => void };

const shows = (state: Follower['state']) => (view: Follower): void => { view.state = state; };
const phoneIs = (phone: Follower['phone']) => (view: Follower): void => { view.phone = phone; };
const isOffered = (view: Follower, { callid }: { readonly callid: string }): void => { view.offered.add(callid); };

const FOLLOWS: Follows = {
  AgentState_Ready: shows('idle'),
  AgentState_CancelNotReady_Success: shows('idle'),
  AgentState_CancelRest_Success: shows('idle'),
  AgentState_CancelWork_Success: shows('idle'),
  AgentState_SetNotReady_Success: shows('busy'),
  AgentState_SetRest_Success: shows('rest'),
  AgentState_Work: shows('wrapUp'),
  AgentState_SetWork_Success: shows('wrapUp'),
  AgentState_Busy: shows('engaged'),
  AgentEvent_Agent_Occupied: shows('engaged'),
  AgentOther_PhoneAlerting: (view, content) => {
    view.phone = 'rings';
    if (content !== null) isOffered(view, content);
  },
  AgentOther_PhoneOffhook: phoneIs('up'),
  AgentOther_PhoneRelease: phoneIs('down'),
  AgentOther_PhoneBusy: phoneIs('down'),
  AgentOther_PhoneUnknow: phoneIs('down'),
  AgentEvent_Ringing: isOffered,
  AgentEvent_Auto_Answer: isOffered,
  AgentEvent_No_Answer: (view, call) => { view.offered.delete(call); },
  AgentEvent_Talking: (view, { callid }) => { talk(view, callid, 'talking'); },
  AgentEvent_Conference: (view, { callid }) => {
    talk(view, callid, 'three');
    // 6.1.2.14: the call that went into it is told to be empty, no more.
    for (const call of view.alone) view.calls.delete(call);
  },
  AgentEvent_Hold: (view, call) => { talk(view, call, 'held'); },
  AgentEvent_Customer_Release: (view, { callid }) => { view.alone.add(callid); },
  AgentEvent_Call_Release: (view, call) => { view.calls.delete(call); },
};

function follow(view: Follower, { eventType, content }: Notice): void {
  const follows = FOLLOWS[eventType] as ((view: Follower, content: unknown) => void) | undefined;
  follows?.(view, content);
}

/** What every agent's desktop makes of what it is told. */
export interface Followers {
  readonly read: (event: Event, notices: readonly Notice[]) => void;
  /** Where they are wrong. */
  readonly faults: (centre: Centre) => readonly string[];
}

export function createFollowers(): Followers {
  const views = new Map<number, Follower>();
  return {
    read: (event, notices) => {
      if (event.type === 'AgentSignedIn') views.set(event.agent, newFollower());
      // The answer to the request tells the id.
      if (event.type === 'AgentJoined' && event.how === 'dialled') views.get(event.agent)?.calls.set(event.call, 'made');
      for (const told of notices) {
        const view = views.get(told.agent);
        if (view !== undefined) follow(view, told);
      }
    },
    faults: (centre) => [...centre.agents.values()].flatMap((agent) => {
      const view = views.get(agent.id);
      return view === undefined ? [] : differences(centre, agent, view).map((difference) => `agent ${agent.id}: ${difference}`);
    }),
  };
}

/** Whether three, or more, hear one another. A number that is talked to first, or to which the call is to go, is none of them. */
const isThree = ({ parts, third }: Call): boolean =>
  third === undefined || third.purpose === 'threeParty'
    ? parts.length > 2 && parts.every((part) => part.kind === 'agent' || part.connected) && (third === undefined || third.came)
    : false;

function viewOf(centre: Centre, agent: Agent, call: Call): View {
  if (agent.held.includes(call.id)) return 'held';
  if (call.medium === 'voice' && agent.state === 'dialling') return 'made';
  return call.medium === 'voice' && isThree(call) && centre.calls.has(call.id) ? 'three' : 'talking';
}

function differences(centre: Centre, agent: Agent, view: Follower): readonly string[] {
  const own = [...centre.calls.values()].filter(({ parts }) => parts.some((part) => part.kind === 'agent' && part.agent === agent.id));
  const calls = own.map((call) => `${call.id} ${viewOf(centre, agent, call)}`).toSorted((a, b) => a.localeCompare(b));
  const shown = [...view.calls].map(([id, as]) => `${id} ${as}`).toSorted((a, b) => a.localeCompare(b));
  const rung = [...centre.calls.values()].filter(({ offer }) => offer?.agent === agent.id && offer.ringing).map(({ id }) => id);
  const leg = agent.leg === undefined ? undefined : centre.legs.get(agent.leg);
  const phone = leg === undefined ? 'down' : leg.state === 'up' ? 'up' : leg.state === 'ringing' ? 'rings' : undefined;
  const rests = agent.state === 'idle' || agent.state === 'busy' || agent.state === 'rest' || agent.state === 'wrapUp' ? agent.state : undefined;
  return [
    ...(String(calls) === String(shown) ? [] : [`has the calls ${String(calls)}, and the desktop shows ${String(shown)}`]),
    ...rung.filter((id) => !view.offered.has(id)).map((id) => `${id} rings, and the desktop does not`),
    ...[...view.offered].filter((id) => centre.calls.get(id)?.offer?.agent !== agent.id).map((id) => `the desktop rings for ${id}, which does not`),
    ...(rests === undefined || rests === view.state ? [] : [`is ${rests}, and the desktop shows ${view.state}`]),
    ...(phone === undefined || phone === view.phone ? [] : [`has a phone that is ${phone}, and the desktop shows ${view.phone}`]),
  ];
}
