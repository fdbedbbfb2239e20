import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import { accessCodeHandlers } from './access-code-operations.ts';
import { calledRouteHandlers, type RouteDependencies } from './operations.ts';
import { routeInWords } from './present.ts';
import { firstRouteTo, type TargetKind } from './store.ts';

export { listInboundCodes, mayShowNumber, type AccessCode } from './access-code-store.ts';
export { dial, type Dialling } from './dialling.ts';
export { rememberDialling } from './remembered-dialling.ts';
export type { RouteDependencies } from './operations.ts';
export { accessCodesOfQueues, listRoutes, type Route } from './store.ts';

export function routeHandlers(deps: RouteDependencies): readonly Handler[] {
  return [...accessCodeHandlers(deps), ...calledRouteHandlers(deps)];
}

/** The first route that leads to one of these queues or flows, in words. */
export async function routesTo(
  db: Database, vdnId: number, kind: TargetKind, ids: readonly number[],
): Promise<{ id: number; by: string } | undefined> {
  const route = await firstRouteTo(db, vdnId, kind, ids);
  return route && { id: route.target.id, by: `the route of ${routeInWords(route)} leads to it` };
}
