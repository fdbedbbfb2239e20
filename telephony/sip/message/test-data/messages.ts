import { readFileSync } from 'node:fs';

export interface RfcMessage {
  /** Of the RFC, with a letter where it has more than one message. */
  readonly section: string;
  readonly name: string;
  readonly bytes: Buffer;
}

const MARKED = /<hex>([0-9a-f]*)<\/hex>/gu;

function unmark(text: string): Buffer {
  const whole = text
    .replaceAll(/<allOneLine>\n([^]*?)\n<\/allOneLine>/gu, (_, lines: string) => lines.replaceAll('\n', ''))
    .replaceAll(/<repeat count=(\d+)>([^<]*)<\/repeat>/gu, (_, count: string, repeated: string) => repeated.repeat(Number(count)))
    .replaceAll('\n', '\r\n');
  const parts: Buffer[] = [];
  let at = 0;
  for (const found of whole.matchAll(MARKED)) {
    parts.push(Buffer.from(whole.slice(at, found.index)), Buffer.from(found[1] ?? '', 'hex'));
    at = found.index + found[0].length;
  }
  return Buffer.concat([...parts, Buffer.from(whole.slice(at))]);
}

function load(file: string): readonly RfcMessage[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return text.split(/^=== /mu).slice(1).map((part) => {
    const end = part.indexOf('\n');
    const [section = '', name = ''] = part.slice(0, end).split(' ');
    return { section, name, bytes: unmark(part.slice(end + 1)) };
  });
}

export const rfc4475 = load('rfc4475.txt');
export const rfc5118 = load('rfc5118.txt');

/** As a browser or a desk phone would send it: about 800 bytes. */
export const typicalInvite = Buffer.from([
  'INVITE sip:+4930123456@pbx.example.com;user=phone SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.45:5060;branch=z9hG4bK-524287-1---a3f2c1d4e5b6;rport',
  'Max-Forwards: 70',
  'Contact: <sip:1001@192.0.2.45:5060;transport=udp>',
  'To: <sip:+4930123456@pbx.example.com;user=phone>',
  'From: "Reception" <sip:1001@pbx.example.com>;tag=8f3b2a10',
  'Call-ID: 81726NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4',
  'CSeq: 2 INVITE',
  'Allow: INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, MESSAGE, OPTIONS, INFO, SUBSCRIBE, UPDATE, PRACK',
  'Supported: replaces, timer, 100rel',
  'User-Agent: Desk Phone 4.2.1',
  'Content-Type: application/sdp',
  'Content-Length: 192',
  '',
  'v=0',
  'o=- 3898712345 3898712345 IN IP4 192.0.2.45',
  's=-',
  'c=IN IP4 192.0.2.45',
  't=0 0',
  'm=audio 16384 RTP/AVP 9 8 0 101',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-16',
  'a=ptime:20',
  'a=sendrecv',
  '',
].join('\r\n'));
