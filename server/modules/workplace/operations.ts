import { errors } from '@parley/contract/admin/family.ts';
import { changeAgentRole, listAgentRoles, PERMISSION_BITS, replaceReasons, showReasons } from '@parley/contract/admin/workplace.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { AGENT_ROLES, checkReasons, isAgentRole, tidyBits } from '@parley/core/tenant/workplace.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import { permissionBitsOf, reasonsOf, savePermissionBits, saveReasons } from './store.ts';

export interface WorkplaceDependencies {
  readonly db: Database;
  readonly writer: Writer;
}

const permissions = Object.entries(PERMISSION_BITS).map(([bit, name]) => ({ bit: Number(bit), name }));
const nameOf = (roleId: number): string => AGENT_ROLES.find((role) => role.roleId === roleId)?.name ?? '';

export function workplaceHandlers({ db, writer }: WorkplaceDependencies): readonly Handler[] {
  return [
    handle(showReasons, async ({ kind }, { vdnId }) => ({ kind, reasons: [...await reasonsOf(db, vdnId, kind)] })),

    handle(replaceReasons, async ({ kind, reasons }, { vdnId, by }) => {
      const wrong = checkReasons(kind, reasons);
      if (wrong !== undefined) return refuse(errors.invalid, { field: 'reasons', message: `reasons: ${wrong}` });
      return writer.write(vdnId, by, async ({ tx, record }) => {
        const before = await reasonsOf(tx, vdnId, kind);
        await saveReasons(tx, vdnId, kind, reasons);
        const after = await reasonsOf(tx, vdnId, kind);
        record({ what: 'reasons', id: kind, before: { reasons: before }, after: { reasons: after } });
        return { kind, reasons: [...after] };
      });
    }),

    handle(listAgentRoles, async (_input, { vdnId }) => ({
      roles: await Promise.all(AGENT_ROLES.map(async ({ roleId, name }) => ({ roleId, name, bits: [...await permissionBitsOf(db, vdnId, roleId)] }))),
      permissions,
    })),

    handle(changeAgentRole, async ({ roleId, bits }, { vdnId, by }) => {
      if (!isAgentRole(roleId)) return refuse(errors.notFound, { what: 'agent role', id: roleId });
      return writer.write(vdnId, by, async ({ tx, record }) => {
        const before = await permissionBitsOf(tx, vdnId, roleId);
        const after = tidyBits(bits);
        await savePermissionBits(tx, vdnId, roleId, after);
        record({ what: 'agent-role', id: String(roleId), before: { roleId, bits: before }, after: { roleId, bits: after } });
        return { roleId, name: nameOf(roleId), bits: [...after] };
      });
    }),
  ];
}
