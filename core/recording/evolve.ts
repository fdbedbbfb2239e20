import type { Centre } from '../centre/state.ts';
import { cancelTimer, setTimer } from '../centre/timers.ts';
import type { RecordingEnd, RecordingEvent } from './event.ts';
import { CLOSE_MS, nameTime, recordTimer, talksOf, type OffRecord, type Recording } from './recording.ts';

function named({ recordings }: Centre, name: string): Recording {
  const recording = recordings.get(name);
  if (recording === undefined) throw new Error(`there is no recording ${name}`);
  return recording;
}

/** Nothing is recorded of the agent in this room until the agent wants it, or is in another talk. */
function goOffRecord(centre: Centre, { agent: id, room }: Recording, why: OffRecord): void {
  const agent = centre.agents.get(id);
  const talk = agent === undefined ? undefined : talksOf(centre, agent).find((one) => one.room === room);
  if (talk !== undefined) talk.seat.offRecord = why;
}

/**
 * A file of pictures ends by itself when others come to be seen, and the next one goes on with it. But where there could be none, there is
 * none either the next time, as long as it is the same pictures.
 */
function endVideo(centre: Centre, { agent, room, isTold }: Recording, why: RecordingEnd): void {
  const picture = centre.calls.get(room)?.picture;
  if (picture !== undefined && (why === 'failed' || (why === 'end' && !isTold))) picture.unrecorded.push(agent);
}

/* One case an event: a table to be read from above. */
export function evolveRecording(centre: Centre, event: RecordingEvent, at: number): void {
  switch (event.type) {
    case 'RecordingBegan': {
      const { recording: name, agent: id, room, call, path, id: recordId, media = 'voice' } = event;
      centre.given.recording += 1;
      const recording: Recording = {
        name, media, agent: id, room, call, path, id: recordId, beganAt: at, state: 'on', isTold: false, isPaused: false, stoppedAt: undefined,
      };
      centre.recordings.set(name, recording);
      const agent = centre.agents.get(id);
      if (agent === undefined) return;
      agent.recordings = [...agent.recordings, name];
      agent.recordedAt = nameTime(agent, at);
      const talk = talksOf(centre, agent).find((one) => one.room === room);
      if (talk !== undefined && media === 'voice') talk.seat.offRecord = undefined;
      return;
    }
    case 'RecordingConfirmed': {
      named(centre, event.recording).isTold = true;
      return;
    }
    case 'RecordingPaused':
    case 'RecordingResumed': {
      named(centre, event.recording).isPaused = event.type === 'RecordingPaused';
      return;
    }
    case 'RecordingStopped': {
      const recording = named(centre, event.recording);
      if (event.by === 'agent' && recording.media === 'voice') goOffRecord(centre, recording, 'stopped');
      recording.state = 'stopping';
      recording.stoppedAt = at;
      setTimer(centre.timers, recordTimer(recording.name), at + CLOSE_MS);
      return;
    }
    case 'RecordingEnded': {
      const recording = named(centre, event.recording);
      if (recording.media === 'video') endVideo(centre, recording, event.why);
      else if (event.why === 'failed' || event.why === 'end') goOffRecord(centre, recording, event.why);
      centre.recordings.delete(recording.name);
      cancelTimer(centre.timers, recordTimer(recording.name));
      const agent = centre.agents.get(recording.agent);
      if (agent !== undefined) agent.recordings = agent.recordings.filter((name) => name !== recording.name);
      return;
    }
    default:
      event satisfies never;
  }
}
