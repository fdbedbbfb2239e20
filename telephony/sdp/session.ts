/** Session descriptions (RFC 4566, RFC 8866) as plain data, read and written. What we do not know is carried through. */

/** An `a=` line; one without a colon is a flag and has no value. */
export interface Attribute {
  readonly name: string;
  readonly value?: string;
}

/** A `c=` line, without the multicast parts that nobody may send us. */
export interface Connection {
  readonly family: 'IP4' | 'IP6';
  readonly address: string;
}

/** An `o=` line. Both numbers may have 64 bits and more, so they stay texts. */
export interface Origin {
  readonly username: string;
  readonly sessionId: string;
  readonly version: string;
  readonly family: 'IP4' | 'IP6';
  readonly address: string;
}

/** An `m=` line and what belongs to it. */
export interface Media {
  readonly kind: string;
  /** 0: refused, or not used any more. */
  readonly port: number;
  readonly protocol: string;
  /** Payload types for RTP, anything for others. */
  readonly formats: readonly string[];
  readonly connection?: Connection;
  /** The value of its first `b=` line. */
  readonly bandwidth?: string;
  readonly attributes: readonly Attribute[];
}

export interface Session {
  readonly origin: Origin;
  readonly name: string;
  readonly connection?: Connection;
  readonly bandwidth?: string;
  readonly attributes: readonly Attribute[];
  readonly media: readonly Media[];
}

/** A browser with video comes to some 10,000 characters and 300 lines; whoever sends much more means harm. */
const MOST_CHARACTERS = 65_536;
const MOST_LINES = 1000;
const MOST_MEDIA = 32;
const MOST_FORMATS = 128;

const MEDIA_LINE = /^([!-~]{1,32}) (\d{1,5})(?:\/\d{1,5})? ([!-~]{1,64}) ([!-~][ -~]*)$/;

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };
type Section = Draft<Pick<Session, 'connection' | 'bandwidth'>> & { readonly attributes: Attribute[] };

/**
 * Reads a session description; undefined for what is none or passes the bounds. Telephones leave lines out and take LF for
 * CRLF, so only the version and what media lines need are insisted on, and lines whose order or kind is wrong are passed over.
 */
export function readSdp(text: string): Session | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const lines = text.split('\n', MOST_LINES + 1);
  if (lines.length > MOST_LINES || lines[0]?.trimEnd() !== 'v=0') return undefined;
  let origin: Origin = { username: '-', sessionId: '0', version: '0', family: 'IP4', address: '0.0.0.0' };
  let name = '-';
  const whole: Section = { attributes: [] };
  const media: (Section & Omit<Media, keyof Section>)[] = [];
  let section = whole;
  for (const raw of lines) {
    const line = raw.trimEnd();
    const value = line.slice(2);
    if (line === '') continue;
    // A CR by itself would end a line for whoever reads what we write.
    if (line[1] !== '=' || line.includes('\r') || line.includes('\0')) return undefined;
    switch (line.charAt(0)) {
      case 'o':
        origin = readOrigin(value) ?? origin;
        break;
      case 's':
        name = value === '' ? '-' : value;
        break;
      case 'c': {
        // A section may have several for layered multicast (RFC 4566 5.7): the first counts.
        const connection = readConnection(value);
        if (connection === undefined) return undefined;
        section.connection ??= connection;
        break;
      }
      case 'b':
        section.bandwidth ??= value;
        break;
      case 'a':
        section.attributes.push(readAttribute(value));
        break;
      case 'm': {
        const head = readMediaLine(value);
        if (head === undefined || media.length === MOST_MEDIA) return undefined;
        const next = { ...head, attributes: [] };
        media.push(next);
        section = next;
        break;
      }
      default:
    }
  }
  return { origin, name, ...whole, media };
}

function readOrigin(value: string): Origin | undefined {
  const [username, sessionId, version, network, family, address] = value.split(' ', 7);
  if (username === undefined || sessionId === undefined || version === undefined || address === undefined || network !== 'IN') return undefined;
  if (family !== 'IP4' && family !== 'IP6') return undefined;
  return { username, sessionId, version, family, address };
}

