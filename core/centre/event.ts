import type { AgentState, InspectionMode, Pending, Profile } from '../agent/agent.ts';
import type { CallEvent, Personal } from '../call/event.ts';
import type { ConferenceEvent } from '../conference/event.ts';
import type { ImageEvent } from '../image/event.ts';
import type { PlaybackEvent } from '../playback/event.ts';
import type { RecordingEvent } from '../recording/event.ts';
import type { FlowRecordingEvent } from '../recording/flow-recording.ts';
import type { RecordsEvent } from '../records/event.ts';
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
  | 'preview' | 'inspect' | 'conference' | 'playback'
  /** The own phone was needed for one of these, and is not any more. */
  | 'phone';

export type AgentEvent =
  | { readonly type: 'AgentSignedIn'; readonly agent: number; readonly profile: Profile }
  | { readonly type: 'AgentSignedOut'; readonly agent: number; readonly cause: number; readonly session: string; readonly signedInAt: number; readonly by?: number }
  | { readonly type: 'AgentMoved'; readonly agent: number; readonly to: AgentState; readonly cause: MoveCause; readonly reason?: number; readonly until?: number; readonly by?: number }
  /** Without anything pending, `takesBack` says what is given up; all of it unless told. */
  | { readonly type: 'AgentPended'; readonly agent: number; readonly pending: Pending | undefined; readonly takesBack?: Pending['kind'] }
  | { readonly type: 'AgentAdjusted'; readonly agent: number; readonly change: Partial<Pick<Profile, 'autoAnswer' | 'autoEnterIdle' | 'phone' | 'phoneLinkage' | 'phoneLinked' | 'mustChangePassword'>> }
  | { readonly type: 'AgentSkillsChosen'; readonly agent: number; readonly queues: readonly number[] | undefined; readonly by?: number }
  /** 6.1.1.22. */
  | { readonly type: 'TalkRightSet'; readonly agent: number; readonly on: boolean }
  /** 6.1.5.2. */
  | { readonly type: 'CapacitySet'; readonly agent: number; readonly media: number; readonly sessions: number }
  /** The phone is down; from now on the wrap-up lasts no longer than the queue allows. */
  | { readonly type: 'WrapUpLimited'; readonly agent: number; readonly until: number }
  | { readonly type: 'RestOverran'; readonly agent: number }
  /** What the preoccupied agent is shown (6.5.1.3): the numbers, separated by commas, are personal. */
  | { readonly type: 'PreviewBegan'; readonly agent: number; readonly control: string; readonly until: number; readonly queue?: number; readonly personal?: Personal }
  /** Called, taken back by the campaign or its time over, or the agent gone. */
  | { readonly type: 'PreviewEnded'; readonly agent: number; readonly control: string; readonly why: 'called' | 'released' | 'signedOut'; readonly call?: string }
  | { readonly type: 'CustomStateSet'; readonly agent: number; readonly state: number }
  /** 6.1.1.4: to those who are signed in; the text is personal. */
  | { readonly type: 'NoteSent'; readonly agent: number; readonly to: readonly number[]; readonly personal?: Personal }
  | { readonly type: 'GuidRenewed'; readonly agent: number }
  /** 13.1.1.7 and 13.1.1.8: nothing at the agent's desk records a screen, so neither begins nor ends. */
  | { readonly type: 'ScreenNotRecorded'; readonly agent: number; readonly asked: 'start' | 'stop' }
  /** 12.1: the inspector's phone is rung; it is up, from now on there is sound; how it sounds changed; it is over. */
  | { readonly type: 'InspectionAsked'; readonly agent: number; readonly target: number; readonly how: InspectionMode }
  | { readonly type: 'InspectionBegan'; readonly agent: number; readonly target: number; readonly how: InspectionMode }
  | { readonly type: 'InspectionSwitched'; readonly agent: number; readonly target: number; readonly how: InspectionMode }
  | { readonly type: 'InspectionEnded'; readonly agent: number; readonly target: number; readonly how: InspectionMode; readonly why: InspectionEnd };

/** Who or what ended an inspection: the inspector, the agent's release, either one's sign-out, the inspector's phone, the interception, or that it is allowed no more. */
export type InspectionEnd = 'stopped' | 'released' | 'signedOut' | 'targetSignedOut' | 'phone' | 'intercepted' | 'forbidden';

export type CentreEvent =
  | { readonly type: 'Configured'; readonly change: ConfigChange }
  /** A timer was due and nothing came of it. */
  | { readonly type: 'TimerPassed'; readonly key: string }
  /** A call names a subject of an erasure: it is emptied when it is over. */
  | { readonly type: 'ErasureAwaited'; readonly call: string }
  | { readonly type: 'Erased'; readonly call: string };

export type Event = CentreEvent | AgentEvent | CallEvent | ConferenceEvent | RecordingEvent | FlowRecordingEvent | PlaybackEvent | ImageEvent | RecordsEvent;

/** An event as it is kept: when it happened beside what happened. */
export interface Happened {
  readonly at: number;
  readonly event: Event;
}
