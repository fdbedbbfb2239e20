import { randomFillSync } from 'node:crypto';
import { BRANCH_COOKIE } from './via.ts';

export type Random = (bytes: number) => Uint8Array;

/** Chance is fetched for many identifiers at once: each fetch costs as much as reading a message. */
const store = Buffer.alloc(4096);
let used = store.length;

function text(random: Random | undefined, bytes: number): string {
  if (random !== undefined) return Buffer.from(random(bytes)).toString('hex');
  if (used + bytes > store.length) {
    randomFillSync(store);
    used = 0;
  }
  used += bytes;
  return store.toString('hex', used - bytes, used);
}

/** Tags have at least 32 bits of chance (RFC 3261 19.3). */
export function newTag(random?: Random): string {
  return text(random, 8);
}

export function newBranch(random?: Random): string {
  return BRANCH_COOKIE + text(random, 12);
}

/** Without a host, which would tell everybody where we are (RFC 3261 8.1.1.4 asks for chance only). */
export function newCallId(random?: Random): string {
  return text(random, 16);
}
