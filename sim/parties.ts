import { CAUSE } from '@parley/core/call/call.ts';
import type { VoiceLeg } from '@parley/core/voice/order.ts';
import type { Board, SimulatedLeg } from './board.ts';
import type { Page } from './images.ts';
import type { Keys } from './keys.ts';
import type { Pictures } from './pictures.ts';
import type { Heard } from './rooms.ts';

/** What a party does that is rung. */
export type Behaviour =
  /** `talkMs`: hangs up so long after it answered. */
  | { readonly kind: 'answers'; readonly afterMs: number; readonly talkMs?: number }
  | { readonly kind: 'rejects'; readonly afterMs: number }
  | { readonly kind: 'busy' }
  /** Until it is told otherwise, or whoever rings gives up. */
  | { readonly kind: 'ringsForever' }
  | { readonly kind: 'unreachable' };

/** A behaviour, or what chooses one for each time that the party is rung. */
export type Script = Behaviour | (() => Behaviour);

export const answersAfter = (afterMs: number, talkMs?: number): Behaviour => ({ kind: 'answers', afterMs, ...(talkMs === undefined ? {} : { talkMs }) });
export const rejects = (afterMs = 0): Behaviour => ({ kind: 'rejects', afterMs });
export const busy: Behaviour = { kind: 'busy' };
export const ringsForever: Behaviour = { kind: 'ringsForever' };
export const unreachable: Behaviour = { kind: 'unreachable' };

/** Somebody at the other end of a leg. */
export interface Party {
  /** The leg that it is, or was last, on. */
  readonly leg: () => VoiceLeg | undefined;
  readonly state: () => SimulatedLeg['state'] | 'idle';
  /** Names of those it hears, `music`, files that are played; nothing is silence. */
  readonly hears: () => readonly string[];
  /** How loud it hears a sound: 1 as it was made, 0 not at all. */
  readonly loudnessOf: (sound: string) => number;
  /** Whom it sees, as those that it hears are called. */
  readonly sees: () => string | undefined;
  /** Is not seen any more, though it talks on. */
  readonly closeCamera: () => void;
  readonly press: (digits: string) => void;
  /** The keys that we sent it. */
  readonly keysSent: () => string;
  readonly hangUp: () => void;
}

/** A number that can be rung. What it is told to do concerns the leg on which it was rung last. */
export interface Phone extends Party {
  readonly number: string;
  /** What it does from now on when it is rung. */
  readonly behaves: (script: Script) => Phone;
  readonly answer: () => void;
  readonly reject: () => void;
  /** From now on it answers when the switch tells it to, as desk phones do that are linked. */
  readonly isLinked: () => Phone;
  /** From now on it can be seen, when the switch asks for that. */
  readonly hasCamera: () => Phone;
  /** The number that it shows. */
  readonly shows: () => string | undefined;
  readonly timesRung: () => number;
}

/** Somebody who called in. */
export interface Customer extends Party {
  readonly id: VoiceLeg;
  readonly answered: () => boolean;
  /** Resolves when the customer hears a person; with false when the call is over before. */
  readonly attended: Promise<boolean>;
  /** Resolves with the cause. */
  readonly ended: Promise<number>;
}

export interface CallIn {
  readonly from: string;
  readonly to: string;
  /** How long the customer waits for a person before hanging up; for ever if nothing is said. */
  readonly patienceMs?: number;
  /** Whether the customer can be seen, when the switch asks for that. */
  readonly camera?: boolean;
  /** Calls from a web page, which does this when it is asked for a picture (6.1.5.5). */
  readonly page?: Page;
}

export interface Parties {
  readonly phone: (number: string) => Phone;
  readonly callIn: (call: CallIn) => Customer;
  /** The party of that number does what its script says. */
  readonly ring: (leg: SimulatedLeg, ringMs: number) => void;
  readonly canPickUp: (number: string) => boolean;
  readonly canBeSeen: (number: string) => boolean;
}

export interface PartiesDependencies {
  readonly board: Board;
  readonly keys: Keys;
  readonly heard: (leg: SimulatedLeg) => readonly Heard[];
  readonly pictures: Pick<Pictures, 'seenBy' | 'closed'>;
  /** What a number does for which there is no script. */
  readonly outside: Script;
}

interface Entry {
  script: Script;
  isLinked: boolean;
  hasCamera: boolean;
  latest: SimulatedLeg | undefined;
  rung: number;
}

