import { disconnectNumber, dropCall, releaseCall, releaseCallEx, releaseErrors as errors } from '@parley/contract/gateway/call-release.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Engine } from '../../engine/engine.ts';
import { carryOut } from './carry-out.ts';

/** 6.1.2.15 to 6.1.2.17: hanging up on a call, the current one or another, and on one party of it. */
export function releaseHandlers(engine: Pick<Engine, 'send'>): readonly Handler[] {
  const release = (vdnId: number, agent: number) => carryOut(engine, vdnId, { kind: 'release', agent }, { noCall: errors.releaseNoCall });
  return [
    handle(releaseCall, ({ agentid: agent }, { vdnId }) => release(vdnId, agent)),
    handle(releaseCallEx, ({ agentid: agent }, { vdnId }) => release(vdnId, agent)),
    handle(dropCall, ({ agentid: agent, callid: call }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'dropCall', agent, call }, { noCall: errors.dropNoCall }, { call })),
    handle(disconnectNumber, ({ agentid: agent, number }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'disconnect', agent, number }, {
        noCall: errors.disconnectNoCall, nothing: errors.disconnectNoParty,
      }, { number })),
  ];
}
