import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANSWER, bodyOf, callOut, callUp, isRequest, kinds, OFFER, only, rig, told } from './call.fixture.ts';

const HELD = OFFER.replace('sendrecv', 'sendonly');
const HOLDING = ANSWER.replace('sendrecv', 'recvonly');

describe('the other end changes its media', () => {
  it('by an INVITE that is accepted, acknowledged and refreshes its address', async () => {
    const given = rig();
    const { call, told: all, tag } = await callUp(given);
    given.request('INVITE', { toTag: tag, cseq: 2, sdp: HELD, headers: { Contact: '<sip:anna@192.0.2.2:5060;moved>' } });
    await given.pass();
    const offered = told(all, 'offered');
    assert.equal(offered.sdp, HELD);
    offered.accept(HOLDING);
    offered.accept(ANSWER);
    await given.pass(600);
    const [ok, again] = given.sent();
    assert(ok !== undefined && again !== undefined);
    assert.equal(bodyOf(ok), HOLDING);
    assert.equal(bodyOf(again), HOLDING);
    given.request('ACK', { toTag: tag, cseq: 2 });
    await given.pass(10_000);
    assert.deepEqual(given.said(), []);
    call.hangUp();
    await given.pass();
    assert.equal(only(given.requests()).uri, 'sip:anna@192.0.2.2:5060;moved');
    await given.isQuiet();
  });

  it('by an INVITE without an offer: ours is in the 2xx, its answer in the ACK', async () => {
    const given = rig();
    const { told: all, tag } = await callUp(given);
    given.request('INVITE', { toTag: tag, cseq: 2 });
    await given.pass();
    const offered = told(all, 'offered');
    assert.equal(offered.sdp, undefined);
    offered.accept(OFFER);
    given.request('ACK', { toTag: tag, cseq: 2, sdp: ANSWER });
    await given.pass();
    assert.deepEqual(kinds(all), ['acknowledged', 'offered', 'acknowledged']);
    assert.equal(told(all, 'acknowledged').sdp, ANSWER);
    given.request('BYE', { toTag: tag, cseq: 3 });
    await given.isQuiet();
  });

  it('and is refused, or when nobody decides in time, or takes it back, or hangs up', async () => {
    for (const [what, expected] of [['refuse', '488 INVITE'], ['wait', '500 INVITE'], ['cancel', '487 INVITE'], ['end', '487 INVITE']] as const) {
      const given = rig();
      const { call, told: all, tag } = await callUp(given);
      given.request('INVITE', { toTag: tag, cseq: 2, sdp: HELD, branch: 'z9hG4bK-re' });
      await given.pass();
      const offered = told(all, 'offered');
      if (what === 'refuse') offered.refuse(488);
      else if (what === 'wait') await given.pass(10_000);
      else if (what === 'cancel') given.request('CANCEL', { branch: 'z9hG4bK-re', toTag: tag, cseq: 2 });
      else call.hangUp();
      await given.pass();
      assert(given.said().includes(expected), what);
      offered.accept(HOLDING);
      assert.deepEqual(given.said(), []);
      given.request('ACK', { branch: 'z9hG4bK-re', toTag: tag, cseq: 2 });
      assert.equal(call.state(), what === 'end' ? 'ended' : 'up');
      call.hangUp();
      await given.isQuiet();
    }
  });

  it('by UPDATE with SDP and without', async () => {
    const given = rig();
    const { told: all, tag } = await callUp(given);
    given.request('UPDATE', { toTag: tag, cseq: 2, sdp: HELD });
    await given.pass();
    told(all, 'offered').accept(HOLDING);
    assert.equal(bodyOf(only(given.sent())), HOLDING);
    given.request('UPDATE', { toTag: tag, cseq: 3 });
    const ok = only(given.sent());
    assert(ok.kind === 'response' && ok.status === 200);
    assert.equal(ok.headers.get('Contact'), '<sip:parley@192.0.2.1:5060>');
    given.request('BYE', { toTag: tag, cseq: 4 });
    await given.isQuiet();
  });

  it('while an offer of its own is open, and is told to come again', async () => {
    const given = rig();
    const { told: all, tag } = await callUp(given);
    given.request('INVITE', { toTag: tag, cseq: 2, sdp: HELD });
    await given.pass();
    given.request('INVITE', { toTag: tag, cseq: 3, sdp: HELD });
    given.request('UPDATE', { toTag: tag, cseq: 4, sdp: HELD });
    const said = given.sent();
    assert.deepEqual(said.map((message) => (message.kind === 'response' ? `${message.status} ${message.headers.get('Retry-After')}` : '')), ['500 0', '500 0']);
    told(all, 'offered').accept(HOLDING);
    given.request('ACK', { toTag: tag, cseq: 2 });
    given.request('BYE', { toTag: tag, cseq: 5 });
    await given.isQuiet();
  });

  it('while our offer is open, and is told 491', async () => {
    const given = rig();
    const { call, told: all, tag } = await callUp(given);
    const offered = call.offer(HELD);
    await given.pass();
    const invite = only(given.requests());
    given.request('INVITE', { toTag: tag, cseq: 2, sdp: HELD });
    given.request('UPDATE', { toTag: tag, cseq: 3, sdp: HELD });
    assert.deepEqual(given.said(), ['491 INVITE', '491 UPDATE']);
    given.respond(invite, 200, { sdp: HOLDING });
    assert.deepEqual(await offered, { ok: true, sdp: HOLDING });
    assert.deepEqual(kinds(all), ['acknowledged']);
    call.hangUp();
    await given.isQuiet();
  });

  it('though the ACK of what was answered before got lost', async () => {
    const given = rig();
    const { told: all, tag } = await callUp(given);
    for (const cseq of [2, 3]) {
      given.request('INVITE', { toTag: tag, cseq, sdp: HELD });
      await given.pass();
      told(all, 'offered').accept(HOLDING);
    }
    await given.pass(3000);
    given.sent();
    given.request('ACK', { toTag: tag, cseq: 3 });
    await given.pass(10_000);
    assert.deepEqual(given.said(), []);
    given.request('BYE', { toTag: tag, cseq: 4 });
    await given.isQuiet();
  });
});

