import {
  changeAccessCode, createAccessCode, deleteAccessCode, listAccessCodes, matchAccessCode, protectCalledRoute,
} from '@parley/contract/admin/access-code.ts';
import { errors } from '@parley/contract/admin/family.ts';
import { queryAccessCodeList } from '@parley/contract/configuration/access-code.ts';
import { returnCode } from '@parley/contract/configuration/family.ts';
import { asSerialised, handle, type Handler } from '@parley/contract/handler.ts';
import type { Result } from '@parley/contract/operation.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import { codeAdmits } from '@parley/core/route/binding.ts';
import { numberOf } from '@parley/core/route/match.ts';
import type { Database } from '../../database/connect.ts';
import { createReplyCache } from '../../engine/reply-cache.ts';
import * as codes from './access-code-store.ts';
import { consider, dial, type Dialling } from './dialling.ts';
import { targetNames } from './neighbours.ts';
import { MAX_PAGE, type RouteDependencies } from './operations.ts';
import { presentCode, routeInWords, showCode, showRoute } from './present.ts';
import { countRoutes, cutOffBy, findRoute, routesOfCodes, updateRoute } from './store.ts';

const CUTS_OFF = 'calls to numbers of another tenant begin with this code';

export function accessCodeHandlers(deps: RouteDependencies): readonly Handler[] {
  const { db, writer, ids } = deps;
  const replies = createReplyCache(writer, ['access-code']);

  const show = async (from: Database, vdnId: number, code: codes.AccessCode) => {
    const counts = await countRoutes(from, vdnId, [code.code]);
    return showCode(code, counts.get(code.code) ?? 0);
  };

  return [
    handle(queryAccessCodeList, async (input, { vdnId }) => {
      const json = await replies.get(vdnId, JSON.stringify(input), async () => {
        const filter = { code: input.accessCode, media: input.mediatypeId, description: input.description };
        const page = { limit: Math.min(input.limit ?? MAX_PAGE, MAX_PAGE), offset: input.offset ?? 0 };
        const { total, codes: found } = await codes.searchAccessCodes(db, vdnId, filter, page);
        return JSON.stringify(returnCode.success({ data: { total, calledRouteList: found.map(presentCode) } }, 'success'));
      });
      return asSerialised(json);
    }),

    handle(listAccessCodes, async ({ limit = MAX_PAGE, offset = 0 }, { vdnId }) => {
      const { total, codes: found } = await codes.searchAccessCodes(db, vdnId, {}, { limit, offset });
      const counts = await countRoutes(db, vdnId, found.map(({ code }) => code));
      return { total, accessCodes: found.map((code) => showCode(code, counts.get(code.code) ?? 0)) };
    }),

    handle(createAccessCode, async (input, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, at, record }) => {
      const code: codes.AccessCode = {
        id: ids.next(), code: input.code, media: input.media, direction: input.direction ?? 3,
        serviceNumber: input.serviceNumber || null, description: input.description || null,
      };
      await codes.lockNumbering(tx);
      if (!(await codes.insertAccessCode(tx, vdnId, code, at))) return refuse(errors.exists, { what: 'code', id: code.code });
      if (codes.takesInbound(code) && await cutOffBy(tx, vdnId, code.code)) {
        return refuse(errors.conflict, { message: CUTS_OFF });
      }
      record({ what: 'access-code', id: code.id, before: null, after: code });
      return showCode(code, 0);
    })),

    handle(changeAccessCode, async (input, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      await codes.lockNumbering(tx);
      const before = await codes.findAccessCode(tx, vdnId, { id: input.id });
      if (before === undefined) return refuse(errors.notFound, { what: 'access code', id: input.id });
      const after: codes.AccessCode = {
        ...before,
        media: input.media ?? before.media,
        direction: input.direction ?? before.direction,
        serviceNumber: input.serviceNumber === undefined ? before.serviceNumber : input.serviceNumber || null,
        description: input.description === undefined ? before.description : input.description || null,
      };
      const routes = await routesOfCodes(tx, vdnId, [after.code]);
      const left = routes.find((route) => !codes.takesInbound(after) || !codeAdmits(after.media, route.media));
      if (left !== undefined) {
        return refuse(errors.inUse, { what: 'Access code', id: after.code, by: `the route of ${routeInWords(left)} could not follow` });
      }
      if (codes.takesInbound(after) && !codes.takesInbound(before) && await cutOffBy(tx, vdnId, after.code)) {
        return refuse(errors.conflict, { message: CUTS_OFF });
      }
      await codes.updateAccessCode(tx, vdnId, after);
      record({ what: 'access-code', id: after.id, before, after });
      return showCode(after, routes.length);
    })),

    handle(deleteAccessCode, async ({ id }, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      const before = await codes.findAccessCode(tx, vdnId, { id });
      if (before === undefined) return refuse(errors.notFound, { what: 'access code', id });
      const { routes } = await show(tx, vdnId, before);
      if (routes > 0) {
        return refuse(errors.inUse, { what: 'Access code', id: before.code, by: `called routes use it (${routes})` });
      }
      await codes.deleteAccessCode(tx, vdnId, id);
      record({ what: 'access-code', id, before, after: null });
      return {};
    })),

    handle(matchAccessCode, async (input, { vdnId }) => {
      // An unescaped + in a URL arrives as a blank, and people write blanks into numbers.
      const dialled = input.dialled.replace(/^ (?=\d)/, '+').replaceAll(' ', '');
      const dialling = await dial(db, dialled);
      const names = await targetNames(deps, db, vdnId);
      const considered = (await consider(db, vdnId, dialled)).slice(0, 100);
      return {
        dialled, ...explain(dialling, vdnId),
        ...(dialling.outcome === 'route' && dialling.vdnId === vdnId
          ? { route: showRoute(dialling.route, names), ignoredDigits: dialled.slice(numberOf(dialling.route).length) }
          : {}),
        considered: considered.map(({ route, matches, why }) => ({ route: showRoute(route, names), matches, why })),
      };
    }),

    handle(protectCalledRoute, async ({ id, editable }, { vdnId, by }) => {
      const outcome = await writer.write(vdnId, by, async ({ tx, record }) => {
        const before = await findRoute(tx, vdnId, id);
        if (before === undefined) return refuse(errors.notFound, { what: 'called route', id });
        const after = { ...before, editable };
        await updateRoute(tx, vdnId, after);
        record({ what: 'called-route', id, before, after });
        return after;
      });
      return isRefusal(outcome) ? outcome : showRoute(outcome, await targetNames(deps, db, vdnId));
    }),
  ];
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function explain(dialling: Dialling, vdnId: number): Pick<Result<typeof matchAccessCode>, 'outcome' | 'why'> {
  const { outcome } = dialling;
  if (outcome === 'no-access-code') return { outcome, why: 'No access code for inbound calls begins this number.' };
  if (dialling.vdnId !== vdnId) {
    return { outcome: 'other-tenant', why: 'The longest access code that begins this number belongs to another tenant.' };
  }
  if (outcome === 'route') return { outcome, why: `${capital(routeInWords(dialling.route))} is the longest match.` };
  return { outcome, why: `Access code ${dialling.accessCode} leads nowhere for this number: add a route without an extension code.` };
}
