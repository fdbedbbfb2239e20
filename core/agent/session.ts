import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { endOffer, reroute } from '../call/offer.ts';
import { agentLeaves, endIfLonely, hangUp } from '../call/release.ts';
import { CAUSE, partOf, REASON } from '../call/call.ts';
import { toIdle } from './after-call.ts';
import { ENGAGED, type Agent, type Profile } from './agent.ts';

export interface SignIn {
  readonly agent: number;
  readonly profile: Profile;
  /** State after the sign-in (6.1.1.1): busy, idle or wrap-up. */
  readonly state: 'busy' | 'idle' | 'wrapUp';
  /** 6.1.1.2: an older session ends. */
  readonly force: boolean;
}

/** Sign-out causes (12.3.8.12); 1 to 255 are given by clients. */
export const SIGN_OUT = { requested: 0, disconnected: 256, forced: 257, replaced: 258, removed: 259 } as const;

/** 6.1.1.1, 6.1.1.2 and 6.1.1.23. Events in order: in service, ready, and the state that was asked for. */
export function signIn(step: Step, { agent: id, profile, state, force }: SignIn): Refused | undefined {
  const { centre } = step;
  if (!centre.config.agents.has(id)) return refused('unknownAgent', String(id));
  const present = centre.agents.get(id);
  if (present !== undefined && !force) return refused('alreadySignedIn', String(id));
  if (present === undefined && centre.config.limits.signedIn !== undefined && centre.agents.size >= centre.config.limits.signedIn) return refused('limit', 'agents signed in');
  if (present !== undefined) signOut(step, present, SIGN_OUT.replaced);
  step.emit({ type: 'AgentSignedIn', agent: id, profile });
  const agent = centre.agents.get(id);
  if (agent === undefined) return undefined;
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

/** Ends a session in whatever state: offers go back, calls go on without the agent or end, the phone is hung up. */
export function signOut(step: Step, agent: Agent, cause: number): void {
  const { centre } = step;
  const { leg } = agent;
  const calls = [...agent.held, ...agent.chats, ...(agent.call === undefined ? [] : [agent.call])];
  step.emit({ type: 'AgentSignedOut', agent: agent.id, cause, session: agent.profile.session, signedInAt: agent.signedInAt });
  for (const id of calls) {
    const call = centre.calls.get(id);
    if (call === undefined) continue;
    if (call.offer?.agent === agent.id) {
      const { queue } = call.offer;
      endOffer(step, call, 'phone');
      reroute(step, call, queue, 'phone');
      continue;
    }
    const part = partOf(call, agent.id);
    if (part !== undefined) agentLeaves(step, call, part, 'signedOut', REASON.agentReleased);
    endIfLonely(step, call, CAUSE.normal);
  }
  hangUp(step, leg, CAUSE.normal);
}
