import type { Timers } from '../../timers.ts';
import { responseTo, type Body, type Fields } from '../message/build.ts';
import type { SipResponse } from '../message/message.ts';
import { tagOf } from '../message/address.ts';
import { topVia } from '../message/via.ts';
import type { ServerTransaction, Transactions } from '../transaction/transactions.ts';
import type { Channel, Transports } from '../transport/channel.ts';
import { SDP } from './bodies.ts';
import type { Stands } from './kept.ts';
import type { SessionTimerSettings } from './session-timer.ts';

/** What all calls of one user agent stand on. */
export interface Agent {
  readonly transactions: Transactions;
  readonly transports: Pick<Transports, 'reach'>;
  readonly timers: Timers;
  /** RFC 3261 17.1.1.1. */
  readonly t1: number;
  readonly t2: number;
  /** In Server and User-Agent. */
  readonly name: string;
  readonly contactFor: (channel: Channel) => string;
  /** Undefined where sessions are not to be refreshed. */
  readonly sessionTimer: SessionTimerSettings | undefined;
  /** A whole number from 0 that is less than that. */
  readonly randomBelow: (bound: number) => number;
  readonly newTag: () => string;
  /** The extensions that may be required of us. */
  readonly supported: readonly string[];
  /** The methods that somebody here takes. */
  readonly allow: () => string;
  /** Told of calls that are up, and whenever they have changed; undefined where nobody keeps what is needed to go on with them. */
  readonly stands: Stands | undefined;
  /** Requests within a dialog that are no business of the call. */
  readonly takeOther: (transaction: ServerTransaction) => void;
}

/** The extensions that we know, as Supported has them: RFC 3262, 4028, 3891, 4488. */
export const SUPPORTED: readonly string[] = ['100rel', 'timer', 'replaces', 'norefersub'];

/** 64 T1, after which nobody waits any more (RFC 3261 17.1.1.2). */
export const patience = ({ t1 }: Pick<Agent, 't1'>): number => 64 * t1;

export const sdpBody = (sdp: string | undefined): { readonly body?: Body } => (sdp === undefined ? {} : { body: { contentType: SDP, content: sdp } });

export interface ReplyParts {
  readonly toTag?: string;
  readonly headers?: Fields | undefined;
  readonly sdp?: string | undefined;
}

/** A response with what RFC 3261 12.1.1 and 13.3.1 ask for: our Contact where it makes or refreshes a dialog, and what we take. */
export function replyTo(agent: Agent, { request, channel }: ServerTransaction, status: number, { toTag, headers, sdp }: ReplyParts = {}): SipResponse {
  const { method } = request;
  const isSuccess = status >= 200 && status < 300;
  const makesDialog = method === 'INVITE' && status > 100 && status < 300;
  const isNew = tagOf(request.headers.get('To')) === undefined;
  const fields: Fields = {
    ...(makesDialog && isNew ? { 'Record-Route': request.headers.all('Record-Route') } : {}),
    ...(makesDialog || (isSuccess && (method === 'UPDATE' || method === 'REFER')) ? { Contact: `<${agent.contactFor(channel)}>` } : {}),
    ...(isSuccess && (method === 'INVITE' || method === 'UPDATE' || method === 'OPTIONS') ? { Allow: agent.allow(), Supported: agent.supported.join(', ') } : {}),
    Server: agent.name,
    ...headers,
  };
  // Every final response has a tag (RFC 3261 8.2.6.2), also one that makes no dialog.
  return responseTo(request, status, undefined, { ...(isNew ? { toTag: toTag ?? agent.newTag() } : {}), headers: fields, ...sdpBody(sdp) });
}

export function reply(agent: Agent, transaction: ServerTransaction, status: number, parts?: ReplyParts): void {
  transaction.respond(replyTo(agent, transaction, status, parts));
}

/** Whether a request comes from elsewhere than its sender says (RFC 3581 4). */
export function isTranslated({ request, channel }: ServerTransaction): boolean {
  const via = topVia(request.headers);
  return via === undefined || via.host !== channel.remote.address || (via.port ?? 5060) !== channel.remote.port;
}
