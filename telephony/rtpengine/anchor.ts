import type { Carrier, MediaAnswer } from '../media/order.ts';
import { isUnknownCall, type Commands, type Described, type Failed, type Parties, type PartySeen, type Rewriting } from './commands.ts';
import {
  describeInside, isBothWays, NOWHERE, PROTOCOLS, readLine, readPlace, readWrapping, towardsFarEnd, TOWARDS_INSIDE, type Line, type Place, type Wrapping,
} from './line.ts';

/** The two parties of a leg's call at rtpengine: the telephone or browser, and whatever it is led to. */
export const FAR = 'far';
export const INSIDE = 'in';

/** Interfaces of rtpengine by the names that it was started with: to the world, and to the built-in engine. */
export interface Interfaces {
  readonly far: string;
  readonly inside: string;
}

export interface AnchorOptions {
  readonly commands: Pick<Commands, 'offer' | 'answer' | 'remove'>;
  readonly call: string;
  readonly carrier: Carrier;
  readonly interfaces: Interfaces | undefined;
  /** Of a leg that stood before this process began. */
  readonly before?: Standing;
}

export type Negotiated = Extract<MediaAnswer, { ok: true }> & { readonly sdp: string } | { readonly ok: false; readonly why: 'notAcceptable' | 'failed'; readonly message: string };
export type Led = 'ok' | 'unknown' | 'failed';

/**
 * A leg's call at rtpengine. The far end is told a port there, and keeps it as long as the leg stands; what is behind that port
 * is changed without a word to the far end, by a new offer from the inside that nobody answers.
 */
export interface Anchor {
  readonly call: string;
  /** Rewrites the built-in engine's offer for the far end. */
  readonly offer: (sdp: string) => Promise<Negotiated>;
  /** Takes the far end's answer; what comes out is for the built-in engine. */
  readonly accept: (sdp: string) => Promise<Negotiated>;
  /** Takes the far end's offer, has it answered inside, and answers what the far end is told. */
  readonly answer: (sdp: string, answerInside: (sdp: string) => Promise<Negotiated>) => Promise<Negotiated>;
  /** Leads the far end's sound to another place, and takes sound from there. */
  readonly lead: (to: Place) => Promise<Led>;
  readonly remove: () => Promise<boolean>;
  /** What both ends agreed on; undefined before they have. */
  readonly line: () => Line | undefined;
  /** Where sound for the far end is taken. */
  readonly entrance: () => Place | undefined;
  /** Whether the sound goes both ways as far as the far end is concerned. */
  readonly isBothWays: () => boolean;
}

/** What must be known to go on with a leg after a restart; rtpengine keeps it as the label of a party. */
export interface Remembered {
  /** Grows with each negotiation: both parties have one, and the later one counts. */
  readonly turn: number;
  readonly carrier: Carrier;
  readonly wrapping: Wrapping;
  /** What both agreed on, as a description of the inside. */
  readonly sdp: string;
  readonly isBothWays: boolean;
}

/** A leg that stands at rtpengine. */
export interface Standing {
  readonly remembered: Remembered;
  readonly entrance: Place;
  /** Where its far end's sound is led to. */
  readonly ledTo: Place;
  /** Packets that have come from the far end. */
  readonly packets: number;
}

/** Undefined where nothing was agreed on yet, or where the call is none of ours. */
export function readStanding(parties: readonly PartySeen[]): Standing | undefined {
  const inside = parties.find(({ tag }) => tag === INSIDE);
  const far = parties.find(({ tag }) => tag === FAR);
  const [stream] = inside?.streams ?? [];
  const labels = [inside?.label, far?.label].flatMap((label) => readRemembered(label ?? '') ?? []);
  const [remembered] = labels.toSorted((one, other) => other.turn - one.turn);
  if (inside === undefined || stream === undefined || remembered === undefined) return undefined;
  const { rtcpMux } = inside;
  return { remembered, entrance: { ...stream.local, rtcpMux }, ledTo: { ...stream.remote, rtcpMux }, packets: far?.streams[0]?.packets ?? 0 };
}

