import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InspectionMode } from '../agent/agent.ts';
import type { Rig } from '../centre/centre.fixture.ts';
import { aDesk, hearingIn, INSPECTED } from './inspection.fixture.ts';

const TARGET = 101;
const INSPECTOR = 109;
const MODES: readonly InspectionMode[] = ['listen', 'insert', 'whisper'];

const inspect = (rig: Rig, how: InspectionMode = 'listen', target = TARGET, agent = INSPECTOR): void => {
  rig.does({ kind: 'inspect', agent, target, how });
};
const stateOf = (rig: Rig, agent = INSPECTOR): string | undefined => rig.centre.agents.get(agent)?.state;
const isInspected = (rig: Rig, target = TARGET): boolean => (rig.centre.agents.get(target)?.inspectors.length ?? 0) > 0;

describe('an inspection', () => {
  for (const how of MODES) {
    test(`rings the inspector's phone first, then there is sound: ${how}`, () => {
      const rig = aDesk({ phonesAnswer: false });
      inspect(rig, how);
      assert.deepEqual(rig.news(), ['InspectionAsked', 'AgentMoved', 'LegBegan']);
      rig.does({ kind: 'legReported', report: { kind: 'rang', leg: rig.phone(INSPECTOR) } });
      rig.picksUp(INSPECTOR);
      assert.deepEqual(rig.news(), ['LegRang', 'LegAnswered', 'InspectionBegan', 'AgentMoved']);
      assert.deepEqual(rig.happened.at(-1)?.event, { type: 'AgentMoved', agent: INSPECTOR, to: 'talking', cause: 'inspect' });
    });
  }

  test('does not ring a phone that is up', () => {
    const rig = aDesk();
    inspect(rig);
    rig.does({ kind: 'stopInspecting', agent: INSPECTOR, target: TARGET });
    rig.news();
    inspect(rig);
    assert.deepEqual(rig.news(), ['InspectionAsked', 'AgentMoved', 'InspectionBegan', 'AgentMoved']);
  });

  test('gives the inspector no calls', () => {
    const config = { ...INSPECTED, agents: INSPECTED.agents?.map((agent) => ({ ...agent, skills: [{ queueId: 1, agentWeight: 9, skillWeight: 1 }] })) ?? [] };
    const rig = aDesk({ config });
    inspect(rig);
    const call = rig.callIn(1);
    assert.equal(rig.centre.agents.get(TARGET)?.call, call);
    assert.equal(rig.refuses({ kind: 'dialOut', agent: INSPECTOR, called: '13900000000', caller: '' }), 'wrongState');
  });
});

