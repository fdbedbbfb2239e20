import { sql, type Selectable } from 'kysely';
import type { Skill } from '@parley/core/agent/skills.ts';
import type { Database } from '../../database/connect.ts';
import type { AgentTable } from '../../database/tables.ts';

/** An agent as decisions know it. What is personal stands with its account; its passwords are read by `listPhones` alone. */
export interface Agent {
  readonly workNo: number;
  readonly account: string;
  readonly agentType: number;
  readonly roleId: number;
  readonly sipNumber: string;
  readonly transparentDisplay: boolean;
  readonly skills: readonly Skill[];
}

/** Both passwords of an agent, sealed. */
export interface SealedPasswords {
  readonly sipPassword: Uint8Array;
  readonly ctiPassword: Uint8Array;
}

export interface SealedSecrets extends SealedPasswords {
  readonly ctiFingerprint: string;
}

export interface SealedPhone extends SealedPasswords {
  readonly workNo: number;
  readonly account: string;
  readonly sipNumber: string;
}

/** What registering as a phone takes; the password is sealed. */
export interface SipPhone {
  readonly vdnId: number;
  readonly workNo: number;
  readonly sipNumber: string;
  readonly sipPassword: Uint8Array;
}

export interface AgentFilter {
  readonly types?: readonly number[] | undefined;
  readonly transparentDisplay?: boolean | undefined;
}

export interface Page {
  readonly number: number;
  readonly size: number;
}

const COLUMNS = ['work_no', 'account', 'agent_type', 'role_id', 'sip_number', 'transparent_display'] as const;

type AgentRow = Pick<Selectable<AgentTable>, (typeof COLUMNS)[number]>;

const of = (db: Database, vdnId: number) => db.selectFrom('agent').where('vdn_id', '=', vdnId);

async function withSkills(db: Database, vdnId: number, rows: readonly AgentRow[]): Promise<readonly Agent[]> {
  const skills = new Map<number, Skill[]>(rows.map((row) => [row.work_no, []]));
  if (rows.length > 0) {
    const bound = await db.selectFrom('agent_skill').selectAll().where('vdn_id', '=', vdnId)
      .where('work_no', '=', sql<number>`any(${[...skills.keys()]}::int[])`).orderBy('queue_id').execute();
    for (const row of bound) skills.get(row.work_no)?.push({ queueId: row.queue_id, agentWeight: row.agent_weight, skillWeight: row.skill_weight });
  }
  return rows.map((row) => ({
    workNo: row.work_no, account: row.account, agentType: row.agent_type, roleId: row.role_id, sipNumber: row.sip_number,
    transparentDisplay: row.transparent_display, skills: skills.get(row.work_no) ?? [],
  }));
}

export async function findAgents(db: Database, vdnId: number, accounts: readonly string[]): Promise<readonly Agent[]> {
  if (accounts.length === 0) return [];
  return withSkills(db, vdnId, await of(db, vdnId).select(COLUMNS).where('account', 'in', [...accounts]).orderBy('work_no').execute());
}

export async function findAgent(db: Database, vdnId: number, account: string): Promise<Agent | undefined> {
  return (await findAgents(db, vdnId, [account]))[0];
}

export async function searchAgents(db: Database, vdnId: number, { types, transparentDisplay }: AgentFilter, page: Page): Promise<{ total: number; agents: readonly Agent[] }> {
  let matching = of(db, vdnId);
  if (types !== undefined && types.length > 0) matching = matching.where('agent_type', '=', sql<number>`any(${[...types]}::int[])`);
  if (transparentDisplay !== undefined) matching = matching.where('transparent_display', '=', transparentDisplay);
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await matching.select(COLUMNS).orderBy('work_no').limit(page.size).offset(page.number * page.size).execute();
  return { total, agents: await withSkills(db, vdnId, rows) };
}

/** All agents by work number, or those of them that are named. */
export async function listAgents(db: Database, vdnId: number, workNos?: readonly number[]): Promise<readonly Agent[]> {
  let wanted = of(db, vdnId);
  if (workNos !== undefined) wanted = wanted.where('work_no', '=', sql<number>`any(${[...workNos]}::int[])`);
  return withSkills(db, vdnId, await wanted.select(COLUMNS).orderBy('work_no').execute());
}

export async function countAgents(db: Database, vdnId: number): Promise<number> {
  const { count } = await of(db, vdnId).select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return count;
}

