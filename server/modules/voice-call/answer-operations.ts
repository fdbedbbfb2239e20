import { answerCall, answerErrors as errors, rejectCall, requestAppointedCall, snatchPickup } from '@parley/contract/gateway/call-answer.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Engine } from '../../engine/engine.ts';
import { carryOut } from './carry-out.ts';

/** Desktops send an empty id for the call that rings. */
const callOf = (callid: string): { readonly call?: string } => (callid === '' ? {} : { call: callid });

/** 6.1.2.3, 6.1.2.20, 6.1.2.21 and 6.1.2.22: calls that come to an agent, or that the agent fetches. */
export function answerHandlers(engine: Pick<Engine, 'send'>): readonly Handler[] {
  return [
    handle(answerCall, ({ agentid: agent, callid = '' }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'answer', agent, ...callOf(callid) }, {
        noCall: errors.answerNoCall, wrongState: errors.answerNoCall, notYours: errors.answerNoCall,
      })),
    handle(rejectCall, ({ agentid: agent, callid = '', mode }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'reject', agent, mode, ...callOf(callid) }, {
        noCall: errors.answerNoCall, wrongState: errors.rejectNotRinging, notYours: errors.rejectOtherCall, phoneUnavailable: errors.rejectNoPhone,
      }, { call: callid })),
    handle(requestAppointedCall, ({ agentid: agent, callid: call, skillid: queue }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'requestCall', agent, call, queue })),
    handle(snatchPickup, ({ agentid: agent, destWorkNo: target }, { vdnId }) => carryOut(engine, vdnId, { kind: 'snatchPickup', agent, target })),
  ];
}
