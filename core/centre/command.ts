import type { InspectionMode } from '../agent/agent.ts';
import type { Note } from '../agent/note.ts';
import type { StateAsked } from '../agent/requests.ts';
import type { SignIn } from '../agent/session.ts';
import type { Adjustment } from '../agent/settings.ts';
import type { Arrival } from '../call/arrive.ts';
import type { Helping } from '../call/consult.ts';
import type { CallDataGiven } from '../call/data.ts';
import type { Dialling } from '../call/dial.ts';
import type { FlowOutcome } from '../call/ivr.ts';
import type { LegReport } from '../call/leg.ts';
import type { Previewing } from '../call/preview.ts';
import type { Rejection } from '../call/reject.ts';
import type { CallRequested } from '../call/request.ts';
import type { Transferring } from '../call/transfer.ts';
import type { Media, PictureCodec } from '../call/video.ts';
import type { ChatArrival } from '../chat/chat.ts';
import type { ChatTransfer } from '../chat/transfer.ts';
import type { ConferenceAsked } from '../conference/command.ts';
import type { ImageOutcome } from '../image/event.ts';
import type { Forced } from '../inspection/force.ts';
import type { PlaybackAsked, PlaybackChange } from '../playback/play.ts';
import type { FlowRecorded, FlowRecording } from '../recording/flow-recording.ts';
import type { Recorded, RecordingAsked } from '../recording/record.ts';
import type { VoiceLeg } from '../voice/order.ts';
import type { ConfigChange } from './config.ts';

/** A command of an agent; whoever sends it has checked that the agent's own session asks. */
type ByAgent<Kind extends string, Fields = unknown> = { readonly kind: Kind; readonly agent: number } & Fields;

export type Command =
  | { readonly kind: 'configure'; readonly change: ConfigChange }
  /** `giveUp`: what is due there cannot be carried out, for a fault of ours; it must not hold up the others for ever. */
  | { readonly kind: 'timer'; readonly key: string; readonly at: number; readonly giveUp?: boolean }
  | { readonly kind: 'forget'; readonly numbers: readonly string[] }
  | { readonly kind: 'erased'; readonly calls: readonly string[] }
  | { readonly kind: 'signIn' } & SignIn
  /** With `session`, that one alone: whoever has signed in since stays. */
  | ByAgent<'signOut', { readonly cause?: number; readonly force?: boolean; readonly session?: string }>
  | ByAgent<'askState', StateAsked>
  | ByAgent<'adjust', { readonly change: Adjustment }>
  /** Without queues, all that are configured. */
  | ByAgent<'chooseQueues', { readonly queues?: readonly number[] }>
  | ByAgent<'setTalkRight', { readonly on: boolean }>
  | ByAgent<'setCustomState', { readonly state: number }>
  | ByAgent<'cancelCustomState'>
  | ByAgent<'setCapacity', { readonly media: number; readonly sessions: number }>
  | ByAgent<'sendNote', Note>
  | ByAgent<'inspect', { readonly target: number; readonly how: InspectionMode }>
  /** Without a target, whom the inspector is with; without `how`, from listening to joining in and back. */
  | ByAgent<'switchInspection', { readonly target?: number; readonly how?: InspectionMode }>
  | ByAgent<'stopInspecting', { readonly target?: number }>
  | ByAgent<'intercept', { readonly target: number }>
  | ByAgent<'force', { readonly target: number; readonly into: Forced }>
  | ByAgent<'adjustSkill', { readonly target: number; readonly queues: readonly number[] }>
  | ByAgent<'forceDrop', { readonly call: string }>
  | { readonly kind: 'chatArrives' } & ChatArrival
  | { readonly kind: 'chatLeaves'; readonly call: string }
  | { readonly kind: 'customerWrites'; readonly call: string; readonly text: string }
  | ByAgent<'transferChat', ChatTransfer>
  | { readonly kind: 'arrive' } & Arrival
  | { readonly kind: 'legReported'; readonly report: LegReport }
  /** An IVR flow is through with its caller, who `waits` in a queue or is nowhere else. */
  | { readonly kind: 'flowEnded'; readonly leg: VoiceLeg; readonly outcome: FlowOutcome; readonly waits?: boolean }
  /** Somebody outside has pressed keys. */
  | { readonly kind: 'digits'; readonly leg: VoiceLeg; readonly digits: string }
  /** A file that was played is at its end, was stopped, or could not be played. */
  | { readonly kind: 'playEnded'; readonly play: string; readonly why: 'end' | 'stopped' | 'failed' }
  /** The voice port plays, or records, as it was ordered. */
  | { readonly kind: 'playBegan'; readonly play: string }
  | { readonly kind: 'recordBegan'; readonly record: string }
  /** A recording is over, and written. */
  | { readonly kind: 'recorded' } & Recorded
  /** Nobody knows what became of a recording while nobody listened to the voice port. */
  | { readonly kind: 'recordLost'; readonly record: string }
  /** What a caller says to a flow is going to be written to a file, and is. */
  | { readonly kind: 'flowRecording' } & FlowRecording
  | { readonly kind: 'flowRecorded' } & FlowRecorded
  | ByAgent<'record', RecordingAsked>
  | ByAgent<'stopRecord'>
  | ByAgent<'play', PlaybackAsked>
  | ByAgent<'changePlayback', { readonly change: PlaybackChange }>
  | ByAgent<'recordScreen', { readonly asked: 'start' | 'stop' }>
  | ByAgent<'conference', { readonly asked: ConferenceAsked }>
  | ByAgent<'renewGuid'>
  | ByAgent<'answer', { readonly call?: string }>
  | ByAgent<'reject', Rejection>
  | ByAgent<'requestCall', CallRequested>
  | ByAgent<'snatchPickup', { readonly target: number }>
  | ByAgent<'hold'>
  | ByAgent<'retrieve', { readonly call?: string }>
  | ByAgent<'mute', { readonly on: boolean }>
  | ByAgent<'release'>
  | ByAgent<'dropCall', { readonly call: string }>
  | ByAgent<'disconnect', { readonly number: string }>
  | ByAgent<'dialOut', Dialling>
  | ByAgent<'callInner', Dialling>
  | ByAgent<'preview', Previewing>
  | ByAgent<'releasePreview', { readonly control: string }>
  | ByAgent<'previewCallOut', { readonly control: string; readonly called: string }>
  | ByAgent<'pressKeys', { readonly digits: string }>
  | ByAgent<'setCallData', CallDataGiven>
  | ByAgent<'innerHelp', Helping>
  | ByAgent<'confJoin', { readonly call: string; readonly data?: string }>
  | ByAgent<'connectHold', { readonly call: string }>
  | ByAgent<'transfer', Transferring>
  | ByAgent<'cancelTransfer'>
  /** Whether a phone that was asked for pictures has some. */
  | { readonly kind: 'picture'; readonly leg: VoiceLeg; readonly on: boolean; readonly codec?: PictureCodec }
  | ByAgent<'switchMedia', { readonly to: Media }>
  /** `leg` shows a customer in a page that can be asked. */
  | ByAgent<'captureImage', { readonly call: string; readonly leg: VoiceLeg }>
  | { readonly kind: 'imageAnswered'; readonly leg: VoiceLeg; readonly image: string; readonly outcome: ImageOutcome }
  | ByAgent<'pickUpPhone'>
  | ByAgent<'hangUpPhone'>
  | ByAgent<'passKeys'>;

export type CommandKind = Command['kind'];
