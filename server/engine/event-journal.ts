import { sql } from 'kysely';
import type { Happened } from '@parley/core/centre/event.ts';
import type { Database } from '../database/connect.ts';
import { fromRow, type EventRow } from './event-row.ts';
import { reached } from './journal-away.ts';

/** What one contact centre adds to the journal at once: it goes behind `before`, or nothing of it does. */
export interface Addition {
  readonly vdnId: number;
  readonly epoch: number;
  readonly before: number;
  readonly alive: boolean;
  readonly rows: readonly EventRow[];
}

export interface Entry extends Happened {
  readonly seq: number;
}

export interface StoryFilter {
  readonly call?: string | undefined;
  readonly agent?: number | undefined;
  /** Only events after this one. */
  readonly after?: number | undefined;
}

/** The events of all contact centres, numbered without gaps in each. */
export interface EventJournal {
  /** Takes a contact centre over: whoever had it before cannot commit any more. */
  readonly take: (vdnId: number) => Promise<{ readonly epoch: number; readonly head: number }>;
  /** All at once, in one statement; answers the contact centres that were still ours, the others got nothing. */
  readonly commit: (additions: readonly Addition[]) => Promise<ReadonlySet<number>>;
  /** In order, after one and up to another; the first number missing is an error. */
  readonly read: (vdnId: number, after: number, upTo: number) => AsyncIterable<readonly Entry[]>;
  readonly alive: () => Promise<readonly number[]>;
  readonly isAlive: (vdnId: number) => Promise<boolean>;
  /** Fails when nothing can be written now. */
  readonly probe: () => Promise<void>;
  /** The latest events about a call or an agent, or about all, in order. */
  readonly story: (vdnId: number, filter: StoryFilter, limit: number) => Promise<readonly Entry[]>;
}

/** A read at load may be long. */
const READ_DEADLINE_MS = 30_000;
const PAGE = 5000;

/** Elements of an array literal: the numbers of one row within an array of rows. */
const arrayOf = (texts: readonly string[]): string => `{${texts.map((text) => `"${text.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;

async function append(db: Database, additions: readonly Addition[]): Promise<ReadonlySet<number>> {
  const events = { vdn: [] as number[], seq: [] as number[], at: [] as number[], type: [] as string[], version: [] as number[], call: [] as (string | null)[], agent: [] as (number | null)[], data: [] as string[] };
  const personal = { vdn: [] as number[], seq: [] as number[], call: [] as (string | null)[], numbers: [] as string[], data: [] as string[] };
  for (const { vdnId, before, rows } of additions) {
    let seq = before;
    for (const row of rows) {
      seq += 1;
      events.vdn.push(vdnId);
      events.seq.push(seq);
      events.at.push(row.at);
      events.type.push(row.type);
      events.version.push(row.version);
      events.call.push(row.call);
      events.agent.push(row.agent);
      events.data.push(row.data);
      if (row.personal === undefined) continue;
      personal.vdn.push(vdnId);
      personal.seq.push(seq);
      personal.call.push(row.call);
      personal.numbers.push(arrayOf(row.personal.numbers));
      personal.data.push(row.personal.data);
    }
  }
  const { rows } = await sql<{ vdn_id: number }>`
    with mine as (
      update centre set head = added.head, alive = added.alive
      from unnest(
        ${additions.map(({ vdnId }) => vdnId)}::int[], ${additions.map(({ epoch }) => epoch)}::bigint[], ${additions.map(({ before }) => before)}::bigint[],
        ${additions.map(({ before, rows: { length } }) => before + length)}::bigint[], ${additions.map(({ alive }) => alive)}::boolean[]
      ) as added (vdn_id, epoch, before, head, alive)
      where centre.vdn_id = added.vdn_id and centre.epoch = added.epoch and centre.head = added.before
      returning centre.vdn_id
    ), events as (
      insert into centre_event (vdn_id, seq, at, type, version, call, agent, data)
      select vdn_id, seq, at, type, version, call, agent, data::json
      from unnest(
        ${events.vdn}::int[], ${events.seq}::bigint[], ${events.at}::bigint[], ${events.type}::text[], ${events.version}::smallint[],
        ${events.call}::text[], ${events.agent}::int[], ${events.data}::text[]
      ) as event (vdn_id, seq, at, type, version, call, agent, data) join mine using (vdn_id)
    ), personal as (
      insert into centre_personal (vdn_id, seq, call, numbers, data)
      select vdn_id, seq, call, numbers::text[], data::json
      from unnest(${personal.vdn}::int[], ${personal.seq}::bigint[], ${personal.call}::text[], ${personal.numbers}::text[], ${personal.data}::text[])
        as part (vdn_id, seq, call, numbers, data) join mine using (vdn_id)
    )
    select vdn_id from mine`.execute(db);
  return new Set(rows.map((row) => row.vdn_id));
}

export function createEventJournal(db: Database): EventJournal {
  const events = (vdnId: number) => db.selectFrom('centre_event as e')
    .leftJoin('centre_personal as p', (join) => join.onRef('p.vdn_id', '=', 'e.vdn_id').onRef('p.seq', '=', 'e.seq'))
    .select(['e.seq', 'e.at', 'e.type', 'e.version', 'e.data', 'p.data as personal'])
    .where('e.vdn_id', '=', vdnId);

  return {
    take: async (vdnId) => {
      const taken = db.insertInto('centre').values({ vdn_id: vdnId, epoch: 1, head: 0, alive: false })
        .onConflict((conflict) => conflict.column('vdn_id').doUpdateSet((eb) => ({ epoch: eb('centre.epoch', '+', 1) })))
        .returning(['epoch', 'head']).executeTakeFirstOrThrow();
      return reached(taken);
    },
    commit: (additions) => reached(append(db, additions)),
    read: async function* read(vdnId, after, upTo) {
      for (let last = after; last < upTo;) {
        const rows = await reached(events(vdnId).where('e.seq', '>', last).where('e.seq', '<=', upTo).orderBy('e.seq').limit(PAGE).execute(), READ_DEADLINE_MS);
        for (const { seq } of rows) {
          last += 1;
          if (seq !== last) throw new Error(`event ${last} of the contact centre ${vdnId} is missing`);
        }
        if (rows.length === 0) throw new Error(`the events of the contact centre ${vdnId} end at ${last} instead of ${upTo}`);
        yield rows.map((row) => ({ seq: row.seq, at: row.at, event: fromRow(row) }));
      }
    },
    alive: async () => (await reached(db.selectFrom('centre').select('vdn_id').where('alive', '=', true).orderBy('vdn_id').execute())).map((row) => row.vdn_id),
    isAlive: async (vdnId) => {
      const row = await reached(db.selectFrom('centre').select('alive').where('vdn_id', '=', vdnId).executeTakeFirst());
      return row?.alive ?? false;
    },
    // Touches nothing, but a database that takes no writes refuses it.
    probe: async () => { await reached(db.updateTable('centre').set({ alive: false }).where('vdn_id', '=', -1).execute()); },
    story: async (vdnId, { call, agent, after }, limit) => {
      let wanted = events(vdnId);
      if (call !== undefined) wanted = wanted.where('e.call', '=', call);
      if (agent !== undefined) wanted = wanted.where('e.agent', '=', agent);
      if (after !== undefined) wanted = wanted.where('e.seq', '>', after);
      const rows = await reached(wanted.orderBy('e.seq', 'desc').limit(limit).execute(), READ_DEADLINE_MS);
      return rows.toReversed().map((row) => ({ seq: row.seq, at: row.at, event: fromRow(row) }));
    },
  };
}
