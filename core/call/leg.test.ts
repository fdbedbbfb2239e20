import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig, type Rig } from '../centre/centre.fixture.ts';
import { CAUSE, REASON } from './call.ts';
import { BUSY } from './offer.ts';

const stateOf = (rig: Rig, agent = 101) => rig.centre.agents.get(agent)?.state;
const dialled = (rig: Rig, leg: string) => rig.orders.some((order) => order.kind === 'dial' && order.leg === leg);
const dropped = (rig: Rig, leg: string) => rig.orders.some((order) => order.kind === 'drop' && order.leg === leg);
const ended = (leg: string, cause = 531) => ({ kind: 'legReported', report: { kind: 'ended', leg, cause } }) as const;
const answered = (leg: string) => ({ kind: 'legReported', report: { kind: 'answered', leg } }) as const;

describe('a customer who hangs up', () => {
  const where: readonly [name: string, cause: number, make: (rig: Rig) => void][] = [
    ['while waiting', CAUSE.gaveUp, (rig) => { rig.signIn(101, {}, 'busy'); rig.callIn(1); }],
    ['while waiting again', CAUSE.gaveUp, (rig) => {
      rig.signIn(101, { autoAnswer: false });
      rig.callIn(1);
      rig.picksUp(101);
      rig.does({ kind: 'reject', agent: 101, mode: 1 });
    }],
    ['while a phone rings', CAUSE.gaveUp, (rig) => { rig.signIn(101); rig.callIn(1); }],
    ['while the software rings', CAUSE.gaveUp, (rig) => { rig.signIn(101, { autoAnswer: false }); rig.callIn(1); rig.picksUp(101); }],
    ['in the talk', CAUSE.normal, (rig) => { rig.signIn(101); rig.callIn(1); rig.picksUp(101); }],
    ['while muted', CAUSE.normal, (rig) => { rig.signIn(101); rig.callIn(1); rig.picksUp(101); rig.does({ kind: 'mute', agent: 101, on: true }); }],
    ['on hold', CAUSE.normal, (rig) => { rig.signIn(101); rig.callIn(1); rig.picksUp(101); rig.does({ kind: 'hold', agent: 101 }); }],
    ['in a flow', CAUSE.normal, (rig) => { rig.does({ kind: 'arrive', leg: 'in-1', caller: '1', called: '2', to: { kind: 'flow', flow: 'f' } }); }],
  ];
  for (const [name, cause, make] of where) {
    test(`${name} leaves nothing behind`, () => {
      const rig = createRig({ phonesAnswer: false });
      make(rig);
      const before = stateOf(rig);
      rig.hangsUp('in-1');
      const { calls, legs, timers, queues, agents } = rig.centre;
      assert.equal(calls.size, 0);
      assert.ok([...legs.values()].every(({ agent, state }) => agent === 101 && state === 'up'), 'but a phone that is off the hook');
      assert.equal(timers.due.size, 0);
      assert.ok([...queues.values()].every(({ waiting, returned }) => waiting.size + returned.size === 0));
      if (agents.has(101)) assert.equal(stateOf(rig), before === 'busy' ? 'busy' : 'idle');
      assert.deepEqual(rig.happened.flatMap(({ event }) => (event.type === 'CallEnded' ? [event.cause] : [])), [cause]);
      const [last] = [...agents.values()].map(({ lastCall }) => lastCall);
      assert.ok(last?.visits.every(({ until }) => until !== undefined) ?? true);
    });
  }

  test('stops the phone that rings, and the agent goes on as before, not through a wrap-up of nothing', () => {
    const rig = createRig({ phonesAnswer: false, legsEnd: false });
    rig.signIn(101, { autoEnterIdle: false });
    rig.callIn(1);
    const leg = rig.phone(101);
    rig.hangsUp('in-1');
    assert.ok(dropped(rig, leg));
    assert.equal(stateOf(rig), 'wrapUp', 'until it is on hook');
    const next = rig.callIn(1);
    rig.does(ended(leg));
    assert.equal(rig.centre.agents.get(101)?.call, next);
    assert.notEqual(rig.phone(101), leg);
  });
});

