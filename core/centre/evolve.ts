import { evolveAgent, refreshSkills } from '../agent/evolve.ts';
import { evolveCall } from '../call/evolve.ts';
import { applyConfig } from './config.ts';
import type { AgentEvent, Event } from './event.ts';
import type { Centre } from './state.ts';
import { cancelTimer } from './timers.ts';

/** Puts an event in force. It decides nothing and refuses nothing: what happened, happened. */
export function evolve(centre: Centre, event: Event, at: number): void {
  if (event.type === 'Configured') {
    applyConfig(centre.config, event.change);
    refreshSkills(centre, event.change.agents ?? []);
  } else if (event.type === 'TimerPassed') cancelTimer(centre.timers, event.key);
  else if (isAgentEvent(event)) evolveAgent(centre, event, at);
  else evolveCall(centre, event, at);
}

const AGENT_EVENTS: ReadonlySet<string> = new Set<AgentEvent['type']>([
  'AgentSignedIn', 'AgentSignedOut', 'AgentMoved', 'AgentPended', 'AgentAdjusted', 'AgentSkillsChosen', 'TalkRightSet', 'CapacitySet', 'WrapUpLimited', 'RestOverran', 'PreviewBegan', 'PreviewEnded', 'CustomStateSet', 'GuidRenewed',
  'NoteSent', 'InspectionAsked', 'InspectionBegan', 'InspectionSwitched', 'InspectionEnded',
]);

const isAgentEvent = (event: Event): event is AgentEvent => AGENT_EVENTS.has(event.type);
