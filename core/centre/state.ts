import type { Agent } from '../agent/agent.ts';
import type { Call, Leg } from '../call/call.ts';
import type { Conference } from '../conference/conference.ts';
import type { QueueLive } from '../queue/live.ts';
import type { FlowRecording } from '../recording/flow-recording.ts';
import type { Recording } from '../recording/recording.ts';
import type { VoiceLeg } from '../voice/order.ts';
import { emptyConfig, type CentreConfig } from './config.ts';
import { noTimers, type Timers } from './timers.ts';

/** Everything alive in one VDN. Only `evolve` changes it, in place. */
export interface Centre {
  readonly vdnId: number;
  readonly config: CentreConfig;
  /** Signed-in agents. */
  readonly agents: Map<number, Agent>;
  readonly calls: Map<string, Call>;
  /** Calls that have ended in the decision that is being made, until the last of their records is made (13.2). */
  readonly unrecorded: Map<string, { readonly call: Call; readonly cause: number }>;
  readonly legs: Map<VoiceLeg, Leg>;
  readonly queues: Map<number, QueueLive>;
  readonly conferences: Map<number, Conference>;
  /** What is being recorded, or written yet. */
  readonly recordings: Map<string, Recording>;
  /** What callers are saying to flows, by the file it is written to. */
  readonly flowRecordings: Map<string, FlowRecording>;
  readonly timers: Timers;
  /** Calls that name a subject of an erasure (5.1.13), until nothing is kept of them. */
  readonly toErase: Set<string>;
  /** Numbers given out so far; a replay gives out the same ones. */
  readonly given: { call: number; leg: number; conference: number; play: number; recording: number; image: number };
}

export function createCentre(vdnId: number): Centre {
  return {
    vdnId, config: emptyConfig(), agents: new Map(), calls: new Map(), unrecorded: new Map(), legs: new Map(), queues: new Map(), conferences: new Map(), recordings: new Map(), flowRecordings: new Map(), timers: noTimers(),
    toErase: new Set(), given: { call: 0, leg: 0, conference: 0, play: 0, recording: 0, image: 0 },
  };
}

/** Whether nothing is going on: such a centre need not stay in memory. */
export const isAtRest = (centre: Centre): boolean => centre.agents.size === 0 && centre.calls.size === 0 && centre.legs.size === 0 && centre.recordings.size === 0
  && centre.flowRecordings.size === 0 && centre.toErase.size === 0;
