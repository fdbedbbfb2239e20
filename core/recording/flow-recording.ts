import { customersOf } from '../call/call.ts';
import type { Personal } from '../call/event.ts';
import type { Centre } from '../centre/state.ts';
import type { Step } from '../centre/step.ts';
import { cancelTimer, setTimer } from '../centre/timers.ts';
import type { RecordingEnd } from './event.ts';

/** What a caller says to a flow (13.1.2.1, file type 2), while it is being recorded: known by its file, which holds nothing else. */
export interface FlowRecording {
  readonly file: string;
  readonly call: string;
}

export type FlowRecordingEvent =
  /** `erase`: it names a subject of an erasure (5.1.13), so nothing of it is kept when it is over. The `number` is that of whoever speaks. */
  | { readonly type: 'FlowRecordingBegan'; readonly file: string; readonly call: string; readonly erase?: boolean; readonly personal?: Personal }
  | { readonly type: 'FlowRecordingEnded'; readonly file: string; readonly call: string; readonly why: RecordingEnd; readonly ms?: number };

export interface FlowRecorded {
  readonly file: string;
  readonly why: RecordingEnd;
  readonly ms?: number;
}

/** When a recording of which nobody tells any more is given up. */
export const flowRecordTimer = (file: string): string => `flowRecord:${file}`;
/** No flow records for longer than ten minutes, and a disk may take its time. */
export const LONGEST_MS = 15 * 60_000;

/** Told before anything is written, so that no file is without its row. */
export function flowRecording({ centre, emit }: Step, { file, call: id }: FlowRecording): void {
  if (centre.flowRecordings.has(file)) return;
  const call = centre.calls.get(id);
  // Whose voice it would be is not known any more, so that no erasure could find it.
  if (call === undefined) emit({ type: 'FlowRecordingBegan', file, call: id, erase: true });
  else {
    const speaker = customersOf(call).find(({ leg }) => leg !== undefined && leg === (call.flow ?? call.waitFlow)?.leg);
    emit({
      type: 'FlowRecordingBegan', file, call: id, ...(centre.toErase.has(id) ? { erase: true } : {}),
      personal: { caller: call.caller, called: call.called, number: speaker?.number ?? call.caller },
    });
  }
}

/** What is told of one that is known to be over means nothing. */
export function flowRecorded({ centre, emit }: Step, { file, why, ms }: FlowRecorded): void {
  const recording = centre.flowRecordings.get(file);
  if (recording !== undefined) emit({ type: 'FlowRecordingEnded', ...recording, why, ...(ms === undefined ? {} : { ms }) });
}

export function flowRecordTimeout(step: Step, file: string): void {
  flowRecorded(step, { file, why: 'lost' });
}

export function evolveFlowRecording(centre: Centre, event: FlowRecordingEvent, at: number): void {
  const { type, file, call } = event;
  if (type === 'FlowRecordingBegan') {
    centre.flowRecordings.set(file, { file, call });
    setTimer(centre.timers, flowRecordTimer(file), at + LONGEST_MS);
  } else {
    centre.flowRecordings.delete(file);
    cancelTimer(centre.timers, flowRecordTimer(file));
  }
}

/** What callers say to flows now, or said when we last knew. */
export const flowRecordingsIn = ({ flowRecordings }: Centre): readonly string[] => [...flowRecordings.keys()];