describe('who hears whom (12.1)', () => {
  /** For each mode: whom the agent, the customer and the inspector hear. */
  const MATRIX: Readonly<Record<InspectionMode, readonly [readonly string[], readonly string[], readonly string[]]>> = {
    listen: [['customer'], ['agent'], ['agent', 'customer']],
    whisper: [['customer', 'inspector'], ['agent'], ['agent', 'customer']],
    insert: [['customer', 'inspector'], ['agent', 'inspector'], ['agent', 'customer']],
  };

  /** The legs in a room by what they are. */
  function heard(rig: Rig, room: string, call: string): Readonly<Record<string, readonly string[]>> {
    const names: Readonly<Record<string, string>> = { [rig.phone(TARGET)]: 'agent', [rig.phone(INSPECTOR)]: 'inspector', [rig.customer(call)]: 'customer' };
    return Object.fromEntries(Object.entries(hearingIn(rig, room)).map(([leg, others]) => [names[leg], others.map((other) => names[other] ?? other).toSorted()]));
  }

  for (const how of MODES) {
    const [agent, customer, inspector] = MATRIX[how];
    const expected = { agent, customer, inspector };

    test(`${how}: in a call that goes on`, () => {
      const rig = aDesk();
      const call = rig.callIn(1);
      inspect(rig, how);
      assert.deepEqual(heard(rig, `call-1-${call}`, call), expected);
    });

    test(`${how}: in the call that comes later, on hold and after it`, () => {
      const rig = aDesk();
      inspect(rig, how);
      const call = rig.callIn(1);
      const room = `call-1-${call}`;
      assert.deepEqual(heard(rig, room, call), expected);
      rig.does({ kind: 'hold', agent: TARGET });
      assert.deepEqual(heard(rig, room, call), { customer: [] });
      const aside = hearingIn(rig, `insp-1-${INSPECTOR}`);
      assert.deepEqual(aside, how === 'listen' ? {} : { [rig.phone(TARGET)]: [rig.phone(INSPECTOR)], [rig.phone(INSPECTOR)]: [rig.phone(TARGET)] });
      rig.does({ kind: 'retrieve', agent: TARGET });
      assert.deepEqual(heard(rig, room, call), expected);
      assert.deepEqual(hearingIn(rig, `insp-1-${INSPECTOR}`), {});
    });

    for (const to of MODES) {
      test(`${how}, then ${to} (12.1.14)`, () => {
        const rig = aDesk();
        const call = rig.callIn(1);
        inspect(rig, how);
        rig.does({ kind: 'switchInspection', agent: INSPECTOR, target: TARGET, how: to });
        const [byAgent, byCustomer, byInspector] = MATRIX[to];
        assert.deepEqual(heard(rig, `call-1-${call}`, call), { agent: byAgent, customer: byCustomer, inspector: byInspector });
      });
    }
  }

  test('goes on in the call that the agent takes up besides', () => {
    const rig = aDesk();
    rig.callIn(1);
    inspect(rig, 'listen');
    rig.does({ kind: 'hold', agent: TARGET });
    const second = rig.does({ kind: 'dialOut', agent: TARGET, called: '13900000000', caller: '' }).result ?? '';
    rig.answers(rig.customer(second));
    assert.deepEqual(hearingIn(rig, `call-1-${second}`)[rig.phone(INSPECTOR)]?.length, 2);
  });

  test('who joins an idle agent talks with the agent as far as the phone is up, a listener hears nothing', () => {
    for (const how of MODES) {
      const rig = aDesk();
      rig.callIn(1);
      rig.does({ kind: 'release', agent: TARGET });
      inspect(rig, how);
      assert.equal(Object.keys(hearingIn(rig, `insp-1-${INSPECTOR}`)).length, how === 'listen' ? 0 : 2);
      const other = aDesk();
      inspect(other, how);
      assert.deepEqual(hearingIn(other, `insp-1-${INSPECTOR}`), {}, 'the agent\'s phone is on hook');
    }
  });

  test('a phone that hangs up in between leaves the inspector alone', () => {
    const rig = aDesk();
    rig.callIn(1);
    rig.does({ kind: 'release', agent: TARGET });
    inspect(rig, 'insert');
    rig.hangsUp(rig.phone(TARGET));
    assert.deepEqual(hearingIn(rig, `insp-1-${INSPECTOR}`), {});
    assert.equal(stateOf(rig), 'talking');
  });
});

describe('changing between listening and joining in (12.1.10)', () => {
  test('goes there and back, not from a whisper', () => {
    const rig = aDesk();
    inspect(rig, 'listen');
    const modes = [1, 2].map(() => {
      rig.does({ kind: 'switchInspection', agent: INSPECTOR, target: TARGET });
      return rig.centre.agents.get(INSPECTOR)?.inspecting?.how;
    });
    assert.deepEqual(modes, ['insert', 'listen']);
    rig.does({ kind: 'switchInspection', agent: INSPECTOR, how: 'whisper' });
    assert.equal(rig.refuses({ kind: 'switchInspection', agent: INSPECTOR, target: TARGET }), 'wrongState');
  });

  test('to what it is already is no change', () => {
    const rig = aDesk();
    inspect(rig, 'listen');
    rig.news();
    rig.does({ kind: 'switchInspection', agent: INSPECTOR, how: 'listen' });
    assert.deepEqual(rig.news(), []);
  });
});

