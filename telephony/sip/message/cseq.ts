import { GREATEST, isDigits, isToken, skipBlanks, trimBlanks } from './grammar.ts';

/** The value of CSeq (RFC 3261 20.16). */
export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** Those of 2^31 and more are read too, as some devices begin anywhere in 32 bits, whatever 8.1.1.5 says; more is refused (RFC 4475 3.1.2.4). */
export function readCSeq(text: string): CSeq | undefined {
  const start = skipBlanks(text, 0);
  let end = start;
  while (end < text.length && text.charCodeAt(end) > 32) end += 1;
  const digits = text.slice(start, end);
  const method = trimBlanks(text, end);
  if (!isDigits(digits) || !isToken(method)) return undefined;
  const number = Number(digits);
  return number > GREATEST ? undefined : { number, method };
}

export function writeCSeq({ number, method }: CSeq): string {
  return `${number} ${method}`;
}
