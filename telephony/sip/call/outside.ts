import { writeAddress } from '../message/address.ts';
import { buildRequest, type Body, type Fields } from '../message/build.ts';
import type { DigestUser } from '../message/digest.ts';
import { newCallId } from '../message/identifiers.ts';
import type { SipResponse } from '../message/message.ts';
import type { RequestFailure } from '../transaction/transactions.ts';
import type { Channel, Target } from '../transport/channel.ts';
import type { Agent } from './agent.ts';
import { exchange } from './exchange.ts';
import type { Party } from './outgoing.ts';
import { createPath } from './path.ts';

export type OutsideRequest = {
  readonly method: string;
  readonly uri: string;
  readonly from: Party;
  /** The URI unless said. */
  readonly to?: Party;
  readonly headers?: Fields;
  readonly body?: Body;
  readonly credentials?: DigestUser;
  /** What registrations keep from one to the next (RFC 3261 10.2). One that is challenged uses two numbers. */
  readonly callId?: string;
  readonly cseq?: number;
  /** Whether our Contact is to be in it; that of `headers` comes before it. */
  readonly hasContact?: boolean;
} & ({ readonly channel: Channel; readonly target?: never } | { readonly target: Target; readonly channel?: never });

export type Sent =
  | { readonly ok: true; readonly response: SipResponse; readonly channel: Channel; /** The number that was used last. */ readonly cseq: number }
  | { readonly ok: false; readonly why: RequestFailure; readonly cseq: number };

/** A request outside of any dialog, and its final response. */
export function sendOutside(agent: Agent, { method, uri, from, to = uri, headers, body, credentials, callId = newCallId(), cseq = 1, hasContact = false, ...way }: OutsideRequest): Promise<Sent> {
  const path = createPath(agent, way.target === undefined ? { channel: way.channel, isBehindNat: true } : { target: way.target });
  const asParty = (party: Party): { uri: string; display?: string } => (typeof party === 'string' ? { uri: party } : party);
  const fromText = writeAddress({ ...asParty(from), params: new Map([['tag', agent.newTag()]]) });
  const toText = writeAddress({ ...asParty(to), params: new Map() });
  let number = cseq - 1;
  return new Promise((resolve) => {
    exchange(agent, {
      path, credentials,
      nextUri: () => undefined,
      make: (contact) => {
        number += 1;
        const own: Fields = hasContact && headers?.['Contact'] === undefined ? { Contact: `<${contact}>` } : {};
        return buildRequest({
          method, uri, from: fromText, to: toText, callId, cseq: number, headers: { 'User-Agent': agent.name, ...own, ...headers }, ...(body === undefined ? {} : { body }),
        });
      },
      response: (response) => {
        const channel = path.channel();
        if (response.status >= 200 && channel !== undefined) resolve({ ok: true, response, channel, cseq: number });
      },
      failed: (why) => { resolve({ ok: false, why, cseq: number }); },
    });
  });
}
