import { randomBytes } from 'node:crypto';
import { readChallenge, writeCredentials } from '../message/challenge.ts';
import { answerChallenge, chooseChallenge, type DigestUser } from '../message/digest.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import type { ClientTransaction, RequestFailure } from '../transaction/transactions.ts';
import type { Channel } from '../transport/channel.ts';
import type { Agent } from './agent.ts';
import type { Path } from './path.ts';

export interface ExchangeParts {
  readonly path: Path;
  /** Where it goes, when it goes; undefined for the way by which the call begins. */
  readonly nextUri: () => string | undefined;
  /** Asked again for each request that is sent, each with a CSeq of its own. */
  readonly make: (contact: string) => SipRequest;
  /** Looked up when they are asked for, where they may be others by then. */
  readonly credentials?: DigestUser | (() => DigestUser | undefined) | undefined;
  /** All responses but those challenges that are answered. */
  readonly response: (response: SipResponse, request: SipRequest) => void;
  readonly failed: (why: RequestFailure) => void;
}

export interface Exchange {
  /** For INVITE (RFC 3261 9.1). */
  readonly cancel: (reason?: string) => void;
}

const AUTHORIZATION: Readonly<Record<number, { readonly challenge: string; readonly answer: string }>> = {
  401: { challenge: 'WWW-Authenticate', answer: 'Authorization' }, 407: { challenge: 'Proxy-Authenticate', answer: 'Proxy-Authorization' },
};

/** A proxy and a server behind it may both ask, and both may find a nonce of theirs too old. */
const MOST_ATTEMPTS = 5;

/** A request and its responses; where it is challenged and there are credentials, it is sent again with them (RFC 3261 22). */
export function exchange(agent: Agent, { path, nextUri, make, credentials, response: tell, failed }: ExchangeParts): Exchange {
  const answers = new Map<string, string>();
  let attempts = 0;
  let current: ClientTransaction | undefined;
  let cancelled: { readonly reason: string | undefined } | undefined;

  const isAnswered = (request: SipRequest, response: SipResponse): boolean => {
    const names = AUTHORIZATION[response.status];
    if (names === undefined || credentials === undefined || cancelled !== undefined || attempts >= MOST_ATTEMPTS) return false;
    const user = typeof credentials === 'function' ? credentials() : credentials;
    const challenge = chooseChallenge(response.headers.all(names.challenge).flatMap((value) => readChallenge(value) ?? []));
    // Asked again, the password was wrong: it is not tried twice, lest somebody locks the account.
    if (user === undefined || challenge === undefined || (answers.has(names.answer) && !challenge.stale)) return false;
    const signed = answerChallenge(challenge, user, request.method, request.uri, randomBytes(8).toString('hex'), 1);
    if (signed === undefined) return false;
    answers.set(names.answer, writeCredentials(signed));
    return true;
  };

  const send = (channel: Channel): void => {
    if (cancelled !== undefined) {
      failed('transport');
      return;
    }
    attempts += 1;
    const request = make(agent.contactFor(channel));
    for (const [name, value] of answers) request.headers.set(name, value);
    current = undefined;
    const transaction = agent.transactions.request(request, channel, {
      response: (response) => {
        if (isAnswered(request, response)) attempt();
        else tell(response, request);
      },
      failed,
    });
    // It may have failed already, and even been sent again.
    current ??= transaction;
  };

  const attempt = (): void => { path.use(nextUri(), send, () => { failed('transport'); }); };
  attempt();
  return {
    cancel: (reason) => {
      cancelled ??= { reason };
      current?.cancel(reason);
    },
  };
}
