import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';

/** What links the installation to whoever sells it; what is empty is not known. */
export interface OmaSettings {
  readonly softwareCloudUrl: string;
  readonly clientId: string;
  readonly privacyStatementId: string;
  readonly privacyStatementUrl: string;
  readonly portalUrl: string;
}

interface Kept extends Partial<OmaSettings> {
  readonly imcSecretSetAt?: number;
}

export interface OmaRow {
  readonly settings: OmaSettings;
  readonly imcSecretSetAt: number | undefined;
  readonly imcSecret: Buffer | undefined;
}

export async function readOma(db: Database): Promise<OmaRow> {
  const row = await db.selectFrom('oma_setting').selectAll().where('vdn_id', '=', INSTALLATION).executeTakeFirst();
  const { imcSecretSetAt, softwareCloudUrl = '', clientId = '', privacyStatementId = '', privacyStatementUrl = '', portalUrl = '' }: Kept = row?.settings ?? {};
  return { settings: { softwareCloudUrl, clientId, privacyStatementId, privacyStatementUrl, portalUrl }, imcSecretSetAt, imcSecret: row?.imc_secret ?? undefined };
}

export async function saveOma(tx: Database, { settings, imcSecretSetAt, imcSecret }: OmaRow): Promise<void> {
  const kept: Kept = { ...settings, ...(imcSecretSetAt === undefined ? {} : { imcSecretSetAt }) };
  const row = { settings: JSON.stringify(kept), imc_secret: imcSecret ?? null };
  await tx.insertInto('oma_setting').values({ vdn_id: INSTALLATION, ...row }).onConflict((conflict) => conflict.column('vdn_id').doUpdateSet(row)).execute();
}

export async function keepMessage(db: Database, id: string, message: string, at: number): Promise<void> {
  await db.insertInto('imc_message').values({ vdn_id: INSTALLATION, digest: id, message, received_at: at }).onConflict((conflict) => conflict.doNothing()).execute();
}

export async function listMessages(db: Database, { limit, offset }: { readonly limit: number; readonly offset: number }) {
  const query = db.selectFrom('imc_message').where('vdn_id', '=', INSTALLATION);
  const rows = await query.selectAll().orderBy('received_at', 'desc').orderBy('digest').limit(limit).offset(offset).execute();
  const { count } = await query.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return { messages: rows.map(({ digest: id, message, received_at: receivedAt }) => ({ id, message, receivedAt })), total: count };
}

export async function forgetMessages(db: Database, before: number): Promise<void> {
  await db.deleteFrom('imc_message').where('received_at', '<', before).execute();
}
