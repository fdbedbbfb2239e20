import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aProfile, aQueue, aSkill, createRig, EVERY_BIT, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';
import type { Event } from '../centre/event.ts';
import { AGENT_STATES, type Profile } from './agent.ts';
import { SIGN_OUT } from './session.ts';

const AGENT = 101;

const forceIn = (rig: Rig, profile: Partial<Profile> = {}): void => {
  rig.does({ kind: 'signIn', agent: AGENT, profile: aProfile(AGENT, { session: 'second', ...profile }), state: 'idle', force: true });
};

/** What happened to the agent since, in order. */
const eventsOf = (rig: Rig, from: number): readonly Event[] => rig.happened.slice(from).map(({ event }) => event);
const of = <Type extends Event['type']>(events: readonly Event[], type: Type) =>
  events.filter((event): event is Extract<Event, { type: Type }> => event.type === type);

describe('signing in', () => {
  for (const state of ['idle', 'busy', 'wrapUp'] as const) {
    test(`leads by idle to ${state} (6.1.1.1)`, () => {
      const rig = createRig();
      rig.signIn(AGENT, {}, state);
      const moves = of(eventsOf(rig, 0), 'AgentMoved').map(({ to, cause }) => [to, cause]);
      assert.deepEqual(moves, state === 'idle' ? [['idle', 'signIn']] : [['idle', 'signIn'], [state, 'signIn']]);
      assert.equal(rig.centre.agents.get(AGENT)?.counters.busy, state === 'busy' ? 1 : 0);
    });
  }

  test('gives an idle agent what waits, and one who is busy nothing', () => {
    const rig = createRig();
    rig.signIn(102, {}, 'busy');
    const call = rig.callIn(1);
    rig.signIn(AGENT, {}, 'busy');
    assert.equal(rig.centre.agents.get(AGENT)?.call, undefined);
    rig.signIn(103);
    assert.equal(rig.centre.agents.get(103)?.call, call);
  });

  test('is refused with the phone of a colleague, until that one signs out', () => {
    const rig = createRig();
    rig.signIn(102);
    const phone = aProfile(102).phone;
    assert.equal(rig.refuses({ kind: 'signIn', agent: AGENT, profile: aProfile(AGENT, { phone }), state: 'idle', force: true }), 'phoneUnavailable');
    forceIn(rig);
    rig.does({ kind: 'signIn', agent: 102, profile: aProfile(102, { session: 'again' }), state: 'idle', force: true });
    rig.does({ kind: 'signOut', agent: 102, cause: 1 });
    forceIn(rig, { phone });
    assert.equal(rig.centre.agents.get(AGENT)?.profile.phone, phone);
  });

  test('is refused to who is signed in, and to whom there is not', () => {
    const rig = createRig();
    rig.signIn(AGENT);
    assert.equal(rig.refuses({ kind: 'signIn', agent: AGENT, profile: aProfile(AGENT), state: 'idle', force: false }), 'alreadySignedIn');
    assert.equal(rig.refuses({ kind: 'signIn', agent: 999, profile: aProfile(999), state: 'idle', force: true }), 'unknownAgent');
  });

  test('stops at the limit, which nobody counts against who is in for calls alone (6.1.1.23)', () => {
    const rig = createRig({ config: { ...FIRST_CONFIG, limits: { signedIn: 2 } } });
    rig.signIn(101);
    rig.signIn(102, { ctiOnly: true, webm: false });
    rig.signIn(103);
    assert.equal(rig.refuses({ kind: 'signIn', agent: 104, profile: aProfile(104), state: 'idle', force: false }), 'limit');
    assert.equal(rig.refuses({ kind: 'signIn', agent: 102, profile: aProfile(102), state: 'idle', force: true }), 'limit', 'who did not count would');
    rig.signIn(104, { ctiOnly: true, webm: false });
    const again = rig.refuses({ kind: 'signIn', agent: 103, profile: aProfile(103), state: 'idle', force: true });
    assert.equal(again, undefined, 'who counts already may come again');
  });

  test('without a phone nobody is called', () => {
    const rig = createRig();
    rig.signIn(AGENT, { ctiOnly: true, webm: false, phone: '' });
    rig.callIn(1);
    assert.equal(rig.centre.agents.get(AGENT)?.state, 'idle');
    assert.equal(rig.refuses({ kind: 'dialOut', agent: AGENT, called: '13900000000', caller: '' }), 'phoneUnavailable');
  });

  test('lets only inspectors hear of others (6.3.8, bits 13 and 17)', () => {
    const rig = createRig({ config: { ...FIRST_CONFIG, roles: [{ id: 2, bits: EVERY_BIT.filter((bit) => bit !== 13 && bit !== 17) }] } });
    rig.signIn(AGENT, { listensToSessions: true });
    assert.equal(rig.centre.agents.get(AGENT)?.profile.listensToSessions, false);
    const inspecting = createRig();
    inspecting.signIn(AGENT, { listensToSessions: true });
    assert.equal(inspecting.centre.agents.get(AGENT)?.profile.listensToSessions, true);
  });
});

