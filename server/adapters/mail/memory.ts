import { faultOf, type Letter, type Mail } from '../../engine/mail.ts';

export interface MailMemory extends Mail {
  readonly letters: readonly Letter[];
  /** From now on nothing is taken, or again everything. */
  readonly close: (why?: 'refused' | 'unreachable') => void;
}

/** Letters that are read in tests. */
export function createMailMemory(): MailMemory {
  const letters: Letter[] = [];
  let closed: 'refused' | 'unreachable' | undefined;
  return {
    letters, leaves: false,
    close: (why) => { closed = why; },
    send: (letter) => {
      const fault = faultOf(letter);
      if (fault !== undefined) return Promise.resolve(fault);
      if (closed !== undefined) return Promise.resolve({ ok: false, why: closed, message: 'the post office is closed' });
      letters.push(letter);
      return Promise.resolve({ ok: true });
    },
  };
}
