/** What a caller said to a flow (13.1.2.1, file type 2): one recording a file. */
export interface FlowRecordingTable {
  vdn_id: number;
  /** Where it lies among all files of recordings. */
  file: string;
  call: string;
  /** The number of whoever speaks. */
  speaker: string;
  caller: string;
  called: string;
  began_at: number;
  ended_at: number | null;
  ms: number | null;
  /** on, stopped, end, failed or lost. */
  state: string;
  /** It names a subject of an erasure, so it goes when it is over. */
  to_erase: boolean;
}

/** A picture of a customer that an agent asked for (6.1.5.5). */
export interface CustomerImageTable {
  vdn_id: number;
  number: number;
  /** As the event of the agent names it (6.5.1.9.3). */
  path: string;
  /** Where it lies among all pictures. */
  file: string;
  call: string;
  agent: number;
  caller: string;
  called: string;
  taken_at: number;
}

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
  /** voice or video. */
  media: string;
  channels: number;
  began_at: number;
  ended_at: number | null;
  ms: number | null;
  /** on, stopped, end, failed or lost. */
  state: string;
  /** It names a subject of an erasure, so it goes when it is over. */
  to_erase: boolean;
}
