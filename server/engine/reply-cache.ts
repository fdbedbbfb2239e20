import type { Writer } from './writer.ts';

/** Replies kept until something they tell of changes. */
export interface ReplyCache {
  readonly get: (vdnId: number, key: string, make: () => Promise<string>) => Promise<string>;
}

/** Of one tenant. */
const MAX_REPLIES = 200;
/** Of all tenants together, the keys counted too: ten thousand tenants must not fill the memory. */
const MAX_CHARACTERS = 8 * 1024 * 1024;

/** Keeps replies by tenant; a change of one of the nouns forgets the tenant's at once, before the change is answered. */
export function createReplyCache(writer: Pick<Writer, 'subscribe'>, nouns: readonly string[], maxCharacters = MAX_CHARACTERS): ReplyCache {
  const tenants = new Map<number, Map<string, string>>();
  let characters = 0;
  let changes = 0;

  const forget = (vdnId: number): void => {
    for (const [key, reply] of tenants.get(vdnId) ?? []) characters -= key.length + reply.length;
    tenants.delete(vdnId);
  };

  const keep = (vdnId: number, key: string, reply: string): void => {
    let replies = tenants.get(vdnId);
    // The same may have been asked twice at once, and is then counted once.
    if (replies?.has(key) === true) return;
    if (replies === undefined || replies.size >= MAX_REPLIES) {
      forget(vdnId);
      replies = new Map();
      tenants.set(vdnId, replies);
    }
    replies.set(key, reply);
    characters += key.length + reply.length;
    for (const oldest of tenants.keys()) {
      if (characters <= maxCharacters) return;
      forget(oldest);
    }
  };

  writer.subscribe(({ vdnId, change }) => {
    if (!nouns.includes(change.what)) return;
    changes += 1;
    forget(vdnId);
  });

  return {
    get: async (vdnId, key, make) => {
      const kept = tenants.get(vdnId)?.get(key);
      if (kept !== undefined) return kept;
      const before = changes;
      const reply = await make();
      // What was read while a change came between may be old: it answers this request, but is not kept.
      if (changes === before) keep(vdnId, key, reply);
      return reply;
    },
  };
}
