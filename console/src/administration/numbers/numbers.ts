import { listAccessCodes } from '@parley/contract/admin/access-code.ts';
import { queryCalledRoute } from '@parley/contract/configuration/called-route.ts';
import type { Result } from '@parley/contract/operation.ts';
import { useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import { keyOf, readAll } from '../../session/asking.ts';
import { api } from '../../session/client.ts';

export type AccessCode = Result<typeof listAccessCodes>['accessCodes'][number];
export type CalledRoute = Result<typeof queryCalledRoute>['data']['calledRouteList'][number];

/** A number with the ways that calls to it go. */
export interface NumberWays {
  readonly code: AccessCode;
  readonly routes: readonly CalledRoute[];
}

const MOST_CODES = 1000;
const MOST_ROUTES = 100;

/** The routes of one number, or of all. */
export const readRoutes = (accessCode?: string): Promise<readonly CalledRoute[]> => readAll<CalledRoute>(async (offset) => {
  const { data } = await api.ask(queryCalledRoute, { limit: MOST_ROUTES, offset, ...(accessCode === undefined ? {} : { accessCode }) });
  return { rows: data.calledRouteList, total: data.total };
});

const readCodes = (): Promise<readonly AccessCode[]> => readAll<AccessCode>(async (offset) => {
  const { accessCodes, total } = await api.ask(listAccessCodes, { limit: MOST_CODES, offset });
  return { rows: accessCodes, total };
});

/** Brings numbers and routes together; of a number the route without an extension last, as it takes what no other does. */
export function waysOf(codes: readonly AccessCode[], routes: readonly CalledRoute[]): readonly NumberWays[] {
  const byCode = Map.groupBy(routes, ({ accessCode }) => accessCode);
  return codes.map((code) => ({ code, routes: (byCode.get(code.code) ?? []).toSorted((one, other) => other.extCode.length - one.extCode.length || one.extCode.localeCompare(other.extCode)) }));
}

export const useNumbers = (): UseQueryResult<readonly NumberWays[]> => useQuery({
  queryKey: [...keyOf(listAccessCodes, {}), 'ways'],
  queryFn: async () => {
    const [codes, routes] = await Promise.all([readCodes(), readRoutes()]);
    return waysOf(codes, routes);
  },
});

/** After a change of either, both are read again. */
export async function forgetNumbers(kept: QueryClient): Promise<void> {
  await Promise.all([listAccessCodes, queryCalledRoute].map((op) => kept.invalidateQueries({ queryKey: keyOf(op) })));
}

export const CODE_MEDIA = [5, 53, 2] as const;
export type CodeMedium = (typeof CODE_MEDIA)[number];
export const DIRECTIONS = [3, 1, 2] as const;
export type Direction = (typeof DIRECTIONS)[number];
const OUTBOUND: Direction = 2;
export const takesCalls = (direction: number): boolean => direction !== OUTBOUND;

/** 5.3.2: which media of queues calls of a number may lead to; flows take calls, not chats. */
const ADMITTED: Readonly<Record<CodeMedium, readonly number[]>> = { 5: [5, 19], 53: [53], 2: [2, 18] };
export const admits = (codeMedium: number, medium: number): boolean => ADMITTED[codeMedium as CodeMedium]?.includes(medium) ?? false;
export const admitsFlows = (codeMedium: number): boolean => codeMedium !== 53;

/** Where calls go, as the form has it; empty while nothing is chosen. */
export type Target = '' | `queue:${number}` | `flow:${number}`;

const QUEUE = 1;
const FLOW = 3;

export interface RouteDraft {
  /** The long id of the route; empty for one that is new. */
  readonly id: string;
  readonly extCode: string;
  readonly target: Target;
}

export interface NumberDraft {
  readonly code: string;
  readonly description: string;
  readonly serviceNumber: string;
  readonly media: string;
  readonly direction: string;
  readonly routes: readonly RouteDraft[];
}

export const NEW_ROUTE: RouteDraft = { id: '', extCode: '', target: '' };
export const NEW_NUMBER: NumberDraft = { code: '', description: '', serviceNumber: '', media: '5', direction: '3', routes: [NEW_ROUTE] };

export const targetOf = ({ devicetype, deviceid }: Pick<CalledRoute, 'devicetype' | 'deviceid'>): Target => `${devicetype === FLOW ? 'flow' : 'queue'}:${deviceid}`;

export const draftOf = ({ code: { code, description, serviceNumber, media, direction }, routes }: NumberWays): NumberDraft => ({
  code, description, serviceNumber, media: String(media), direction: String(direction),
  routes: routes.map((route) => ({ id: route.id, extCode: route.extCode, target: targetOf(route) })),
});

/** The number's own settings, as they are sent. */
export const settingsOf = ({ description, serviceNumber, media, direction }: NumberDraft) => ({
  description: description.trim(), serviceNumber: serviceNumber.trim(), media: Number(media) as CodeMedium, direction: Number(direction) as Direction,
});

type RouteMedium = 2 | 5 | 18 | 19 | 53;

interface Device {
  readonly devicetype: 1 | 3;
  readonly deviceid: number;
}

/** What has to be done so that the routes are as the form has them; `row` is the row of the form that it is for. */
export type RouteStep =
  | { readonly kind: 'remove'; readonly dnid: number; readonly row: number | undefined }
  | { readonly kind: 'lead'; readonly id: string; readonly row: number } & Device
  | { readonly kind: 'make'; readonly extCode: string; readonly mediaTypeId: RouteMedium; readonly row: number } & Device;

function deviceOf(target: Target): Device {
  const [kind, id] = target.split(':');
  return { devicetype: kind === 'flow' ? FLOW : QUEUE, deviceid: Number(id) };
}

/**
 * A route keeps its medium and its extension (5.3.4): where they change it goes, and another one comes. What goes goes first, so that its place is free.
 * Only what the form has shown is removed, not what somebody else has made meanwhile; what a try that came to its middle has made is not made again.
 */
export function planRoutes(
  { existing, shown, drafts, codeMedium, mediumOfQueue }: {
    readonly existing: readonly CalledRoute[]; readonly shown: readonly CalledRoute[]; readonly drafts: readonly RouteDraft[]; readonly codeMedium: number;
    readonly mediumOfQueue: (id: number) => number | undefined;
  },
): readonly RouteStep[] {
  const befores = drafts.map(({ id, extCode, target }) => existing.find((route) => route.id === id) ?? existing.find((route) => route.extCode === extCode && targetOf(route) === target));
  const removed: RouteStep[] = existing.filter((route) => !befores.includes(route) && shown.some(({ id }) => id === route.id)).map(({ dnid }) => ({ kind: 'remove', dnid, row: undefined }));
  const others: RouteStep[] = [];
  for (const [row, { extCode, target }] of drafts.entries()) {
    const device = deviceOf(target);
    const medium = device.devicetype === FLOW ? codeMedium : mediumOfQueue(device.deviceid) ?? codeMedium;
    const before = befores[row];
    const isReplaced = before !== undefined && (before.extCode !== extCode || (before.mediatypeId !== medium && device.devicetype === QUEUE));
    if (isReplaced) removed.push({ kind: 'remove', dnid: before.dnid, row });
    if (before === undefined || isReplaced) others.push({ kind: 'make', extCode, mediaTypeId: medium as RouteMedium, row, ...device });
    else if (targetOf(before) !== target) others.push({ kind: 'lead', id: before.id, row, ...device });
  }
  return [...removed, ...others];
}

/** 5.3.5: what may be done with a route that is protected. */
export const mayLead = (editable: string): boolean => editable === '0' || editable === '2';
export const mayRemove = (editable: string): boolean => editable === '0' || editable === '1';
