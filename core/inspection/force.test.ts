import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AGENT_STATES, ENGAGED, type AgentState } from '../agent/agent.ts';
import { LEADS_TO } from '../agent/transitions.ts';
import type { Rig } from '../centre/centre.fixture.ts';
import { evolve } from '../centre/evolve.ts';
import { aDesk, INSPECTED } from './inspection.fixture.ts';
import { FORCES, type Forced, type ForcedState } from './force.ts';

const TARGET = 101;
const INSPECTOR = 109;
const MINUTE = 60_000;

type Outcome = AgentState | 'stays' | 'later' | 'refused';

/** 12.1.5, 12.1.6 and 12.1.11, one line a force, one column a state: all that there is. */
const COLUMNS: readonly AgentState[] = ['idle', 'preoccupied', 'occupied', 'ringing', 'dialling', 'talking', 'wrapUp', 'busy', 'rest', 'study'];
const LATER = ['later', 'later', 'later', 'later', 'later'] as const;
const NEVER = ['refused', 'refused', 'refused', 'refused', 'refused'] as const;
const TABLE: Readonly<Record<ForcedState['what'], readonly Outcome[]>> = {
  busy: ['busy', ...LATER, 'busy', 'stays', 'busy', 'busy'],
  idle: ['stays', ...NEVER, 'idle', 'idle', 'idle', 'idle'],
  rest: ['rest', ...LATER, 'rest', 'rest', 'rest', 'rest'],
};
const INTO: Readonly<Record<ForcedState['what'], ForcedState>> = {
  busy: { what: 'busy' }, idle: { what: 'idle' }, rest: { what: 'rest', ms: MINUTE, reason: 4 },
};

const force = (into: Forced, target = TARGET) => ({ kind: 'force', agent: INSPECTOR, target, into }) as const;
const stateOf = (rig: Rig): string | undefined => rig.centre.agents.get(TARGET)?.state;

function deskWith(state: AgentState): Rig {
  const rig = aDesk();
  if (state === 'ringing') evolve(rig.centre, { type: 'AgentMoved', agent: TARGET, to: 'occupied', cause: 'offered' }, rig.now());
  if (state !== 'idle') evolve(rig.centre, { type: 'AgentMoved', agent: TARGET, to: state, cause: 'request' }, rig.now());
  return rig;
}

describe('what an inspector forces an agent into', () => {
  for (const [what, line] of Object.entries(TABLE) as [ForcedState['what'], readonly Outcome[]][]) {
    for (const [column, state] of COLUMNS.entries()) {
      test(`${what} while ${state} (${FORCES[what].section})`, () => {
        const outcome = line[column];
        const rig = deskWith(state);
        const { refused } = rig.send(force(INTO[what]));
        const agent = rig.centre.agents.get(TARGET);
        assert.equal(refused?.refused, outcome === 'refused' ? 'wrongState' : undefined);
        assert.equal(agent?.state, outcome === 'refused' || outcome === 'stays' || outcome === 'later' ? state : outcome);
        const later = what === 'rest' ? { kind: 'rest', reason: 4, ms: MINUTE, by: INSPECTOR } : { kind: 'busy', reason: 3, by: INSPECTOR };
        assert.deepEqual(agent?.pending, outcome === 'later' ? later : undefined);
        if (outcome === what) {
          const { event } = rig.happened.at(-1) ?? {};
          assert.ok(event?.type === 'AgentMoved');
          assert.deepEqual([event.cause, event.by, event.reason], ['forced', INSPECTOR, { busy: 3, idle: undefined, rest: 4 }[what]]);
        }
      });
    }
  }

  test('is in the table for every state, and leads where a state can lead', () => {
    assert.deepEqual([...COLUMNS].toSorted(), [...AGENT_STATES].toSorted());
    for (const [what, { from }] of Object.entries(FORCES)) {
      for (const state of from) assert.ok(LEADS_TO[state].some((to) => to === what), `${state} to ${what}`);
    }
  });

  test('during a call comes after it, and is the inspector\'s doing', () => {
    for (const into of [INTO.busy, INTO.rest]) {
      const rig = aDesk();
      rig.callIn(1);
      rig.does(force(into));
      assert.equal(stateOf(rig), 'talking');
      rig.does({ kind: 'release', agent: TARGET });
      assert.equal(stateOf(rig), into.what);
      assert.equal(rig.centre.agents.get(TARGET)?.forcedBy, INSPECTOR);
    }
  });

  test('during a call may be taken back by the agent', () => {
    const rig = aDesk();
    rig.callIn(1);
    rig.does(force(INTO.busy));
    rig.does({ kind: 'askState', agent: TARGET, request: 'cancelBusy' });
    rig.does({ kind: 'release', agent: TARGET });
    assert.equal(stateOf(rig), 'idle');
  });

  test('is left by the agent as ever, and gives an idle agent what waits', () => {
    const rig = aDesk();
    rig.does(force(INTO.busy));
    const call = rig.callIn(1);
    rig.does(force(INTO.idle));
    assert.equal(rig.centre.agents.get(TARGET)?.call, call);
    const other = aDesk();
    other.does(force(INTO.rest));
    other.does({ kind: 'askState', agent: TARGET, request: 'cancelRest' });
    assert.equal(stateOf(other), 'idle');
  });

  test('of a rest, ends by itself when its time is over, unlike one of the agent\'s own (12.1.11)', () => {
    const rig = aDesk();
    rig.does(force(INTO.rest));
    rig.wait(MINUTE - 1);
    assert.equal(stateOf(rig), 'rest');
    rig.wait(1);
    assert.equal(stateOf(rig), 'idle');
    rig.does({ kind: 'askState', agent: TARGET, request: 'rest', ms: MINUTE });
    rig.wait(2 * MINUTE);
    assert.equal(stateOf(rig), 'rest');
  });
});

