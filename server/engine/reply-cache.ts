import type { Writer } from './writer.ts';

/** Replies kept until something they tell of changes. */
export interface ReplyCache {
  readonly get: (vdnId: number, key: string, make: () => Promise<string>) => Promise<string>;
}

const MAX_ENTRIES = 200;

/** Keeps replies by tenant; a change of one of the nouns forgets the tenant's at once, before the change is answered. */
export function createReplyCache(writer: Pick<Writer, 'subscribe'>, nouns: readonly string[]): ReplyCache {
  const tenants = new Map<number, { generation: number; replies: Map<string, string> }>();
  const tenant = (vdnId: number): { generation: number; replies: Map<string, string> } => {
    let found = tenants.get(vdnId);
    if (found === undefined) tenants.set(vdnId, (found = { generation: 0, replies: new Map() }));
    return found;
  };
  writer.subscribe(({ vdnId, change }) => {
    if (!nouns.includes(change.what)) return;
    const changed = tenant(vdnId);
    changed.generation += 1;
    changed.replies.clear();
  });
  return {
    get: async (vdnId, key, make) => {
      const current = tenant(vdnId);
      const kept = current.replies.get(key);
      if (kept !== undefined) return kept;
      const { generation } = current;
      const reply = await make();
      // What was read while a change came between may be old: it answers this request, but is not kept.
      if (current.generation === generation) {
        if (current.replies.size >= MAX_ENTRIES) current.replies.clear();
        current.replies.set(key, reply);
      }
      return reply;
    },
  };
}
