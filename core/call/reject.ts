import type { Agent } from '../agent/agent.ts';
import { isRefused, refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { CAUSE, REASON } from './call.ts';
import { calleeFails } from './inner.ts';
import { endOffer, failOffer, ringingAt } from './offer.ts';
import { dissolve } from './release.ts';
import { thirdFails } from './third.ts';

/** 6.1.2.22: 1 the call goes back to its queue and the agent is busy, 2 the call is released and the agent idle. */
export type RejectMode = 1 | 2;

export interface Rejection {
  readonly call?: string;
  readonly mode: RejectMode;
}

/** 6.1.2.22: at the phone or in the software, wherever the call rings. */
export function reject(step: Step, agent: Agent, { call: callId, mode }: Rejection): Refused | undefined {
  const call = ringingAt(step, agent, callId);
  if (isRefused(call)) return agent.profile.phone === '' ? refused('phoneUnavailable') : call;
  if (mode === 1) {
    failOffer(step, call, 'rejected');
    return undefined;
  }
  const isInternal = call.offer?.how === 'internal';
  endOffer(step, call, 'rejected', { kind: 'idle' });
  if (isInternal) calleeFails(step, call, CAUSE.agentRejected, REASON.agentRejected);
  else if (!thirdFails(step, call, CAUSE.agentRejected)) dissolve(step, call, CAUSE.agentRejected, { leave: REASON.agentRejected });
  return undefined;
}