describe('the phone of an agent', () => {
  test('that cannot be reached for a call to the outside fails it, and nobody is dialled', () => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(101, { autoEnterIdle: false });
    const call = rig.does({ kind: 'dialOut', agent: 101, called: '40040', caller: '' }).result;
    rig.hangsUp(rig.phone(101), CAUSE.noResource);
    assert.deepEqual(rig.happened.find(({ event }) => event.type === 'CallFailed')?.event, { type: 'CallFailed', call, agent: 101, whose: 'own', cause: CAUSE.noResource });
    assert.equal(rig.orders.filter(({ kind }) => kind === 'dial').length, 1);
    assert.deepEqual([rig.centre.calls.size, rig.centre.legs.size], [0, 0]);
    assert.deepEqual(rig.centre.agents.get(101)?.lastCall?.visits.map(({ leaveReason }) => leaveReason), [REASON.unanswered]);
  });

  const fates: readonly [name: string, fail: (rig: Rig) => void, reason: number][] = [
    ['is not answered', (rig) => { rig.wait(30_000); }, BUSY.unanswered],
    ['is not answered, as the port says', (rig) => { rig.hangsUp(rig.phone(101), CAUSE.unanswered); }, BUSY.unanswered],
    ['is engaged', (rig) => { rig.hangsUp(rig.phone(101), CAUSE.busy); }, BUSY.noPhone],
    ['is hung up in place of answering', (rig) => { rig.picksUp(101); rig.hangsUp(rig.phone(101)); }, BUSY.rejected],
  ];
  for (const [name, fail, reason] of fates) {
    test(`that ${name} makes the agent busy, and the call goes to the next`, () => {
      const rig = createRig({ phonesAnswer: false });
      rig.signIn(101, { autoAnswer: false });
      const call = rig.callIn(1);
      rig.signIn(102);
      fail(rig);
      assert.deepEqual([stateOf(rig), rig.centre.agents.get(101)?.reason, rig.centre.agents.get(102)?.call], ['busy', reason, call]);
    });
  }

  test('that is hung up ends what the agent talks in and what it holds', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.callIn(1);
    rig.does({ kind: 'hold', agent: 101 });
    rig.does({ kind: 'dialOut', agent: 101, called: '40040', caller: '' });
    rig.hangsUp(rig.phone(101));
    assert.deepEqual([rig.centre.calls.size, rig.centre.legs.size, stateOf(rig)], [0, 0, 'idle']);
  });

  test('that is hung up changes nothing without a call: a wrap-up that was asked for goes on', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.callIn(1);
    rig.does({ kind: 'release', agent: 101 });
    rig.does({ kind: 'askState', agent: 101, request: 'work' });
    rig.hangsUp(rig.phone(101));
    assert.deepEqual([stateOf(rig), rig.centre.agents.get(101)?.leg], ['wrapUp', undefined]);
  });

  test('is rung again for a call that comes while it is being hung up', () => {
    const rig = createRig({ phonesAnswer: false, legsEnd: false });
    rig.signIn(101, { releasePhone: true });
    rig.callIn(1);
    rig.picksUp(101);
    const leg = rig.phone(101);
    rig.does({ kind: 'release', agent: 101 });
    assert.equal(stateOf(rig), 'wrapUp');
    rig.does({ kind: 'dialOut', agent: 101, called: '40040', caller: '' });
    assert.equal(rig.phone(101), leg, 'one phone cannot do both');
    rig.does(ended(leg));
    assert.ok(rig.phone(101) !== leg && dialled(rig, rig.phone(101)));
    rig.picksUp(101);
    assert.equal(rig.orders.at(-2)?.kind, 'dial', 'now the number outside');
  });

  test('is given up when nobody tells that it is down', () => {
    const rig = createRig({ phonesAnswer: false, legsEnd: false });
    rig.signIn(101, { releasePhone: true });
    rig.callIn(1);
    rig.picksUp(101);
    rig.does({ kind: 'release', agent: 101 });
    rig.wait(5000);
    assert.deepEqual([stateOf(rig), rig.centre.legs.size], ['idle', 0]);
  });

  test('of a session that was replaced is none of the new session\'s business', () => {
    const rig = createRig({ phonesAnswer: false, legsEnd: false });
    rig.signIn(101);
    const first = rig.callIn(1);
    rig.picksUp(101);
    const old = rig.phone(101);
    const { profile } = rig.centre.agents.get(101) ?? {};
    assert.ok(profile);
    rig.does({ kind: 'signIn', agent: 101, profile: { ...profile, session: 'other' }, state: 'idle', force: true });
    assert.equal(rig.centre.calls.has(first), false);
    const second = rig.callIn(1);
    assert.equal(rig.centre.agents.get(101)?.call, second);
    assert.equal(rig.orders.filter(({ kind }) => kind === 'dial').length, 1, 'it is not rung before it is down');
    rig.does(ended(old));
    assert.equal(rig.centre.agents.get(101)?.call, second);
    rig.picksUp(101);
    assert.equal(stateOf(rig), 'talking');
    rig.does(ended(old));
    assert.equal(stateOf(rig), 'talking');
  });

  test('of a session that was replaced from another desk does not hold up the new one', () => {
    const rig = createRig({ phonesAnswer: false, legsEnd: false });
    rig.signIn(101);
    rig.callIn(1);
    rig.picksUp(101);
    const old = rig.phone(101);
    const { profile } = rig.centre.agents.get(101) ?? {};
    assert.ok(profile);
    rig.does({ kind: 'signIn', agent: 101, profile: { ...profile, session: 'other', phone: '80999' }, state: 'idle', force: true });
    const call = rig.callIn(1);
    rig.picksUp(101);
    rig.does(ended(old));
    assert.deepEqual([rig.centre.agents.get(101)?.call, stateOf(rig), rig.centre.legs.has(rig.phone(101))], [call, 'talking', true]);
  });

  test('that is taken off the hook for nothing any more stays so', () => {
    const rig = createRig({ phonesAnswer: false, legsEnd: false });
    rig.signIn(101);
    rig.callIn(1);
    const leg = rig.phone(101);
    rig.hangsUp('in-1');
    rig.news();
    rig.does(answered(leg));
    assert.deepEqual(rig.news(), [], 'it is told to be on hook already');
    rig.does(ended(leg));
    assert.equal(stateOf(rig), 'idle');
    assert.deepEqual([rig.send(answered(leg)).events, rig.send(ended(leg)).events], [[], []]);
  });
});

