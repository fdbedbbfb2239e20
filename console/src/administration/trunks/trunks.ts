import type { createTrunk, listTrunks, showTrunkStatus } from '@parley/contract/admin/trunk.ts';
import type { Input, Result } from '@parley/contract/operation.ts';

export type Trunk = Result<typeof listTrunks>['trunks'][number];
export type TrunkStatus = Result<typeof showTrunkStatus>['trunks'][number];
export type Ban = Result<typeof showTrunkStatus>['bans'][number];
type Settings = Input<typeof createTrunk>;

export const KINDS = ['UDP', 'TCP', 'TLS'] as const;
export const FORMS = ['asGiven', 'plus', 'digits', 'national'] as const;
export const CODECS = ['PCMA', 'PCMU', 'G722', 'opus'] as const;
export const PLANS = ['called', 'caller', 'incomingCalled', 'incomingCaller'] as const;
export type PlanName = (typeof PLANS)[number];

/** A number as it is typed; empty where there is none. */
export type Typed = number | string;

export interface PeerDraft {
  readonly host: string;
  readonly port: Typed;
  readonly kind: (typeof KINDS)[number];
  readonly priority: Typed;
  readonly weight: Typed;
}

export interface RuleDraft {
  readonly pattern: string;
  readonly strip: Typed;
  readonly prepend: string;
}

export interface PlanDraft {
  readonly form: (typeof FORMS)[number];
  readonly rules: readonly RuleDraft[];
}

/** An empty user name is no sign-in; an empty password leaves the one that is kept. */
interface SignInDraft {
  readonly user: string;
  readonly password: string;
}

export interface TrunkDraft {
  readonly name: string;
  readonly priority: Typed;
  readonly peers: readonly PeerDraft[];
  readonly networks: string[];
  readonly domain: string;
  readonly registration: SignInDraft & { readonly domain: string; readonly account: string; readonly minutes: Typed };
  readonly credentials: SignInDraft;
  readonly inbound: SignInDraft;
  readonly numbering: { readonly country: string; readonly national: string; readonly international: string };
  readonly plans: Readonly<Record<PlanName, PlanDraft>>;
  readonly limits: { readonly calls: Typed; readonly callsPerSecond: Typed };
  readonly codecs: string[];
  readonly healthSeconds: Typed;
}

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;
const NO_SIGN_IN: SignInDraft = { user: '', password: '' };
export const NEW_PEER: PeerDraft = { host: '', port: '', kind: 'UDP', priority: '', weight: '' };
export const NEW_RULE: RuleDraft = { pattern: '', strip: '', prepend: '' };
const NEW_PLAN: PlanDraft = { form: 'asGiven', rules: [] };

export const NEW_TRUNK: TrunkDraft = {
  name: '', priority: '', peers: [NEW_PEER], networks: [], domain: '', registration: { ...NO_SIGN_IN, domain: '', account: '', minutes: '' }, credentials: NO_SIGN_IN, inbound: NO_SIGN_IN,
  numbering: { country: '', national: '', international: '' }, plans: { called: NEW_PLAN, caller: NEW_PLAN, incomingCalled: NEW_PLAN, incomingCaller: NEW_PLAN },
  limits: { calls: '', callsPerSecond: '' }, codecs: [], healthSeconds: '',
};

const planDraftOf = (plan: Trunk['called']): PlanDraft => ({
  form: plan?.form ?? 'asGiven', rules: (plan?.rules ?? []).map(({ pattern, strip, prepend }) => ({ pattern, strip: strip ?? '', prepend: prepend ?? '' })),
});

export function draftOf({ name, priority, peers, networks, domain, registration, credentials, inbound, numbering, called, caller, incomingCalled, incomingCaller, limits, codecs, healthMs }: Trunk): TrunkDraft {
  return {
    name, priority: priority ?? '', networks: [...networks ?? []], domain: domain ?? '', codecs: [...codecs ?? []], healthSeconds: healthMs === undefined ? '' : healthMs / SECOND_MS,
    peers: peers.map((peer) => ({ host: peer.host, port: peer.port ?? '', kind: peer.kind, priority: peer.priority ?? '', weight: peer.weight ?? '' })),
    registration: {
      user: registration?.user ?? '', password: '', domain: registration?.domain ?? '', account: registration?.account ?? '',
      minutes: registration?.expiresMs === undefined ? '' : registration.expiresMs / MINUTE_MS,
    },
    credentials: { user: credentials?.user ?? '', password: '' }, inbound: { user: inbound?.user ?? '', password: '' },
    numbering: numbering ?? NEW_TRUNK.numbering,
    plans: { called: planDraftOf(called), caller: planDraftOf(caller), incomingCalled: planDraftOf(incomingCalled), incomingCaller: planDraftOf(incomingCaller) },
    limits: { calls: limits?.calls ?? '', callsPerSecond: limits?.callsPerSecond ?? '' },
  };
}

const amount = (typed: Typed, each = 1): number | undefined => (typed === '' ? undefined : Math.round(Number(typed) * each));
/** What was left empty is left out. */
const without = <T extends object>(values: T): T => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

function planOf({ form, rules }: PlanDraft): Settings['called'] {
  if (form === 'asGiven' && rules.length === 0) return undefined;
  return without({ form, rules: rules.length === 0 ? undefined : rules.map(({ pattern, strip, prepend }) => without({ pattern: pattern.trim(), strip: amount(strip), prepend: prepend === '' ? undefined : prepend })) });
}

const signInOf = ({ user, password }: SignInDraft): { readonly user: string; readonly password?: string } | undefined => (user.trim() === '' ? undefined : { user: user.trim(), ...(password === '' ? {} : { password }) });

/** A trunk is sent as a whole: what is left out is gone, but for passwords. */
export function settingsOf({ name, priority, peers, networks, domain, registration, credentials, inbound, numbering, plans, limits, codecs, healthSeconds }: TrunkDraft): Settings {
  const registered = signInOf(registration);
  const { calls, callsPerSecond } = limits;
  return without<Settings>({
    name: name.trim(), priority: amount(priority), domain: domain.trim() || undefined, networks: networks.length === 0 ? undefined : networks,
    peers: peers.map((peer) => without({ host: peer.host.trim(), port: amount(peer.port), kind: peer.kind, priority: amount(peer.priority), weight: amount(peer.weight) })),
    registration: registered && without({ ...registered, domain: registration.domain.trim() || undefined, account: registration.account.trim() || undefined, expiresMs: amount(registration.minutes, MINUTE_MS) }),
    credentials: signInOf(credentials), inbound: signInOf(inbound), numbering: numbering.country === '' ? undefined : numbering,
    called: planOf(plans.called), caller: planOf(plans.caller), incomingCalled: planOf(plans.incomingCalled), incomingCaller: planOf(plans.incomingCaller),
    limits: calls === '' && callsPerSecond === '' ? undefined : without({ calls: amount(calls), callsPerSecond: amount(callsPerSecond) }),
    codecs: codecs.length === 0 ? undefined : codecs as Settings['codecs'], healthMs: amount(healthSeconds, SECOND_MS),
  });
}

export type Standing = 'notInForce' | 'refused' | 'failed' | 'registering' | 'avoided' | 'up';

/** How a trunk stands, at its worst: what somebody has to look after comes first. */
export function standingOf({ inForce, registration, peers }: TrunkStatus): Standing {
  if (!inForce) return 'notInForce';
  if (registration === 'refused' || registration === 'failed' || registration === 'registering') return registration;
  return peers.length > 0 && peers.every(({ state }) => state !== 'up') ? 'avoided' : 'up';
}
