import { afterCall } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import type { Destination } from '../call/arrive.ts';
import { CAUSE, REASON, type Call } from '../call/call.ts';
import { offer } from '../call/offer.ts';
import { isQuiet, thirdFails } from '../call/third.ts';
import { isRefused, refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { enqueue } from '../queue/routing.ts';
import { hasRoom, mediaOf, takesChats } from './capacity.ts';
import { isChatQueue, sessionOf } from './chat.ts';

/** 6.1.5.3: to a skill queue, to an agent (counting for `queue` from then on), or where an access code leads. */
export type ChatTarget =
  | { readonly device: 'queue'; readonly queue: number }
  | { readonly device: 'agent'; readonly agent: number; readonly queue?: number }
  | { readonly device: 'accessCode'; readonly to: Destination };

export interface ChatTransfer {
  readonly call: string;
  readonly to: ChatTarget;
  /** 0 and 2 of 6.1.5.3: the agent is out at once, or when somebody has taken the session. */
  readonly mode: 'blind' | 'afterSuccess';
  readonly data?: string;
}

/** 6.1.5.3: what the next agent should know. */
export const MAX_TRANSFER_BYTES = 2048;
const utf8 = new TextEncoder();

type Target = Exclude<ChatTarget, { device: 'accessCode' }>;

export function transferChat(step: Step, agent: Agent, { call: callId, to, mode, data = '' }: ChatTransfer): Refused | undefined {
  const call = sessionOf(step.centre, agent, callId);
  if (isRefused(call)) return call;
  if (utf8.encode(data).length > MAX_TRANSFER_BYTES) return refused('tooLarge', 'calldata');
  if (!isQuiet(call)) return refused('wrongState', 'the session is being transferred already');
  const target = to.device === 'accessCode' ? (to.to.kind === 'queue' ? { device: 'queue' as const, queue: to.to.queue } : undefined) : to;
  if (target === undefined) return refused('badNumber', 'the access code leads to no skill queue');
  const colleague = target.device === 'agent' ? step.centre.agents.get(target.agent) : undefined;
  const isFree = colleague !== undefined && takesChats(colleague) && hasRoom(colleague, mediaOf(call));
  const obstacle = checkTarget(step, agent, target);
  if (obstacle !== undefined) return obstacle;
  // The customer would be lost: blindly means that nobody takes the session back.
  if (mode === 'blind' && target.device === 'agent' && !isFree) return refused('busy', String(target.agent));
  if (data !== '') step.emit({ type: 'CallDataSet', call: call.id, personal: { data } });
  if (mode === 'blind') {
    step.emit({ type: 'AgentLeft', call: call.id, agent: agent.id, why: 'transferred', leave: REASON.transferred });
    send(step, call, target);
    afterCall(step, agent);
    return undefined;
  }
  const no = String(target.device === 'queue' ? target.queue : target.agent);
  step.emit({ type: 'ThirdSought', call: call.id, agent: agent.id, purpose: 'afterSuccess', to: { device: target.device, no }, hold: false });
  if (target.device === 'agent' && !isFree) thirdFails(step, call, CAUSE.busy);
  else send(step, call, target);
  return undefined;
}

function checkTarget(step: Step, agent: Agent, to: Target): Refused | undefined {
  if (to.queue !== undefined && !isChatQueue(step, to.queue)) return refused('unknownQueue', String(to.queue));
  if (to.device === 'queue') return undefined;
  if (to.agent === agent.id) return refused('self', String(to.agent));
  if (!step.centre.config.agents.has(to.agent)) return refused('unknownAgent', String(to.agent));
  return step.centre.agents.has(to.agent) ? undefined : refused('offline', String(to.agent));
}

function send(step: Step, call: Call, to: Target): void {
  const enter = REASON.transferred;
  if (to.device === 'queue') {
    enqueue(step, call, to.queue, { enter });
    return;
  }
  const colleague = step.centre.agents.get(to.agent);
  // Where nobody watches over it and the agent does not answer, it goes back to a queue rather than be lost.
  const queue = to.queue ?? call.queue;
  if (colleague !== undefined) offer(step, call, colleague, { how: 'transfer', enter, ...(queue === undefined ? {} : { queue }) });
}
