import { cmsQueryCallTraceDetail } from '@parley/contract/monitoring/call-trace.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal } from '@parley/contract/refusal.ts';
import { canonicalCallId } from '@parley/core/call/call-id.ts';
import type { Database } from '../../database/connect.ts';
import type { Projector } from '../../engine/projector.ts';
import type { Scope } from '../tenant/index.ts';
import { presentSegment } from './present.ts';
import { segmentsOfCall } from './store.ts';

export interface RecordsDependencies {
  readonly db: Database;
  readonly scope: Scope;
  readonly projector: Pick<Projector, 'settled'>;
  readonly clock: () => number;
}

/** The devices that a call passed. */
export function traceHandlers({ db, scope, projector }: RecordsDependencies): readonly Handler[] {
  return [
    handle(cmsQueryCallTraceDetail, async ({ callId, ...where }, context) => {
      const tenant = await scope(context, where);
      if (isRefusal(tenant)) return tenant;
      await projector.settled(tenant.vdnId);
      return (await segmentsOfCall(db, tenant.vdnId, canonicalCallId(callId))).map(presentSegment);
    }),
  ];
}
