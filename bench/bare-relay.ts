import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { answerParent } from './child.ts';

/**
 * The baseline: sockets in pairs, each sends on what the other gets, and nothing else: no address is checked, nothing is counted, no packet
 * is looked into. The sockets are connected and look nothing up, which is the fastest way that Node has.
 */
const HOST = '127.0.0.1';
const BUFFER_BYTES = 131_072;

async function bind(to: number): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES, sendBufferSize: BUFFER_BYTES, lookup: (host, _options, callback) => { callback(null, host, 4); } });
  const listening = once(socket, 'listening');
  socket.bind(0, HOST);
  await listening;
  const connected = once(socket, 'connect');
  socket.connect(to, HOST);
  await connected;
  return socket;
}

answerParent(async (question) => {
  const { ports } = question as { readonly ports: readonly number[] };
  const sockets = await Promise.all(ports.map(bind));
  for (const [index, socket] of sockets.entries()) {
    const other = sockets[index ^ 1];
    socket.on('message', (message) => { other?.send(message); });
  }
  return { targets: sockets.map((socket) => socket.address().port) };
});
