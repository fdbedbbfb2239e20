import { randomInt, randomBytes as realRandomBytes } from 'node:crypto';
import { assignPayloadTypes, codecLines, isSameCodec, isTelephoneEvent, readCodecs, type Codec } from './codec.ts';
import { DEFAULT_SUITES, newCryptoLine, readCrypto, writeCrypto, type CryptoLine, type CryptoSuite } from './crypto.ts';
import { agree, isMuxed, isPlainRtp, isSecure, readDirection, readPlaces, readPtime, type Direction, type MediaPlace } from './section.ts';
import { attributesOf, connectionTo, revise, type Attribute, type Media, type Session } from './session.ts';

/** Our end, as an offer or an answer describes it (RFC 3264). */
export interface LocalEnd {
  readonly address: string;
  readonly port: number;
  /** Where it is not the port after that of RTP (RFC 3605). */
  readonly rtcpPort?: number;
  /** In our order: the first that both have is used. Events (RFC 4733) are added to them. */
  readonly codecs: readonly Codec[];
  /** What we want; both ways unless said. */
  readonly direction?: Direction;
  readonly ptime?: number;
  /** RTCP on the port of RTP (RFC 5761): offered where true, taken where it is offered unless false. */
  readonly rtcpMux?: boolean;
  readonly suites?: readonly CryptoSuite[];
  /** A picture beside the sound. Nothing of it is transcoded, so its codecs are those of the leg that it is relayed to. */
  readonly video?: { readonly port: number; readonly rtcpPort?: number; readonly codecs: readonly Codec[] };
  /** What we said last in this session: its sections keep their places, codecs their payload types, keys stay, and the version is raised on change (RFC 3264 8). */
  readonly previous?: Session;
  readonly sessionId?: string;
  readonly version?: number;
  readonly randomBytes?: (count: number) => Uint8Array;
}

/** A stream that both ends agreed on, as we see it. */
export interface ChosenStream {
  readonly remote: MediaPlace;
  readonly rtcp: MediaPlace;
  readonly rtcpMux: boolean;
  /** Ours: `recvonly` when the other end holds us. */
  readonly direction: Direction;
  /** Keys of SRTP; without them it is in the clear. */
  readonly crypto?: { readonly local: CryptoLine; readonly remote: CryptoLine };
}

/** What was agreed on for the sound. */
export interface Chosen extends ChosenStream {
  readonly codec: Codec;
  /** By which we send; `codec.payloadType` is that by which it comes, mostly the same. */
  readonly payloadType: number;
  /** By which keys are sent, and by which they come. */
  readonly telephoneEvent?: number;
  /** All that may come, events among it: the other end may change between them at any time (RFC 3264 7). */
  readonly receives: readonly Codec[];
  /** The fmtp of the codec at the other end: what it wants to get. */
  readonly format?: string;
  readonly ptime: number;
  readonly video?: ChosenVideo;
}

export interface ChosenVideo extends ChosenStream {
  /** The payload types are the other end's, by which we send; `receives` has those by which it comes. */
  readonly codecs: readonly Codec[];
  readonly receives: readonly Codec[];
}

export type SdpRefusalReason = 'noAudio' | 'noCodec' | 'notSecure' | 'address';

/** Why there is no agreement: 488, with the number of its Warning (RFC 3261 20.43). */
export interface SdpRefusal {
  readonly ok: false;
  readonly status: 488;
  readonly why: SdpRefusalReason;
  readonly warning: number;
}

const WARNINGS: Readonly<Record<SdpRefusalReason, number>> = { noAudio: 304, noCodec: 305, notSecure: 302, address: 301 };
const refusal = (why: SdpRefusalReason): SdpRefusal => ({ ok: false, status: 488, why, warning: WARNINGS[why] });

/** SRTP: only with it, in the clear as well where the other end cannot (RFC 8643), or never. */
export type Secrecy = 'required' | 'opportunistic' | 'never';

