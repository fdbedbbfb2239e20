import type { Agent } from '../agent/agent.ts';
import { bytesOf, CAUSE, customersOf, FEATURE, MAX_DATA_BYTES, partOf, REASON, type Call } from '../call/call.ts';
import { dissolve, endIfLonely } from '../call/release.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Centre } from '../centre/state.ts';
import { callOf, nextCallId, type Step } from '../centre/step.ts';
import { enqueue } from '../queue/routing.ts';
import { CHAT_MEDIA, MULTIMEDIA } from './capacity.ts';

/** A customer writes by some channel (chapter 11). What is written passes the core by: it is personal, and no decision needs it. */
export interface ChatArrival {
  readonly queue: number;
  readonly channel: string;
  /** The kind of session, a media type of 6.1.5.2. */
  readonly media: number;
  /** Who writes, as the channel knows the customer. */
  readonly user: string;
  readonly called?: string;
  readonly data?: string;
}

/** Whether sessions wait in this skill queue (5.2.1). */
export const isChatQueue = ({ centre }: Step, queue: number): boolean => centre.config.queues.get(queue)?.media === MULTIMEDIA;

/** A session begins; answers its id. */
export function arriveChat(step: Step, { queue, channel, media, user, called = '', data = '' }: ChatArrival): string | Refused {
  if (!isChatQueue(step, queue)) return refused('unknownQueue', String(queue));
  if (!CHAT_MEDIA.has(media)) return refused('badMode', String(media));
  if (bytesOf(data) > MAX_DATA_BYTES) return refused('tooLarge', 'data');
  const call = nextCallId(step);
  step.emit({ type: 'CallBegan', call, medium: 'chat', feature: FEATURE.inbound, chat: { channel, media }, personal: { caller: user, called, data } });
  step.emit({ type: 'CustomerJoined', call, leg: undefined, connected: true, personal: { number: user } });
  enqueue(step, callOf(step, call), queue);
  return call;
}

/** The customer has gone. */
export function leaveChat(step: Step, callId: string): Refused | undefined {
  const call = step.centre.calls.get(callId);
  if (call?.medium !== 'chat') return refused('unknownCall', callId);
  const [customer] = customersOf(call);
  if (customer === undefined) return refused('unknownCall', callId);
  const wasServed = call.parts.length > 1;
  const cause = wasServed ? CAUSE.normal : CAUSE.gaveUp;
  step.emit({ type: 'CustomerLeft', call: call.id, leg: undefined, by: 'customer', cause, personal: { number: customer.number } });
  endIfLonely(step, call, cause);
  return undefined;
}

/** The agent of a session has signed out: it goes back to the head of its queue, where the customer waits for the next one. */
export function requeue(step: Step, call: Call): void {
  if (call.queue === undefined) dissolve(step, call, CAUSE.noAgent);
  else enqueue(step, call, call.queue, { returned: true, enter: REASON.agentReleased });
}

/** 6.5.1.9.1: what the customer writes is shown to the agent of the session, in its order among what happens; it is kept by the channel. */
export function customerWrites(step: Step, call: string, text: string): Refused | undefined {
  if (step.centre.calls.get(call)?.medium !== 'chat') return refused('unknownCall', call);
  if (readersOf(step.centre, call).length === 0) return refused('wrongState', 'no agent has taken the session yet');
  step.show({ type: 'CustomerWrote', call, text });
  return undefined;
}

/** 6.1.5.1: an agent writes in its own sessions alone; answers the session. */
export function sessionOf(centre: Centre, agent: Agent | undefined, callId: string): Call | Refused {
  const call = centre.calls.get(callId);
  if (agent === undefined) return refused('notSignedIn');
  if (call?.medium !== 'chat' || partOf(call, agent.id) === undefined) return refused('notYours', callId);
  return call;
}

/** Who is to read what the customer writes (6.5.1.9.1). */
export function readersOf(centre: Centre, callId: string): readonly number[] {
  const call = centre.calls.get(callId);
  return call?.medium !== 'chat' ? [] : call.parts.flatMap((part) => (part.kind === 'agent' ? [part.agent] : []));
}
