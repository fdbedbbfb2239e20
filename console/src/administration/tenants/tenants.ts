import type { listTenants } from '@parley/contract/admin/tenant.ts';
import type { showTollLimits } from '@parley/contract/admin/toll-limits.ts';
import type { Result } from '@parley/contract/operation.ts';

export type Tenant = Result<typeof listTenants>['tenants'][number];
export type TollLimits = Result<typeof showTollLimits>;

export const GUID_MODES = ['server', 'static', 'rotating'] as const;
export const LIMITED = ['agents', 'signedInAgents', 'queues', 'voiceChannels'] as const;
export type Limited = (typeof LIMITED)[number];
export const LOCALES = ['en_US', 'en_GB', 'zh_CN', 'zh_TW', 'de_DE', 'es_ES', 'fr_FR', 'it_IT', 'ja_JP', 'ko_KR', 'nl_NL', 'pl_PL', 'pt_BR', 'ru_RU', 'th_TH', 'tr_TR', 'vi_VN'] as const;

/** A number as it is typed; empty where there is none. */
export type Typed = number | string;

export interface TenantDraft {
  readonly name: string;
  readonly tenantId: string;
  readonly tenantSpaceId: string;
  readonly ccId: Typed;
  readonly timeZone: string;
  readonly locale: string;
  readonly enabled: boolean;
  readonly limits: Readonly<Record<Limited, Typed>>;
  readonly guidMode: Tenant['guidMode'];
  readonly agentPasswordDays: Typed;
  readonly recording: Tenant['recording'];
}

export const newTenant = (timeZone: string): TenantDraft => ({
  name: '', tenantId: '', tenantSpaceId: '', ccId: 1, timeZone, locale: 'en_US', enabled: true, limits: { agents: '', signedInAgents: '', queues: '', voiceChannels: '' }, guidMode: 'server',
  agentPasswordDays: 0, recording: { automatic: false, byAgents: true, toFiles: true },
});

export const draftOf = ({ name, tenantId, tenantSpaceId, ccId, timeZone, locale, enabled, limits, guidMode, agentPasswordDays, recording }: Tenant): TenantDraft => ({
  name, tenantId, tenantSpaceId, ccId, timeZone, locale, enabled, guidMode, agentPasswordDays, recording,
  limits: { agents: limits.agents ?? '', signedInAgents: limits.signedInAgents ?? '', queues: limits.queues ?? '', voiceChannels: limits.voiceChannels ?? '' },
});

/** Numbers that were typed, without those that were left empty. */
const typedNumbers = <Name extends string>(values: Readonly<Record<Name, Typed>>): Partial<Record<Name, number>> =>
  Object.fromEntries(Object.entries<Typed>(values).filter(([, value]) => value !== '').map(([name, value]) => [name, Number(value)])) as Partial<Record<Name, number>>;

/** What both making and changing a tenant send. */
export const settingsOf = ({ name, ccId, timeZone, locale, limits, guidMode, agentPasswordDays, recording }: TenantDraft) => ({
  name: name.trim(), ccId: Number(ccId), timeZone, locale, limits: typedNumbers(limits), guidMode, agentPasswordDays: Number(agentPasswordDays), recording,
});

export const TOLL_AMOUNTS = ['concurrentCalls', 'callsPerMinute', 'callsPerDay', 'minutesPerDay'] as const;
type TollAmount = (typeof TOLL_AMOUNTS)[number];

export interface TollDraft extends Readonly<Record<TollAmount, Typed>> {
  /** Whether the tenant has lists of its own; else those for every tenant hold. */
  readonly hasAllowed: boolean;
  readonly allowed: string[];
  readonly hasDenied: boolean;
  readonly denied: string[];
}

export const tollDraftOf = ({ set, inForce }: TollLimits): TollDraft => ({
  concurrentCalls: set.concurrentCalls ?? '', callsPerMinute: set.callsPerMinute ?? '', callsPerDay: set.callsPerDay ?? '', minutesPerDay: set.minutesPerDay ?? '',
  hasAllowed: set.allowed !== undefined, allowed: [...inForce.allowed], hasDenied: set.denied !== undefined, denied: [...inForce.denied],
});

export const tollSettingsOf = ({ concurrentCalls, callsPerMinute, callsPerDay, minutesPerDay, hasAllowed, allowed, hasDenied, denied }: TollDraft) => ({
  ...typedNumbers({ concurrentCalls, callsPerMinute, callsPerDay, minutesPerDay }), ...(hasAllowed ? { allowed } : {}), ...(hasDenied ? { denied } : {}),
});

const PREFIX = /^\+?[0-9*#]{1,20}$/;
/** The first of the beginnings of numbers that is none. */
export const wrongPrefix = (prefixes: readonly string[]): string | undefined => prefixes.find((prefix) => !PREFIX.test(prefix));