describe('a number outside', () => {
  const causes: readonly [cause: number, leave: number][] = [
    [CAUSE.busy, 20], [CAUSE.unknownNumber, 24], [CAUSE.unanswered, 26], [CAUSE.rejected, 27], [CAUSE.noResource, 25], [551, 26],
  ];
  for (const [cause, leave] of causes) {
    test(`that fails with ${cause} is told so`, () => {
      const rig = createRig();
      rig.signIn(101);
      const call = rig.does({ kind: 'dialOut', agent: 101, called: '40040', caller: '' }).result ?? '';
      rig.hangsUp(rig.customer(call), cause);
      assert.deepEqual(rig.happened.flatMap(({ event }) => (event.type === 'CustomerLeft' ? [[event.by, event.cause]] : [])), [['failed', cause]]);
      assert.equal(rig.centre.agents.get(101)?.lastCall?.visits.at(-1)?.leaveReason, leave);
      assert.deepEqual([rig.centre.calls.size, stateOf(rig)], [0, 'idle']);
    });
  }

  test('that is not answered is hung up, and a late answer changes nothing', () => {
    const rig = createRig({ legsEnd: false });
    rig.signIn(101);
    const call = rig.does({ kind: 'dialOut', agent: 101, called: '40040', caller: '' }).result ?? '';
    const leg = rig.customer(call);
    rig.wait(30_000);
    assert.deepEqual([rig.centre.calls.size, stateOf(rig), dropped(rig, leg)], [0, 'idle', true]);
    assert.deepEqual(rig.send(answered(leg)).events, []);
    rig.does(ended(leg));
    assert.equal(rig.centre.legs.size, 1);
  });
});

test('an agent in a talk does not say free', () => {
  const rig = createRig();
  rig.signIn(101);
  rig.callIn(1);
  assert.equal(rig.refuses({ kind: 'askState', agent: 101, request: 'sayFree' }), 'wrongState');
  assert.equal(stateOf(rig), 'talking');
});
