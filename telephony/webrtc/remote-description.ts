import { isSameCodec, isTelephoneEvent, readCodecs, telephoneEvent, type Codec } from '../sdp/codec.ts';
import type { Direction } from '../sdp/section.ts';
import { attributeOf, attributesOf, readSdp, type Attribute, type Media, type Session } from '../sdp/session.ts';
import { isUsable, type Fingerprint } from './dtls/identity.ts';
import type { Credentials } from './ice/lite.ts';
import { WebRtcRefused } from './refused.ts';

const DIRECTIONS: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

/** A media line of theirs that we can take. */
export interface RemoteStream {
  /** Which of the media lines it is. */
  readonly line: number;
  readonly direction: Direction;
  /** In their order, telephone events among them. */
  readonly codecs: readonly Codec[];
}

/** What the other side says of itself, as much as we need: where it is we learn when it asks for us. */
export interface RemoteDescription {
  readonly session: Session;
  readonly audio: RemoteStream;
  /** On the same transport; another one we do not have. */
  readonly video?: RemoteStream;
  readonly isBundled: boolean;
  readonly credentials: Credentials;
  readonly fingerprints: readonly Fingerprint[];
}

/** RFC 8445 5.3. */
const UFRAG = /^[A-Za-z0-9+/]{4,256}$/;
const PASSWORD = /^[A-Za-z0-9+/]{22,256}$/;
const FINGERPRINT = /^([A-Za-z0-9-]{1,16}) ([0-9A-Fa-f:]{1,256})$/;

/** Reads an offer or an answer; throws `WebRtcRefused` for what is none, or none for us. */
export function readRemoteDescription(sdp: string): RemoteDescription {
  const session = readSdp(sdp);
  if (session === undefined) throw new WebRtcRefused('sdp');
  const line = session.media.findIndex((media) => media.kind === 'audio' && isTaken(media));
  const audio = session.media[line];
  if (audio === undefined) throw new WebRtcRefused('media');
  const mids = bundleOf(session, audio);
  const video = session.media.findIndex((media) => media.kind === 'video' && isTaken(media) && mids.includes(attributeOf(media, 'mid') ?? ''));
  // What belongs to the transport stands in one of the bundled sections only, or before all of them (RFC 8843 7.1.3, RFC 8839 4.2).
  const places = [audio, ...session.media.filter((media) => mids.includes(attributeOf(media, 'mid') ?? '')), session];
  const find = (name: string): string | undefined => places.map((place) => attributeOf(place, name)).find((value) => value !== undefined);

  if (find('rtcp-mux') === undefined) throw new WebRtcRefused('mux');
  const credentials = { ufrag: find('ice-ufrag') ?? '', password: find('ice-pwd') ?? '' };
  if (!UFRAG.test(credentials.ufrag) || !PASSWORD.test(credentials.password) || attributeOf(session, 'ice-lite') !== undefined) throw new WebRtcRefused('ice');
  const fingerprints = readFingerprints(places);
  // RFC 8842 5.3: where both want to be passive, nobody begins; without a word the offerer is active (RFC 4145 4).
  if (fingerprints.length === 0 || !['active', 'actpass', undefined].includes(find('setup'))) throw new WebRtcRefused('dtls');
  return {
    session, credentials, fingerprints,
    isBundled: mids.length > 0,
    audio: streamOf(session, audio, line),
    ...(video === -1 ? {} : { video: streamOf(session, session.media[video] ?? audio, video) }),
  };
}

/** One with port 0 is refused, if it is not only that another one carries it (RFC 8843 6). */
function isTaken(media: Media): boolean {
  const isDtls = media.protocol === 'UDP/TLS/RTP/SAVPF' || media.protocol === 'UDP/TLS/RTP/SAVP';
  return isDtls && (media.port !== 0 || attributeOf(media, 'bundle-only') !== undefined);
}

/** The names of the sections that share a transport with this one (RFC 8843 7.1); none where it is by itself. */
function bundleOf(session: Session, media: Media): readonly string[] {
  const mid = attributeOf(media, 'mid');
  const groups = attributesOf(session, 'group').map((value) => value.split(' ').filter((word) => word !== ''));
  const group = groups.find(([semantics, ...mids]) => semantics === 'BUNDLE' && mid !== undefined && mids.includes(mid));
  return group?.slice(1) ?? [];
}

/** Browsers say 0.0.0.0 where they do not know their address yet, which means nothing here, though it does elsewhere (RFC 3264 8.4). */
function streamOf(session: Session, media: Media, line: number): RemoteStream {
  return { line, direction: directionIn(media.attributes) ?? directionIn(session.attributes) ?? 'sendrecv', codecs: readCodecs(media) };
}

function directionIn(attributes: readonly Attribute[]): Direction | undefined {
  return DIRECTIONS.find((direction) => attributes.some(({ name }) => name === direction));
}

function readFingerprints(places: readonly { readonly attributes: readonly Attribute[] }[]): readonly Fingerprint[] {
  for (const place of places) {
    const found = attributesOf(place, 'fingerprint').flatMap((value): Fingerprint[] => {
      const [, hash, digest] = FINGERPRINT.exec(value) ?? [];
      return hash === undefined || digest === undefined ? [] : [{ hash, value: digest }];
    }).filter(isUsable);
    if (found.length > 0) return found;
  }
  return [];
}

/** What both sides have: one codec, and telephone events beside it. */
export interface Choice {
  /** Under the payload type by which the other side wants it. */
  readonly codec: Codec;
  readonly events?: Codec;
}

/** By name, clock rate and channels, never by the name alone (RFC 3264 6.1): the first of ours that they have. */
export function chooseOurs(ours: readonly Codec[], { codecs }: RemoteStream): Choice | undefined {
  for (const own of ours) {
    const theirs = codecs.find((offered) => isSameCodec(offered, own));
    if (theirs !== undefined) return choiceOf(own, theirs, codecs);
  }
  return undefined;
}

/** The first of theirs that we have: they answer, so theirs is the last word. */
export function chooseTheirs(ours: readonly Codec[], { codecs }: RemoteStream): Choice | undefined {
  for (const theirs of codecs) {
    const own = isTelephoneEvent(theirs) ? undefined : ours.find((offered) => isSameCodec(offered, theirs));
    if (own !== undefined) return choiceOf(own, theirs, codecs);
  }
  return undefined;
}

function choiceOf(own: Codec, { payloadType, feedback }: Codec, codecs: readonly Codec[]): Choice {
  const keys = codecs.filter(isTelephoneEvent);
  // RFC 4733 2.5.1.2 wants the clock of the sound; events of another one are better than none.
  const events = keys.find(({ clockRate }) => clockRate === own.clockRate) ?? keys[0];
  const codec = { ...own, payloadType, ...(own.feedback === undefined ? {} : { feedback: own.feedback.filter((value) => feedback?.includes(value) === true) }) };
  return { codec, ...(events === undefined ? {} : { events: telephoneEvent(events.clockRate, events.payloadType) }) };
}
