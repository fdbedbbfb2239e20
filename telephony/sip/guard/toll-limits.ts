import type { Timers } from '../../timers.ts';
import { createSlidingSum, type SlidingSum, type SumPart } from './sliding-sum.ts';

/** What one payer's calls to the outside may cost at most. What is left out is not limited. */
export interface TollRules {
  readonly concurrentCalls?: number;
  readonly callsPerMinute?: number;
  readonly callsPerDay?: number;
  /** Of talk, over the last 24 hours; the calls that stand count as they go on. */
  readonly minutesPerDay?: number;
  /** Beginnings of numbers. Where some are given, other numbers are not called; of several that fit the longest decides, and of equal ones the denied. */
  readonly allowed?: readonly string[];
  readonly denied?: readonly string[];
}

export type TollRefusal = 'number' | 'concurrentCalls' | 'callsPerMinute' | 'callsPerDay' | 'minutesPerDay' | 'keys';

export interface TollClaim {
  /** From now on it costs. */
  readonly answered: () => void;
  /** The call is over. Once, however often it is told. */
  readonly release: () => void;
}

export type TollDecision = { readonly ok: true; readonly claim: TollClaim } | { readonly ok: false; readonly why: TollRefusal };

export interface TollUsage {
  readonly calls: number;
  readonly callsLastMinute: number;
  readonly callsLastDay: number;
  readonly msLastDay: number;
}

/** What a payer has used, to be kept over a restart: the parts of each sum, by milliseconds since 1970. */
export interface TollCounts {
  readonly minute: readonly SumPart[];
  readonly day: readonly SumPart[];
  /** Milliseconds of talk; what the calls that stand have cost so far is in it. */
  readonly talk: readonly SumPart[];
}

export interface TollLimits {
  /** A call of that payer's to a number, in the form in which it goes to the trunk or in several. Tells when the minutes are used up: the call is to be ended then. */
  readonly claim: (key: string, number: string | readonly string[], onExhausted?: () => void) => TollDecision;
  /** A call that goes on since before this process began: it is answered and counted already, and stands whatever the rules are by now. */
  readonly resume: (key: string, onExhausted?: () => void) => TollClaim | undefined;
  readonly usage: (key: string) => TollUsage;
  /** Of which payers something has happened since this was asked last, and with `talking` also those who talk. */
  readonly changed: (talking: boolean) => readonly string[];
  readonly counts: (key: string) => TollCounts;
  /** Adds what was kept of a payer. */
  readonly restore: (key: string, counts: TollCounts) => void;
  readonly standing: () => number;
}

