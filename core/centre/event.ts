import type { AgentState, Pending, Profile } from '../agent/agent.ts';
import type { CallEvent } from '../call/event.ts';
import type { ConfigChange } from './config.ts';

/** Why an agent's state changed: what the agent is told depends on it (6.5.1). */
export type MoveCause =
  | 'signIn'
  /** Asked for by the agent: sayfree, saybusy, rest, work and their counterparts. */
  | 'request'
  /** Asked for earlier, in force now that the call is over. */
  | 'pending'
  /** By an inspector (12.1). */
  | 'forced'
  /** A call is offered or made, is answered, or is over. */
  | 'offered' | 'dial' | 'alerted' | 'connected' | 'released'
  /** The agent did not answer, or rejected. */
  | 'unanswered' | 'rejected'
  /** Wrap-up time is over. */
  | 'timer'
  | 'preview' | 'inspect' | 'conference';

export type AgentEvent =
  | { readonly type: 'AgentSignedIn'; readonly agent: number; readonly profile: Profile }
  | { readonly type: 'AgentSignedOut'; readonly agent: number; readonly cause: number; readonly session: string; readonly signedInAt: number }
  | { readonly type: 'AgentMoved'; readonly agent: number; readonly to: AgentState; readonly cause: MoveCause; readonly reason?: number; readonly until?: number; readonly by?: number }
  | { readonly type: 'AgentPended'; readonly agent: number; readonly pending: Pending | undefined }
  | { readonly type: 'AgentAdjusted'; readonly agent: number; readonly change: Partial<Pick<Profile, 'autoAnswer' | 'autoEnterIdle' | 'phone' | 'phoneLinkage' | 'mustChangePassword'>> }
  | { readonly type: 'AgentSkillsChosen'; readonly agent: number; readonly queues: readonly number[] | undefined }
  /** The phone is down; from now on the wrap-up lasts no longer than the queue allows. */
  | { readonly type: 'WrapUpLimited'; readonly agent: number; readonly until: number }
  | { readonly type: 'RestOverran'; readonly agent: number }
  | { readonly type: 'CustomStateSet'; readonly agent: number; readonly state: number }
  | { readonly type: 'GuidRenewed'; readonly agent: number };

export type CentreEvent =
  | { readonly type: 'Configured'; readonly change: ConfigChange }
  /** A timer was due and nothing came of it. */
  | { readonly type: 'TimerPassed'; readonly key: string };

export type Event = CentreEvent | AgentEvent | CallEvent;

/** An event as it is kept: when it happened beside what happened. */
export interface Happened {
  readonly at: number;
  readonly event: Event;
}