describe('signing in by force (6.1.1.2)', () => {
  test('ends the session before, with what it was in', () => {
    const rig = createRig();
    rig.signIn(AGENT);
    const call = rig.callIn(1);
    const from = rig.happened.length;
    forceIn(rig);
    const events = eventsOf(rig, from);
    assert.deepEqual(events.map(({ type }) => type).slice(0, 4), ['AgentLeft', 'AgentSignedOut', 'CustomerLeft', 'LegDropped']);
    const [out] = of(events, 'AgentSignedOut');
    assert.deepEqual([out?.cause, out?.session], [SIGN_OUT.replaced, `session-${AGENT}`]);
    assert.equal(rig.centre.calls.has(call), false);
    const agent = rig.centre.agents.get(AGENT);
    assert.deepEqual([agent?.state, agent?.call, agent?.profile.session], ['idle', undefined, 'second']);
    assert.equal(agent?.counters.answered, 0, 'counted since the sign-in');
  });

  test('while the phone of the session before is being hung up, waits for it with the next call', () => {
    const rig = createRig({ legsEnd: false });
    rig.signIn(AGENT);
    rig.callIn(1);
    const phone = rig.phone(AGENT);
    forceIn(rig);
    const call = rig.callIn(1);
    const agent = rig.centre.agents.get(AGENT);
    assert.deepEqual([agent?.state, agent?.leg], ['occupied', phone]);
    rig.hangsUp(phone);
    assert.deepEqual([agent?.state, agent?.call], ['talking', call]);
    assert.notEqual(agent?.leg, phone);
  });

  test('from another phone does not wait for the old one', () => {
    const rig = createRig({ legsEnd: false });
    rig.signIn(AGENT);
    rig.callIn(1);
    const phone = rig.phone(AGENT);
    forceIn(rig, { phone: '99999' });
    const call = rig.callIn(1);
    assert.deepEqual([rig.centre.agents.get(AGENT)?.state, rig.centre.agents.get(AGENT)?.call], ['talking', call]);
    rig.hangsUp(phone);
    assert.equal(rig.centre.agents.get(AGENT)?.state, 'talking', 'the leg of an old session means nothing to the new one');
  });

  test('does not give the agent the calls of the session before', () => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(AGENT);
    const call = rig.callIn(1);
    forceIn(rig);
    assert.equal(rig.centre.calls.get(call)?.offer, undefined);
    assert.equal(rig.centre.agents.get(AGENT)?.state === 'idle' || rig.centre.agents.get(AGENT)?.call === call, true);
  });
});

