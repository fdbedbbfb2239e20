import type { JSONColumnType } from 'kysely';

/* The engine's tables: what happened in each contact centre, and where it stands. */

/** One row a contact centre that was ever used. */
export interface CentreTable {
  vdn_id: number;
  /** Raised by whoever takes the centre over: who took it before cannot commit any more. */
  epoch: number;
  /** Number of the newest event. */
  head: number;
  /** Whether something goes on there, so that it must be in memory. */
  alive: boolean;
}

export interface CentreEventTable {
  vdn_id: number;
  seq: number;
  at: number;
  type: string;
  version: number;
  /** What the event is about, so that the story of a call or of an agent is found. */
  call: string | null;
  agent: number | null;
  data: JSONColumnType<object>;
}

/** What is personal in an event, apart from it: erased (5.1.13), it is gone, and the event stays. */
export interface CentrePersonalTable {
  vdn_id: number;
  seq: number;
  call: string | null;
  numbers: string[];
  data: JSONColumnType<object>;
}

/** How far a projection of a contact centre's events has come. */
export interface ProjectionCursorTable {
  vdn_id: number;
  name: string;
  /** The newest event in it. */
  seq: number;
}

export interface CentreSnapshotTable {
  vdn_id: number;
  /** Hours since 1970: a later snapshot of the same hour takes the place of the one before. */
  hour: number;
  /** The newest event in it. */
  seq: number;
  at: number;
  version: number;
  state: string;
}