export function makeOffer(local: LocalEnd & { readonly secure?: Secrecy }): Session {
  const { previous, direction = 'sendrecv', secure = 'never', video } = local;
  const make = (kind: 'audio' | 'video', ports: Ports, wanted: readonly Codec[]): Media => {
    const last = slotOf(previous, kind);
    const before = last === undefined ? [] : readCodecs(last);
    const codecs = kind === 'audio' ? assignPayloadTypes(wanted, before) : wanted;
    // What is under way stays as it is: the profile, the keys, or that there are none.
    const isInUse = last !== undefined && last.port !== 0;
    const profile = `${secure === 'required' ? 'RTP/SAVP' : 'RTP/AVP'}${kind === 'video' ? 'F' : ''}`;
    const crypto = isInUse ? cryptoLines(last) : secure === 'never' ? [] : newKeys(local);
    return describe({
      kind, protocol: isInUse ? last.protocol : profile, ports, codecs, direction, ptime: local.ptime,
      rtcpMux: local.rtcpMux === true || (isInUse && isMuxed(last)), crypto,
    });
  };
  const audio = make('audio', local, local.codecs);
  const picture = video === undefined ? undefined : make('video', video, video.codecs);
  // A section that was described once keeps its place for ever (RFC 3264 8).
  const media: Media[] = previous?.media.map(refuse) ?? [];
  for (const [section, kind] of [[audio, 'audio'], [picture, 'video']] as const) {
    if (section === undefined) continue;
    const last = slotOf(previous, kind);
    const at = last === undefined ? -1 : previous?.media.indexOf(last) ?? -1;
    if (at === -1) media.push(section);
    else media[at] = section;
  }
  return session(local, media);
}

export type Answered = { readonly ok: true; readonly answer: Session; readonly chosen: Chosen } | SdpRefusal;

/** Answers an offer: its first sound that we can take, and the first picture if we want one; all else is refused. */
export function answerOffer(offer: Session, local: LocalEnd & { readonly secure?: Secrecy }): Answered {
  let why: SdpRefusalReason = 'noAudio';
  for (const [at, section] of offer.media.entries()) {
    if (section.kind !== 'audio' || section.port === 0) continue;
    const answered = answerAudio(offer, section, local);
    if (typeof answered === 'string') {
      why = answered;
      continue;
    }
    const picture = answerVideo(offer, local, isSecure(section));
    const media = offer.media.map((other, place) => (place === at ? answered.media : other === picture?.offered ? picture.media : refuse(other)));
    return { ok: true, answer: session(local, media), chosen: { ...answered.chosen, ...(picture === undefined ? {} : { video: picture.chosen }) } };
  }
  return refusal(why);
}

export type Taken = { readonly ok: true; readonly chosen: Chosen } | SdpRefusal;

/** What the answer to our offer makes of it. */
export function takeAnswer(offer: Session, answer: Session): Taken {
  const at = offer.media.findIndex(({ kind, port }) => kind === 'audio' && port !== 0);
  const ours = offer.media[at];
  const theirs = answer.media[at];
  if (ours === undefined || theirs === undefined || theirs.kind !== 'audio' || !isPlainRtp(theirs)) return refusal('noAudio');
  const stream = takeStream(offer, ours, answer, theirs);
  if (typeof stream === 'string') return refusal(stream);
  const offered = readCodecs(ours);
  const pairs = readCodecs(theirs).flatMap((codec) => {
    const own = offered.find((other) => isSameCodec(other, codec));
    return own === undefined ? [] : [{ own, codec }];
  });
  const first = pairs.find(({ codec }) => !isTelephoneEvent(codec));
  if (first === undefined) return refusal('noCodec');
  const event = eventFor(first.codec, pairs.map(({ codec }) => codec));
  const picture = takeVideo(offer, answer);
  return {
    ok: true,
    chosen: {
      ...stream, codec: first.own, payloadType: first.codec.payloadType, ptime: readPtime(theirs), receives: pairs.map(({ own }) => own),
      ...(event === undefined ? {} : { telephoneEvent: event.payloadType }), ...formatOf(first.codec), ...(picture === undefined ? {} : { video: picture }),
    },
  };
}

