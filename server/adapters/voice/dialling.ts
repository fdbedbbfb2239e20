import { CAUSE } from '@parley/core/call/call.ts';
import type { Order } from '@parley/core/voice/order.ts';
import type { CallEnd, CallEvent, SipCall } from '../../../telephony/sip/call/call.ts';
import type { Timers } from '../../../telephony/timers.ts';
import type { Performed } from '../../engine/voice.ts';
import { endCause, Q850_OF } from './causes.ts';
import type { Leg, Legs, Media, Terms } from './legs.ts';
import { takesTalk } from './pick-up.ts';
import type { Toll, Tolls } from './tolls.ts';
import type { Directory, Way } from './ways.ts';

type DialOrder = Extract<Order, { kind: 'dial' }>;

export interface DiallingDependencies {
  readonly legs: Legs;
  readonly media: Pick<Media, 'perform'>;
  readonly directory: Pick<Directory, 'phone' | 'number'>;
  readonly tolls: Pick<Tolls, 'legOf'>;
  readonly invite: (way: Way, sdp: string) => SipCall;
  readonly timers: Timers;
  /** What happens to a call once it is the leg. */
  readonly converse: (leg: Leg, call: SipCall, event: CallEvent) => void;
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

/** Whose call it is, and what it may cost. */
interface Costs {
  readonly vdnId: number;
  readonly toll: Toll;
}

const termsOf = (vdnId: number, { codecs, toll }: Way): Terms =>
  ({ ...(codecs === undefined ? {} : { codecs }), ...(toll === undefined ? {} : { tolled: vdnId }) });

/** What an offer is made of: one leg has one at a time. */
const isAlike = (one: Way, other: Way): boolean => one.carrier === other.carrier && one.codecs?.join() === other.codecs?.join();

/** Dials legs: phones at once, trunks one after the other, until somebody answers or all have failed. */
export function createDialling({ legs, media, directory, tolls, invite, timers, converse }: DiallingDependencies): (order: DialOrder) => Promise<Performed> {
  const giveUp = (leg: Leg, cause: number): void => {
    for (const attempt of leg.attempts) attempt.hangUp(causeOf(cause));
    legs.end(leg, cause);
  };

  /** Resolves with why nobody of this group answered. */
  const ringGroup = (leg: Leg, costs: Costs, group: readonly Way[], sdp: string): Promise<{ readonly cause: number; readonly goesOn: boolean }> => new Promise((resolve) => {
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
        } else if (event.kind === 'answered') void win(leg, costs, way, call, event.sdp);
        else if (event.kind === 'ended') {
          leg.attempts.delete(call);
          leg.linked.delete(call);
          release(event.why);
          if (leg.call === call) legs.end(leg, endCause(event.why, 'out', true));
          else over(endCause(event.why, 'out', false), isWayAtFault(event.why));
        } else if (leg.call === call) converse(leg, call, event);
        else if (event.kind === 'offered') event.refuse(491);
        else if (event.kind === 'referred') event.refuse(603);
      });
    };
    open = group.length;
    if (open === 0) resolve(worst);
    for (const way of group) attempt(way);
  });

  const win = async (leg: Leg, { toll, vdnId }: Costs, way: Way, call: SipCall, sdp: string | undefined): Promise<void> => {
    if (leg.state !== 'ringing' || leg.call !== undefined) {
      call.hangUp();
      return;
    }
    leg.call = call;
    leg.who = way.who;
    leg.terms = termsOf(vdnId, way);
    toll.answered();
    for (const other of leg.attempts) if (other !== call) other.hangUp();
    // Early media may have brought the answer already (RFC 3264 5.1: the first one stands).
    const accepted = sdp === undefined ? { ok: true } : await media.perform({ kind: 'accept', leg: leg.id, sdp });
    if (accepted.ok) legs.isUp(leg);
    else {
      call.hangUp({ q850: 88 });
      legs.end(leg, CAUSE.noResource);
    }
  };

  /** The offer for a group that wants another one than the group before. */
  const offerAnew = async (leg: Leg, { carrier, codecs }: Way): Promise<string | undefined> => {
    const offered = await media.perform({ kind: 'reopen', leg: leg.id, carrier, ...(codecs === undefined ? {} : { codecs }) });
    return offered.ok ? offered.sdp : undefined;
  };

  /** Why nobody may be called by this group; a number outside is a way of its own. */
  const bar = (toll: Toll, group: readonly Way[]): number | undefined => {
    for (const { toll: forms } of group) {
      const cause = forms === undefined ? undefined : toll.admit(forms);
      if (cause !== undefined) return cause;
    }
    return undefined;
  };

  const ring = async (leg: Leg, costs: Costs, first: readonly [Way, readonly Way[]], rest: Iterator<readonly Way[]>, firstSdp: string): Promise<void> => {
    let [foremost, group] = first;
    let sdp: string | undefined = firstSdp;
    for (;;) {
      // Of phones in browsers and on desks, those ring that are like the foremost.
      const outcome = await ringGroup(leg, costs, group.filter((way) => isAlike(way, foremost)), sdp);
      if (leg.call !== undefined || leg.state !== 'ringing') return;
      const next = outcome.goesOn ? nextOf(rest) : undefined;
      const [other] = next ?? [];
      if (next === undefined || other === undefined) {
        legs.end(leg, outcome.cause);
        return;
      }
      const barred = bar(costs.toll, next);
      if (barred === undefined && !isAlike(foremost, other)) sdp = await offerAnew(leg, other);
      if (barred !== undefined || sdp === undefined) {
        legs.end(leg, barred ?? CAUSE.noResource);
        return;
      }
      if (isGone(leg)) return;
      [foremost, group] = [other, next];
    }
  };

  return async ({ vdnId, leg: id, to, from, ringMs, near }) => {
    if (legs.wasDialled(id)) return OK;
    const leg = legs.begin({ id, direction: 'out', caller: from, called: to.number });
    const toll = tolls.legOf(vdnId, (cause) => { giveUp(leg, cause); });
    leg.endings.add(() => {
      for (const attempt of leg.attempts) if (attempt !== leg.call) attempt.hangUp();
      toll.release();
    });
    const ways = (await directory[to.kind](to.number, from))[Symbol.iterator]();
    if (isGone(leg)) return OK;
    const first = nextOf(ways);
    const [foremost] = first ?? [];
    if (first === undefined || foremost === undefined) {
      legs.end(leg, to.kind === 'phone' ? CAUSE.noResource : CAUSE.unknownNumber);
      return { ok: false, why: 'unreachable' };
    }
    const barred = bar(toll, first);
    if (barred !== undefined) {
      // The order was carried out as far as it may be: what came of it is told by the end of the leg.
      legs.end(leg, barred);
      return OK;
    }
    const { carrier, codecs } = foremost;
    const opened = await media.perform({ kind: 'open', leg: id, carrier, offers: true, ...(near === undefined ? {} : { near }), ...(codecs === undefined ? {} : { codecs }) });
    const offered = opened.ok && opened.sdp === undefined ? await media.perform({ kind: 'offer', leg: id }) : opened;
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
    void ring(leg, { toll, vdnId }, [foremost, first], ways, offered.sdp);
    return OK;
  };
}
