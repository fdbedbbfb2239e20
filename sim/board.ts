import { CAUSE } from '@parley/core/call/call.ts';
import type { VoiceLeg } from '@parley/core/voice/order.ts';
import type { VoiceReport } from '@parley/server/engine/voice.ts';
import type { Page } from './images.ts';
import type { Schedule } from './schedule.ts';

/** A leg of the switch, and what the party at its other end knows of it. */
export interface SimulatedLeg {
  readonly id: VoiceLeg;
  readonly direction: 'in' | 'out';
  /** Of the party at the other end. */
  readonly number: string;
  /** The number that is shown to, or was dialled by, the other end. */
  readonly shown: string;
  state: 'ringing' | 'up' | 'gone';
  /** Whether the party at the other end can be seen, if it is asked to. */
  readonly hasCamera: boolean;
  /** What the party's page does when it is asked for a picture; none where it calls by telephone. */
  readonly page?: Page | undefined;
  wantsPicture: boolean;
  hasPicture: boolean;
  /** Keys that we sent. */
  sent: string;
  /** Resolves with the cause. */
  readonly ended: PromiseWithResolvers<number>;
  /** Resolves when the party hears a person, with false when it ended without. */
  readonly attended: PromiseWithResolvers<boolean>;
  /** What was to happen to it later. */
  readonly later: Set<() => void>;
}

/** The legs that stand, and the reports of what becomes of them. */
export interface Board {
  readonly schedule: Schedule;
  readonly legs: ReadonlyMap<VoiceLeg, SimulatedLeg>;
  readonly isUp: (leg: VoiceLeg) => boolean;
  /** Tells everybody who listens, when whatever goes on is done. */
  readonly post: (report: VoiceReport) => void;
  readonly subscribe: (listener: (report: VoiceReport) => void) => () => void;
  /** Whether a leg of that name was dialled already; of those that ended the latest are remembered. */
  readonly wasDialled: (leg: VoiceLeg) => boolean;
  readonly begin: (fields: Pick<SimulatedLeg, 'id' | 'direction' | 'number' | 'shown' | 'hasCamera' | 'page'>) => SimulatedLeg;
  readonly connect: (leg: SimulatedLeg) => void;
  /** The other end hangs up. */
  readonly hangUp: (leg: SimulatedLeg) => void;
  readonly end: (leg: SimulatedLeg, cause: number) => void;
  /** Does something later, if the leg still stands then; answers what calls it off. */
  readonly later: (leg: SimulatedLeg, ms: number, work: () => void) => () => void;
  /** Every leg is gone, and nobody is told. */
  readonly forget: () => void;
}

/** How many names of legs that ended are remembered. */
const REMEMBERED = 10_000;

export interface BoardDependencies {
  readonly schedule: Schedule;
  /** Whether a report gets lost. */
  readonly isLost: (report: VoiceReport) => boolean;
  readonly connected: (leg: SimulatedLeg) => void;
  /** The leg does not stand any more; its end is reported right after this. */
  readonly ending: (leg: SimulatedLeg) => void;
}

export function createBoard({ schedule, isLost, connected, ending }: BoardDependencies): Board {
  const legs = new Map<VoiceLeg, SimulatedLeg>();
  const listeners = new Set<(report: VoiceReport) => void>();
  const dialled = new Set<VoiceLeg>();

  const post = (report: VoiceReport): void => {
    if (isLost(report)) return;
    // Each for itself, so that the fault of one listener keeps nothing from the others.
    for (const listener of listeners) queueMicrotask(() => { if (listeners.has(listener)) listener(report); });
  };

  const remember = (leg: VoiceLeg): void => {
    dialled.add(leg);
    const [oldest] = dialled;
    if (dialled.size > REMEMBERED && oldest !== undefined) dialled.delete(oldest);
  };

  const remove = (leg: SimulatedLeg, cause: number): void => {
    leg.state = 'gone';
    legs.delete(leg.id);
    for (const callOff of leg.later) callOff();
    leg.later.clear();
    leg.attended.resolve(false);
    leg.ended.resolve(cause);
  };

  const end = (leg: SimulatedLeg, cause: number): void => {
    if (leg.state === 'gone') return;
    remove(leg, cause);
    ending(leg);
    post({ kind: 'ended', leg: leg.id, cause });
  };

  return {
    schedule, legs, post, end,
    isUp: (leg) => legs.get(leg)?.state === 'up',
    subscribe: (listener) => {
      // A function of its own, as somebody may subscribe twice with the same one.
      const own = (report: VoiceReport): void => { listener(report); };
      listeners.add(own);
      return () => { listeners.delete(own); };
    },
    wasDialled: (leg) => legs.has(leg) || dialled.has(leg),
    begin: (fields) => {
      const leg: SimulatedLeg = { ...fields, state: 'ringing', wantsPicture: false, hasPicture: false, sent: '', ended: Promise.withResolvers(), attended: Promise.withResolvers(), later: new Set() };
      legs.set(leg.id, leg);
      if (leg.direction === 'out') remember(leg.id);
      return leg;
    },
    connect: (leg) => {
      if (leg.state !== 'ringing') return;
      leg.state = 'up';
      // Who answers a call that came in is the engine itself, so it is not told.
      if (leg.direction === 'out') post({ kind: 'answered', leg: leg.id });
      connected(leg);
    },
    hangUp: (leg) => { end(leg, leg.state === 'up' ? CAUSE.normal : leg.direction === 'in' ? CAUSE.gaveUp : CAUSE.rejected); },
    later: (leg, ms, work) => {
      const done = (): void => {
        leg.later.delete(callOff);
        work();
      };
      const stop = schedule.after(ms, done);
      const callOff = (): void => {
        leg.later.delete(callOff);
        stop();
      };
      leg.later.add(callOff);
      return callOff;
    },
    forget: () => { for (const leg of legs.values()) remove(leg, CAUSE.internalError); },
  };
}
