import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/** Who a tenant is, for those who sell to it. */
export interface Customer {
  readonly company: string;
  readonly contact: string;
  readonly phone: string;
  readonly email: string;
  /** Of a trial: when it ends. */
  readonly trialUntil: number | null;
}

export interface KnownCustomer extends Customer {
  readonly createdAt: number;
}

export async function findCustomer(db: Database, vdnId: number): Promise<KnownCustomer | undefined> {
  const row = await db.selectFrom('tenant_customer').selectAll().where('vdn_id', '=', vdnId).executeTakeFirst();
  return row && { company: row.company, contact: row.contact, phone: row.phone, email: row.email, trialUntil: row.trial_until, createdAt: row.created_at };
}

export async function saveCustomer(tx: Database, vdnId: number, { company, contact, phone, email, trialUntil }: Customer, at: number): Promise<void> {
  const row = { company, contact, phone, email, trial_until: trialUntil };
  await tx.insertInto('tenant_customer').values({ vdn_id: vdnId, ...row, created_at: at }).onConflict((conflict) => conflict.column('vdn_id').doUpdateSet(row)).execute();
}

/** The tenant of whoever has this number or this mail address. */
export async function tenantOfContact(db: Database, { phone, email }: Pick<Customer, 'phone' | 'email'>): Promise<number | undefined> {
  const row = await db.selectFrom('tenant_customer').select('vdn_id')
    .where((eb) => eb.or([eb('phone', '=', phone), eb(sql<string>`lower(email)`, '=', email.toLowerCase())])).orderBy('vdn_id').limit(1).executeTakeFirst();
  return row?.vdn_id;
}

/** 5.1.13: the tenant stays, and whom to turn to is forgotten. */
export async function forgetContacts(tx: Database, vdnId: number, subjects: readonly string[]): Promise<number> {
  if (subjects.length === 0) return 0;
  const { numUpdatedRows } = await tx.updateTable('tenant_customer').set({ contact: '', phone: '', email: '' }).where('vdn_id', '=', vdnId)
    .where((eb) => eb.or([eb('phone', 'in', [...subjects]), eb('email', 'in', [...subjects]), eb('contact', 'in', [...subjects])])).executeTakeFirst();
  return Number(numUpdatedRows);
}
