import { errors } from '@parley/contract/admin/family.ts';
import { changeTenant, createTenant, listTenants, setTenantPassword, showTenant } from '@parley/contract/admin/tenant.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import type { Result } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkPassword } from '@parley/core/account/password.ts';
import { CONFIGURATION_AGENT_OFFSET } from '@parley/core/tenant/settings.ts';
import { generatePassword, hashPassword } from '../../security/passwords.ts';
import type { Database } from '../../database/connect.ts';
import { pageOf } from '../../database/page.ts';
import { auditable, changedRecording, checkSettings, createTenantWithDefaults, type TenantCreation } from './create.ts';
import type { Tenant } from './store.ts';

export interface TenantDependencies extends TenantCreation {
  readonly db: Database;
}

const LIMIT = 100;

const present = ({ passwordHash, ...tenant }: Tenant): Result<typeof showTenant> => ({
  ...tenant, configurationAgentId: tenant.vdnId + CONFIGURATION_AGENT_OFFSET, hasPassword: passwordHash !== null,
});

const unknown = (vdnId: number): Refusal => refuse(errors.notFound, { what: 'tenant', id: vdnId });

export function tenantHandlers(deps: TenantDependencies): readonly Handler[] {
  const { db, writer, tenants } = deps;

  /**
   * Changes a tenant through the tenant's own writer, as its decisions see limits and zone, and its own audit trail tells
   * of them.
   */
  const change = async (vdnId: number, by: Context['by'], make: (before: Tenant) => Tenant): Promise<Tenant | Refusal> => {
    if (await tenants.read(db, vdnId) === undefined) return unknown(vdnId);
    return writer.write(vdnId, by, async ({ tx, record }) => {
      const before = await tenants.read(tx, vdnId);
      if (before === undefined) return unknown(vdnId);
      const after = make(before);
      await tenants.update(tx, after);
      record({ what: 'tenant', id: String(vdnId), before: auditable(before), after: { ...auditable(after), ...(after.passwordHash === before.passwordHash ? {} : { passwordChanged: true }) } });
      return after;
    });
  };

  return [
    handle(listTenants, async ({ after = 0, limit = LIMIT }) => {
      const { items, ...rest } = await pageOf(limit, (most) => tenants.page(db, after, most), ({ vdnId }) => vdnId);
      return { tenants: items.map(present), ...rest };
    }),

    handle(createTenant, async (draft, { by }) => {
      const tenant = await createTenantWithDefaults(deps, by, draft);
      return isRefusal(tenant) ? tenant : present(tenant);
    }),

    handle(showTenant, async ({ vdnId }) => {
      const tenant = await tenants.read(db, vdnId);
      return tenant === undefined ? unknown(vdnId) : present(tenant);
    }),

    handle(changeTenant, async ({ vdnId, ...given }, { by }) => {
      const wrong = checkSettings(given);
      if (wrong !== undefined) return wrong;
      const tenant = await change(vdnId, by, (before) => ({
        ...before,
        name: given.name ?? before.name,
        ccId: given.ccId ?? before.ccId,
        timeZone: given.timeZone ?? before.timeZone,
        locale: given.locale ?? before.locale,
        enabled: given.enabled ?? before.enabled,
        limits: given.limits ?? before.limits,
        guidMode: given.guidMode ?? before.guidMode,
        agentPasswordDays: given.agentPasswordDays ?? before.agentPasswordDays,
        recording: changedRecording(before.recording, given.recording),
      }));
      return isRefusal(tenant) ? tenant : present(tenant);
    }),

    handle(setTenantPassword, async ({ vdnId, password }, { by }) => {
      const configurationAgentId = vdnId + CONFIGURATION_AGENT_OFFSET;
      const wrong = password === undefined ? undefined : checkPassword(password, String(configurationAgentId));
      if (wrong !== undefined) return refuse(errors.invalid, { field: 'password', message: wrong });
      if (await tenants.read(db, vdnId) === undefined) return unknown(vdnId);
      const chosen = password ?? generatePassword(20);
      const passwordHash = await hashPassword(chosen);
      const tenant = await change(vdnId, by, (before) => ({ ...before, passwordHash }));
      if (isRefusal(tenant)) return tenant;
      return { configurationAgentId, ...(password === undefined ? { password: chosen } : {}) };
    }),
  ];
}