describe('we change our media', () => {
  it('by an INVITE whose 2xx is acknowledged each time it comes', async () => {
    const given = rig();
    const { call } = await callOut(given);
    const offered = call.offer(HELD);
    await given.pass();
    const invite = only(given.requests());
    assert.equal(invite.headers.get('CSeq'), '2 INVITE');
    assert.equal(bodyOf(invite), HELD);
    given.respond(invite, 200, { sdp: HOLDING, headers: { Contact: '<sip:anna@192.0.2.2:5060;moved>' } });
    given.respond(invite, 200, { sdp: HOLDING });
    const acks = given.requests();
    assert.deepEqual(acks.map(({ method, uri }) => `${method} ${uri}`), Array(2).fill('ACK sip:anna@192.0.2.2:5060;moved').with(1, 'ACK sip:anna@192.0.2.2:5060'));
    assert.deepEqual(await offered, { ok: true, sdp: HOLDING });
    call.hangUp();
    await given.isQuiet();
  });

  it('one change after the other, and not before the ACK of our answer', async () => {
    const given = rig();
    const { call } = await callOut(given);
    const first = call.offer(HELD);
    const second = call.offer(OFFER);
    await given.pass();
    const invite = only(given.requests());
    given.respond(invite, 200, { sdp: HOLDING });
    await given.pass();
    const [ack, next] = given.requests();
    assert(ack !== undefined && next !== undefined && isRequest(ack, 'ACK'));
    given.respond(next, 488);
    assert.deepEqual([await first, await second], [{ ok: true, sdp: HOLDING }, { ok: false, status: 488 }]);
    call.hangUp();
    await given.isQuiet();
  });

  for (const { who, from, to, make } of [
    { who: 'who has the Call-ID waits 2.1 to 4 seconds', from: 2100, to: 4000, make: callOut },
    { who: 'who has it not waits up to 2 seconds', from: 0, to: 2000, make: callUp },
  ]) {
    it(`and meets another offer: ${who}`, async () => {
      for (const [random, ms] of [[() => 0, from], [(bound: number) => bound - 1, to]] as const) {
        const given = rig({ randomBelow: random });
        const { call } = await make(given);
        const offered = call.offer(HELD);
        await given.pass();
        given.respond(only(given.requests()), 491);
        given.sent();
        if (ms > 0) {
          await given.pass(ms - 1);
          assert.deepEqual(given.said(), []);
          await given.pass(1);
        } else await given.pass();
        const again = only(given.requests().filter(({ method }) => method === 'INVITE'));
        given.respond(again, 200, { sdp: HOLDING });
        assert.equal((await offered).ok, true);
        call.hangUp();
        await given.isQuiet();
      }
    });
  }

  it('and gives up when the other end always has an offer of its own', async () => {
    const given = rig();
    const { call } = await callOut(given);
    const offered = call.offer(HELD);
    const invites = new Set<string | undefined>();
    for (let turn = 0; turn < 20; turn += 1) {
      await given.pass(4000);
      for (const request of given.requests()) {
        if (request.method !== 'INVITE') continue;
        invites.add(request.headers.get('CSeq'));
        given.respond(request, 491);
      }
    }
    assert.deepEqual(await offered, { ok: false, status: 491 });
    assert.equal(invites.size, 7);
    call.hangUp();
    await given.isQuiet();
  });

  it('to an end that does not know the call, or does not answer, or is not reached just now', async () => {
    for (const { respond, status, why } of [
      { respond: 481, status: 481, why: { kind: 'lost', why: 'unknown' } },
      { respond: undefined, status: 481, why: { kind: 'lost', why: 'transport' } },
      { respond: 'broken', status: 503, why: undefined },
    ] as const) {
      const given = rig();
      const { call, told: all } = await callOut(given);
      if (respond === 'broken') given.channel.breakDown(true);
      const offered = call.offer(HELD);
      await given.pass();
      if (respond === 481) given.respond(only(given.requests()), 481);
      await given.pass(32_000);
      assert.deepEqual(await offered, { ok: false, status: respond === undefined ? 481 : status });
      if (why === undefined) assert.equal(call.state(), 'up');
      else assert.deepEqual(told(all, 'ended').why, why);
      call.hangUp();
      await given.isQuiet();
    }
  });

  it('and hangs up in the middle of it: the late 2xx is still acknowledged', async () => {
    const given = rig();
    const { call } = await callOut(given);
    const offered = call.offer(HELD);
    await given.pass();
    const invite = only(given.requests());
    call.hangUp();
    assert.deepEqual(await offered, { ok: false, status: 481 });
    await given.pass();
    given.respond(only(given.requests()), 200);
    given.respond(invite, 200, { sdp: HOLDING });
    assert.deepEqual(given.said(), ['ACK']);
    assert.deepEqual(await call.offer(HELD), { ok: false, status: 481 });
    await given.isQuiet();
  });
});

