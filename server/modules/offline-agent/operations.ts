import { randomUUID } from 'node:crypto';
import { isOfflineAgent, offlineAgentErrors as errors, offlineAgentLogin, offlineAgentLogout } from '@parley/contract/configuration/offline-agent.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse, type Refusal, type RefusalKind } from '@parley/contract/refusal.ts';
import type { Profile } from '@parley/core/agent/agent.ts';
import { AGENT_TYPE } from '@parley/core/agent/skills.ts';
import type { Refused, Why } from '@parley/core/centre/refused.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { Engine } from '../../engine/engine.ts';
import { presentMobile } from './present.ts';

export interface OfflineAgentDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
  /** The tenant whose phone has the number. */
  readonly tenantOfPhone: (number: string) => Promise<number | undefined>;
}

const KINDS: Partial<Record<Why, RefusalKind>> = { unknownAgent: errors.offlineAgentUnknown, wrongState: errors.offlineAgentOnCall, notSignedIn: errors.offlineAgentNotOffline };

const refusalOf = ({ refused, message }: Refused, workNo: number): Refusal =>
  refuse(KINDS[refused] ?? errors.offlineAgentRefused, { workNo, message: refused === 'limit' ? `${message} agents are signed in, which is the limit` : message });

/** A session without a workplace: what such an agent cannot do, `signIn` of the core sees to. */
const profileOf = (phone: string): Profile => ({
  session: randomUUID(), phone, autoAnswer: true, autoEnterIdle: true, releasePhone: true, type: AGENT_TYPE.audio, ip: '', phoneLinkage: false, webm: false,
  listensToSessions: false, mode: 'poll', mobile: true, ctiOnly: false, mustChangePassword: false,
});

/** The session of an agent who answers on another phone; undefined for one who does not. */
function mobileSession(centre: Centre, workNo: number): string | undefined | Refusal {
  if (!centre.config.agents.has(workNo)) return refuse(errors.offlineAgentUnknown, { workNo });
  const profile = centre.agents.get(workNo)?.profile;
  return profile?.mobile === true ? profile.session : undefined;
}

/** 6.1.2.26 to 6.1.2.28. */
export function offlineAgentHandlers({ engine, tenantOfPhone }: OfflineAgentDependencies): readonly Handler[] {
  return [
    handle(offlineAgentLogin, async ({ phone, workNo }, { vdnId }) => {
      const owner = await tenantOfPhone(phone);
      if (owner !== undefined && owner !== vdnId) return refuse(errors.offlineAgentRefused, { workNo, message: `the phone ${phone} cannot be used` });
      const profile = profileOf(phone);
      const { refused } = await engine.send(vdnId, { kind: 'signIn', agent: workNo, profile, state: 'idle', force: true, unlessEngaged: true });
      if (refused !== undefined) return refusalOf(refused, workNo);
      const gone = refuse(errors.offlineAgentRefused, { workNo, message: 'the session has been ended already' });
      return engine.view(vdnId, (centre) => presentMobile(centre, workNo, profile.session) ?? gone);
    }),

    handle(offlineAgentLogout, async ({ workNo }, { vdnId }) => {
      const session = await engine.view(vdnId, (centre) => mobileSession(centre, workNo));
      if (session === undefined) return refuse(errors.offlineAgentNotOffline, { workNo });
      if (typeof session !== 'string') return session;
      const { refused } = await engine.send(vdnId, { kind: 'signOut', agent: workNo, session });
      return refused === undefined ? {} : refusalOf(refused, workNo);
    }),

    handle(isOfflineAgent, async ({ workNo }, { vdnId }) => {
      const session = await engine.view(vdnId, (centre) => mobileSession(centre, workNo));
      return typeof session === 'object' ? session : { data: session !== undefined };
    }),
  ];
}
