import type { SipResponse } from '../message/message.ts';
import type { ServerTransaction } from '../transaction/transactions.ts';
import { patience, type Agent } from './agent.ts';

export interface Repeating {
  readonly start: () => void;
  readonly stop: () => void;
}

/**
 * Gives a response again and again from its start until it is stopped, for what no transaction repeats by itself: a 2xx to
 * INVITE until its ACK (RFC 3261 13.3.1.4, over TCP as well, as there may be UDP behind a proxy), and a reliable 1xx until its
 * PRACK, whose waits are doubled without a limit (RFC 3262 3). After 64 T1 it is given up.
 */
export function createRepeating(
  { timers, t1 }: Pick<Agent, 'timers' | 't1'>, transaction: ServerTransaction, response: SipResponse, longest: number, gaveUp: () => void,
): Repeating {
  let wait = t1;
  let next = (): void => undefined;
  let end = (): void => undefined;
  const again = (): void => {
    wait = Math.min(wait * 2, longest);
    next = timers.after(wait, again);
    transaction.respond(response);
  };
  return {
    start: () => {
      next = timers.after(wait, again);
      end = timers.after(patience({ t1 }), () => {
        next();
        gaveUp();
      });
      transaction.respond(response);
    },
    stop: () => {
      next();
      end();
    },
  };
}
