import type {
  VdnTable, JournalTable, AuditTable, AccountTable, AgentTable, AgentSkillTable, SkillQueueTable, AccessCodeTable, CalledRouteTable, IvrFlowTable,
  IvrFlowVersionTable, SurveyConfigTable, SurveyResultTable, VoiceFileTable, VoiceTemplateTable, AppSettingTable, ErasureTable, ReasonTable,
  RolePermissionTable, WidgetKeyTable, TrustedUrlTable, CallbackAddressTable, SharedKeyTable, TollLimitTable, TollUsageTable, TrunkTable,
  NumberAreaTable,
} from './configuration-tables.ts';
import type { CentreEventTable, CentrePersonalTable, CentreSnapshotTable, CentreTable, ProjectionCursorTable } from './centre-tables.ts';
import type { CallOutcomeTable, OutcomeTable } from './outcome-tables.ts';
import type { AgentOperationTable, AgentSessionTable, OperationCallTable, OperationDeskTable } from './operation-tables.ts';
import type { CustomerImageTable, FlowRecordingTable, RecordingTable } from './recording-tables.ts';
import type { ExportJobTable, SharedCopyTable, ThirdPartyFileTable } from './export-tables.ts';
import type { DailyTable, FigureDueTable, FigureTable } from './figure-tables.ts';
import type {
  ImcMessageTable, LetterTable, OmaSettingTable, TenantCustomerTable, TenantOrderTable, TrialAccessCodeTable, TrialClaimTable, TrialCodeTable, TrialMailDayTable, TrialSettingTable,
} from './order-tables.ts';
import type { CallRecordTable, CallSegmentTable } from './records-tables.ts';
import type { OfficeTable, SystemSampleTable } from './system-tables.ts';
import type { InspectionRelationTable, UsagePeakTable, UserGroupMemberTable, UserGroupTable } from './user-group-tables.ts';
import type { AccessKeyTable, AccessTokenTable, AccountPasswordTable, AgentPasswordTable } from './credential-tables.ts';

export type * from './configuration-tables.ts';

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
  outcome: OutcomeTable;
  call_outcome: CallOutcomeTable;
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
  inbound_day: DailyTable;
  outbound_day: DailyTable;
  figure_due: FigureDueTable;
  flow_recording: FlowRecordingTable;
  export_job: ExportJobTable;
  third_party_file: ThirdPartyFileTable;
  shared_copy: SharedCopyTable;
  user_group: UserGroupTable;
  user_group_member: UserGroupMemberTable;
  inspection_relation: InspectionRelationTable;
  usage_peak: UsagePeakTable;
  office: OfficeTable;
  system_sample: SystemSampleTable;
  tenant_customer: TenantCustomerTable;
  tenant_order: TenantOrderTable;
  oma_setting: OmaSettingTable;
  imc_message: ImcMessageTable;
  trial_setting: TrialSettingTable;
  trial_code: TrialCodeTable;
  trial_claim: TrialClaimTable;
  trial_access_code: TrialAccessCodeTable;
  trial_mail_day: TrialMailDayTable;
  letter: LetterTable;
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
  outcome: { owner: 'outcome', personal: false },
  call_outcome: { owner: 'outcome', personal: true },
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
  inbound_day: { owner: 'indicator', personal: true },
  outbound_day: { owner: 'indicator', personal: true },
  figure_due: { owner: 'indicator', personal: false },
  flow_recording: { owner: 'recording', personal: true },
  export_job: { owner: 'export', personal: true },
  third_party_file: { owner: 'voice-share', personal: false },
  shared_copy: { owner: 'voice-share', personal: true },
  user_group: { owner: 'user-group', personal: false },
  user_group_member: { owner: 'user-group', personal: false },
  inspection_relation: { owner: 'user-group', personal: false },
  usage_peak: { owner: 'usage', personal: false },
  office: { owner: 'system-indicator', personal: false },
  system_sample: { owner: 'system-indicator', personal: false },
  tenant_customer: { owner: 'order', personal: true },
  tenant_order: { owner: 'order', personal: false },
  oma_setting: { owner: 'order', personal: false },
  imc_message: { owner: 'order', personal: false },
  trial_setting: { owner: 'trial', personal: false },
  trial_code: { owner: 'trial', personal: false },
  trial_claim: { owner: 'trial', personal: false },
  trial_access_code: { owner: 'trial', personal: false },
  trial_mail_day: { owner: 'trial', personal: false },
  letter: { owner: 'letter', personal: false },
};
