import { randomInt } from 'node:crypto';

/** A number of 0 or more and less than 1; what is tested brings its own. */
export type Random = () => number;

/** Identifiers and ports that cannot be guessed make blind injection harder (RFC 3550 9.1). */
export const secureRandom: Random = () => randomInt(2 ** 32) / 2 ** 32;
