import { agentHandshake, updateGuid } from '@parley/contract/gateway/agent-presence.ts';
import { agentForceLogout, agentForceLogoutWithReason, agentLogout, signOutErrors } from '@parley/contract/gateway/agent-session.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { SIGN_OUT } from '@parley/core/agent/session.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Outbox } from '../agent-event/index.ts';
import type { GuidNow } from './guid-now.ts';
import { SERVICE_TOKEN } from './push-address.ts';
import { refusalOf } from './refusals.ts';

export interface PresenceDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
  readonly outbox: Pick<Outbox, 'seen'>;
  readonly guidNow: GuidNow;
}

const REASON = /^(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/;

/** 6.1.1.3, 6.1.1.24 and 6.1.1.18 to 6.1.1.20. */
export function presenceHandlers({ engine, outbox, guidNow }: PresenceDependencies): readonly Handler[] {
  const end = async (vdnId: number, agent: number, cause: number) => {
    const { refused } = await engine.send(vdnId, { kind: 'signOut', agent, force: true, cause });
    return refused === undefined ? {} : refusalOf(refused, agent);
  };
  return [
    handle(agentHandshake, async ({ agentid }, { vdnId, now, requestHeader }) => {
      const token = requestHeader('service_token');
      if (token !== undefined && token !== '' && !SERVICE_TOKEN.test(token)) return refuse(sessionErrors.parameterRefused, { message: 'service_token' });
      outbox.seen(vdnId, agentid, now);
      return { loginTime: await engine.view(vdnId, ({ agents }) => String(agents.get(agentid)?.signedInAt ?? '')) };
    }),
    handle(updateGuid, async ({ agentid }, { vdnId, header, now }) => {
      const { refused } = await engine.send(vdnId, { kind: 'renewGuid', agent: agentid });
      if (refused !== undefined) return refusalOf(refused, agentid);
      const guid = await guidNow(vdnId, agentid, now);
      if (guid === undefined) return refuse(sessionErrors.notSignedIn, { agent: agentid });
      header('Guid', guid);
      header('Set-GUID', `JSESSIONID=${guid}`);
      return { guid };
    }),
    handle(agentLogout, async ({ agentid }, { vdnId }) => {
      const { refused } = await engine.send(vdnId, { kind: 'signOut', agent: agentid });
      return refused === undefined ? {} : refusalOf(refused, agentid, { wrongState: signOutErrors.signOutOnCall });
    }),
    handle(agentForceLogout, ({ agentid }, { vdnId }) => end(vdnId, agentid, SIGN_OUT.requested)),
    handle(agentForceLogoutWithReason, ({ agentid, reason }, { vdnId }) =>
      (REASON.test(reason) ? end(vdnId, agentid, Number(reason)) : Promise.resolve(refuse(signOutErrors.signOutReason)))),
  ];
}
