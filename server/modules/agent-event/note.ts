import type { AgentEvents } from '@parley/contract/gateway/events.ts';
import type { Event } from '@parley/core/centre/event.ts';
import { clockIn } from '@parley/core/time/zone.ts';

/** A note (6.1.1.4) as it happened. */
export interface SentNote {
  readonly sender: number;
  readonly to: readonly number[];
  readonly text: string;
  readonly at: number;
}

/** What a note's readers are shown beside it. */
export interface NoteDetails {
  readonly senderName: string;
  readonly timeZone: string;
}

export function noteOf(event: Event, at: number): SentNote | undefined {
  return event.type === 'NoteSent' ? { sender: event.agent, to: event.to, text: event.personal?.text ?? '', at } : undefined;
}

/** 6.5.1.1.11. */
export function presentNote({ sender, text, at }: SentNote, { senderName, timeZone }: NoteDetails): AgentEvents['AgentOther_Note'] {
  return { sender: String(sender), sendername: senderName, receivetime: String(at), timestring: clockIn(timeZone, at), context: text };
}
