import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

export interface SignedOut {
  readonly agent: number;
  readonly at: number;
  /** 12.3.8.12, type 0. */
  readonly cause: number;
}

/** When those of the agents signed out, and why, whose last session is over: one look into the index an agent, however many sessions there are. */
export async function lastDepartures(db: Database, vdnId: number, agents: readonly number[]): Promise<readonly SignedOut[]> {
  const { rows } = await sql<{ agent: number; at: number | null; cause: number | null }>`
    select agent, last.signed_out_at as at, last.cause from unnest(${[...agents]}::int[]) as asked (agent)
    cross join lateral (
      select signed_out_at, cause from agent_session s where s.vdn_id = ${vdnId} and s.agent = asked.agent order by signed_in_at desc limit 1) last`.execute(db);
  return rows.flatMap(({ agent, at, cause }) => (at === null ? [] : [{ agent, at, cause: cause ?? 0 }]));
}
