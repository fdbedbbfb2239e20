import { DEVICE, type Stay } from './stays.ts';

/* Every indicator that is made of calls, written down from its description alone (12.3.8.1). */

export type Figures = Readonly<Record<string, string>>;

const WITHIN = [3, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60];

const isAgent = ({ device }: Stay): boolean => device === DEVICE.agent;
const isQueue = ({ device }: Stay): boolean => device === DEVICE.queue;
const isFlow = ({ device }: Stay): boolean => device === DEVICE.flow;
const isLast = ({ number }: Stay): boolean => number === -1;
const byUser = ({ leave }: Stay): boolean => leave === 15;
const byAgent = ({ leave }: Stay): boolean => leave === 16 || leave === 50;
const talks = ({ talked }: Stay): boolean => talked > 0;
const rings = ({ rang }: Stay): boolean => rang > 0;
const waitOf = (stay: Stay): number => stay.queued + (isAgent(stay) ? stay.rang : 0);

const total = (stays: readonly Stay[], of: (stay: Stay) => number): number => stays.reduce((sum, stay) => sum + of(stay), 0);
const quotient = (sum: number, times: number): string => String(times === 0 ? 0 : Math.round(sum / times));
const percent = (part: number, whole: number): string => (whole === 0 ? '0' : ((part * 100) / whole).toFixed(2));
const texts = (figures: Readonly<Record<string, number | string>>): Figures => Object.fromEntries(Object.entries(figures).map(([code, value]) => [code, String(value)]));

