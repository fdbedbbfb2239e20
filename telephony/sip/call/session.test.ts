import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANSWER, bodyOf, callOut, callUp, isRequest, kinds, OFFER, only, rig, tagIn, told } from './call.fixture.ts';

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

  it('by a connection that is gone, until there is another', async () => {
    const given = rig();
    const socket = given.openChannel('WS');
    const call = given.agent.invite({ channel: socket, uri: 'sip:x@y.invalid;transport=ws', from: 'sip:100@example.com', sdp: OFFER });
    const invite = only(given.requests());
    given.respond(invite, 200, { sdp: ANSWER });
    given.sent();
    socket.close();
    assert.deepEqual(await call.offer(HELD), { ok: false, status: 503 });
    assert.equal(await call.info('text/plain', 'x'), 503);
    assert.equal(call.state(), 'up');
    const next = given.openChannel('WS');
    given.request('UPDATE', { callId: call.callId, toTag: tagIn(invite, 'From'), cseq: 9 }, next);
    const offered = call.offer(HELD);
    await given.pass();
    given.respond(only(given.requests()), 200, { sdp: HOLDING });
    assert.deepEqual(await offered, { ok: true, sdp: HOLDING });
    call.hangUp();
    await given.isQuiet();
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
