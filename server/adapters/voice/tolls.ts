import { CAUSE } from '@parley/core/call/call.ts';
import { createTollLimits, mayCall, type TollClaim, type TollCounts, type TollRefusal, type TollRules, type TollUsage } from '../../../telephony/sip/guard/toll-limits.ts';
import type { Timers } from '../../../telephony/timers.ts';

export interface TollsDependencies {
  readonly timers: Timers;
  /** Asked at each call. */
  readonly rulesOf: (vdnId: number) => TollRules;
  /** Milliseconds since 1970, where what was used is to be kept. */
  readonly clock?: () => number;
  readonly onFault: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

/** One leg, as far as it costs its tenant something. */
export interface Toll {
  /** Whether it may go to a number outside, in all the forms in which that is written; else the cause with which it ends. However many ways are tried, it is one call. */
  readonly admit: (forms: readonly string[]) => number | undefined;
  readonly answered: () => void;
  /** It has been answered and counted before this process began. */
  readonly resume: () => void;
  readonly release: () => void;
}

export interface Tolls {
  /** A leg of that tenant's; `cutOff` ends it when the minutes of the day are used up. */
  readonly legOf: (vdnId: number, cutOff: (cause: number) => void) => Toll;
  readonly usage: (vdnId: number) => TollUsage;
  /** For whoever keeps it over a restart. */
  readonly changed: (talking: boolean) => readonly number[];
  readonly counts: (vdnId: number) => TollCounts;
  readonly restore: (vdnId: number, counts: TollCounts) => void;
}

/** 12.3.8.10. */
const CAUSES: Readonly<Record<TollRefusal, number>> = {
  number: CAUSE.numberBarred, concurrentCalls: CAUSE.tooManyCalls,
  callsPerMinute: CAUSE.callsUsedUp, callsPerDay: CAUSE.callsUsedUp, minutesPerDay: CAUSE.callsUsedUp, keys: CAUSE.noResource,
};

/** Somebody who dials on and on must not fill the log as well. */
const TOLD_EVERY_MS = 60_000;

/** Each tenant's calls to the outside, within its limits. */
export function createTolls({ timers, rulesOf, clock, onFault }: TollsDependencies): Tolls {
  const limits = createTollLimits({ timers, limits: (key) => rulesOf(Number(key)), ...(clock === undefined ? {} : { clock }) });
  const told = new Map<number, { readonly at: number; untold: number }>();

  const tell = (vdnId: number, why: TollRefusal, message: string): void => {
    const now = timers.now();
    const last = told.get(vdnId);
    if (last !== undefined && now - last.at < TOLD_EVERY_MS) {
      last.untold += 1;
      return;
    }
    told.set(vdnId, { at: now, untold: 0 });
    onFault(message, { vdnId, limit: why, ...(last === undefined || last.untold === 0 ? {} : { untoldBefore: last.untold }) });
  };

  return {
    usage: (vdnId) => limits.usage(String(vdnId)),
    changed: (talking) => limits.changed(talking).map(Number),
    counts: (vdnId) => limits.counts(String(vdnId)),
    restore: (vdnId, counts) => { limits.restore(String(vdnId), counts); },
    legOf: (vdnId, cutOff) => {
      let claim: TollClaim | undefined;
      const exhausted = (): void => {
        tell(vdnId, 'minutesPerDay', 'calls to the outside were cut off, as the minutes of their tenant are used up');
        cutOff(CAUSES.minutesPerDay);
      };
      const refuse = (why: TollRefusal): number => {
        tell(vdnId, why, 'a call to the outside was refused, as the limits of its tenant have it');
        return CAUSES[why];
      };
      return {
        admit: (forms) => {
          if (claim !== undefined) return mayCall(rulesOf(vdnId), forms) ? undefined : refuse('number');
          const decision = limits.claim(String(vdnId), forms, exhausted);
          if (!decision.ok) return refuse(decision.why);
          ({ claim } = decision);
          return undefined;
        },
        resume: () => { claim ??= limits.resume(String(vdnId), exhausted); },
        answered: () => { claim?.answered(); },
        release: () => { claim?.release(); },
      };
    },
  };
}
