import type { Database } from '../../database/connect.ts';
import { createBelieved } from '../../security/believed.ts';
import { digestOf, newToken } from '../../security/vault.ts';

/** C1, C3, C5 and SIA tokens of chapter 4 and 9.1.1, console sessions, tokens of people (17.1), those of 15.1, the set-up link and tokens that play a recording (13.2.1.8). */
export type TokenKind = 'C1' | 'C3' | 'C5' | 'SIA' | 'OMA' | 'session' | 'person' | 'setup' | 'play';

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
  /** What it is for, as those who list tokens read it. */
  readonly label?: string;
  /** When its life begins; now unless told. */
  readonly at?: number;
}

/** As it may be shown. */
export interface ShownToken {
  readonly vdnId: number;
  readonly subject: string;
  readonly label: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface Tokens {
  /** Keeps a digest only; the text is told once. */
  readonly issue: (token: NewToken) => Promise<string>;
  /** Finds expired tokens too, as long as they are kept. */
  readonly find: (text: string) => Promise<Token | undefined>;
  readonly findByDigest: (digest: string) => Promise<Token | undefined>;
  /** Those of a kind that are good then, of all tenants, oldest first. */
  readonly list: (kind: TokenKind, now: number) => Promise<readonly ShownToken[]>;
  readonly revoke: (text: string) => Promise<void>;
  readonly revokeByDigest: (digest: string) => Promise<void>;
  /**
   * Ends every token of a subject. Inside a transaction they are gone when it commits, and `forget` is to be called with
   * what this answers once it has.
   */
  readonly revokeSubject: (vdnId: number, kinds: readonly TokenKind[], subject: string, tx?: Database) => Promise<readonly string[]>;
  readonly forget: (digests: readonly string[]) => void;
  /** Removes tokens that expired before the time given. */
  readonly sweep: (before: number) => Promise<number>;
}

const MAX_BELIEVED = 20_000;
/** No token of ours is longer, so no longer text is worth a digest. */
const MAX_TEXT = 512;

const SWEEP_BATCH = 5000;

export function createTokens({ db, clock }: { db: Database; clock: () => number }): Tokens {
  const { get: believe, forget } = createBelieved<string, Token>({ clock, maxEntries: MAX_BELIEVED });

  const read = async (digest: string): Promise<Token | undefined> => {
    const row = await db.selectFrom('access_token').selectAll().where('digest', '=', digest).executeTakeFirst();
    return row && {
      vdnId: row.vdn_id, kind: row.kind as TokenKind, subject: row.subject, csrf: row.csrf, expiresAt: row.expires_at, digest,
    };
  };

  const findByDigest = (digest: string): Promise<Token | undefined> => believe(digest, () => read(digest));

  const revokeByDigest = async (digest: string): Promise<void> => {
    await db.deleteFrom('access_token').where('digest', '=', digest).execute();
    forget([digest]);
  };

  return {
    issue: async ({ vdnId, kind, subject, lifeMs, text = newToken(), csrf, label, at = clock() }) => {
      await db.insertInto('access_token').values({
        vdn_id: vdnId, digest: digestOf(text), kind, subject, csrf: csrf ?? null, label: label ?? null, created_at: at, expires_at: at + lifeMs,
      }).execute();
      return text;
    },
    find: (text) => (text.length > MAX_TEXT ? Promise.resolve(undefined) : findByDigest(digestOf(text))),
    findByDigest,
    list: async (kind, now) => {
      const rows = await db.selectFrom('access_token').selectAll().where('kind', '=', kind).where('expires_at', '>', now).orderBy('created_at').orderBy('subject').execute();
      return rows.map((row) => ({ vdnId: row.vdn_id, subject: row.subject, label: row.label ?? '', createdAt: row.created_at, expiresAt: row.expires_at }));
    },
    revoke: (text) => revokeByDigest(digestOf(text)),
    revokeByDigest,
    revokeSubject: async (vdnId, kinds, subject, tx) => {
      const gone = await (tx ?? db).deleteFrom('access_token').where('vdn_id', '=', vdnId).where('kind', 'in', [...kinds]).where('subject', '=', subject)
        .returning('digest').execute();
      const digests = gone.map(({ digest }) => digest);
      if (tx === undefined) forget(digests);
      return digests;
    },
    forget,
    sweep: async (before) => {
      // In batches, so that no statement holds on to the table for long after a busy day.
      for (let swept = 0; ;) {
        const { numDeletedRows } = await db.deleteFrom('access_token')
          .where('digest', 'in', (from) => from.selectFrom('access_token').select('digest').where('expires_at', '<', before).limit(SWEEP_BATCH))
          .executeTakeFirst();
        swept += Number(numDeletedRows);
        if (numDeletedRows < SWEEP_BATCH) return swept;
      }
    },
  };
}
