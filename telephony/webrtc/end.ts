import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { CodecName } from '../audio/codec.ts';
import type { Agreed, NegotiatedEnd, VideoEnd } from '../media/end.ts';
import { payloadTypeOf } from '../rtp/packet.ts';
import type { PortPair, Ports } from '../rtp/ports.ts';
import { secureRandom, type Random } from '../rtp/random.ts';
import { composeRtcp, ntpTime, readRtcp, scheduleReports, type NtpTime } from '../rtp/rtcp.ts';
import { assignPayloadTypes, isSameCodec, isTelephoneEvent, OPUS, PCMA, PCMU, type Codec } from '../sdp/codec.ts';
import { agree, receives, sends, type Direction } from '../sdp/section.ts';
import { attributeOf } from '../sdp/session.ts';
import { realTimers, type Timers } from '../timers.ts';
import type { DtlsFailure } from './dtls/server.ts';
import { addressesOf } from './ice/addresses.ts';
import { OFFERED_PROTOCOL, writeLocalDescription, type LocalSection } from './local-description.ts';
import { asksForPicture, writePictureLoss } from './picture.ts';
import { WebRtcRefused, type WebRtcRefusal } from './refused.ts';
import { chooseOurs, chooseTheirs, readRemoteDescription, type Choice, type RemoteDescription } from './remote-description.ts';
import { createStream, type Stream, type StreamFigures } from './stream.ts';
import { createTransport, type Transport } from './transport.ts';

export interface WebRtcOptions {
  readonly ports: Ports;
  /** Where the ports are bound, and with `announce` where they are reached from outside, if that is somewhere else; addresses, no names. */
  readonly bind?: string;
  readonly announce?: readonly string[];
  /** What we take, the best first. */
  readonly codecs?: readonly Codec[];
  /** Pictures are wanted as well, of these codecs unless others are allowed later; they are passed on as they are. Without it there are never any. */
  readonly video?: readonly Codec[];
  readonly timers?: Timers;
  readonly random?: Random;
  /** How long the other side may take to come, once it knows where to. */
  readonly connectMs?: number;
  /** How long nothing at all may come from it; a browser says every few seconds that it is there. */
  readonly silentMs?: number;
}

export type Refused = { readonly ok: false; readonly why: WebRtcRefusal; readonly message: string };

/** A far end that is a browser's page: ICE, DTLS-SRTP and the SDP that goes with them (RFC 8829, RFC 8827). */
export interface WebRtcEnd extends NegotiatedEnd {
  /** Our offer, the first or a new one, and what we want to do; rejects with `WebRtcRefused` where there is no port, and after `close`. */
  readonly offer: (wish?: Direction) => Promise<string>;
  /** Takes an offer, the first or a new one; an offer of ours that was not answered is forgotten (RFC 8829 4.1.10.2). */
  readonly answer: (offer: string, wish?: Direction) => Promise<{ readonly ok: true; readonly sdp: string } | Refused>;
  /** Takes the answer to our offer. The same one may come again. */
  readonly accept: (answer: string) => Promise<{ readonly ok: true } | Refused>;
  /** Ours: `recvonly` when the other side holds us. */
  readonly direction: () => Direction;
  /** The way is open, and proved; told at once if it is already. */
  readonly onOpen: (listener: () => void) => void;
  readonly figures: () => WebRtcFigures;
  readonly video: VideoEnd | undefined;
}

export interface WebRtcFigures {
  readonly isOpen: boolean;
  readonly strangers: number;
  /** Why the handshake failed. */
  readonly failed?: DtlsFailure;
  readonly audio: StreamFigures;
  readonly video?: StreamFigures;
}

const CONNECT_MS = 20_000;
const SILENT_MS = 15_000;
/** A picture of its own is large, and one round trip old when it comes: asking more often makes it later. */
const PICTURE_MS = 500;

const FIRST_DYNAMIC = 96;
const LAST_DYNAMIC = 127;

const NAMES: Readonly<Record<string, CodecName>> = { pcma: 'PCMA', pcmu: 'PCMU', g722: 'G722', opus: 'opus' };

/** A media line that both sides have described. */
interface Slot {
  readonly kind: string;
  readonly mid: string | undefined;
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly stream: 'audio' | 'video' | undefined;
}

/** What was agreed on, line by line. */
interface Agreement {
  readonly slots: readonly Slot[];
  readonly isBundled: boolean;
  readonly audio: Choice;
  readonly video?: Choice;
}

interface Offered {
  readonly slots: readonly Slot[];
  readonly audio: readonly Codec[];
  readonly video: readonly Codec[];
  readonly wish: Direction;
  readonly shows: Direction;
}

