import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aQueue, aSkill, createRig, EVERY_BIT, type Rig } from '../centre/centre.fixture.ts';
import { evolve } from '../centre/evolve.ts';
import { AGENT_STATES } from './agent.ts';
import { ctiStateOf, ENCODINGS, gatewayStateOf, isTalking, standingOf, syncStateBefore, syncStateOf, type Standing } from './projection.ts';

/** 6.5.3 as it is printed: Tables 6-452, 6-453 and 6-454. */
const TABLE: readonly (readonly [Standing, number, number, number])[] = [
  ['signedOut', 2, 0, 255],
  ['idle', 4, 1, 1],
  ['preoccupied', 7, 2, 7],
  ['occupied', 7, 3, 7],
  ['ringing', 7, 4, 8],
  ['dialling', 7, 3, 6],
  ['talking', 7, 5, 9],
  ['threeParty', 7, 5, 10],
  ['held', 7, 5, 11],
  ['muted', 7, 5, 12],
  ['helping', 7, 5, 13],
  ['transferring', 7, 5, 14],
  ['called', 7, 3, 7],
  ['inserting', 7, 5, 15],
  ['listening', 7, 5, 16],
  ['whispering', 7, 5, 17],
  ['playing', 7, 5, 5],
  ['wrapUp', 5, 6, 2],
  ['busy', 3, 7, 4],
  ['rest', 8, 8, 3],
  ['study', 0, 9, 255],
];

/** 6.5.3 says which CTI states a gateway state corresponds to. */
const CORRESPONDS: Readonly<Record<number, readonly number[]>> = { 0: [9], 2: [0], 3: [7], 4: [1], 5: [6], 7: [2, 3, 4, 5], 8: [8] };

const config = {
  queues: [aQueue(1), aQueue(2)],
  roles: [{ id: 2, bits: EVERY_BIT }, { id: 3, bits: EVERY_BIT }],
  agents: [101, 102, 103, 109].map((id) => ({ id, roleId: id === 109 ? 3 : 2, type: 4, skills: id === 101 ? [aSkill(1)] : [aSkill(2)] })),
};

const stands = (rig: Rig, agent: number): Standing => standingOf(rig.centre, rig.centre.agents.get(agent));

function talking(): { readonly rig: Rig; readonly call: string } {
  const rig = createRig({ config });
  for (const agent of [101, 102, 103]) rig.signIn(agent);
  return { rig, call: rig.callIn(1) };
}

describe('the three numberings of 6.5.3', () => {
  test('are those of the tables', () => {
    assert.deepEqual(Object.fromEntries(TABLE.map(([standing, gateway, cti, sync]) => [standing, { gateway, cti, sync }])), ENCODINGS);
    for (const { gateway, cti } of Object.values(ENCODINGS)) assert.ok(CORRESPONDS[gateway]?.includes(cti), `${gateway} and ${cti}`);
  });

  for (const state of AGENT_STATES) {
    test(`tell an agent without a call who is ${state}`, () => {
      const rig = createRig();
      rig.signIn(101);
      if (state === 'ringing') evolve(rig.centre, { type: 'AgentMoved', agent: 101, to: 'occupied', cause: 'offered' }, rig.now());
      if (state !== 'idle') evolve(rig.centre, { type: 'AgentMoved', agent: 101, to: state, cause: 'request' }, rig.now());
      const agent = rig.centre.agents.get(101);
      assert.ok(agent !== undefined);
      const { gateway, cti, sync } = ENCODINGS[state];
      assert.deepEqual([gatewayStateOf(rig.centre, agent), ctiStateOf(rig.centre, agent), syncStateOf(rig.centre, agent)], [gateway, cti, sync]);
      assert.equal(isTalking(rig.centre, agent), state === 'talking');
    });
  }

  test('tell an agent who is not signed in', () => {
    const { centre } = createRig();
    assert.deepEqual([gatewayStateOf(centre, undefined), ctiStateOf(centre, undefined), isTalking(centre, undefined)], [2, 0, false]);
  });

  test('tell the state before, which of a first one is none', () => {
    const rig = createRig();
    rig.signIn(101);
    const agent = rig.centre.agents.get(101);
    assert.ok(agent !== undefined);
    assert.equal(syncStateBefore(agent), 255, 'as in the example of 6.1.1.25');
    rig.does({ kind: 'askState', agent: 101, request: 'rest', ms: 1000 });
    rig.does({ kind: 'askState', agent: 101, request: 'cancelRest' });
    assert.equal(syncStateBefore(agent), 3);
  });
});

