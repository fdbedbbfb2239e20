import type { listAccessCodes, protectCalledRoute } from '@parley/contract/admin/access-code.ts';
import type { queryAccessCodeList } from '@parley/contract/configuration/access-code.ts';
import type { queryCalledRoute } from '@parley/contract/configuration/called-route.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { AccessCode } from './access-code-store.ts';
import { nameOf, type TargetNames } from './neighbours.ts';
import type { Route } from './store.ts';

type WireCode = Result<typeof queryAccessCodeList>['data']['calledRouteList'][number];
type WireRoute = Result<typeof queryCalledRoute>['data']['calledRouteList'][number];
type ShownCode = Result<typeof listAccessCodes>['accessCodes'][number];
type ShownRoute = Result<typeof protectCalledRoute>;

export const presentCode = (code: AccessCode): WireCode => ({
  id: code.id, accessCode: code.code, mediatypeId: code.media, n400Number: code.serviceNumber, description: code.description,
  numCallAttr: code.direction,
});

export const presentRoute = (route: Route, names: TargetNames): WireRoute => ({
  id: route.id, dnid: route.dnid, accessCode: route.accessCode, mediatypeId: route.media, extCode: route.extCode,
  devicetype: route.target.kind === 'queue' ? 1 : 3, deviceid: route.target.id, deviceDesc: nameOf(names, route), editable: String(route.editable),
});

export const showCode = (code: AccessCode, routes: number): ShownCode => ({
  id: code.id, code: code.code, media: code.media as ShownCode['media'], direction: code.direction,
  serviceNumber: code.serviceNumber ?? '', description: code.description ?? '', routes,
});

export const showRoute = (route: Route, names: TargetNames): ShownRoute => ({
  id: route.id, dnid: route.dnid, accessCode: route.accessCode, extCode: route.extCode, media: route.media, editable: route.editable,
  target: { ...route.target, name: nameOf(names, route) },
});

/** A route by its number, in words. */
export const routeInWords = ({ accessCode, extCode }: Pick<Route, 'accessCode' | 'extCode'>): string =>
  `access code ${accessCode}${extCode === '' ? '' : ` with extension code ${extCode}`}`;
