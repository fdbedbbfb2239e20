import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANSWER, callOut, events, OFFER, only, rig, told } from './call.fixture.ts';

const RINGING = { 'Allow-Events': 'Talk, hold , ,conference' };

describe('telling a telephone what to do', () => {
  it('while it rings: in the early dialog, as an event that the INVITE has subscribed to', async () => {
    const given = rig();
    const call = given.agent.invite({ channel: given.channel, uri: 'sip:anna@192.0.2.2', from: 'sip:100@example.com', sdp: OFFER });
    const all = events(call);
    const invite = only(given.requests());
    assert.equal(await call.notify('talk'), 481, 'it does not ring yet');
    given.respond(invite, 100, { tag: '' });
    assert.equal(await call.notify('talk'), 481);
    given.respond(invite, 180, { headers: RINGING });
    await given.pass();
    assert.deepEqual(told(all, 'progress').allowEvents, ['talk', 'hold', 'conference']);
    const asked = call.notify('talk');
    const notify = only(given.requests());
    assert.equal(notify.method, 'NOTIFY');
    assert.deepEqual(['Event', 'Subscription-State', 'Call-ID', 'To', 'Contact'].map((name) => notify.headers.get(name)), [
      'talk', 'active', call.callId, '<sip:anna@192.0.2.2>;tag=theirs', '<sip:parley@192.0.2.1:5060>',
    ]);
    assert.equal(notify.uri, 'sip:anna@192.0.2.2:5060');
    given.respond(notify, 200);
    assert.equal(await asked, 200);
    given.respond(invite, 200, { sdp: ANSWER });
    await given.pass();
    assert.equal(call.state(), 'up');
    given.sent();
    call.hangUp();
    await given.isQuiet();
  });

  it('that does not take it is no reason to end the call', async () => {
    const given = rig();
    const { call } = await callOut(given);
    for (const status of [481, 489]) {
      const asked = call.notify('hold');
      given.respond(only(given.requests()), status);
      assert.equal(await asked, status);
    }
    assert.equal(call.state(), 'up');
    const silent = call.notify('hold');
    await given.pass(32_000);
    assert.equal(await silent, 408);
    assert.equal(call.state(), 'up');
    given.sent();
    call.hangUp();
    assert.equal(await call.notify('talk'), 481);
    await given.isQuiet();
  });

  it('of several ends that ring, the one that rang last', async () => {
    const given = rig();
    const call = given.agent.invite({ channel: given.channel, uri: 'sip:anna@192.0.2.2', from: 'sip:100@example.com', sdp: OFFER });
    const invite = only(given.requests());
    for (const tag of ['first', 'second']) given.respond(invite, 180, { tag, headers: RINGING });
    void call.notify('talk');
    const notify = only(given.requests());
    assert.match(notify.headers.get('To') ?? '', /tag=second/);
    given.respond(notify, 200, { tag: 'second' });
    given.respond(invite, 486);
    await given.isQuiet();
  });

  it('says only so much of what it takes', async () => {
    const given = rig();
    const call = given.agent.invite({ channel: given.channel, uri: 'sip:anna@192.0.2.2', from: 'sip:100@example.com', sdp: OFFER });
    const all = events(call);
    const invite = only(given.requests());
    given.respond(invite, 180, { headers: { 'Allow-Events': Array.from({ length: 100 }, (_, index) => `e${index}`).join(',') } });
    await given.pass();
    assert.equal(told(all, 'progress').allowEvents?.length, 20);
    given.respond(invite, 486);
    await given.isQuiet();
  });
});
