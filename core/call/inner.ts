import type { Agent } from '../agent/agent.ts';
import { isFree } from '../agent/readiness.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { MEDIA } from '../queue/treatment.ts';
import { agentsOf, CAUSE, FEATURE, REASON, type Call } from './call.ts';
import { beginCall, callerOf, checkDialling, MAY, type Dialling } from './dial.ts';
import { offer } from './offer.ts';
import { dissolve } from './release.ts';

/** 6.1.2.4: an agent calls an agent by the work number, through no queue. Access codes and queues cannot be called so. */
export function callInner(step: Step, agent: Agent, dialling: Dialling): string | Refused {
  if (agent.preview !== undefined) return refused('wrongState', agent.state);
  const obstacle = checkDialling(step, agent, dialling, MAY.callInside);
  if (obstacle !== undefined) return obstacle;
  const callee = Number(dialling.called);
  if (callee === agent.id) return refused('self', dialling.called);
  if (!step.centre.config.agents.has(callee)) return refused('unknownAgent', dialling.called);
  return beginCall(step, agent, { ...dialling, called: String(callee), caller: callerOf(step, agent, dialling) || String(agent.id) }, FEATURE.internal);
}

/** The caller's phone is up. Who is called must be free at this moment: there is no queue in which the call could wait. */
export function callColleague(step: Step, call: Call, agent: Agent): void {
  const callee = step.centre.agents.get(Number(call.called));
  if (callee === undefined) calleeFails(step, call, CAUSE.noAgent, REASON.noAgent);
  else if (callee.id === agent.id || !isFree(callee, MEDIA.voice)) calleeFails(step, call, CAUSE.busy, REASON.busy);
  else offer(step, call, callee, { how: 'internal' });
}

/** The call comes to nothing, and the caller is told (6.5.1.2.7). */
export function calleeFails(step: Step, call: Call, cause: number, leave: number = REASON.unanswered): void {
  for (const { agent } of agentsOf(call)) step.emit({ type: 'CallFailed', call: call.id, agent, whose: 'callee', cause });
  dissolve(step, call, cause, { leave });
}
