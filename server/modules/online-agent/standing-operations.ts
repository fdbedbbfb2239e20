import { syncAgentInfo } from '@parley/contract/gateway/agent-presence.ts';
import { getAgentStatus } from '@parley/contract/gateway/agent-state.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { gatewayStateOf, isTalking } from '@parley/core/agent/projection.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Outbox } from '../agent-event/index.ts';
import { presentStanding, type Look } from './standing.ts';

export interface StandingDependencies {
  readonly engine: Pick<Engine, 'view'>;
  readonly outbox: Pick<Outbox, 'clear'>;
  readonly clock: () => number;
  /** The present call as 6.1.3.1 tells of it. */
  readonly presentCall: (look: Look) => object | undefined;
}

/** 6.1.1.21 and 6.1.1.25. */
export function standingHandlers({ engine, outbox, clock, presentCall }: StandingDependencies): readonly Handler[] {
  return [
    handle(getAgentStatus, ({ agentid }, { vdnId }) => engine.view(vdnId, (centre) => {
      const agent = centre.agents.get(agentid);
      if (agent === undefined) return refuse(sessionErrors.notSignedIn, { agent: agentid });
      return { agentState: gatewayStateOf(centre, agent), isWorking: isTalking(centre, agent) };
    })),

    handle(syncAgentInfo, ({ agentid }, { vdnId }) => engine.view(vdnId, (centre) => {
      const agent = centre.agents.get(agentid);
      if (agent === undefined) return refuse(sessionErrors.notSignedIn, { agent: agentid });
      // In the same breath: what is told here is not told again, and nothing that comes after it is lost.
      outbox.clear(vdnId, agentid);
      const look: Look = { centre, agent, now: clock() };
      const call = presentCall(look);
      return { callinfo: call === undefined ? null : JSON.stringify(call), agentStateInfo: presentStanding(look) };
    })),
  ];
}
