import { closedUri } from './escapes.ts';
import { isToken } from './grammar.ts';
import type { SipMessage } from './message.ts';

/** Whatever would end a line, or text for those who read on at a NUL; a quoted NUL stays what it is. */
const LINE_ENDS = /[\r\n]|(?<!\\)\0/u;
const EVERY_LINE_END = new RegExp(LINE_ENDS.source, 'gu');

/** A text of one line, whatever was in it: no value makes a field of its own. */
function oneLine(text: string): string {
  return LINE_ENDS.test(text) ? text.replaceAll(EVERY_LINE_END, ' ') : text;
}

/**
 * Writes a message as it goes out. Content-Length is that of the body, whatever the headers say of it. Fields whose names
 * are no names are left out, as they may come from the network too, by the headers of a URI.
 */
export function writeMessage(message: SipMessage): Buffer {
  let head = message.kind === 'request'
    ? `${isToken(message.method) ? message.method : 'INVALID'} ${closedUri(message.uri)} SIP/2.0\r\n`
    : `SIP/2.0 ${message.status} ${oneLine(message.reason)}\r\n`;
  for (const [name, value] of message.headers) {
    if (!isToken(name) || isContentLength(name)) continue;
    head += `${name}: ${oneLine(value)}\r\n`;
  }
  head += `Content-Length: ${message.body.length}\r\n\r\n`;
  const length = Buffer.byteLength(head);
  const bytes = Buffer.allocUnsafe(length + message.body.length);
  bytes.write(head);
  bytes.set(message.body, length);
  return bytes;
}

function isContentLength(name: string): boolean {
  return name === 'l' || name === 'L' || (name.length === 14 && name.toLowerCase() === 'content-length');
}
