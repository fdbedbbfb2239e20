import { refuseCaller, type AuthOutcome, type Authenticator } from '@parley/contract/authentication.ts';
import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { WORK_NO } from '@parley/core/agent/work-number.ts';
import type { Engine } from '../../engine/engine.ts';
import { createFlowControl, isQuery } from './flow-control.ts';
import { vdnOfGuid, type Guids } from './guid.ts';

export interface C4Dependencies {
  readonly engine: Pick<Engine, 'view'>;
  readonly guids: Guids;
  readonly rotates: (vdnId: number) => Promise<boolean>;
  readonly tenantEnabled: (vdnId: number) => Promise<boolean>;
}

const refusedWith = (refusal: Refusal): AuthOutcome => ({ ok: false, why: 'refused', refusal });

/**
 * C4: the GUID of the agent in the path, in the order of codes of 6.5.2: the number, the session, the GUID, flow control.
 * A push agent's GUID does not rotate, since no reply brings it a new one.
 */
export function c4Authenticator({ engine, guids, rotates, tenantEnabled }: C4Dependencies): Authenticator {
  const flow = createFlowControl();
  return {
    needsBody: false,
    authenticate: async ({ op, header, params, now }) => {
      const agent = Number(params['agentid'] ?? '');
      if (!Number.isInteger(agent) || agent < WORK_NO.first || agent > WORK_NO.last) {
        return refusedWith(refuse(gatewayErrors.invalid, { field: 'agentid', message: `agentid must be ${WORK_NO.first} to ${WORK_NO.last}` }));
      }
      const guid = header('guid')?.trim() ?? '';
      const vdnId = vdnOfGuid(guid);
      if (vdnId === undefined || !(await tenantEnabled(vdnId))) return refuseCaller('unauthenticated', 'the header Guid must hold the GUID of the sign-in');
      const session = await engine.view(vdnId, ({ agents }) => {
        const found = agents.get(agent);
        return found && { session: found.profile.session, mode: found.profile.mode, generation: found.guidGeneration, signedInAt: found.signedInAt };
      });
      if (session === undefined) return refusedWith(refuse(sessionErrors.notSignedIn, { agent }));
      const isRotating = session.mode === 'poll' && await rotates(vdnId);
      if (!guids.accepts(guid, { vdnId, agent, ...session }, isRotating, now)) return refuseCaller('unauthenticated', 'the GUID is not of this agent, or has expired');
      if (isQuery(op) && !flow.take(`${vdnId}:${agent}`, now)) return refusedWith(refuse(gatewayErrors.tooMany));
      return { ok: true, caller: { scheme: 'C4', vdnId, actor: `agent:${agent}` } };
    },
  };
}
