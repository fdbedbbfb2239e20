/** A recording of an agent's talk (13.1.1). Several may be in one file, one behind the other. */
export interface RecordingTable {
  vdn_id: number;
  number: number;
  /** As the events of agents name it (6.5.1.4.1). */
  record_id: string;
  path: string;
  /** Where it lies among all files of recordings. */
  file: string;
  call: string;
  agent: number;
  caller: string;
  called: string;
  outbound: boolean;
  /** Whether the tenant had it recorded, and not the agent. */
  automatic: boolean;
  channels: number;
  began_at: number;
  ended_at: number | null;
  ms: number | null;
  /** on, stopped, end, failed or lost. */
  state: string;
  /** It names a subject of an erasure, so it goes when it is over. */
  to_erase: boolean;
}
