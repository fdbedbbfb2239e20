import { lookup as lookUpHost, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Timers } from '../../timers.ts';
import type { Place, Target, TransportKind } from './channel.ts';

/** Finds where a target is, in the order in which the places are to be tried. */
export type Resolve = (target: Target) => Promise<readonly Place[]>;

export interface SrvRecord {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/** The questions to the DNS. A name that has no such records is answered with none. */
export interface NameService {
  readonly srv: (name: string) => Promise<readonly SrvRecord[]>;
  readonly addresses: (name: string) => Promise<readonly string[]>;
}

export interface ResolverDependencies {
  readonly timers: Timers;
  readonly names?: NameService;
  readonly deadline?: number;
  /** From 0 to 1, for the choice among records of equal priority. */
  readonly random?: () => number;
}

/** Ports of RFC 3261 19.1.2 and RFC 7118 5. */
export const DEFAULT_PORT: Readonly<Record<TransportKind, number>> = { UDP: 5060, TCP: 5060, TLS: 5061, WS: 80, WSS: 443 };
/** RFC 3263 4.2, RFC 7118 9. */
const SERVICE: Readonly<Record<TransportKind, string>> = { UDP: '_sip._udp', TCP: '_sip._tcp', TLS: '_sips._tcp', WS: '_sip._ws', WSS: '_sips._ws' };

/** An answer is asked for again after this time; the DNS itself does not tell us how long SRV records are good for. */
const FRESH_MS = 30_000;
/** Nor is a name that leads nowhere asked for each time. */
const FRESH_FAILURE_MS = 2_000;
const MOST_NAMES = 1_000;
/** Records and addresses of one name that are considered at all. */
const MOST_RECORDS = 16;
const DEADLINE_MS = 5_000;
const LONGEST_NAME = 253;

interface Candidate {
  readonly priority: number;
  readonly weight: number;
  readonly places: readonly Place[];
}

interface Remembered {
  until: number;
  readonly found: Promise<readonly Candidate[]>;
}

/**
 * Names to places as RFC 3263 4.2 has it, for targets whose transport is known, so that NAPTR has nothing to add: an address as
 * it is; a name with a port by its addresses; a name alone by SRV, and by its addresses where there is none.
 */
export function createResolver({ timers, names = systemNames(), deadline = DEADLINE_MS, random = Math.random }: ResolverDependencies): Resolve {
  const remembered = new Map<string, Remembered>();

  const within = <Value>(work: Promise<Value>, host: string): Promise<Value> => new Promise((resolve, reject) => {
    const callOff = timers.after(deadline, () => { reject(new Error(`${host} was not resolved in time.`)); });
    work.then(resolve, reject).finally(callOff);
  });

  const placesOf = async (name: string, port: number): Promise<readonly Place[]> =>
    (await names.addresses(name)).slice(0, MOST_RECORDS).map((address) => ({ address, port }));

  const askFor = async ({ kind, host, port }: Target): Promise<readonly Candidate[]> => {
    const records = port === undefined ? await names.srv(`${SERVICE[kind]}.${host}`) : [];
    if (records.length === 0) return [{ priority: 0, weight: 0, places: await placesOf(host, port ?? DEFAULT_PORT[kind]) }];
    // A single record that leads to the root says that there is no such service (RFC 2782).
    const offered = records.filter(({ name }) => name !== '' && name !== '.').slice(0, MOST_RECORDS);
    return Promise.all(offered.map(async ({ name, port: own, priority, weight }) => {
      // One name that leads nowhere does not spoil the others.
      const places = await placesOf(name, own).catch((): readonly Place[] => []);
      return { priority, weight, places };
    }));
  };

  /** What was asked for in vain is asked for again soon. */
  const shorten = async (entry: Remembered): Promise<void> => {
    const candidates = await entry.found.catch((): readonly Candidate[] => []);
    if (candidates.every(({ places }) => places.length === 0)) entry.until = timers.now() + FRESH_FAILURE_MS;
  };

  const remember = (key: string, target: Target): Promise<readonly Candidate[]> => {
    const now = timers.now();
    const known = remembered.get(key);
    if (known !== undefined && known.until > now) return known.found;
    const entry: Remembered = { until: now + FRESH_MS, found: within(askFor(target), target.host) };
    remembered.delete(key);
    remembered.set(key, entry);
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_NAMES && oldest !== undefined) remembered.delete(oldest);
    void shorten(entry);
    return entry.found;
  };

  return async (target) => {
    const host = target.host.startsWith('[') && target.host.endsWith(']') ? target.host.slice(1, -1) : target.host;
    if (isIP(host) !== 0) return [{ address: host, port: target.port ?? DEFAULT_PORT[target.kind] }];
    if (host === '' || host.length > LONGEST_NAME) throw new Error('That is no name of a host.');
    // Browsers' names lead nowhere (RFC 7118 5), and need not be asked for.
    const name = host.toLowerCase();
    if (name.endsWith('.invalid')) throw new Error(`${host} leads nowhere.`);
    const candidates = await remember(`${target.kind} ${name} ${target.port ?? ''}`, { ...target, host: name });
    const places = inOrder(candidates, random).flatMap((candidate) => candidate.places);
    if (places.length === 0) throw new Error(`${host} has no address for ${target.kind}.`);
    return places;
  };
}

/** By priority; among equals by lot, where weight counts (RFC 2782). */
function inOrder(candidates: readonly Candidate[], random: () => number): readonly Candidate[] {
  const left = candidates.toSorted((one, other) => one.priority - other.priority || one.weight - other.weight);
  const ordered: Candidate[] = [];
  while (left.length > 0) {
    const equals = left.filter(({ priority }) => priority === left[0]?.priority);
    let lot = random() * equals.reduce((sum, { weight }) => sum + weight, 0);
    const drawn = equals.findIndex(({ weight }) => {
      lot -= weight;
      return lot <= 0;
    });
    ordered.push(...left.splice(Math.max(0, drawn), 1));
  }
  return ordered;
}

/** Errors by which the DNS says that there is nothing. */
const NOTHING = new Set(['ENOTFOUND', 'ENODATA', 'ENONAME']);

function isNothing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && NOTHING.has(error.code);
}

/** The DNS as this machine is set up to ask it. */
export function systemNames(): NameService {
  const resolver = new Resolver({ timeout: 1_000, tries: 2 });
  return {
    srv: async (name) => {
      try {
        return await resolver.resolveSrv(name);
      } catch {
        // Many a name server knows addresses only, and says so in many ways.
        return [];
      }
    },
    addresses: async (name) => {
      const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
      const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
      const failure = answers.find((answer) => answer.status === 'rejected' && !isNothing(answer.reason));
      if (found.length > 0) return found;
      if (failure?.status === 'rejected') throw failure.reason;
      // It may stand in this machine's own list of hosts. Asked last, as it takes one of few threads for as long as it lasts.
      return (await lookUpHost(name, { all: true })).map(({ address }) => address);
    },
  };
}
