import { errors } from '@parley/contract/admin/family.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { INSTALLATION, isLocale, isTimeZone, MAX_VDN_ID, nextVdnId, unknownLimit, type Limits } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import type { By, Writer } from '../../engine/writer.ts';
import { FIRST_RECORDING, type GuidMode, type RecordingSettings, type Tenant, type Tenants } from './store.ts';

export interface TenantCreation {
  readonly writer: Writer;
  readonly tenants: Tenants;
  /** Gives a new tenant its reasons and role permissions. */
  readonly seedWorkplace: (tx: Database, vdnId: number) => Promise<void>;
}

export interface TenantDraft {
  readonly name: string;
  readonly tenantId: string;
  readonly tenantSpaceId?: string | undefined;
  readonly ccId?: number | undefined;
  readonly timeZone?: string | undefined;
  readonly locale?: string | undefined;
  readonly limits?: Limits | undefined;
  readonly guidMode?: GuidMode | undefined;
  readonly agentPasswordDays?: number | undefined;
  readonly recording?: ChangedRecording | undefined;
}

/** What is left out stays as it is. */
export type ChangedRecording = { readonly [Name in keyof RecordingSettings]?: RecordingSettings[Name] | undefined };

export const changedRecording = (before: RecordingSettings, { automatic, byAgents, toFiles }: ChangedRecording = {}): RecordingSettings => ({
  automatic: automatic ?? before.automatic, byAgents: byAgents ?? before.byAgents, toFiles: toFiles ?? before.toFiles,
});

/** 12.3: every VDN belongs to a call centre; an installation of ours is one. */
const CC_ID = 1;

/** What the audit trail says of a tenant: all but the password's hash. */
export const auditable = ({ passwordHash, ...tenant }: Tenant): object => ({ ...tenant, hasPassword: passwordHash !== null });

/** What the schema cannot know of settings: which zones and locales there are, and what is counted. */
export function checkSettings({ timeZone, locale, limits }: Pick<TenantDraft, 'timeZone' | 'locale' | 'limits'>): Refusal | undefined {
  if (timeZone !== undefined && !isTimeZone(timeZone)) return refuse(errors.invalid, { field: 'timeZone', message: `there is no time zone ${timeZone}` });
  if (locale !== undefined && !isLocale(locale)) return refuse(errors.invalid, { field: 'locale', message: `there is no locale ${locale}` });
  const noun = limits && unknownLimit(limits);
  return noun === undefined ? undefined : refuse(errors.invalid, { field: `limits.${noun}`, message: `limits.${noun}: nothing of that name is limited` });
}

/** Creates a tenant with all it is born with, in one write of the installation. */
export async function createTenantWithDefaults({ writer, tenants, seedWorkplace }: TenantCreation, by: By, draft: TenantDraft): Promise<Tenant | Refusal> {
  const wrong = checkSettings(draft);
  if (wrong !== undefined) return wrong;
  return writer.write(INSTALLATION, by, async ({ tx, at, record }) => {
    const tenantSpaceId = draft.tenantSpaceId ?? draft.tenantId;
    const taken = await tenants.whoHas(tx, draft.tenantId, tenantSpaceId);
    if (taken?.tenantId === draft.tenantId) return refuse(errors.exists, { what: 'tenant', id: draft.tenantId });
    if (taken !== undefined) return refuse(errors.exists, { what: 'tenant space', id: tenantSpaceId });
    const vdnId = nextVdnId(await tenants.highestVdnId(tx));
    if (vdnId === undefined) return refuse(errors.conflict, { message: `all ${MAX_VDN_ID} VDN ids have been given out` });
    const tenant: Tenant = {
      vdnId, name: draft.name, tenantId: draft.tenantId, tenantSpaceId, ccId: draft.ccId ?? CC_ID, timeZone: draft.timeZone ?? 'UTC',
      locale: draft.locale ?? 'en_US', enabled: true, limits: draft.limits ?? {}, guidMode: draft.guidMode ?? 'server', agentPasswordDays: draft.agentPasswordDays ?? 0,
      recording: changedRecording(FIRST_RECORDING, draft.recording), passwordHash: null,
    };
    await tenants.insert(tx, tenant, at);
    await seedWorkplace(tx, vdnId);
    record({ what: 'tenant', id: String(vdnId), before: null, after: auditable(tenant) });
    return tenant;
  });
}
