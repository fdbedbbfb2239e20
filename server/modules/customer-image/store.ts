import { sql, type Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { CustomerImageTable } from '../../database/recording-tables.ts';

export type CustomerImage = Selectable<CustomerImageTable>;

/** A projector may come twice by the same event. */
export async function insertImage(tx: Database, image: CustomerImage): Promise<void> {
  await tx.insertInto('customer_image').values(image).onConflict((conflict) => conflict.doNothing()).execute();
}

export async function findByFile(db: Database, vdnId: number, file: string): Promise<CustomerImage | undefined> {
  return db.selectFrom('customer_image').selectAll().where('vdn_id', '=', vdnId).where('file', '=', file).limit(1).executeTakeFirst();
}

/** Takes away those of the calls that name one of the numbers; answers their files. */
export async function removeNaming(tx: Database, vdnId: number, numbers: readonly string[]): Promise<readonly string[]> {
  const any = sql<string>`any(${[...numbers]}::text[])`;
  const rows = await tx.deleteFrom('customer_image').where('vdn_id', '=', vdnId).where((eb) => eb.or([eb('caller', '=', any), eb('called', '=', any)]))
    .returning('file').execute();
  return rows.map(({ file }) => file);
}
