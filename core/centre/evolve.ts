import { evolveAgent, refreshSkills } from '../agent/evolve.ts';
import { evolveCall } from '../call/evolve.ts';
import { evolveConference } from '../conference/evolve.ts';
import type { ConferenceEvent } from '../conference/event.ts';
import type { ImageEvent } from '../image/event.ts';
import { evolveImage } from '../image/evolve.ts';
import type { PlaybackEvent } from '../playback/event.ts';
import { evolvePlayback } from '../playback/evolve.ts';
import type { RecordingEvent } from '../recording/event.ts';
import { evolveRecording } from '../recording/evolve.ts';
import { evolveFlowRecording, type FlowRecordingEvent } from '../recording/flow-recording.ts';
import { evolveRecords } from '../records/evolve.ts';
import { applyConfig } from './config.ts';
import { blankCall } from './erasure.ts';
import type { AgentEvent, Event } from './event.ts';
import type { Centre } from './state.ts';
import { cancelTimer } from './timers.ts';

/** Puts an event in force. It decides nothing and refuses nothing: what happened, happened. */
export function evolve(centre: Centre, event: Event, at: number): void {
  if (event.type === 'Configured') {
    applyConfig(centre.config, event.change);
    refreshSkills(centre, event.change.agents ?? []);
  } else if (event.type === 'TimerPassed') cancelTimer(centre.timers, event.key);
  else if (isAgentEvent(event)) evolveAgent(centre, event, at);
  else if (isConferenceEvent(event)) evolveConference(centre, event, at);
  else if (isRecordingEvent(event)) evolveRecording(centre, event, at);
  else if (isPlaybackEvent(event)) evolvePlayback(centre, event, at);
  else if (isFlowRecordingEvent(event)) evolveFlowRecording(centre, event, at);
  else if (isImageEvent(event)) evolveImage(centre, event, at);
  else if (event.type === 'SegmentRecorded') evolveRecords(centre, event);
  else if (event.type === 'ErasureAwaited') {
    centre.toErase.add(event.call);
    if (!centre.calls.has(event.call)) blankCall(centre, event.call);
  } else if (event.type === 'Erased') centre.toErase.delete(event.call);
  else {
    evolveCall(centre, event, at);
    if (event.type === 'CallEnded' && centre.toErase.has(event.call)) blankCall(centre, event.call);
  }
}

const AGENT_EVENTS: ReadonlySet<string> = new Set<AgentEvent['type']>([
  'AgentSignedIn', 'AgentSignedOut', 'AgentMoved', 'AgentPended', 'AgentAdjusted', 'AgentSkillsChosen', 'TalkRightSet', 'CapacitySet', 'WrapUpLimited', 'RestOverran', 'PreviewBegan', 'PreviewEnded', 'CustomStateSet', 'GuidRenewed',
  'NoteSent', 'ScreenNotRecorded', 'InspectionAsked', 'InspectionBegan', 'InspectionSwitched', 'InspectionEnded',
]);

const isAgentEvent = (event: Event): event is AgentEvent => AGENT_EVENTS.has(event.type);
const isConferenceEvent = (event: Event): event is ConferenceEvent => event.type.startsWith('Conference');
const isRecordingEvent = (event: Event): event is RecordingEvent => event.type.startsWith('Recording');
const isFlowRecordingEvent = (event: Event): event is FlowRecordingEvent => event.type.startsWith('FlowRecording');
const isImageEvent = (event: Event): event is ImageEvent => event.type.startsWith('Image');
const isPlaybackEvent = (event: Event): event is PlaybackEvent => event.type.startsWith('Playback');