describe('signing an agent out by force (12.1.7)', () => {
  test('ends whatever the agent does, and tells by whom', () => {
    for (const state of AGENT_STATES.filter((one) => !ENGAGED.has(one))) {
      const rig = deskWith(state);
      rig.does(force({ what: 'signOut' }));
      assert.equal(stateOf(rig), undefined);
    }
    const rig = aDesk();
    const call = rig.callIn(1);
    rig.does(force({ what: 'signOut' }));
    assert.equal(rig.centre.calls.has(call), false);
    const { event } = rig.happened.find((one) => one.event.type === 'AgentSignedOut') ?? {};
    assert.ok(event?.type === 'AgentSignedOut');
    assert.deepEqual([event.cause, event.by], [257, INSPECTOR]);
  });
});

describe('releasing a call of others (12.1.8)', () => {
  const drop = (call: string) => ({ kind: 'forceDrop', agent: INSPECTOR, call }) as const;

  test('ends it wherever it is', () => {
    const rig = aDesk();
    const talking = rig.callIn(1);
    const waiting = rig.callIn(1);
    for (const call of [waiting, talking]) {
      rig.does(drop(call));
      assert.equal(rig.centre.calls.has(call), false);
    }
    assert.deepEqual([stateOf(rig), rig.centre.calls.size], ['idle', 0]);
    assert.equal(rig.refuses(drop(talking)), 'unknownCall');
  });

  test('is refused without the right, and with an agent in it who must not be forced', () => {
    const rig = aDesk({ config: { ...INSPECTED, roles: [{ id: 2, bits: [1] }, { id: 3, bits: [13, 14] }] } });
    assert.equal(rig.refuses(drop(rig.callIn(1))), 'noPermission');
    const other = aDesk();
    other.signIn(110);
    const call = other.does({ kind: 'dialOut', agent: 110, called: '13900000000', caller: '' }).result ?? '';
    assert.equal(other.refuses(drop(call)), 'noPermission');
    assert.equal(other.centre.calls.has(call), true);
  });
});

describe('choosing the queues of others (12.1.9)', () => {
  const adjust = (queues: readonly number[], target = TARGET) => ({ kind: 'adjustSkill', agent: INSPECTOR, target, queues }) as const;

  test('keeps those of the list that are configured', () => {
    const rig = aDesk();
    rig.does(adjust([2, 7]));
    assert.deepEqual(rig.centre.agents.get(TARGET)?.skills.map(({ queueId }) => queueId), [2]);
    rig.does(adjust([]));
    assert.deepEqual(rig.centre.agents.get(TARGET)?.skills, []);
  });

  test('takes a thousand queues at most', () => {
    const rig = aDesk();
    rig.does(adjust(Array.from({ length: 1000 }, (_, index) => index + 1)));
    assert.equal(rig.refuses(adjust(Array.from({ length: 1001 }, (_, index) => index + 1))), 'tooLarge');
  });
});

test('all of this is refused on who is away, unknown, oneself or an inspector, and without the right (6.3.8, bit 15)', () => {
  const rig = aDesk();
  rig.signIn(110);
  const tries = (target: number) => [
    force({ what: 'busy' }, target), force({ what: 'signOut' }, target), { kind: 'adjustSkill', agent: INSPECTOR, target, queues: [] } as const,
  ];
  for (const [target, why] of [[102, 'offline'], [999, 'unknownAgent'], [INSPECTOR, 'self'], [110, 'noPermission']] as const) {
    for (const command of tries(target)) assert.equal(rig.refuses(command), why, command.kind);
  }
  const without = aDesk({ config: { ...INSPECTED, roles: [{ id: 2, bits: [1] }, { id: 3, bits: [13, 14] }] } });
  for (const command of tries(TARGET)) assert.equal(without.refuses(command), 'noPermission');
});
