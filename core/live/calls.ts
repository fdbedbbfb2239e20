import type { Agent } from '../agent/agent.ts';
import { callsOf } from '../agent/calls.ts';
import { customersOf, partOf, type Call } from '../call/call.ts';
import { kindOf } from '../call/kind.ts';
import type { Centre } from '../centre/state.ts';

/** Table 12-470. */
export const CALL_STATUS = { idle: 0, occupied: 1, queued: 2, awaitsAgent: 3, alerting: 4, talk: 5, held: 6, suspended: 7, muted: 8, threeParty: 9 } as const;
export type CallStatus = (typeof CALL_STATUS)[keyof typeof CALL_STATUS];

/** Somebody is sought, by a number or a queue: how far that is. */
function seekingStatus({ legs }: Centre, call: Call): CallStatus {
  if (call.waitingIn.length > 0) return CALL_STATUS.queued;
  if (call.awaits !== undefined) return CALL_STATUS.awaitsAgent;
  const rings = call.offer?.ringing === true || customersOf(call).some(({ leg }) => leg !== undefined && legs.get(leg)?.state === 'ringing');
  return rings ? CALL_STATUS.alerting : CALL_STATUS.occupied;
}

/** How a call stands, seen from an agent who has it or is to have it. */
export function callStatusOf(centre: Centre, call: Call, agent: Agent): CallStatus {
  if (call.awaits?.agent === agent.id) return CALL_STATUS.awaitsAgent;
  if (call.offer?.agent === agent.id) return call.offer.ringing ? CALL_STATUS.alerting : CALL_STATUS.occupied;
  if (call.flow?.returnTo === agent.id) return CALL_STATUS.suspended;
  const part = partOf(call, agent.id);
  if (part === undefined) return CALL_STATUS.idle;
  if (part.held) return CALL_STATUS.held;
  if (agent.call === call.id && agent.state === 'dialling') return seekingStatus(centre, call);
  if (part.muted) return CALL_STATUS.muted;
  return call.parts.length > 2 ? CALL_STATUS.threeParty : CALL_STATUS.talk;
}

/** Whether a call went out from the agent: one to the outside, or to a colleague whom this agent has called. */
export function wentOutFrom(call: Call, agent: number): boolean {
  const kind = kindOf(call);
  if (kind !== 'internal') return kind === 'outbound';
  const [first] = call.visits;
  return first?.device === 'agent' && first.no === String(agent);
}

/** The calls that an agent has, is to have, and those that wait for this agent alone. */
export const allCallsOf = ({ calls }: Centre, agent: Agent): readonly Call[] => [...callsOf(agent), ...agent.ownQueue].flatMap((id) => calls.get(id) ?? []);
