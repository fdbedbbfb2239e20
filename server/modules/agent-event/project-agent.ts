import { isInspector } from '@parley/core/agent/calls.ts';
import type { Profile } from '@parley/core/agent/agent.ts';
import type { Event } from '@parley/core/centre/event.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { phoneStatus } from './linked-phone.ts';
import { notice, type Notice } from './notice.ts';
import type { NoticesOf } from './project.ts';

type Moved = Extract<Event, { type: 'AgentMoved' }>;

const NOTHING: readonly Notice[] = [];

/** Leaving busy, rest or wrap-up because the agent (or an inspector) asked for it has an event of its own (6.5.1.1). */
function endOf(agent: number, before: string): readonly Notice[] {
  if (before === 'busy') return [notice(agent, 'AgentState_CancelNotReady_Success', null)];
  if (before === 'rest') return [notice(agent, 'AgentState_CancelRest_Success', null)];
  if (before === 'wrapUp') return [notice(agent, 'AgentState_CancelWork_Success', null)];
  return [notice(agent, 'AgentState_Ready', null)];
}

/** 6.5.1.1: which event a change of state is depends on why it came about. */
function moved(event: Moved, centre: Centre): readonly Notice[] {
  const { agent, to, cause, reason = 0 } = event;
  const asked = cause === 'request' || cause === 'forced';
  switch (to) {
    case 'idle':
      return asked ? endOf(agent, centre.agents.get(agent)?.before ?? 'idle') : [notice(agent, 'AgentState_Ready', null)];
    case 'busy':
      return [notice(agent, 'AgentState_SetNotReady_Success', { reason: String(reason) })];
    case 'rest':
      return [notice(agent, 'AgentState_SetRest_Success', { reason: String(reason) })];
    case 'wrapUp':
      return [notice(agent, asked ? 'AgentState_SetWork_Success' : 'AgentState_Work', null)];
    case 'occupied':
      return [notice(agent, 'AgentState_Busy', null)];
    case 'preoccupied':
      return [notice(agent, 'AgentEvent_Agent_Occupied', null)];
    case 'talking':
      return phoneStatus(centre.agents.get(agent), 'talking');
    // A dialling agent becomes busy when the phone is off the hook (6.1.2.1): project-call.ts.
    case 'dialling':
    case 'ringing':
    case 'study':
      return NOTHING;
    default:
      return to satisfies never;
  }
}

/** Inspectors who asked for it at sign-in hear of agents who sign in and out (6.5.1.6.1). */
function toInspectors(centre: Centre, agent: number, subtype: 'QC_AgentState_Login' | 'QC_AgentState_Logout'): readonly Notice[] {
  const notices: Notice[] = [];
  for (const { id, profile } of centre.agents.values()) {
    if (profile.listensToSessions && id !== agent && isInspector(centre, id)) {
      notices.push(notice(id, 'QC_AgentState_Notify', { subtype, monitoredagent: String(agent), agentname: String(agent), mediaserver: 'CtiServer' }));
    }
  }
  return notices;
}

/** 6.5.1.12.1: whether the phone can be controlled, which most cannot. */
const linkage = (agent: number, profile: Partial<Profile>): readonly Notice[] =>
  (profile.phoneLinkage === true ? [notice(agent, 'AgentEvent_linkageCapability', { result: profile.phoneLinked === true ? 0 : 1 })] : NOTHING);

export const AGENT_NOTICES: NoticesOf = {
  AgentSignedIn: ({ agent, profile }, centre) => [
    notice(agent, 'AgentOther_InService', null),
    ...linkage(agent, profile),
    ...toInspectors(centre, agent, 'QC_AgentState_Login'),
  ],
  AgentSignedOut: ({ agent, signedInAt }, centre) => [
    notice(agent, 'AgentOther_ShutdownService', { loginTime: String(signedInAt) }), ...toInspectors(centre, agent, 'QC_AgentState_Logout'),
  ],
  AgentAdjusted: ({ agent, change }) => linkage(agent, change),
  AgentMoved: moved,
  RestOverran: ({ agent }) => [notice(agent, 'AgentState_Rest_Timeout', null)],
};
