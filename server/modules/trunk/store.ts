import { inOrder, wholeOf, type Kept, type OpenSettings, type Passwords, type TrunkSettings } from '@parley/core/trunk/settings.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import type { Vault } from '../../security/vault.ts';

export interface Trunk {
  readonly id: string;
  readonly settings: OpenSettings;
  readonly createdAt: number;
}

interface SealedTrunk extends Trunk {
  readonly passwords: Uint8Array;
}

/** Sealed for one trunk, so that a row copied to another one opens nothing. */
const belongsTo = (id: string): string => `trunk:${id}`;

const of = (db: Database) => db.selectFrom('trunk').where('vdn_id', '=', INSTALLATION);

async function sealed(db: Database): Promise<readonly SealedTrunk[]> {
  const rows = await of(db).select(['id', 'settings', 'passwords', 'created_at']).execute();
  return inOrder(rows.map((row) => ({ id: row.id, settings: row.settings as OpenSettings, passwords: row.passwords, createdAt: row.created_at })), ({ settings }) => settings);
}

/** In the order in which they are tried; without their passwords. */
export async function readTrunks(db: Database): Promise<readonly Trunk[]> {
  return (await sealed(db)).map(({ passwords: _passwords, ...trunk }) => trunk);
}

/** All trunks with their passwords, in the order in which they are tried: as telephony takes them. */
export async function listTrunks(db: Database, vault: Vault): Promise<readonly TrunkSettings[]> {
  return (await sealed(db)).map((trunk) => wholeOf(opened(vault, trunk)));
}

const opened = (vault: Vault, { id, settings, passwords }: SealedTrunk): Kept =>
  ({ settings, passwords: JSON.parse(vault.open(passwords, belongsTo(id))) as Passwords });

export const sealPasswords = (vault: Vault, id: string, passwords: Passwords): Buffer => vault.seal(JSON.stringify(passwords), belongsTo(id));

/** One with its passwords, for a change of it. */
export async function findTrunk(db: Database, vault: Vault, id: string): Promise<(Kept & Pick<Trunk, 'createdAt'>) | undefined> {
  const found = (await sealed(db)).find((trunk) => trunk.id === id);
  return found && { ...opened(vault, found), createdAt: found.createdAt };
}

export async function insertTrunk(tx: Database, { id, settings, createdAt }: Trunk, passwords: Buffer): Promise<void> {
  await tx.insertInto('trunk').values({ vdn_id: INSTALLATION, id, name: settings.name, settings: JSON.stringify(settings), passwords, created_at: createdAt }).execute();
}

export async function updateTrunk(tx: Database, id: string, settings: OpenSettings, passwords: Buffer): Promise<void> {
  await tx.updateTable('trunk').set({ name: settings.name, settings: JSON.stringify(settings), passwords }).where('vdn_id', '=', INSTALLATION).where('id', '=', id).execute();
}

export async function deleteTrunk(tx: Database, id: string): Promise<void> {
  await tx.deleteFrom('trunk').where('vdn_id', '=', INSTALLATION).where('id', '=', id).execute();
}
