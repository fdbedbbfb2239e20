export const MASK = '***';

/** A run of what telephone numbers, accounts and mail addresses are made of. */
const WORD = /[\p{L}\p{N}@._+-]+/gu;
const EDGES = /^[.-]+|[.-]+$/g;

/**
 * Replaces the subjects of an erasure (5.1.13) wherever they stand in a recorded state: as a whole value or as a word of
 * a longer text. Part of another word is left alone, so that erasing 100 does not spoil 4910012. Answers the very same
 * value when there was nothing to replace.
 */
export function maskSubjects<T>(value: T, subjects: ReadonlySet<string>): T {
  return mask(value, subjects) as T;
}

function maskText(text: string, subjects: ReadonlySet<string>): string {
  if (subjects.has(text)) return MASK;
  return text.replace(WORD, (word) => {
    if (subjects.has(word)) return MASK;
    // A full stop behind an address ends the sentence, not the address.
    const bare = word.replace(EDGES, '');
    return subjects.has(bare) ? word.replace(bare, () => MASK) : word;
  });
}

function mask(value: unknown, subjects: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return maskText(value, subjects);
  if (typeof value === 'number') return subjects.has(String(value)) && Math.abs(value) >= SMALLEST_NUMBER ? MASK : value;
  if (Array.isArray(value)) {
    const masked = value.map((item) => mask(item, subjects));
    return masked.some((item, index) => item !== value[index]) ? masked : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const masked = entries.map(([key, item]) => [key, mask(item, subjects)] as const);
  return masked.some(([, item], index) => item !== entries[index]?.[1]) ? Object.fromEntries(masked) : value;
}

/** Telephone numbers kept as numbers are this large; smaller ones are counts, codes and ids that merely look alike. */
const SMALLEST_NUMBER = 100_000;
