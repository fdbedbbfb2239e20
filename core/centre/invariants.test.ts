import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Call, Visit } from '../call/call.ts';
import { arrangeRooms, everyRoom, roomName } from '../voice/arrange.ts';
import type { Member } from '../voice/order.ts';
import { createRig, type Rig } from './centre.fixture.ts';
import { AGENTS, BUSY_CONFIG, chanceOf, HAPPENINGS, OFTEN, SELDOM } from './commands.fixture.ts';
import { faultsOf } from './invariants.fixture.ts';
import { replay } from './replay.ts';
import { encodeCentre } from './snapshot.ts';

interface Drawn {
  readonly what: string;
  readonly numbers: readonly number[];
}

/** Watches what one state alone does not show. */
interface Witness {
  readonly look: (rig: Rig) => void;
}

function aWitness(): Witness {
  const calls = new Map<string, Call>();
  const closed = new Map<Visit, string>();
  const rooms = new Map<string, readonly Member[]>();
  let seen = 0;
  let heard = 0;
  return {
    look: ({ centre, happened, orders }) => {
      for (const { event } of happened.slice(seen)) {
        if (event.type === 'CallOffered' && (event.how === 'queue' || event.how === 'internal' || event.how === 'private' || event.how === 'pickUp')) {
          const offer = centre.calls.get(event.call)?.offer;
          if (offer?.agent === event.agent && centre.calls.get(event.call)?.medium === 'voice') assert.equal(offer.found, 'idle', `${event.agent} was offered a call`);
        }
      }
      seen = happened.length;
      for (const call of centre.calls.values()) calls.set(call.id, call);
      for (const call of calls.values()) {
        for (const visit of call.visits) {
          const end = `${visit.until} ${visit.leaveReason}`;
          assert.ok(visit.until !== undefined || centre.calls.has(call.id), `a visit of ${call.id} to ${visit.device} ${visit.no} stays open`);
          assert.equal(closed.get(visit) ?? end, end, `a visit of ${call.id} to ${visit.device} ${visit.no} ends twice`);
          if (visit.until !== undefined) closed.set(visit, end);
        }
      }
      for (const order of orders.slice(heard)) {
        if (order.kind !== 'arrange') continue;
        if (order.members.length === 0) rooms.delete(order.room);
        else rooms.set(order.room, order.members);
      }
      heard = orders.length;
      const arranged = new Map(everyRoom(centre).flatMap((room) => {
        const members = rooms.get(roomName(centre.vdnId, room));
        return members === undefined ? [] : [[room, members] as const];
      }));
      assert.equal(arranged.size, rooms.size, `a room is left over: ${[...rooms.keys()].join(' ')}`);
      assert.deepEqual(arrangeRooms(centre, everyRoom(centre), arranged), [], 'the rooms sound as they should');
      const legs = [...rooms.values()].flatMap((members) => members.map(({ leg }) => leg));
      assert.equal(new Set(legs).size, legs.length, 'a leg is in two rooms');
    },
  };
}

function happen(rig: Rig, { what, numbers }: Drawn): void {
  const next = HAPPENINGS[what]?.(rig, chanceOf(numbers));
  if (next === undefined) return;
  if (next.kind === 'pause') {
    rig.wait(next.ms);
    return;
  }
  const before = encodeCentre(rig.centre);
  const { events, refused } = rig.send(next);
  if (refused === undefined) return;
  assert.deepEqual(events, []);
  assert.equal(encodeCentre(rig.centre), before, `${next.kind} was refused and changed something`);
}

/** Everybody hangs up, sessions are over, and time passes. */
function closeDown(rig: Rig): void {
  const { centre } = rig;
  for (let round = 0; round < 100 && centre.legs.size > 0; round += 1) {
    for (const leg of centre.legs.keys()) rig.hangsUp(leg);
    rig.wait(40_000);
  }
  for (const { id, medium } of centre.calls.values()) if (medium === 'chat') rig.send({ kind: 'chatLeaves', call: id });
  for (const { id } of centre.agents.values()) rig.does({ kind: 'signOut', agent: id, force: true });
  rig.wait(24 * 3_600_000);
}

const names = Object.keys(HAPPENINGS);
const usual = names.filter((name) => !SELDOM.has(name));
const drawn: fc.Arbitrary<readonly Drawn[]> = fc.array(
  fc.record({ what: fc.constantFrom(...names, ...usual, ...usual, ...OFTEN, ...OFTEN, ...OFTEN, ...OFTEN), numbers: fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }) }),
  { minLength: 1, maxLength: 160, size: 'max' },
);

const { PARLEY_RUNS = '150', PARLEY_SEED = '20260105' } = process.env;

test('whatever happens, the centre is whole, every wait ends, and what happened leads to the same state again', { timeout: 600_000 }, () => {
  fc.assert(fc.property(drawn, (sequence) => {
    const rig = createRig({ config: BUSY_CONFIG, phonesAnswer: false, legsEnd: false });
    const witness = aWitness();
    for (const agent of AGENTS) rig.signIn(agent, { autoAnswer: agent % 2 === 0, releasePhone: agent > 103 });
    for (const step of sequence) {
      happen(rig, step);
      assert.deepEqual(faultsOf(rig.centre), [], `after ${step.what}`);
      witness.look(rig);
    }
    assert.equal(encodeCentre(replay(1, rig.happened)), encodeCentre(rig.centre), 'a replay');
    closeDown(rig);
    const { calls, legs, conferences, recordings, timers } = rig.centre;
    assert.deepEqual([calls, legs, conferences, recordings, timers.due].map((left) => [...left.keys()]), [[], [], [], [], []], 'nothing is left');
    witness.look(rig);
  }), { numRuns: Number(PARLEY_RUNS), seed: Number(PARLEY_SEED) });
});
