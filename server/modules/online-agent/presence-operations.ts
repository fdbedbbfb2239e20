import { agentHandshake, agentLoginInfo, updateGuid } from '@parley/contract/gateway/agent-presence.ts';
import { agentForceLogout, agentForceLogoutWithReason, agentLogout, signOutErrors } from '@parley/contract/gateway/agent-session.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { handle, type Caller, type Context, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import { SIGN_OUT } from '@parley/core/agent/session.ts';
import type { Engine } from '../../engine/engine.ts';
import type { PhoneAccounts } from '../agent/index.ts';
import type { AgentEvents, Outbox } from '../agent-event/index.ts';
import { carryOut } from './carry-out.ts';
import type { GuidNow } from './guid-now.ts';
import { SERVICE_TOKEN } from './push-address.ts';

export interface PresenceDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
  readonly outbox: Pick<Outbox, 'seen' | 'modeOf'>;
  readonly setToken: AgentEvents['setToken'];
  readonly guidNow: GuidNow;
  readonly phoneToken: PhoneAccounts['tokenFor'];
}

const REASON = /^(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/;

/** The session that asks: one that has just taken its place is not ended by it. */
const sessionOf = ({ session }: Caller) => (session === undefined ? {} : { session });

/** 6.1.1.3, 6.1.1.24, 6.1.1.26 and 6.1.1.18 to 6.1.1.20. */
export function presenceHandlers({ engine, outbox, setToken, guidNow, phoneToken }: PresenceDependencies): readonly Handler[] {
  const end = ({ vdnId, caller }: Pick<Context, 'vdnId' | 'caller'>, agent: number, cause: number) =>
    carryOut(engine, vdnId, { kind: 'signOut', agent, ...sessionOf(caller), force: true, cause });
  return [
    handle(agentHandshake, async ({ agentid }, { vdnId, caller, now, requestHeader }) => {
      const token = requestHeader('service_token') ?? '';
      if (token !== '' && !SERVICE_TOKEN.test(token)) return refuse(sessionErrors.parameterRefused, { message: 'service_token' });
      if (token !== '') setToken(vdnId, agentid, caller.session ?? '', token);
      // Of those who poll, the polls tell whether they are there (6.1.4.1).
      if (outbox.modeOf(vdnId, agentid) === 'push') outbox.seen(vdnId, agentid, now);
      return { loginTime: await engine.view(vdnId, ({ agents }) => String(agents.get(agentid)?.signedInAt ?? '')) };
    }),
    handle(updateGuid, async ({ agentid }, { vdnId, caller, header }) => {
      const outcome = await carryOut(engine, vdnId, { kind: 'renewGuid', agent: agentid });
      if (isRefusal(outcome)) return outcome;
      const guid = await guidNow(vdnId, agentid, caller.session ?? '');
      if (guid === undefined) return refuse(sessionErrors.notSignedIn, { agent: agentid });
      header('Guid', guid);
      header('Set-GUID', `JSESSIONID=${guid}`);
      return { guid };
    }),
    handle(agentLoginInfo, async ({ agentid }, { vdnId, header }) => {
      const phone = await phoneToken(vdnId, agentid);
      if (!phone.ok) {
        return phone.why === 'notSignedIn' ? refuse(sessionErrors.notSignedIn, { agent: agentid })
          : refuse(sessionErrors.failed, { message: 'the agent has not signed in with the phone that is its own' });
      }
      // A password in clear stays out of every cache on its way.
      header('Cache-Control', 'no-store');
      return { phonenum: phone.number, phonetoken: phone.token };
    }),
    handle(agentLogout, ({ agentid: agent }, { vdnId, caller }) => carryOut(engine, vdnId, { kind: 'signOut', agent, ...sessionOf(caller) }, {
      wrongState: signOutErrors.signOutOnCall,
      // Two sign-outs at once both had a session when they came.
      notSignedIn: signOutErrors.signedOutAlready,
    })),
    handle(agentForceLogout, ({ agentid }, context) => end(context, agentid, SIGN_OUT.requested)),
    handle(agentForceLogoutWithReason, ({ agentid, reason }, context) =>
      (REASON.test(reason) ? end(context, agentid, Number(reason)) : Promise.resolve(refuse(signOutErrors.signOutReason)))),
  ];
}
