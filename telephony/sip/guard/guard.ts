import type { Timers } from '../../timers.ts';
import type { TransportKind } from '../transport/channel.ts';
import { isWithin, readNetworks, sourceOf } from './networks.ts';
import { createRecent } from './recent.ts';
import { fullBucket, take, type Rate, type TokenBucket } from './token-bucket.ts';

/** What speaks against a source. Proper phones do some of it too, so that only the sum decides. */
export type Fault = 'badCredentials' | 'unknownUser' | 'malformed' | 'scanner';

export interface GuardLimits {
  /** What a source may send. */
  readonly messages: Rate;
  /** What an unauthenticated source of datagrams is answered: its address may be somebody else's who is to be flooded. */
  readonly answers: Rate;
  /** Where somebody has authenticated lately there may be an office full of phones: so many times as much of both. */
  readonly knownTimes: number;
  /** How long that is so after each authentication. */
  readonly knownMs: number;
  /** Long messages count as several: one for each so many bytes. */
  readonly bytes: number;
  readonly points: Readonly<Record<Fault, number>>;
  /** With so many a source is banned. */
  readonly pointsToBan: number;
  /** A point is forgiven after this time. */
  readonly forgiveMs: number;
  /** The first ban, doubled with each further one up to the longest. */
  readonly banMs: number;
  readonly longestBanMs: number;
  /** After this time without a ban the next one is a first one. */
  readonly rememberMs: number;
  /** How many sources are kept in mind, and how many of those that were banned. */
  readonly sources: number;
  readonly bans: number;
}

/** A phone with an old password that tries every 20 s is left alone; who guesses passwords has 9 a minute at most. */
export const GUARD_LIMITS: GuardLimits = {
  messages: { perSecond: 40, burst: 200 },
  answers: { perSecond: 10, burst: 40 },
  knownTimes: 25,
  knownMs: 3_600_000,
  bytes: 4096,
  points: { badCredentials: 2, unknownUser: 2, malformed: 1, scanner: 10 },
  pointsToBan: 20,
  forgiveMs: 6700,
  banMs: 60_000,
  longestBanMs: 86_400_000,
  rememberMs: 86_400_000,
  sources: 50_000,
  bans: 10_000,
};

export interface Ban {
  /** An address, or the /64 of one of IPv6. */
  readonly source: string;
  readonly fault: Fault;
  readonly untilMs: number;
  /** Which one of this source it is. */
  readonly times: number;
}

export interface GuardDependencies {
  readonly timers: Pick<Timers, 'now'>;
  readonly limits?: Partial<GuardLimits>;
  /** Addresses and networks that are neither limited nor banned: trunks, perhaps LOOPBACK. */
  readonly allowed?: readonly string[];
  /** To be written down, and for its connections to be closed. */
  readonly onBan?: (ban: Ban) => void;
}

/** Keeps off who floods, scans and guesses. Whatever comes, its memory has an end. */
export interface Guard {
  /** Whether a message of so many bytes is to be looked at at all; asked before it is read. */
  readonly isWelcome: (address: string, kind: TransportKind, bytes: number) => boolean;
  readonly isBanned: (address: string) => boolean;
  /** Whether an answer may be sent to that address. Over connections always, as who made one is who he says. */
  readonly mayAnswer: (address: string, kind: TransportKind) => boolean;
  readonly fault: (address: string, fault: Fault, kind?: TransportKind) => void;
  /** Somebody has authenticated from there. */
  readonly succeeded: (address: string) => void;
  /** Those in force, the latest first. */
  readonly bans: () => readonly Ban[];
  /** Whether there was one to lift; the points that led to it are forgiven. */
  readonly lift: (address: string) => boolean;
  /** Replaces the networks that are allowed; bans within them are lifted. */
  readonly allow: (networks: readonly string[]) => void;
  /** How many sources are in mind, for leaks to be seen. */
  readonly standing: () => number;
}

interface Source {
  messages: TokenBucket;
  answers: TokenBucket;
  points: number;
  pointsAt: number;
  knownUntil: number;
}

/** The tools that scan name themselves, unless somebody has thought of it; so this is a fault like others and no proof. */
const SCANNERS = ['friendly-scanner', 'sipvicious', 'sundayddr', 'sip-scan', 'sipcli', 'vaxsipuseragent', 'pplsip'];
const LONGEST_USER_AGENT = 200;

