import type { IncomingMessage, Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';

/**
 * Ends the connections over which nothing has been asked yet. Browsers and other clients open some in advance; Node takes them for busy
 * ones, so that a server that closes would wait for each of them for a minute.
 */
export function trackUnused(server: Server | SecureServer): () => void {
  const unused = new Set<Socket>();
  const isUsed = ({ socket }: IncomingMessage): void => { unused.delete(socket); };
  server.on('setSecureContext' in server ? 'secureConnection' : 'connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => { unused.delete(socket); });
  });
  server.on('request', isUsed);
  server.on('upgrade', isUsed);
  return () => { for (const socket of unused) socket.destroy(); };
}
