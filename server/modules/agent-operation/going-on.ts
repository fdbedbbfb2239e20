import { UNTOLD, type OwnCall, type OperationType } from '@parley/core/operations/operation.ts';
import type { Database } from '../../database/connect.ts';
import { desksOf } from './store.ts';

/** What an agent does and has not ended yet, so that no bill tells of it. */
export interface GoingOn {
  readonly agent: number;
  readonly logonSn: number;
  readonly type: OperationType;
  readonly object?: number | undefined;
  readonly cause?: number | undefined;
  readonly from: number;
  readonly own?: OwnCall | undefined;
  readonly manual?: boolean | undefined;
  /** It will be in no reply. */
  readonly isUntold: boolean;
}

/** What goes on at desks of a tenant, as far as the bills have come: with them it makes a day that is not over. */
export async function operationsGoingOn(db: Database, vdnId: number, agents?: readonly number[]): Promise<readonly GoingOn[]> {
  const desks = await desksOf(db, vdnId, agents);
  return desks.flatMap(({ agent, logonSn, spans }) => spans.map(({ type, object, cause, from, own, manual }) => ({ agent, logonSn, type, object, cause, from, own, manual, isUntold: UNTOLD.includes(type) })));
}