export function isScanner(userAgent: string | undefined): boolean {
  if (userAgent === undefined) return false;
  const name = userAgent.slice(0, LONGEST_USER_AGENT).toLowerCase();
  return SCANNERS.some((scanner) => name.includes(scanner));
}

export function createGuard({ timers, limits: given = {}, allowed = [], onBan }: GuardDependencies): Guard {
  const limits = { ...GUARD_LIMITS, ...given };
  const known = (rate: Rate): Rate => ({ perSecond: rate.perSecond * limits.knownTimes, burst: rate.burst * limits.knownTimes });
  const knownMessages = known(limits.messages);
  const knownAnswers = known(limits.answers);
  const sources = createRecent<Source>(limits.sources, () => {
    const now = timers.now();
    return { messages: fullBucket(limits.messages, now), answers: fullBucket(limits.answers, now), points: 0, pointsAt: now, knownUntil: -Infinity };
  });
  /** Those that are over are kept for the next one to be longer; the oldest go first. */
  const bans = new Map<string, Ban>();
  let free = readNetworks(allowed);

  const banned = (source: string): boolean => bans.size > 0 && (bans.get(source)?.untilMs ?? -Infinity) > timers.now();

  const ban = (source: string, fault: Fault, isProven: boolean): void => {
    const now = timers.now();
    const last = bans.get(source);
    const isFirst = last === undefined || now - last.untilMs > limits.rememberMs;
    // What somebody else may have sent in this name is no reason for a longer one.
    const times = isFirst ? 1 : last.times + (isProven ? 1 : 0);
    const ms = isProven ? Math.min(limits.longestBanMs, limits.banMs * 2 ** Math.min(times - 1, 30)) : limits.banMs;
    const entry: Ban = { source, fault, untilMs: now + ms, times };
    bans.delete(source);
    bans.set(source, entry);
    const [oldest] = bans.keys();
    if (bans.size > limits.bans && oldest !== undefined) bans.delete(oldest);
    onBan?.(entry);
  };

  return {
    isWelcome: (address, _kind, bytes) => {
      if (isWithin(free, address)) return true;
      const name = sourceOf(address);
      if (banned(name)) return false;
      const source = sources.of(name);
      const now = timers.now();
      return take(source.messages, source.knownUntil > now ? knownMessages : limits.messages, now, 1 + Math.floor(bytes / limits.bytes));
    },
    isBanned: (address) => !isWithin(free, address) && banned(sourceOf(address)),
    mayAnswer: (address, kind) => {
      if (kind !== 'UDP' || isWithin(free, address)) return true;
      const source = sources.of(sourceOf(address));
      const now = timers.now();
      return take(source.answers, source.knownUntil > now ? knownAnswers : limits.answers, now);
    },
    fault: (address, fault, kind = 'UDP') => {
      if (isWithin(free, address)) return;
      const name = sourceOf(address);
      if (banned(name)) return;
      const source = sources.of(name);
      const now = timers.now();
      // Who answers a challenge has got it at that address. A datagram that nobody has asked for may have come from anywhere.
      const isProven = kind !== 'UDP' || fault === 'badCredentials' || fault === 'unknownUser';
      if (!isProven && source.knownUntil > now) return;
      source.points = Math.max(0, source.points - (now - source.pointsAt) / limits.forgiveMs) + limits.points[fault];
      source.pointsAt = now;
      if (source.points < limits.pointsToBan) return;
      source.points = 0;
      ban(name, fault, isProven);
    },
    succeeded: (address) => {
      if (!isWithin(free, address)) sources.of(sourceOf(address)).knownUntil = timers.now() + limits.knownMs;
    },
    bans: () => {
      const now = timers.now();
      return [...bans.values()].filter(({ untilMs }) => untilMs > now).toReversed();
    },
    lift: (address) => {
      const name = address.includes('/') ? address : sourceOf(address);
      const source = sources.find(name);
      if (source !== undefined) source.points = 0;
      const wasBanned = banned(name);
      bans.delete(name);
      return wasBanned;
    },
    allow: (networks) => {
      free = readNetworks(networks);
      for (const name of bans.keys()) if (isWithin(free, name.replace('/64', ''))) bans.delete(name);
    },
    standing: () => sources.size() + bans.size,
  };
}
