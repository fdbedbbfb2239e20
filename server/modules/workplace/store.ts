import { AGENT_ROLES, FIRST_BITS, FIRST_REASONS, isAgentRole, type AgentRoleId, type Reason, type ReasonKind } from '@parley/core/tenant/workplace.ts';
import type { Database } from '../../database/connect.ts';

/** Reasons that a tenant's agents may give, by code. */
export async function reasonsOf(db: Database, vdnId: number, kind: ReasonKind): Promise<readonly Reason[]> {
  return db.selectFrom('reason').select(['code', 'name']).where('vdn_id', '=', vdnId).where('kind', '=', kind).orderBy('code').execute();
}

export async function saveReasons(tx: Database, vdnId: number, kind: ReasonKind, reasons: readonly Reason[]): Promise<void> {
  await tx.deleteFrom('reason').where('vdn_id', '=', vdnId).where('kind', '=', kind).execute();
  if (reasons.length === 0) return;
  await tx.insertInto('reason').values(reasons.map(({ code, name }) => ({ vdn_id: vdnId, kind, code, name }))).execute();
}

/** Permission bits (6.3.8) of an agent role; those of a role that no agent can have are none. */
export async function permissionBitsOf(db: Database, vdnId: number, roleId: number): Promise<readonly number[]> {
  if (!isAgentRole(roleId)) return [];
  const row = await db.selectFrom('role_permission').select('bits').where('vdn_id', '=', vdnId).where('role_id', '=', roleId).executeTakeFirst();
  return row?.bits ?? FIRST_BITS[roleId];
}

export async function savePermissionBits(tx: Database, vdnId: number, roleId: AgentRoleId, bits: readonly number[]): Promise<void> {
  const kept = JSON.stringify(bits);
  await tx.insertInto('role_permission').values({ vdn_id: vdnId, role_id: roleId, bits: kept })
    .onConflict((conflict) => conflict.columns(['vdn_id', 'role_id']).doUpdateSet({ bits: kept })).execute();
}

/** What a new tenant begins with, so that its agents can go for a meal on the first day. */
export async function seedWorkplace(tx: Database, vdnId: number): Promise<void> {
  for (const kind of ['rest', 'busy'] as const) await saveReasons(tx, vdnId, kind, FIRST_REASONS[kind]);
  for (const { roleId } of AGENT_ROLES) await savePermissionBits(tx, vdnId, roleId, FIRST_BITS[roleId]);
}
