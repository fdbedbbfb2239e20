import { createCallToken } from '@parley/contract/widget/call-token.ts';
import { widgetErrors as errors } from '@parley/contract/widget/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { isOwnOrigin } from '@parley/core/widget/origin.ts';
import type { Database } from '../../database/connect.ts';
import { putBounded } from '../../security/bounded-map.ts';
import { createRateLimit, type RateLimit } from '../../security/rate-limit.ts';
import { findAnyKey } from './store.ts';
import type { CallTokens } from './tokens.ts';

/** As browsers take it (RTCIceServer of WebRTC 1.0). */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface CallTokenDependencies {
  readonly db: Database;
  readonly tokens: Pick<CallTokens, 'issue'>;
  readonly tenantOf: (db: Database, called: string) => Promise<number | undefined>;
  readonly tenantEnabled: (vdnId: number) => Promise<boolean>;
  /** Where SIP over WebSocket is served; undefined where calls are simulated. */
  readonly webrtc: { readonly host: string; readonly port: number } | undefined;
  /** For somebody who goes by that name. */
  readonly iceServers: (name: string, now: number) => readonly IceServer[];
}

const MINUTE_MS = 60_000;
const PER_ADDRESS = 20;
const MAX_KEYS = 10_000;
const NOBODY = 'anonymous';
/** What may stand in front of a path; what a page has asked is where it finds us. */
const AUTHORITY = /^[\w.-]+(?::\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::\d{1,5})?$/;

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Counts for each key what it allows, which an administrator may change. */
function createKeyLimits(): (id: string, limit: number, now: number) => boolean {
  const limits = new Map<string, { readonly limit: number; readonly rate: RateLimit }>();
  return (id, limit, now) => {
    let known = limits.get(id);
    if (known?.limit !== limit) {
      known = { limit, rate: createRateLimit(limit, MINUTE_MS, 1) };
      putBounded(limits, id, known, MAX_KEYS);
    }
    return known.rate.take(id, now);
  };
}

export function callTokenHandlers({ db, tokens, tenantOf, tenantEnabled, webrtc, iceServers }: CallTokenDependencies): readonly Handler[] {
  const byAddress = createRateLimit(PER_ADDRESS, MINUTE_MS);
  const byKey = createKeyLimits();

  return [
    handle(createCallToken, async ({ key: id, accessCode, caller = NOBODY }, { requestHeader, header, source, secure, now }) => {
      const origin = requestHeader('origin');
      header('Vary', 'Origin');
      header('Cache-Control', 'no-store');
      const key = await findAnyKey(db, id);
      // Pages of our own, such as the one for trying, need no naming: they are found under whatever name we are.
      const isLetIn = origin !== undefined && (key?.origins.includes(origin) === true || isOwnOrigin(origin, { isSecure: secure, host: requestHeader('host') }));
      // One answer for all of these: what keys there are is nobody's business.
      if (!isLetIn || key?.enabled !== true || !(await tenantEnabled(key.vdnId))) {
        return refuse(errors.forbidden, { message: 'this page may not call by this key' });
      }
      // From here on the page may read what it is answered.
      header('Access-Control-Allow-Origin', origin);
      if (!key.accessCodes.includes(accessCode) || await tenantOf(db, accessCode) !== key.vdnId) {
        return refuse(errors.forbidden, { field: 'accessCode', message: `${accessCode} may not be called by this key` });
      }
      if (webrtc === undefined) return refuse(errors.unavailable);
      // An address that calls too much uses up nothing of what others may.
      if (!byAddress.take(source, now) || !byKey(id, key.callsPerMinute, now)) {
        header('Retry-After', '60');
        return refuse(errors.tooMany);
      }
      const token = tokens.issue({ called: accessCode, caller, origin });
      if (token === undefined) return refuse(errors.overloaded);
      const { user, secret, expiresAt } = token;
      const host = bracketed(webrtc.host);
      const asked = requestHeader('host') ?? '';
      const authority = AUTHORITY.test(asked) ? asked : `${host}:${webrtc.port}`;
      return {
        address: `sip:${user}@${host}`, user, password: secret, target: `sip:${encodeURIComponent(accessCode)}@${host}`,
        webSocketUrl: `${secure ? 'wss' : 'ws'}://${authority}/sip?guest=${user}`,
        iceServers: iceServers(user, now).map(({ urls, ...rest }) => ({ urls: [...urls], ...rest })), expiresAt,
      };
    }),
  ];
}
