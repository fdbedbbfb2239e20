import type { Generated, JSONColumnType } from 'kysely';

/* What agents did (12.3.8.12). Times are milliseconds; figures are made of whole seconds, as those who recount what is exported have no others. */

/** One row an operation that is over; it changes no more. */
export interface AgentOperationTable {
  vdn_id: number;
  /** Rises with what is in the journal. */
  id: number;
  agent: number;
  /** Of Table 12-702. Idle (2) is kept for what is made of it, and never told. */
  type: number;
  /** The work number that the table has for the type; null for none. */
  object: number | null;
  cause: number | null;
  from_at: number;
  to_at: number;
  /** What it is about, as the agent had it then; null where it is about no call. */
  call: string | null;
  queue: number | null;
  /** The first flow that the call was in. */
  service: number | null;
  /** Media type of Table 12-695. */
  media: number | null;
  /** Call feature of 6.5.4, the call type of Table 12-697. */
  feature: number | null;
  /** in or out, seen from the contact centre; null of calls among agents. */
  direction: string | null;
  /** The agent's, the number that a call was transferred to, or the id of a conference. */
  phone: string;
  /** Of a wrap-up: whether the agent has asked for it. */
  manual: boolean | null;
  agent_type: number;
  logon_sn: number;
  skill_info_sn: number | null;
  /** Kept by the database: whole seconds from one to the other. */
  seconds: Generated<number>;
}

/** One row a sign-in. */
export interface AgentSessionTable {
  vdn_id: number;
  logon_sn: number;
  agent: number;
  signed_in_at: number;
  /** Null while it goes on. */
  signed_out_at: number | null;
  /** Why it ended (12.3.8.12, type 0). */
  cause: number | null;
  /** The inspector who has ended it. */
  forced_by: number | null;
  phone: string;
  ip: string;
  agent_type: number;
}

/** What goes on at the desk of an agent who is signed in, as operations are made of it. */
export interface OperationDeskTable {
  vdn_id: number;
  agent: number;
  state: JSONColumnType<object>;
}

/** What is known of a call that goes on, as operations are made of it. */
export interface OperationCallTable {
  vdn_id: number;
  call: string;
  facts: JSONColumnType<object>;
}
