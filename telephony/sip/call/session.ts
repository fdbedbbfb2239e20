import type { SipRequest } from '../message/message.ts';
import { readValue } from '../message/params.ts';
import type { ServerTransaction } from '../transaction/transactions.ts';
import { reply } from './agent.ts';
import { createAnswering, type Answering } from './answering.ts';
import { textOf } from './bodies.ts';
import { takesInOrder } from './dialog.ts';
import { createOffered, type OfferedByOther } from './offered.ts';
import { createOffering, endsDialog, type Offering } from './offering.ts';
import { causeIn, writeReason, type HangUpCause } from './reason.ts';
import { createReferrals } from './referral.ts';
import { ask, createTalk, type Talk, type TalkParts } from './talk.ts';

/** A dialog and all that goes on in it, early or up. */
export interface Session {
  readonly talk: Talk;
  readonly answering: Answering;
  readonly offering: Offering;
  readonly offered: OfferedByOther;
  /** A request of the other end's within the dialog. */
  readonly take: (transaction: ServerTransaction) => void;
  readonly takeAck: (ack: SipRequest) => void;
  readonly info: (contentType: string, body: string) => Promise<number>;
  readonly notify: (event: string) => Promise<number>;
  /** Says goodbye when that may be said; resolves when it was answered, or nobody will any more. */
  readonly bye: (cause?: HangUpCause) => Promise<void>;
}

const MOST_INFOS = 64;

/** `takePrack` is there where we send provisional responses. */
export function createSession(parts: TalkParts, takePrack?: (transaction: ServerTransaction) => void): Session {
  const { agent, dialog } = parts;
  const talk: Talk = createTalk(parts, () => { offering.refresh(); });
  const answering = createAnswering(talk, () => { offering.changed(); });
  const offering: Offering = createOffering(talk, () => answering.awaits() === 'nothing' && !offered.isOpen());
  const offered: OfferedByOther = createOffered(talk, { answering, offering });
  const referrals = createReferrals(talk);
  let infos = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const takeInfo = (transaction: ServerTransaction): void => {
    const { headers, body } = transaction.request;
    // RFC 6086 4.2.2: packages are agreed on beforehand, and we know none. Without one it is as it was before: digits.
    if (headers.has('Info-Package')) {
      reply(agent, transaction, 469, { headers: { 'Recv-Info': '' } });
      return;
    }
    reply(agent, transaction, 200);
    talk.tell({ kind: 'info', contentType: readValue(headers.get('Content-Type') ?? '')?.value.toLowerCase() ?? '', body: textOf(body) });
  };

  const sendInfo = async (contentType: string, content: string): Promise<number> => {
    if (talk.isOver()) return 481;
    const answered = await ask(talk, 'INFO', { body: { contentType, content } });
    if (typeof answered === 'string') return answered === 'timeout' ? 408 : 503;
    // Here a 408 may mean that this one request took too long somewhere on the way (RFC 5057 5.1).
    if (answered.status === 481) endsDialog(talk, answered);
    return answered.status;
  };

  /** The INVITE itself is the subscription (there is no other), so that its end says nothing of the call. */
  const notify = async (event: string): Promise<number> => {
    if (talk.isOver()) return 481;
    const answered = await ask(talk, 'NOTIFY', { hasContact: true, headers: { Event: event, 'Subscription-State': 'active' } });
    return typeof answered === 'string' ? (answered === 'timeout' ? 408 : 503) : answered.status;
  };

  const take = (transaction: ServerTransaction): void => {
    const { request, channel } = transaction;
    if (talk.isOver()) {
      // Two goodbyes that cross each other are both right.
      reply(agent, transaction, request.method === 'BYE' ? 200 : 481);
      return;
    }
    // Older than what was there before (RFC 3261 12.2.2).
    if (!takesInOrder(dialog, request)) {
      reply(agent, transaction, 500);
      return;
    }
    parts.path.heardBy(channel);
    switch (request.method) {
      case 'BYE':
        reply(agent, transaction, 200);
        talk.over({ kind: 'hungUp', ...causeIn(request.headers) });
        break;
      case 'INVITE':
        offered.takeInvite(transaction);
        break;
      case 'UPDATE':
        offered.takeUpdate(transaction);
        break;
      case 'PRACK':
        if (takePrack === undefined) reply(agent, transaction, 481);
        else takePrack(transaction);
        break;
      case 'INFO':
        takeInfo(transaction);
        break;
      case 'REFER':
        referrals.take(transaction);
        break;
      default:
        agent.takeOther(transaction);
    }
    talk.changed?.();
  };

  return {
    talk, answering, offering, offered, take, notify,
    takeAck: (ack) => { answering.take(ack); },
    info: (contentType, body) => {
      if (infos >= MOST_INFOS) return Promise.resolve(503);
      infos += 1;
      const own = turn.then(() => sendInfo(contentType, body)).finally(() => { infos -= 1; });
      turn = own.catch(() => undefined);
      return own;
    },
    bye: async (cause) => {
      const reason = writeReason(cause);
      // Not before the ACK of our 2xx, or the end of waiting for it (RFC 3261 15).
      await new Promise<void>((resolve) => { answering.whenClosed(resolve); });
      await ask(talk, 'BYE', reason === undefined ? {} : { headers: { Reason: reason } });
    },
  };
}