describe('an inspection is refused', () => {
  const why = (rig: Rig, target = TARGET, agent = INSPECTOR) => rig.refuses({ kind: 'inspect', agent, target, how: 'listen' });

  test('without the right to it (6.3.8, bit 13)', () => {
    const rig = aDesk();
    rig.signIn(102);
    assert.equal(why(rig, 101, 102), 'noPermission');
    const without = aDesk({ config: { ...INSPECTED, roles: [{ id: 2, bits: [1] }, { id: 3, bits: [14, 15] }] } });
    assert.equal(why(without), 'noPermission');
  });

  test('on an agent that there is not, on oneself, on one who is not signed in', () => {
    const rig = aDesk();
    assert.equal(why(rig, 999), 'unknownAgent');
    assert.equal(why(rig, INSPECTOR), 'self');
    assert.equal(why(rig, 102), 'offline');
  });

  test('on an inspector, unless the tenant wants that', () => {
    const rig = aDesk();
    rig.signIn(110);
    assert.equal(why(rig, 110), 'noPermission');
    rig.does({ kind: 'configure', change: { limits: { inspectInspectors: true } } });
    assert.equal(why(rig, 110), undefined);
    assert.equal(rig.centre.agents.get(110)?.inspectors.length, 1);
  });

  test('across groups', () => {
    const config = { ...INSPECTED, agents: INSPECTED.agents?.map((agent) => (agent.id === INSPECTOR ? { ...agent, group: 7 } : agent)) ?? [] };
    const rig = aDesk({ config });
    assert.equal(why(rig), 'noPermission');
    rig.does({ kind: 'configure', change: { agents: INSPECTED.agents?.map((agent) => ({ ...agent, group: 7 })) ?? [] } });
    assert.equal(why(rig), undefined);
  });

  test('where groups stand between the two (12.3.4.8)', () => {
    const [SEVEN, NINE] = [7, 9];
    /** Group of the inspector, group of the agent, which groups there are and whom those of the first may inspect; whether it is allowed. */
    const cases: readonly (readonly [own: number | undefined, theirs: number | undefined, groups: Readonly<Record<number, readonly number[]>>, allowed: boolean])[] = [
      [undefined, undefined, {}, true],
      [undefined, undefined, { 7: [] }, false],
      [SEVEN, undefined, { 7: [9], 9: [] }, false],
      [undefined, NINE, { 7: [9], 9: [] }, false],
      [undefined, NINE, { 9: [] }, false],
      [SEVEN, NINE, { 7: [], 9: [] }, false],
      [SEVEN, NINE, { 7: [9], 9: [] }, true],
      [NINE, SEVEN, { 7: [9], 9: [] }, false],
      [SEVEN, SEVEN, { 7: [] }, true],
    ];
    for (const [own, theirs, groups, allowed] of cases) {
      const groupOf = (id: number): number | undefined => (id === INSPECTOR ? own : id === TARGET ? theirs : undefined);
      const rig = aDesk();
      rig.does({ kind: 'configure', change: {
        groups: Object.entries(groups).map(([id, inspects]) => ({ id: Number(id), inspects })),
        agents: INSPECTED.agents?.map((agent) => ({ ...agent, ...(groupOf(agent.id) === undefined ? {} : { group: groupOf(agent.id) }) })) as NonNullable<typeof INSPECTED.agents>,
      } });
      assert.equal(why(rig), allowed ? undefined : 'noPermission', JSON.stringify([own, theirs, groups]));
    }
  });

  test('of one agent by two inspectors, and of who inspects', () => {
    const rig = aDesk({ config: { ...INSPECTED, limits: { inspectInspectors: true } } });
    rig.signIn(110);
    rig.signIn(102);
    inspect(rig);
    assert.equal(why(rig, TARGET, 110), 'busy');
    assert.equal(why(rig, INSPECTOR, 110), 'busy');
    rig.does({ kind: 'stopInspecting', agent: INSPECTOR });
    assert.equal(why(rig, TARGET, 110), undefined);
    rig.does({ kind: 'stopInspecting', agent: 110 });
    inspect(rig, 'listen', 110, INSPECTOR);
    assert.equal(why(rig, 102, 110), 'busy', 'who is inspected does not inspect');
  });

  test('unless the inspector is idle', () => {
    for (const state of ['busy', 'wrapUp'] as const) {
      const rig = aDesk();
      rig.does({ kind: 'askState', agent: INSPECTOR, request: state === 'busy' ? 'sayBusy' : 'work' });
      assert.equal(why(rig), 'wrongState');
    }
    const rig = aDesk();
    rig.does({ kind: 'dialOut', agent: INSPECTOR, called: '13900000000', caller: '' });
    assert.equal(why(rig), 'wrongState');
  });

  test('to an inspector without a phone', () => {
    const rig = aDesk();
    rig.does({ kind: 'signOut', agent: INSPECTOR });
    rig.signIn(INSPECTOR, { phone: '', ctiOnly: true });
    assert.equal(why(rig), 'phoneUnavailable');
  });

  test('to be stopped or changed where there is none, or of another agent', () => {
    const rig = aDesk();
    rig.signIn(102);
    assert.equal(rig.refuses({ kind: 'stopInspecting', agent: INSPECTOR }), 'nothing');
    inspect(rig);
    assert.equal(rig.refuses({ kind: 'stopInspecting', agent: INSPECTOR, target: 102 }), 'nothing');
    assert.equal(rig.refuses({ kind: 'switchInspection', agent: INSPECTOR, target: 102 }), 'nothing');
    assert.equal(rig.refuses({ kind: 'stopInspecting', agent: INSPECTOR, target: 999 }), 'unknownAgent');
    assert.equal(isInspected(rig), true);
  });
});

