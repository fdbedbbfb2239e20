import { afterCall } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import { isRefused, refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { REASON } from './call.ts';
import { permitted } from './dial.ts';
import { heldAndCurrent, moveAll, passCall } from './three-party.ts';

/** 6.3.8: bit 4 allows a held call to be connected. */
const MAY_CONNECT = 4;

/** 6.1.2.9: those whom the agent talks to are connected with those who are held, and the agent is out. The customer's call goes on. */
export function connectHold(step: Step, agent: Agent, heldId: string): Refused | undefined {
  const calls = heldAndCurrent(step, agent, heldId);
  if (isRefused(calls)) return calls;
  if (!permitted(step, agent, MAY_CONNECT)) return refused('noPermission', 'connecting calls');
  const { into, from } = calls;
  step.emit({ type: 'AgentLeft', call: from.id, agent: agent.id, why: 'merged', leave: REASON.connectHold });
  moveAll(step, from, into, { reason: REASON.connectHold });
  step.emit({ type: 'AgentLeft', call: into.id, agent: agent.id, why: 'transferred', leave: REASON.connectHold });
  passCall(step, into);
  afterCall(step, agent);
  return undefined;
}