describe('the session timer', () => {
  const TIMER = { expires: 300, minSE: 90 };

  it('refreshes at half time by UPDATE where the other end takes it', async () => {
    const given = rig({ sessionTimer: TIMER });
    const { call, told: all } = await callUp(given, { 'Supported': 'timer', 'Session-Expires': '200;refresher=uas', 'Allow': 'INVITE, ACK, BYE, UPDATE' });
    await given.pass(99_999);
    assert.deepEqual(given.said(), []);
    await given.pass(1);
    const update = only(given.requests());
    assert.equal(update.method, 'UPDATE');
    assert.equal(bodyOf(update), '');
    assert.equal(update.headers.get('Session-Expires'), '300;refresher=uac');
    given.respond(update, 200, { headers: { 'Session-Expires': '200;refresher=uac' } });
    given.sent();
    await given.pass(100_000);
    assert.deepEqual(given.said(), ['UPDATE']);
    assert.deepEqual(kinds(all), ['acknowledged']);
    call.hangUp();
    await given.isQuiet();
  });

  it('refreshes by INVITE with what was said before where there is no UPDATE, and of its own when the other end knows no timer', async () => {
    const given = rig({ sessionTimer: TIMER });
    const { call } = await callOut(given, { Allow: 'INVITE, ACK, BYE' });
    await given.pass(150_000);
    const invite = only(given.requests());
    assert.equal(invite.method, 'INVITE');
    assert.equal(bodyOf(invite), OFFER);
    given.respond(invite, 200, { sdp: ANSWER });
    assert.deepEqual(given.said(), ['ACK']);
    call.hangUp();
    await given.isQuiet();
  });

  it('hangs up when the other end does not refresh in time', async () => {
    const given = rig({ sessionTimer: TIMER });
    const { told: all, tag } = await callUp(given, { 'Supported': 'timer', 'Session-Expires': '90;refresher=uac' });
    await given.pass(59_000);
    given.request('UPDATE', { toTag: tag, cseq: 2, headers: { 'Supported': 'timer', 'Session-Expires': '90;refresher=uac' } });
    const ok = only(given.sent());
    assert.equal(ok.headers.get('Session-Expires'), '90;refresher=uac');
    assert.equal(ok.headers.get('Require'), 'timer');
    await given.pass(59_000);
    assert.deepEqual(given.said(), []);
    await given.pass(1000);
    assert.deepEqual(given.said(), ['BYE']);
    assert.deepEqual(told(all, 'ended').why, { kind: 'lost', why: 'session' });
    await given.isQuiet();
  });

  it('hangs up when nobody answers the refresh, and tries again when it is refused', async () => {
    const silent = rig({ sessionTimer: TIMER });
    const { told: all } = await callOut(silent, { 'Allow': 'UPDATE', 'Session-Expires': '300;refresher=uac' });
    await silent.pass(150_000 + 32_000);
    assert.deepEqual(told(all, 'ended').why, { kind: 'lost', why: 'session' });
    await silent.isQuiet();

    const given = rig({ sessionTimer: TIMER });
    const other = await callOut(given, { 'Allow': 'UPDATE', 'Session-Expires': '300;refresher=uac' });
    let refreshes = 0;
    for (let time = 0; time < 268_000; time += 1000) {
      await given.pass(1000);
      for (const request of given.requests()) {
        if (request.method !== 'UPDATE') continue;
        refreshes += 1;
        given.respond(request, 500);
      }
    }
    assert.equal(refreshes, 8);
    assert.deepEqual(told(other.told, 'ended').why, { kind: 'lost', why: 'session' });
    await given.isQuiet();
  });

  it('refuses an interval that is too short, in an INVITE and in a refresh', async () => {
    const given = rig({ sessionTimer: TIMER });
    const { call, tag } = await callUp(given, { Supported: 'timer' });
    const brief = { 'Supported': 'timer', 'Session-Expires': '30' };
    given.request('UPDATE', { toTag: tag, cseq: 2, headers: brief });
    const refused = only(given.sent());
    assert(refused.kind === 'response' && refused.status === 422);
    assert.equal(refused.headers.get('Min-SE'), '90');
    given.request('INVITE', { callId: 'other', headers: brief, sdp: OFFER });
    assert.deepEqual(given.said(), ['422 INVITE']);
    assert.equal(given.agent.calls(), 1);
    call.hangUp();
    await given.isQuiet();
  });
});

