import type { Generated } from 'kysely';

/* 13.2: what is kept of calls. Times are milliseconds; figures are made of whole seconds, as those who recount what is exported have no others. */

/** One row a call. */
export interface CallRecordTable {
  vdn_id: number;
  call: string;
  began_at: number;
  /** Null while it goes on. */
  ended_at: number | null;
  /** Why it ended (12.3.8.10). */
  cause: number | null;
  caller: string;
  called: string;
  /** Call feature of 6.5.4. */
  feature: number;
  medium: string;
  /** The kind of a session (6.1.5.2). */
  media: number | null;
  /** For a consultation: the call that it is about. */
  about: string | null;
  first_queue: number | null;
  /** The last agent who had it, and the last queue. */
  agent: number | null;
  queue: number | null;
  /** Seconds in flows, queues, at ringing phones and of talk with agents, so far. */
  flow_s: Generated<number>;
  wait_s: Generated<number>;
  ack_s: Generated<number>;
  talk_s: Generated<number>;
  /** It has been in a queue or at an agent. */
  sought: Generated<boolean>;
}

/** One row a device that a call has left; it changes no more. */
export interface CallSegmentTable {
  vdn_id: number;
  call: string;
  row: number;
  is_last: boolean;
  /** queue, agentQueue, agent, flow, number or conference. */
  device: string;
  device_no: string;
  pre_device: string | null;
  pre_device_no: string | null;
  /** Of a flow: its access code, as it was when it was entered. */
  access: string | null;
  pre_access: string | null;
  /** The first flow that the call was in, up to this device. */
  service: number | null;
  enter_reason: number;
  leave_reason: number;
  /** Of the last row: why the call ended. */
  cause: number | null;
  /** Of an agent's row. */
  agent: number | null;
  first_queue: number | null;
  queue: number | null;
  caller: string;
  called: string;
  feature: number;
  medium: string;
  /** Of Table 12-695. */
  media_type: number;
  media: number | null;
  wait_from: number;
  wait_to: number;
  ack_from: number;
  ack_to: number;
  talk_from: number;
  talk_to: number;
  logged_at: number;
  /** The call had not been at a device of this kind before. */
  is_first: boolean;
  /** What kind of device it went to at once; null where it ended, or was nowhere for a while. */
  next_device: string | null;
  /** Seconds in queues since an agent had it last. */
  queued_s: number;
  /** Of the last row: when the call began, whether an agent has talked in it, whether it was in a queue or at an agent, and in a flow; seconds of talk at all of its devices. */
  whole_from: number | null;
  whole_answered: boolean | null;
  whole_sought: boolean | null;
  whole_in_flow: boolean | null;
  whole_talk_s: number | null;
  /** The caller's number was withheld, which is still known when the numbers are erased. */
  anonymous: Generated<boolean>;
  /** Kept by the database: whole seconds of each phase. */
  wait_s: Generated<number>;
  ack_s: Generated<number>;
  talk_s: Generated<number>;
}
