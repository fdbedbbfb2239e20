import assert from 'node:assert/strict';
import { createRig, FIRST_CONFIG, type Rig, type RigOptions } from '../centre/centre.fixture.ts';
import type { Event } from '../centre/event.ts';
import type { Profile } from '../agent/agent.ts';
import type { Member, VoiceLeg } from '../voice/order.ts';
import { agentsOf, customersOf, type Call } from './call.ts';

/** 101 talks with a customer; the others are idle. */
export interface Talk extends Rig {
  readonly call: string;
  readonly customerLeg: VoiceLeg;
}

export interface TalkOptions extends RigOptions {
  readonly others?: readonly number[];
  readonly profile?: Partial<Profile>;
  readonly data?: string;
  /** The queue that the customer calls; 1 unless told. */
  readonly queue?: number;
}

export function createTalk({ others = [102, 103], profile = {}, data, queue = 1, ...options }: TalkOptions = {}): Talk {
  const rig = createRig({ config: FIRST_CONFIG, ...options });
  rig.signIn(101, profile);
  const call = rig.callIn(queue);
  for (const other of others) rig.signIn(other, profile);
  if (data !== undefined) rig.does({ kind: 'setCallData', agent: 101, data });
  rig.news();
  return { ...rig, call, customerLeg: rig.customer(call) };
}

export function callNamed({ centre }: Rig, id: string): Call {
  const call = centre.calls.get(id);
  if (call === undefined) throw new Error(`there is no call ${id}`);
  return call;
}

export const stateOf = ({ centre }: Rig, agent: number): string => centre.agents.get(agent)?.state ?? 'signedOut';

/** Who is in a call: work numbers and the legs of those outside. */
export const whoIsIn = (rig: Rig, id: string): readonly (number | string | undefined)[] => {
  const call = rig.centre.calls.get(id);
  return call === undefined ? [] : [...agentsOf(call).map(({ agent }) => agent), ...customersOf(call).map(({ leg }) => leg)];
};

export const events = <Type extends Event['type']>(rig: Rig, type: Type): readonly Extract<Event, { type: Type }>[] =>
  rig.happened.flatMap(({ event }) => (event.type === type ? [event as Extract<Event, { type: Type }>] : []));

/** How an agent left a call, or the latest call. */
export const leavingOf = (rig: Rig, agent: number, call?: string): readonly [string, number] | undefined => {
  const left = events(rig, 'AgentLeft').findLast((event) => event.agent === agent && (call === undefined || event.call === call));
  return left === undefined ? undefined : [left.why, left.leave];
};

/** How the last sending for a third ended. */
export const thirdEnd = (rig: Rig): readonly [string, string, number] | undefined => {
  const end = events(rig, 'ThirdEnded').at(-1);
  return end === undefined ? undefined : [end.purpose, end.outcome, end.cause];
};

/** What a leg hears as the port was told: `music`, `flow`, `nothing`, or the legs it hears. */
export function heardBy(rig: Rig, leg: VoiceLeg): string {
  const rooms = new Map<string, Map<VoiceLeg, Member>>();
  let inFlow = false;
  const leave = (gone: VoiceLeg): void => { for (const room of rooms.values()) room.delete(gone); };
  for (const order of rig.orders) {
    if (order.kind === 'flow' || order.kind === 'drop') {
      leave(order.leg);
      if (order.leg === leg) inFlow = order.kind === 'flow';
    } else if (order.kind === 'arrange') {
      for (const member of order.members) leave(member.leg);
      rooms.set(order.room, new Map(order.members.map((member) => [member.leg, member])));
      if (order.members.some((member) => member.leg === leg)) inFlow = false;
    }
  }
  if (inFlow) return 'flow';
  for (const room of rooms.values()) {
    const own = room.get(leg);
    if (own === undefined) continue;
    if (own.music) return 'music';
    const heard = [...room.values()].filter((one) => one.leg !== leg && own.hears && (one.to === 'all' || (one.to !== 'none' && one.to.includes(leg))));
    return heard.map((one) => one.leg).toSorted().join(' ') || 'nothing';
  }
  return 'nothing';
}

/** These hear one another, and nobody else. */
export function assertTalk(rig: Rig, ...legs: readonly VoiceLeg[]): void {
  for (const leg of legs) assert.equal(heardBy(rig, leg), legs.filter((other) => other !== leg).toSorted().join(' '), `what ${leg} hears`);
}

/** Everybody hangs up: no call, no timer and no leg of somebody outside may be left, and every agent is idle. */
export function assertAllEnds(rig: Rig): void {
  for (let round = 0; round < 5; round += 1) {
    for (const agent of rig.centre.agents.values()) if (agent.call !== undefined) rig.send({ kind: 'release', agent: agent.id });
    for (const leg of rig.centre.legs.values()) if (leg.agent === undefined) rig.hangsUp(leg.id, 531);
    for (const agent of rig.centre.agents.values()) for (const held of agent.held.slice()) rig.send({ kind: 'dropCall', agent: agent.id, call: held });
  }
  assert.deepEqual([...rig.centre.calls.keys()], []);
  assert.deepEqual([...rig.centre.legs.values()].filter((leg) => leg.agent === undefined), []);
  assert.deepEqual([...rig.centre.queues.values()].flatMap((queue) => [...queue.waiting, ...queue.returned]), []);
  rig.wait(60_000);
  for (const agent of rig.centre.agents.values()) {
    assert.deepEqual([agent.call, agent.held], [undefined, []], `calls of ${agent.id}`);
    assert.ok(['idle', 'busy'].includes(agent.state), `${agent.id} is ${agent.state}`);
  }
  assert.equal(rig.centre.timers.due.size, 0, `timers: ${[...rig.centre.timers.due.keys()].join(' ')}`);
}
