import { codecLines, isSameCodec, isTelephoneEvent, readCodecs, type Codec } from '../sdp/codec.ts';
import { isMuxed, isSecure, readDirection, readPlaces, type Direction } from '../sdp/section.ts';
import { attributesOf, connectionTo, isWebRtc, readSdp, writeSdp, type Media, type Session } from '../sdp/session.ts';
import type { Rewriting } from './commands.ts';

/** Where sound is taken: at a port of rtpengine, or of the built-in engine. */
export interface Place {
  readonly address: string;
  readonly port: number;
  readonly rtcpMux: boolean;
}

export const isSamePlace = (one: Place, other: Place): boolean => one.address === other.address && one.port === other.port && one.rtcpMux === other.rtcpMux;

/** Nobody is there: for descriptions in which the place does not matter. */
export const NOWHERE: Place = { address: '127.0.0.1', port: 9, rtcpMux: true };

/** What is in use on a leg, as the answer on its inside has it: sections keep their places (RFC 3264 8), so it is kept whole. */
export interface Line {
  readonly answer: Session;
  readonly codecs: readonly Codec[];
}

/** How the far end's sound is wrapped. rtpengine has to be told again each time, or it goes on in the clear. */
export interface Wrapping {
  readonly protocol: 'RTP/AVP' | 'RTP/AVPF' | 'RTP/SAVP' | 'RTP/SAVPF' | 'UDP/TLS/RTP/SAVPF';
  /** Keys beside a profile that is in the clear (RFC 8643). */
  readonly isOpportunistic: boolean;
  readonly rtcpMux: boolean;
}

const audioOf = (session: Session): Media | undefined => session.media.find(({ kind, port }) => kind === 'audio' && port !== 0);

export function readLine(sdp: string): Line | undefined {
  const answer = readSdp(sdp);
  const section = answer === undefined ? undefined : audioOf(answer);
  if (answer === undefined || section === undefined) return undefined;
  // What is wanted of pictures and losses is between the far ends.
  const codecs = readCodecs(section).map((codec) => ({ ...codec, feedback: [] }));
  return codecs.some((codec) => !isTelephoneEvent(codec)) ? { answer, codecs } : undefined;
}

/** Where a description wants its sound; undefined where that is nowhere. */
export function readPlace(sdp: string): Place | undefined {
  const session = readSdp(sdp);
  const section = session === undefined ? undefined : audioOf(session);
  if (session === undefined || section === undefined) return undefined;
  const rtcpMux = isMuxed(section);
  const places = readPlaces(session, section, rtcpMux);
  return places === undefined ? undefined : { ...places.remote, rtcpMux };
}

/** Whether a description has sound both ways: neither holds the other. */
export function isBothWays(sdp: string): boolean {
  const session = readSdp(sdp);
  const section = session === undefined ? undefined : audioOf(session);
  return session !== undefined && section !== undefined && readDirection(session, section) === 'sendrecv';
}

export const PROTOCOLS: readonly Wrapping['protocol'][] = ['RTP/AVP', 'RTP/AVPF', 'RTP/SAVP', 'RTP/SAVPF', 'UDP/TLS/RTP/SAVPF'];

/** By the answer on the far end's side. */
export function readWrapping(sdp: string): Wrapping | undefined {
  const session = readSdp(sdp);
  const section = session === undefined ? undefined : audioOf(session);
  if (session === undefined || section === undefined) return undefined;
  // Browsers of old say RTP/SAVPF for it, which rtpengine would take for keys in the description.
  const protocol = isWebRtc(session) ? 'UDP/TLS/RTP/SAVPF' : PROTOCOLS.find((known) => known === section.protocol);
  return protocol === undefined ? undefined : { protocol, isOpportunistic: !isSecure(section) && attributesOf(section, 'crypto').length > 0, rtcpMux: isMuxed(section) };
}

/** How a description from the inside is rewritten for the far end. Ports stay, whatever the inside becomes: the far end must not notice. */
export function towardsFarEnd({ protocol, isOpportunistic, rtcpMux }: Wrapping): Rewriting {
  const flags = ['asymmetric', 'port latching'] as const;
  if (protocol === 'UDP/TLS/RTP/SAVPF') return { protocol, ice: 'force', rtcpMux: ['offer', 'require'], sdes: ['off'], flags: [...flags, 'generate mid'] };
  return { protocol, ice: 'remove', rtcpMux: [rtcpMux ? 'offer' : 'demux'], dtls: 'off', flags, ...(isOpportunistic ? { osrtp: ['offer'] } : {}) };
}

/** How a description from the far end is rewritten for the inside: in the clear, on one port. Who the peer is is found out once, and nobody else is heard. */
export const TOWARDS_INSIDE: Rewriting = { protocol: 'RTP/AVP', ice: 'remove', rtcpMux: ['offer'], sdes: ['off'], flags: ['strict source', 'port latching'] };

/** The inside's description, for a place where it could be. */
export function describeInside({ answer, codecs }: Line, { address, port, rtcpMux }: Place, direction: Direction = 'sendrecv'): string {
  const audio = audioOf(answer);
  const connection = connectionTo(address);
  return writeSdp({
    origin: { ...answer.origin, ...connection }, name: '-', connection, attributes: [],
    media: answer.media.map(({ kind, protocol, formats }, at): Media => (answer.media[at] === audio
      ? {
        kind, port, protocol: 'RTP/AVP', formats: codecs.map(({ payloadType }) => String(payloadType)),
        attributes: [...codecLines(codecs), ...(rtcpMux ? [{ name: 'rtcp-mux' }] : []), { name: direction }],
      }
      : { kind, port: 0, protocol, formats, attributes: [] })),
  });
}

/** With the codec that comes first and its keys alone, so that whoever takes it over chooses that one. */
export function narrowed(line: Line): Line {
  const codec = soundOf(line);
  const event = eventOf(line);
  return { ...line, codecs: [codec, event].filter((one) => one !== undefined) };
}

const soundOf = ({ codecs }: Line): Codec | undefined => codecs.find((codec) => !isTelephoneEvent(codec));

/** Events at the clock rate of the codec, or at that of 8000 (RFC 4733 2.5.1.2). */
function eventOf(line: Line): Codec | undefined {
  const rate = soundOf(line)?.clockRate;
  const events = line.codecs.filter(isTelephoneEvent);
  return events.find(({ clockRate }) => clockRate === rate) ?? events.find(({ clockRate }) => clockRate === 8000);
}

/** Whether keys come as events: as tones they are found by the built-in engine only. */
export const hasKeys = (line: Line): boolean => eventOf(line) !== undefined;

/** Whether there are pictures or anything else beside the sound; that is the built-in engine's, as a line is described with its sound alone. */
export const hasMore = ({ answer }: Line): boolean => answer.media.filter(({ port }) => port !== 0).length > 1;

/** Whether packets of one leg can be passed on to the other as they are: of one codec and with keys, under the same payload types, and nothing else. */
export function isAlike(one: Line, other: Line): boolean {
  if (hasMore(one) || hasMore(other)) return false;
  const [sound, otherSound, event, otherEvent] = [soundOf(one), soundOf(other), eventOf(one), eventOf(other)];
  if (sound === undefined || otherSound === undefined || event === undefined || otherEvent === undefined) return false;
  return isSameCodec(sound, otherSound) && sound.payloadType === otherSound.payloadType && event.payloadType === otherEvent.payloadType && event.clockRate === otherEvent.clockRate;
}