describe('what goes on in a call', () => {
  test('hold and mute', () => {
    const { rig } = talking();
    assert.equal(stands(rig, 101), 'talking');
    rig.does({ kind: 'mute', agent: 101, on: true });
    assert.equal(stands(rig, 101), 'muted');
    rig.does({ kind: 'mute', agent: 101, on: false });
    rig.does({ kind: 'hold', agent: 101 });
    assert.equal(stands(rig, 101), 'held');
    rig.does({ kind: 'dialOut', agent: 101, called: '13900000000', caller: '' });
    assert.equal(stands(rig, 101), 'dialling');
  });

  test('help by the two alone: the asker seeks help, the helper talks', () => {
    const { rig } = talking();
    rig.does({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'twoParty' });
    assert.equal(stands(rig, 101), 'helping');
    assert.equal(stands(rig, 102), 'talking');
  });

  test('help that is on its way', () => {
    const rig = createRig({ config, phonesAnswer: false });
    for (const agent of [101, 102]) rig.signIn(agent);
    rig.callIn(1);
    rig.picksUp(101);
    for (const mode of ['twoParty', 'threeParty'] as const) {
      rig.does({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode });
      assert.equal(stands(rig, 101), 'helping');
      assert.equal(stands(rig, 102), 'occupied');
      rig.hangsUp(rig.phone(102), 604);
      rig.does({ kind: 'askState', agent: 102, request: 'sayFree' });
    }
  });

  test('three together', () => {
    const { rig } = talking();
    rig.does({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'threeParty' });
    assert.equal(stands(rig, 101), 'threeParty');
    assert.equal(stands(rig, 102), 'threeParty');
  });

  test('a transfer that the agent watches over', () => {
    const { rig, call } = talking();
    for (const mode of ['talk', 'threeParty'] as const) {
      rig.does({ kind: 'transfer', agent: 101, to: { device: 'number', number: '13900000000' }, mode });
      assert.equal(stands(rig, 101), 'transferring');
      rig.answers(rig.centre.calls.get(call)?.third?.leg ?? '');
      assert.equal(stands(rig, 101), mode === 'talk' ? 'transferring' : 'threeParty');
      rig.does({ kind: 'cancelTransfer', agent: 101 });
      assert.equal(stands(rig, 101), 'talking');
    }
  });

  test('a call lent to a flow', () => {
    const { rig } = talking();
    rig.does({ kind: 'transfer', agent: 101, to: { device: 'flow', flow: '7' }, mode: 'suspend' });
    assert.equal(stands(rig, 101), 'transferring');
  });

  test('what an inspector does', () => {
    const { rig } = talking();
    rig.signIn(109);
    rig.does({ kind: 'inspect', agent: 109, target: 101, how: 'listen' });
    assert.equal(stands(rig, 109), 'listening');
    assert.equal(stands(rig, 101), 'talking', 'the agent does not notice');
    rig.does({ kind: 'switchInspection', agent: 109, how: 'insert' });
    assert.equal(stands(rig, 109), 'inserting');
    rig.does({ kind: 'switchInspection', agent: 109, how: 'whisper' });
    assert.equal(stands(rig, 109), 'whispering');
  });

  test('an inspector whose own phone rings', () => {
    const rig = createRig({ config, phonesAnswer: false });
    for (const agent of [101, 109]) rig.signIn(agent);
    rig.does({ kind: 'inspect', agent: 109, target: 101, how: 'listen' });
    assert.equal(stands(rig, 109), 'called');
  });

  test('a rest to follow shows in Table 6-452 alone', () => {
    const { rig } = talking();
    const agent = rig.centre.agents.get(101);
    assert.ok(agent !== undefined);
    rig.does({ kind: 'askState', agent: 101, request: 'sayBusy' });
    assert.equal(gatewayStateOf(rig.centre, agent), 7);
    rig.does({ kind: 'askState', agent: 101, request: 'rest', ms: 60_000 });
    assert.deepEqual([gatewayStateOf(rig.centre, agent), ctiStateOf(rig.centre, agent), syncStateOf(rig.centre, agent)], [9, 5, 9]);
    rig.does({ kind: 'release', agent: 101 });
    assert.equal(gatewayStateOf(rig.centre, agent), 8);
  });
});