export function createWebRtcEnd(options: WebRtcOptions): WebRtcEnd {
  const { ports, bind = '0.0.0.0', timers = realTimers, random = secureRandom, codecs: ours = [OPUS, PCMU, PCMA] } = options;
  const addresses = options.announce ?? addressesOf(bind);
  if (addresses.length === 0 || addresses.some((address) => isIP(address) === 0)) throw new TypeError('What is announced are addresses, one at least.');
  const sessionId = String(Math.floor(random() * 2 ** 48));
  const cname = randomBytes(12).toString('base64');
  const packetListeners: ((packet: Uint8Array) => void)[] = [];
  let onVideo: (packet: Uint8Array) => void = () => undefined;
  let onPictureWanted: () => void = () => undefined;
  let allowed = options.video ?? [];
  const lostListeners: ((why: 'silent' | 'closed') => void)[] = [];
  const foundListeners: (() => void)[] = [];
  const openListeners: (() => void)[] = [];
  let isClosed = false;
  let opening: Promise<Transport> | undefined;
  let transport: Transport | undefined;
  let version = 0;
  let agreement: Agreement | undefined;
  let offered: Offered | undefined;
  /** What the last answer answered, so that it can come again. */
  let answered: Offered | undefined;
  let direction: Direction = 'sendrecv';
  let pictureAskedAt = Number.NEGATIVE_INFINITY;
  let stopReports: () => void = () => {};

  const newSsrc = (): number => Math.floor(random() * 0xffff_fffe) + 1;
  const write = (packet: Uint8Array): void => { transport?.sendRtp(packet); };
  const audio = createStream(newSsrc(), timers.now, write);
  const video = createStream(newSsrc(), timers.now, write);
  const streams = options.video === undefined ? [audio] : [audio, video];

  // The clock that only goes forward, set to the time of the day once: what differs is all that counts (RFC 3550 4).
  const ntp = (): NtpTime => ntpTime(performance.timeOrigin + timers.now());

  const report = (): void => {
    const now = ntp();
    for (const stream of streams) {
      if (stream.terms() !== undefined) transport?.sendRtcp(composeRtcp([stream.report(now), { kind: 'description', ssrc: stream.ssrc, cname }]));
    }
  };

  const takeRtp = (packet: Uint8Array): void => {
    const isVideo = streams.length > 1 && video.terms()?.payloadTypes.has(payloadTypeOf(packet)) === true;
    if (!(isVideo ? video : audio).take(packet)) return;
    if (isVideo) onVideo(packet);
    else for (const listener of packetListeners) listener(packet);
  };

  const takeRtcp = (datagram: Uint8Array): void => {
    const now = ntp();
    for (const packet of readRtcp(datagram) ?? []) for (const stream of streams) stream.takeReport(packet, now);
    if (streams.length > 1 && asksForPicture(datagram, video.ssrc)) onPictureWanted();
  };

  const lose = (why: 'silent' | 'closed'): void => {
    if (why === 'closed') stopReports();
    for (const listener of lostListeners) listener(why);
  };

  const open = async (): Promise<Transport> => {
    const pair: PortPair | undefined = await ports.take({ rtcpMux: true });
    if (isClosed) {
      pair?.release();
      throw new WebRtcRefused('closed');
    }
    if (pair === undefined) throw new WebRtcRefused('ports');
    transport = createTransport({
      pair, timers,
      connectMs: options.connectMs ?? CONNECT_MS,
      silentMs: options.silentMs ?? SILENT_MS,
      onRtp: takeRtp,
      onRtcp: takeRtcp,
      onOpen: () => {
        stopReports = scheduleReports({ timers, report, random });
        for (const listener of openListeners) listener();
      },
      onLost: lose,
      onFound: () => { for (const listener of foundListeners) listener(); },
    });
    return transport;
  };

  const ready = async (): Promise<Transport> => {
    if (isClosed) throw new WebRtcRefused('closed');
    opening ??= open();
    try {
      const way = await opening;
      if (way.isEnded()) throw new WebRtcRefused('closed');
      return way;
    } catch (error) {
      if (transport === undefined) opening = undefined;
      throw error;
    }
  };

  const describe = (way: Transport, setup: 'actpass' | 'passive', isBundled: boolean, sections: readonly LocalSection[]): string => {
    version += 1;
    return writeLocalDescription({
      sessionId, version, isBundled, cname, sections,
      transport: { credentials: way.credentials(), fingerprint: way.fingerprint, setup, addresses, port: way.port },
    });
  };

  const sectionOf = ({ kind, mid, protocol, formats, stream }: Slot, codecs: readonly Codec[], way: Direction): LocalSection =>
    (stream === undefined ? { kind, mid, protocol, formats } : { kind, mid, protocol, stream: { codecs, direction: way, ssrc: (stream === 'audio' ? audio : video).ssrc } });

  const codecsOf = (choice: Choice | undefined): readonly Codec[] => {
    if (choice === undefined) return [];
    return choice.events === undefined ? [choice.codec] : [choice.codec, choice.events];
  };

  /** Puts in force what was agreed on. */
  const settle = (next: Agreement, remote: RemoteDescription, wish: Direction, shows: Direction): void => {
    agreement = next;
    direction = agree(wish, remote.audio.direction);
    audio.agree({ clockRate: next.audio.codec.clockRate, payloadTypes: new Set(codecsOf(next.audio).map(({ payloadType }) => payloadType)), direction });
    const way = remote.video === undefined ? 'inactive' : agree(shows, remote.video.direction);
    // Payload types of the sound are those of the sound, whatever somebody says of the picture (RFC 8843 9.1).
    const shown = new Set(codecsOf(next.video).map(({ payloadType }) => payloadType).filter((payloadType) => audio.terms()?.payloadTypes.has(payloadType) !== true));
    video.agree({ clockRate: 90_000, payloadTypes: shown, direction: way });
  };

  const takeOffer = async (sdp: string, wish: Direction): Promise<string> => {
    const remote = readRemoteDescription(sdp);
    // What is in use stays in use, if it is still on offer.
    const choice = chooseOurs(agreement === undefined ? ours : [agreement.audio.codec, ...ours], remote.audio);
    if (choice === undefined) throw new WebRtcRefused('codec');
    const picture = remote.video === undefined ? undefined : chooseOurs(allowed, remote.video);
    const shown = remote.video !== undefined && picture !== undefined ? remote.video : undefined;
    // Lines keep their places for ever (RFC 3264 8).
    const before = agreement?.slots ?? [];
    const keepsPlaces = before.every(({ kind, stream }, i) => remote.session.media[i]?.kind === kind && (stream !== 'audio' || i === remote.audio.line));
    if (!keepsPlaces) throw new WebRtcRefused('media');
    const way = await ready();
    if (!way.setRemote(remote.credentials, remote.fingerprints)) throw new WebRtcRefused('changed');
    const slots = remote.session.media.map((media, i): Slot => ({
      kind: media.kind, mid: attributeOf(media, 'mid'), protocol: media.protocol, formats: media.formats,
      stream: i === remote.audio.line ? 'audio' : i === shown?.line ? 'video' : undefined,
    }));
    offered = undefined;
    answered = undefined;
    settle({ slots, isBundled: remote.isBundled, audio: choice, ...(picture === undefined ? {} : { video: picture }) }, remote, wish, wish);
    return describe(way, 'passive', remote.isBundled, slots.map((slot) => (slot.stream === 'video'
      ? sectionOf(slot, codecsOf(picture), video.terms()?.direction ?? 'inactive')
      : sectionOf(slot, codecsOf(choice), direction))));
  };

  const makeOffer = async (wish: Direction): Promise<string> => {
    const way = await ready();
    const sound = agreement === undefined ? assignPayloadTypes(ours, []) : codecsOf(agreement.audio);
    // What is in use stays in use. What is not wanted any more keeps its line, but nothing comes or goes by it.
    const used = codecsOf(agreement?.video);
    const staysInUse = allowed.length === 0 || allowed.some((codec) => used.some((one) => isSameCodec(one, codec)));
    const shown = staysInUse && used.length > 0 ? used : beside([...sound, ...used], allowed);
    const shows = allowed.length === 0 ? 'inactive' : wish;
    const slots = withPicture(agreement?.slots ?? [{ kind: 'audio', mid: '0', protocol: OFFERED_PROTOCOL, formats: [], stream: 'audio' }]);
    offered = { slots, audio: sound, video: shown, wish, shows };
    return describe(way, 'actpass', agreement?.isBundled ?? true, slots.map((slot) => (slot.stream === 'video' ? sectionOf(slot, shown, shows) : sectionOf(slot, sound, wish))));
  };

  /** A line for the picture behind the others, where one is wanted that is not there: it goes with the sound, or there is no way for it. */
  const withPicture = (slots: readonly Slot[]): readonly Slot[] => {
    if (allowed.length === 0 || slots.some(({ stream }) => stream === 'video') || agreement?.isBundled === false) return slots;
    const mids = new Set(slots.map(({ mid }) => mid));
    let mid = slots.length;
    while (mids.has(String(mid))) mid += 1;
    return [...slots, { kind: 'video', mid: String(mid), protocol: OFFERED_PROTOCOL, formats: [], stream: 'video' }];
  };

  const takeAnswer = async (sdp: string): Promise<void> => {
    const question = offered ?? answered;
    if (question === undefined) throw new WebRtcRefused('state');
    const remote = readRemoteDescription(sdp);
    const choice = chooseTheirs(question.audio, remote.audio);
    if (choice === undefined) throw new WebRtcRefused('codec');
    if (question.slots[remote.audio.line]?.stream !== 'audio') throw new WebRtcRefused('media');
    const picture = remote.video === undefined || question.slots[remote.video.line]?.stream !== 'video' ? undefined : chooseTheirs(question.video, remote.video);
    const way = await ready();
    // Who answers does not restart, so it must be the one whom we know (RFC 8839 4.4.3); a fork of the call is another one.
    if (!way.isSame(remote.credentials, remote.fingerprints) || !way.setRemote(remote.credentials, remote.fingerprints)) throw new WebRtcRefused('changed');
    const slots = question.slots.map((slot): Slot => (slot.stream === 'video' && picture === undefined ? { ...slot, formats: question.video.map(({ payloadType }) => String(payloadType)), stream: undefined } : slot));
    answered = question;
    offered = undefined;
    settle({ slots, isBundled: agreement?.isBundled ?? remote.isBundled, audio: choice, ...(picture === undefined ? {} : { video: picture }) }, remote, question.wish, question.shows);
  };

  const agreed = (): Agreed | undefined => {
    if (agreement === undefined) return undefined;
    const { codec, events } = agreement.audio;
    const name = NAMES[codec.name.toLowerCase()];
    if (name === undefined) return undefined;
    return {
      codec: name, clockRate: codec.clockRate, payloadType: codec.payloadType, wantsSound: sends(direction),
      receives: new Map(codecsOf(agreement.audio).map((one) => [one.payloadType, isTelephoneEvent(one) ? 'telephone-event' : name])),
      ...(events === undefined ? {} : { telephoneEvent: events.payloadType }),
    };
  };

  return {
    offer: (wish = 'sendrecv') => makeOffer(wish),
    answer: async (offer, wish = 'sendrecv') => {
      try {
        return { ok: true, sdp: await takeOffer(offer, wish) };
      } catch (error) {
        return refusal(error);
      }
    },
    accept: async (answer) => {
      try {
        await takeAnswer(answer);
        return { ok: true };
      } catch (error) {
        return refusal(error);
      }
    },
    agreed,
    direction: () => direction,
    quietMs: () => transport?.quietMs() ?? Infinity,
    strangers: () => transport?.figures().strangers ?? 0,
    onPacket: (listener) => { packetListeners.push(listener); },
    send: audio.send,
    onLost: (listener) => { lostListeners.push(listener); },
    onFound: (listener) => { foundListeners.push(listener); },
    onOpen: (listener) => {
      openListeners.push(listener);
      if (transport?.isOpen() === true) listener();
    },
    figures: () => ({
      strangers: 0, ...transport?.figures(), isOpen: transport?.isOpen() ?? false, audio: audio.figures(), ...(streams.length === 1 ? {} : { video: video.figures() }),
    }),
    video: options.video === undefined ? undefined : {
      allow: (codecs) => { allowed = codecs; },
      agreed: () => {
        const way = video.terms()?.direction ?? 'inactive';
        return agreement?.video === undefined || way === 'inactive' || allowed.length === 0 ? undefined : { codec: agreement.video.codec, direction: way };
      },
      onPacket: (listener) => { onVideo = listener; },
      send: video.send,
      onPictureWanted: (listener) => { onPictureWanted = listener; },
      wantPicture: () => {
        if (video.theirs() === 0 || !receives(video.terms()?.direction ?? 'inactive') || timers.now() - pictureAskedAt < PICTURE_MS) return;
        pictureAskedAt = timers.now();
        const now = ntp();
        // Feedback goes behind a report (RFC 4585 3.1).
        transport?.sendRtcp(Buffer.concat([composeRtcp([video.report(now), { kind: 'description', ssrc: video.ssrc, cname }]), writePictureLoss(video.ssrc, video.theirs())]));
      },
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      stopReports();
      // RFC 3550 6.6.
      if (transport?.isOpen() === true) {
        const ssrcs = streams.filter((stream: Stream) => stream.terms() !== undefined).map(({ ssrc }) => ssrc);
        transport.sendRtcp(composeRtcp([audio.report(ntp()), { kind: 'description', ssrc: audio.ssrc, cname }, { kind: 'bye', ssrcs }]));
      }
      transport?.close();
    },
  };
}

/** Under payload types that the sound has not: in one bundle they are those of all (RFC 8843 9.1). */
function beside(sound: readonly Codec[], pictures: readonly Codec[]): readonly Codec[] {
  const taken = new Set(sound.map(({ payloadType }) => payloadType));
  return pictures.map((codec) => {
    let { payloadType } = codec;
    for (let next = FIRST_DYNAMIC; taken.has(payloadType) && next <= LAST_DYNAMIC; next += 1) payloadType = next;
    taken.add(payloadType);
    return { ...codec, payloadType };
  });
}

function refusal(error: unknown): Refused {
  if (error instanceof WebRtcRefused) return { ok: false, why: error.why, message: error.message };
  throw error;
}