/** Agents of one queue, by work number. */
export async function searchAgentsOfQueue(db: Database, vdnId: number, queueId: number, page: Page): Promise<{ total: number; agents: readonly Agent[] }> {
  const bound = db.selectFrom('agent_skill').where('vdn_id', '=', vdnId).where('queue_id', '=', queueId);
  const { total } = await bound.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const workNos = bound.select('work_no').orderBy('work_no').limit(page.size).offset(page.number * page.size);
  const rows = await of(db, vdnId).select(COLUMNS).where('work_no', 'in', workNos).orderBy('work_no').execute();
  return { total, agents: await withSkills(db, vdnId, rows) };
}

export async function listAgentsOfQueue(db: Database, vdnId: number, queueId: number): Promise<readonly Agent[]> {
  const bound = db.selectFrom('agent_skill').select('work_no').where('vdn_id', '=', vdnId).where('queue_id', '=', queueId);
  return withSkills(db, vdnId, await of(db, vdnId).select(COLUMNS).where('work_no', 'in', bound).orderBy('work_no').execute());
}

export async function insertAgent(tx: Database, vdnId: number, agent: Agent, { sipPassword, ctiPassword, ctiFingerprint }: SealedSecrets, at: number): Promise<void> {
  await tx.insertInto('agent').values({
    vdn_id: vdnId, work_no: agent.workNo, account: agent.account, agent_type: agent.agentType, role_id: agent.roleId, sip_number: agent.sipNumber,
    sip_password: Buffer.from(sipPassword), cti_password: Buffer.from(ctiPassword), cti_fingerprint: ctiFingerprint,
    transparent_display: agent.transparentDisplay, created_at: at,
  }).execute();
  await insertSkills(tx, vdnId, agent.workNo, agent.skills);
}

export async function updateAgent(tx: Database, vdnId: number, { workNo, agentType, roleId, transparentDisplay, skills }: Agent): Promise<void> {
  await tx.updateTable('agent').set({ agent_type: agentType, role_id: roleId, transparent_display: transparentDisplay })
    .where('vdn_id', '=', vdnId).where('work_no', '=', workNo).execute();
  await tx.deleteFrom('agent_skill').where('vdn_id', '=', vdnId).where('work_no', '=', workNo).execute();
  await insertSkills(tx, vdnId, workNo, skills);
}

async function insertSkills(tx: Database, vdnId: number, workNo: number, skills: readonly Skill[]): Promise<void> {
  if (skills.length === 0) return;
  await tx.insertInto('agent_skill').values(skills.map(({ queueId, agentWeight, skillWeight }) => ({
    vdn_id: vdnId, work_no: workNo, queue_id: queueId, agent_weight: agentWeight, skill_weight: skillWeight,
  }))).execute();
}

/** Skills go with the agent. */
export async function deleteAgent(tx: Database, vdnId: number, workNo: number): Promise<void> {
  await tx.deleteFrom('agent').where('vdn_id', '=', vdnId).where('work_no', '=', workNo).execute();
}

export async function bindAgents(tx: Database, vdnId: number, workNos: readonly number[], { queueId, agentWeight, skillWeight }: Skill): Promise<void> {
  const weights = { agent_weight: agentWeight, skill_weight: skillWeight };
  await tx.insertInto('agent_skill').values(workNos.map((workNo) => ({ vdn_id: vdnId, work_no: workNo, queue_id: queueId, ...weights })))
    .onConflict((conflict) => conflict.columns(['vdn_id', 'work_no', 'queue_id']).doUpdateSet(weights)).execute();
}

export async function unbindAgents(tx: Database, vdnId: number, workNos: readonly number[], queueId: number): Promise<void> {
  await tx.deleteFrom('agent_skill').where('vdn_id', '=', vdnId).where('queue_id', '=', queueId)
    .where('work_no', '=', sql<number>`any(${[...workNos]}::int[])`).execute();
}

const phones = (db: Database, vdnId: number) =>
  of(db, vdnId).select(['work_no as workNo', 'account', 'sip_number as sipNumber', 'sip_password as sipPassword', 'cti_password as ctiPassword']);

export const listPhones = (db: Database, vdnId: number): Promise<readonly SealedPhone[]> => phones(db, vdnId).orderBy('work_no').execute();

export const findPhone = (db: Database, vdnId: number, account: string): Promise<SealedPhone | undefined> =>
  phones(db, vdnId).where('account', '=', account).executeTakeFirst();

export async function saveSipPassword(tx: Database, vdnId: number, workNo: number, sipPassword: Uint8Array): Promise<void> {
  await tx.updateTable('agent').set({ sip_password: Buffer.from(sipPassword) }).where('vdn_id', '=', vdnId).where('work_no', '=', workNo).execute();
}

