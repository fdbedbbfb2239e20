import { randomBytes } from 'node:crypto';
import { BRANCH_COOKIE } from './via.ts';

export type Random = (bytes: number) => Uint8Array;

const text = (random: Random, bytes: number): string => Buffer.from(random(bytes)).toString('hex');

/** Tags have at least 32 bits of chance (RFC 3261 19.3). */
export function newTag(random: Random = randomBytes): string {
  return text(random, 8);
}

export function newBranch(random: Random = randomBytes): string {
  return BRANCH_COOKIE + text(random, 12);
}

/** Without a host, which would tell everybody where we are (RFC 3261 8.1.1.4 asks for chance only). */
export function newCallId(random: Random = randomBytes): string {
  return text(random, 16);
}