/** What stands in a `c=` line and behind the port of `a=rtcp` (RFC 3605). */
export function readConnection(value: string): Connection | undefined {
  const [network, family, host] = value.split(' ', 4);
  if (network !== 'IN' || (family !== 'IP4' && family !== 'IP6') || host === undefined) return undefined;
  const slash = host.indexOf('/');
  return { family, address: slash === -1 ? host : host.slice(0, slash) };
}

function readAttribute(value: string): Attribute {
  const colon = value.indexOf(':');
  return colon === -1 ? { name: value } : { name: value.slice(0, colon), value: value.slice(colon + 1) };
}

function readMediaLine(value: string): Pick<Media, 'kind' | 'port' | 'protocol' | 'formats'> | undefined {
  const [, kind, digits, protocol, list] = MEDIA_LINE.exec(value) ?? [];
  const port = Number(digits);
  if (kind === undefined || protocol === undefined || list === undefined || port > 65_535) return undefined;
  const formats = list.split(' ', MOST_FORMATS + 1).filter((format) => format !== '');
  return formats.length > MOST_FORMATS ? undefined : { kind: kind.toLowerCase(), port, protocol: protocol.toUpperCase(), formats };
}

export function writeSdp({ origin, name, connection, bandwidth, attributes, media }: Session): string {
  const { username, sessionId, version, family, address } = origin;
  let text = `v=0\r\no=${username} ${sessionId} ${version} IN ${family} ${address}\r\ns=${name}\r\n${sectionHead({ connection, bandwidth })}t=0 0\r\n`;
  text += attributes.map(writeAttribute).join('');
  for (const section of media) {
    text += `m=${section.kind} ${section.port} ${section.protocol} ${section.formats.join(' ')}\r\n${sectionHead(section)}${section.attributes.map(writeAttribute).join('')}`;
  }
  return text;
}

function sectionHead({ connection, bandwidth }: { readonly connection?: Connection | undefined; readonly bandwidth?: string | undefined }): string {
  const first = connection === undefined ? '' : `c=IN ${connection.family} ${connection.address}\r\n`;
  return bandwidth === undefined ? first : `${first}b=${bandwidth}\r\n`;
}

function writeAttribute({ name, value }: Attribute): string {
  return value === undefined ? `a=${name}\r\n` : `a=${name}:${value}\r\n`;
}

export function connectionTo(address: string): Connection {
  return { family: address.includes(':') ? 'IP6' : 'IP4', address };
}

/** The value of the first attribute of that name; '' for a flag. */
export function attributeOf({ attributes }: { readonly attributes: readonly Attribute[] }, name: string): string | undefined {
  const found = attributes.find((attribute) => attribute.name === name);
  return found === undefined ? undefined : found.value ?? '';
}

export function attributesOf({ attributes }: { readonly attributes: readonly Attribute[] }, name: string): readonly string[] {
  return attributes.flatMap((attribute) => (attribute.name === name ? [attribute.value ?? ''] : []));
}

/** Whether its sound goes by DTLS-SRTP (RFC 5763, RFC 8827): such a description is not answered here. */
export function isWebRtc({ attributes, media }: Session): boolean {
  const isForAll = attributes.some(({ name }) => name === 'fingerprint');
  return media.some((section) => section.kind === 'audio'
    && (section.protocol.startsWith('UDP/TLS/RTP/') || (section.protocol.startsWith('RTP/SAVP') && (isForAll || attributeOf(section, 'fingerprint') !== undefined))));
}

/**
 * A description that follows another of the same session (RFC 3264 8): of the same origin, with a version that is raised
 * by one when anything else is different, and only then.
 */
export function revise(previous: Session, next: Session): Session {
  const { sessionId, version, username } = previous.origin;
  const same = { ...next, origin: { ...next.origin, username, sessionId, version } };
  if (writeSdp(same) === writeSdp(previous)) return same;
  return { ...same, origin: { ...same.origin, version: String(BigInt(version) + 1n) } };
}
