import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Dictionary, Encodable } from '../bencode.ts';
import { isDictionary, readBencode, writeBencode } from '../bencode.ts';

/** What comes back for a request: a dictionary, bytes as they are, or nothing. */
export type FakeAnswer = Readonly<Record<string, Encodable>> | Buffer | undefined;

/** Somebody who takes requests as rtpengine does, and answers what a test wants. */
export interface FakeDaemon {
  readonly port: number;
  /** All that came, with what stood before the space. */
  readonly requests: readonly { readonly cookie: string; readonly fields: Dictionary }[];
  readonly close: () => void;
}

export async function startFakeDaemon(answer: (fields: Dictionary, cookie: string, count: number) => FakeAnswer | Promise<FakeAnswer>, port = 0): Promise<FakeDaemon> {
  const socket = createSocket('udp4');
  const requests: { cookie: string; fields: Dictionary }[] = [];
  const reply = async (fields: Dictionary, cookie: string, send: (datagram: Buffer) => void): Promise<void> => {
    const given = await answer(fields, cookie, requests.length);
    if (given !== undefined) send(Buffer.isBuffer(given) ? given : Buffer.concat([Buffer.from(`${cookie} `), writeBencode(given)]));
  };
  socket.on('message', (datagram, { port: from, address }) => {
    const space = datagram.indexOf(' ');
    const cookie = datagram.toString('latin1', 0, space);
    const fields = readBencode(datagram.subarray(space + 1));
    if (!isDictionary(fields)) throw new Error('that is no request');
    requests.push({ cookie, fields });
    void reply(fields, cookie, (given) => { socket.send(given, from, address); });
  });
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return { port: socket.address().port, requests, close: () => { socket.close(); } };
}
