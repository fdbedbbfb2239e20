import { sql } from 'kysely';
import type { Database } from './connect.ts';
import type { Tables } from './tables.ts';

/** Many rows as JSON, so that the statement is one and the same however many there are; with `passOver`, those that are there already are left as they are. */
export async function insertAll(
  tx: Database, table: keyof Tables, columns: readonly string[], rows: readonly object[], { passOver = false }: { readonly passOver?: boolean } = {},
): Promise<void> {
  if (rows.length === 0) return;
  const names = sql.join(columns.map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(table)} (${names}) select ${names} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)
    ${sql.raw(passOver ? 'on conflict do nothing' : '')}`.execute(tx);
}