export interface TollLimitsDependencies {
  readonly timers: Timers;
  /** Asked at each call, so that new rules hold for the next one. */
  readonly limits: (key: string) => TollRules;
  /** How many payers are kept in mind. One who has not called for a day is none. */
  readonly mostKeys?: number;
  /** Milliseconds since 1970, where counts are to be kept: asked once, as that clock may be set. */
  readonly clock?: () => number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MOST_KEYS = 20_000;
/** What a telephone can dial; anything else would be read otherwise by somebody down the line. */
const DIALLABLE = /^\+?[0-9*#]{1,40}$/;
const SEPARATORS = /[ ()./-]/g;

interface Standing {
  answeredAt: number | undefined;
  /** Told once. */
  onExhausted: (() => void) | undefined;
}

interface Account {
  readonly calls: Set<Standing>;
  readonly minute: SlidingSum;
  readonly day: SlidingSum;
  readonly talk: SlidingSum;
  stopTimer: (() => void) | undefined;
}

function longestFit(prefixes: readonly string[], forms: readonly string[]): number {
  let longest = -1;
  for (const written of prefixes) {
    const prefix = written.replace(SEPARATORS, '');
    if (forms.some((form) => form.startsWith(prefix))) longest = Math.max(longest, prefix.length);
  }
  return longest;
}

/** Whether the rules let anybody call that number at all. Of one that is written in several forms each counts. */
export function mayCall({ allowed = [], denied = [] }: Pick<TollRules, 'allowed' | 'denied'>, number: string | readonly string[]): boolean {
  const dialled = (typeof number === 'string' ? [number] : number).map((form) => form.replace(SEPARATORS, ''));
  if (dialled.length === 0 || !dialled.every((form) => DIALLABLE.test(form))) return false;
  const allowedBy = allowed.length === 0 ? 0 : longestFit(allowed, dialled);
  return allowedBy > longestFit(denied, dialled);
}

/** Keeps what a stolen password or a loop can cost within bounds, for each payer on its own. */
export function createTollLimits({ timers, limits, mostKeys = MOST_KEYS, clock }: TollLimitsDependencies): TollLimits {
  const accounts = new Map<string, Account>();
  const touched = new Set<string>();
  const base = clock === undefined ? 0 : clock() - timers.now();
  const time = (): number => timers.now() + base;

  const spentMs = (account: Account, now: number): number => {
    let spent = account.talk.sum(now);
    for (const { answeredAt } of account.calls) if (answeredAt !== undefined) spent += now - answeredAt;
    return spent;
  };

  const forgetIdle = (now: number): void => {
    for (const [key, account] of accounts) {
      if (account.calls.size === 0 && account.day.sum(now) === 0 && account.talk.sum(now) === 0) accounts.delete(key);
    }
  };

  const accountOf = (key: string, now: number): Account | undefined => {
    const known = accounts.get(key);
    if (known !== undefined) return known;
    if (accounts.size >= mostKeys) forgetIdle(now);
    if (accounts.size >= mostKeys) return undefined;
    const account: Account = {
      calls: new Set(), minute: createSlidingSum(MINUTE_MS, 12), day: createSlidingSum(DAY_MS, 24), talk: createSlidingSum(DAY_MS, 24), stopTimer: undefined,
    };
    accounts.set(key, account);
    return account;
  };

  /** Looks again when the calls that stand will have used up what is left. */
  const watch = (key: string, account: Account): void => {
    account.stopTimer?.();
    account.stopTimer = undefined;
    const { minutesPerDay } = limits(key);
    const running = [...account.calls].filter(({ answeredAt }) => answeredAt !== undefined);
    if (minutesPerDay === undefined || running.length === 0) return;
    const leftMs = minutesPerDay * MINUTE_MS - spentMs(account, time());
    if (leftMs < 1) {
      for (const call of running) {
        const tell = call.onExhausted;
        call.onExhausted = undefined;
        tell?.();
      }
    }
    // Rules and the day behind us may change meanwhile, so that it is looked at each minute.
    else account.stopTimer = timers.after(Math.min(MINUTE_MS, leftMs / running.length), () => { watch(key, account); });
  };

  const hold = (key: string, account: Account, onExhausted: (() => void) | undefined): TollClaim => {
    const call: Standing = { answeredAt: undefined, onExhausted };
    account.calls.add(call);
    touched.add(key);
    return {
      answered: () => {
        if (!account.calls.has(call) || call.answeredAt !== undefined) return;
        call.answeredAt = time();
        touched.add(key);
        watch(key, account);
      },
      release: () => {
        if (!account.calls.delete(call)) return;
        if (call.answeredAt !== undefined) account.talk.add(Math.ceil(time() - call.answeredAt), time());
        touched.add(key);
        watch(key, account);
      },
    };
  };

  return {
    claim: (key, number, onExhausted) => {
      const now = time();
      const rules = limits(key);
      const refused = (why: TollRefusal): TollDecision => ({ ok: false, why });
      if (!mayCall(rules, number)) return refused('number');
      const account = accountOf(key, now);
      if (account === undefined) return refused('keys');
      if (account.calls.size >= (rules.concurrentCalls ?? Infinity)) return refused('concurrentCalls');
      if (account.minute.sum(now) >= (rules.callsPerMinute ?? Infinity)) return refused('callsPerMinute');
      if (account.day.sum(now) >= (rules.callsPerDay ?? Infinity)) return refused('callsPerDay');
      if (spentMs(account, now) >= (rules.minutesPerDay ?? Infinity) * MINUTE_MS) return refused('minutesPerDay');

      account.minute.add(1, now);
      account.day.add(1, now);
      return { ok: true, claim: hold(key, account, onExhausted) };
    },
    resume: (key, onExhausted) => {
      const account = accountOf(key, time());
      const claim = account === undefined ? undefined : hold(key, account, onExhausted);
      claim?.answered();
      return claim;
    },
    usage: (key) => {
      const now = time();
      const account = accounts.get(key);
      return {
        calls: account?.calls.size ?? 0,
        callsLastMinute: account?.minute.sum(now) ?? 0,
        callsLastDay: account?.day.sum(now) ?? 0,
        msLastDay: account === undefined ? 0 : spentMs(account, now),
      };
    },
    changed: (talking) => {
      if (talking) for (const [key, { calls }] of accounts) for (const { answeredAt } of calls) if (answeredAt !== undefined) touched.add(key);
      const keys = [...touched];
      touched.clear();
      return keys;
    },
    counts: (key) => {
      const now = time();
      const account = accounts.get(key);
      if (account === undefined) return { minute: [], day: [], talk: [] };
      const running = spentMs(account, now) - account.talk.sum(now);
      return { minute: account.minute.parts(now), day: account.day.parts(now), talk: [...account.talk.parts(now), ...(running > 0 ? [[now, Math.ceil(running)] as const] : [])] };
    },
    restore: (key, { minute, day, talk }) => {
      const now = time();
      const account = accountOf(key, now);
      if (account === undefined) return;
      for (const part of minute) account.minute.restore(part, now);
      for (const part of day) account.day.restore(part, now);
      for (const part of talk) account.talk.restore(part, now);
      touched.add(key);
    },
    standing: () => accounts.size,
  };
}
