import type { Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { VdnTable } from '../../database/tables.ts';
import type { Writer } from '../../engine/writer.ts';
import { createBelieved } from '../../security/believed.ts';

/** A tenant is one VDN: a contact centre of its own, with its limits and its time zone. */
export interface Tenant {
  readonly vdnId: number;
  readonly name: string;
  readonly tenantId: string;
  readonly tenantSpaceId: string;
  readonly ccId: number;
  readonly timeZone: string;
  readonly locale: string;
  readonly enabled: boolean;
  /** Caps by noun; an absent one is unlimited. */
  readonly limits: Readonly<Record<string, number>>;
  /** Whether the GUIDs of its agents rotate (6.1.4.1), or as the installation has it. */
  readonly guidMode: GuidMode;
  /** For how many days a CTI password is good; 0 for ever. */
  readonly agentPasswordDays: number;
  readonly recording: RecordingSettings;
  readonly passwordHash: string | null;
}

/** What is recorded of its agents' talks (13.1.1). */
export interface RecordingSettings {
  /** All of them. */
  readonly automatic: boolean;
  /** What agents begin and stop. */
  readonly byAgents: boolean;
  /** Into files that agents choose (500-011). */
  readonly toFiles: boolean;
}

/** Nobody is recorded unawares: that all talks are recorded must be switched on. */
export const FIRST_RECORDING: RecordingSettings = { automatic: false, byAgents: true, toFiles: true };

export type GuidMode = 'server' | 'static' | 'rotating';

type Unsaid = 'passwordHash' | 'guidMode' | 'agentPasswordDays' | 'recording';
export type NewTenant = Omit<Tenant, Unsaid> & Partial<Pick<Tenant, Unsaid>>;

export interface Tenants {
  /** Cached: asked on every request. */
  readonly find: (vdnId: number) => Promise<Tenant | undefined>;
  readonly findByTenantId: (tenantId: string) => Promise<Tenant | undefined>;
  /** As it stands in the database; the installation itself is no tenant. */
  readonly read: (db: Database, vdnId: number) => Promise<Tenant | undefined>;
  /** Those of a contact centre that are in service. */
  readonly ofContactCentre: (ccId: number) => Promise<readonly number[]>;
  readonly page: (db: Database, after: number, limit: number) => Promise<readonly Tenant[]>;
  readonly whoHas: (tx: Database, tenantId: string, tenantSpaceId: string) => Promise<Tenant | undefined>;
  readonly highestVdnId: (tx: Database) => Promise<number>;
  readonly insert: (tx: Database, tenant: NewTenant, at: number) => Promise<void>;
  readonly update: (tx: Database, tenant: Tenant) => Promise<void>;
  /** Takes the next work number of the tenant; the writer holds the tenant's row. */
  readonly takeWorkNo: (tx: Database, vdnId: number) => Promise<number>;
  readonly takeDnid: (tx: Database, vdnId: number) => Promise<number>;
}

const fromRow = (row: Selectable<VdnTable>): Tenant => ({
  vdnId: row.vdn_id, name: row.name, tenantId: row.tenant_id, tenantSpaceId: row.tenant_space_id, ccId: row.cc_id,
  timeZone: row.time_zone, locale: row.locale, enabled: row.enabled, limits: row.limits, passwordHash: row.password_hash,
  guidMode: (row.guid_mode ?? 'server') as GuidMode, agentPasswordDays: row.agent_password_days,
  recording: { automatic: row.recording_automatic, byAgents: row.recording_by_agents, toFiles: row.recording_to_files },
});

const toRow = ({ recording = FIRST_RECORDING, ...tenant }: NewTenant) => ({
  name: tenant.name, tenant_id: tenant.tenantId, tenant_space_id: tenant.tenantSpaceId, cc_id: tenant.ccId, time_zone: tenant.timeZone,
  locale: tenant.locale, enabled: tenant.enabled, limits: JSON.stringify(tenant.limits), password_hash: tenant.passwordHash ?? null,
  guid_mode: tenant.guidMode === 'server' ? null : tenant.guidMode ?? null, agent_password_days: tenant.agentPasswordDays ?? 0,
  recording_automatic: recording.automatic, recording_by_agents: recording.byAgents, recording_to_files: recording.toFiles,
});

const MAX_BELIEVED = 10_000;

export function createTenants({ db, writer, clock }: { db: Database; writer: Pick<Writer, 'subscribe'>; clock: () => number }): Tenants {
  const believed = createBelieved<number, Tenant>({ clock, maxEntries: MAX_BELIEVED });
  writer.subscribe(({ change }) => { if (change.what === 'tenant') believed.forget([Number(change.id)]); });

  const select = (from: Database) => from.selectFrom('vdn').selectAll().where('vdn_id', '>', 0);

  const take = async (tx: Database, vdnId: number, column: 'next_work_no' | 'next_dnid'): Promise<number> => {
    const { [column]: next } = await tx.updateTable('vdn').set((eb) => ({ [column]: eb(column, '+', 1) }))
      .where('vdn_id', '=', vdnId).returning(column).executeTakeFirstOrThrow() as Record<typeof column, number>;
    return next - 1;
  };

  return {
    find: (vdnId) => believed.get(vdnId, async () => {
      const row = await db.selectFrom('vdn').selectAll().where('vdn_id', '=', vdnId).executeTakeFirst();
      return row && fromRow(row);
    }),
    findByTenantId: async (tenantId) => {
      const row = await select(db).where('tenant_id', '=', tenantId).executeTakeFirst();
      return row && fromRow(row);
    },
    read: async (from, vdnId) => {
      const row = await select(from).where('vdn_id', '=', vdnId).executeTakeFirst();
      return row && fromRow(row);
    },
    ofContactCentre: async (ccId) => (await db.selectFrom('vdn').select('vdn_id').where('cc_id', '=', ccId).where('vdn_id', '>', 0).where('enabled', '=', true).execute()).map(({ vdn_id: vdnId }) => vdnId),
    page: async (from, after, limit) => (await select(from).where('vdn_id', '>', after).orderBy('vdn_id').limit(limit).execute()).map(fromRow),
    whoHas: async (tx, tenantId, tenantSpaceId) => {
      const row = await select(tx).where((eb) => eb.or([eb('tenant_id', '=', tenantId), eb('tenant_space_id', '=', tenantSpaceId)]))
        .orderBy((eb) => eb('tenant_id', '=', tenantId), 'desc').executeTakeFirst();
      return row && fromRow(row);
    },
    highestVdnId: async (tx) => (await tx.selectFrom('vdn').select((eb) => eb.fn.max('vdn_id').as('highest')).executeTakeFirstOrThrow()).highest,
    insert: async (tx, tenant, at) => {
      await tx.insertInto('vdn').values({ vdn_id: tenant.vdnId, created_at: at, ...toRow(tenant) }).execute();
    },
    update: async (tx, tenant) => {
      await tx.updateTable('vdn').set(toRow(tenant)).where('vdn_id', '=', tenant.vdnId).execute();
    },
    takeWorkNo: (tx, vdnId) => take(tx, vdnId, 'next_work_no'),
    takeDnid: (tx, vdnId) => take(tx, vdnId, 'next_dnid'),
  };
}