describe('an inspection ends', () => {
  const begun = (options = {}, profile = {}): Rig => {
    const rig = aDesk(options);
    rig.does({ kind: 'signOut', agent: INSPECTOR });
    rig.signIn(INSPECTOR, profile);
    rig.callIn(1);
    inspect(rig);
    rig.news();
    return rig;
  };
  const over = (rig: Rig, state = 'idle'): void => {
    assert.deepEqual([stateOf(rig), rig.centre.agents.get(INSPECTOR)?.inspecting, isInspected(rig)], [state, undefined, false]);
  };

  test('when the inspector stops it: the phone, then idle (12.1.4)', () => {
    const rig = begun({}, { releasePhone: true, autoEnterIdle: false });
    rig.does({ kind: 'stopInspecting', agent: INSPECTOR, target: TARGET });
    assert.deepEqual(rig.news(), ['InspectionEnded', 'LegDropped', 'LegEnded', 'AgentMoved']);
    over(rig);
    const always = begun();
    always.does({ kind: 'stopInspecting', agent: INSPECTOR });
    assert.deepEqual(always.news(), ['InspectionEnded', 'AgentMoved']);
    over(always);
    assert.equal(always.centre.agents.get(INSPECTOR)?.leg !== undefined, true, 'the phone stays up');
  });

  test('when the agent has released, or the customer', () => {
    const byAgent = begun();
    byAgent.does({ kind: 'release', agent: TARGET });
    over(byAgent);
    const byCustomer = begun();
    byCustomer.hangsUp('in-1');
    over(byCustomer);
  });

  test('not with one of two calls', () => {
    const rig = begun();
    rig.does({ kind: 'hold', agent: TARGET });
    const second = rig.does({ kind: 'dialOut', agent: TARGET, called: '13900000000', caller: '' }).result ?? '';
    rig.answers(rig.customer(second));
    rig.does({ kind: 'release', agent: TARGET });
    assert.equal(isInspected(rig), true);
  });

  test('not with a call that the agent does not answer', () => {
    const rig = aDesk();
    rig.signIn(102, {}, 'busy');
    rig.does({ kind: 'adjust', agent: TARGET, change: { autoAnswer: false } });
    inspect(rig);
    rig.callIn(1);
    rig.wait(30_000);
    assert.equal(stateOf(rig, TARGET), 'busy');
    assert.equal(isInspected(rig), true);
  });

  test('when the agent signs out', () => {
    const rig = begun();
    rig.does({ kind: 'signOut', agent: TARGET, force: true });
    assert.deepEqual([stateOf(rig), rig.centre.agents.get(INSPECTOR)?.inspecting], ['idle', undefined]);
  });

  test('when the inspector signs out, in whatever way', () => {
    const rig = begun();
    assert.equal(rig.refuses({ kind: 'signOut', agent: INSPECTOR }), 'wrongState');
    rig.does({ kind: 'signOut', agent: INSPECTOR, force: true });
    assert.deepEqual([stateOf(rig), isInspected(rig), stateOf(rig, TARGET)], [undefined, false, 'talking']);
  });

  test('when the inspector hangs up', () => {
    const rig = begun();
    rig.hangsUp(rig.phone(INSPECTOR));
    over(rig);
  });

  test('when the inspector\'s phone is not answered, or cannot be reached', () => {
    const rig = aDesk({ phonesAnswer: false });
    inspect(rig);
    rig.wait(29_999);
    assert.equal(isInspected(rig), true);
    rig.wait(1);
    over(rig);
    inspect(rig);
    rig.hangsUp(rig.phone(INSPECTOR), 604);
    over(rig);
  });

  test('before the phone was answered, and it is hung up', () => {
    const rig = aDesk({ phonesAnswer: false });
    inspect(rig);
    rig.does({ kind: 'stopInspecting', agent: INSPECTOR });
    over(rig);
    assert.equal(rig.centre.legs.size, 0);
  });

  test('with the rest that was asked for meanwhile', () => {
    const rig = begun({}, { releasePhone: true });
    rig.does({ kind: 'askState', agent: INSPECTOR, request: 'rest', ms: 1000 });
    rig.does({ kind: 'stopInspecting', agent: INSPECTOR });
    over(rig, 'rest');
  });

  test('and another one begins though the phone is still being hung up', () => {
    const rig = aDesk({ legsEnd: false });
    rig.does({ kind: 'signOut', agent: INSPECTOR });
    rig.signIn(INSPECTOR, { releasePhone: true });
    inspect(rig);
    const phone = rig.phone(INSPECTOR);
    rig.does({ kind: 'stopInspecting', agent: INSPECTOR });
    assert.equal(stateOf(rig), 'talking', 'until the phone is on hook');
    assert.equal(rig.refuses({ kind: 'inspect', agent: INSPECTOR, target: TARGET, how: 'listen' }), 'wrongState');
    rig.hangsUp(phone);
    over(rig);
  });
});
