import fc from 'fast-check';
import { printable } from './grammar.ts';

const TOKEN_CHARACTERS = 'abcxyzABCXYZ0189-.!%*_+`\'~';

export const anyToken = fc.string({ unit: fc.constantFrom(...TOKEN_CHARACTERS.split('')), minLength: 1, maxLength: 12 });

/** Any text that people can read, with quotes, blanks and letters of all alphabets. */
export const printableText = fc.string({ unit: 'grapheme' }).map((text) => printable(text));

export const anyHost = fc.oneof(fc.ipV4(), fc.ipV6().filter((address) => !address.includes('%')), fc.domain().map((name) => name.toLowerCase()));
