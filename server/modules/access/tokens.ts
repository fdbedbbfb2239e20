import type { Database } from '../../database/connect.ts';
import { digestOf, newToken } from '../../security/vault.ts';

/** C1, C3, C5 and SIA tokens of chapter 4 and 9.1.1, console sessions, tokens of people (17.1) and the set-up link. */
export type TokenKind = 'C1' | 'C3' | 'C5' | 'SIA' | 'session' | 'person' | 'setup';

export interface Token {
  readonly vdnId: number;
  readonly kind: TokenKind;
  readonly subject: string;
  readonly csrf: string | null;
  readonly expiresAt: number;
  readonly digest: string;
}

export interface NewToken {
  readonly vdnId: number;
  readonly kind: TokenKind;
  readonly subject: string;
  readonly lifeMs: number;
  /** The token itself, where its form is prescribed; random otherwise. */
  readonly text?: string;
  readonly csrf?: string;
}

export interface Tokens {
  /** Keeps a digest only; the text is told once. */
  readonly issue: (token: NewToken) => Promise<string>;
  readonly find: (text: string) => Promise<Token | undefined>;
  readonly revoke: (text: string) => Promise<void>;
  readonly revokeSubject: (vdnId: number, kinds: readonly TokenKind[], subject: string) => Promise<void>;
  /** Removes tokens that expired before the time given. */
  readonly sweep: (before: number) => Promise<number>;
}

/** A token found is believed for so long, so that another process's revocation is heard of in time. */
const BELIEVED_MS = 2000;
const MAX_CACHED = 20_000;

export function createTokens({ db, clock }: { db: Database; clock: () => number }): Tokens {
  const cache = new Map<string, { token: Token; checkedAt: number }>();

  const read = async (digest: string): Promise<Token | undefined> => {
    const row = await db.selectFrom('access_token').selectAll().where('digest', '=', digest).executeTakeFirst();
    return row && {
      vdnId: row.vdn_id, kind: row.kind as TokenKind, subject: row.subject, csrf: row.csrf, expiresAt: row.expires_at, digest,
    };
  };

  return {
    issue: async ({ vdnId, kind, subject, lifeMs, text = newToken(), csrf }) => {
      const now = clock();
      await db.insertInto('access_token').values({
        vdn_id: vdnId, digest: digestOf(text), kind, subject, csrf: csrf ?? null, created_at: now, expires_at: now + lifeMs,
      }).execute();
      return text;
    },
    find: async (text) => {
      if (text.length > 512) return undefined;
      const digest = digestOf(text);
      const now = clock();
      const cached = cache.get(digest);
      if (cached !== undefined && now - cached.checkedAt < BELIEVED_MS) return cached.token;
      cache.delete(digest);
      const token = await read(digest);
      if (token === undefined) return undefined;
      if (cache.size >= MAX_CACHED) cache.clear();
      cache.set(digest, { token, checkedAt: now });
      return token;
    },
    revoke: async (text) => {
      const digest = digestOf(text);
      await db.deleteFrom('access_token').where('digest', '=', digest).execute();
      cache.delete(digest);
    },
    revokeSubject: async (vdnId, kinds, subject) => {
      const gone = await db.deleteFrom('access_token').where('vdn_id', '=', vdnId).where('kind', 'in', [...kinds]).where('subject', '=', subject)
        .returning('digest').execute();
      for (const { digest } of gone) cache.delete(digest);
    },
    sweep: async (before) => {
      const { numDeletedRows } = await db.deleteFrom('access_token').where('expires_at', '<', before).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
