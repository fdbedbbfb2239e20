import type { Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { VoiceFileTable, VoiceTemplateTable } from '../../database/tables.ts';

export type Status = 'waiting' | 'approved' | 'rejected';
export type CallbackState = 'none' | 'pending' | 'delivered' | 'given-up';
export type Locale = 'zh_CN' | 'en_US' | 'pt_BR' | 'th_TH';

/** How the review of an upload stands, and the telling of its outcome. */
export interface Review {
  readonly status: Status;
  readonly comment: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly callbackUrl: string | null;
  readonly callbackState: CallbackState;
  readonly callbackAttempts: number;
  readonly createdAt: number;
}

export interface VoiceFile extends Review {
  readonly id: string;
  readonly name: string;
  readonly locale: Locale;
  readonly voiceType: '0' | '1' | '2' | '3';
  readonly durationMs: number;
  /** Where the file store keeps it. */
  readonly fileKey: string;
}

export interface VoiceTemplate extends Review {
  readonly id: string;
  readonly name: string;
  readonly scene: string;
  readonly speed: number;
  readonly volume: number;
  readonly voice: string;
  readonly language: Locale;
  readonly content: string;
}

/** What is reviewed, by the table that holds it. */
export type Reviewed = 'voice_file' | 'voice_template';

export interface Page {
  readonly status?: Status | undefined;
  readonly olderThan?: string | undefined;
  readonly limit: number;
}

/** 5.4.4 numbers the outcomes. */
const STATUS_NUMBERS: Readonly<Record<Status, number>> = { waiting: 1, approved: 2, rejected: 3 };
export const statusNumber = (status: Status): number => STATUS_NUMBERS[status];
const statusOf = (number: number): Status => (number === 1 ? 'waiting' : number === 2 ? 'approved' : 'rejected');

type ReviewRow = Pick<Selectable<VoiceFileTable>, 'status' | 'comment' | 'callback_url' | 'callback_state' | 'callback_attempts' | 'decided_by' | 'decided_at' | 'created_at'>;

const reviewFromRow = (row: ReviewRow): Review => ({
  status: statusOf(row.status),
  comment: row.comment,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  callbackUrl: row.callback_url,
  callbackState: row.callback_state as CallbackState,
  callbackAttempts: row.callback_attempts,
  createdAt: row.created_at,
});

const reviewToRow = (review: Review) => ({
  status: statusNumber(review.status),
  comment: review.comment,
  decided_by: review.decidedBy,
  decided_at: review.decidedAt,
  callback_url: review.callbackUrl,
  callback_state: review.callbackState,
  callback_attempts: review.callbackAttempts,
  created_at: review.createdAt,
});

const fileFromRow = (row: Selectable<VoiceFileTable>): VoiceFile => ({
  id: row.id,
  name: row.name,
  locale: row.locale as Locale,
  voiceType: String(row.voice_type) as VoiceFile['voiceType'],
  durationMs: row.duration_ms,
  fileKey: row.file_key,
  ...reviewFromRow(row),
});

const templateFromRow = (row: Selectable<VoiceTemplateTable>): VoiceTemplate => ({
  id: row.id,
  name: row.name,
  scene: row.scene,
  speed: row.speed,
  volume: row.volume,
  voice: row.voice,
  language: row.language as Locale,
  content: row.content,
  ...reviewFromRow(row),
});

export async function insertVoiceFile(db: Database, vdnId: number, file: VoiceFile): Promise<void> {
  await db.insertInto('voice_file').values({
    vdn_id: vdnId, id: file.id, name: file.name, locale: file.locale, voice_type: Number(file.voiceType), duration_ms: file.durationMs, file_key: file.fileKey,
    ...reviewToRow(file),
  }).execute();
}

export async function findVoiceFile(db: Database, vdnId: number, id: string): Promise<VoiceFile | undefined> {
  const row = await db.selectFrom('voice_file').selectAll().where('vdn_id', '=', vdnId).where('id', '=', id).executeTakeFirst();
  return row && fileFromRow(row);
}

/** Where the file store keeps those of these voice files that were approved, by id. */
export async function approvedVoiceFiles(db: Database, vdnId: number, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('voice_file').select(['id', 'file_key']).where('vdn_id', '=', vdnId).where('id', 'in', [...ids]).where('status', '=', statusNumber('approved')).execute();
  return new Map(rows.map((row) => [row.id, row.file_key]));
}

/** Newest first: ids of 19 digits sort by time, as text too. */
export async function listVoiceFiles(db: Database, vdnId: number, { status, olderThan, limit }: Page): Promise<readonly VoiceFile[]> {
  let matching = db.selectFrom('voice_file').selectAll().where('vdn_id', '=', vdnId);
  if (status !== undefined) matching = matching.where('status', '=', statusNumber(status));
  if (olderThan !== undefined) matching = matching.where('id', '<', olderThan);
  return (await matching.orderBy('id', 'desc').limit(limit).execute()).map(fileFromRow);
}

export async function insertVoiceTemplate(db: Database, vdnId: number, template: VoiceTemplate): Promise<void> {
  await db.insertInto('voice_template').values({
    vdn_id: vdnId, id: template.id, name: template.name, scene: template.scene, speed: template.speed, volume: template.volume, voice: template.voice,
    language: template.language, content: template.content, ...reviewToRow(template),
  }).execute();
}

export async function findVoiceTemplate(db: Database, vdnId: number, id: string): Promise<VoiceTemplate | undefined> {
  const row = await db.selectFrom('voice_template').selectAll().where('vdn_id', '=', vdnId).where('id', '=', id).executeTakeFirst();
  return row && templateFromRow(row);
}

export async function listVoiceTemplates(db: Database, vdnId: number, { status, olderThan, limit }: Page): Promise<readonly VoiceTemplate[]> {
  let matching = db.selectFrom('voice_template').selectAll().where('vdn_id', '=', vdnId);
  if (status !== undefined) matching = matching.where('status', '=', statusNumber(status));
  if (olderThan !== undefined) matching = matching.where('id', '<', olderThan);
  return (await matching.orderBy('id', 'desc').limit(limit).execute()).map(templateFromRow);
}

export async function findReview(db: Database, table: Reviewed, vdnId: number, id: string): Promise<Review | undefined> {
  const row = await db.selectFrom(table).selectAll().where('vdn_id', '=', vdnId).where('id', '=', id).executeTakeFirst();
  return row && reviewFromRow(row);
}

export async function updateReview(db: Database, table: Reviewed, vdnId: number, id: string, review: Review): Promise<void> {
  await db.updateTable(table).set(reviewToRow(review)).where('vdn_id', '=', vdnId).where('id', '=', id).execute();
}

/** Counts one more attempt to tell an outcome, and answers how many that makes; undefined when there is nothing (more) to tell. */
export async function countAttempt(db: Database, table: Reviewed, vdnId: number, id: string, most: number): Promise<number | undefined> {
  const row = await db.updateTable(table).set((eb) => ({ callback_attempts: eb('callback_attempts', '+', 1) }))
    .where('vdn_id', '=', vdnId).where('id', '=', id).where('callback_state', '=', 'pending').where('callback_attempts', '<', most)
    .returning('callback_attempts').executeTakeFirst();
  return row?.callback_attempts;
}

export async function endCallback(db: Database, table: Reviewed, vdnId: number, id: string, state: 'delivered' | 'given-up'): Promise<void> {
  await db.updateTable(table).set({ callback_state: state }).where('vdn_id', '=', vdnId).where('id', '=', id).where('callback_state', '=', 'pending').execute();
}
