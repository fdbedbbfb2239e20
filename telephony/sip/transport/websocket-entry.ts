import type { IncomingMessage } from 'node:http';
import { isUtf8 } from 'node:buffer';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { plainAddress } from './addresses.ts';
import type { Place, TransportKind } from './channel.ts';
import type { Wire } from './connections.ts';
import type { Floor } from './floor.ts';

const SUBPROTOCOL = 'sip';
const DEFAULT_PATH = '/sip';
/** Status codes of RFC 6455 7.4.1. */
const GOING_AWAY = 1001;
const LONGEST_PATH = 2_048;
const PING_BYTES = 4;
const PONG = Buffer.from('\r\n');

export interface WebSocketEntryOptions {
  /** What opened WebSockets become a part of. */
  readonly transports: { readonly floor: Floor };
  /** Which paths are SIP's; others are left to others. */
  readonly isPath?: (path: string) => boolean;
  /** Whether that page may come in: its Origin, a token that it shows. */
  readonly accepts?: (request: IncomingMessage) => boolean;
  /** Who asks, where somebody stands in between who says so. */
  readonly addressOf?: (request: IncomingMessage) => string | undefined;
  /** Whether it was encrypted on its way, where somebody stands in between. */
  readonly isSecure?: (request: IncomingMessage) => boolean;
  /** Whether connections were let in and counted when they were made, as those to listeners of our own are. */
  readonly isCounted?: boolean;
}

/** SIP over WebSocket (RFC 7118) on a server of HTTP that somebody listens with. */
export interface WebSocketEntry {
  /** For the server's `upgrade` event. Answers whether the request was for us, and is then taken care of. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  /** Takes leave of those that came in by it: the server that they came to could not close before. */
  readonly stop: () => void;
}

export function createWebSocketEntry({
  transports: { floor }, isPath = (path) => path === DEFAULT_PATH, accepts = () => true, addressOf = () => undefined, isSecure = isEncrypted, isCounted = false,
}: WebSocketEntryOptions): WebSocketEntry {
  const server = new WebSocketServer({
    // Nobody gains from compressing messages of a kilobyte, and it takes memory for each connection.
    noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: floor.limits.message,
    handleProtocols: (protocols) => (protocols.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });

  const standing = new Map<WebSocket, Wire>();

  return {
    upgrade: (request, socket, head) => {
      const path = pathOf(request);
      if (path === undefined || !isPath(path)) return false;
      const kind: TransportKind = isSecure(request) ? 'WSS' : 'WS';
      const raw = request.socket;
      const remote: Place = { address: plainAddress(addressOf(request) ?? raw.remoteAddress ?? ''), port: raw.remotePort ?? 0 };
      const refusal = refusalOf(request, accepts);
      if (refusal !== undefined) refuse(socket, refusal);
      else if (!isCounted && !floor.intake.isWelcome(remote.address, kind, 0)) socket.destroy();
      else if (!isCounted && !floor.connections.admit(raw, remote.address, kind)) refuse(socket, '503 Service Unavailable');
      else {
        server.handleUpgrade(request, socket, head, (web) => {
          standing.set(web, attachWebSocket({ floor, web, kind, remote, raw, path, origin: request.headers.origin }));
          web.once('close', () => { standing.delete(web); });
        });
      }
      return true;
    },
    stop: () => {
      server.close();
      for (const wire of standing.values()) wire.finish();
    },
  };
}

interface Attached {
  readonly floor: Floor;
  readonly web: WebSocket;
  readonly kind: TransportKind;
  readonly remote: Place;
  readonly raw: Socket;
  readonly path: string;
  readonly origin: string | undefined;
}

function attachWebSocket({ floor, web, kind, remote, raw, path, origin }: Attached): Wire {
  const { intake, connections, timers, timing } = floor;
  const local: Place = { address: plainAddress(raw.localAddress ?? '127.0.0.1'), port: raw.localPort ?? 0 };
  const wire: Wire = {
    // A text frame has to be UTF-8 throughout, or the browser gives up the connection (RFC 7118 4.2, RFC 6455 8.1).
    write: (bytes, done) => { web.send(bytes, { binary: !isUtf8(bytes) }, done); },
    unsent: () => web.bufferedAmount,
    finish: () => {
      web.close(GOING_AWAY);
      const callOff = timers.after(timing.stop, () => { web.terminate(); });
      web.once('close', callOff);
    },
    destroy: () => { web.terminate(); },
    ping: () => { web.ping(); },
  };
  // The page has shown what it is by its handshake, and may open its way long before it calls.
  const connection = connections.add({ kind, local, remote, wire, isDialled: false, isProven: true, origin, path });
  web.on('message', (data) => {
    const bytes = bytesOf(data);
    connection.heard(true, false);
    if (!intake.isWelcome(remote.address, kind, bytes.length)) connection.destroy();
    // Keep-alives of RFC 5626 3.5.1, which some browsers' stacks send by WebSocket too.
    else if (!intake.whole(bytes, connection.channel) && bytes.length >= PING_BYTES) connection.write(PONG);
  });
  web.on('pong', () => { connection.heard(true, false); });
  web.on('ping', () => { connection.heard(true, false); });
  // What is too long, or no WebSocket at all; `close` follows.
  web.on('error', () => { floor.counters[kind].broken += 1; });
  web.on('close', connection.gone);
  return wire;
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : data;
}

function pathOf({ url = '' }: IncomingMessage): string | undefined {
  if (url.length > LONGEST_PATH) return undefined;
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

function refusalOf(request: IncomingMessage, accepts: (request: IncomingMessage) => boolean): string | undefined {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  // RFC 7118 4.1.
  if (!offered.includes(SUBPROTOCOL)) return '400 Bad Request';
  return accepts(request) ? undefined : '403 Forbidden';
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => { socket.destroy(); });
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  socket.once('finish', () => { socket.destroy(); });
}

function isEncrypted({ socket }: IncomingMessage): boolean {
  return 'encrypted' in socket && socket.encrypted === true;
}
