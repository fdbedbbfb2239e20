import type { Event } from '../centre/event.ts';
import type { Centre } from '../centre/state.ts';

/** What licences count (12.3.6.8): agents at work and those of them with video, calls that flows carry on, calls by voice, and calls and text sessions that came from web pages. */
export const MEASURED = ['agents', 'videoAgents', 'ivrCalls', 'voiceCalls', 'webCalls'] as const;
export type Measured = (typeof MEASURED)[number];
export type Counts = Readonly<Record<Measured, number>>;

/** What is in use of one contact centre, followed event by event: to count it all anew with each call would cost as much as there is. */
export interface InUse {
  readonly agents: Map<number, boolean>;
  readonly calls: Map<string, CallUse>;
  readonly counts: Record<Measured, number>;
}

interface CallUse {
  readonly isVoice: boolean;
  readonly isWeb: boolean;
  isInFlow: boolean;
}

/** 6.1.1.1 agenttype. */
const VIDEO = 11;

export const noCounts = (): Record<Measured, number> => ({ agents: 0, videoAgents: 0, ivrCalls: 0, voiceCalls: 0, webCalls: 0 });

function putAgent({ agents, counts }: InUse, id: number, hasVideo: boolean): void {
  if (agents.has(id)) return;
  agents.set(id, hasVideo);
  counts.agents += 1;
  if (hasVideo) counts.videoAgents += 1;
}

function takeAgent({ agents, counts }: InUse, id: number): void {
  const hasVideo = agents.get(id);
  if (hasVideo === undefined) return;
  agents.delete(id);
  counts.agents -= 1;
  if (hasVideo) counts.videoAgents -= 1;
}

/** `by` is 1 as the call comes, and -1 as it goes. */
function countCall({ counts }: InUse, { isVoice, isWeb, isInFlow }: CallUse, by: 1 | -1): void {
  if (isVoice) counts.voiceCalls += by;
  if (isWeb) counts.webCalls += by;
  if (isInFlow) counts.ivrCalls += by;
}

function putCall(inUse: InUse, id: string, call: CallUse): void {
  if (inUse.calls.has(id)) return;
  inUse.calls.set(id, call);
  countCall(inUse, call, 1);
}

function takeCall(inUse: InUse, id: string): void {
  const call = inUse.calls.get(id);
  if (call === undefined) return;
  inUse.calls.delete(id);
  countCall(inUse, call, -1);
}

function enterFlow({ calls, counts }: InUse, id: string, isInFlow: boolean): void {
  const call = calls.get(id);
  if (call === undefined || call.isInFlow === isInFlow) return;
  call.isInFlow = isInFlow;
  counts.ivrCalls += isInFlow ? 1 : -1;
}

/** As it is at this moment. */
export function inUseOf({ agents, calls }: Pick<Centre, 'agents' | 'calls'>): InUse {
  const inUse: InUse = { agents: new Map(), calls: new Map(), counts: noCounts() };
  for (const { id, profile } of agents.values()) putAgent(inUse, id, profile.type === VIDEO);
  for (const { id, medium, unverified, flow } of calls.values()) putCall(inUse, id, useOf(medium, unverified, flow !== undefined));
  return inUse;
}

/** Who calls from a web page has given the number, which nobody has verified. */
const useOf = (medium: 'voice' | 'chat', unverified: boolean, isInFlow: boolean): CallUse => ({ isVoice: medium === 'voice', isWeb: medium === 'chat' || unverified, isInFlow });

type Follower<Type extends Event['type']> = (inUse: InUse, event: Extract<Event, { readonly type: Type }>) => void;

const FOLLOWERS: { readonly [Type in Event['type']]?: Follower<Type> } = {
  AgentSignedIn: (inUse, { agent, profile }) => { putAgent(inUse, agent, profile.type === VIDEO); },
  AgentSignedOut: (inUse, { agent }) => { takeAgent(inUse, agent); },
  CallBegan: (inUse, { call, medium, unverified = false }) => { putCall(inUse, call, useOf(medium, unverified, false)); },
  CallEnded: (inUse, { call }) => { takeCall(inUse, call); },
  FlowEntered: (inUse, { call }) => { enterFlow(inUse, call, true); },
  FlowLeft: (inUse, { call }) => { enterFlow(inUse, call, false); },
};

/** Whether anything that is counted changes by it. */
export const isFollowed = ({ type }: Event): boolean => FOLLOWERS[type] !== undefined;

export function follow(inUse: InUse, event: Event): void {
  (FOLLOWERS[event.type] as ((inUse: InUse, event: Event) => void) | undefined)?.(inUse, event);
}
