import type { VoiceLeg } from '../voice/order.ts';
import type { DeviceKind, Medium, Offer, Session } from './call.ts';
import type { Purpose, ThirdEnd } from './third.ts';
import type { PictureCodec } from './video.ts';

/** Numbers and data of customers: kept apart in the journal, so that they can be erased (5.1.13). */
export interface Personal {
  readonly caller?: string;
  readonly called?: string;
  readonly originalCalled?: string;
  readonly number?: string;
  readonly data?: string;
  /** Keys pressed: codes and card numbers are among them. */
  readonly digits?: string;
  /** Of a note between agents (6.1.1.4). */
  readonly text?: string;
}

/** Why this agent got the call: how many were ready, who came next, and in which states the others were. */
export interface Choice {
  readonly ready: number;
  readonly weight: number;
  readonly readySince: number;
  readonly next: readonly { readonly agent: number; readonly weight: number; readonly readySince: number }[];
  readonly states: Readonly<Record<string, number>>;
}

export type CallEvent =
  /** A leg of ours is dialled (to an agent's phone or to a number outside), or one comes in. */
  | { readonly type: 'LegBegan'; readonly leg: VoiceLeg; readonly agent?: number; readonly call?: string; readonly conference?: number; readonly direction: 'in' | 'out'; readonly phone?: string; readonly ringMs?: number; readonly personal?: Personal }
  | { readonly type: 'LegRang'; readonly leg: VoiceLeg }
  | { readonly type: 'LegAnswered'; readonly leg: VoiceLeg }
  /** We hang up. */
  | { readonly type: 'LegDropped'; readonly leg: VoiceLeg; readonly cause: number }
  /** 6.1.2.23: the agent's phone, which rings, is to answer; so is the call that is offered, if one is. */
  | { readonly type: 'PickUpAsked'; readonly leg: VoiceLeg; readonly agent: number; readonly call?: string }
  | { readonly type: 'LegEnded'; readonly leg: VoiceLeg; readonly agent?: number; readonly by: 'platform' | 'far'; readonly cause: number }
  | { readonly type: 'CallBegan'; readonly call: string; readonly medium: Medium; readonly feature: number; readonly about?: string; readonly queue?: number; readonly chat?: Session; readonly unverified?: boolean; readonly personal?: Personal }
  | { readonly type: 'CallQueued'; readonly call: string; readonly queue: number; readonly enter: number; readonly returned?: boolean }
  | { readonly type: 'CallDequeued'; readonly call: string; readonly queue: number; readonly leave: number }
  /** It waits for one agent, who is in talks with others now. */
  | { readonly type: 'CallAwaits'; readonly call: string; readonly agent: number; readonly enter: number; readonly how: Offer['how']; readonly ms: number; readonly overflow?: number }
  | { readonly type: 'CallAwaited'; readonly call: string; readonly agent: number; readonly leave: number }
  | { readonly type: 'CallDiverted'; readonly call: string; readonly why: 'noAgents' | 'busy' | 'timeOut' | 'flow' }
  /** `access` is the access code that the flow has now. */
  | { readonly type: 'FlowEntered'; readonly call: string; readonly flow: string; readonly access?: string; readonly leg: VoiceLeg; readonly enter: number; readonly returnTo?: number; readonly agent?: number }
  | { readonly type: 'FlowLeft'; readonly call: string; readonly leave: number; readonly returnTo?: number }
  /** 5.2.1 waitVoice: a flow for whoever waits in that queue. `over`: by itself; `stopped`: the call does not wait there any more. */
  | { readonly type: 'WaitFlowBegan'; readonly call: string; readonly queue: number; readonly flow: string; readonly leg: VoiceLeg }
  | { readonly type: 'WaitFlowEnded'; readonly call: string; readonly leg: VoiceLeg; readonly why: 'over' | 'stopped' }
  | { readonly type: 'CallOffered'; readonly call: string; readonly agent: number; readonly how: Offer['how']; readonly queue?: number; readonly enter: number; readonly choice?: Choice }
  /** The agent's phone is up: the software rings, or answers by itself. */
  | { readonly type: 'OfferRang'; readonly call: string; readonly agent: number }
  | { readonly type: 'OfferEnded'; readonly call: string; readonly agent: number; readonly why: 'unanswered' | 'rejected' | 'withdrawn' | 'phone' | 'pickedUp'; readonly leave: number }
  | { readonly type: 'AgentJoined'; readonly call: string; readonly agent: number; readonly role: 'main' | 'assistant'; readonly how: 'auto' | 'manual' | 'dialled' | 'merged' | 'intercepted'; readonly enter?: number; readonly held?: boolean }
  | { readonly type: 'AgentLeft'; readonly call: string; readonly agent: number; readonly leave: number; readonly why: 'released' | 'dropped' | 'transferred' | 'ended' | 'signedOut' | 'merged' | 'intercepted' | 'failed' }
  /** The agent who makes the call gets nobody: the own phone cannot be reached, or the agent who was called (6.5.1.2.7, 6.5.1.2.13). */
  | { readonly type: 'CallFailed'; readonly call: string; readonly agent: number; readonly whose: 'own' | 'callee'; readonly cause: number }
  | { readonly type: 'CustomerJoined'; readonly call: string; readonly leg: VoiceLeg | undefined; readonly connected?: boolean; readonly personal?: Personal }
  /** The number outside has answered. */
  | { readonly type: 'CustomerConnected'; readonly call: string; readonly leg: VoiceLeg }
  | { readonly type: 'CustomerLeft'; readonly call: string; readonly leg: VoiceLeg | undefined; readonly by: 'customer' | 'agent' | 'failed' | 'merged'; readonly cause: number; readonly personal?: Personal }
  | { readonly type: 'CallHeld'; readonly call: string; readonly agent: number }
  | { readonly type: 'CallRetrieved'; readonly call: string; readonly agent: number }
  | { readonly type: 'CallMuted'; readonly call: string; readonly agent: number; readonly on: boolean }
  | { readonly type: 'KeysPressed'; readonly call: string; readonly agent: number; readonly leg: VoiceLeg; readonly personal?: Personal }
  /** From now on what others outside press goes to this leg too (6.1.2.25). */
  | { readonly type: 'KeysPassedOn'; readonly call: string; readonly agent: number; readonly leg: VoiceLeg }
  /** Shown and never kept (`Step.show`): what customers press are codes and card numbers. */
  | { readonly type: 'KeysForwarded'; readonly call: string; readonly leg: VoiceLeg; readonly digits: string }
  /** A message of the customer of a session, shown and never kept here: the channel keeps it. */
  | { readonly type: 'CustomerWrote'; readonly call: string; readonly text: string }
  /** The agent sends for somebody: a helper, or whoever the call is to be transferred to. Of a number outside there is the leg. */
  | { readonly type: 'ThirdSought'; readonly call: string; readonly agent: number; readonly purpose: Purpose; readonly to: { readonly device: DeviceKind; readonly no: string }; readonly hold: boolean; readonly leg?: VoiceLeg }
  /** The number outside has answered the agent who may still take the transfer back. */
  | { readonly type: 'ThirdCame'; readonly call: string; readonly agent: number }
  | { readonly type: 'ThirdEnded'; readonly call: string; readonly agent: number; readonly purpose: Purpose; readonly outcome: ThirdEnd; readonly cause: number }
  /** All hear one another; `agent` has brought it about. */
  | { readonly type: 'ThreePartyBegan'; readonly call: string; readonly agent: number }
  /** The agent whose call it was has gone, so it is this agent's. */
  | { readonly type: 'AgentPromoted'; readonly call: string; readonly agent: number }
  /** 6.1.2.18: both phones of the call are asked for pictures. */
  | { readonly type: 'MediaSwitchAsked'; readonly call: string; readonly agent: number; readonly agents: readonly number[]; readonly legs: readonly VoiceLeg[] }
  /** One of them has some. */
  | { readonly type: 'PictureShown'; readonly call: string; readonly leg: VoiceLeg; readonly codec?: PictureCodec }
  /** The agents who are told of it. Where it went wrong the call is what it was: a voice call. */
  | { readonly type: 'MediaSwitched'; readonly call: string; readonly agents: readonly number[]; readonly to: 'voice' | 'video'; readonly ok: boolean }
  | { readonly type: 'CallDataSet'; readonly call: string; readonly personal?: Personal }
  | { readonly type: 'CallEnded'; readonly call: string; readonly cause: number };
