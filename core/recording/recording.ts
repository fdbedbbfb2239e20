import type { Agent } from '../agent/agent.ts';
import { FEATURE, partOf, type AgentPart } from '../call/call.ts';
import type { Picture } from '../call/video.ts';
import type { Centre } from '../centre/state.ts';
import { participantOf, roomOf, type Participant } from '../conference/conference.ts';

export type RecordedMedia = 'voice' | 'video';

/** What is being recorded of an agent, until the voice port has told that it is written. */
export interface Recording {
  /** As the voice port knows it. */
  readonly name: string;
  /** What two show each other is recorded in a file of its own, beside what they say. */
  readonly media: RecordedMedia;
  readonly agent: number;
  /** A call's id, or the room of a conference. */
  readonly room: string;
  /** What the call is called to others; a conference is one too. */
  readonly call: string;
  readonly path: string;
  readonly id: string;
  readonly beganAt: number;
  state: 'on' | 'stopping';
  /** Whether the voice port has told that it records. */
  isTold: boolean;
  isPaused: boolean;
  stoppedAt: number | undefined;
}

/** Why nothing is recorded of an agent any more, for as long as the agent is in the call: it was stopped, it cannot be, or nobody was left to be heard. */
export type OffRecord = 'stopped' | 'failed' | 'end';

/** A call or conference in which an agent is. */
export interface Talk {
  readonly room: string;
  readonly call: string;
  /** Whether the agent is in the talk now, so that there is something to be recorded. */
  readonly isOn: boolean;
  readonly isOutbound: boolean;
  readonly caller: string;
  readonly called: string;
  /** What those who talk show each other. */
  readonly picture: Picture | undefined;
  /** The agent's own part in it. */
  readonly seat: Pick<AgentPart | Participant, 'offRecord'>;
}

const OUTBOUND: ReadonlySet<number> = new Set([FEATURE.outbound, FEATURE.preview]);

const isUp = ({ legs }: Centre, { leg }: Agent): boolean => leg !== undefined && legs.get(leg)?.state === 'up';

/** What an agent is in: the talk of the moment, and what the agent holds. */
export function talksOf(centre: Centre, agent: Agent): readonly Talk[] {
  const talks: Talk[] = [];
  const isHeard = agent.state === 'talking' && isUp(centre, agent);
  for (const id of agent.call === undefined ? agent.held : [agent.call, ...agent.held]) {
    const call = centre.calls.get(id);
    const part = call === undefined ? undefined : partOf(call, agent.id);
    if (call === undefined || part === undefined) continue;
    // Who has lent the call to a flow (6.1.2.11) hears nothing of it.
    const isOn = isHeard && !part.held && agent.call === id && call.flow === undefined;
    talks.push({ room: id, call: id, isOn, isOutbound: OUTBOUND.has(call.feature), caller: call.caller, called: call.called, picture: call.picture, seat: part });
  }
  const conference = agent.conference === undefined ? undefined : centre.conferences.get(agent.conference);
  const seat = conference === undefined ? undefined : participantOf(conference, agent.id);
  if (conference !== undefined && seat?.state === 'joined') {
    talks.push({
      room: roomOf(centre.vdnId, conference.id), call: conference.call, isOn: isHeard && !seat.held, isOutbound: false,
      caller: conference.caller, called: '', picture: undefined, seat,
    });
  }
  return talks;
}

/** The recording of what an agent says in a room, unless it is being stopped. */
export function recordingIn({ recordings }: Centre, agent: Agent, room: string, media: RecordedMedia = 'voice'): Recording | undefined {
  for (const name of agent.recordings) {
    const recording = recordings.get(name);
    if (recording?.room === room && recording.media === media && recording.state !== 'stopping') return recording;
  }
  return undefined;
}

/** What is being recorded of what an agent says, the latest last. */
export const recordingsOf = ({ recordings }: Centre, agent: Agent): readonly Recording[] =>
  agent.recordings.flatMap((name) => recordings.get(name) ?? []).filter(({ state, media }) => state === 'on' && media === 'voice');

/** Unique in the whole installation, as the voice port serves every VDN. */
export const nextRecording = ({ vdnId, given }: Centre): string => `rec-${vdnId}-${given.recording + 1}`;

/** The id of the task by which agents know a recording (13.1.1.9). */
export const taskOf = (recording: string): string => recording.slice(recording.lastIndexOf('-') + 1);

/** When a recording that begins at this moment is said to begin: two of an agent in the same tenth of a second would be in one file. */
export const nameTime = ({ recordedAt }: Agent, at: number): number => Math.max(at, recordedAt + TENTH_MS);
const TENTH_MS = 100;

/** What is recorded anywhere, or was when we last knew. */
export const recordingsIn = ({ recordings }: Centre): readonly string[] => [...recordings.keys()];

/** When a recording that is being stopped is given up. */
export const recordTimer = (recording: string): string => `record:${recording}`;
/** So long a disk may take to write the rest. */
export const CLOSE_MS = 10_000;
