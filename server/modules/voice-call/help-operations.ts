import { dialErrors, innerHelp } from '@parley/contract/gateway/call-dial.ts';
import { confJoin, connectHold, holdErrors as errors } from '@parley/contract/gateway/call-hold.ts';
import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import type { Helping } from '@parley/core/call/consult.ts';
import type { Engine } from '../../engine/engine.ts';
import { carryOut, makeCall } from './carry-out.ts';

/** Work numbers and ids of queues; a longer number is nobody's. */
const ID = /^\d{1,9}$/;

/** 6.1.2.5: an agent unless told. */
const helperOf = (devicetype: 1 | 2, id: number): Helping['to'] =>
  (devicetype === 1 ? { device: 'queue', queue: id } : { device: 'agent', agent: id });

/** 6.1.2.5, 6.1.2.9 and 6.1.2.14: a third party to the agent's call, and the agent's two calls brought together. */
export function helpHandlers(engine: Pick<Engine, 'send'>): readonly Handler[] {
  return [
    handle(innerHelp, async ({ agentid: agent, dstaddress, devicetype = 2, mode = 1, callappdata: data = '', holdflag: hold = true }, { vdnId }) => {
      if (!ID.test(dstaddress)) return refuse(gatewayErrors.invalid, { message: 'dstaddress must be a work number or the id of a skill queue' });
      const to = helperOf(devicetype, Number(dstaddress));
      return makeCall(engine, vdnId, {
        kind: 'innerHelp', agent, to, mode: mode === 2 ? 'threeParty' : 'twoParty', data, hold,
      }, { noCall: dialErrors.helpNoCall });
    }),
    handle(connectHold, ({ agentid: agent, callid: call }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'connectHold', agent, call }, {
        noCall: errors.connectNoCall, unknownCall: errors.connectNotHeld, wrongState: errors.connectNotHeld,
      }, { call })),
    handle(confJoin, ({ agentid: agent, callid: call, callappdata: data = '' }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'confJoin', agent, call, data }, {
        noCall: errors.joinNoCall, unknownCall: errors.joinNotHeld, wrongState: errors.joinNotHeld, limit: errors.joinNotHeld,
      }, { call })),
  ];
}
