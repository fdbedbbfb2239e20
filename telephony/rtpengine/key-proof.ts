import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { PCMA, telephoneEvent } from '../sdp/codec.ts';
import { makeOffer } from '../sdp/offer-answer.ts';
import { writeSdp } from '../sdp/session.ts';
import type { Timers } from '../timers.ts';
import type { Commands } from './commands.ts';
import type { KeyLog } from './key-log.ts';
import { readPlace } from './line.ts';

export interface KeyProofOptions {
  readonly commands: Pick<Commands, 'offer' | 'answer' | 'remove'>;
  readonly keyLog: Pick<KeyLog, 'onKey'>;
  /** A name for the call that is made for it. */
  readonly call: string;
  /** The interface of rtpengine that is reached from here. */
  readonly inside: string | undefined;
  readonly timers: Timers;
}

const WAIT_MS = 500;
/** Nobody's port: what would go there comes to nothing. */
const NOWHERE = { address: '127.0.0.1', port: 9 } as const;
const KEY = '5';

/** The end of a key, as a packet (RFC 4733 2.3). */
function keyPacket(payloadType: number, sequence: number): Uint8Array {
  const packet = Buffer.alloc(16);
  packet[0] = 0x80;
  packet[1] = payloadType;
  packet.writeUInt16BE(sequence, 2);
  packet.writeUInt32BE(1, 4);
  packet.writeUInt32BE(1, 8);
  packet.writeUInt8(Number(KEY), 12);
  packet.writeUInt8(0x80 | 10, 13);
  packet.writeUInt16BE(800, 14);
  return packet;
}

/**
 * Whether rtpengine really tells of keys: it takes wrong settings without a word, and keys of calls that it passes on by itself
 * would be lost. So a call is made in which nobody is, and a key is pressed there. Undefined where that could not be tried.
 */
export async function provesKeys({ commands, keyLog, call, inside, timers }: KeyProofOptions): Promise<boolean | undefined> {
  const sdp = writeSdp(makeOffer({ ...NOWHERE, codecs: [PCMA] }));
  const parties = { call, from: 'one', to: 'other' };
  const where = inside === undefined ? {} : { direction: [inside, inside] as const };
  const offered = await commands.offer({ call, from: parties.from }, sdp, { flags: ['asymmetric'], ...where });
  const answered = offered.ok ? await commands.answer(parties, sdp, { flags: ['asymmetric'] }) : offered;
  const place = answered.ok ? readPlace(answered.sdp) : undefined;
  const proof = place === undefined ? undefined : await pressAt(place, { call, keyLog, timers });
  await commands.remove(call);
  return proof;
}

function pressAt({ address, port }: { readonly address: string; readonly port: number }, { call, keyLog, timers }: Pick<KeyProofOptions, 'call' | 'keyLog' | 'timers'>): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    socket.on('error', () => undefined);
    const finish = (isProven: boolean): void => {
      cancel();
      stopListening();
      socket.close();
      resolve(isProven);
    };
    const stopListening = keyLog.onKey((logged) => { if (logged.call === call && logged.key === KEY) finish(true); });
    const cancel = timers.after(WAIT_MS, () => { finish(false); });
    const { payloadType } = telephoneEvent(PCMA.clockRate, 101);
    // The end of a key comes three times, as one may be lost (RFC 4733 2.5.1.4).
    for (let sequence = 1; sequence <= 3; sequence += 1) socket.send(keyPacket(payloadType, sequence), port, address);
  });
}
