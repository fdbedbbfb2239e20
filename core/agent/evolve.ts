import { previewTimer } from '../call/timers.ts';
import type { AgentConfig } from '../centre/config.ts';
import type { AgentEvent } from '../centre/event.ts';
import type { Centre } from '../centre/state.ts';
import { cancelTimer, setTimer } from '../centre/timers.ts';
import { newAgent, type Agent, type Pending } from './agent.ts';
import { countEntered, countSpent } from './counters.ts';
import { join, leave, refresh, recount } from './readiness.ts';
import { LEADS_TO } from './transitions.ts';

/** When the rest or the wrap-up that an agent is in is over. */
export const stateTimer = (agent: number): string => `state:${agent}`;

function known(centre: Centre, id: number): Agent {
  const agent = centre.agents.get(id);
  if (agent === undefined) throw new Error(`agent ${id} is not signed in`);
  return agent;
}

/** The skills in force: those configured, or those of them that were chosen (6.1.1.8). */
function chooseSkills(centre: Centre, agent: Agent): void {
  const configured = centre.config.agents.get(agent.id)?.skills ?? [];
  const { chosenQueues } = agent;
  leave(centre, agent);
  agent.skills = chosenQueues === undefined ? configured : configured.filter(({ queueId }) => chosenQueues.includes(queueId));
  join(centre, agent);
}

/** Only those whose configuration changed: among the others, who has been ready for the longest must stay so. */
export function refreshSkills(centre: Centre, agents: readonly AgentConfig[]): void {
  for (const { id } of agents) {
    const agent = centre.agents.get(id);
    if (agent !== undefined) chooseSkills(centre, agent);
  }
}

export function evolveAgent(centre: Centre, event: AgentEvent, at: number): void {
  if (event.type === 'AgentSignedIn') {
    const agent = newAgent(event.agent, event.profile, at);
    // The phone of the session before, which is still being hung up, is not rung until it is down.
    for (const leg of centre.legs.values()) if (leg.agent === agent.id && leg.number === event.profile.phone) agent.leg = leg.id;
    centre.agents.set(agent.id, agent);
    chooseSkills(centre, agent);
    return;
  }
  const agent = known(centre, event.agent);
  switch (event.type) {
    case 'AgentSignedOut':
      leave(centre, agent);
      cancelTimer(centre.timers, stateTimer(agent.id));
      endPreview(centre, agent);
      centre.agents.delete(agent.id);
      return;
    case 'AgentMoved':
      move(centre, agent, event, at);
      return;
    case 'AgentPended':
      pend(agent, event.pending, event.takesBack);
      if (event.pending?.kind === 'rest') agent.restAskedAt = at;
      refresh(centre, agent);
      return;
    case 'AgentAdjusted':
      agent.profile = { ...agent.profile, ...event.change };
      return;
    case 'AgentSkillsChosen':
      agent.chosenQueues = event.queues;
      chooseSkills(centre, agent);
      return;
    case 'TalkRightSet':
      leave(centre, agent);
      agent.takesCalls = event.on;
      join(centre, agent);
      return;
    case 'CapacitySet':
      agent.capacities[event.media] = event.sessions;
      refresh(centre, agent);
      return;
    case 'WrapUpLimited':
      agent.until = event.until;
      setTimer(centre.timers, stateTimer(agent.id), event.until);
      return;
    case 'RestOverran':
      agent.counters.restOverruns += 1;
      cancelTimer(centre.timers, stateTimer(agent.id));
      return;
    case 'PreviewBegan': {
      const { called = '', caller = '', data = '' } = event.personal ?? {};
      agent.preview = { control: event.control, numbers: called.split(','), caller, queue: event.queue, data };
      setTimer(centre.timers, previewTimer(agent.id), event.until);
      return;
    }
    case 'PreviewEnded':
      endPreview(centre, agent);
      return;
    case 'CustomStateSet':
      agent.customState = event.state;
      return;
    case 'GuidRenewed':
      agent.guidGeneration += 1;
      agent.guidRenewedAt = at;
      return;
    case 'NoteSent':
    case 'ScreenNotRecorded':
      return;
    case 'InspectionAsked':
      agent.inspecting = { agent: event.target, how: event.how, on: false };
      known(centre, event.target).inspectors.push(agent.id);
      return;
    case 'InspectionBegan':
      if (agent.inspecting !== undefined) agent.inspecting.on = true;
      return;
    case 'InspectionSwitched':
      if (agent.inspecting !== undefined) agent.inspecting.how = event.how;
      return;
    case 'InspectionEnded': {
      const { inspectors } = known(centre, event.target);
      inspectors.splice(inspectors.indexOf(agent.id), 1);
      agent.inspecting = undefined;
      // From here on it may be a call that the inspector has taken over, whose time counts as talk.
      agent.since = at;
      return;
    }
    default:
      event satisfies never;
  }
}

function pend(agent: Agent, pending: Pending | undefined, takesBack?: Pending['kind']): void {
  if (pending?.kind === 'busy') agent.preBusy = pending;
  else if (pending?.kind === 'rest') agent.preRest = pending;
  else if (pending === undefined) {
    if (takesBack !== 'rest') agent.preBusy = undefined;
    if (takesBack !== 'busy') agent.preRest = undefined;
  }
  agent.pending = agent.preRest ?? agent.preBusy ?? pending;
}

function endPreview(centre: Centre, agent: Agent): void {
  agent.preview = undefined;
  cancelTimer(centre.timers, previewTimer(agent.id));
}

function move(centre: Centre, agent: Agent, event: Extract<AgentEvent, { type: 'AgentMoved' }>, at: number): void {
  const from = agent.state;
  const { to } = event;
  if (event.cause !== 'signIn' && !LEADS_TO[from].includes(to)) throw new Error(`agent ${agent.id} cannot go from ${from} to ${to}`);
  countSpent(agent, at);
  if (agent.until !== undefined) cancelTimer(centre.timers, stateTimer(agent.id));
  if (from === 'preoccupied') endPreview(centre, agent);
  // Who signs in is idle from the first; the state before is that of nobody (6.1.1.25 lastState).
  if (event.cause !== 'signIn' || to !== from) {
    agent.before = from;
    agent.beforeMs = at - agent.since;
  }
  agent.state = to;
  agent.since = at;
  agent.reason = event.reason ?? 0;
  agent.until = event.until;
  if (event.until !== undefined) setTimer(centre.timers, stateTimer(agent.id), event.until);
  agent.forcedBy = event.by;
  countEntered(agent, from, to);
  if (event.cause === 'pending' || to === 'idle') pend(agent, undefined);
  recount(centre, agent, from, to);
  refresh(centre, agent);
}
