import { randomUUID } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { agentForceLogin, agentLogin, agentLoginEx, signInErrors as errors } from '@parley/contract/gateway/agent-session.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { daysLeft } from '@parley/core/account/cti-password.ts';
import type { Profile } from '@parley/core/agent/agent.ts';
import { AGENT_TYPE } from '@parley/core/agent/skills.ts';
import type { Engine } from '../../engine/engine.ts';
import type { FailureLock } from '../../security/failure-lock.ts';
import type { SigningAgent } from '../access/index.ts';
import type { GuidNow } from './guid-now.ts';
import type { PushOf } from './push-address.ts';
import { refusalOf, type Codes } from './refusals.ts';

export interface BeginDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
  readonly guidNow: GuidNow;
  /** The tenant whose phone has the number. */
  readonly tenantOfPhone: (number: string) => Promise<number | undefined>;
  readonly pushOf: PushOf;
  /** Whether the phone of that number answers when it is told to (6.1.2.23). */
  readonly canPickUp: (number: string) => Promise<boolean>;
}

export interface SignInDependencies extends BeginDependencies {
  readonly lock: FailureLock;
  /** What the tenant says of its agents' sessions; undefined for one that is switched off. */
  readonly tenant: (vdnId: number) => Promise<{ readonly agentPasswordDays: number } | undefined>;
  readonly agentsByWorkNo: (workNo: number, password: string) => Promise<readonly SigningAgent[]>;
  readonly passwordSetAt: (vdnId: number, workNo: number) => Promise<number | undefined>;
}

/** What the three forms of signing in share (6.1.1.1, 6.1.1.2, 6.1.1.23). */
export interface Asked {
  readonly agentid: number;
  readonly password?: string | undefined;
  readonly phonenum?: string | undefined;
  readonly autoanswer?: boolean | undefined;
  readonly autoenteridle?: boolean | undefined;
  readonly releasephone?: boolean | undefined;
  readonly agenttype?: number | undefined;
  readonly status?: number | undefined;
  readonly ip?: string | undefined;
  readonly phonelinkage?: boolean | undefined;
  readonly checkInWebm?: boolean | undefined;
  readonly vcPhoneNumber?: string | undefined;
  readonly listenStatus?: boolean | undefined;
  readonly callbackUri?: string | undefined;
  readonly serviceToken?: string | undefined;
  readonly pushUrl?: string | undefined;
  readonly serviceworkid?: string | undefined;
}

export interface Form {
  readonly force: boolean;
  readonly ctiOnly: boolean;
  /** 6.1.1.1 hangs the phone up unless told, 6.1.1.2 does not. */
  readonly releasePhone: boolean;
}