/** Calls that come in for queues, by the first one; `stays` are those of that queue. */
export function countSkill(all: readonly Stay[]): Figures {
  const stays = all.filter(({ way }) => way === 'in');
  const requests = stays.filter((stay) => isAgent(stay) || (isQueue(stay) && isLast(stay)));
  const connected = requests.filter((stay) => isAgent(stay) && talks(stay));
  const lost = requests.filter((stay) => !connected.includes(stay));
  const unanswered = stays.filter((stay) => isAgent(stay) && !talks(stay));
  const given = stays.filter((stay) => isQueue(stay) && isLast(stay));
  const inQueue = given.filter(byUser);
  const inRing = unanswered.filter(byUser);
  const gone = (reason: number, device: number): number => stays.filter((stay) => isQueue(stay) && stay.leave === reason && stay.next === device).length;
  const waits = requests.map(waitOf);
  const figures: Record<string, number | string> = {
    IDX_COUNT_SKILL_REQUEST: requests.length,
    IDX_COUNT_SKILL_INCOMING_CALL: new Set(stays.filter((stay) => isQueue(stay) && stay.media === 5 && stay.isQueuesFirst).map(({ call }) => call)).size,
    IDX_COUNT_SKILL_CONNECTED: connected.length,
    IDX_COUNT_SKILL_ABANDON: lost.length,
    IDX_COUNT_SKILL_USER_ABANDON: inQueue.length + inRing.length,
    IDX_COUNT_SKILL_USER_ABANDON_QUEUE: inQueue.length,
    IDX_COUNT_SKILL_USER_ABANDON_AGENT: inRing.length,
    IDX_COUNT_SKILL_AGENT_ABANDON: unanswered.filter(byAgent).length,
    IDX_COUNT_SKILL_QUEUE_DISCONNECTED: given.length - inQueue.length,
    IDX_COUNT_SKILL_SYSTEM_LOST: unanswered.filter((stay) => !byUser(stay) && !byAgent(stay)).length,
    IDX_COUNT_SKILL_LOST_RING: unanswered.filter(rings).length,
    IDX_COUNT_SKILL_TIME_OUT_QUEUE: gone(2, DEVICE.queue), IDX_COUNT_SKILL_TIME_OUT_AGENT: gone(2, DEVICE.agent), IDX_COUNT_SKILL_TIMEOUT_IVR: gone(2, DEVICE.flow),
    IDX_COUNT_SKILL_OVERFLOW_QUEUE: gone(1, DEVICE.queue), IDX_COUNT_SKILL_OVER_AGENT: gone(1, DEVICE.agent), IDX_COUNT_SKILL_OVERFLOW_IVR: gone(1, DEVICE.flow),
    IDX_COUNT_SKILL_WAIT_FAIL_CONNECTED_QUEUE: lost.filter(({ queued }) => queued > 0).length,
    IDX_RATE_SKILL_CONNECTED: percent(connected.length, requests.length),
    IDX_RATE_SKILL_ABANDON: percent(lost.length, requests.length),
    IDX_RATE_SKILL_RING_CONNECT: percent(connected.filter(rings).length, stays.filter((stay) => isAgent(stay) && rings(stay)).length),
    IDX_DURATION_SKILL_CONNECTED: total(connected, ({ talked }) => talked),
    IDX_DURATION_SKILL_AVG_CONNECTED: quotient(total(connected, ({ talked }) => talked), connected.length),
    IDX_DURATION_SKILL_AVG_QUEUE_ACK: quotient(waits.reduce((sum, wait) => sum + wait, 0), requests.length),
    IDX_DURATION_SKILL_MAX_QUEUE_ACK: waits.length === 0 ? 0 : Math.max(...waits),
    IDX_DURATION_SKILL_MIN_QUEUE_ACK: waits.length === 0 ? 0 : Math.min(...waits),
    IDX_DURATION_SKILL_AVG_CONNECTED_ACK: quotient(total(connected, ({ rang }) => rang), connected.length),
    IDX_DURATION_SKILL_AVG_ABANDON_ACK: quotient(total(unanswered, ({ rang }) => rang), unanswered.filter(rings).length),
    IDX_DURATION_SKILL_AVG_CONNECTED_QUEUE: quotient(total(connected, ({ queued }) => queued), connected.length),
    IDX_DURATION_SKILL_AVG_ABANDON_QUEUE: quotient(total(lost, ({ queued }) => queued), lost.length),
    IDX_DURATION_SKILL_USER_ABANDON_QUEUE: total(inQueue, ({ queued }) => queued),
    IDX_DURATION_SKILL_USER_ABANDON_AGENT: total(inRing, waitOf),
    IDX_DURATION_SKILL_ABANDON_QUEUE: total(lost, ({ queued }) => queued),
    IDX_DURATION_SKILL_ABANDON_ACK: total(unanswered, ({ rang }) => rang),
    IDX_DURATION_SKILL_WAIT_SUCCESS_CONNECTED_QUEUE: total(connected, ({ queued }) => queued),
    IDX_DURATION_SKILL_SUCCESS_ACK: total(connected, ({ rang }) => rang),
    IDX_DURATION_SKILL_ALL_ACK: total(stays.filter(isAgent), ({ rang }) => rang),
    IDX_DURATION_SKILL_ALL_QUEUE: total(stays.filter(isQueue), ({ waited }) => waited),
  };
  for (const seconds of WITHIN) {
    const answered = connected.filter((stay) => waitOf(stay) <= seconds).length;
    const abandoned = lost.filter((stay) => waitOf(stay) <= seconds).length;
    figures[`IDX_COUNT_SKILL_CONNECTED_IN_${seconds}`] = answered;
    figures[`IDX_COUNT_SKILL_CONNECTED_AFTER_${seconds}`] = connected.length - answered;
    figures[`IDX_COUNT_SKILL_ABANDON_IN_${seconds}`] = abandoned;
    figures[`IDX_COUNT_SKILL_ABANDON_AFTER_${seconds}`] = lost.length - abandoned;
  }
  return texts(figures);
}

