/** What stands for a number that is withheld: nothing, or a word for it (RFC 3323 4.1.1.3 and what carriers send). */
const WITHHELD: ReadonlySet<string> = new Set(['', 'anonymous', 'unavailable', 'restricted', 'private', 'unknown']);

export const isAnonymous = (caller: string): boolean => WITHHELD.has(caller.trim().toLowerCase());
