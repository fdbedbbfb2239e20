import { sameSecret, type Vault } from '../../security/vault.ts';
import type { Recorded } from './shelf.ts';

/** A ticket says which file of which tenant may be had until when; nobody but us can write one. */
export interface Tickets {
  readonly write: (recorded: Recorded, expiresAt: number) => string;
  /** Undefined for what we have not written, and for what has run out. */
  readonly read: (ticket: string, now: number) => Recorded | undefined;
}

const PURPOSE = 'shared recording';

export function createTickets({ fingerprint }: Pick<Vault, 'fingerprint'>): Tickets {
  const seal = (content: string): string => fingerprint(content, PURPOSE);
  return {
    write: ({ vdnId, file }, expiresAt) => {
      const content = Buffer.from(`${vdnId}:${expiresAt}:${file}`, 'utf8').toString('base64url');
      return `${content}.${seal(content)}`;
    },
    read: (ticket, now) => {
      const [content = '', given = '', ...more] = ticket.split('.');
      if (more.length > 0 || !sameSecret(given, seal(content))) return undefined;
      const [, vdnId, expiresAt, file = ''] = /^(\d+):(\d+):(.+)$/.exec(Buffer.from(content, 'base64url').toString('utf8')) ?? [];
      return Number(expiresAt) > now ? { vdnId: Number(vdnId), file } : undefined;
    },
  };
}
