import { randomUUID } from 'node:crypto';
import { agentForceLogin, agentLogin, agentLoginEx, signInErrors as errors } from '@parley/contract/gateway/agent-session.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Profile } from '@parley/core/agent/agent.ts';
import { isIPv4 } from 'node:net';
import type { Engine } from '../../engine/engine.ts';
import type { FailureLock } from '../../security/failure-lock.ts';
import type { SigningAgent } from '../access/index.ts';
import type { Guids } from './guid.ts';
import type { PushOf } from './push-address.ts';

export interface SignInDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
  readonly guids: Guids;
  readonly lock: FailureLock;
  readonly rotates: (vdnId: number) => Promise<boolean>;
  readonly tenantEnabled: (vdnId: number) => Promise<boolean>;
  readonly agentsByWorkNo: (workNo: number, password: string) => Promise<readonly SigningAgent[]>;
  readonly pushOf: PushOf;
}

/** What the three forms of signing in share (6.1.1.1, 6.1.1.2, 6.1.1.23). */
interface Asked {
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

interface Form {
  readonly force: boolean;
  readonly ctiOnly: boolean;
  /** 6.1.1.1 hangs the phone up unless told, 6.1.1.2 does not. */
  readonly releasePhone: boolean;
}

const STATES: Readonly<Record<number, 'busy' | 'idle' | 'wrapUp'>> = { 3: 'busy', 4: 'idle', 5: 'wrapUp' };
const PHONE = /^[0-9*#+]{1,24}$/;
const MAX_PASSWORD = 32;

/** What is wrong with a sign-in before its password is looked at, in the order of its fields. */
function problemOf(asked: Asked, form: Form): Refusal | undefined {
  const wrong = (message: string): Refusal => refuse(sessionErrors.parameterRefused, { message });
  const { password = '', phonenum = '', agenttype = 4, status = 4, ip = '' } = asked;
  if (password === '' || password.length > MAX_PASSWORD) return wrong('password');
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

export function signInHandlers(deps: SignInDependencies): readonly Handler[] {
  const { engine, guids, lock, rotates, tenantEnabled, agentsByWorkNo, pushOf } = deps;

  /** A work number belongs to a tenant, and nothing names one: the password must tell them apart. */
  const identify = async ({ agentid, password = '' }: Asked, { source, now }: Context): Promise<SigningAgent | Refusal> => {
    const attempt = `C4:${agentid}:${source}`;
    if (lock.lockedFor(attempt, now) > 0) return refuse(gatewayErrors.locked, { message: 'too many wrong passwords; try again later' });
    const found: SigningAgent[] = [];
    for (const agent of await agentsByWorkNo(agentid, password)) if (await tenantEnabled(agent.vdnId)) found.push(agent);
    const [agent, ...others] = found;
    if (agent === undefined || others.length > 0) {
      lock.fail(attempt, now);
      return refuse(errors.signInWrong);
    }
    lock.succeed(attempt);
    return agent;
  };

  const signIn = async (asked: Asked, form: Form, context: Context) => {
    const problem = problemOf(asked, form);
    if (problem !== undefined) return problem;
    const agent = await identify(asked, context);
    if (isRefusal(agent)) return agent;
    const { vdnId } = agent;
    const push = await pushOf(vdnId, asked);
    if (isRefusal(push)) return push;
    const profile: Profile = {
      session: randomUUID(), phone: asked.phonenum ?? '', autoAnswer: asked.autoanswer ?? true, autoEnterIdle: asked.autoenteridle ?? true,
      releasePhone: asked.releasephone ?? form.releasePhone, type: asked.agenttype ?? 4, ip: asked.ip ?? '127.0.0.1',
      phoneLinkage: asked.phonelinkage ?? false, webm: !form.ctiOnly && (asked.checkInWebm ?? true), listensToSessions: asked.listenStatus ?? false,
      mode: push === undefined ? 'poll' : 'push', mobile: false, ctiOnly: form.ctiOnly, mustChangePassword: false,
      ...(push === undefined ? {} : { push }),
    };
    const { refused } = await engine.send(vdnId, { kind: 'signIn', agent: agent.workNo, profile, state: STATES[asked.status ?? 4] ?? 'idle', force: form.force });
    if (refused?.refused === 'alreadySignedIn') return refuse(errors.signedInAlready, { agent: agent.workNo });
    if (refused?.refused === 'limit') return refuse(errors.signInLimit, { limit: refused.message });
    if (refused !== undefined) return refuse(errors.signInUnavailable, { message: refused.message });
    const signedInAt = await engine.view(vdnId, ({ agents }) => agents.get(agent.workNo)?.signedInAt ?? context.now);
    const rotating = profile.mode === 'poll' && await rotates(vdnId);
    const guid = guids.current({ vdnId, agent: agent.workNo, session: profile.session, generation: 0, signedInAt }, rotating, signedInAt);
    context.header('Guid', guid);
    context.header('Set-GUID', `JSESSIONID=${guid}`);
    return {
      vdnid: vdnId, workno: String(agent.workNo), mediatype: `T${profile.webm ? 'T' : 'F'}F`, loginTime: String(signedInAt),
      isForceChange: profile.mustChangePassword ? 'true' as const : 'false' as const, serverName: 'AgentGateway0', timeRemaining: '',
    };
  };

  return [
    handle(agentLogin, (asked, context) => signIn(asked, { force: false, ctiOnly: false, releasePhone: true }, context)),
    handle(agentForceLogin, (asked, context) => signIn(asked, { force: true, ctiOnly: false, releasePhone: false }, context)),
    handle(agentLoginEx, (asked, context) => signIn(asked, { force: false, ctiOnly: true, releasePhone: true }, context)),
  ];
}