function readRemembered(label: string): Remembered | undefined {
  let read: unknown;
  try {
    read = JSON.parse(label);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  const { turn, carrier, wrapping, sdp, isBothWays: goesBothWays } = read as Partial<Record<keyof Remembered, unknown>>;
  if (typeof turn !== 'number' || (carrier !== 'rtp' && carrier !== 'webrtc') || typeof sdp !== 'string' || typeof goesBothWays !== 'boolean') return undefined;
  if (typeof wrapping !== 'object' || wrapping === null || readLine(sdp) === undefined) return undefined;
  const { protocol, isOpportunistic, rtcpMux } = wrapping as Partial<Record<keyof Wrapping, unknown>>;
  const known = PROTOCOLS.find((one) => one === protocol);
  if (known === undefined || typeof isOpportunistic !== 'boolean' || typeof rtcpMux !== 'boolean') return undefined;
  return { turn, carrier, sdp, isBothWays: goesBothWays, wrapping: { protocol: known, isOpportunistic, rtcpMux } };
}

const failedOf = (failed: Failed): Extract<Negotiated, { ok: false }> => ({ ok: false, why: 'failed', message: failed.message });
const UNREADABLE = { ok: false, why: 'failed', message: 'rtpengine answered with a description that cannot be used' } as const;
const NOT_ACCEPTABLE = { ok: false, why: 'notAcceptable', message: 'the description cannot be read, or has no sound' } as const;

export function createAnchor({ commands, call, carrier, interfaces, before }: AnchorOptions): Anchor {
  const first: Wrapping = carrier === 'webrtc'
    ? { protocol: 'UDP/TLS/RTP/SAVPF', isOpportunistic: false, rtcpMux: true }
    : { protocol: 'RTP/AVP', isOpportunistic: false, rtcpMux: false };
  let turn = before?.remembered.turn ?? 0;
  let wrapping = before?.remembered.wrapping ?? first;
  let line = before === undefined ? undefined : readLine(before.remembered.sdp);
  let entrance = before?.entrance;
  let goesBothWays = before?.remembered.isBothWays ?? true;
  let hasCall = before !== undefined;
  /** What was last said on the far end's side, for going back to it where a new offer comes to nothing. */
  let agreedFar: string | undefined;
  let agreedInside: string | undefined;

  const outwards: Parties = { call, from: INSIDE, to: FAR };
  const inwards: Parties = { call, from: FAR, to: INSIDE };
  const between = (from: keyof Interfaces): Rewriting => (interfaces === undefined ? {}
    : { direction: from === 'far' ? [interfaces.far, interfaces.inside] : [interfaces.inside, interfaces.far] });

  /** A party that rtpengine has not seen must not be named in an offer. */
  const known = (parties: Parties): Parties => (line === undefined ? { call, from: parties.from } : parties);

  const labelFor = (agreed: Line, wrapped: Wrapping, sdp: string): string => {
    turn += 1;
    return JSON.stringify({ turn, carrier, wrapping: wrapped, sdp: describeInside(agreed, NOWHERE), isBothWays: isBothWays(sdp) } satisfies Remembered);
  };

  const offerOutwards = (sdp: string): Promise<Described> => commands.offer(known(outwards), sdp, { ...towardsFarEnd(wrapping), ...between('inside') });
  const offerInwards = (sdp: string): Promise<Described> => commands.offer(known(inwards), sdp, { ...TOWARDS_INSIDE, ...between('far') });

  /** The far end stays with what it had: what it had said is said to rtpengine once more. */
  const goBack = async (): Promise<void> => {
    if (agreedFar === undefined || agreedInside === undefined) return;
    const offered = await offerInwards(agreedFar);
    if (offered.ok) await commands.answer({ call, from: FAR, to: INSIDE }, agreedInside, { flags: ['asymmetric', 'port latching'] });
  };

  return {
    call,
    line: () => line,
    entrance: () => entrance,
    isBothWays: () => goesBothWays,
    offer: async (sdp) => {
      hasCall = true;
      const offered = await offerOutwards(sdp);
      if (!offered.ok) return failedOf(offered);
      return readPlace(offered.sdp) === undefined ? UNREADABLE : { ok: true, sdp: offered.sdp };
    },
    accept: async (sdp) => {
      const said = readWrapping(sdp);
      const agreed = readLine(sdp);
      if (said === undefined || agreed === undefined) return NOT_ACCEPTABLE;
      const answered = await commands.answer({ call, from: INSIDE, to: FAR }, sdp, { flags: ['strict source', 'port latching'], label: labelFor(agreed, said, sdp) });
      if (!answered.ok) return failedOf(answered);
      const [nextLine, nextEntrance] = [readLine(answered.sdp), readPlace(answered.sdp)];
      if (nextLine === undefined || nextEntrance === undefined) return UNREADABLE;
      wrapping = said;
      line = nextLine;
      entrance = nextEntrance;
      goesBothWays = isBothWays(sdp);
      agreedFar = sdp;
      agreedInside = answered.sdp;
      return { ok: true, sdp: answered.sdp };
    },
    answer: async (sdp, answerInside) => {
      if (readPlace(sdp) === undefined) return NOT_ACCEPTABLE;
      hasCall = true;
      const offered = await offerInwards(sdp);
      if (!offered.ok) return failedOf(offered);
      const nextEntrance = readPlace(offered.sdp);
      const answer = nextEntrance === undefined ? UNREADABLE : await answerInside(offered.sdp);
      const nextLine = answer.ok ? readLine(answer.sdp) : undefined;
      if (!answer.ok || nextLine === undefined || nextEntrance === undefined) {
        await goBack();
        return answer.ok ? UNREADABLE : answer;
      }
      const label = labelFor(nextLine, readWrapping(sdp) ?? wrapping, sdp);
      const answered = await commands.answer({ call, from: FAR, to: INSIDE }, answer.sdp, { flags: ['asymmetric', 'port latching'], label });
      const said = answered.ok ? readWrapping(answered.sdp) : undefined;
      if (!answered.ok || said === undefined) return answered.ok ? UNREADABLE : failedOf(answered);
      line = nextLine;
      entrance = nextEntrance;
      goesBothWays = isBothWays(sdp);
      agreedInside = answer.sdp;
      wrapping = said;
      agreedFar = sdp;
      return { ...answer, sdp: answered.sdp };
    },
    lead: async (to) => {
      if (line === undefined) return 'failed';
      const offered = await offerOutwards(describeInside(line, to));
      if (offered.ok) return 'ok';
      return isUnknownCall(offered) ? 'unknown' : 'failed';
    },
    remove: async () => {
      if (!hasCall) return true;
      const removed = await commands.remove(call);
      return removed.ok;
    },
  };
}
