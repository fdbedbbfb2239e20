import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, isIPv6, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { plainAddress, type Advertised } from './addresses.ts';
import type { Place, TransportKind } from './channel.ts';
import type { Floor } from './floor.ts';
import { attachStream, KEEP_ALIVE_MS } from './streams.ts';
import { createWebSocketEntry } from './websocket-entry.ts';

export interface Listening {
  readonly kind: TransportKind;
  readonly place: Place;
  /** Certificates change while connections stand. */
  readonly renew: (tls: TlsOptions) => void;
  readonly stop: () => Promise<void>;
}

export interface ListenOptions {
  readonly kind: Exclude<TransportKind, 'UDP'>;
  readonly address: string;
  readonly port: number;
  /** For TLS and WSS. */
  readonly tls?: TlsOptions;
  readonly advertised?: Advertised;
  /** Of WS and WSS: which paths lead to SIP, and who may come in. */
  readonly isPath?: (path: string) => boolean;
  readonly accepts?: (request: IncomingMessage) => boolean;
}

export async function listen(floor: Floor, options: ListenOptions): Promise<Listening> {
  const { kind, address, port } = options;
  const sockets = new Set<Socket>();
  const server = createServer(floor, options);
  server.maxConnections = floor.limits.connections;
  // Before any handshake, which costs most of what an unwelcome guest can cost.
  server.prependListener('connection', (socket: Socket) => {
    const remote = plainAddress(socket.remoteAddress ?? '');
    const isLetIn = floor.intake.isWelcome(remote, kind, 0) && floor.connections.admit(socket, remote, kind);
    sockets.add(socket);
    socket.once('close', () => { sockets.delete(socket); });
    if (!isLetIn) socket.destroy();
  });
  await bound(server, options);
  server.on('error', (error) => { floor.onFault('a socket that listens failed', { kind, address, port, error }); });
  return {
    kind,
    place: placeOf(server),
    renew: (tls) => { if ('setSecureContext' in server && typeof server.setSecureContext === 'function') server.setSecureContext(tls); },
    stop: () => new Promise((resolve) => {
      server.close(() => { resolve(); });
      // Handshakes that are not over, and whatever has been told to close and does not.
      const callOff = floor.timers.after(floor.timing.stop, () => { for (const socket of sockets) socket.destroy(); });
      server.once('close', callOff);
    }),
  };
}

function createServer(floor: Floor, options: ListenOptions): Server {
  const { kind, tls = {}, advertised } = options;
  const { timing } = floor;
  const sockets = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS };
  const attach = (socket: Socket): void => {
    const local = floor.localPlaces({ address: plainAddress(socket.localAddress ?? ''), port: socket.localPort ?? 0 }, plainAddress(socket.remoteAddress ?? ''), advertised);
    // It may be gone again already.
    if (!socket.destroyed) attachStream({ floor, socket, kind: kind === 'TLS' ? 'TLS' : 'TCP', local, isDialled: false });
  };
  switch (kind) {
    case 'TCP':
      return createTcpServer(sockets, attach);
    case 'TLS':
      return createTlsServer({ ...sockets, minVersion: 'TLSv1.2', ...tls, handshakeTimeout: timing.first }, attach).on('tlsClientError', (_error, socket) => {
        floor.counters.TLS.broken += 1;
        // A handshake that takes too long is told here, and nothing is done about it otherwise.
        socket.destroy();
      });
    case 'WS':
      return serveWebSockets(floor, createHttpServer(httpOptions(floor)), options);
    case 'WSS':
      return serveWebSockets(floor, createHttpsServer({ ...httpOptions(floor), minVersion: 'TLSv1.2', ...tls, handshakeTimeout: timing.first }), options);
    default:
      return kind satisfies never;
  }
}

function httpOptions({ timing }: Floor): { readonly noDelay: true; readonly headersTimeout: number; readonly requestTimeout: number; readonly keepAliveTimeout: number; readonly connectionsCheckingInterval: number } {
  return { noDelay: true, headersTimeout: timing.first, requestTimeout: timing.first, keepAliveTimeout: 1, connectionsCheckingInterval: timing.sweep };
}

function serveWebSockets(floor: Floor, server: HttpServer, { isPath, accepts }: ListenOptions): HttpServer {
  const entry = createWebSocketEntry({ transports: { floor }, isCounted: true, ...(isPath === undefined ? {} : { isPath }), ...(accepts === undefined ? {} : { accepts }) });
  server.on('request', (_request, response) => { response.writeHead(426, { connection: 'close', upgrade: 'websocket' }).end(); });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (entry.upgrade(request, socket, head)) return;
    socket.on('error', () => { socket.destroy(); });
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  server.on('clientError', (_error, socket) => { socket.destroy(); });
  server.on('tlsClientError', () => { floor.counters.WSS.broken += 1; });
  server.on('close', entry.stop);
  return server;
}

function bound(server: Server, { address, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, ipv6Only: isIPv6(address) }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function placeOf(server: Server): Place {
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('A socket that listens has no port.');
  return { address: place.address, port: place.port };
}
