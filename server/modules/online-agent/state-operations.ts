import {
  agentRest, cancelBusy, cancelRest, cancelWork, sayBusy, sayFree, sayWork,
} from '@parley/contract/gateway/agent-state.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { StateAsked } from '@parley/core/agent/requests.ts';
import type { Engine } from '../../engine/engine.ts';
import { carryOut } from './carry-out.ts';

export interface StateDependencies {
  readonly engine: Pick<Engine, 'send'>;
}

/** 6.1.1.9 to 6.1.1.15. */
export function stateHandlers({ engine }: StateDependencies): readonly Handler[] {
  const ask = (vdnId: number, agent: number, asked: StateAsked) => carryOut(engine, vdnId, { kind: 'askState', agent, ...asked });
  return [
    handle(sayFree, ({ agentid }, { vdnId }) => ask(vdnId, agentid, { request: 'sayFree' })),
    handle(sayBusy, ({ agentid, reason = 0, prolong = false }, { vdnId }) => ask(vdnId, agentid, { request: 'sayBusy', reason, prolong })),
    handle(cancelBusy, ({ agentid }, { vdnId }) => ask(vdnId, agentid, { request: 'cancelBusy' })),
    handle(agentRest, ({ agentid, time, restcause, prolong = false }, { vdnId }) =>
      ask(vdnId, agentid, { request: 'rest', reason: restcause, ms: time * 1000, prolong })),
    handle(cancelRest, ({ agentid }, { vdnId }) => ask(vdnId, agentid, { request: 'cancelRest' })),
    handle(sayWork, ({ agentid }, { vdnId }) => ask(vdnId, agentid, { request: 'work' })),
    handle(cancelWork, ({ agentid }, { vdnId }) => ask(vdnId, agentid, { request: 'cancelWork' })),
  ];
}
