import type { Timers } from '../../timers.ts';
import type { OutsideRequest } from '../call/outside.ts';
import { readNumber } from '../message/grammar.ts';
import type { SipResponse } from '../message/message.ts';
import { settled } from '../registrar/deadline.ts';
import type { SendRequest } from '../registrar/pings.ts';
import type { Channel, Target, Transports } from '../transport/channel.ts';

/** What is to be sent, when it is known by which channel it goes. */
export type Question = (channel: Channel) => Omit<OutsideRequest, 'channel' | 'target'>;

export type Answer = { readonly response: SipResponse; readonly channel: Channel; readonly cseq: number } | 'failed';

export type Ask = (target: Target, question: Question) => Promise<Answer>;

export interface AskDependencies {
  readonly timers: Timers;
  readonly transports: Pick<Transports, 'reach'>;
  readonly send: SendRequest;
}

const REACH_MS = 15_000;

export function createAsk({ timers, transports, send }: AskDependencies): Ask {
  return async (target, question) => {
    let channel: Channel;
    try {
      channel = await settled(transports.reach(target), REACH_MS, timers);
    } catch {
      // No way there is as good as no answer.
      return 'failed';
    }
    const sent = await send({ ...question(channel), channel });
    return sent.ok ? { response: sent.response, channel, cseq: sent.cseq } : 'failed';
  };
}

/** For how long a response asks to be left alone (RFC 3261 20.33). */
export function retryAfterMs({ headers }: SipResponse): number | undefined {
  const seconds = readNumber((headers.get('Retry-After') ?? '').split(/[;(]/, 1)[0] ?? '');
  return seconds === undefined ? undefined : seconds * 1000;
}
