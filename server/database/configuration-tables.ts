import type { Generated, JSONColumnType } from 'kysely';

/* What tenants are and have configured, and what stands beside it. */

type Json<T extends object> = JSONColumnType<T>;

export interface VdnTable {
  vdn_id: number;
  name: string;
  /** Name of the tenant in the chatbot's and portal's APIs (4.4, 17.1). */
  tenant_id: string;
  tenant_space_id: string;
  cc_id: number;
  time_zone: string;
  locale: string;
  enabled: boolean;
  /** Caps: `{agents, queues, ...}`; an absent one is unlimited. */
  limits: Json<Record<string, number>>;
  /** Password of the VDN's own configuration sign-in (4.6), hashed. */
  password_hash: string | null;
  /** static or rotating (6.1.4.1 AUTHMODE); null for what the installation has. */
  guid_mode: string | null;
  /** For how many days a CTI password is good; 0 for ever. */
  agent_password_days: Generated<number>;
  /** 13.1.1: whether all talks are recorded, whether agents record, and whether they choose files. */
  recording_automatic: Generated<boolean>;
  recording_by_agents: Generated<boolean>;
  recording_to_files: Generated<boolean>;
  next_work_no: Generated<number>;
  next_dnid: Generated<number>;
  /** Head of the tenant's journal; whoever holds this row's lock is its one writer. */
  journal_seq: Generated<number>;
  created_at: number;
}

export interface JournalTable {
  vdn_id: number;
  seq: number;
  at: number;
  type: string;
  version: number;
  data: Json<object>;
}

export interface AuditTable {
  vdn_id: number;
  id: Generated<number>;
  at: number;
  actor: string;
  source: string;
  operation: string;
  what: string;
  what_id: string;
  before: Json<object> | null;
  after: Json<object> | null;
}

export interface AccountTable {
  vdn_id: number;
  account: string;
  name: string;
  role: string;
  email: string;
  phone: string;
  password_hash: string;
  password_changed_at: number;
  /** Wrong passwords in a row (5.1.3: three lock the account for half an hour). */
  failures: Generated<number>;
  locked_until: Generated<number>;
  enabled: Generated<boolean>;
  created_at: number;
}

export interface AgentTable {
  vdn_id: number;
  work_no: number;
  account: string;
  agent_type: number;
  role_id: number;
  sip_number: string;
  sip_password: Buffer;
  cti_password: Buffer;
  /** Finds the agents of all tenants that a work number and its password name (4.6), without opening any password. */
  cti_fingerprint: string;
  transparent_display: Generated<boolean>;
  created_at: number;
}

export interface AgentSkillTable {
  vdn_id: number;
  work_no: number;
  queue_id: number;
  agent_weight: number;
  skill_weight: number;
}

export interface SkillQueueTable {
  vdn_id: number;
  queue_id: number;
  name: string;
  description: string;
  media: number;
  max_wait_seconds: number;
  max_waiting: number;
  max_wrapup_seconds: number;
  treatment: Json<object>;
  created_at: number;
}

export interface AccessCodeTable {
  vdn_id: number;
  id: string;
  code: string;
  media: number;
  service_number: string | null;
  description: string | null;
  /** 1 inbound, 2 outbound, 3 both (5.3.1 numCallAttr). */
  direction: number;
  created_at: number;
}

export interface CalledRouteTable {
  vdn_id: number;
  id: string;
  dnid: number;
  access_code: string;
  ext_code: string;
  media: number;
  /** 1 skill queue, 3 IVR flow. */
  device_type: number;
  device_id: number;
  editable: Generated<number>;
  created_at: number;
}

export interface IvrFlowTable {
  vdn_id: number;
  flow_id: number;
  /** Long form of the id, as 5.4.2 gives it. */
  id: string;
  access_code: string;
  description: string;
  file_name: string;
  flow_type: number;
  loaded: boolean;
  max_calls: number | null;
  /** Of its definition; 0 where there was none yet. */
  version: Generated<number>;
  created_at: number;
}

