import { sql, type Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { FlowRecordingTable } from '../../database/recording-tables.ts';

export type FlowRecordingRow = Selectable<FlowRecordingTable>;

/** A projector may come twice by the same event. */
export async function insertFlowRecording(tx: Database, recording: Omit<FlowRecordingRow, 'ended_at' | 'ms' | 'state'>): Promise<void> {
  await tx.insertInto('flow_recording').values({ ...recording, ended_at: null, ms: null, state: 'on' }).onConflict((conflict) => conflict.doNothing()).execute();
}

/** Answers whether it is to be erased, now that it is over. */
export async function endFlowRecording(tx: Database, vdnId: number, file: string, ended: Pick<FlowRecordingRow, 'ended_at' | 'ms' | 'state'>): Promise<boolean> {
  const row = await tx.updateTable('flow_recording').set(ended).where('vdn_id', '=', vdnId).where('file', '=', file).returning('to_erase').executeTakeFirst();
  return row?.to_erase ?? false;
}

/** Those that still go on are erased when they are over. */
export async function markFlowRecordings(tx: Database, vdnId: number, numbers: readonly string[]): Promise<void> {
  await tx.updateTable('flow_recording').set({ to_erase: true }).where('vdn_id', '=', vdnId).where('ended_at', 'is', null).where(naming(numbers)).execute();
}

/** Files of what was said by one of these numbers, or in a call of theirs, and is over. */
export async function flowFilesNaming(tx: Database, vdnId: number, numbers: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.selectFrom('flow_recording').select('file').where('vdn_id', '=', vdnId).where('ended_at', 'is not', null).where(naming(numbers)).execute();
  return rows.map(({ file }) => file);
}

export async function deleteFlowRecording(tx: Database, vdnId: number, file: string): Promise<void> {
  await tx.deleteFrom('flow_recording').where('vdn_id', '=', vdnId).where('file', '=', file).execute();
}

function naming(numbers: readonly string[]) {
  const any = sql`any(${[...numbers]}::text[])`;
  return sql<boolean>`(speaker = ${any} or caller = ${any} or called = ${any})`;
}