/** Calls at one agent's. */
export function countAgentCalls(stays: readonly Stay[]): Figures {
  const incoming = stays.filter((stay) => isAgent(stay) && stay.way === 'in');
  const outgoing = stays.filter((stay) => isAgent(stay) && stay.way === 'out');
  const connected = incoming.filter(talks);
  const unanswered = incoming.filter((stay) => !talks(stay));
  const talkOf = ({ talked }: Stay): number => talked;
  const talkTimes = connected.map(talkOf);
  const figures: Record<string, number | string> = {
    IDX_COUNT_AGENT_REQUEST: incoming.length,
    IDX_COUNT_AGENT_CONNECTED: connected.length,
    IDX_COUNT_AGENT_ABANDON: unanswered.length,
    IDX_COUNT_AGENT_WAIT_ANS: incoming.filter(rings).length,
    IDX_COUNT_AGENT_LOST_RING: unanswered.filter(rings).length,
    IDX_COUNT_AGENT_NO_ACK: unanswered.filter(({ leave }) => leave === 5).length,
    IDX_COUNT_AGENT_HANG_UP: unanswered.filter(byAgent).length,
    IDX_COUNT_AGENT_CALL_OUT: outgoing.filter(talks).length,
    IDX_COUNT_TOTAL_AGENT_CALL_OUT: outgoing.length,
    IDX_DURATION_AGENT_CONVERSATION_IN: total(incoming, talkOf),
    IDX_DURATION_AGENT_AVERAGE_CONVERSATION_IN: quotient(total(incoming, talkOf), connected.length),
    IDX_DURATION_AGENT_CALL_OUT: total(outgoing, talkOf),
    IDX_DURATION_AGENT_AVG_CALL_OUT: quotient(total(outgoing, talkOf), outgoing.filter(talks).length),
    IDX_DURATION_AGENT_RING: total(incoming, ({ rang }) => rang),
    IDX_DURATION_AGENT_AVG_RING: quotient(total(incoming, ({ rang }) => rang), incoming.filter(rings).length),
    IDX_DURATION_AGENT_MAX_CALLING: talkTimes.length === 0 ? 0 : Math.max(...talkTimes),
    IDX_DURATION_AGENT_MIN_CALLING: talkTimes.length === 0 ? 0 : Math.min(...talkTimes),
    IDX_RATE_AGENT_CONNECTED: percent(connected.length, incoming.length),
    IDX_RATE_AGENT_SUCCESS_OUT: percent(outgoing.filter(talks).length, outgoing.length),
  };
  for (const seconds of WITHIN) figures[`IDX_COUNT_AGENT_CONNECTED_IN_${seconds}`] = connected.filter((stay) => waitOf(stay) <= seconds).length;
  return texts(figures);
}

