import { sql } from 'kysely';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';

export type SampleKind = 'office' | 'terminals' | 'tenant';

export interface Sample {
  readonly vdnId: number;
  readonly at: number;
  readonly kind: SampleKind;
  readonly node: string;
  readonly object: number;
  readonly figures: object;
}

export interface SampleQuery {
  readonly kind: SampleKind;
  /** All unless told, and so of the rest. */
  readonly vdnIds?: readonly number[] | undefined;
  /** Of the media node. */
  readonly address?: string | undefined;
  readonly objects?: readonly number[] | undefined;
  readonly from: number;
  /** Not in it any more. */
  readonly to: number;
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** What was measured stays as it was measured first. */
export async function saveSamples(db: Database, samples: readonly Sample[]): Promise<void> {
  if (samples.length === 0) return;
  const rows = JSON.stringify(samples.map(({ vdnId, ...sample }) => ({ vdn_id: vdnId, ...sample })));
  await sql`insert into system_sample (vdn_id, at, kind, node, object, figures)
    select vdn_id, at, kind, node, object, figures from json_populate_recordset(null::system_sample, ${rows})
    on conflict do nothing`.execute(db);
}

const matching = (db: Database, { kind, vdnIds, address, objects, from, to }: SampleQuery) => db.selectFrom('system_sample')
  .where('kind', '=', kind).where('at', '>=', from).where('at', '<', to)
  .$if(vdnIds !== undefined, (query) => query.where('vdn_id', '=', sql<number>`any(${vdnIds ?? []}::integer[])`))
  .$if(address !== undefined, (query) => query.where(sql<string>`split_part(node, '#', 1)`, '=', address ?? ''))
  .$if(objects !== undefined, (query) => query.where('object', '=', sql<number>`any(${objects ?? []}::integer[])`));

export async function readSamples(db: Database, query: SampleQuery, { limit, offset }: Page): Promise<{ readonly rows: readonly Sample[]; readonly count: number }> {
  const [rows, counted] = await Promise.all([
    matching(db, query).selectAll().orderBy('at').orderBy('vdn_id').orderBy('node').orderBy('object').limit(limit).offset(offset).execute(),
    matching(db, query).select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { rows: rows.map(({ vdn_id: vdnId, kind: _kind, ...row }) => ({ ...row, vdnId, kind: query.kind })), count: counted.count };
}

export async function sweepSamples(db: Database, before: number): Promise<void> {
  await db.deleteFrom('system_sample').where('at', '<', before).execute();
}

/** Our own phones and web pages. */
const OWN = { name: '', no: 0 } as const;

/** Numbers of offices by their names; who is new gets the next one, for good. */
export async function numbersOfOffices(db: Database, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const known = new Map<string, number>([[OWN.name, OWN.no], ...await readOffices(db)]);
  if (names.every((name) => known.has(name))) return known;
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('offices'))`.execute(tx);
    const all = new Map<string, number>([[OWN.name, OWN.no], ...await readOffices(tx)]);
    const added = [...new Set(names)].filter((name) => !all.has(name)).map((name, index) => ({ vdn_id: INSTALLATION, no: Math.max(...all.values()) + 1 + index, name }));
    if (added.length > 0) await tx.insertInto('office').values(added).execute();
    for (const { name, no } of added) all.set(name, no);
    return all;
  });
}

const readOffices = async (db: Database): Promise<readonly (readonly [name: string, no: number])[]> =>
  (await db.selectFrom('office').select(['name', 'no']).where('vdn_id', '=', INSTALLATION).execute()).map(({ name, no }) => [name, no] as const);
