import { isIP } from 'node:net';
import { attributeOf, readConnection, type Media, type Session } from './session.ts';

/** Of whoever says it: `sendonly` means that he sends and does not listen (RFC 4566 6). */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** Where packets go. At 0.0.0.0 and :: is nobody: nothing may be sent there, RTCP neither (RFC 3264 8.4). */
export interface MediaPlace {
  readonly address: string;
  readonly port: number;
}

const directionOf = (sends: boolean, receives: boolean): Direction => (sends ? (receives ? 'sendrecv' : 'sendonly') : receives ? 'recvonly' : 'inactive');
export const sends = (direction: Direction): boolean => direction === 'sendrecv' || direction === 'sendonly';
export const receives = (direction: Direction): boolean => direction === 'sendrecv' || direction === 'recvonly';

/** What is left to us of what we want, when the other end says this (RFC 3264 6.1). */
export function agree(wanted: Direction, theirs: Direction): Direction {
  return directionOf(sends(wanted) && receives(theirs), receives(wanted) && sends(theirs));
}

const DIRECTIONS: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

/** Old telephones hold by an address of zeros (RFC 3264 8.4): nothing may be sent there. */
export const isNowhere = (address: string): boolean => address === '0.0.0.0' || address === '::';

/** The direction of a section, or else of its session, or else both ways. */
export function readDirection(session: Session, media: Media): Direction {
  const said = DIRECTIONS.find((direction) => attributeOf(media, direction) !== undefined)
    ?? DIRECTIONS.find((direction) => attributeOf(session, direction) !== undefined) ?? 'sendrecv';
  const address = (media.connection ?? session.connection)?.address;
  return address !== undefined && isNowhere(address) ? directionOf(sends(said), false) : said;
}

/** Names would have to be looked up for each packet's peer, and groups of listeners are no peers. */
function isUsable(address: string): boolean {
  if (isNowhere(address)) return true;
  const family = isIP(address);
  const first = Number(address.slice(0, address.indexOf('.')));
  if (family === 4) return first > 0 && first < 224;
  return family === 6 && !address.toLowerCase().startsWith('ff');
}

/** Where RTP and RTCP of a section are to go; undefined where that is no address of a single host. */
export function readPlaces(session: Session, media: Media, isMuxed: boolean): { readonly remote: MediaPlace; readonly rtcp: MediaPlace } | undefined {
  const address = (media.connection ?? session.connection)?.address;
  if (address === undefined || !isUsable(address)) return undefined;
  const remote = { address, port: media.port };
  return { remote, rtcp: isMuxed ? remote : readRtcp(media, address) ?? { address, port: Math.min(media.port + 1, 65_535) } };
}

/** RFC 3605: the port of RTCP, and its address where that is another. */
function readRtcp(media: Media, ofRtp: string): MediaPlace | undefined {
  const [, digits, rest] = /^(\d{1,5})(?: ([ -~]+))?$/.exec(attributeOf(media, 'rtcp') ?? '') ?? [];
  const port = Number(digits);
  const address = rest === undefined ? ofRtp : readConnection(rest)?.address;
  if (digits === undefined || port === 0 || port > 65_535) return undefined;
  return address === undefined || !isUsable(address) ? undefined : { address, port };
}

const DEFAULT_PTIME = 20;
const SHORTEST_PTIME = 10;
const LONGEST_PTIME = 60;

/** How many milliseconds of sound the other end wants in a packet; in whole tens, as the codecs have it. */
export function readPtime(media: Media): number {
  const read = (name: string): number | undefined => {
    const value = attributeOf(media, name);
    return value !== undefined && /^\d{1,4}$/.test(value) ? Math.floor(Number(value) / 10) * 10 : undefined;
  };
  const wanted = Math.min(read('ptime') ?? DEFAULT_PTIME, read('maxptime') ?? LONGEST_PTIME);
  return Math.max(SHORTEST_PTIME, Math.min(wanted, LONGEST_PTIME));
}

export const isMuxed = (media: Media): boolean => attributeOf(media, 'rtcp-mux') !== undefined;

const PROFILES = new Set(['RTP/AVP', 'RTP/AVPF', 'RTP/SAVP', 'RTP/SAVPF']);

/** Whether it is RTP as we speak it: by UDP, in the clear or with keys in the description (RFC 3551, 4585, 3711, 5124). */
export const isPlainRtp = ({ protocol, port }: Media): boolean => port !== 0 && PROFILES.has(protocol);
export const isSecure = ({ protocol }: Media): boolean => protocol.includes('SAVP');