describe('signing out', () => {
  test('is refused in a call and what leads to one (6.1.1.18)', () => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(AGENT, { autoAnswer: false });
    rig.callIn(1);
    assert.equal(rig.refuses({ kind: 'signOut', agent: AGENT }), 'wrongState');
    rig.picksUp(AGENT);
    assert.equal(rig.refuses({ kind: 'signOut', agent: AGENT }), 'wrongState');
    rig.does({ kind: 'answer', agent: AGENT });
    assert.equal(rig.refuses({ kind: 'signOut', agent: AGENT }), 'wrongState');
    rig.does({ kind: 'release', agent: AGENT });
    rig.does({ kind: 'signOut', agent: AGENT });
    assert.equal(rig.centre.agents.size, 0);
    assert.equal(rig.refuses({ kind: 'signOut', agent: AGENT }), 'notSignedIn');
  });

  test('is possible in all other states', () => {
    for (const state of AGENT_STATES.filter((one) => ['busy', 'rest', 'wrapUp'].includes(one))) {
      const rig = createRig();
      rig.signIn(AGENT);
      rig.does({ kind: 'askState', agent: AGENT, request: state === 'busy' ? 'sayBusy' : state === 'rest' ? 'rest' : 'work', ms: 1000 });
      rig.does({ kind: 'signOut', agent: AGENT });
      assert.deepEqual([rig.centre.agents.size, rig.centre.timers.due.size], [0, 0]);
    }
  });

  test('tells why (12.3.8.12)', () => {
    const causeOf = (how: { readonly force?: boolean; readonly cause?: number }): number | undefined => {
      const rig = createRig();
      rig.signIn(AGENT);
      rig.does({ kind: 'signOut', agent: AGENT, ...how });
      return of(eventsOf(rig, 0), 'AgentSignedOut')[0]?.cause;
    };
    assert.equal(causeOf({}), 258);
    assert.equal(causeOf({ force: true }), 258, 'the agent itself, whatever it does (6.1.1.19)');
    assert.equal(causeOf({ force: true, cause: 17 }), 17, 'a reason of the client\'s (6.1.1.20)');
    assert.equal(causeOf({ force: true, cause: SIGN_OUT.timedOut }), 263);
  });

  test('is the last that the session hears of', () => {
    const rig = createRig();
    rig.signIn(AGENT);
    rig.callIn(1);
    rig.does({ kind: 'hold', agent: AGENT });
    rig.does({ kind: 'dialOut', agent: AGENT, called: '13900000000', caller: '' });
    const from = rig.happened.length;
    rig.does({ kind: 'signOut', agent: AGENT, force: true });
    const own = eventsOf(rig, from).filter((event) => 'agent' in event && event.agent === AGENT && event.type !== 'LegEnded').map(({ type }) => type);
    assert.deepEqual(own, ['AgentLeft', 'AgentLeft', 'AgentSignedOut']);
    assert.deepEqual([rig.centre.calls.size, rig.centre.legs.size, rig.centre.timers.due.size], [0, 0, 0]);
  });

  test('sends a call that rings to the next agent, before all others', () => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(AGENT);
    rig.signIn(102, {}, 'busy');
    const call = rig.callIn(1);
    const other = rig.callIn(1);
    rig.does({ kind: 'signOut', agent: AGENT, force: true });
    rig.does({ kind: 'askState', agent: 102, request: 'sayFree' });
    assert.equal(rig.centre.agents.get(102)?.call, call);
    assert.deepEqual(rig.centre.calls.get(other)?.waitingIn, [1]);
  });

  test('comes with the account\'s end too', () => {
    const rig = createRig();
    rig.signIn(AGENT);
    const call = rig.callIn(1);
    rig.does({ kind: 'configure', change: { agentsGone: [AGENT] } });
    assert.equal(rig.centre.agents.size, 0);
    assert.equal(rig.centre.calls.has(call), false);
  });
});

describe('an agent on a mobile phone (6.1.2.26)', () => {
  const signInMobile = (rig: Rig): void => {
    rig.does({
      kind: 'signIn', agent: AGENT, state: 'idle', force: true,
      profile: aProfile(AGENT, { session: 'mobile', mobile: true, phone: '13700000000', autoAnswer: false, autoEnterIdle: false, releasePhone: false }),
    });
  };

  test('takes the place of the workplace, and is called by the number given', () => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(AGENT);
    signInMobile(rig);
    const call = rig.callIn(1);
    assert.deepEqual(rig.orders.findLast(({ kind }) => kind === 'dial'), { kind: 'dial', vdnId: 1, leg: rig.phone(AGENT), to: { kind: 'phone', number: '13700000000' }, from: '13800000001', ringMs: 30_000, near: 'in-1' });
    rig.picksUp(AGENT);
    assert.deepEqual([rig.centre.agents.get(AGENT)?.state, rig.centre.agents.get(AGENT)?.call], ['talking', call], 'to pick up is to answer');
    rig.hangsUp(rig.phone(AGENT));
    assert.equal(rig.centre.agents.get(AGENT)?.state, 'idle');
    assert.equal(rig.centre.calls.size, 0);
  });

  test('hangs up after each call, and is idle again', () => {
    const rig = createRig();
    signInMobile(rig);
    const call = rig.callIn(1);
    rig.hangsUp(rig.customer(call));
    assert.deepEqual([rig.centre.agents.get(AGENT)?.state, rig.centre.legs.size], ['idle', 0]);
  });

  test('who does not answer is busy for a while, as nothing else would end it', () => {
    const rig = createRig({ phonesAnswer: false });
    signInMobile(rig);
    rig.signIn(102, {}, 'busy');
    rig.callIn(1);
    rig.wait(30_000);
    assert.equal(rig.centre.agents.get(AGENT)?.state, 'busy');
    rig.wait(59_999);
    assert.equal(rig.centre.agents.get(AGENT)?.state, 'busy');
    rig.wait(1);
    assert.notEqual(rig.centre.agents.get(AGENT)?.state, 'busy');
  });

  test('is offered no text sessions, and signs out like everybody', () => {
    const config = { ...FIRST_CONFIG, queues: [aQueue(1, { media: 53 })], agents: [{ id: AGENT, roleId: 2, type: 99, skills: [aSkill(1)] }] };
    const rig = createRig({ config });
    signInMobile(rig);
    rig.does({ kind: 'chatArrives', queue: 1, channel: 'web', media: 51, user: 'u1' });
    assert.equal(rig.centre.agents.get(AGENT)?.state, 'idle');
    rig.does({ kind: 'signOut', agent: AGENT });
    assert.equal(rig.centre.agents.size, 0);
  });
});
