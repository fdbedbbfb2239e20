import { callInner, callOut, dialErrors as errors, previewCallOut } from '@parley/contract/gateway/call-dial.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Engine } from '../../engine/engine.ts';
import { makeCall } from './carry-out.ts';

/** Desktops without absent numbers send 0. */
export const queueOf = (skillid = 0): { readonly queue?: number } => (skillid === 0 ? {} : { queue: skillid });

/** 6.1.2.1, 6.1.2.2 and 6.1.2.4: calls that an agent makes. */
export function dialHandlers(engine: Pick<Engine, 'send'>): readonly Handler[] {
  return [
    handle(callOut, ({ agentid: agent, called, caller = '', skillid, callappdata: data = '' }, { vdnId }) =>
      makeCall(engine, vdnId, { kind: 'dialOut', agent, called, caller, data, ...queueOf(skillid) }, { badNumber: errors.numberNotDialable }, {
        number: called,
      })),
    handle(previewCallOut, ({ agentid: agent, called, callcontrolid: control }, { vdnId }) =>
      makeCall(engine, vdnId, { kind: 'previewCallOut', agent, control, called }, {
        badNumber: errors.numberNotDialable, noPreview: errors.previewMismatch,
      }, { number: called })),
    handle(callInner, ({ agentid: agent, called, caller = '', skillid, callappdata: data = '' }, { vdnId }) =>
      makeCall(engine, vdnId, { kind: 'callInner', agent, called, caller, data, ...queueOf(skillid) })),
  ];
}
