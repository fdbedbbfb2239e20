import type { Agent } from '../agent/agent.ts';
import { onlyCall } from '../agent/calls.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { bytesOf, MAX_DATA_BYTES } from './call.ts';

export interface CallDataGiven {
  readonly call?: string;
  readonly data: string;
}

/** 6.1.3.3: data of a call that the agent talks in, holds or is offered. They stay with the call wherever it goes. */
export function setCallData(step: Step, agent: Agent, { call: callId, data }: CallDataGiven): Refused | undefined {
  const id = callId ?? onlyCall(agent);
  if (id === undefined || ![agent.call, ...agent.held, ...agent.chats].includes(id)) return refused('noCall', id);
  if (bytesOf(data) > MAX_DATA_BYTES) return refused('tooLarge', 'calldata');
  step.emit({ type: 'CallDataSet', call: id, personal: { data } });
  return undefined;
}
