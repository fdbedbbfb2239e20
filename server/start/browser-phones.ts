import type { IncomingMessage, Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import { createWebSocketEntry, type WebSocketEntryOptions } from '../../telephony/sip/transport/websocket-entry.ts';
import { isOwnOrigin } from '@parley/core/widget/origin.ts';
import type { Guests } from '../engine/guests.ts';
import { createForwarding } from '../http/forwarded.ts';

export const SIP_PATH = '/sip';

export interface BrowserPhonesOptions {
  readonly transports: WebSocketEntryOptions['transports'];
  readonly guests: Pick<Guests, 'isOf'>;
  /** Pages that may come in, besides our own and those that have a call token. */
  readonly corsOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
}

/** SIP over WebSocket (RFC 7118) at `/sip` of Parley's own listeners: browsers that are agents' phones, and customers' browsers. */
export interface BrowserPhones {
  readonly attach: (server: Server | SecureServer) => void;
  /** Closes what browsers have opened, which would keep the listeners open. */
  readonly stop: () => void;
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? '';

/** Requests that are no more HTTP: all others may ask for what upgrades they like, and are answered as ever (RFC 9110 7.8). */
export const isBrowserPhone = (request: IncomingMessage): boolean => request.headers.upgrade?.toLowerCase() === 'websocket' && pathOf(request) === SIP_PATH;

export function createBrowserPhones({ transports, guests, corsOrigins, trustedProxies }: BrowserPhonesOptions): BrowserPhones {
  const forwarded = createForwarding(trustedProxies);
  const allowed = new Set(corsOrigins);

  const accepts = (request: IncomingMessage): boolean => {
    const { origin } = request.headers;
    // Programs that are no browsers have none. The password is asked of everybody; this is against pages that visitors did not mean to call by.
    if (origin === undefined || allowed.has(origin) || isOwnOrigin(origin, forwarded(request))) return true;
    const guest = new URLSearchParams(request.url?.split('?')[1] ?? '').get('guest');
    return guest !== null && guests.isOf(guest, origin);
  };

  const entry = createWebSocketEntry({
    transports, isPath: (path) => path === SIP_PATH, accepts,
    addressOf: (request) => forwarded(request).address, isSecure: (request) => forwarded(request).isSecure,
  });

  return {
    attach: (server) => {
      server.on('upgrade', (request, socket, head) => { if (!entry.upgrade(request, socket, head)) socket.destroy(); });
    },
    stop: entry.stop,
  };
}
