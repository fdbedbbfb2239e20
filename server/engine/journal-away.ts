import { withDeadline } from './deadline.ts';
import { Overloaded } from './lanes.ts';

/** The database fails or does not answer: whoever asked may try again later, and no contact centre is to blame. */
export class JournalAway extends Overloaded {}

const DEADLINE_MS = 5000;

export async function reached<T>(work: Promise<T>, ms = DEADLINE_MS): Promise<T> {
  try {
    return await withDeadline(work, ms, 'the journal');
  } catch (error) {
    throw new JournalAway('the journal cannot be used', { cause: error });
  }
}
