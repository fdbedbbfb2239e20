import { sql } from 'kysely';
import type { Group, GroupKind, Groups } from '@parley/core/user-group/groups.ts';
import type { Database } from '../../database/connect.ts';

/** All groups of a tenant with their members and relations, in the order in which they were made. */
export async function readGroups(db: Database, vdnId: number): Promise<Groups> {
  const rows = await db.selectFrom('user_group').selectAll().where('vdn_id', '=', vdnId).orderBy('no').execute();
  if (rows.length === 0) return [];
  const members = new Map<string, number[]>(rows.map((row) => [row.group_id, []]));
  const inspects = new Map<string, Set<string>>(rows.map((row) => [row.group_id, new Set()]));
  for (const row of await db.selectFrom('user_group_member').select(['group_id', 'work_no']).where('vdn_id', '=', vdnId).orderBy('work_no').execute()) {
    members.get(row.group_id)?.push(row.work_no);
  }
  for (const row of await db.selectFrom('inspection_relation').selectAll().where('vdn_id', '=', vdnId).execute()) inspects.get(row.inspectors)?.add(row.inspected);
  return rows.map((row): Group => {
    const inspected = inspects.get(row.group_id);
    return {
      id: row.group_id, no: row.no, kind: row.kind as GroupKind, name: row.name, remark: row.remark, members: members.get(row.group_id) ?? [],
      inspects: rows.flatMap(({ group_id: id }) => (inspected?.has(id) === true ? [id] : [])),
    };
  });
}

/** The numbers of the groups in which agents are, by work number; of all agents, or of those that are named. */
export async function groupNumbers(db: Database, vdnId: number, workNos?: readonly number[]): Promise<ReadonlyMap<number, number>> {
  let wanted = db.selectFrom('user_group_member as member')
    .innerJoin('user_group as in_group', (join) => join.onRef('in_group.vdn_id', '=', 'member.vdn_id').onRef('in_group.group_id', '=', 'member.group_id'))
    .where('member.vdn_id', '=', vdnId);
  if (workNos !== undefined) wanted = wanted.where('member.work_no', '=', sql<number>`any(${[...workNos]}::int[])`);
  return new Map((await wanted.select(['member.work_no', 'in_group.no']).execute()).map((row) => [row.work_no, row.no]));
}

interface Diff<T> {
  readonly gone: readonly T[];
  readonly come: readonly T[];
}

/** Which of some pairs are there after a change and were not before, and the other way round. */
function diff<T>(pairsOf: (groups: Groups) => readonly T[], before: Groups, after: Groups): Diff<T> {
  const keyed = (groups: Groups): ReadonlyMap<string, T> => new Map(pairsOf(groups).map((pair) => [JSON.stringify(pair), pair]));
  const [was, is] = [keyed(before), keyed(after)];
  return { gone: [...was].flatMap(([key, pair]) => (is.has(key) ? [] : [pair])), come: [...is].flatMap(([key, pair]) => (was.has(key) ? [] : [pair])) };
}

const membersOf = (groups: Groups) => groups.flatMap(({ id, members }) => members.map((workNo) => ({ group_id: id, work_no: workNo })));
const relationsOf = (groups: Groups) => groups.flatMap(({ id, inspects }) => inspects.map((inspected) => ({ inspectors: id, inspected })));

/** Brings the rows of a tenant from one state to the next. */
export async function saveGroups(tx: Database, vdnId: number, before: Groups, after: Groups, at: number): Promise<void> {
  const known = new Map(before.map((group) => [group.id, group]));
  const kept = new Set(after.map(({ id }) => id));
  const [members, relations] = [diff(membersOf, before, after), diff(relationsOf, before, after)];

  const gone = [...known.keys()].filter((id) => !kept.has(id));
  // Members and relations go with their groups.
  if (gone.length > 0) await tx.deleteFrom('user_group').where('vdn_id', '=', vdnId).where('group_id', '=', sql<string>`any(${gone}::text[])`).execute();
  if (members.gone.length > 0) {
    const leaving = members.gone.map((row) => row.work_no);
    await tx.deleteFrom('user_group_member').where('vdn_id', '=', vdnId).where('work_no', '=', sql<number>`any(${leaving}::int[])`).execute();
  }
  for (const { inspectors, inspected } of relations.gone) {
    await tx.deleteFrom('inspection_relation').where('vdn_id', '=', vdnId).where('inspectors', '=', inspectors).where('inspected', '=', inspected).execute();
  }
  for (const { id, no, kind, name, remark } of after) {
    const was = known.get(id);
    if (was === undefined) await tx.insertInto('user_group').values({ vdn_id: vdnId, group_id: id, no, kind, name, remark, created_at: at }).execute();
    else if (was.name !== name || was.remark !== remark) {
      await tx.updateTable('user_group').set({ name, remark }).where('vdn_id', '=', vdnId).where('group_id', '=', id).execute();
    }
  }
  if (members.come.length > 0) {
    await sql`insert into user_group_member (vdn_id, group_id, work_no)
      select ${vdnId}, group_id, work_no from json_populate_recordset(null::user_group_member, ${JSON.stringify(members.come)})`.execute(tx);
  }
  if (relations.come.length > 0) await tx.insertInto('inspection_relation').values(relations.come.map((row) => ({ vdn_id: vdnId, ...row }))).execute();
}
