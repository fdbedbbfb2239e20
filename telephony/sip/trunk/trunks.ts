import type { Timers } from '../../timers.ts';
import { isWithin, readNetworks, type Network } from '../guard/networks.ts';
import { readAddress } from '../message/address.ts';
import type { SipRequest } from '../message/message.ts';
import { readUri, writeUri } from '../message/uri.ts';
import type { Accounts } from '../registrar/challenger.ts';
import type { Channel, Place, Target } from '../transport/channel.ts';
import { createAsk, type AskDependencies } from './ask.ts';
import { createClaims, type TrunkClaim } from './claims.ts';
import { watchPeer } from './health.ts';
import { applyPlan } from './number-rules.ts';
import { createPeers, type PeerLimits, type PeerResult, type PeerState } from './peers.ts';
import { createRegistration, type Registration, type RegistrationState } from './registration.ts';
import { peerName, targetOf, type Credentials, type TrunkConfig, type TrunkPeer } from './trunk.ts';

/** One way to a number: to be tried as it stands. */
export interface Route {
  readonly trunk: TrunkConfig;
  readonly peer: TrunkPeer;
  readonly target: Target;
  /** The number as the trunk wants it, and what to call. */
  readonly called: string;
  readonly uri: string;
  /** The domain for our own address there. */
  readonly domain: string;
  readonly credentials?: Credentials;
}

export interface TrunkStanding {
  readonly name: string;
  readonly calls: number;
  readonly registration?: RegistrationState;
  readonly peers: readonly { readonly peer: TrunkPeer; readonly state: PeerState }[];
}

/** How much of a trunk is in use. */
export interface TrunkUsage {
  readonly name: string;
  readonly calls: number;
  /** For how long calls have stood since the beginning: two at once count twice. */
  readonly busyMs: number;
  readonly maxCalls: number | undefined;
  /** None of its machines can be reached, or it is not registered there. */
  readonly isBlocked: boolean;
}

export interface Trunks {
  /** Puts other settings in force: what is the same in them goes on as it is. They are to be free of faults (`faultsOfTrunks`). */
  readonly configure: (trunks: readonly TrunkConfig[]) => void;
  /** The ways to a number, each worked out when it is asked for: what was reported of the one before is considered. */
  readonly routesFor: (number: string) => Iterable<Route>;
  /** How our number is shown to a trunk; undefined where it has none such. */
  readonly callerFor: (trunk: TrunkConfig, number: string) => string | undefined;
  /** What came of a route, and whether to try the next one. */
  readonly reportResult: (route: Pick<Route, 'peer'>, result: PeerResult) => 'next' | 'final';
  /** Whose call it is that comes from there. */
  readonly whoIs: (remote: Place, request: SipRequest) => TrunkConfig | undefined;
  /** The numbers of a call that came in, as we write them; undefined for what the trunk may not send, or is none. */
  readonly incoming: (trunk: TrunkConfig, request: SipRequest) => { readonly called: string | undefined; readonly caller: string | undefined };
  /** The trunks that show who they are by credentials, and which one a name among them is. */
  readonly accounts: Accounts;
  readonly ofAccount: (user: string) => TrunkConfig | undefined;
  readonly claim: (name: string) => TrunkClaim;
  /** What is said when a trunk of that name asks who we are. */
  readonly credentialsOf: (name: string) => Credentials | undefined;
  /** Where calls of trunks come from, for the guard to let them pass. */
  readonly networks: () => readonly string[];
  readonly standings: () => readonly TrunkStanding[];
  readonly usage: () => readonly TrunkUsage[];
  readonly stop: () => Promise<void>;
}

export interface TrunksDependencies extends AskDependencies {
  readonly timers: Timers;
  readonly trunks: readonly TrunkConfig[];
  readonly random?: () => number;
  readonly peerLimits?: PeerLimits;
  readonly onRegistration?: (trunk: TrunkConfig, state: RegistrationState) => void;
  /** `networks` says something else now. */
  readonly onNetworks?: () => void;
}

const HEALTH_MS = 30_000;
/** Of one peer: names of carriers stand for a few machines. */
const MOST_ADDRESSES = 8;

const isAccount = (registration: TrunkConfig['registration'], user: string): boolean =>
  registration !== undefined && (registration.account ?? registration.user) === user;

function credentialsIn({ credentials, registration }: TrunkConfig): Credentials | undefined {
  const own = credentials ?? registration;
  return own === undefined ? undefined : { user: own.user, password: own.password };
}

