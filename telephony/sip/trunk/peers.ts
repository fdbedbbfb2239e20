import type { Timers } from '../../timers.ts';
import { peerName, type TrunkPeer } from './trunk.ts';

/** What came of a call or a request by a peer. `silent`: it did not answer when it was asked whether it is there, and will be asked again. */
export type PeerResult = 'ok' | 'failed' | 'silent' | { readonly status: number; readonly retryAfterMs?: number };

export interface PeerLimits {
  /** How long a peer that failed is tried after all others; twice as long after each further failure, up to the longest. */
  readonly avoidMs: number;
  readonly longestAvoidMs: number;
  /** For so long at most a peer can ask to be left alone. */
  readonly longestHoldMs: number;
}

export const PEER_LIMITS: PeerLimits = { avoidMs: 15_000, longestAvoidMs: 300_000, longestHoldMs: 3_600_000 };

/** `held` ones are not tried at all, `avoided` ones last. */
export type PeerState = 'up' | 'avoided' | 'held';

export interface Peers {
  /** In which order to try them: by priority, by chance according to their weights, and those that failed lately at the end. */
  readonly inOrder: (peers: readonly TrunkPeer[]) => readonly TrunkPeer[];
  /** Takes note, and says whether the next one is to be tried. */
  readonly report: (peer: TrunkPeer, result: PeerResult) => 'next' | 'final';
  readonly stateOf: (peer: TrunkPeer) => PeerState;
  /** Forgets the others. */
  readonly keep: (peers: readonly TrunkPeer[]) => void;
}

interface Fault {
  failures: number;
  avoidUntil: number;
  holdUntil: number;
}

/** The peer is at fault, whoever was called: no answer, no service (RFC 3261 21.5.4). */
const isPeerFault = (status: number): boolean => status === 408 || status === 503;

/**
 * Whether somebody else might do it. Failures of servers may be of that one only (21.5), and so are credentials that it does not take;
 * what is said of the number or by who was called holds everywhere (16.7).
 */
const isWorthAnother = (status: number): boolean => isPeerFault(status) || status === 401 || status === 407 || (status >= 500 && status < 600);

/** In the order of RFC 2782: each by chance according to its share of what is left. */
function byWeight(peers: readonly TrunkPeer[], random: () => number): TrunkPeer[] {
  const left = [...peers];
  const ordered: TrunkPeer[] = [];
  while (left.length > 0) {
    const total = left.reduce((sum, { weight = 1 }) => sum + Math.max(0, weight), 0);
    let mark = random() * total;
    const at = left.findIndex(({ weight = 1 }) => (mark -= Math.max(0, weight)) < 0);
    ordered.push(...left.splice(Math.max(0, at), 1));
  }
  return ordered;
}

export interface PeersDependencies {
  readonly timers: Pick<Timers, 'now'>;
  readonly random: () => number;
  readonly limits?: PeerLimits;
}

export function createPeers({ timers, random, limits = PEER_LIMITS }: PeersDependencies): Peers {
  const records = new Map<string, Fault>();

  const stateOf = (peer: TrunkPeer): PeerState => {
    const record = records.get(peerName(peer));
    if (record === undefined) return 'up';
    const now = timers.now();
    return record.holdUntil > now ? 'held' : record.avoidUntil > now ? 'avoided' : 'up';
  };

  const fail = (peer: TrunkPeer, isSilent: boolean, retryAfterMs?: number): void => {
    const now = timers.now();
    const name = peerName(peer);
    const record = records.get(name) ?? { failures: 0, avoidUntil: 0, holdUntil: 0 };
    const untilMs = isSilent ? Infinity : now + Math.min(limits.longestAvoidMs, limits.avoidMs * 2 ** Math.min(record.failures, 20));
    record.avoidUntil = Math.max(record.avoidUntil, untilMs);
    record.failures += 1;
    if (retryAfterMs !== undefined) record.holdUntil = now + Math.min(limits.longestHoldMs, retryAfterMs);
    records.set(name, record);
  };

  /** Whatever it said, it is there; but who asked to be left alone is, whoever else asks. */
  const clear = (peer: TrunkPeer): void => {
    const record = records.get(peerName(peer));
    if (record !== undefined && record.holdUntil > timers.now()) Object.assign(record, { failures: 0, avoidUntil: 0 });
    else records.delete(peerName(peer));
  };

  return {
    stateOf,
    inOrder: (peers) => {
      const ordered = [...new Set(peers.map(({ priority = 0 }) => priority))].toSorted((one, other) => one - other)
        .flatMap((level) => byWeight(peers.filter(({ priority = 0 }) => priority === level), random));
      return [...ordered.filter((peer) => stateOf(peer) === 'up'), ...ordered.filter((peer) => stateOf(peer) === 'avoided')];
    },
    report: (peer, result) => {
      if (result === 'failed' || result === 'silent') {
        fail(peer, result === 'silent');
        return 'next';
      }
      if (result === 'ok') {
        clear(peer);
        return 'final';
      }
      const { status, retryAfterMs } = result;
      if (isPeerFault(status)) fail(peer, false, status === 503 ? retryAfterMs : undefined);
      else clear(peer);
      return isWorthAnother(status) ? 'next' : 'final';
    },
    keep: (peers) => {
      const kept = new Set(peers.map(peerName));
      for (const name of records.keys()) if (!kept.has(name)) records.delete(name);
    },
  };
}
