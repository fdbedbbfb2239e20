import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aProfile, createRig, type Rig } from '../centre/centre.fixture.ts';

const AGENT = 101;
const PHONE = '13700000000';

const mobileIn = (session = 'mobile') =>
  ({ kind: 'signIn', agent: AGENT, profile: aProfile(AGENT, { session, mobile: true, phone: PHONE }), state: 'idle', force: true, unlessEngaged: true }) as const;

const sessionOf = ({ centre }: Rig) => centre.agents.get(AGENT)?.profile.session;

describe('answering calls on another phone (6.1.2.26)', () => {
  test('takes the place of a session at a workplace, and calls are dialled there', () => {
    const rig = createRig();
    rig.signIn(AGENT, {}, 'busy');
    rig.does(mobileIn());
    assert.equal(sessionOf(rig), 'mobile');
    rig.callIn(1);
    assert.deepEqual(rig.orders.filter(({ kind }) => kind === 'dial').map((order) => 'to' in order && order.to), [{ kind: 'phone', number: PHONE }]);
  });

  test('is refused while the agent is on a call, be it there already or not', () => {
    const rig = createRig();
    rig.signIn(AGENT);
    const call = rig.callIn(1);
    assert.equal(rig.refuses(mobileIn()), 'wrongState', 'its phone rings');
    rig.picksUp(AGENT);
    assert.equal(rig.refuses(mobileIn()), 'wrongState');
    assert.deepEqual([rig.centre.calls.has(call), sessionOf(rig)], [true, `session-${AGENT}`]);
    rig.hangsUp(rig.customer(call));
    rig.does(mobileIn());
    rig.callIn(1);
    assert.equal(rig.refuses(mobileIn('other')), 'wrongState');
  });
});

describe('signing out one session', () => {
  test('leaves who has signed in since', () => {
    const rig = createRig();
    rig.does(mobileIn());
    rig.does({ kind: 'signIn', agent: AGENT, profile: aProfile(AGENT, { session: 'desk' }), state: 'idle', force: true });
    assert.equal(rig.refuses({ kind: 'signOut', agent: AGENT, session: 'mobile' }), 'notSignedIn');
    assert.equal(rig.refuses({ kind: 'signOut', agent: AGENT, session: 'mobile', force: true }), 'notSignedIn');
    assert.equal(sessionOf(rig), 'desk');
    rig.does({ kind: 'signOut', agent: AGENT, session: 'desk' });
    assert.equal(sessionOf(rig), undefined);
  });
});
