import { refuseCaller, type AuthOutcome, type Authenticator } from '@parley/contract/authentication.ts';
import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { WORK_NO } from '@parley/core/agent/work-number.ts';
import type { Engine } from '../../engine/engine.ts';
import { createFlowControl, isQuery } from './flow-control.ts';
import { followsRotation, guidOf } from './guid-now.ts';
import type { Guids } from './guid.ts';

export interface C4Dependencies {
  /** Where nothing goes on nobody is signed in. */
  readonly engine: Pick<Engine, 'glance'>;
  readonly guids: Guids;
  readonly rotates: (vdnId: number) => Promise<boolean>;
  /** Undefined for a tenant that is switched off. */
  readonly tenant: (vdnId: number) => Promise<object | undefined>;
  /** Ends the session of an agent who has not been heard of for too long; answers whether that is so. */
  readonly endIfSilent: (vdnId: number, agent: number) => Promise<boolean>;
}

const refusedWith = (refusal: Refusal): AuthOutcome => ({ ok: false, why: 'refused', refusal });

const DIGITS = /^[1-9]\d{0,4}$/;

/** C4: the GUID of the agent in the path, in the order of codes of 6.5.2: the number, the session, the GUID, flow control. */
export function c4Authenticator({ engine, guids, rotates, tenant, endIfSilent }: C4Dependencies): Authenticator {
  const flow = createFlowControl();
  return {
    needsBody: false,
    authenticate: async ({ op, header, params, now }) => {
      const { agentid = '' } = params;
      const agent = DIGITS.test(agentid) ? Number(agentid) : 0;
      if (agent < WORK_NO.first || agent > WORK_NO.last) {
        return refusedWith(refuse(gatewayErrors.invalid, { field: 'agentid', message: `agentid must be ${WORK_NO.first} to ${WORK_NO.last}` }));
      }
      const guid = header('guid')?.trim() ?? '';
      const vdnId = guids.vdnOf(guid);
      if (vdnId === undefined || await tenant(vdnId) === undefined) return refuseCaller('unauthenticated', 'the header Guid must hold the GUID of the sign-in');
      const notSignedIn = (): AuthOutcome => refusedWith(refuse(sessionErrors.notSignedIn, { agent }));
      if (await endIfSilent(vdnId, agent)) return notSignedIn();
      const rotating = await rotates(vdnId);
      const found = await engine.glance(vdnId, ({ agents }) => {
        const signedIn = agents.get(agent);
        if (signedIn === undefined) return undefined;
        return { session: signedIn.profile.session, fits: guids.accepts(guid, guidOf(vdnId, signedIn), rotating && followsRotation(signedIn), now) };
      });
      if (found === undefined) return notSignedIn();
      if (!found.fits) return refuseCaller('unauthenticated', 'the GUID is not of this agent, or has expired');
      if (isQuery(op) && !flow.take(`${vdnId}:${agent}`, now)) return refusedWith(refuse(gatewayErrors.tooMany));
      return { ok: true, caller: { scheme: 'C4', vdnId, actor: `agent:${agent}`, session: found.session } };
    },
  };
}
