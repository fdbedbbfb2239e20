import { answerCall, answerErrors as errors } from '@parley/contract/gateway/call-answer.ts';
import { releaseCall, releaseCallEx, releaseErrors } from '@parley/contract/gateway/call-release.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Engine } from '../../engine/engine.ts';
import { carryOut } from './carry-out.ts';

/** 6.1.2.3 and 6.1.2.16: taking a call, and hanging up on it. */
export function answerHandlers(engine: Pick<Engine, 'send'>): readonly Handler[] {
  const release = (vdnId: number, agent: number) => carryOut(engine, vdnId, { kind: 'release', agent }, { noCall: releaseErrors.releaseNoCall });
  return [
    handle(answerCall, ({ agentid: agent }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'answer', agent }, { noCall: errors.answerNoCall, wrongState: errors.answerNoCall })),
    handle(releaseCall, ({ agentid: agent }, { vdnId }) => release(vdnId, agent)),
    handle(releaseCallEx, ({ agentid: agent }, { vdnId }) => release(vdnId, agent)),
  ];
}
