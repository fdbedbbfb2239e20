import type { Agent } from '../agent/agent.ts';
import { agentsOf } from '../call/call.ts';
import type { PictureCodec } from '../call/video.ts';
import type { Event } from '../centre/event.ts';
import type { Centre } from '../centre/state.ts';
import type { Step } from '../centre/step.ts';
import { nameRecording, readPath } from './path.ts';
import { nameTime, nextRecording, recordingIn, talksOf, type RecordedMedia, type Recording, type Talk } from './recording.ts';

/** Which recording of whom an event is about. */
export const of = ({ name: recording, agent, call }: Recording): { readonly recording: string; readonly agent: number; readonly call: string } => ({ recording, agent, call });

export interface Wanted {
  /** A file that the agent has chosen (13.1.1.9); else one of its own. */
  readonly path?: string;
  readonly append: boolean;
  readonly automatic: boolean;
  /** Voice where nothing is said. */
  readonly media?: RecordedMedia;
}

/** Begins to record an agent in a talk; answers what the recording is called. */
export function beginRecording(step: Step, agent: Agent, { room, call, isOutbound, caller, called, picture }: Talk, { path, append, automatic, media = 'voice' }: Wanted): string {
  const { centre } = step;
  const recording = nextRecording(centre);
  const { ccId, timeZone } = centre.config.recording;
  const named = nameRecording({ ccId, timeZone, vdnId: centre.vdnId, agent: agent.id, isOutbound, at: nameTime(agent, step.at), ...(media === 'voice' ? {} : { ending: FILE_OF[picture?.codec ?? 'VP8'] }) });
  step.emit({
    type: 'RecordingBegan', recording, agent: agent.id, call, room, path: path ?? named.path, id: named.id,
    // A name of ours that is taken all the same, as in the hour that clocks show twice, must not cost anybody a recording.
    append: media === 'voice' && (append || path === undefined), automatic, isOutbound, ...(media === 'voice' ? {} : { media }), ...(centre.toErase.has(call) ? { erase: true } : {}), personal: { caller, called },
  });
  return recording;
}

export function stopRecording(step: Step, recording: Recording, by: 'agent' | 'platform'): void {
  if (recording.state !== 'stopping') step.emit({ type: 'RecordingStopped', ...of(recording), by });
}

/** Before a sign-out, as whoever leaves the service leaves everything else first. */
export function stopRecordingsOf(step: Step, agent: Agent): void {
  for (const name of agent.recordings) {
    const recording = step.centre.recordings.get(name);
    if (recording !== undefined) stopRecording(step, recording, 'platform');
  }
}

/** Pictures are recorded as they are, so it is they that say in which kind of file. */
const FILE_OF: Readonly<Record<PictureCodec, 'webm' | 'mp4'>> = { VP8: 'webm', H264: 'mp4' };

/** Whether a recording that is not written yet is in that file. */
export function isBeingRecorded({ recordings }: Centre, path: string): boolean {
  const file = readPath(path)?.file;
  return [...recordings.values()].some((recording) => readPath(recording.path)?.file === file);
}

/** The agents for whom a talk may have begun, paused or ended by what happened. */
function concerned({ agents, calls, conferences, legs }: Centre, events: readonly Event[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const event of events) {
    const leg = 'leg' in event && event.leg !== undefined ? legs.get(event.leg) : undefined;
    if ('agent' in event && event.agent !== undefined) found.add(event.agent);
    if (leg?.agent !== undefined) found.add(leg.agent);
    const call = calls.get(('call' in event ? event.call : undefined) ?? leg?.call ?? '');
    for (const part of call === undefined ? [] : agentsOf(call)) found.add(part.agent);
    const conference = conferences.get(('conference' in event ? event.conference : undefined) ?? 0);
    for (const { agent } of conference?.participants.values() ?? []) if (agent !== undefined) found.add(agent);
  }
  for (const id of found) if (!agents.has(id)) found.delete(id);
  return found;
}

/**
 * What is recorded follows from who talks: a recording is that of one agent in one call or conference. It pauses while the agent
 * holds the call or has lent it to a flow (6.1.2.8 and 6.1.2.10 tell of no end and no beginning), and ends when the agent
 * is out of it (6.1.2.9, 6.1.2.11, 6.1.6.4). Where the tenant has every talk recorded, it begins with the talk.
 */
export function keepRecordings(step: Step, events: readonly Event[]): void {
  const { centre } = step;
  const { automatic } = centre.config.recording;
  if (events.length === 0 || (!automatic && centre.recordings.size === 0)) return;
  for (const id of concerned(centre, events)) {
    const agent = centre.agents.get(id);
    if (agent === undefined || (!automatic && agent.recordings.length === 0)) continue;
    const talks = talksOf(centre, agent);
    for (const name of agent.recordings) {
      const recording = centre.recordings.get(name);
      if (recording !== undefined) follow(step, recording, talks.find(({ room }) => room === recording.room));
    }
    for (const talk of automatic ? talks : []) {
      if (talk.isOn && talk.seat.offRecord === undefined && recordingIn(centre, agent, talk.room) === undefined) {
        beginRecording(step, agent, talk, { append: false, automatic: true });
      }
    }
    for (const talk of talks) keepVideo(step, agent, talk);
  }
}

/** While a talk is recorded in which two see each other, so is what they see. */
function keepVideo(step: Step, agent: Agent, talk: Talk): void {
  const [voice, video] = (['voice', 'video'] as const).map((media) => recordingIn(step.centre, agent, talk.room, media));
  const { picture, isOn } = talk;
  const isWanted = voice !== undefined && picture?.on === true;
  if (video !== undefined && !isWanted) stopRecording(step, video, 'platform');
  if (video === undefined && isWanted && isOn && !picture.unrecorded.includes(agent.id)) {
    beginRecording(step, agent, talk, { append: false, automatic: step.centre.config.recording.automatic, media: 'video' });
  }
}

function follow(step: Step, recording: Recording, talk: Talk | undefined): void {
  if (recording.state === 'stopping') return;
  if (talk === undefined) stopRecording(step, recording, 'platform');
  else if (talk.isOn === recording.isPaused) step.emit({ type: talk.isOn ? 'RecordingResumed' : 'RecordingPaused', ...of(recording) });
}