/** The number in a URI, without what RFC 3966 lets stand behind it. */
const userOf = (uri: string | undefined): string => (readUri(uri ?? '')?.user ?? '').split(';', 1)[0] ?? '';

const userIn = (value: string | undefined): string => userOf(readAddress(value ?? '')?.uri);

export function createTrunks({
  timers, transports, send, trunks: first, random = Math.random, peerLimits, onRegistration, onNetworks,
}: TrunksDependencies): Trunks {
  const ask = createAsk({ timers, transports, send });
  const peers = createPeers({ timers, random, ...(peerLimits === undefined ? {} : { limits: peerLimits }) });
  const claims = createClaims(timers);
  let trunks: readonly TrunkConfig[] = [];
  let networksOf = new Map<string, readonly Network[]>();
  /** What runs for a trunk's registration, or a peer's health, by all that it depends on. */
  const registrations = new Map<string, Registration>();
  const watches = new Map<string, () => void>();
  /** Where a peer was found. */
  const addresses = new Map<string, Set<string>>();

  const registrationKey = ({ name, registration, peers: own, domain }: TrunkConfig): string => JSON.stringify([name, registration, own, domain]);
  const watchKey = (peer: TrunkPeer, everyMs: number): string => `${peerName(peer)} ${everyMs}`;

  const found = (peer: TrunkPeer, { remote }: Channel): void => {
    const known = addresses.get(peerName(peer)) ?? new Set();
    addresses.set(peerName(peer), known);
    if (known.has(remote.address)) return;
    known.add(remote.address);
    const [oldest] = known;
    if (known.size > MOST_ADDRESSES && oldest !== undefined) known.delete(oldest);
    onNetworks?.();
  };
  const report = (peer: TrunkPeer, result: PeerResult, channel?: Channel): void => {
    if (channel !== undefined) found(peer, channel);
    peers.report(peer, result);
  };

  /** Ends what is not wanted any more, and begins what is new. */
  const keep = <Running>(running: Map<string, Running>, wanted: ReadonlyMap<string, () => Running>, end: (one: Running) => void): void => {
    for (const [key, one] of running) {
      if (wanted.has(key)) continue;
      running.delete(key);
      end(one);
    }
    for (const [key, begin] of wanted) if (!running.has(key)) running.set(key, begin());
  };

  const configure = (next: readonly TrunkConfig[]): void => {
    trunks = next;
    networksOf = new Map(next.map(({ name, peers: own, networks = [] }) => [name, readNetworks([...networks, ...own.map(({ host }) => host)])]));
    const all = next.flatMap((trunk) => trunk.peers);
    peers.keep(all);
    const names = new Set(all.map(peerName));
    for (const name of addresses.keys()) if (!names.has(name)) addresses.delete(name);

    keep(watches, new Map(next.flatMap(({ peers: own, healthMs = HEALTH_MS }) => (healthMs === 0 ? [] : own).map((peer) =>
      [watchKey(peer, healthMs), () => watchPeer({ timers, ask, peer, everyMs: healthMs, random, report })] as const))), (stop) => { stop(); });
    keep(registrations, new Map(next.flatMap((trunk) => {
      const { registration } = trunk;
      if (registration === undefined) return [];
      const begin = (): Registration => createRegistration({
        timers, ask, trunk: { ...trunk, registration }, peers: () => peers.inOrder(trunk.peers), report, random,
        onChange: (state) => { onRegistration?.(trunk, state); },
      });
      return [[registrationKey(trunk), begin] as const];
    })), (registration) => { void registration.stop(); });
    onNetworks?.();
  };

  const stateOf = (trunk: TrunkConfig): RegistrationState | undefined =>
    (trunk.registration === undefined ? undefined : registrations.get(registrationKey(trunk))?.state());

  /** Those that are not registered would refuse the call, most likely. */
  const isReady = (trunk: TrunkConfig): boolean => trunk.registration === undefined || stateOf(trunk) === 'registered';

  function* routesBy(trunk: TrunkConfig, number: string): Iterable<Route> {
    const called = applyPlan(number, trunk.called ?? {}, trunk.numbering);
    if (called === undefined) return;
    const tried = new Set<string>();
    for (;;) {
      const peer = peers.inOrder(trunk.peers).find((each) => !tried.has(peerName(each)));
      if (peer === undefined) return;
      tried.add(peerName(peer));
      const { host, port } = peer;
      const credentials = credentialsIn(trunk);
      const domain = trunk.domain ?? trunk.registration?.domain ?? host;
      const place = domain === host && port !== undefined ? { host, port } : { host: domain };
      yield {
        trunk, peer, target: targetOf(peer), called, domain, uri: writeUri({ scheme: 'sip', user: called, ...place, params: new Map(), headers: [] }),
        ...(credentials === undefined ? {} : { credentials }),
      };
    }
  }

  const isFrom = ({ name, peers: own }: TrunkConfig, address: string): boolean =>
    isWithin(networksOf.get(name) ?? [], address) || own.some((peer) => addresses.get(peerName(peer))?.has(address) === true);

  const incoming: Trunks['incoming'] = ({ incomingCalled = {}, incomingCaller = {}, numbering, registration }, { uri, headers }) => ({
    // Where the carrier calls our Contact, the number that was called stands in To only.
    called: applyPlan(isAccount(registration, userOf(uri)) ? userIn(headers.get('To')) : userOf(uri), incomingCalled, numbering),
    // Set by a carrier, it is what was checked (RFC 3325 9.1).
    caller: applyPlan(userIn(headers.list('P-Asserted-Identity')[0] ?? headers.get('From')), incomingCaller, numbering),
  });

  /** How much speaks for a trunk, of several that a carrier's machine stands for. */
  const likeness = (trunk: TrunkConfig, { port }: Place, request: SipRequest): number => {
    const { registration } = trunk;
    const isOurContact = isAccount(registration, userOf(request.uri));
    const isToAccount = isAccount(registration, userIn(request.headers.get('To')));
    const isNumber = trunk.incomingCalled?.rules !== undefined && incoming(trunk, request).called !== undefined;
    const isPort = trunk.peers.some((peer) => (peer.port ?? 5060) === port);
    return (isOurContact ? 8 : 0) + (isToAccount ? 4 : 0) + (isNumber ? 2 : 0) + (isPort ? 1 : 0);
  };

  configure(first);
  return {
    configure, incoming,
    * routesFor(number) {
      const ready = new Set(trunks.filter(isReady));
      for (const trunk of ready) yield* routesBy(trunk, number);
      for (const trunk of trunks) if (!ready.has(trunk)) yield* routesBy(trunk, number);
    },
    callerFor: ({ caller = {}, numbering }, number) => applyPlan(number, caller, numbering),
    reportResult: ({ peer }, result) => peers.report(peer, result),
    whoIs: (remote, request) => {
      const possible = trunks.filter((trunk) => isFrom(trunk, remote.address));
      if (possible.length <= 1) return possible[0];
      const likely = possible.map((trunk) => ({ trunk, by: likeness(trunk, remote, request) }));
      return likely.toSorted((one, other) => other.by - one.by)[0]?.trunk;
    },
    accounts: async (user) => {
      const inbound = trunks.find((trunk) => trunk.inbound?.user === user)?.inbound;
      return Promise.resolve(inbound === undefined ? undefined : { password: inbound.password });
    },
    ofAccount: (user) => trunks.find((trunk) => trunk.inbound?.user === user),
    claim: (name) => {
      const trunk = trunks.find((each) => each.name === name);
      return trunk === undefined ? { ok: false, why: 'unknownTrunk' } : claims.claim(trunk);
    },
    credentialsOf: (name) => {
      const trunk = trunks.find((each) => each.name === name);
      return trunk === undefined ? undefined : credentialsIn(trunk);
    },
    networks: () => [...new Set(trunks.flatMap(({ peers: own, networks = [] }) => [
      ...networks, ...own.flatMap((peer) => [...readNetworks([peer.host]).map(() => peer.host), ...addresses.get(peerName(peer)) ?? []]),
    ]))],
    standings: () => trunks.map((trunk) => {
      const registration = stateOf(trunk);
      return {
        name: trunk.name, calls: claims.callsOf(trunk.name), peers: trunk.peers.map((peer) => ({ peer, state: peers.stateOf(peer) })),
        ...(registration === undefined ? {} : { registration }),
      };
    }),
    usage: () => trunks.map((trunk) => ({
      name: trunk.name, calls: claims.callsOf(trunk.name), busyMs: claims.busyMsOf(trunk.name), maxCalls: trunk.limits?.calls,
      isBlocked: !isReady(trunk) || (trunk.peers.length > 0 && trunk.peers.every((peer) => peers.stateOf(peer) !== 'up')),
    })),
    stop: async () => {
      for (const stop of watches.values()) stop();
      watches.clear();
      const ending = [...registrations.values()].map((registration) => registration.stop());
      registrations.clear();
      await Promise.all(ending);
    },
  };
}
