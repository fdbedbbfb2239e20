import type { Arrived } from './contract.ts';

const unquoted = (text: string): Buffer => Buffer.from(text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');

/** RFC 2047; between two encoded words the space is none. */
const decodeWords = (text: string): string => {
  const joined = text.replace(/\?=\s+=\?/g, '?==?');
  const pieces = joined.split(/(=\?utf-8\?[BQ]\?.*?\?=)/i).map((piece): Buffer => {
    const [, way, word = ''] = /^=\?utf-8\?([BQ])\?(.*?)\?=$/i.exec(piece) ?? [];
    if (way === undefined) return Buffer.from(piece, 'utf8');
    return way.toUpperCase() === 'B' ? Buffer.from(word, 'base64') : unquoted(word.replaceAll('_', ' '));
  });
  return Buffer.concat(pieces).toString('utf8');
};

/** Reads a letter of one part as a mail program does. */
export function readLetter(source: string): Arrived {
  const [head = '', ...rest] = source.replaceAll('\r\n', '\n').split('\n\n');
  const headers = new Map(head.replace(/\n[ \t]+/g, ' ').split('\n').map((line): [string, string] => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  const body = rest.join('\n\n').replace(/\n$/, '');
  const how = headers.get('content-transfer-encoding')?.toLowerCase();
  const text = how === 'quoted-printable' ? unquoted(body).toString('utf8') : how === 'base64' ? Buffer.from(body, 'base64').toString('utf8') : body;
  const of = (name: string): string => decodeWords(headers.get(name) ?? '');
  return { from: of('from'), to: of('to'), subject: of('subject'), text: text.replaceAll('\r\n', '\n').replace(/\n$/, '') };
}
