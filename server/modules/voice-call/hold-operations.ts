import { beginMute, endMute, getHold, holdCall, holdErrors as errors } from '@parley/contract/gateway/call-hold.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Engine } from '../../engine/engine.ts';
import { carryOut } from './carry-out.ts';

/** 6.1.2.6 to 6.1.2.8 and 6.1.2.10: what an agent does to its own part of a call. */
export function holdHandlers(engine: Pick<Engine, 'send'>): readonly Handler[] {
  return [
    handle(beginMute, ({ agentid: agent }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'mute', agent, on: true }, { noCall: errors.muteNoCall, wrongState: errors.muteWrongState })),
    handle(endMute, ({ agentid: agent }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'mute', agent, on: false }, { noCall: errors.unmuteNoCall, wrongState: errors.unmuteWrongState })),
    handle(holdCall, ({ agentid: agent }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'hold', agent }, { noCall: errors.holdNoCall, wrongState: errors.holdWrongState })),
    handle(getHold, ({ agentid: agent, callid = '' }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'retrieve', agent, ...(callid === '' ? {} : { call: callid }) }, {
        noCall: errors.unholdNoCall, wrongState: errors.unholdWrongState,
      })),
  ];
}
