import { attributesOf, type Attribute, type Media } from './session.ts';

/** A codec as data. What it is in Opus' own terms and the like stands in `format`, as its fmtp line has it (RFC 4566 6). */
export interface Codec {
  readonly name: string;
  /** Of RTP timestamps, as rtpmap has it. */
  readonly clockRate: number;
  readonly channels: number;
  /** What its sound has in truth: G.722 says 8000 and is 16000, by a mistake that stays for ever (RFC 3551 4.5.2). */
  readonly sampleRate: number;
  /** By which we want to receive it: the static one, or what we offer. */
  readonly payloadType: number;
  readonly format?: string;
  /** The values of its rtcp-fb lines (RFC 4585 4.2), for video. */
  readonly feedback?: readonly string[];
}

export const PCMA: Codec = { name: 'PCMA', clockRate: 8000, channels: 1, sampleRate: 8000, payloadType: 8 };
export const PCMU: Codec = { name: 'PCMU', clockRate: 8000, channels: 1, sampleRate: 8000, payloadType: 0 };
export const G722: Codec = { name: 'G722', clockRate: 8000, channels: 1, sampleRate: 16_000, payloadType: 9 };
/** Its rtpmap is 48000/2 whatever is sent (RFC 7587 7). */
export const OPUS: Codec = { name: 'opus', clockRate: 48_000, channels: 2, sampleRate: 48_000, payloadType: 111, format: 'minptime=10;useinbandfec=1' };

/** Keys that are pressed (RFC 4733), one for each clock rate of the codecs beside it (RFC 4733 2.5.1.2). */
export const TELEPHONE_EVENT = 'telephone-event';
const EVENTS = '0-16';
const EVENT_PAYLOAD_TYPES: Readonly<Record<number, number>> = { 8000: 101, 48_000: 110 };
const FIRST_DYNAMIC = 96;
const LAST_DYNAMIC = 127;

/** Those of RFC 3551 6 that somebody may offer without an rtpmap. */
const STATIC: Readonly<Record<number, Codec>> = { 0: PCMU, 8: PCMA, 9: G722 };

export const isSameCodec = (one: Codec, other: Codec): boolean =>
  one.clockRate === other.clockRate && one.channels === other.channels && one.name.toLowerCase() === other.name.toLowerCase() && isSameShape(one, other);

/** H.264 of another packetization mode or profile is another codec (RFC 6184 8.2.2); levels do not matter here. */
function isSameShape(one: Codec, other: Codec): boolean {
  if (one.name.toLowerCase() !== 'h264') return true;
  const shape = ({ format }: Codec): string => `${parameterOf(format, 'packetization-mode') ?? '0'} ${(parameterOf(format, 'profile-level-id') ?? '42').slice(0, 2).toLowerCase()}`;
  return shape(one) === shape(other);
}

function parameterOf(format: string | undefined, name: string): string | undefined {
  for (const part of format?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key?.toLowerCase() === name) return value;
  }
  return undefined;
}

/** What a media line offers, in its order; what has no rtpmap and no static payload type is left out. */
export function readCodecs(media: Media): readonly Codec[] {
  const maps = byPayloadType(attributesOf(media, 'rtpmap'));
  const formats = byPayloadType(attributesOf(media, 'fmtp'));
  const feedback = attributesOf(media, 'rtcp-fb');
  const read = new Set<number>();
  return media.formats.flatMap((written): Codec[] => {
    const payloadType = payloadTypeOf(written);
    if (payloadType === undefined || read.has(payloadType)) return [];
    read.add(payloadType);
    const codec = readRtpmap(maps.get(payloadType)) ?? STATIC[payloadType];
    if (codec === undefined) return [];
    const format = formats.get(payloadType);
    const own = feedback.flatMap((value) => (value.startsWith(`${payloadType} `) || value.startsWith('* ') ? [value.slice(value.indexOf(' ') + 1)] : []));
    return [{ ...withoutFormat(codec), payloadType, ...(format === undefined ? {} : { format }), ...(own.length === 0 ? {} : { feedback: own }) }];
  });
}

function withoutFormat({ name, clockRate, channels, sampleRate }: Omit<Codec, 'payloadType'>): Omit<Codec, 'payloadType' | 'format' | 'feedback'> {
  return { name, clockRate, channels, sampleRate };
}

const payloadTypeOf = (text: string): number | undefined => (/^\d{1,3}$/.test(text) && Number(text) <= LAST_DYNAMIC ? Number(text) : undefined);

function byPayloadType(values: readonly string[]): ReadonlyMap<number, string> {
  return new Map(values.flatMap((value): [number, string][] => {
    const space = value.indexOf(' ');
    const payloadType = payloadTypeOf(value.slice(0, space));
    return space === -1 || payloadType === undefined ? [] : [[payloadType, value.slice(space + 1).trim()]];
  }));
}

function readRtpmap(value: string | undefined): Omit<Codec, 'payloadType'> | undefined {
  const [, name, rate, channels] = /^([!-.0-~]{1,64})\/(\d{1,6})(?:\/(\d{1,2}))?$/.exec(value ?? '') ?? [];
  if (name === undefined || Number(rate) === 0) return undefined;
  const clockRate = Number(rate);
  return { name, clockRate, channels: Number(channels ?? 1), sampleRate: name.toLowerCase() === 'g722' ? G722.sampleRate : clockRate };
}

/** The attribute lines of codecs that we offer or answer with. */
export function codecLines(codecs: readonly Codec[]): readonly Attribute[] {
  return codecs.flatMap(({ name, clockRate, channels, payloadType, format, feedback }) => [
    { name: 'rtpmap', value: `${payloadType} ${name}/${clockRate}${channels === 1 ? '' : `/${channels}`}` },
    ...(format === undefined ? [] : [{ name: 'fmtp', value: `${payloadType} ${format}` }]),
    ...(feedback ?? []).map((value) => ({ name: 'rtcp-fb', value: `${payloadType} ${value}` })),
  ]);
}

/** The events of one clock rate, under a payload type that nothing else has. */
export function telephoneEvent(clockRate: number, payloadType: number): Codec {
  return { name: TELEPHONE_EVENT, clockRate, channels: 1, sampleRate: clockRate, payloadType, format: EVENTS };
}

export const isTelephoneEvent = ({ name }: Codec): boolean => name.toLowerCase() === TELEPHONE_EVENT;

/**
 * Codecs with events for their clock rates, each under a payload type of its own. What was under a payload type in this
 * session before stays there (RFC 3264 8.3.2), and nothing else gets it.
 */
export function assignPayloadTypes(codecs: readonly Codec[], before: readonly Codec[]): readonly Codec[] {
  const taken = new Map(before.map((codec) => [codec.payloadType, codec]));
  const assign = (codec: Codec): Codec => {
    const known = before.find((earlier) => isSameCodec(earlier, codec));
    const isFree = (payloadType: number): boolean => !taken.has(payloadType);
    let payloadType = known?.payloadType ?? codec.payloadType;
    if (known === undefined && !isFree(payloadType)) {
      payloadType = FIRST_DYNAMIC;
      while (!isFree(payloadType) && payloadType < LAST_DYNAMIC) payloadType += 1;
    }
    const assigned = { ...codec, payloadType };
    taken.set(payloadType, assigned);
    return assigned;
  };
  const main = codecs.map(assign);
  const rates = [...new Set(codecs.map(({ clockRate }) => clockRate))];
  return [...main, ...rates.map((rate) => assign(telephoneEvent(rate, EVENT_PAYLOAD_TYPES[rate] ?? FIRST_DYNAMIC)))];
}
