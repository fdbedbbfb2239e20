import { checkEmail } from '@parley/core/account/email.ts';

/** A letter to somebody outside. */
export interface Letter {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export type MailOutcome =
  | { readonly ok: true }
  /** `refused`: it would be again. `unreachable`: another time it may be taken. */
  | { readonly ok: false; readonly why: 'refused' | 'unreachable'; readonly message: string };

/** The post office: how a letter gets to whoever it is for is the adapter's business. It answers when the letter has been taken. */
export interface Mail {
  readonly send: (letter: Letter) => Promise<MailOutcome>;
  /** True where letters leave the machine. */
  readonly leaves: boolean;
}

const MAX_SUBJECT = 200;
const MAX_TEXT = 100_000;

/** What no post office takes: a header that goes on in another line would be a second one (RFC 5322 2.2). */
export function faultOf({ to, subject, text }: Letter): Extract<MailOutcome, { ok: false }> | undefined {
  const refused = (message: string) => ({ ok: false, why: 'refused', message }) as const;
  const wrong = checkEmail(to);
  if (wrong !== undefined) return refused(wrong);
  if (/[\r\n\0]/.test(subject) || subject.length > MAX_SUBJECT) return refused('the subject is not one line');
  return text.length > MAX_TEXT ? refused('the letter is too long') : undefined;
}