describe('requests within a call', () => {
  it('INFO is told and answered, and sent one after the other', async () => {
    const given = rig();
    const { call, told: all, tag } = await callUp(given);
    given.request('INFO', { toTag: tag, cseq: 2, body: { contentType: 'application/dtmf-relay', content: 'Signal=5\r\nDuration=160\r\n' } });
    given.request('INFO', { toTag: tag, cseq: 3, headers: { 'Info-Package': 'foo' } });
    await given.pass();
    assert.deepEqual(given.said(), ['200 INFO', '469 INFO']);
    const { contentType, body } = told(all, 'info');
    assert.deepEqual([contentType, body], ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n']);
    const answers = [call.info('application/dtmf', '1'), call.info('application/dtmf', '2')];
    await given.pass();
    const first = only(given.requests());
    assert.equal(bodyOf(first), '1');
    given.respond(first, 200);
    await given.pass();
    given.respond(only(given.requests()), 415);
    assert.deepEqual(await Promise.all(answers), [200, 415]);
    call.hangUp();
    assert.equal(await call.info('application/dtmf', '3'), 481);
    await given.isQuiet();
  });

  it('REFER is told, accepted and followed by NOTIFY until the end of it', async () => {
    const given = rig();
    const { call, told: all, tag } = await callUp(given);
    given.request('REFER', { toTag: tag, cseq: 2, headers: { 'Refer-To': '<sip:bob@example.com?Replaces=abc%40x%3Bto-tag%3D1%3Bfrom-tag%3D2>' } });
    await given.pass();
    const { to, replaces, accept, refuse } = told(all, 'referred');
    assert.deepEqual([to, replaces], ['sip:bob@example.com', 'abc@x;to-tag=1;from-tag=2']);
    const notify = accept();
    refuse(603);
    await given.pass();
    const [accepted, trying] = given.sent();
    assert(accepted !== undefined && trying !== undefined && isRequest(trying, 'NOTIFY'));
    assert(accepted.kind === 'response' && accepted.status === 202);
    assert.deepEqual([bodyOf(trying), trying.headers.get('Event'), trying.headers.get('Subscription-State')], ['SIP/2.0 100 Trying\r\n', 'refer', 'active;expires=180']);
    notify(180);
    notify(200);
    notify(486);
    // One after the other, each when the one before was answered.
    given.respond(trying, 200);
    await given.pass();
    const ringing = only(given.requests());
    assert.equal(bodyOf(ringing), 'SIP/2.0 180 Ringing\r\n');
    given.respond(ringing, 200);
    await given.pass();
    const done = only(given.requests());
    assert.deepEqual([bodyOf(done), done.headers.get('Subscription-State')], ['SIP/2.0 200 OK\r\n', 'terminated;reason=noresource']);
    given.respond(done, 200);
    await given.pass();
    assert.deepEqual(given.said(), []);
    call.hangUp();
    await given.isQuiet();
  });

  it('REFER is refused, or is none', async () => {
    const given = rig();
    const { call, told: all, tag } = await callUp(given);
    const refer = (cseq: number, headers: Readonly<Record<string, string>>): void => { given.request('REFER', { toTag: tag, cseq, headers }); };
    refer(2, {});
    refer(3, { 'Refer-To': '<sip:a@b>, <sip:c@d>' });
    refer(4, { 'Refer-To': '<http://example.com>' });
    refer(5, { 'Refer-To': '<sip:a@b;method=BYE>' });
    assert.deepEqual(given.said(), ['400 REFER', '400 REFER', '416 REFER', '501 REFER']);
    refer(6, { 'Refer-To': '<sip:a@b>' });
    await given.pass();
    told(all, 'referred').refuse(603);
    assert.deepEqual(given.said(), ['603 REFER']);
    // Who does not want to be told is not (RFC 4488).
    refer(7, { 'Refer-To': '<sip:a@b>', 'Refer-Sub': 'false' });
    await given.pass();
    told(all, 'referred').accept()(200);
    await given.pass();
    assert.deepEqual(given.said(), ['202 REFER']);
    call.hangUp();
    await given.isQuiet();
  });

  it('OPTIONS is answered, what nobody takes is refused', async () => {
    const given = rig();
    const { call, tag } = await callUp(given);
    given.request('OPTIONS', { toTag: tag, cseq: 2 });
    given.request('MESSAGE', { toTag: tag, cseq: 3 });
    given.request('NOTIFY', { toTag: tag, cseq: 4 });
    given.request('DANCE', { toTag: tag, cseq: 5 });
    given.request('PRACK', { toTag: tag, cseq: 6, headers: { RAck: '1 1 INVITE' } });
    given.request('INFO', { toTag: tag, cseq: 7, headers: { Require: 'teleport' } });
    assert.deepEqual(given.said(), ['200 OPTIONS', '405 MESSAGE', '481 NOTIFY', '501 DANCE', '481 PRACK', '420 INFO']);
    call.hangUp();
    await given.isQuiet();
  });

  it('come by another connection, by which the answers then go', async () => {
    const given = rig();
    const { call, tag } = await callUp(given);
    const socket = given.openChannel('TCP');
    given.request('INFO', { toTag: tag, cseq: 2 }, socket);
    assert.equal(call.channel(), socket);
    const before = socket.sent.length;
    call.hangUp();
    await given.pass();
    assert.equal(socket.sent.length, before + 1);
    given.respond(only(given.requests().filter(({ method }) => method === 'BYE')), 200);
    await given.isQuiet();
  });

  it('two goodbyes that cross are both answered', async () => {
    const given = rig();
    const { call, tag } = await callUp(given);
    call.hangUp();
    await given.pass();
    const bye = only(given.requests());
    given.request('BYE', { toTag: tag, cseq: 2 });
    assert.deepEqual(given.said(), ['200 BYE']);
    given.respond(bye, 481);
    await given.isQuiet();
  });
});
