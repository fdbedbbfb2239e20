import type { ServerTransaction } from '../transaction/transactions.ts';
import { reply, replyTo, type ReplyParts } from './agent.ts';
import type { Answering } from './answering.ts';
import { readDescription, SDP } from './bodies.ts';
import { learn } from './dialog.ts';
import type { Offering } from './offering.ts';
import { answerTimer, isTooBrief } from './session-timer.ts';
import type { Talk } from './talk.ts';

/** What the other end changes or refreshes within a dialog: re-INVITE (RFC 3261 14.2), UPDATE (RFC 3311), an offer in PRACK (RFC 3262 5). */
export interface OfferedByOther {
  readonly takeInvite: (transaction: ServerTransaction) => void;
  /** UPDATE, and PRACK once it was found to be one of ours. */
  readonly takeUpdate: (transaction: ServerTransaction) => void;
  /** Whether an INVITE or an offer of the other end's waits for our answer. */
  readonly isOpen: () => boolean;
}

/** How long we take to decide on an offer, less than what the other end waits. */
const DECIDES_WITHIN = 10_000;

/** What goes into a 2xx for the session timer; that of PRACK has nothing to do with it. */
export function timerParts(talk: Talk, transaction: ServerTransaction, isOurs: boolean): Pick<ReplyParts, 'headers'> {
  if (talk.interval === undefined || !talk.isUp || transaction.request.method === 'PRACK') return {};
  const { interval, fields } = answerTimer(transaction.request, talk.interval, isOurs);
  talk.timer.set(interval);
  return { headers: fields };
}

/** Refuses what would make the interval too short (RFC 4028 9). */
export function refusesInterval(talk: Pick<Talk, 'agent'>, transaction: ServerTransaction): boolean {
  const { sessionTimer } = talk.agent;
  if (sessionTimer === undefined || !isTooBrief(transaction.request, sessionTimer)) return false;
  reply(talk.agent, transaction, 422, { headers: { 'Min-SE': String(sessionTimer.minSE) } });
  return true;
}

export function createOffered(talk: Talk, { answering, offering }: { readonly answering: Answering; readonly offering: Offering }): OfferedByOther {
  const { agent, media, dialog } = talk;
  let open: ServerTransaction | undefined;

  /** Asks whoever has the call; `accepted` is given our answer, or our offer. */
  const decide = (transaction: ServerTransaction, sdp: string | undefined, accepted: (own: string) => void): void => {
    open = transaction;
    if (sdp !== undefined) media.pending = 'theirs';
    const close = (): boolean => {
      if (open !== transaction) return false;
      open = undefined;
      if (sdp !== undefined) media.pending = 'none';
      late();
      forget();
      return true;
    };
    const refuse = (status: number): void => {
      if (!close()) return;
      reply(agent, transaction, status);
      offering.changed();
    };
    const late = talk.later(DECIDES_WITHIN, () => { refuse(500); });
    // Requests that are still open when a dialog ends are answered nonetheless (RFC 3261 15.1.2).
    const forget = talk.onOver(() => { refuse(487); });
    transaction.onCancel(() => { refuse(487); });
    talk.tell({
      kind: 'offered', ...(sdp === undefined ? {} : { sdp }),
      refuse: (status) => { refuse(status >= 400 && status < 700 ? status : 488); },
      accept: (own) => {
        if (!close()) return;
        learn(dialog, transaction.request);
        accepted(own);
        offering.changed();
        talk.changed?.();
      },
    });
  };

  const comeAgain = (transaction: ServerTransaction): void => {
    // Up to ten seconds by chance, so that those who collide do not do so again (RFC 3261 14.2).
    reply(agent, transaction, 500, { headers: { 'Retry-After': String(agent.randomBelow(11)) } });
  };

  const isOurs = (): boolean => talk.timer.isOurs() ?? true;

  const take = (transaction: ServerTransaction, accepted: (sdp: string | undefined) => void): void => {
    const described = readDescription(transaction.request);
    if (described === 'unsupported') reply(agent, transaction, 415, { headers: { Accept: SDP } });
    else if (!refusesInterval(talk, transaction)) accepted(described.sdp);
  };

  return {
    isOpen: () => open !== undefined,

    takeInvite: (transaction) => {
      if (answering.awaits() === 'ack') answering.assume();
      // RFC 3261 14.2: an INVITE of ours is under way, or one of the other end's.
      if (offering.isBusy() || media.pending === 'ours') reply(agent, transaction, 491);
      else if (open !== undefined || media.pending === 'theirs') comeAgain(transaction);
      else {
        take(transaction, (sdp) => {
          decide(transaction, sdp, (own) => {
            media.local = own;
            const response = replyTo(agent, transaction, 200, { sdp: own, ...timerParts(talk, transaction, isOurs()) });
            answering.accept(transaction, response, { awaitsAnswer: sdp === undefined, isFirst: false });
          });
        });
      }
    },

    takeUpdate: (transaction) => {
      take(transaction, (sdp) => {
        if (sdp === undefined) {
          learn(dialog, transaction.request);
          reply(agent, transaction, 200, timerParts(talk, transaction, isOurs()));
        } else if (media.pending === 'ours') reply(agent, transaction, 491);
        // RFC 3311 5.2: one that is not answered yet.
        else if (open !== undefined || media.pending === 'theirs') comeAgain(transaction);
        else {
          decide(transaction, sdp, (own) => {
            media.local = own;
            reply(agent, transaction, 200, { sdp: own, ...timerParts(talk, transaction, isOurs()) });
          });
        }
      });
    },
  };
}