export function createParties({ board, keys, heard, pictures, outside }: PartiesDependencies): Parties {
  const entries = new Map<string, Entry>();
  const start = board.schedule.now().toString(36);
  let calls = 0;

  const partyOn = (legNow: () => SimulatedLeg | undefined): Party => {
    const hearing = (): readonly Heard[] => {
      const leg = legNow();
      return leg === undefined ? [] : heard(leg);
    };
    return {
      leg: () => legNow()?.id,
      state: () => legNow()?.state ?? 'idle',
      hears: () => hearing().map(({ sound }) => sound),
      loudnessOf: (wanted) => hearing().find(({ sound }) => sound === wanted)?.loudness ?? 0,
      sees: () => {
        const leg = legNow();
        return leg === undefined ? undefined : pictures.seenBy(leg);
      },
      closeCamera: () => {
        const leg = legNow();
        if (leg !== undefined) pictures.closed(leg);
      },
      press: (digits) => {
        const leg = legNow();
        if (leg?.state === 'up') keys.pressed(leg, digits);
      },
      keysSent: () => legNow()?.sent ?? '',
      hangUp: () => {
        const leg = legNow();
        if (leg !== undefined) board.hangUp(leg);
      },
    };
  };

  const entryOf = (number: string): Entry => {
    let entry = entries.get(number);
    if (entry === undefined) {
      entry = { script: outside, isLinked: false, hasCamera: false, latest: undefined, rung: 0 };
      entries.set(number, entry);
    }
    return entry;
  };

  const answer = (leg: SimulatedLeg, talkMs: number | undefined): void => {
    board.connect(leg);
    if (talkMs !== undefined) board.later(leg, talkMs, () => { board.hangUp(leg); });
  };

  return {
    phone: (number) => {
      const entry = entryOf(number);
      const phone: Phone = {
        ...partyOn(() => entry.latest),
        number,
        behaves: (script) => {
          entry.script = script;
          return phone;
        },
        answer: () => { if (entry.latest !== undefined) answer(entry.latest, undefined); },
        reject: () => { if (entry.latest?.state === 'ringing') board.end(entry.latest, CAUSE.rejected); },
        isLinked: () => {
          entry.isLinked = true;
          return phone;
        },
        hasCamera: () => {
          entry.hasCamera = true;
          return phone;
        },
        shows: () => entry.latest?.shown,
        timesRung: () => entry.rung,
      };
      return phone;
    },

    callIn: ({ from, to, patienceMs, camera = false, page }) => {
      calls += 1;
      // With the time of the start in it, so that names of an earlier run of the switch do not come again.
      const leg = board.begin({ id: `in-${start}-${calls}`, direction: 'in', number: from, shown: to, hasCamera: camera, page });
      board.post({ kind: 'incoming', leg: leg.id, caller: from, called: to });
      if (patienceMs !== undefined) {
        const lose = board.later(leg, patienceMs, () => { board.hangUp(leg); });
        void leg.attended.promise.then(lose);
      }
      return {
        ...partyOn(() => leg), id: leg.id, answered: () => leg.state === 'up', attended: leg.attended.promise, ended: leg.ended.promise,
      };
    },

    canPickUp: (number) => entries.get(number)?.isLinked === true,
    canBeSeen: (number) => entries.get(number)?.hasCamera === true,

    ring: (leg, ringMs) => {
      // Numbers that nobody asked for are not kept: a benchmark dials no end of them.
      const entry = entries.get(leg.number);
      const script = entry?.script ?? outside;
      const behaviour = typeof script === 'function' ? script() : script;
      if (behaviour.kind === 'unreachable') {
        board.end(leg, CAUSE.unknownNumber);
        return;
      }
      if (entry !== undefined) entry.latest = leg;
      if (behaviour.kind === 'busy') {
        board.end(leg, CAUSE.busy);
        return;
      }
      if (entry !== undefined) entry.rung += 1;
      board.post({ kind: 'rang', leg: leg.id });
      board.later(leg, ringMs, () => { if (leg.state === 'ringing') board.end(leg, CAUSE.unanswered); });
      if (behaviour.kind === 'answers' && behaviour.afterMs === 0) answer(leg, behaviour.talkMs);
      else if (behaviour.kind === 'answers') board.later(leg, behaviour.afterMs, () => { answer(leg, behaviour.talkMs); });
      else if (behaviour.kind === 'rejects') board.later(leg, behaviour.afterMs, () => { if (leg.state === 'ringing') board.end(leg, CAUSE.rejected); });
    },
  };
}
