import type { SipRequest, SipResponse } from '../message/message.ts';
import type { ServerTransaction } from '../transaction/transactions.ts';
import { sdpOf } from './bodies.ts';
import { sequenceOf } from './dialog.ts';
import { createRepeating, type Repeating } from './repeating.ts';
import type { Talk } from './talk.ts';

/** The 2xx to an INVITE that came in, until its ACK (RFC 3261 13.3.1.4). */
export interface Answering {
  readonly accept: (transaction: ServerTransaction, response: SipResponse, how: { readonly awaitsAnswer: boolean; readonly isFirst: boolean }) => void;
  readonly take: (ack: SipRequest) => void;
  /** Whether a 2xx waits for its ACK; `answer` if that is to have the answer to our offer. */
  readonly awaits: () => 'nothing' | 'ack' | 'answer';
  /** The other end has gone on, so it must have seen our 2xx though its ACK was lost (RFC 5407 3.1.5). */
  readonly assume: () => void;
  /** Does something when nothing waits for an ACK any more, which BYE has to (15). */
  readonly whenClosed: (work: () => void) => void;
}

/** `changed` is called when the next offer may be made. */
export function createAnswering(talk: Talk, changed: () => void): Answering {
  let open: { readonly sequence: number; readonly awaitsAnswer: boolean; readonly isFirst: boolean; readonly repeating: Repeating } | undefined;
  const closing: (() => void)[] = [];

  const close = (): void => {
    open?.repeating.stop();
    open = undefined;
    for (const work of closing.splice(0)) work();
    changed();
  };

  const settle = (sdp: string | undefined): void => {
    if (open === undefined) return;
    const { awaitsAnswer, isFirst } = open;
    if (awaitsAnswer) talk.media.pending = 'none';
    if (!talk.isOver() && (isFirst || awaitsAnswer)) talk.tell({ kind: 'acknowledged', ...(sdp === undefined || !awaitsAnswer ? {} : { sdp }) });
    close();
  };

  return {
    accept: (transaction, response, { awaitsAnswer, isFirst }) => {
      if (awaitsAnswer) talk.media.pending = 'ours';
      const repeating = createRepeating(talk.agent, transaction, response, talk.agent.t2, () => {
        // Whoever has said BYE already has waited for this.
        if (!talk.isOver()) talk.over({ kind: 'lost', why: 'ack' });
        close();
      });
      open = { sequence: sequenceOf(transaction.request), awaitsAnswer, isFirst, repeating };
      // Only now, as the ACK may be quick.
      repeating.start();
    },
    take: (ack) => { if (open?.sequence === sequenceOf(ack)) settle(sdpOf(ack)); },
    awaits: () => (open === undefined ? 'nothing' : open.awaitsAnswer ? 'answer' : 'ack'),
    assume: () => { settle(undefined); },
    whenClosed: (work) => {
      if (open === undefined) work();
      else closing.push(work);
    },
  };
}
