import type { Agent } from '../agent/agent.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import type { RecordingEnd } from './event.ts';
import { beginRecording, isBeingRecorded, of, stopRecording } from './keep.ts';
import { recordingIn, talksOf, taskOf, type Recording } from './recording.ts';

export interface RecordingAsked {
  /** A file among the agent's own recordings; without it, one is named. */
  readonly path?: string;
  readonly append: boolean;
}

/** 13.1.1.9: the talk of the moment is recorded from here on; one recording at a time. Answers the id of the task. */
export function record(step: Step, agent: Agent, { path, append }: RecordingAsked): string | Refused {
  const { centre } = step;
  const { byAgents, toFiles } = centre.config.recording;
  if (!byAgents) return refused('noPermission', 'agents of this tenant do not record themselves');
  if (path !== undefined && !toFiles) return refused('notEnabled', 'agents of this tenant do not choose files');
  const talk = talksOf(centre, agent).find(({ isOn }) => isOn);
  if (talk === undefined) return refused('wrongState', agent.inspecting === undefined ? 'the agent is in no talk' : 'who inspects is not recorded');
  if (recordingIn(centre, agent, talk.room) !== undefined) return refused('wrongState', 'the talk is being recorded');
  if (path !== undefined && isBeingRecorded(centre, path)) return refused('wrongState', 'the file is being written');
  return taskOf(beginRecording(step, agent, talk, { append, automatic: false, ...(path === undefined ? {} : { path }) }));
}

/** The one that an agent means: of the talk of the moment, else of the only call that the agent holds. */
function currentOf({ centre }: Step, agent: Agent): Recording | undefined {
  const recordings = talksOf(centre, agent).flatMap(({ room, isOn }) => {
    const recording = recordingIn(centre, agent, room);
    return recording === undefined ? [] : [{ recording, isOn }];
  });
  const [only, ...others] = recordings;
  return recordings.find(({ isOn }) => isOn)?.recording ?? (others.length === 0 ? only?.recording : undefined);
}

/** 13.1.1.10: also what the tenant has recorded. In this call it does not begin again by itself. */
export function stopRecord(step: Step, agent: Agent): Refused | undefined {
  if (!step.centre.config.recording.byAgents) return refused('noPermission', 'agents of this tenant do not record themselves');
  const recording = currentOf(step, agent);
  if (recording === undefined) return refused('wrongState', 'nothing is being recorded');
  stopRecording(step, recording, 'agent');
  return undefined;
}

/** The voice port records, as it was ordered. */
export function recordBegan({ centre, emit }: Step, name: string): void {
  const recording = centre.recordings.get(name);
  if (recording?.isTold === false) emit({ type: 'RecordingConfirmed', ...of(recording) });
}

export interface Recorded {
  readonly record: string;
  readonly why: RecordingEnd;
  readonly ms?: number;
}

/** The voice port tells what has become of a recording. What it tells of one that is known to be over means nothing. */
export function recorded({ centre, emit, at }: Step, { record: name, why, ms }: Recorded): void {
  const recording = centre.recordings.get(name);
  if (recording === undefined) return;
  const { path, id, beganAt, stoppedAt, isTold, media } = recording;
  // Whoever has signed in anew since knows nothing of it.
  const isHere = centre.agents.get(recording.agent)?.recordings.includes(name) ?? false;
  emit({
    type: 'RecordingEnded', ...of(recording), path, id, why, isTold, isHere, from: beganAt, to: stoppedAt ?? at, ...(ms === undefined ? {} : { ms }), ...(media === 'voice' ? {} : { media }),
  });
}

/** No report came of a recording that was told to end: it is given up. */
export function recordTimeout(step: Step, name: string): void {
  recorded(step, { record: name, why: 'lost' });
}

/** The voice port may have forgotten it, or gone on with it while nobody listened: it is over, and what goes on is recorded anew. */
export function recordLost(step: Step, name: string): void {
  const recording = step.centre.recordings.get(name);
  if (recording === undefined) return;
  stopRecording(step, recording, 'platform');
  recorded(step, { record: name, why: 'lost' });
}
