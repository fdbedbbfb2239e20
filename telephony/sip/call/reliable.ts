import type { SipRequest, SipResponse } from '../message/message.ts';
import type { ServerTransaction } from '../transaction/transactions.ts';
import type { Agent } from './agent.ts';
import { sequenceOf } from './dialog.ts';
import { createRepeating, type Repeating } from './repeating.ts';

/** Provisional responses that are acknowledged by PRACK (RFC 3262 3). */
export interface ReliableResponses {
  readonly send: (response: SipResponse, hasSdp: boolean) => void;
  /** Whether a PRACK is for the response that waits for one; `hadSdp` tells whether that had a description. */
  readonly take: (prack: SipRequest) => { readonly hadSdp: boolean } | undefined;
  /** Does something as soon as no response with a description waits any more, which a 2xx has to (RFC 3262 3). */
  readonly whenSettled: (work: () => void) => void;
  readonly stop: () => void;
}

/** More than one may not be under way (RFC 3262 3); whoever rings more often than this has said nothing new. */
const MOST_WAITING = 8;
const FIRST_SEQUENCES = 2 ** 31 - 1;

export function createReliableResponses(agent: Agent, transaction: ServerTransaction, gaveUp: () => void): ReliableResponses {
  const waiting: { readonly response: SipResponse; readonly hasSdp: boolean }[] = [];
  let underWay: { readonly sequence: number; readonly hasSdp: boolean; readonly repeating: Repeating } | undefined;
  let sequence = agent.randomBelow(FIRST_SEQUENCES);
  let settled: (() => void) | undefined;

  const hasDescription = (): boolean => underWay?.hasSdp === true || waiting.some(({ hasSdp }) => hasSdp);

  const next = (): void => {
    if (settled !== undefined && !hasDescription()) {
      const work = settled;
      // The answer says more than any ringing that has not been sent yet.
      stop();
      work();
      return;
    }
    const first = waiting.shift();
    if (first === undefined) return;
    sequence += 1;
    first.response.headers.append('Require', '100rel').append('RSeq', String(sequence));
    underWay = { sequence, hasSdp: first.hasSdp, repeating: createRepeating(agent, transaction, first.response, Infinity, gaveUp) };
    underWay.repeating.start();
  };

  /** What is under way is not sent again, but its PRACK may still come (RFC 3262 3). */
  const stop = (): void => {
    underWay?.repeating.stop();
    settled = undefined;
    waiting.length = 0;
  };

  return {
    stop,
    send: (response, hasSdp) => {
      if (waiting.length >= MOST_WAITING) return;
      waiting.push({ response, hasSdp });
      if (underWay === undefined) next();
    },
    take: ({ headers }) => {
      const [acknowledged, invite, method] = (headers.get('RAck') ?? '').trim().split(/[ \t]+/, 4);
      if (underWay === undefined || Number(acknowledged) !== underWay.sequence || Number(invite) !== sequenceOf(transaction.request) || method !== 'INVITE') return undefined;
      const { hasSdp, repeating } = underWay;
      repeating.stop();
      underWay = undefined;
      next();
      return { hadSdp: hasSdp };
    },
    whenSettled: (work) => {
      settled = work;
      if (!hasDescription()) next();
    },
  };
}
