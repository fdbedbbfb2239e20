import type { Choice } from '@parley/core/call/event.ts';
import type { Event } from '@parley/core/centre/event.ts';
import type { Obstacle } from '@parley/core/explain/agent.ts';

const seconds = (ms: number): string => `${Math.max(0, Math.round(ms / 1000))} s`;

const DIVERTED = { noAgents: 'nobody was on duty', busy: 'it was full', timeOut: 'the call had waited for the longest time allowed', flow: 'the caller chose otherwise in the flow for those who wait' } as const;
const NOT_GOT = { unanswered: 'it was not answered in time', rejected: 'it was declined', phone: 'the phone could not be reached', withdrawn: 'it was taken back', pickedUp: 'a colleague picked it up' } as const;

const WORDS: { readonly [Of in Event['type']]?: (event: Extract<Event, { type: Of }>) => string } = {
  CallBegan: ({ medium, about, unverified }) => (about === undefined ? `A ${medium} call began${unverified === true ? ' from a web page, which has given the number of the caller: nobody has verified it' : ''}.` : `A consultation about the call ${about} began.`),
  CallQueued: ({ queue, returned }) => (returned === true ? `The call came back to the head of the queue ${queue}.` : `The call entered the queue ${queue}.`),
  CallDequeued: ({ queue, leave }) => `The call left the queue ${queue} (reason ${leave}).`,
  CallDiverted: ({ why }) => `The queue did not keep the call, as ${DIVERTED[why]}.`,
  FlowEntered: ({ flow }) => `The call entered the flow ${flow}.`,
  WaitFlowBegan: ({ flow, queue }) => `While waiting in the queue ${queue}, the caller heard the flow ${flow}.`,
  WaitFlowEnded: ({ why }) => (why === 'over' ? 'The flow for those who wait was through.' : 'The flow for those who wait was stopped.'),
  FlowLeft: ({ leave }) => `The call left the flow (reason ${leave}).`,
  CallOffered: ({ agent, how }) => `The call was offered to agent ${agent} (${how}).`,
  OfferRang: ({ agent }) => `The phone of agent ${agent} was up, and the call rang there.`,
  OfferEnded: ({ agent, why }) => `Agent ${agent} did not get the call: ${NOT_GOT[why]}.`,
  AgentJoined: ({ agent, how }) => `Agent ${agent} was in the call (${how}).`,
  AgentLeft: ({ agent, why, leave }) => `Agent ${agent} left the call: ${why} (reason ${leave}).`,
  CustomerConnected: () => 'The other side was connected.',
  CustomerLeft: ({ by, cause }) => `The other side left the call: ${by} (cause ${cause}).`,
  CallHeld: ({ agent }) => `Agent ${agent} held the call.`,
  CallRetrieved: ({ agent }) => `Agent ${agent} took the call back.`,
  CallMuted: ({ agent, on }) => (on ? `Agent ${agent} was muted.` : `Agent ${agent} could be heard again.`),
  RecordingBegan: ({ agent, automatic }) => `What agent ${agent} talked was recorded, ${automatic ? 'as all talks are' : 'as the agent wanted'}.`,
  RecordingEnded: ({ agent, why }) => `The recording of agent ${agent} was over: ${why}.`,
  FlowRecordingBegan: () => 'What the caller said to the flow was recorded.',
  FlowRecordingEnded: ({ why }) => `The recording of what the caller said was over: ${why}.`,
  ImageAsked: ({ agent }) => `Agent ${agent} asked for a picture of the customer.`,
  ImageCaptured: ({ outcome }) => `The picture of the customer: ${outcome}.`,
  CallEnded: ({ cause }) => `The call was over (cause ${cause}).`,
};

/** What happened, in words; undefined for what only machines need to know. */
export function wordsOf(event: Event): string | undefined {
  const words = WORDS[event.type] as ((event: Event) => string) | undefined;
  return words?.(event);
}

/** Why an agent got a call, of what was recorded when it was decided. */
export function choiceInWords(agent: number, { ready, weight, readySince, next, states }: Choice, at: number): string {
  const others = next.map((one) => `${one.agent} (weight ${one.weight}, ready for ${seconds(at - one.readySince)})`);
  const rest = Object.entries(states).filter(([state, count]) => state !== 'idle' && count > 0).map(([state, count]) => `${count} ${state}`);
  return [
    `Agent ${agent} was chosen out of ${ready} ready agent${ready === 1 ? '' : 's'}: weight ${weight}, ready for ${seconds(at - readySince)}.`,
    ...(others.length > 0 ? [`Next would have been ${others.join(', then ')}.`] : []),
    ...(rest.length > 0 ? [`Not ready: ${rest.join(', ')}.`] : []),
  ].join(' ');
}

export function obstacleInWords(obstacle: Obstacle, now: number): string {
  switch (obstacle.why) {
    case 'notConfigured': return 'There is no such agent in this tenant.';
    case 'notSignedIn': return 'The agent is not signed in.';
    case 'noSkills': return 'The agent is signed in without any skill queue.';
    case 'noPhone': return 'The agent signed in without a phone (6.1.1.23).';
    case 'takesNoCalls': return 'The agent has set itself to take no inbound calls (6.1.1.22).';
    case 'chatting': return 'The agent is in a text chat.';
    case 'state': return `The agent has been ${obstacle.state} for ${seconds(now - obstacle.since)}${obstacle.reason === 0 ? '' : ` (reason ${obstacle.reason})`}.`;
    case 'skillsLeftOut': return `The agent chose to leave these queues out: ${obstacle.queues.join(', ')}.`;
    default: return obstacle satisfies never;
  }
}
