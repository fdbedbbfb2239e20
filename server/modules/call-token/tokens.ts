import type { Guests } from '../../engine/guests.ts';
import { newToken } from '../../security/vault.ts';

export interface CallToken {
  /** User part of the guest's SIP address. */
  readonly user: string;
  readonly secret: string;
  readonly expiresAt: number;
}

export interface TokenRequest {
  readonly called: string;
  readonly caller: string;
  readonly origin: string;
}

export interface CallTokens extends Guests {
  /** None while there are as many as are kept in mind. */
  readonly issue: (request: TokenRequest) => CallToken | undefined;
  /** How many are kept in mind. */
  readonly size: () => number;
}

export interface CallTokensOptions {
  readonly clock: () => number;
  readonly maxTokens?: number;
}

/** From the page's click to the call, the browser's question for the microphone included. */
export const TOKEN_LIFE_MS = 60_000;
/** So long the page that was let in may open its connection again, for a call that goes on; and is told what is wrong instead of being asked for its password. */
const REMEMBERED_MS = 4 * 3_600_000;
const MAX_TOKENS = 50_000;
/** Telephones have numbers. */
const PREFIX = 'guest-';

interface Entry extends CallToken, TokenRequest {
  isUsed: boolean;
}

/**
 * Tokens of this process: they live for a minute, and the telephone that they are shown to is in this process as well. All live
 * equally long, so the oldest are over first.
 */
export function createCallTokens({ clock, maxTokens = MAX_TOKENS }: CallTokensOptions): CallTokens {
  const tokens = new Map<string, Entry>();

  /** Forgets what is long over, and so much of what is over that there is room. */
  const makeRoom = (now: number): boolean => {
    for (const [user, { expiresAt, isUsed }] of tokens) {
      const isOver = isUsed || expiresAt <= now;
      if (!isOver || (expiresAt + REMEMBERED_MS > now && tokens.size < maxTokens)) break;
      tokens.delete(user);
    }
    return tokens.size < maxTokens;
  };

  return {
    issue: (request) => {
      const now = clock();
      if (!makeRoom(now)) return undefined;
      const token = { user: `${PREFIX}${newToken(16)}`, secret: newToken(24), expiresAt: now + TOKEN_LIFE_MS };
      tokens.set(token.user, { ...request, ...token, isUsed: false });
      return token;
    },
    isGuest: (user) => user.startsWith(PREFIX),
    secretOf: (user) => tokens.get(user)?.secret,
    use: (user, called) => {
      const token = tokens.get(user);
      if (token === undefined || token.isUsed || token.expiresAt <= clock() || token.called !== called) return undefined;
      token.isUsed = true;
      return { caller: token.caller };
    },
    isOf: (user, origin) => tokens.get(user)?.origin === origin,
    size: () => tokens.size,
  };
}
