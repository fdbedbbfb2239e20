import { sql } from 'kysely';
import type { AreaRecord } from '@parley/core/number-area/lookup.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';

const PAGE_ROWS = 20_000;

const COLUMNS = ['prefix', 'area_code', 'province', 'city', 'city_code', 'isp', 'post_code'] as const;

const toValues = (record: AreaRecord): readonly string[] =>
  [record.prefix, record.areaCode, record.province, record.city, record.cityCode, record.isp, record.postCode];

/** The imported set of the installation (a number lies where it lies, whoever asks), page by page; its few distinct names are kept once, however many rows bear them. */
export async function* readImported(db: Database): AsyncGenerator<readonly AreaRecord[]> {
  const names = new Map<string, string>();
  const once = (name: string): string => {
    const known = names.get(name);
    if (known === undefined) names.set(name, name);
    return known ?? name;
  };
  let last = '';
  for (;;) {
    const rows = await db.selectFrom('number_area').selectAll().where('vdn_id', '=', INSTALLATION)
      .where('prefix', '>', last).orderBy('prefix').limit(PAGE_ROWS).execute();
    yield rows.map((row) => ({
      prefix: row.prefix, areaCode: once(row.area_code), province: once(row.province), city: once(row.city), cityCode: once(row.city_code),
      isp: once(row.isp), postCode: once(row.post_code),
    }));
    const end = rows.at(-1);
    if (end === undefined || rows.length < PAGE_ROWS) return;
    last = end.prefix;
  }
}

export async function countImported(db: Database): Promise<number> {
  const { count } = await db.selectFrom('number_area').select((eb) => eb.fn.countAll<number>().as('count'))
    .where('vdn_id', '=', INSTALLATION).executeTakeFirstOrThrow();
  return count;
}

/** Puts these in the place of the whole imported set, a page a statement. */
export async function replaceImported(tx: Database, records: readonly AreaRecord[]): Promise<void> {
  await tx.deleteFrom('number_area').where('vdn_id', '=', INSTALLATION).execute();
  for (let from = 0; from < records.length; from += PAGE_ROWS) {
    const page = records.slice(from, from + PAGE_ROWS).map(toValues);
    const arrays = COLUMNS.map((_column, index) => sql`${page.map((values) => values[index] ?? '')}::text[]`);
    await sql`insert into number_area (vdn_id, ${sql.join(COLUMNS.map((column) => sql.ref(column)))})
      select ${INSTALLATION}::integer, * from unnest(${sql.join(arrays)})`.execute(tx);
  }
}
