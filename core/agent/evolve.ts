import type { AgentConfig } from '../centre/config.ts';
import type { AgentEvent } from '../centre/event.ts';
import type { Centre } from '../centre/state.ts';
import { cancelTimer, setTimer } from '../centre/timers.ts';
import { newAgent, type Agent, type AgentState, type Counters } from './agent.ts';
import { join, leave, refresh, recount } from './readiness.ts';
import { LEADS_TO } from './transitions.ts';

/** Time spent in a state belongs to a counter (6.1.3.9). */
const SPENT: Partial<Record<AgentState, keyof Counters>> = {
  idle: 'idleMs', busy: 'busyMs', rest: 'restMs', wrapUp: 'wrapUpMs', talking: 'talkMs', ringing: 'ringMs', occupied: 'ringMs',
};

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
    centre.agents.set(agent.id, agent);
    chooseSkills(centre, agent);
    return;
  }
  const agent = known(centre, event.agent);
  switch (event.type) {
    case 'AgentSignedOut':
      leave(centre, agent);
      cancelTimer(centre.timers, stateTimer(agent.id));
      centre.agents.delete(agent.id);
      return;
    case 'AgentMoved':
      move(centre, agent, event, at);
      return;
    case 'AgentPended':
      agent.pending = event.pending;
      return;
    case 'AgentAdjusted':
      agent.profile = { ...agent.profile, ...event.change };
      return;
    case 'AgentSkillsChosen':
      agent.chosenQueues = event.queues;
      chooseSkills(centre, agent);
      return;
    case 'WrapUpLimited':
      agent.until = event.until;
      setTimer(centre.timers, stateTimer(agent.id), event.until);
      return;
    case 'RestOverran':
      agent.counters.restOverruns += 1;
      cancelTimer(centre.timers, stateTimer(agent.id));
      return;
    case 'CustomStateSet':
      agent.customState = event.state;
      return;
    case 'GuidRenewed':
      agent.guidGeneration += 1;
      return;
    default:
      event satisfies never;
  }
}

function move(centre: Centre, agent: Agent, event: Extract<AgentEvent, { type: 'AgentMoved' }>, at: number): void {
  const from = agent.state;
  const { to } = event;
  if (event.cause !== 'signIn' && !LEADS_TO[from].includes(to)) throw new Error(`agent ${agent.id} cannot go from ${from} to ${to}`);
  const spent = SPENT[from];
  if (spent !== undefined) agent.counters[spent] += at - agent.since;
  if (agent.until !== undefined) cancelTimer(centre.timers, stateTimer(agent.id));
  agent.before = from;
  agent.state = to;
  agent.since = at;
  agent.reason = event.reason ?? 0;
  agent.until = event.until;
  if (event.until !== undefined) setTimer(centre.timers, stateTimer(agent.id), event.until);
  if (to === 'rest') agent.counters.rests += 1;
  if (to === 'busy') agent.counters.busy += 1;
  if (event.cause === 'pending' || to === 'idle') agent.pending = undefined;
  recount(centre, agent, from, to);
  refresh(centre, agent);
}