const STATES: Readonly<Record<number, 'busy' | 'idle' | 'wrapUp'>> = { 3: 'busy', 4: 'idle', 5: 'wrapUp' };
const PHONE = /^[0-9*#+]{1,24}$/;
const MAX_PASSWORD = 32;

const CODES: Codes = {
  alreadySignedIn: errors.signedInAlready, limit: errors.signInLimit, unknownAgent: errors.signInWrong, noPermission: errors.signInNotForced,
};

/** What is wrong with a sign-in before its password is looked at, in the order of its fields. */
function problemOf(asked: Asked, form: Form): Refusal | undefined {
  const wrong = (message: string): Refusal => refuse(sessionErrors.parameterRefused, { message });
  const { password = '', phonenum = '', agenttype = 4, status = 4, ip = '' } = asked;
  // 6.1.1.23 takes an empty password; no agent has one.
  if ((password === '' && !form.ctiOnly) || password.length > MAX_PASSWORD) return wrong('password');
  if (phonenum === '' && !form.ctiOnly) return wrong('phonenum');
  if (phonenum.length > 24) return wrong('phonenum');
  if (phonenum !== '' && !PHONE.test(phonenum)) return refuse(errors.signInPhone, { phone: phonenum, message: 'it has other characters than digits, * and #' });
  if (agenttype !== 4 && agenttype !== 11) return refuse(errors.signInType, { message: `${agenttype} is neither` });
  if (STATES[status] === undefined) return wrong('status must be 3, 4 or 5');
  if (ip !== '' && !isIPv4(ip)) return refuse(errors.signInAddress);
  if ((asked.vcPhoneNumber ?? '').length > 24) return wrong('vcPhoneNumber');
  if ((asked.serviceworkid ?? '').length > 30) return wrong('serviceworkid');
  return undefined;
}

/** Types of agent that may sign in as video agents (11). */
const VIDEO: ReadonlySet<number> = new Set([AGENT_TYPE.video, AGENT_TYPE.versatile]);

/** A session that has begun. */
export interface Begun {
  readonly profile: Profile;
  readonly guid: string;
  readonly signedInAt: number;
}

/** Begins the session of an agent who is known to be this one, in whichever way; the agent's password may have to be changed first. */
export type BeginSession = (agent: Pick<SigningAgent, 'vdnId' | 'workNo'>, asked: Asked, form: Form, mustChangePassword: boolean) => Promise<Begun | Refusal>;

export function createBeginSession({ engine, guidNow, tenantOfPhone, pushOf, canPickUp }: BeginDependencies): BeginSession {
  /** What is wrong with signing in this agent. */
  const obstacleFor = async ({ vdnId, workNo }: Pick<SigningAgent, 'vdnId' | 'workNo'>, { agenttype, phonenum = '' }: Asked): Promise<Refusal | undefined> => {
    const type = await engine.view(vdnId, ({ config }) => config.agents.get(workNo)?.type);
    if (type === undefined) return refuse(errors.signInWrong);
    if (agenttype === AGENT_TYPE.video && !VIDEO.has(type)) return refuse(errors.signInType, { message: `agent ${workNo} is no video agent` });
    const owner = phonenum === '' ? undefined : await tenantOfPhone(phonenum);
    return owner === undefined || owner === vdnId ? undefined : refuse(errors.signInPhoneForeign, { phone: phonenum });
  };

  return async (agent, asked, form, mustChangePassword) => {
    const { vdnId, workNo } = agent;
    const obstacle = await obstacleFor(agent, asked);
    if (obstacle !== undefined) return obstacle;
    const push = await pushOf(vdnId, asked);
    if (isRefusal(push)) return push;
    const phoneLinked = asked.phonelinkage === true && await canPickUp(asked.phonenum ?? '');
    const profile: Profile = {
      session: randomUUID(), phone: asked.phonenum ?? '', autoAnswer: asked.autoanswer ?? true, autoEnterIdle: asked.autoenteridle ?? true,
      releasePhone: asked.releasephone ?? form.releasePhone, type: asked.agenttype ?? 4, ip: asked.ip ?? '127.0.0.1',
      phoneLinkage: asked.phonelinkage ?? false, phoneLinked, webm: !form.ctiOnly && (asked.checkInWebm ?? true), listensToSessions: asked.listenStatus ?? false,
      mode: push === undefined ? 'poll' : 'push', mobile: false, ctiOnly: form.ctiOnly, mustChangePassword,
      ...(push === undefined ? {} : { push }),
    };
    const { refused } = await engine.send(vdnId, { kind: 'signIn', agent: workNo, profile, state: STATES[asked.status ?? 4] ?? 'idle', force: form.force });
    if (refused?.refused === 'phoneUnavailable') return refuse(errors.signInPhone, { phone: profile.phone, message: refused.message });
    if (refused !== undefined) return refusalOf(refused, workNo, CODES);
    const guid = await guidNow(vdnId, workNo, profile.session);
    const signedInAt = await engine.view(vdnId, ({ agents }) => agents.get(workNo)?.signedInAt);
    // Somebody else has signed in by force meanwhile, or the agent was deleted.
    if (guid === undefined || signedInAt === undefined) return refuse(errors.signInUnavailable, { message: 'the session has been ended already' });
    return { profile, guid, signedInAt };
  };
}

export function signInHandlers(deps: SignInDependencies): readonly Handler[] {
  const { lock, tenant, agentsByWorkNo, passwordSetAt } = deps;
  const beginSession = createBeginSession(deps);

  /** A work number belongs to a tenant, and nothing names one: the password must tell them apart. */
  const identify = async ({ agentid, password = '' }: Asked, { source, now }: Context): Promise<SigningAgent | Refusal> => {
    const attempt = `C4:${agentid}:${source}`;
    const locked = refuse(gatewayErrors.locked, { message: 'too many wrong passwords; try again later' });
    if (lock.lockedFor(attempt, now) > 0) return locked;
    const found: SigningAgent[] = [];
    for (const agent of await agentsByWorkNo(agentid, password)) if (await tenant(agent.vdnId) !== undefined) found.push(agent);
    // Of guesses at once, those that end after the lock has closed count no more.
    if (lock.lockedFor(attempt, now) > 0) return locked;
    const [agent, ...others] = found;
    if (agent === undefined || others.length > 0) {
      lock.fail(attempt, now);
      return refuse(errors.signInWrong);
    }
    lock.succeed(attempt);
    return agent;
  };

  const daysLeftOf = async ({ vdnId, workNo }: SigningAgent, now: number): Promise<number | undefined> => {
    const days = (await tenant(vdnId))?.agentPasswordDays ?? 0;
    return days === 0 ? undefined : daysLeft(await passwordSetAt(vdnId, workNo) ?? now, days, now);
  };

  const signIn = async (asked: Asked, form: Form, context: Context) => {
    const problem = problemOf(asked, form);
    if (problem !== undefined) return problem;
    const agent = await identify(asked, context);
    if (isRefusal(agent)) return agent;
    const { vdnId, workNo } = agent;
    const left = await daysLeftOf(agent, context.now);
    const begun = await beginSession(agent, asked, form, left === 0);
    if (isRefusal(begun)) return begun;
    const { profile, guid, signedInAt } = begun;
    context.header('Guid', guid);
    context.header('Set-GUID', `JSESSIONID=${guid}`);
    return {
      vdnid: vdnId, workno: String(workNo), mediatype: `T${profile.webm ? 'T' : 'F'}F`, loginTime: String(signedInAt),
      isForceChange: profile.mustChangePassword ? 'true' as const : 'false' as const, serverName: 'AgentGateway0', timeRemaining: String(left ?? ''),
    };
  };

  return [
    handle(agentLogin, (asked, context) => signIn(asked, { force: false, ctiOnly: false, releasePhone: true }, context)),
    handle(agentForceLogin, (asked, context) => signIn(asked, { force: true, ctiOnly: false, releasePhone: false }, context)),
    handle(agentLoginEx, (asked, context) => signIn(asked, { force: false, ctiOnly: true, releasePhone: true }, context)),
  ];
}