/** The CTI password of an agent as it stands, when it was set, and those before it, the latest first. */
export async function findCtiPassword(db: Database, vdnId: number, workNo: number, remembered: number) {
  const present = await db.selectFrom('agent').select(['account', 'cti_fingerprint', 'created_at']).where('vdn_id', '=', vdnId).where('work_no', '=', workNo).executeTakeFirst();
  if (present === undefined) return undefined;
  const former = await db.selectFrom('agent_password').select(['cti_fingerprint', 'until']).where('vdn_id', '=', vdnId).where('work_no', '=', workNo)
    .orderBy('until', 'desc').limit(Math.max(1, remembered)).execute();
  return {
    account: present.account, fingerprint: present.cti_fingerprint, setAt: former[0]?.until ?? present.created_at,
    former: former.slice(0, remembered).map((row) => row.cti_fingerprint),
  };
}

/** Whether the password opens an agent of the same number in another tenant: signing in by it would tell the two apart no more. */
export async function isUsedElsewhere(db: Database, vdnId: number, workNo: number, fingerprint: string): Promise<boolean> {
  const other = await db.selectFrom('agent').select('vdn_id')
    .where('work_no', '=', workNo).where('cti_fingerprint', '=', fingerprint).where('vdn_id', '<>', vdnId).executeTakeFirst();
  return other !== undefined;
}

/** Sets a CTI password and remembers the one before it, as long as it counts. */
export async function saveCtiPassword(
  tx: Database, vdnId: number, workNo: number, { ctiPassword, ctiFingerprint }: Pick<SealedSecrets, 'ctiPassword' | 'ctiFingerprint'>, before: string, remembered: number, at: number,
): Promise<void> {
  const former = tx.selectFrom('agent_password').where('vdn_id', '=', vdnId).where('work_no', '=', workNo);
  await tx.updateTable('agent').set({ cti_password: Buffer.from(ctiPassword), cti_fingerprint: ctiFingerprint }).where('vdn_id', '=', vdnId).where('work_no', '=', workNo).execute();
  await tx.insertInto('agent_password').values({ vdn_id: vdnId, work_no: workNo, until: at, cti_fingerprint: before }).execute();
  const oldest = await former.select('until').orderBy('until', 'desc').offset(remembered).limit(1).executeTakeFirst();
  if (oldest !== undefined) await tx.deleteFrom('agent_password').where('vdn_id', '=', vdnId).where('work_no', '=', workNo).where('until', '<=', oldest.until).execute();
}

/** The tenant whose phone has the number, if one's has. */
export async function tenantOfPhone(db: Database, sipNumber: string): Promise<number | undefined> {
  return (await db.selectFrom('agent').select('vdn_id').where('sip_number', '=', sipNumber).executeTakeFirst())?.vdn_id;
}

/** The phones whose numbers are like that, as SQL has it, by number: of these tenants, or of all. */
export const findPhonesLike = (db: Database, like: string, vdnIds: readonly number[] | undefined, limit: number): Promise<readonly { readonly vdnId: number; readonly number: string }[]> =>
  db.selectFrom('agent').select(['vdn_id as vdnId', 'sip_number as number']).where('sip_number', 'like', like)
    .$if(vdnIds !== undefined, (query) => query.where('vdn_id', '=', sql<number>`any(${[...vdnIds ?? []]}::integer[])`))
    .orderBy('sip_number').limit(limit).execute();

/** Those of the tenants that have an agent of that work number. */
export async function tenantsOfAgent(db: Database, vdnIds: readonly number[], workNo: number): Promise<readonly number[]> {
  const rows = await db.selectFrom('agent').select('vdn_id').where('work_no', '=', workNo).where('vdn_id', '=', sql<number>`any(${[...vdnIds]}::int[])`).execute();
  return rows.map(({ vdn_id: vdnId }) => vdnId);
}

/** The phones of those numbers, of whichever tenants. */
export const findSipPhones = (db: Database, sipNumbers: readonly string[]): Promise<readonly SipPhone[]> =>
  db.selectFrom('agent').select(['vdn_id as vdnId', 'work_no as workNo', 'sip_number as sipNumber', 'sip_password as sipPassword'])
    .where('sip_number', '=', sql<string>`any(${[...sipNumbers]}::text[])`).execute();

export async function listSipNumbers(db: Database, vdnId: number): Promise<readonly string[]> {
  return (await of(db, vdnId).select('sip_number').execute()).map((row) => row.sip_number);
}