/** All calls of a tenant. */
export function countVdn(stays: readonly Stay[]): Figures {
  const incoming = stays.filter(({ way }) => way === 'in');
  const outgoing = stays.filter(({ way }) => way === 'out');
  const wholes = (of: readonly Stay[]) => of.flatMap(({ whole }) => whole ?? []);
  const [calls, out] = [wholes(incoming), wholes(outgoing)];
  const isServed = ({ answered, inFlow, sought }: NonNullable<Stay['whole']>): boolean => answered || (inFlow && !sought);
  const [served, servedOut] = [calls.filter(isServed), out.filter(isServed)];
  const alone = calls.filter(({ inFlow, sought }) => inFlow && !sought);
  const at = (of: readonly Stay[], is: (stay: Stay) => boolean): readonly Stay[] => of.filter(is);
  const [agents, flows, flowsOut] = [at(incoming, isAgent), at(incoming, isFlow), at(outgoing, isFlow)];
  const connected = agents.filter(talks);
  const connectedOut = at(outgoing, (stay) => isAgent(stay) && talks(stay));
  const requests = incoming.filter((stay) => isAgent(stay) || (isQueue(stay) && isLast(stay)));
  const lost = requests.filter((stay) => !connected.includes(stay));
  const talkOf = ({ talked }: Stay): number => talked;
  const sum = (of: readonly { readonly lasted: number }[]): number => of.reduce((all, { lasted }) => all + lasted, 0);
  const within = (of: readonly Stay[], seconds: number): number => of.filter((stay) => waitOf(stay) <= seconds).length;
  const figures: Record<string, number | string> = {
    IDX_COUNT_TOTAL_CALL: calls.length + out.length,
    IDX_COUNT_CONNECTED_CALL: served.length + servedOut.length,
    IDX_COUNT_ABANDONED_CALL: calls.length + out.length - served.length - servedOut.length,
    IDX_COUNT_INBOUND_CALL: calls.length, IDX_COUNT_INBOUND_CONNECTED: served.length,
    IDX_COUNT_OUTBOUND_CALL: out.length, IDX_COUNT_OUTBOUND_CONNECTED: servedOut.length,
    IDX_COUNT_AGENT_INBOUND: agents.length, IDX_COUNT_AGENT_INBOUND_CONNECTED: connected.length, IDX_COUNT_AGENT_OUTBOUND_CONNECTED: connectedOut.length,
    IDX_COUNT_IVR_INBOUND: flows.length, IDX_COUNT_IVR_INBOUND_CONNECTED: flows.filter(talks).length, IDX_COUNT_IVR_OUTBOUND: flowsOut.filter(talks).length,
    IDX_UNIQUE_COUNT_IVR_INBOUND: flows.filter(({ isFirst }) => isFirst).length,
    IDX_UNIQUE_COUNT_IVR_INBOUND_CONNECTED: flows.filter((stay) => stay.isFirst && talks(stay)).length,
    IDX_UNIQUE_COUNT_IVR_OUTBOUND: flowsOut.filter(({ isFirst }) => isFirst).length,
    IDX_UNIQUE_COUNT_IVR_OUTBOUND_CONNECTED: flowsOut.filter((stay) => stay.isFirst && talks(stay)).length,
    IDX_COUNT_INBOUND_ABANDON_CONNECTED: calls.length - served.length,
    IDX_COUNT_IVR_ONLY_INBOUND: alone.length, IDX_COUNT_IVR_ONLY_INBOUND_CONNECTED: alone.filter(({ lasted }) => lasted > 0).length, IDX_DURATION_IVR_ONLY_INBOUND: sum(alone),
    IDX_COUNT_SYSTEM_INBOUND: calls.length, IDX_COUNT_SYSTEM_IN_SUCC: calls.filter(({ answered, inFlow }) => answered || inFlow).length,
    IDX_COUNT_AGENT_ASSIGNED: calls.filter(({ answered }) => answered).length,
    IDX_RATE_IVR_INBOUND_CONNECTED: percent(flows.filter(talks).length, flows.length),
    IDX_RATE_INBOUND_CONNECTED: percent(served.length, calls.length), IDX_RATE_OUTBOUND_CONNECTED: percent(servedOut.length, out.length),
    IDX_RATE_AGENT_INBOUND_CONNECTED: percent(connected.length, agents.length), IDX_RATE_AGENT_INBOUND_ABANDON: percent(agents.length - connected.length, agents.length),
    IDX_RATE_PHONE_INBOUND_ABANDON: percent(calls.length - served.length, calls.length),
    IDX_RATE_AGENT_CALL_IN_CONNECTED: percent(connected.length, requests.length), IDX_RATE_AGENT_CALL_IN_CONNECTED_IN_20: percent(within(connected, 20), connected.length),
    IDX_DURATION_AVG_VDN_INBOUND: quotient(sum(calls), calls.length), IDX_DURATION_AVG_VDN_OUTBOUND: quotient(sum(out), out.length),
    IDX_DURATION_AVG_CONNECTED: quotient(served.reduce((all, { talked }) => all + talked, 0), served.length), IDX_DURATION_AVG_WAIT: quotient(total(requests, waitOf), requests.length),
    IDX_DURATION_AVG_AGENT_CALL_IN_CONNECTED: quotient(total(agents, talkOf), connected.length),
    IDX_DURATION_AVG_AGENT_CALL_OUT_CONNECTED: quotient(total(connectedOut, talkOf), connectedOut.length),
  };
  for (const seconds of [3, 5, 10, 30, 60]) {
    figures[`IDX_RATE_ABANDON_IN_${seconds}`] = percent(within(lost, seconds), lost.length);
    figures[`IDX_RATE_AGENT_CONNECTED_IN_${seconds}`] = percent(within(connected, seconds), connected.length);
  }
  for (const seconds of [10, 60]) figures[`IDX_RATE_AGENT_CONNECTED_AFTER_${seconds}`] = percent(connected.length - within(connected, seconds), connected.length);
  return texts(figures);
}

/** Calls that come in and are in one flow. */
export function countFlow(all: readonly Stay[]): Figures {
  const stays = all.filter((stay) => isFlow(stay) && stay.way === 'in');
  const connected = stays.filter(talks);
  return texts({
    IDX_COUNT_IVR_INBOUND_CALL: stays.length, IDX_COUNT_IVR_INBOUND_CONNECTED: connected.length, IDX_COUNT_IVR_ABANDONED_CALL: stays.length - connected.length,
    IDX_COUNT_IVR_INBOUND_FLOWOUT: stays.filter((stay) => !isLast(stay)).length,
    IDX_COUNT_IVR_INBOUND_USER_ABORT: stays.filter((stay) => isLast(stay) && byUser(stay)).length,
    IDX_RATE_IVR_INBOUND_CONNECTED: percent(connected.length, stays.length),
    IDX_DURATION_AVG_IVR_CONNECTED: quotient(total(stays, ({ talked }) => talked), connected.length),
    IDX_COUNT_IVR_TO_AGENT: stays.filter(({ next }) => next === DEVICE.queue || next === DEVICE.agent).length,
  });
}
