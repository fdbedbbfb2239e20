import { callDataErrors as errors, queryCallAppData, setCallAppData, setCallAppDataEx } from '@parley/contract/gateway/call-data.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { callsOf, foremostCall } from '@parley/core/agent/calls.ts';
import { bytesOf, MAX_DATA_BYTES } from '@parley/core/call/call.ts';
import { canonicalCallId } from '@parley/core/call/call-id.ts';
import type { Engine } from '../../engine/engine.ts';
import { refusalOf } from '../online-agent/index.ts';
import { decodeData, encodeData } from './encoding.ts';

/** 6.1.3.2 and 6.1.3.3. What a refusal says of call data is their length. */
export function dataHandlers({ send, view }: Pick<Engine, 'send' | 'view'>): readonly Handler[] {
  const wrong = (message: string) => refuse(gatewayErrors.invalid, { field: 'calldata', message: `calldata ${message}` });

  const set = async (vdnId: number, agent: number, callid: string, data: string | undefined) => {
    if (data === undefined) return wrong('must be base64 of Unicode text, as isDataEncoded says');
    const bytes = bytesOf(data);
    if (bytes > MAX_DATA_BYTES) return wrong(`has ${bytes} bytes, and must have ${MAX_DATA_BYTES} at most`);
    const { refused } = await send(vdnId, { kind: 'setCallData', agent, data, ...(callid === '' ? {} : { call: canonicalCallId(callid) }) });
    return refused === undefined ? {} : refusalOf(refused, agent, { noCall: errors.callDataNoCall, unknownCall: errors.callDataNoCall });
  };

  return [
    handle(queryCallAppData, ({ agentid, isEncodeResult, callid = '' }, { vdnId }) => view(vdnId, ({ agents, calls }) => {
      const agent = agents.get(agentid);
      if (agent === undefined) return refuse(sessionErrors.notSignedIn, { agent: agentid });
      const asked = callid === '' ? foremostCall(agent) : callsOf(agent).find((id) => id === canonicalCallId(callid));
      const call = asked === undefined ? undefined : calls.get(asked);
      if (call === undefined) return refuse(sessionErrors.failed, { message: callid === '' ? 'there is no call' : `the agent has no call ${callid}` });
      return isEncodeResult === 'true' ? encodeData(call.data) : call.data;
    })),

    handle(setCallAppDataEx, ({ agentid, callid = '', calldata = '', isDataEncoded = false }, { vdnId }) =>
      set(vdnId, agentid, callid, isDataEncoded ? decodeData(calldata) : calldata)),

    handle(setCallAppData, ({ agentid, callid = '', calldata = '' }, { vdnId }) => set(vdnId, agentid, callid, calldata)),
  ];
}
