import { NAME } from './names.ts';
import type { Place } from './reading.ts';
import { inWords, isCurrency, SPOKEN, type Spoken } from './spoken.ts';

interface Slot {
  readonly name: string;
  readonly how?: Spoken;
  readonly currency?: string;
}

/** A text with variables in it: `Your balance is ${balance:amount EUR}.` A `$${` stands for the signs themselves. */
export type Template = readonly (string | Slot)[];

const isSpoken = (word: string): word is Spoken => (SPOKEN as readonly string[]).includes(word);

function readSlot(inner: string, place: Place, mayFormat: boolean): Slot | undefined {
  const [, name = '', format, argument] = /^([^:\s]*)(?::(\S+)(?: (\S+))?)?$/.exec(inner) ?? [];
  if (!NAME.test(name)) return place.fault(`\${${inner}} names no variable`);
  place.reading.uses.push({ name, place });
  if (format === undefined) return { name };
  if (!mayFormat) return place.fault(`\${${inner}}: only what is spoken has a form`);
  if (!isSpoken(format)) return place.fault(`\${${inner}}: there is no form ${format}; there are ${SPOKEN.join(', ')}`);
  if (format !== 'amount') return argument === undefined ? { name, how: format } : place.fault(`\${${inner}}: nothing may follow ${format}`);
  if (argument === undefined || !isCurrency(argument)) return place.fault(`\${${inner}}: an amount needs its currency, such as EUR`);
  return { name, how: format, currency: argument };
}

export function readTemplate(text: string, place: Place, mayFormat = false): Template | undefined {
  const parts: (string | Slot)[] = [];
  let literal = '';
  for (let at = 0; at < text.length;) {
    if (text.startsWith('$${', at)) {
      literal += '${';
      at += 3;
    } else if (text.startsWith('${', at)) {
      const end = text.indexOf('}', at);
      if (end === -1) return place.fault('a ${ is never closed');
      const slot = readSlot(text.slice(at + 2, end), place, mayFormat);
      if (slot === undefined) return undefined;
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push(slot);
      at = end + 1;
    } else {
      literal += text[at] ?? '';
      at += 1;
    }
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

export const hasVariables = (template: Template): boolean => template.some((part) => typeof part !== 'string');

/** What stands before the first variable. */
export const headOf = ([first]: Template): string => (typeof first === 'string' ? first : '');

export type Lookup = (name: string) => string;

/** The text with its variables filled in, each as `encode` says. */
export const render = (template: Template, lookup: Lookup, encode: (value: string) => string = (value) => value): string =>
  template.map((part) => (typeof part === 'string' ? part : encode(lookup(part.name)))).join('');

/** The text as it is spoken in this language. */
export const renderSpoken = (template: Template, lookup: Lookup, language: string): string =>
  template.map((part) => {
    if (typeof part === 'string') return part;
    const value = lookup(part.name);
    return part.how === undefined ? value : inWords(value, part.how, language, part.currency);
  }).join('');
