import { sql, type Selectable } from 'kysely';
import type { RecordedMedia } from '@parley/core/recording/recording.ts';
import type { Database } from '../../database/connect.ts';
import type { RecordingTable } from '../../database/recording-tables.ts';

export type RecordingRow = Selectable<RecordingTable>;
export type NewRecording = Omit<RecordingRow, 'ended_at' | 'ms' | 'state'>;

export interface Ending {
  readonly endedAt: number;
  /** Unknown where nobody has told. */
  readonly ms: number | null;
  readonly state: string;
}

/** A projector may come twice by the same event. */
export async function insertRecording(tx: Database, recording: NewRecording): Promise<void> {
  await tx.insertInto('recording').values({ ...recording, ended_at: null, ms: null, state: 'on' }).onConflict((conflict) => conflict.doNothing()).execute();
}

/** Answers the recording that has ended; undefined where nothing is known of it. */
export async function endRecording(tx: Database, vdnId: number, number: number, { endedAt, ms, state }: Ending): Promise<RecordingRow | undefined> {
  return tx.updateTable('recording').set({ ended_at: endedAt, ms, state }).where('vdn_id', '=', vdnId).where('number', '=', number).returningAll().executeTakeFirst();
}

const over = (db: Database, vdnId: number) => db.selectFrom('recording').selectAll().where('vdn_id', '=', vdnId).where('ended_at', 'is not', null);
const heard = (db: Database, vdnId: number, media: RecordedMedia) => over(db, vdnId).where('media', '=', media);

/** The newest that is over in that file. */
export async function findByFile(db: Database, vdnId: number, file: string, media: RecordedMedia = 'voice'): Promise<RecordingRow | undefined> {
  return heard(db, vdnId, media).where('file', '=', file).orderBy('number', 'desc').limit(1).executeTakeFirst();
}

export async function findById(db: Database, vdnId: number, recordId: string): Promise<RecordingRow | undefined> {
  return heard(db, vdnId, 'voice').where('record_id', '=', recordId).orderBy('number', 'desc').limit(1).executeTakeFirst();
}

/** What was recorded of an agent in a call, in order. */
export async function listOfCall(db: Database, vdnId: number, call: string, agent: number): Promise<readonly RecordingRow[]> {
  return heard(db, vdnId, 'voice').where('call', '=', call).where('agent', '=', agent).orderBy('number').execute();
}

/** What was seen in a call, by whichever agent, in order. */
export async function listVideosOfCall(db: Database, vdnId: number, call: string): Promise<readonly RecordingRow[]> {
  return heard(db, vdnId, 'video').where('call', '=', call).orderBy('number').execute();
}

/** The files in which one of the numbers is heard, of recordings that are over. */
export async function filesNaming(tx: Database, vdnId: number, numbers: readonly string[]): Promise<readonly string[]> {
  const any = sql<string>`any(${[...numbers]}::text[])`;
  const rows = await over(tx, vdnId).where((eb) => eb.or([eb('caller', '=', any), eb('called', '=', any)])).execute();
  return [...new Set(rows.map(({ file }) => file))];
}

/** Those that are still being made are erased when they are over. */
export async function markForErasure(tx: Database, vdnId: number, numbers: readonly string[]): Promise<void> {
  const any = sql<string>`any(${[...numbers]}::text[])`;
  await tx.updateTable('recording').set({ to_erase: true }).where('vdn_id', '=', vdnId).where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('caller', '=', any), eb('called', '=', any)])).execute();
}

/** Of one file there are no recordings any more; answers how many there were. */
export async function deleteOfFile(tx: Database, vdnId: number, file: string): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom('recording').where('vdn_id', '=', vdnId).where('file', '=', file).executeTakeFirst();
  return Number(numDeletedRows);
}
