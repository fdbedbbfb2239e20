import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { aSkill, createRig } from '../centre/centre.fixture.ts';
import { BUSY_CONFIG, chanceOf, HAPPENINGS, OFTEN } from '../centre/commands.fixture.ts';
import { aDesk, INSPECTED } from '../inspection/inspection.fixture.ts';
import { agentOnBoard, queueOnBoard, touchedBy, type AgentOnBoard, type QueueOnBoard } from './board.ts';

const drawn = fc.array(fc.record({ what: fc.constantFrom(...Object.keys(HAPPENINGS), ...OFTEN, ...OFTEN), numbers: fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }) }), { minLength: 1, maxLength: 80, size: 'max' });

test('whatever happens, a board that looks at what events touch shows the same as one that looks at everything', () => {
  fc.assert(fc.property(drawn, (sequence) => {
    const agents = new Map<number, AgentOnBoard | undefined>();
    const queues = new Map<number, QueueOnBoard | undefined>();
    const dirty = { agents: new Set<number>(), queues: new Set<number>() };
    const rig = createRig({
      config: BUSY_CONFIG, phonesAnswer: false,
      watch: (event, centre) => {
        const touched = touchedBy(event, centre);
        for (const id of touched === 'all' ? centre.config.agents.keys() : touched.agents) dirty.agents.add(id);
        for (const id of touched === 'all' ? centre.config.queues.keys() : touched.queues) dirty.queues.add(id);
      },
    });
    const { centre } = rig;
    for (const { what, numbers } of sequence) {
      const next = HAPPENINGS[what]?.(rig, chanceOf(numbers));
      if (next?.kind === 'pause') rig.wait(next.ms);
      else if (next !== undefined) rig.send(next);
      for (const id of dirty.agents) agents.set(id, agentOnBoard(centre, id));
      for (const id of dirty.queues) queues.set(id, queueOnBoard(centre, id));
      dirty.agents.clear();
      dirty.queues.clear();
      for (const id of centre.config.agents.keys()) assert.deepEqual(agents.get(id), agentOnBoard(centre, id), `agent ${id} after ${what}`);
      for (const id of centre.config.queues.keys()) assert.deepEqual(queues.get(id), queueOnBoard(centre, id), `queue ${id} after ${what}`);
    }
  }), { numRuns: Number(process.env['PARLEY_RUNS'] ?? 100), seed: 20_261_121 });
});

describe('a board', () => {
  test('shows a queue with its callers and agents', () => {
    const rig = createRig();
    const { centre, signIn, callIn, does, wait, now } = rig;
    signIn(101);
    signIn(102, {}, 'busy');
    assert.deepEqual(queueOnBoard(centre, 1), {
      id: 1, name: 'queue 1', media: 5, waiting: 0, longestSince: undefined, signedIn: 2, ready: 1, ringing: 0, talking: 0, wrapUp: 0, busy: 1, rest: 0,
    });
    callIn(1);
    const waitsSince = now();
    callIn(1);
    wait(3000);
    const { waiting, longestSince, ready, talking } = queueOnBoard(centre, 1) ?? {};
    assert.deepEqual({ waiting, longestSince, ready, talking }, { waiting: 1, longestSince: waitsSince, ready: 0, talking: 1 });
    does({ kind: 'askState', agent: 102, request: 'cancelBusy' });
    assert.deepEqual([queueOnBoard(centre, 1)?.waiting, queueOnBoard(centre, 1)?.longestSince], [0, undefined]);
    assert.equal(queueOnBoard(centre, 9), undefined);
  });

  test('has whoever listens to a talk in no queue as talking', () => {
    const rig = aDesk({ config: { ...INSPECTED, agents: (INSPECTED.agents ?? []).map((agent) => ({ ...agent, skills: [aSkill(1)] })) } });
    rig.does({ kind: 'askState', agent: 109, request: 'sayBusy' });
    rig.callIn(1);
    rig.does({ kind: 'askState', agent: 109, request: 'cancelBusy' });
    rig.does({ kind: 'inspect', agent: 109, target: 101, how: 'listen' });
    rig.answers(rig.phone(109));
    const talking = (): readonly number[] => [...rig.centre.agents.values()].filter(({ state }) => state === 'talking').map(({ id }) => id);
    assert.deepEqual([talking(), queueOnBoard(rig.centre, 1)?.talking], [[101, 109], 1]);
  });

  test('shows an agent with the call and what comes behind it', () => {
    const { centre, signIn, callIn, does, now } = createRig();
    assert.equal(agentOnBoard(centre, 101), undefined);
    signIn(101);
    const call = callIn(2);
    does({ kind: 'askState', agent: 101, request: 'rest', reason: 3, ms: 60_000 });
    assert.deepEqual(agentOnBoard(centre, 101), {
      id: 101, state: 'talking', since: now(), reason: 0, until: undefined, next: 'rest', takesCalls: true, queues: [1, 2],
      call: { id: call, kind: 'inbound', queue: 2, since: now() }, held: 0, chats: 0,
    });
  });
});
