import { readNetwork } from '../guard/networks.ts';
import { isPattern, type NumberPlan } from './number-rules.ts';
import { peerName, type TrunkConfig } from './trunk.ts';

const PLANS = ['called', 'caller', 'incomingCalled', 'incomingCaller'] as const;
const HOST = /^[a-z0-9:._-]{1,255}$/i;
const PREPENDED = /^\+?[0-9*#]{0,40}$/;

const isCount = (value: number | undefined): boolean => value === undefined || (Number.isFinite(value) && value >= 0);

function faultsOfPlan({ rules = [] }: NumberPlan): string[] {
  return rules.flatMap(({ pattern, strip, prepend = '' }) => [
    ...(isPattern(pattern) ? [] : [`the pattern "${pattern}" is none`]),
    ...(isCount(strip) ? [] : [`the pattern "${pattern}" strips no number of characters`]),
    ...(PREPENDED.test(prepend) ? [] : [`the pattern "${pattern}" prepends what cannot be dialled`]),
  ]);
}

function faultsOf({ peers, networks = [], limits, healthMs, registration, ...trunk }: TrunkConfig): string[] {
  return [
    ...(peers.length === 0 && networks.length === 0 && trunk.inbound === undefined ? ['it has neither peers nor a way to know its calls by'] : []),
    ...(registration !== undefined && peers.length === 0 ? ['there is no peer to register with'] : []),
    ...(new Set(peers.map(peerName)).size < peers.length ? ['a peer is named twice'] : []),
    ...peers.flatMap(({ host, port, kind, priority, weight }) => [
      ...(HOST.test(host) ? [] : [`"${host}" is no host`]),
      ...(port === undefined || (Number.isInteger(port) && port > 0 && port < 65_536) ? [] : [`${host} has no port ${port}`]),
      // Browsers come to us; nobody can be reached by WebSocket (RFC 7118 5).
      ...(kind === 'WS' || kind === 'WSS' ? [`${host} cannot be reached by WebSocket`] : []),
      ...(isCount(priority) && isCount(weight) ? [] : [`${host} has no such priority or weight`]),
    ]),
    ...networks.flatMap((network) => (readNetwork(network) === undefined ? [`"${network}" is no network`] : [])),
    ...PLANS.flatMap((name) => faultsOfPlan(trunk[name] ?? {}).map((fault) => `${name}: ${fault}`)),
    ...(isCount(limits?.calls) && isCount(limits?.callsPerSecond) && isCount(healthMs) ? [] : ['a limit is no number']),
  ];
}

/** What is wrong with settings, a sentence each; such settings are not to be put in force. */
export function faultsOfTrunks(trunks: readonly TrunkConfig[]): readonly string[] {
  const names = new Set<string>();
  return trunks.flatMap((trunk) => {
    const isTwice = names.has(trunk.name);
    names.add(trunk.name);
    return [...(isTwice ? ['the name is given twice'] : []), ...faultsOf(trunk)].map((fault) => `trunk ${trunk.name}: ${fault}`);
  });
}
