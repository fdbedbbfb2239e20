import { Buffer } from 'node:buffer';
import { readValue } from '../message/params.ts';
import { NO_BODY, type SipMessage } from '../message/message.ts';

export const SDP = 'application/sdp';

export const textOf = (body: Uint8Array): string => Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
export const bytesOf = (text: string): Uint8Array => (text === '' ? NO_BODY : Buffer.from(text, 'utf8'));

/** A message's session description: undefined where it has none, `unsupported` where it has something else that it insists on. */
export function readDescription({ headers, body }: SipMessage): { readonly sdp?: string } | 'unsupported' {
  if (body.length === 0) return {};
  // Identity is all that we can decode (RFC 3261 20.12).
  const encoding = headers.get('Content-Encoding');
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') return 'unsupported';
  const type = readValue(headers.get('Content-Type') ?? SDP);
  const name = type?.value.toLowerCase() ?? '';
  if (name === SDP) return { sdp: textOf(body) };
  if (name.startsWith('multipart/')) {
    const sdp = findPart(textOf(body), type?.params.get('boundary') ?? '');
    if (sdp !== undefined) return { sdp };
  }
  // What need not be understood says so (RFC 3261 20.11).
  const disposition = readValue(headers.get('Content-Disposition') ?? '');
  return disposition?.params.get('handling')?.toLowerCase() === 'optional' ? {} : 'unsupported';
}

/** As above, for where anything else is no reason to refuse: responses, ACK. */
export function sdpOf(message: SipMessage): string | undefined {
  const read = readDescription(message);
  return read === 'unsupported' ? undefined : read.sdp;
}

/** The most parts that are looked at: carriers send two, with the telephone network's own signalling beside SDP. */
const MOST_PARTS = 8;

/** The part of a multipart body (RFC 2046 5.1.1) that is a session description. */
function findPart(body: string, boundary: string): string | undefined {
  if (boundary === '' || boundary.length > 70) return undefined;
  for (const part of `\r\n${body}`.split(`\r\n--${boundary}`, MOST_PARTS + 1).slice(1)) {
    if (part.startsWith('--')) return undefined;
    // What is left of the line of the boundary, and the part's own fields, end at the first empty line.
    const end = part.indexOf('\r\n\r\n');
    if (end === -1) continue;
    const isSdp = part.slice(0, end).split('\r\n', 20).some((line) => {
      const colon = line.indexOf(':');
      return line.slice(0, colon).trim().toLowerCase() === 'content-type' && readValue(line.slice(colon + 1))?.value.toLowerCase() === SDP;
    });
    if (isSdp) return `${part.slice(end + 4)}\r\n`;
  }
  return undefined;
}
