import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createRig, type Rig } from './centre.fixture.ts';
import { AGENTS, BUSY_CONFIG, chanceOf, HAPPENINGS, OFTEN, SELDOM } from './commands.fixture.ts';
import { replay, replayLog } from './replay.ts';
import { decodeCentre, encodeCentre } from './snapshot.ts';
import type { Centre } from './state.ts';

const names = Object.keys(HAPPENINGS);
const usual = names.filter((name) => !SELDOM.has(name));
const steps = fc.array(fc.record({ what: fc.constantFrom(...usual, ...OFTEN, ...OFTEN, ...names), numbers: fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }) }), { maxLength: 120, size: 'max' });
type Step = { readonly what: string; readonly numbers: readonly number[] };

function happen(rig: Rig, { what, numbers }: Step): void {
  const next = HAPPENINGS[what]?.(rig, chanceOf(numbers));
  if (next?.kind === 'pause') rig.wait(next.ms);
  else if (next !== undefined) rig.send(next);
}

/** In what order fields stand is no part of a state; in what order agents and calls stand in a queue is. */
const isSame = (one: Centre, other: Centre): void => { assert.deepEqual(JSON.parse(encodeCentre(one)), JSON.parse(encodeCentre(other))); };

/** As it comes back from the journal. */
const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('what is journaled is all there is', () => {
  test('a replay leads to the same state, timers included, from the first day or from any snapshot', () => {
    fc.assert(fc.property(steps, fc.nat(), fc.boolean(), (sequence, cut, phonesAnswer) => {
      const rig = createRig({ config: BUSY_CONFIG, phonesAnswer });
      for (const agent of AGENTS) rig.signIn(agent, { autoAnswer: agent % 2 === 0 });
      const half = sequence.length === 0 ? 0 : cut % sequence.length;
      for (const step of sequence.slice(0, half)) happen(rig, step);
      rig.send({ kind: 'forget', numbers: ['1380'] });
      const snapshot = { seq: rig.happened.length, state: encodeCentre(rig.centre) };
      for (const step of sequence.slice(half)) happen(rig, step);
      isSame(replay(1, throughJson(rig.happened)), rig.centre);
      const since = throughJson(rig.happened.slice(snapshot.seq));
      const restored = replay(1, since, decodeCentre(1, JSON.parse(snapshot.state)));
      isSame(restored, rig.centre);
      assert.deepEqual(restored.timers.due, rig.centre.timers.due);
    }), { numRuns: 150, seed: 20_260_105 });
  });

  test('a call that an agent was in before is the same call as the one that goes on', () => {
    const rig = createRig();
    rig.signIn(101);
    const call = rig.callIn(1);
    rig.does({ kind: 'signOut', agent: 101, force: true });
    rig.signIn(101);
    const last = rig.callIn(1);
    const { centre } = rig;
    const agentOf = (state: Centre) => state.agents.get(101);
    const live = agentOf(centre);
    if (live !== undefined) live.lastCall = centre.calls.get(last);
    const restored = decodeCentre(1, JSON.parse(encodeCentre(centre)));
    assert.equal(agentOf(restored)?.lastCall, restored.calls.get(last));
    assert.equal(restored.calls.has(call), false);
  });

  test('fields that a snapshot does not know yet are those of a newborn', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.callIn(1);
    const state = JSON.parse(encodeCentre(rig.centre)) as { agents: { $map: [number, { inspectors?: unknown; counters: { answered?: number } }][] }; given: { conference?: number } };
    delete state.agents.$map[0]?.[1].inspectors;
    delete state.agents.$map[0]?.[1].counters.answered;
    delete state.given.conference;
    const restored = decodeCentre(1, state);
    assert.deepEqual(restored.agents.get(101)?.inspectors, []);
    assert.equal(restored.agents.get(101)?.counters.answered, 0);
    assert.equal(restored.given.conference, 0);
  });

  test('an exported log replays, as often as wanted', () => {
    const rig = createRig();
    rig.signIn(101);
    const snapshot = { seq: rig.happened.length, state: JSON.parse(encodeCentre(rig.centre)) as unknown };
    rig.callIn(1);
    const events = rig.happened.map((one, index) => ({ ...one, seq: index + 1 }));
    const later = { vdnId: 1, snapshot, events: events.slice(snapshot.seq) };
    isSame(replayLog(later), rig.centre);
    isSame(replayLog(later), rig.centre);
    isSame(replayLog({ vdnId: 1, events }), rig.centre);
  });
});

describe('erasure', () => {
  const number = '13800000001';

  test('a call that is alive keeps its number until it is over; then nobody knows it any more', () => {
    const rig = createRig();
    rig.signIn(101);
    const call = rig.callIn(1, number);
    rig.does({ kind: 'forget', numbers: [number] });
    assert.equal(rig.centre.calls.get(call)?.caller, number);
    rig.does({ kind: 'release', agent: 101 });
    const last = rig.centre.agents.get(101)?.lastCall;
    assert.equal(last?.id, call);
    assert.ok(!encodeCentre(rig.centre).includes(number));
    assert.deepEqual([...rig.centre.toErase], [call]);
    rig.does({ kind: 'erased', calls: [call, 'unknown'] });
    assert.equal(rig.centre.toErase.size, 0);
  });

  test('a call that is over is emptied at once, and others are left alone', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.signIn(102);
    const [first, second] = [rig.callIn(1, number), rig.callIn(1, '13800000002')];
    for (const id of [101, 102]) rig.does({ kind: 'release', agent: id });
    rig.does({ kind: 'forget', numbers: [number, 'x'] });
    assert.deepEqual([...rig.centre.toErase], [first]);
    assert.deepEqual([101, 102].map((id) => rig.centre.agents.get(id)?.lastCall?.caller), ['', '13800000002']);
    assert.equal(rig.centre.agents.get(102)?.lastCall?.id, second);
  });
});