function answerAudio(offer: Session, section: Media, local: LocalEnd & { readonly secure?: Secrecy }): { readonly media: Media; readonly chosen: Chosen } | SdpRefusalReason {
  const stream = answerStream(offer, section, local);
  if (typeof stream === 'string') return stream;
  const offered = readCodecs(section);
  const own = local.codecs.find((codec) => offered.some((other) => isSameCodec(other, codec)));
  const theirs = own === undefined ? undefined : offered.find((other) => isSameCodec(other, own));
  if (own === undefined || theirs === undefined) return 'noCodec';
  // One codec alone, so that nobody changes between two in the middle of a call, under the number that the offer has for it (RFC 3264 6.1).
  const codec: Codec = { ...own, payloadType: theirs.payloadType };
  const theirEvent = eventFor(codec, offered);
  const event = theirEvent === undefined ? undefined : { ...theirEvent, format: '0-16' };
  const codecs = event === undefined ? [codec] : [codec, event];
  return {
    media: describe({ ...stream.described, kind: 'audio', codecs, ports: local, ptime: local.ptime }),
    chosen: {
      ...stream.chosen, codec, payloadType: theirs.payloadType, ptime: readPtime(section), receives: codecs,
      ...(event === undefined ? {} : { telephoneEvent: event.payloadType }), ...formatOf(theirs),
    },
  };
}

const formatOf = ({ format }: Codec): { readonly format?: string } => (format === undefined ? {} : { format });

/** Events at the clock rate of the codec (RFC 4733 2.5.1.2); telephones with Opus have only those of 8000, which is better than none. */
function eventFor({ clockRate }: Codec, offered: readonly Codec[]): Codec | undefined {
  const events = offered.filter(isTelephoneEvent);
  return events.find((event) => event.clockRate === clockRate) ?? events.find((event) => event.clockRate === 8000);
}

function answerVideo(offer: Session, local: LocalEnd & { readonly secure?: Secrecy }, isSoundSecure: boolean):
{ readonly offered: Media; readonly media: Media; readonly chosen: ChosenVideo } | undefined {
  const { video } = local;
  const section = offer.media.find((candidate) => candidate.kind === 'video' && isPlainRtp(candidate) && isSecure(candidate) === isSoundSecure);
  if (video === undefined || section === undefined) return undefined;
  const stream = answerStream(offer, section, local);
  if (typeof stream === 'string') return undefined;
  const codecs = readCodecs(section).flatMap((theirs): Codec[] => {
    const own = video.codecs.find((codec) => isSameCodec(codec, theirs));
    return own === undefined ? [] : [{ ...own, payloadType: theirs.payloadType, feedback: (theirs.feedback ?? []).filter((value) => own.feedback?.includes(value) === true) }];
  });
  if (codecs.length === 0) return undefined;
  return { offered: section, media: describe({ ...stream.described, kind: 'video', codecs, ports: video, ptime: undefined }), chosen: { ...stream.chosen, codecs, receives: codecs } };
}

function takeVideo(offer: Session, answer: Session): ChosenVideo | undefined {
  const at = offer.media.findIndex(({ kind, port }) => kind === 'video' && port !== 0);
  const ours = offer.media[at];
  const theirs = answer.media[at];
  if (ours === undefined || theirs === undefined || theirs.kind !== 'video' || !isPlainRtp(theirs)) return undefined;
  const stream = takeStream(offer, ours, answer, theirs);
  if (typeof stream === 'string') return undefined;
  const offered = readCodecs(ours);
  const codecs = readCodecs(theirs).filter((codec) => offered.some((own) => isSameCodec(own, codec)));
  if (codecs.length === 0) return undefined;
  return { ...stream, codecs, receives: offered.filter((own) => codecs.some((codec) => isSameCodec(own, codec))) };
}

type Described = Pick<Parameters<typeof describe>[0], 'protocol' | 'direction' | 'rtcpMux' | 'crypto'>;

/** Direction, places and keys of an answer's section. */
function answerStream(offer: Session, section: Media, local: LocalEnd & { readonly secure?: Secrecy }): { readonly described: Described; readonly chosen: ChosenStream } | SdpRefusalReason {
  if (!isPlainRtp(section)) return 'notSecure';
  const { secure = 'opportunistic' } = local;
  const suites = local.suites ?? DEFAULT_SUITES;
  // In the order of the offer (RFC 4568 5.1.2). Keys beside RTP/AVP mean that SRTP is welcome (RFC 8643).
  const remote = secure === 'never' ? undefined : cryptoLines(section).find(({ suite }) => suites.includes(suite));
  if (remote === undefined && (isSecure(section) || secure === 'required')) return 'notSecure';
  const crypto = remote === undefined ? undefined : { local: ownKey(local, section.kind, remote), remote };
  const rtcpMux = isMuxed(section) && local.rtcpMux !== false;
  const theirs = readDirection(offer, section);
  const direction = agree(local.direction ?? 'sendrecv', theirs);
  const places = readPlaces(offer, section, rtcpMux);
  if (places === undefined) return 'address';
  return {
    described: { protocol: section.protocol, direction, rtcpMux, crypto: crypto === undefined ? [] : [crypto.local] },
    chosen: { ...places, rtcpMux, direction, ...(crypto === undefined ? {} : { crypto }) },
  };
}

