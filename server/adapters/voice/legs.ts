import type { VoiceLeg } from '@parley/core/voice/order.ts';
import type { CodecName } from '../../../telephony/audio/codec.ts';
import type { MediaAnswer, MediaOrder, MediaReport } from '../../../telephony/media/order.ts';
import type { SipCall } from '../../../telephony/sip/call/call.ts';
import type { VoiceReport } from '../../engine/voice.ts';

/** Sound, made in threads of its own. */
export interface Media {
  readonly perform: (order: MediaOrder) => Promise<MediaAnswer>;
  readonly subscribe: (listener: (report: MediaReport) => void) => () => void;
}

/** One leg: the calls that are tried for it, of which one is it in the end. */
export interface Leg {
  readonly id: VoiceLeg;
  readonly direction: 'in' | 'out';
  /** The numbers as they were shown and dialled. */
  readonly caller: string;
  readonly called: string;
  /** Who is at the other end, where that was proved: whoever comes as the same may take the leg over. */
  who: string | undefined;
  state: 'ringing' | 'up' | 'gone';
  hasRung: boolean;
  /** The call that came in, or the one that was answered. */
  call: SipCall | undefined;
  /** What its call does not say, for going on with it after a restart. */
  terms?: Terms;
  /** Where it has been put, the latest last: in one of them it is now, or those whom it holds are. */
  rooms?: readonly string[];
  /** Another one is just taking its place. */
  isPassing?: boolean;
  readonly attempts: Set<SipCall>;
  /** Those of them at phones that answer when they are told to. */
  readonly linked: Set<SipCall>;
  /** What else is to be undone when it ends. */
  readonly endings: Set<() => void>;
}

/** How it came to be. */
export interface Terms {
  readonly codecs?: readonly CodecName[];
  /** The contact centre that it costs something. */
  readonly tolled?: number;
}

/** The legs that stand, and the reports of what becomes of them. */
export interface Legs {
  readonly find: (id: VoiceLeg) => Leg | undefined;
  readonly all: () => IterableIterator<Leg>;
  /** The one that is up by this call. */
  readonly upBy: (call: SipCall) => Leg | undefined;
  readonly enter: (leg: Leg, room: string) => void;
  /** The one that is up and was put into that room, of whoever this is; a call's id is the name of its room too (6.1.5.4). */
  readonly upIn: (room: string, who: string) => Leg | undefined;
  readonly begin: (leg: Pick<Leg, 'id' | 'direction' | 'caller' | 'called'>) => Leg;
  /** Whether a leg of that name was dialled already; of those that ended the latest are remembered. */
  readonly wasDialled: (id: VoiceLeg) => boolean;
  readonly rings: (leg: Leg) => void;
  /** It hears and is heard from now on. */
  readonly isUp: (leg: Leg) => void;
  /** It has been up since before this process began: nobody is told. */
  readonly wasUp: (leg: Leg) => void;
  readonly end: (leg: Leg, cause: number) => void;
  readonly report: (report: VoiceReport) => void;
  readonly subscribe: (listener: (report: VoiceReport) => void) => () => void;
}

/** What stands before a call's id in the name of its room. */
const CALL_ROOM = /^call-\d+-/;
/** A call's id looks like a telephone number, out of which SIP libraries of browsers take what is only there to be read (RFC 3966 5.1.1). */
const SEPARATORS = /[-.()]/g;
const isNameOf = (room: string, wanted: string): boolean => room === wanted || room.replace(CALL_ROOM, '').replace(SEPARATORS, '') === wanted.replace(SEPARATORS, '');

/** How many rooms of a leg are remembered: a phone that is always off the hook is put into hundreds a day. */
const MOST_ROOMS = 32;

/** How many names of legs that ended are remembered. */
const REMEMBERED = 10_000;

export interface LegsDependencies {
  readonly media: Pick<Media, 'perform'>;
  readonly up: (leg: Leg) => void;
  /** The leg does not stand any more; its end is reported when its sound is over too. */
  readonly ending: (leg: Leg, cause: number) => void;
}

export function createLegs({ media, up, ending }: LegsDependencies): Legs {
  const legs = new Map<VoiceLeg, Leg>();
  const dialled = new Set<VoiceLeg>();
  const listeners = new Set<(report: VoiceReport) => void>();

  const report = (told: VoiceReport): void => {
    // Never while an order is being taken, and each for itself, so that the fault of one listener keeps nothing from the others.
    for (const listener of listeners) queueMicrotask(() => { if (listeners.has(listener)) listener(told); });
  };

  const remember = (id: VoiceLeg): void => {
    dialled.add(id);
    const [oldest] = dialled;
    if (dialled.size > REMEMBERED && oldest !== undefined) dialled.delete(oldest);
  };

  return {
    report,
    find: (id) => legs.get(id),
    all: () => legs.values(),
    upBy: (call) => {
      for (const leg of legs.values()) if (leg.call === call && leg.state === 'up') return leg;
      return undefined;
    },
    enter: (leg, room) => {
      const { rooms = [] } = leg;
      if (rooms.at(-1) !== room) leg.rooms = [...rooms.filter((other) => other !== room), room].slice(-MOST_ROOMS);
    },
    upIn: (wanted, by) => {
      for (const leg of legs.values()) {
        if (leg.who === by && leg.state === 'up' && leg.rooms?.some((room) => isNameOf(room, wanted)) === true) return leg;
      }
      return undefined;
    },
    begin: (given) => {
      const { id, direction } = given;
      const leg: Leg = { ...given, who: undefined, state: 'ringing', hasRung: false, call: undefined, attempts: new Set(), linked: new Set(), endings: new Set() };
      legs.set(id, leg);
      if (direction === 'out') remember(id);
      return leg;
    },
    wasDialled: (id) => legs.has(id) || dialled.has(id),
    rings: (leg) => {
      if (leg.state !== 'ringing' || leg.hasRung) return;
      leg.hasRung = true;
      void media.perform({ kind: 'rings', leg: leg.id });
      report({ kind: 'rang', leg: leg.id });
    },
    isUp: (leg) => {
      if (leg.state !== 'ringing') return;
      leg.state = 'up';
      void media.perform({ kind: 'up', leg: leg.id });
      up(leg);
      // Who answers a call that came in is the engine itself, so it is not told.
      if (leg.direction === 'out') report({ kind: 'answered', leg: leg.id });
    },
    wasUp: (leg) => {
      leg.hasRung = true;
      leg.state = 'up';
      up(leg);
    },
    end: (leg, cause) => {
      if (leg.state === 'gone') return;
      leg.state = 'gone';
      legs.delete(leg.id);
      for (const undo of leg.endings) undo();
      leg.endings.clear();
      ending(leg, cause);
      // What was played to it alone, or recorded of it, is told to be over before.
      const told = (): void => { report({ kind: 'ended', leg: leg.id, cause }); };
      void media.perform({ kind: 'close', leg: leg.id }).then(told, told);
    },
    subscribe: (listener) => {
      // A function of its own, as somebody may subscribe twice with the same one.
      const own = (told: VoiceReport): void => { listener(told); };
      listeners.add(own);
      return () => { listeners.delete(own); };
    },
  };
}
