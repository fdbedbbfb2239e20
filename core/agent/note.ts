import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import type { Agent } from './agent.ts';

/** 6.1.1.4. */
export const MAX_NOTE_READERS = 100;
export const MAX_NOTE_BYTES = 1023;

const utf8 = new TextEncoder();

export interface Note {
  readonly to: readonly number[];
  readonly text: string;
}

/** 6.1.1.4: it reaches those who are signed in; the others never see it. */
export function sendNote(step: Step, agent: Agent, { to, text }: Note): Refused | undefined {
  if (to.length === 0) return refused('nothing', 'nobody is to read the note');
  if (to.length > MAX_NOTE_READERS) return refused('limit', `${to.length} agents`);
  if (utf8.encode(text).length > MAX_NOTE_BYTES) return refused('tooLarge', 'the note');
  const readers = [...new Set(to)].filter((id) => step.centre.agents.has(id));
  if (readers.length > 0) step.emit({ type: 'NoteSent', agent: agent.id, to: readers, personal: { text } });
  return undefined;
}
