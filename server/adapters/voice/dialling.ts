import { CAUSE } from '@parley/core/call/call.ts';
import type { Order } from '@parley/core/voice/order.ts';
import type { Carrier } from '../../../telephony/media/order.ts';
import type { CallEnd, CallEvent, SipCall } from '../../../telephony/sip/call/call.ts';
import type { Timers } from '../../../telephony/timers.ts';
import type { Performed } from '../../engine/voice.ts';
import { endCause, Q850_OF } from './causes.ts';
import type { Leg, Legs, Media } from './legs.ts';
import { takesTalk } from './pick-up.ts';
import type { Directory, Way } from './ways.ts';

type DialOrder = Extract<Order, { kind: 'dial' }>;

export interface DiallingDependencies {
  readonly legs: Legs;
  readonly media: Pick<Media, 'perform'>;
  readonly directory: Pick<Directory, 'phone' | 'number'>;
  readonly invite: (way: Way, sdp: string) => SipCall;
  readonly timers: Timers;
  /** What happens to a call once it is the leg. */
  readonly converse: (leg: Leg, event: CallEvent) => void;
}

const OK: Performed = { ok: true };
const causeOf = (cause: number): { readonly q850?: number } => (Q850_OF[cause] === undefined ? {} : { q850: Q850_OF[cause] });
const isGone = ({ state }: Leg): boolean => state === 'gone';

/** Responses after which another way may lead to the same number; the callee itself has not spoken yet. */
const isWayAtFault = (end: CallEnd): boolean =>
  end.kind === 'lost' || (end.kind === 'failed' && (end.status === 408 || end.status >= 500 && end.status < 600 || end.status === 401 || end.status === 407));

/** The next group with somebody in it. */
function nextOf(ways: Iterator<readonly Way[]>): readonly Way[] | undefined {
  for (let step = ways.next(); step.done !== true; step = ways.next()) if (step.value.length > 0) return step.value;
  return undefined;
}

/** Of several phones that did not answer, the reason that says most: a decline, then busy, then the rest. */
const WEIGHT: Readonly<Record<number, number>> = { [CAUSE.rejected]: 4, [CAUSE.busy]: 3, [CAUSE.unanswered]: 2, [CAUSE.unknownNumber]: 1 };
const weightOf = (cause: number): number => WEIGHT[cause] ?? 0;

/** Dials legs: phones at once, trunks one after the other, until somebody answers or all have failed. */
export function createDialling({ legs, media, directory, invite, timers, converse }: DiallingDependencies): (order: DialOrder) => Promise<Performed> {
  const giveUp = (leg: Leg, cause: number): void => {
    for (const attempt of leg.attempts) attempt.hangUp(causeOf(cause));
    legs.end(leg, cause);
  };

  /** Resolves with why nobody of this group answered. */
  const ringGroup = (leg: Leg, group: readonly Way[], sdp: string): Promise<{ readonly cause: number; readonly goesOn: boolean }> => new Promise((resolve) => {
    let open = 0;
    let worst = { cause: CAUSE.noResource as number, goesOn: true };
    const over = (cause: number, goesOn: boolean): void => {
      open -= 1;
      if (weightOf(cause) >= weightOf(worst.cause)) worst = { cause, goesOn: goesOn && worst.goesOn };
      if (open === 0) resolve(worst);
    };
    const attempt = (way: Way): void => {
      const release = way.claim();
      if (release === undefined) {
        over(CAUSE.noResource, true);
        return;
      }
      const call = invite(way, sdp);
      leg.attempts.add(call);
      if (way.isLinked === true) leg.linked.add(call);
      call.listen((event) => {
        if (event.kind === 'progress') {
          if (takesTalk(event.allowEvents)) leg.linked.add(call);
          if (event.status >= 180) legs.rings(leg);
          // Sound before the answer comes from one only, or they would be heard in turns.
          if (event.sdp !== undefined && group.length === 1) void media.perform({ kind: 'accept', leg: leg.id, sdp: event.sdp });
        } else if (event.kind === 'answered') void win(leg, call, event.sdp);
        else if (event.kind === 'ended') {
          leg.attempts.delete(call);
          leg.linked.delete(call);
          release(event.why);
          if (leg.call === call) legs.end(leg, endCause(event.why, 'out', true));
          else over(endCause(event.why, 'out', false), isWayAtFault(event.why));
        } else if (leg.call === call) converse(leg, event);
        else if (event.kind === 'offered') event.refuse(491);
      });
    };
    open = group.length;
    if (open === 0) resolve(worst);
    for (const way of group) attempt(way);
  });

  const win = async (leg: Leg, call: SipCall, sdp: string | undefined): Promise<void> => {
    if (leg.state !== 'ringing' || leg.call !== undefined) {
      call.hangUp();
      return;
    }
    leg.call = call;
    for (const other of leg.attempts) if (other !== call) other.hangUp();
    // Early media may have brought the answer already (RFC 3264 5.1: the first one stands).
    const accepted = sdp === undefined ? { ok: true } : await media.perform({ kind: 'accept', leg: leg.id, sdp });
    if (accepted.ok) legs.isUp(leg);
    else {
      call.hangUp({ q850: 88 });
      legs.end(leg, CAUSE.noResource);
    }
  };

  /** One leg has one kind of sound: of phones in browsers and on desks, those ring that are like the foremost. */
  const alike = (group: readonly Way[], carrier: Carrier): readonly Way[] => group.filter((way) => way.carrier === carrier);

  const ring = async (leg: Leg, first: readonly Way[], rest: Iterator<readonly Way[]>, sdp: string): Promise<void> => {
    const carrier = first[0]?.carrier ?? 'rtp';
    let cause: number = CAUSE.noResource;
    for (let group: readonly Way[] | undefined = first; group !== undefined && leg.state === 'ringing'; group = nextOf(rest)) {
      const outcome = await ringGroup(leg, alike(group, carrier), sdp);
      cause = outcome.cause;
      if (leg.call !== undefined || !outcome.goesOn) break;
    }
    if (leg.call === undefined) legs.end(leg, cause);
  };

  return async ({ leg: id, to, from, ringMs, near }) => {
    if (legs.wasDialled(id)) return OK;
    const leg = legs.begin({ id, direction: 'out', caller: from, called: to.number });
    leg.endings.add(() => { for (const attempt of leg.attempts) if (attempt !== leg.call) attempt.hangUp(); });
    const ways = (await directory[to.kind](to.number, from))[Symbol.iterator]();
    if (isGone(leg)) return OK;
    const first = nextOf(ways);
    const [foremost] = first ?? [];
    if (first === undefined || foremost === undefined) {
      legs.end(leg, to.kind === 'phone' ? CAUSE.noResource : CAUSE.unknownNumber);
      return { ok: false, why: 'unreachable' };
    }
    const opened = await media.perform({ kind: 'open', leg: id, carrier: foremost.carrier, ...(near === undefined ? {} : { near }) });
    const offered = opened.ok ? await media.perform({ kind: 'offer', leg: id }) : opened;
    if (isGone(leg)) {
      // It was dropped before its sound was there to be closed.
      void media.perform({ kind: 'close', leg: id });
      return OK;
    }
    if (!offered.ok || offered.sdp === undefined) {
      legs.end(leg, CAUSE.noResource);
      return { ok: false, why: 'noResource' };
    }
    leg.endings.add(timers.after(ringMs, () => { if (leg.state === 'ringing' && leg.call === undefined) giveUp(leg, CAUSE.unanswered); }));
    void ring(leg, first, ways, offered.sdp);
    return OK;
  };
}
