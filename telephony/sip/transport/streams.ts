import type { Socket } from 'node:net';
import { createStreamReader } from '../message/stream-reader.ts';
import { plainAddress } from './addresses.ts';
import type { Place } from './channel.ts';
import type { Connection, Wire } from './connections.ts';
import type { Floor } from './floor.ts';

/** TCP's own probes find a peer that is gone without a word. */
export const KEEP_ALIVE_MS = 60_000;
/** RFC 5626 3.5.1. */
const PONG = Buffer.from('\r\n');

export interface AttachedStream {
  readonly floor: Floor;
  readonly socket: Socket;
  readonly kind: 'TCP' | 'TLS';
  readonly local: Place;
  readonly isDialled: boolean;
}

/** Makes a connection of a socket that is open, of TCP or TLS. */
export function attachStream({ floor, socket, kind, local, isDialled }: AttachedStream): Connection {
  const { intake, connections, timers, timing } = floor;
  const remote: Place = { address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 };
  const wire: Wire = {
    write: (bytes, done) => { socket.write(bytes, done); },
    unsent: () => socket.writableLength,
    finish: () => {
      socket.destroySoon();
      const callOff = timers.after(timing.stop, () => { socket.destroy(); });
      socket.once('close', callOff);
    },
    destroy: () => { socket.destroy(); },
  };
  const connection = connections.add({ kind, local, remote, wire, isDialled, isProven: isDialled });
  const { channel } = connection;
  let isWhole = false;
  const reader = createStreamReader({
    limits: intake.readLimits,
    onMessage: (message) => {
      isWhole = true;
      intake.message(message, channel);
    },
    onKeepAlive: (ping) => {
      floor.counters[kind].pings += 1;
      if (ping === 'ping') connection.write(PONG);
    },
    onFault: (fault) => {
      intake.unreadable(fault, Infinity, channel);
      if (!fault.isFatal) return;
      floor.counters[kind].broken += 1;
      channel.close();
    },
  });
  socket.on('data', (bytes: Buffer) => {
    if (!channel.isOpen()) return;
    if (!intake.isWelcome(remote.address, kind, bytes.length)) {
      connection.destroy();
      return;
    }
    isWhole = false;
    reader.feed(bytes);
    connection.heard(isWhole, reader.isMidMessage());
  });
  channel.onClose(reader.stop);
  // What it was shows in what becomes of the messages; `close` follows.
  socket.on('error', () => { floor.counters[kind].broken += 1; });
  socket.on('close', connection.gone);
  return connection;
}
