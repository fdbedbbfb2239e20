import type { Database } from '../../database/connect.ts';
import type { Vault } from '../../security/vault.ts';
import type { SigningAgent } from '../access/index.ts';
import { ctiFingerprint } from './secrets.ts';

/** Sealing takes a new nonce each time: bytes 1 to 12 of what it makes. */
const markOf = (sealed: Uint8Array): string => Buffer.from(sealed.subarray(1, 13)).toString('base64url');

/** The agents of every tenant that have this work number and CTI password: whoever signs in by them names no tenant. */
export async function agentsByWorkNo(db: Database, vault: Vault, workNo: number, password: string): Promise<readonly SigningAgent[]> {
  const rows = await db.selectFrom('agent').select(['vdn_id', 'account', 'cti_password'])
    .where('work_no', '=', workNo).where('cti_fingerprint', '=', ctiFingerprint(vault, workNo, password)).orderBy('vdn_id').execute();
  return rows.map((row) => ({ vdnId: row.vdn_id, workNo, account: row.account, passwordMark: markOf(row.cti_password) }));
}

export async function findSignedAgent(db: Database, vdnId: number, workNo: number): Promise<Pick<SigningAgent, 'account' | 'passwordMark'> | undefined> {
  const row = await db.selectFrom('agent').select(['account', 'cti_password']).where('vdn_id', '=', vdnId).where('work_no', '=', workNo).executeTakeFirst();
  return row && { account: row.account, passwordMark: markOf(row.cti_password) };
}