export interface IvrFlowVersionTable {
  vdn_id: number;
  flow_id: number;
  version: number;
  definition: Json<object>;
  /** What of the tenant's it names, such as `queue:3`. */
  leads_to: string[];
  created_at: number;
}

export interface SurveyConfigTable {
  vdn_id: number;
  enabled: boolean;
  flow_id: number | null;
}

export interface SurveyResultTable {
  vdn_id: number;
  id: string;
  call_id: string;
  channel: string;
  value: string;
  customer: string | null;
  evaluated_at: number;
}

interface Reviewed {
  /** 1 waiting, 2 approved, 3 rejected (5.4.4). */
  status: number;
  comment: string | null;
  callback_url: string | null;
  /** none, pending, delivered or given-up. */
  callback_state: string;
  callback_attempts: Generated<number>;
  decided_by: string | null;
  decided_at: number | null;
  created_at: number;
}

export interface VoiceFileTable extends Reviewed {
  vdn_id: number;
  id: string;
  name: string;
  locale: string;
  voice_type: number;
  duration_ms: number;
  /** Where the file store keeps it. */
  file_key: string;
}

export interface VoiceTemplateTable extends Reviewed {
  vdn_id: number;
  id: string;
  name: string;
  scene: string;
  speed: number;
  volume: number;
  voice: string;
  language: string;
  content: string;
}

export interface AppSettingTable {
  vdn_id: number;
  id: string;
  user_id: string;
  call_type: string | null;
  caller_present: Json<string[]>;
  call_number: Json<string[]>;
  call_number_default: string | null;
  caller_present_default: string | null;
}

export interface ErasureTable {
  vdn_id: number;
  id: string;
  /** What to erase; emptied when done, as it is personal data itself. */
  subjects: Json<string[]>;
  requested_by: string;
  requested_at: number;
  done_at: number | null;
  /** Rows erased, by table. */
  counts: Json<Record<string, number>>;
}

export interface ReasonTable {
  vdn_id: number;
  /** rest or busy. */
  kind: string;
  code: number;
  name: string;
}

export interface RolePermissionTable {
  vdn_id: number;
  role_id: number;
  /** Permission bits of 6.3.8. */
  bits: Json<number[]>;
}

export interface WidgetKeyTable {
  vdn_id: number;
  id: string;
  name: string;
  origins: Json<string[]>;
  access_codes: Json<string[]>;
  calls_per_minute: number;
  enabled: boolean;
  created_at: number;
}

export interface TrustedUrlTable {
  vdn_id: number;
  id: string;
  /** Scheme, host and port, and a path to start with. */
  prefix: string;
  note: string;
  created_at: number;
}

export interface CallbackAddressTable {
  vdn_id: number;
  purpose: string;
  url: string;
  /** Name of the shared key that signs what is sent, if any. */
  shared_key: string | null;
}

export interface SharedKeyTable {
  vdn_id: number;
  name: string;
  secret: Buffer;
  created_at: number;
}

export interface TollLimitTable {
  vdn_id: number;
  settings: Json<object>;
}

/** What the calls of tenants to the outside have used of their limits in the last minute and day. */
export interface TollUsageTable {
  vdn_id: number;
  /** Amounts by when the part of the time began. */
  counts: Json<Record<'minute' | 'day' | 'talk', (readonly [at: number, amount: number])[]>>;
  at: number;
}

/** Trunks are the installation's. */
export interface TrunkTable {
  vdn_id: number;
  id: string;
  name: string;
  /** All but the passwords. */
  settings: Json<object>;
  /** Of its logins, sealed together. */
  passwords: Buffer;
  created_at: number;
}

export interface NumberAreaTable {
  vdn_id: number;
  prefix: string;
  area_code: string;
  province: string;
  city: string;
  city_code: string;
  isp: string;
  post_code: string;
}
