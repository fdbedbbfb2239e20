import {
  calledRouteErrors as errors, createCalledRoute, deleteCalledRoute, modifyCalledRoute, queryCalledRoute,
} from '@parley/contract/configuration/called-route.ts';
import { returnCode } from '@parley/contract/configuration/family.ts';
import { asSerialised, handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkBinding, checkTarget, mayChange, routeMedia } from '@parley/core/route/binding.ts';
import { planDeletion, tellDeletion } from '@parley/core/route/deletion.ts';
import { numberOf } from '@parley/core/route/match.ts';
import type { Database } from '../../database/connect.ts';
import type { Ids } from '../../engine/ids.ts';
import { createReplyCache } from '../../engine/reply-cache.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Tenants } from '../tenant/index.ts';
import { codesBeginning, findAccessCode, lockNumbering, takesInbound } from './access-code-store.ts';
import { findTarget, TARGET_WORDS, targetNames, targetsNamed, type RouteNeighbours } from './neighbours.ts';
import { presentRoute, routeInWords } from './present.ts';
import {
  deleteRoutes, findRoute, findRoutes, findSameNumber, insertRoute, routesOfCodes, searchRoutes, updateRoute, type Route, type TargetKind,
} from './store.ts';

export interface RouteDependencies extends RouteNeighbours {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly tenants: Pick<Tenants, 'takeDnid'>;
}

export const MAX_PAGE = 100;

const kindOf = (devicetype: 1 | 3): TargetKind => (devicetype === 1 ? 'queue' : 'flow');

export function calledRouteHandlers(deps: RouteDependencies): readonly Handler[] {
  const { db, writer, ids, tenants } = deps;
  const replies = createReplyCache(writer, ['called-route', 'queue', 'ivr-flow']);

  const unknownTarget = (kind: TargetKind, id: number): Refusal => refuse(errors.routeTargetUnknown, { target: TARGET_WORDS[kind], id });

  /** Why no call would reach a route of this number, if so. */
  const findObstacle = async (tx: Database, vdnId: number, number: string): Promise<string | undefined> => {
    const [longest] = (await codesBeginning(tx, number)).filter(takesInbound);
    if (longest !== undefined && longest.vdnId !== vdnId) return 'an access code of another tenant takes it';
    const same = await findSameNumber(tx, vdnId, number);
    return same && `${routeInWords(same)} is the same number`;
  };

  return [
    handle(createCalledRoute, async (input, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, at, record }) => {
      const { accessCode, extCode = '' } = input;
      await lockNumbering(tx);
      const code = await findAccessCode(tx, vdnId, { code: accessCode });
      if (code === undefined) return refuse(errors.routeCodeUnknown, { accessCode });
      if (!takesInbound(code)) return refuse(errors.routeCodeOutbound, { accessCode });
      const kind = kindOf(input.devicetype);
      const target = await findTarget(deps, tx, vdnId, kind, input.deviceid);
      if (target === undefined) return unknownTarget(kind, input.deviceid);
      const media = routeMedia(input.mediaTypeId, target);
      const wrong = checkBinding(code.media, media, target);
      if (wrong !== undefined) return refuse(errors.routeMedia, { message: wrong });
      const routes = await routesOfCodes(tx, vdnId, [accessCode]);
      if (routes.some((route) => route.extCode === extCode)) return refuse(errors.routeTaken, { accessCode, extCode });
      const number = numberOf({ accessCode, extCode });
      const obstacle = await findObstacle(tx, vdnId, number);
      if (obstacle !== undefined) return refuse(errors.routeNeverReached, { number, by: obstacle });
      const route: Route = {
        id: ids.next(), dnid: await tenants.takeDnid(tx, vdnId), accessCode, extCode, media, target: { kind, id: target.id },
        editable: 0,
      };
      await insertRoute(tx, vdnId, route, at);
      record({ what: 'called-route', id: route.id, before: null, after: route });
      return {};
    })),

    handle(modifyCalledRoute, async (input, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      const before = await findRoute(tx, vdnId, input.id);
      if (before === undefined) return refuse(errors.routeUnknown, { id: input.id });
      if (!mayChange(before.editable)) return refuse(errors.routeProtected, { id: input.id });
      const kind = kindOf(input.devicetype);
      const target = await findTarget(deps, tx, vdnId, kind, input.deviceid);
      if (target === undefined) return unknownTarget(kind, input.deviceid);
      const wrong = checkTarget(before.media, target);
      if (wrong !== undefined) return refuse(errors.routeMedia, { message: wrong });
      const after: Route = { ...before, target: { kind, id: target.id } };
      await updateRoute(tx, vdnId, after);
      record({ what: 'called-route', id: after.id, before, after });
      return {};
    })),

    handle(deleteCalledRoute, async (input, { vdnId, by }) => {
      const asked = input.dnids.split(',').map((id) => id.trim());
      const deletion = await writer.write(vdnId, by, async ({ tx, record }) => {
        const plan = planDeletion(asked, await findRoutes(tx, vdnId, asked));
        await deleteRoutes(tx, vdnId, plan.leaving.map(({ id }) => id));
        for (const route of plan.leaving) record({ what: 'called-route', id: route.id, before: route, after: null });
        return plan;
      });
      if (isRefusal(deletion)) return deletion;
      const data = tellDeletion(deletion);
      if (deletion.failed.length === 0) return { data };
      // 5.3.3 tells what failed in `data` also where nothing was deleted, which a plain refusal has no room for.
      const outcome = deletion.leaving.length === 0
        ? { returnCode: '1', description: 'data delete failed' }
        : { returnCode: '0', description: 'data delete partially successful' };
      return asSerialised(JSON.stringify({ ...outcome, data }));
    }),

    handle(queryCalledRoute, async (input, { vdnId }) => {
      const json = await replies.get(vdnId, JSON.stringify(input), async () => {
        const names = await targetNames(deps, db, vdnId);
        const { total, routes } = await searchRoutes(db, vdnId, {
          accessCode: input.accessCode, extCode: input.extCode, media: input.mediaTypeId,
          kind: input.devicetype === undefined ? undefined : kindOf(input.devicetype),
          targets: input.deviceDesc ? targetsNamed(names, input.deviceDesc) : undefined,
        }, { limit: Math.min(input.limit ?? MAX_PAGE, MAX_PAGE), offset: Math.max(input.offset ?? 0, 0) });
        const data = { total, calledRouteList: routes.map((route) => presentRoute(route, names)) };
        return JSON.stringify(returnCode.success({ data }, 'success'));
      });
      return asSerialised(json);
    }),
  ];
}
