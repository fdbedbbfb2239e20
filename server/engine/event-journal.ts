import { CompiledQuery } from 'kysely';
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

/**
 * Each part as one JSON text: to write arrays of a dozen columns and to build the statement anew took longer than all the rest of a commit.
 * What is itself JSON goes as a text within it, in which it may hold what no text of the database may, such as an escaped NUL.
 */
const APPEND = `
  with mine as (
    update centre set head = added.head, alive = added.alive
    from json_to_recordset($1) as added (vdn_id int, epoch bigint, before bigint, head bigint, alive boolean)
    where centre.vdn_id = added.vdn_id and centre.epoch = added.epoch and centre.head = added.before
    returning centre.vdn_id
  ), events as (
    insert into centre_event (vdn_id, seq, at, type, version, call, agent, data)
    select vdn_id, seq, at, type, version, call, agent, data::json
    from json_to_recordset($2) as event (vdn_id int, seq bigint, at bigint, type text, version smallint, call text, agent int, data text) join mine using (vdn_id)
  ), personal as (
    insert into centre_personal (vdn_id, seq, call, numbers, data)
    select vdn_id, seq, call, numbers, data::json
    from json_to_recordset($3) as part (vdn_id int, seq bigint, call text, numbers text[], data text) join mine using (vdn_id)
  )
  select vdn_id from mine`;

async function append(db: Database, additions: readonly Addition[]): Promise<ReadonlySet<number>> {
  const centres: object[] = [];
  const events: object[] = [];
  const parts: object[] = [];
  for (const { vdnId: vdn_id, epoch, before, alive, rows } of additions) {
    centres.push({ vdn_id, epoch, before, head: before + rows.length, alive });
    let seq = before;
    for (const { at, type, version, call, agent, data, personal } of rows) {
      seq += 1;
      events.push({ vdn_id, seq, at, type, version, call, agent, data });
      if (personal !== undefined) parts.push({ vdn_id, seq, call, numbers: personal.numbers.map((number) => number.toWellFormed()), data: personal.data });
    }
  }
  const { rows } = await db.executeQuery<{ vdn_id: number }>(CompiledQuery.raw(APPEND, [JSON.stringify(centres), JSON.stringify(events), JSON.stringify(parts)]));
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
