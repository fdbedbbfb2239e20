import type { Generated, JSONColumnType } from 'kysely';
import type { CentreEventTable, CentrePersonalTable, CentreSnapshotTable, CentreTable, ProjectionCursorTable } from './centre-tables.ts';
import type { AgentOperationTable, AgentSessionTable, OperationCallTable, OperationDeskTable } from './operation-tables.ts';
import type { CustomerImageTable, FlowRecordingTable, RecordingTable } from './recording-tables.ts';
import type { ExportJobTable, SharedCopyTable, ThirdPartyFileTable } from './export-tables.ts';
import type { FigureDueTable, FigureTable } from './figure-tables.ts';
import type { CallRecordTable, CallSegmentTable } from './records-tables.ts';
import type { InspectionRelationTable, UsagePeakTable, UserGroupMemberTable, UserGroupTable } from './user-group-tables.ts';
import type { AccessKeyTable, AccessTokenTable, AccountPasswordTable, AgentPasswordTable } from './credential-tables.ts';

/**
 * Every table of Parley. Each is led by `vdn_id` (0 is the installation itself), so that a tenant's rows lie together and
 * can be distributed. Times are milliseconds since 1970. `owners` below names the one module that may touch each table.
 */
export interface Tables {
  vdn: VdnTable;
  journal: JournalTable;
  audit: AuditTable;
  account: AccountTable;
  account_password: AccountPasswordTable;
  access_key: AccessKeyTable;
  access_token: AccessTokenTable;
  agent: AgentTable;
  agent_skill: AgentSkillTable;
  agent_password: AgentPasswordTable;
  skill_queue: SkillQueueTable;
  access_code: AccessCodeTable;
  called_route: CalledRouteTable;
  ivr_flow: IvrFlowTable;
  ivr_flow_version: IvrFlowVersionTable;
  survey_config: SurveyConfigTable;
  survey_result: SurveyResultTable;
  voice_file: VoiceFileTable;
  voice_template: VoiceTemplateTable;
  app_setting: AppSettingTable;
  erasure: ErasureTable;
  reason: ReasonTable;
  role_permission: RolePermissionTable;
  trusted_url: TrustedUrlTable;
  callback_address: CallbackAddressTable;
  shared_key: SharedKeyTable;
  number_area: NumberAreaTable;
  widget_key: WidgetKeyTable;
  trunk: TrunkTable;
  toll_limit: TollLimitTable;
  toll_usage: TollUsageTable;
  centre: CentreTable;
  centre_event: CentreEventTable;
  centre_personal: CentrePersonalTable;
  centre_snapshot: CentreSnapshotTable;
  projection_cursor: ProjectionCursorTable;
  recording: RecordingTable;
  customer_image: CustomerImageTable;
  call_record: CallRecordTable;
  call_segment: CallSegmentTable;
  agent_operation: AgentOperationTable;
  agent_session: AgentSessionTable;
  operation_desk: OperationDeskTable;
  operation_call: OperationCallTable;
  skill_figure: FigureTable;
  agent_figure: FigureTable;
  vdn_figure: FigureTable;
  flow_figure: FigureTable;
  agent_work_figure: FigureTable;
  figure_due: FigureDueTable;
  flow_recording: FlowRecordingTable;
  export_job: ExportJobTable;
  third_party_file: ThirdPartyFileTable;
  shared_copy: SharedCopyTable;
  user_group: UserGroupTable;
  user_group_member: UserGroupMemberTable;
  inspection_relation: InspectionRelationTable;
  usage_peak: UsagePeakTable;
}

/** Which module owns a table, and whether it holds personal data that an erasure (5.1.13) must reach. */
export const owners: Readonly<Record<keyof Tables, { readonly owner: string; readonly personal: boolean }>> = {
  vdn: { owner: 'tenant', personal: false },
  journal: { owner: 'engine', personal: false },
  audit: { owner: 'audit', personal: true },
  account: { owner: 'account', personal: true },
  account_password: { owner: 'account', personal: false },
  access_key: { owner: 'access', personal: false },
  access_token: { owner: 'access', personal: false },
  agent: { owner: 'agent', personal: false },
  agent_skill: { owner: 'agent', personal: false },
  agent_password: { owner: 'agent', personal: false },
  skill_queue: { owner: 'queue', personal: false },
  access_code: { owner: 'route', personal: false },
  called_route: { owner: 'route', personal: false },
  ivr_flow: { owner: 'ivr-flow', personal: false },
  ivr_flow_version: { owner: 'ivr-flow', personal: false },
  survey_config: { owner: 'survey', personal: false },
  survey_result: { owner: 'survey', personal: true },
  voice_file: { owner: 'voice', personal: false },
  voice_template: { owner: 'voice', personal: false },
  app_setting: { owner: 'app-setting', personal: true },
  erasure: { owner: 'erasure', personal: true },
  reason: { owner: 'workplace', personal: false },
  role_permission: { owner: 'workplace', personal: false },
  trusted_url: { owner: 'callback', personal: false },
  callback_address: { owner: 'callback', personal: false },
  shared_key: { owner: 'callback', personal: false },
  number_area: { owner: 'number-area', personal: false },
  widget_key: { owner: 'call-token', personal: false },
  trunk: { owner: 'trunk', personal: false },
  toll_limit: { owner: 'toll-limits', personal: false },
  toll_usage: { owner: 'toll-limits', personal: false },
  centre: { owner: 'engine', personal: false },
  centre_event: { owner: 'engine', personal: false },
  centre_personal: { owner: 'engine', personal: true },
  centre_snapshot: { owner: 'engine', personal: true },
  projection_cursor: { owner: 'engine', personal: false },
  recording: { owner: 'recording', personal: true },
  customer_image: { owner: 'customer-image', personal: true },
  call_record: { owner: 'records', personal: true },
  call_segment: { owner: 'records', personal: true },
  agent_operation: { owner: 'agent-operation', personal: true },
  agent_session: { owner: 'agent-operation', personal: true },
  operation_desk: { owner: 'agent-operation', personal: true },
  operation_call: { owner: 'agent-operation', personal: true },
  skill_figure: { owner: 'indicator', personal: false },
  agent_figure: { owner: 'indicator', personal: false },
  vdn_figure: { owner: 'indicator', personal: false },
  flow_figure: { owner: 'indicator', personal: false },
  agent_work_figure: { owner: 'indicator', personal: false },
  figure_due: { owner: 'indicator', personal: false },
  flow_recording: { owner: 'recording', personal: true },
  export_job: { owner: 'export', personal: true },
  third_party_file: { owner: 'voice-share', personal: false },
  shared_copy: { owner: 'voice-share', personal: true },
  user_group: { owner: 'user-group', personal: false },
  user_group_member: { owner: 'user-group', personal: false },
  inspection_relation: { owner: 'user-group', personal: false },
  usage_peak: { owner: 'usage', personal: false },
};

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
