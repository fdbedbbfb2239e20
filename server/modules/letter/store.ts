import type { Database } from '../../database/connect.ts';

export async function insertLetter(tx: Database, vdnId: number, id: string, sealed: Buffer, at: number): Promise<void> {
  await tx.insertInto('letter').values({ vdn_id: vdnId, id, sealed, created_at: at }).execute();
}

export async function findLetter(db: Database, vdnId: number, id: string): Promise<Buffer | undefined> {
  return (await db.selectFrom('letter').select('sealed').where('vdn_id', '=', vdnId).where('id', '=', id).executeTakeFirst())?.sealed;
}

export async function removeLetter(db: Database, vdnId: number, id: string): Promise<void> {
  await db.deleteFrom('letter').where('vdn_id', '=', vdnId).where('id', '=', id).execute();
}
