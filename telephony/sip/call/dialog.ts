import { readAddress, tagOf, writeAddress } from '../message/address.ts';
import { buildRequest, type Body, type Fields } from '../message/build.ts';
import { readCSeq } from '../message/cseq.ts';
import type { SipMessage, SipRequest, SipResponse } from '../message/message.ts';
import { readUri, writeUri } from '../message/uri.ts';
import type { DialogName } from './call.ts';

/** What two ends know of one another (RFC 3261 12), as we see it. */
export interface Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** What stands in From of our requests, and in To. */
  readonly local: string;
  readonly remote: string;
  /** Record-Routes, that which is nearest to us first. */
  routes: readonly string[];
  /** The other end's Contact. */
  target: string;
  localSequence: number;
  remoteSequence: number | undefined;
  /** The methods that the other end says it takes; undefined as long as it has not said. */
  allows: ReadonlySet<string> | undefined;
}

export const nameOf = ({ localTag, remoteTag, target }: Dialog): DialogName => ({ localTag, remoteTag, target });

/** No proxy has put that many on the way of an honest message. */
const MOST_ROUTES = 32;

/** The dialog that a response to an INVITE of ours makes (12.1.2). Peers of RFC 2543 have no tags. */
export function dialogOfResponse(invite: SipRequest, response: SipResponse): Dialog {
  const from = invite.headers.get('From') ?? '';
  const to = response.headers.get('To') ?? '';
  return {
    callId: invite.headers.get('Call-ID') ?? '', localTag: tagOf(from) ?? '', remoteTag: tagOf(to) ?? '', local: from, remote: to,
    routes: routesOf(response).toReversed(), target: contactOf(response) ?? invite.uri,
    localSequence: sequenceOf(invite), remoteSequence: undefined, allows: allowsIn(response),
  };
}

/** The dialog that an INVITE which came in makes (12.1.1); undefined without a Contact to answer to. */
export function dialogOfRequest(invite: SipRequest, localTag: string): Dialog | undefined {
  const target = contactOf(invite);
  const from = invite.headers.get('From') ?? '';
  const to = readAddress(invite.headers.get('To') ?? '');
  if (target === undefined || to === undefined) return undefined;
  return {
    callId: invite.headers.get('Call-ID') ?? '', localTag, remoteTag: tagOf(from) ?? '',
    local: writeAddress({ ...to, params: new Map([...to.params, ['tag', localTag]]) }), remote: from,
    routes: routesOf(invite), target, localSequence: 0, remoteSequence: sequenceOf(invite), allows: allowsIn(invite),
  };
}

/** A 2xx settles the routes and the target anew, whatever the provisional ones had (13.2.2.4). */
export function confirmDialog(dialog: Dialog, response: SipResponse): void {
  dialog.routes = routesOf(response).toReversed();
  learn(dialog, response);
}

/** Takes over the Contact and the Allow of a message that may change them (12.2.1.2, 12.2.2). */
export function learn(dialog: Dialog, message: SipMessage): void {
  dialog.target = contactOf(message) ?? dialog.target;
  dialog.allows = allowsIn(message) ?? dialog.allows;
}

/** Whether a request is not older than those that were there before (12.2.2). */
export function takesInOrder(dialog: Dialog, next: SipRequest): boolean {
  const number = sequenceOf(next);
  if (dialog.remoteSequence !== undefined && number <= dialog.remoteSequence) return false;
  dialog.remoteSequence = number;
  return true;
}

export interface RequestParts {
  readonly contact?: string | undefined;
  readonly headers?: Fields | undefined;
  readonly body?: Body | undefined;
  /** For ACK, which has the number of its INVITE; all others get the next one. */
  readonly sequence?: number;
}

/** A request within the dialog (12.2.1.1). */
export function requestIn(dialog: Dialog, method: string, { contact, headers, body, sequence }: RequestParts = {}): SipRequest {
  if (sequence === undefined) dialog.localSequence += 1;
  const { uri, routes } = addressed(dialog);
  return buildRequest({
    method, uri, from: dialog.local, to: dialog.remote, callId: dialog.callId, cseq: sequence ?? dialog.localSequence,
    headers: { Route: routes, ...(contact === undefined ? {} : { Contact: `<${contact}>` }), ...headers }, ...(body === undefined ? {} : { body }),
  });
}

/** Request-URI and routes: a first route without `lr` is a strict router, whose address goes into the Request-URI. */
function addressed({ routes, target }: Dialog): { readonly uri: string; readonly routes: readonly string[] } {
  const [first, ...others] = routes;
  const uri = first === undefined ? undefined : readUri(readAddress(first)?.uri ?? '');
  if (uri === undefined || uri.params.has('lr')) return { uri: target, routes };
  return { uri: writeUri({ ...uri, headers: [] }), routes: [...others, `<${target}>`] };
}

/** Where the next request is to be sent: the first route, whichever sort it is, or the other end. */
export function nextUri({ routes: [first], target }: Dialog): string {
  return first === undefined ? target : readAddress(first)?.uri ?? target;
}

export function sequenceOf({ headers }: SipMessage): number {
  return readCSeq(headers.get('CSeq') ?? '')?.number ?? 0;
}

function contactOf({ headers }: SipMessage): string | undefined {
  const [first] = headers.list('Contact');
  const uri = first === undefined ? undefined : readAddress(first)?.uri;
  return uri === undefined || readUri(uri) === undefined ? undefined : uri;
}

function routesOf({ headers }: SipMessage): readonly string[] {
  return headers.list('Record-Route').slice(0, MOST_ROUTES);
}

function allowsIn({ headers }: SipMessage): ReadonlySet<string> | undefined {
  return headers.has('Allow') ? new Set(headers.list('Allow').map((method) => method.toUpperCase())) : undefined;
}

/** Whether one of the headers that list option tags has this one (20.32, 20.37). */
export function asks({ headers }: SipMessage, name: 'Require' | 'Supported', option: string): boolean {
  return headers.list(name).some((value) => value.toLowerCase() === option);
}