function takeStream(offer: Session, ours: Media, answer: Session, theirs: Media): ChosenStream | SdpRefusalReason {
  const own = cryptoLines(ours);
  const remote = cryptoLines(theirs).find(({ tag, suite }) => own.some((line) => line.tag === tag && line.suite === suite));
  const local = own.find(({ tag }) => tag === remote?.tag);
  if (isSecure(ours) !== isSecure(theirs) || (isSecure(ours) && remote === undefined)) return 'notSecure';
  const rtcpMux = isMuxed(ours) && isMuxed(theirs);
  const places = readPlaces(answer, theirs, rtcpMux);
  if (places === undefined) return 'address';
  const direction = agree(readDirection(offer, ours), readDirection(answer, theirs));
  return { ...places, rtcpMux, direction, ...(remote === undefined || local === undefined ? {} : { crypto: { local, remote } }) };
}

const cryptoLines = (section: Media): readonly CryptoLine[] => attributesOf(section, 'crypto').flatMap((value) => readCrypto(value) ?? []);

/** The key that we had for that suite, so that what is under way stays readable (RFC 4568 7.1.4), or a new one. */
function ownKey({ previous, randomBytes = realRandomBytes }: LocalEnd, kind: string, { tag, suite }: CryptoLine): CryptoLine {
  const last = slotOf(previous, kind);
  const known = last === undefined ? undefined : cryptoLines(last).find((line) => line.suite === suite);
  return known === undefined ? newCryptoLine(tag, suite, randomBytes) : { ...known, tag };
}

function newKeys({ suites = DEFAULT_SUITES, randomBytes = realRandomBytes }: LocalEnd): readonly CryptoLine[] {
  return suites.map((suite, at) => newCryptoLine(at + 1, suite, randomBytes));
}

/** The section of that kind in what we said last: the one that is in use, or else the first. */
function slotOf(previous: Session | undefined, kind: string): Media | undefined {
  return previous?.media.find((section) => section.kind === kind && section.port !== 0) ?? previous?.media.find((section) => section.kind === kind);
}

const refuse = ({ kind, protocol, formats }: Media): Media => ({ kind, port: 0, protocol, formats, attributes: [] });

interface Ports {
  readonly port: number;
  readonly rtcpPort?: number;
}

function describe({ kind, protocol, ports, codecs, direction, ptime, rtcpMux, crypto }: {
  readonly kind: string; readonly protocol: string; readonly ports: Ports; readonly codecs: readonly Codec[]; readonly direction: Direction;
  readonly ptime: number | undefined; readonly rtcpMux: boolean; readonly crypto: readonly CryptoLine[];
}): Media {
  const attributes: Attribute[] = [...codecLines(codecs), ...crypto.map((line) => ({ name: 'crypto', value: writeCrypto(line) }))];
  if (ptime !== undefined) attributes.push({ name: 'ptime', value: String(ptime) });
  if (ports.rtcpPort !== undefined && ports.rtcpPort !== ports.port + 1) attributes.push({ name: 'rtcp', value: String(ports.rtcpPort) });
  if (rtcpMux) attributes.push({ name: 'rtcp-mux' });
  attributes.push({ name: direction });
  return { kind, port: ports.port, protocol, formats: codecs.map(({ payloadType }) => String(payloadType)), attributes };
}

function session({ address, previous, sessionId, version = 1, randomBytes }: LocalEnd, media: readonly Media[]): Session {
  const connection = connectionTo(address);
  const origin = { username: '-', sessionId: sessionId ?? newSessionId(randomBytes), version: String(version), ...connection };
  const made: Session = { origin, name: '-', connection, attributes: [], media };
  return previous === undefined ? made : revise(previous, made);
}

/** Numbers only, and such as fit what reads them into a double. */
function newSessionId(randomBytes: LocalEnd['randomBytes']): string {
  // Six bytes by themselves are dear: numbers are made of many that were fetched at once.
  if (randomBytes === undefined) return String(randomInt(2 ** 48 - 1));
  return String(randomBytes(6).reduce((total, byte) => total * 256 + byte, 0));
}
