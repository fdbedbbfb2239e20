import { newAgent } from '../agent/agent.ts';
import type { Call } from '../call/call.ts';
import { newQueueLive } from '../queue/live.ts';
import { evolve } from './evolve.ts';
import { createCentre, type Centre } from './state.ts';
import { noTimers, setTimer } from './timers.ts';

/**
 * Raised when what a snapshot says has changed its meaning: older ones are then not read, but rebuilt from the events. A
 * field that is new, with an event of its own that sets it, needs no new version: who was there before has it as a newborn.
 */
export const SNAPSHOT_VERSION = 1;

/** A map, a set, or the very call that is alive, as JSON has none of them. */
interface Tagged {
  readonly $map?: readonly (readonly [unknown, unknown])[];
  readonly $set?: readonly unknown[];
  readonly $call?: string;
}

/** The whole state as JSON. What is undefined is left out, and of the timers the heap, which follows from them. */
export function encodeCentre(centre: Centre): string {
  return JSON.stringify(centre, (key, value: unknown): unknown => {
    if (value instanceof Map) return { $map: [...value] };
    if (value instanceof Set) return { $set: [...value] };
    if (key === 'heap') return undefined;
    // An agent's last call may still be alive with others: it must not fall apart into two.
    if (key === 'lastCall' && value !== undefined) return isAlive(centre, value as Call) ? { $call: (value as Call).id } : value;
    return value;
  });
}

const isAlive = (centre: Centre, call: Call): boolean => centre.calls.get(call.id) === call;

function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) value[index] = revive(item);
    return value;
  }
  const { $map, $set } = value as Tagged;
  if ($map !== undefined) return new Map($map.map(([key, item]) => [revive(key), revive(item)]));
  if ($set !== undefined) return new Set($set.map(revive));
  const fields = value as Record<string, unknown>;
  for (const key in fields) fields[key] = revive(fields[key]);
  return value;
}

/** A call on its first day. */
function newbornCall(): Call {
  const nursery = createCentre(0);
  evolve(nursery, { type: 'CallBegan', call: '', medium: 'voice', feature: 0 }, 0);
  const [call] = nursery.calls.values();
  if (call === undefined) throw new Error('no call came of CallBegan');
  return call;
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** What was stored, with the fields that came up since as a newborn has them. */
function grown<T extends object>(newborn: T, stored: T): T {
  const whole = { ...newborn, ...stored };
  for (const key in newborn) {
    const [from, to] = [newborn[key], stored[key]];
    if (isPlain(from) && isPlain(to)) whole[key] = grown(from, to);
  }
  return whole;
}

/** The state that was encoded; `state` is the parsed JSON, which is used up. */
export function decodeCentre(vdnId: number, state: unknown): Centre {
  const stored = revive(state) as Centre;
  const centre: Centre = { ...grown(createCentre(vdnId), stored), timers: noTimers() };
  for (const [key, at] of stored.timers.due) setTimer(centre.timers, key, at);
  for (const [id, call] of centre.calls) centre.calls.set(id, grown(newbornCall(), call));
  for (const [id, queue] of centre.queues) centre.queues.set(id, grown(newQueueLive(id), queue));
  for (const [id, agent] of centre.agents) {
    const whole = grown(newAgent(id, agent.profile, agent.signedInAt), agent);
    const last: (Call & Tagged) | undefined = whole.lastCall;
    if (last?.$call !== undefined) whole.lastCall = centre.calls.get(last.$call);
    centre.agents.set(id, whole);
  }
  return centre;
}
