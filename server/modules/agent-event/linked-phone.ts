import type { Agent } from '@parley/core/agent/agent.ts';
import { notice, type Notice } from './notice.ts';

/** 6.5.1.12.2, as far as a switch sees it: whether the phone is there at all, it does not. */
const STATUS = { offHook: 0, onHook: 1, talking: 2, ringing: 5 } as const;

const NOTHING: readonly Notice[] = [];

/** What goes on at a linked phone; of others nobody is told. */
export function phoneStatus(agent: Agent | undefined, status: keyof typeof STATUS): readonly Notice[] {
  if (agent?.profile.phoneLinked !== true || !agent.profile.phoneLinkage) return NOTHING;
  return [notice(agent.id, 'AgentEvent_linkagePhoneStatus', { result: STATUS[status] })];
}
