import type { showTrunk, showTrunkStatus } from '@parley/contract/admin/trunk.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Ban, TrunkStanding } from './running.ts';
import type { Trunk } from './store.ts';

type Status = Result<typeof showTrunkStatus>;

/** The types of the contract know no `readonly` lists. */
export const presentTrunk = ({ id, settings, createdAt }: Trunk): Result<typeof showTrunk> => ({ id, ...settings, createdAt }) as Result<typeof showTrunk>;

export function presentStanding({ id, settings: { name } }: Trunk, standing: TrunkStanding | undefined): Status['trunks'][number] {
  if (standing === undefined) return { id, name, inForce: false, calls: 0, peers: [] };
  const { calls, registration, peers } = standing;
  return {
    id, name, inForce: true, calls,
    ...(registration === undefined ? {} : { registration }),
    peers: peers.map(({ peer: { host, port, kind }, state }) => ({ host, ...(port === undefined ? {} : { port }), kind: kind as 'UDP' | 'TCP' | 'TLS', state })),
  };
}

/** `ahead`: how much our clock is before the one of the bans. */
export const presentBan = ({ source, fault, untilMs, times }: Ban, ahead: number): Status['bans'][number] =>
  ({ source, fault, until: Math.round(untilMs + ahead), times });
