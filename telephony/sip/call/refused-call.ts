import { buildRequest } from '../message/build.ts';
import { newCallId } from '../message/identifiers.ts';
import { reasonOf } from '../message/reasons.ts';
import type { SipCall } from './call.ts';
import { createEvents } from './events.ts';
import { addressOf, type InviteOptions } from './outgoing.ts';
import { writeAddress } from '../message/address.ts';
import { readCaller } from './caller.ts';

/** A call for which there is no room: it has failed before anything was sent. */
export function createRefusedCall({ uri, from, to = uri, channel }: InviteOptions, status: number): SipCall {
  const events = createEvents();
  const callId = newCallId();
  const fromText = writeAddress(addressOf(from));
  const toText = writeAddress(addressOf(to));
  events.tell({ kind: 'ended', why: { kind: 'failed', status, reason: reasonOf(status) } });
  return {
    callId, direction: 'out', from: readCaller(fromText), to: readCaller(toText),
    invite: buildRequest({ method: 'INVITE', uri, from: fromText, to: toText, callId, cseq: 1 }),
    channel: () => channel, state: () => 'ended', listen: events.listen,
    ring: () => undefined, answer: () => undefined, reject: () => undefined, hangUp: () => undefined,
    offer: () => Promise.resolve({ ok: false, status: 481 }),
    info: () => Promise.resolve(481),
    notify: () => Promise.resolve(481),
    dialog: () => undefined,
    moveTo: () => undefined,
  };
}
