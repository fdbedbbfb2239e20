import { sql, type Selectable } from 'kysely';
import type { Protection } from '@parley/core/route/binding.ts';
import { beginningsOf } from '@parley/core/route/match.ts';
import type { Database } from '../../database/connect.ts';
import type { CalledRouteTable } from '../../database/tables.ts';
import { codesBeginning, type Page } from './access-code-store.ts';

export type TargetKind = 'queue' | 'flow';

export interface Route {
  readonly id: string;
  readonly dnid: number;
  readonly accessCode: string;
  readonly extCode: string;
  readonly media: number;
  readonly target: { readonly kind: TargetKind; readonly id: number };
  readonly editable: Protection;
}

export interface RouteFilter {
  readonly accessCode?: string | undefined;
  readonly extCode?: string | undefined;
  readonly kind?: TargetKind | undefined;
  readonly media?: number | undefined;
  /** Only routes to one of these. */
  readonly targets?: Readonly<Record<TargetKind, readonly number[]>> | undefined;
}

/** 5.3.2 devicetype. */
const DEVICE_TYPES: Readonly<Record<TargetKind, number>> = { queue: 1, flow: 3 };

const MAX_DNID = 2 ** 31 - 1;

const fromRow = (row: Selectable<CalledRouteTable>): Route => ({
  id: row.id, dnid: row.dnid, accessCode: row.access_code, extCode: row.ext_code, media: row.media,
  target: { kind: row.device_type === DEVICE_TYPES.queue ? 'queue' : 'flow', id: row.device_id },
  editable: row.editable as Protection,
});

const toRow = ({ target, editable }: Route) => ({ device_type: DEVICE_TYPES[target.kind], device_id: target.id, editable });

const any = <T extends string | number>(values: readonly T[]) => sql<T>`any(${values})`;

const select = (db: Database, vdnId: number) => db.selectFrom('called_route').selectAll().where('vdn_id', '=', vdnId);

export async function findRoute(db: Database, vdnId: number, id: string): Promise<Route | undefined> {
  const row = await select(db, vdnId).where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
}

export async function searchRoutes(
  db: Database, vdnId: number, filter: RouteFilter, page: Page,
): Promise<{ total: number; routes: readonly Route[] }> {
  let matching = db.selectFrom('called_route').where('vdn_id', '=', vdnId);
  if (filter.accessCode) matching = matching.where('access_code', '=', filter.accessCode);
  if (filter.extCode) matching = matching.where('ext_code', '=', filter.extCode);
  if (filter.kind !== undefined) matching = matching.where('device_type', '=', DEVICE_TYPES[filter.kind]);
  if (filter.media !== undefined) matching = matching.where('media', '=', filter.media);
  const { targets } = filter;
  if (targets !== undefined) {
    matching = matching.where((eb) => eb.or((['queue', 'flow'] as const).map((kind) => eb.and([
      eb('device_type', '=', DEVICE_TYPES[kind]), eb('device_id', '=', any(targets[kind])),
    ]))));
  }
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await matching.selectAll().orderBy('dnid').limit(page.limit).offset(page.offset).execute();
  return { total, routes: rows.map(fromRow) };
}

/** All of a tenant, by their numbers. */
export async function listRoutes(db: Database, vdnId: number): Promise<readonly Route[]> {
  return (await select(db, vdnId).orderBy('dnid').execute()).map(fromRow);
}

/** The routes that these ids name, each either a dnid or a long id. */
export async function findRoutes(db: Database, vdnId: number, ids: readonly string[]): Promise<readonly Route[]> {
  const dnids = ids.map(Number).filter((dnid) => dnid <= MAX_DNID);
  const rows = await select(db, vdnId).where((eb) => eb.or([eb('id', '=', any(ids)), eb('dnid', '=', any(dnids))])).execute();
  return rows.map(fromRow);
}

/** The routes of these access codes. */
export async function routesOfCodes(db: Database, vdnId: number, codes: readonly string[]): Promise<readonly Route[]> {
  return (await select(db, vdnId).where('access_code', '=', any(codes)).orderBy('dnid').execute()).map(fromRow);
}

/** How many routes use each of these access codes. */
export async function countRoutes(db: Database, vdnId: number, codes: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db.selectFrom('called_route').select(['access_code', (eb) => eb.fn.countAll<number>().as('routes')])
    .where('vdn_id', '=', vdnId).where('access_code', '=', any(codes)).groupBy('access_code').execute();
  return new Map(rows.map((row) => [row.access_code, row.routes]));
}

/** The first route that leads to one of these queues or flows. */
export async function firstRouteTo(
  db: Database, vdnId: number, kind: TargetKind, ids: readonly number[],
): Promise<Route | undefined> {
  const row = await select(db, vdnId).where('device_type', '=', DEVICE_TYPES[kind]).where('device_id', '=', any(ids))
    .orderBy('dnid').executeTakeFirst();
  return row && fromRow(row);
}

/** Of each queue to which routes lead, the access code of one: of one without an extension, where there is such a route. */
export async function accessCodesOfQueues(db: Database, vdnId: number): Promise<ReadonlyMap<number, string>> {
  const rows = await select(db, vdnId).where('device_type', '=', DEVICE_TYPES.queue).orderBy('dnid').execute();
  const bareLast = rows.map(fromRow).toReversed().toSorted((one, other) => Number(one.extCode === '') - Number(other.extCode === ''));
  return new Map(bareLast.map(({ target, accessCode }) => [target.id, accessCode]));
}

/** A route of another tenant that calls would no longer reach if this code were to take inbound calls. */
export async function cutOffBy(db: Database, vdnId: number, code: string): Promise<boolean> {
  const shorter = (await codesBeginning(db, code)).filter((other) => other.code !== code && other.vdnId !== vdnId);
  for (const other of shorter) {
    const row = await select(db, other.vdnId).where('access_code', '=', other.code)
      .where(sql<boolean>`starts_with(ext_code, ${code.slice(other.code.length)})`).executeTakeFirst();
    if (row !== undefined) return true;
  }
  return false;
}

/** A route of the tenant with another access code but the same number, if there is one. */
export async function findSameNumber(db: Database, vdnId: number, number: string): Promise<Route | undefined> {
  const row = await select(db, vdnId).where('access_code', '=', any(beginningsOf(number)))
    .where(sql<boolean>`access_code || ext_code = ${number}`).executeTakeFirst();
  return row && fromRow(row);
}

export async function insertRoute(tx: Database, vdnId: number, route: Route, at: number): Promise<void> {
  await tx.insertInto('called_route').values({
    vdn_id: vdnId, id: route.id, dnid: route.dnid, access_code: route.accessCode, ext_code: route.extCode, media: route.media,
    created_at: at, ...toRow(route),
  }).execute();
}

export async function updateRoute(tx: Database, vdnId: number, route: Route): Promise<void> {
  await tx.updateTable('called_route').set(toRow(route)).where('vdn_id', '=', vdnId).where('id', '=', route.id).execute();
}

export async function deleteRoutes(tx: Database, vdnId: number, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('called_route').where('vdn_id', '=', vdnId).where('id', '=', any(ids)).execute();
}
