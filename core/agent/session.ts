import { refused, type Refused } from '../centre/refused.ts';
import { agentOf, callOf, type Step } from '../centre/step.ts';
import { CAUSE, partOf, REASON, type Call, type Offer } from '../call/call.ts';
import { reroute } from '../call/offer.ts';
import { endIfLonely, hangUp } from '../call/release.ts';
import { requeue } from '../chat/chat.ts';
import { agentGoes } from '../conference/phone.ts';
import { endInspections } from '../inspection/end.ts';
import { endPlayback } from '../playback/end.ts';
import { stopRecordingsOf } from '../recording/keep.ts';
import { overflow } from '../queue/own.ts';
import { toIdle } from './after-call.ts';
import { ENGAGED, type Agent, type Profile } from './agent.ts';
import { isInspector } from './calls.ts';

export interface SignIn {
  readonly agent: number;
  readonly profile: Profile;
  /** State after the sign-in (6.1.1.1): busy, idle or wrap-up. */
  readonly state: 'busy' | 'idle' | 'wrapUp';
  /** 6.1.1.2: an older session ends. */
  readonly force: boolean;
  /** 6.1.2.26: whoever asks is not the agent, who must not lose a call by it. */
  readonly unlessEngaged?: boolean;
}

/** Sign-out causes (12.3.8.12); 1 to 255 are given by clients. Of an account that is removed there is none: an inspector's is nearest. */
export const SIGN_OUT = { disconnected: 256, forced: 257, requested: 258, timedOut: 263, replaced: 264, removed: 257 } as const;

/** 6.1.2.26: a mobile agent has no program that could answer, change states or write. 6.3.8: who is told of others needs a right to it. */
function inForce(step: Step, id: number, profile: Profile): Profile {
  const listensToSessions = profile.listensToSessions && isInspector(step.centre, id);
  return { ...profile, listensToSessions, ...(profile.mobile ? { autoAnswer: true, autoEnterIdle: true, releasePhone: true, webm: false } : {}) };
}

/** 6.1.1.23: who is signed in for calls alone does not count. */
function isFull({ centre }: Step): boolean {
  const { signedIn } = centre.config.limits;
  if (signedIn === undefined || centre.agents.size < signedIn) return false;
  let counted = 0;
  for (const { profile } of centre.agents.values()) if (!profile.ctiOnly) counted += 1;
  return counted >= signedIn;
}

/** A phone is one agent's at a time, or calls of the one would ring beside the other. */
function holderOf({ centre }: Step, id: number, phone: string): number | undefined {
  if (phone === '') return undefined;
  for (const other of centre.agents.values()) if (other.id !== id && other.profile.phone === phone) return other.id;
  return undefined;
}

/** 6.1.1.1, 6.1.1.2, 6.1.1.23 and 6.1.2.26. Events in order: in service, ready, and the state that was asked for. */
export function signIn(step: Step, { agent: id, profile, state, force, unlessEngaged = false }: SignIn): Refused | undefined {
  const { centre } = step;
  if (!centre.config.agents.has(id)) return refused('unknownAgent', String(id));
  const present = centre.agents.get(id);
  if (present !== undefined && !force) return refused('alreadySignedIn', String(id));
  if (present !== undefined && unlessEngaged && ENGAGED.has(present.state)) return refused('wrongState', present.state);
  const takesPlace = !profile.ctiOnly && (present === undefined || present.profile.ctiOnly);
  const holder = holderOf(step, id, profile.phone);
  if (holder !== undefined) return refused('phoneUnavailable', `agent ${holder} has it`);
  if (takesPlace && isFull(step)) return refused('limit', String(centre.config.limits.signedIn));
  if (present !== undefined) signOut(step, present, SIGN_OUT.replaced);
  step.emit({ type: 'AgentSignedIn', agent: id, profile: inForce(step, id, profile) });
  const agent = agentOf(step, id);
  if (state === 'idle') toIdle(step, agent, 'signIn');
  else {
    // 6.1.1.1: a client sees the agent become ready first, also where another state was asked for.
    step.emit({ type: 'AgentMoved', agent: id, to: 'idle', cause: 'signIn' });
    step.emit({ type: 'AgentMoved', agent: id, to: state, cause: 'signIn' });
  }
  return undefined;
}

/** 6.1.1.18: not out of a call; 6.1.1.19 and 12.1 end whatever goes on. */
export function leaveService(step: Step, agent: Agent): Refused | undefined {
  if (ENGAGED.has(agent.state)) return refused('wrongState', agent.state);
  signOut(step, agent, SIGN_OUT.requested);
  return undefined;
}

/**
 * Ends a session in whatever state. The agent leaves everything first, so that the sign-out is the last that the session
 * hears of (6.5.1.8.2); then what was left goes on without the agent: offers and text sessions in their queues, calls among
 * those who are left, where there are enough. The phone is hung up.
 */
export function signOut(step: Step, agent: Agent, cause: number, by?: number): void {
  const { centre } = step;
  const { id, leg, conference, profile, signedInAt } = agent;
  endInspections(step, agent);
  endPlayback(step, agent, 'signedOut');
  stopRecordingsOf(step, agent);
  const offered: { readonly call: Call; readonly offer: Offer }[] = [];
  const left: Call[] = [];
  for (const name of [...agent.held, ...agent.chats, ...agent.chatOffers, ...(agent.call === undefined ? [] : [agent.call])]) {
    const call = callOf(step, name);
    if (call.offer?.agent === id) {
      offered.push({ call, offer: call.offer });
      step.emit({ type: 'OfferEnded', call: name, agent: id, why: 'phone', leave: REASON.noAnswer });
    } else if (partOf(call, id) !== undefined) {
      left.push(call);
      step.emit({ type: 'AgentLeft', call: name, agent: id, why: 'signedOut', leave: REASON.agentReleased });
    }
  }
  agentGoes(step, conference, id, 'signedOut');
  if (agent.preview !== undefined) step.emit({ type: 'PreviewEnded', agent: id, control: agent.preview.control, why: 'signedOut' });
  step.emit({ type: 'AgentSignedOut', agent: id, cause, session: profile.session, signedInAt, ...(by === undefined ? {} : { by }) });
  for (const call of agent.ownQueue.slice()) overflow(step, callOf(step, call), REASON.noAgent);
  for (const { call, offer } of offered) reroute(step, call, offer, 'phone');
  for (const call of left) {
    if (!centre.calls.has(call.id)) continue;
    // Whom the agent was transferring it to has the session still to come (6.1.5.3).
    if (call.medium === 'chat' && call.third === undefined) requeue(step, call);
    else endIfLonely(step, call, CAUSE.released);
  }
  hangUp(step, leg, CAUSE.released);
}
