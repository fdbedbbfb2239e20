import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANSWER, bodyOf, callUp, events, isResponse, kinds, OFFER, only, rig, tagIn, told, type Rig } from './call.fixture.ts';
import type { CallEvent, SipCall } from './call.ts';

function ringing(given: Rig, parts: Parameters<Rig['request']>[1] = { sdp: OFFER }): { readonly call: SipCall; readonly all: CallEvent[] } {
  const calls: SipCall[] = [];
  given.agent.onInvite((call) => { calls.push(call); });
  given.request('INVITE', parts);
  const call = only(calls);
  return { call, all: events(call) };
}

describe('a call that comes in', () => {
  it('rings, is answered, acknowledged and hung up by the caller', async () => {
    const given = rig();
    const { call, all } = ringing(given);
    assert.equal(call.from.user, 'anna');
    assert.equal(call.from.display, 'Anna');
    assert.equal(call.to.user, '100');
    assert.equal(call.sdp, OFFER);
    assert.equal(call.state(), 'early');
    call.ring();
    const ring = only(given.sent());
    assert(isResponse(ring, 180));
    assert.equal(ring.headers.get('Contact'), '<sip:parley@192.0.2.1:5060>');
    call.answer(ANSWER);
    const ok = only(given.sent());
    assert(isResponse(ok, 200));
    assert.equal(tagIn(ok, 'To'), tagIn(ring, 'To'));
    assert.equal(bodyOf(ok), ANSWER);
    assert.match(ok.headers.get('Allow') ?? '', /INVITE.*UPDATE/);
    assert.equal(call.state(), 'up');
    given.request('ACK', { toTag: tagIn(ok, 'To') });
    given.request('BYE', { toTag: tagIn(ok, 'To'), cseq: 2, headers: { Reason: 'SIP;cause=200, Q.850;cause=16;text="Normal"' } });
    await given.pass();
    assert.deepEqual(given.said(), ['200 BYE']);
    assert.deepEqual(kinds(all), ['acknowledged', 'ended']);
    assert.deepEqual(told(all, 'ended').why, { kind: 'hungUp', q850: 16 });
    await given.isQuiet();
  });

  it('answers a second BYE with 481', async () => {
    const given = rig();
    const { tag } = await callUp(given);
    given.request('BYE', { toTag: tag, cseq: 2 });
    given.request('BYE', { toTag: tag, cseq: 3 });
    assert.deepEqual(given.said(), ['200 BYE', '481 BYE']);
    await given.isQuiet();
  });

  it('sends its 2xx again until the ACK, and gives up with BYE after 64 T1', async () => {
    const given = rig();
    const { call, all } = ringing(given);
    call.answer(ANSWER);
    await given.pass(31_999);
    // At 0, 0.5, 1.5, 3.5, 7.5 and every 4 seconds from there.
    assert.equal(given.said().length, 11);
    await given.pass(1);
    assert.deepEqual(given.said(), ['BYE']);
    assert.deepEqual(told(all, 'ended').why, { kind: 'lost', why: 'ack' });
    await given.isQuiet();
  });

  it('is answered once when the INVITE or the ACK comes again', async () => {
    const given = rig();
    const { call, all } = ringing(given, { sdp: OFFER, branch: 'z9hG4bK-same' });
    call.answer(ANSWER);
    const tag = tagIn(only(given.sent()), 'To');
    given.request('INVITE', { sdp: OFFER, branch: 'z9hG4bK-same' });
    given.request('ACK', { toTag: tag });
    given.request('ACK', { toTag: tag });
    await given.pass(100);
    assert.deepEqual(kinds(all), ['acknowledged']);
    assert.equal(given.agent.calls(), 1);
    given.sent();
    call.hangUp();
    await given.pass();
    given.respond(only(given.requests()), 200);
    await given.isQuiet();
  });

  it('says BYE only after the ACK, however early it is hung up', async () => {
    const given = rig();
    const { call, all } = ringing(given);
    call.answer(ANSWER);
    const tag = tagIn(only(given.sent()), 'To');
    call.hangUp({ q850: 16, text: 'said "bye"' });
    await given.pass(100);
    assert.deepEqual(given.said(), []);
    assert.deepEqual(kinds(all), ['ended']);
    given.request('ACK', { toTag: tag });
    await given.pass();
    const bye = only(given.requests());
    assert.equal(bye.method, 'BYE');
    assert.equal(bye.headers.get('Reason'), 'Q.850;cause=16;text="said \\"bye\\""');
    assert.equal(bye.uri, 'sip:anna@192.0.2.2:5060');
    given.respond(bye, 200);
    await given.isQuiet();
  });

  it('is cancelled, and told who took it instead', async () => {
    const given = rig();
    const { call, all } = ringing(given, { sdp: OFFER, branch: 'z9hG4bK-1' });
    call.ring();
    given.request('CANCEL', { branch: 'z9hG4bK-1', headers: { Reason: 'SIP;cause=200;text="Call completed elsewhere", Q.850;cause=26' } });
    await given.pass();
    assert.deepEqual(given.said(), ['180 INVITE', '200 CANCEL', '487 INVITE']);
    assert.deepEqual(told(all, 'ended').why, { kind: 'cancelled', q850: 26, elsewhere: true });
    call.answer(ANSWER);
    call.hangUp();
    assert.deepEqual(kinds(all), ['ended']);
    given.request('ACK', { branch: 'z9hG4bK-1' });
    await given.isQuiet();
  });

  it('is not cancelled any more once it was answered', async () => {
    const given = rig();
    const { call, all } = ringing(given, { sdp: OFFER, branch: 'z9hG4bK-1' });
    call.answer(ANSWER);
    given.request('CANCEL', { branch: 'z9hG4bK-1' });
    const [ok] = given.sent();
    assert(ok !== undefined);
    given.request('ACK', { toTag: tagIn(ok, 'To') });
    await given.pass();
    assert.deepEqual(kinds(all), ['acknowledged']);
    given.request('BYE', { toTag: tagIn(ok, 'To'), cseq: 2 });
    await given.isQuiet();
  });

  it('ends by a BYE of an early dialog, and the INVITE gets its 487', async () => {
    const given = rig();
    const { call, all } = ringing(given);
    call.ring();
    given.request('BYE', { toTag: tagIn(only(given.sent()), 'To'), cseq: 2 });
    await given.pass();
    assert.deepEqual(given.said(), ['200 BYE', '487 INVITE']);
    assert.deepEqual(told(all, 'ended').why, { kind: 'hungUp' });
    await given.isQuiet();
  });

  for (const { what, act, said } of [
    { what: 'rejected', act: (call: SipCall): void => { call.reject(486, { 'Retry-After': '5' }); }, said: '486 INVITE' },
    { what: 'hung up', act: (call: SipCall): void => { call.hangUp(); }, said: '603 INVITE' },
    { what: 'asked for credentials', act: (call: SipCall): void => { call.reject(401, { 'WWW-Authenticate': 'Digest realm="x", nonce="y"' }); }, said: '401 INVITE' },
  ]) {
    it(`is ${what} before the answer`, async () => {
      const given = rig();
      const { call, all } = ringing(given, { sdp: OFFER, branch: 'z9hG4bK-1' });
      act(call);
      await given.pass();
      assert.deepEqual(given.said(), [said]);
      assert.deepEqual(told(all, 'ended').why, { kind: 'ours' });
      given.request('ACK', { branch: 'z9hG4bK-1' });
      await given.isQuiet();
    });
  }

  it('rings every minute for as long as it takes, for the sake of proxies', async () => {
    const given = rig();
    const { call } = ringing(given);
    call.ring();
    await given.pass(185_000);
    assert.deepEqual(given.said(), ['180 INVITE', '180 INVITE', '180 INVITE', '180 INVITE']);
    call.reject(480);
    await given.isQuiet();
  });

  it('ends when the INVITE says how long it waits, and in any case in the end', async () => {
    for (const [headers, ms] of [[{ Expires: '30' }, 30_000], [{}, 3_600_000]] as const) {
      const given = rig();
      const { all } = ringing(given, { sdp: OFFER, headers });
      await given.pass(ms);
      assert.deepEqual(told(all, 'ended').why, { kind: 'cancelled' });
      assert.equal(given.said().at(-1), '487 INVITE');
      await given.isQuiet();
    }
  });

  it('is lost when the connection by which it came is gone while it rings', async () => {
    const given = rig();
    const socket = given.openChannel('WS');
    const calls: SipCall[] = [];
    given.agent.onInvite((call) => { calls.push(call); });
    given.request('INVITE', { sdp: OFFER }, socket);
    const all = events(only(calls));
    socket.close();
    await given.pass();
    assert.deepEqual(told(all, 'ended').why, { kind: 'lost', why: 'transport' });
    await given.isQuiet();
  });
});

describe('an INVITE without an offer', () => {
  it('is answered with ours, and the ACK has the answer', async () => {
    const given = rig();
    const { call, all } = ringing(given, {});
    assert.equal(call.sdp, undefined);
    call.answer(OFFER);
    const ok = only(given.sent());
    assert.equal(bodyOf(ok), OFFER);
    given.request('ACK', { toTag: tagIn(ok, 'To'), sdp: ANSWER });
    await given.pass();
    assert.equal(told(all, 'acknowledged').sdp, ANSWER);
    given.request('BYE', { toTag: tagIn(ok, 'To'), cseq: 2 });
    await given.isQuiet();
  });

  it('rings unreliably without media, and offers reliably with them; the PRACK has the answer', async () => {
    const given = rig();
    const { call, all } = ringing(given, { headers: { Supported: '100rel' } });
    call.ring();
    call.ring(OFFER);
    const [first, early] = given.sent();
    assert(first !== undefined && early !== undefined);
    assert.equal(first.headers.get('RSeq'), undefined);
    assert.equal(early.headers.get('RSeq'), '1');
    assert.equal(bodyOf(early), OFFER);
    given.request('PRACK', { toTag: tagIn(early, 'To'), cseq: 2, headers: { RAck: '1 1 INVITE' }, sdp: ANSWER });
    await given.pass();
    assert.deepEqual(given.said(), ['200 PRACK']);
    assert.equal(told(all, 'acknowledged').sdp, ANSWER);
    call.answer(OFFER);
    const ok = only(given.sent());
    // What was said reliably is not said again.
    assert.equal(bodyOf(ok), '');
    given.request('ACK', { toTag: tagIn(ok, 'To') });
    await given.pass();
    assert.deepEqual(kinds(all), ['acknowledged', 'acknowledged']);
    given.request('BYE', { toTag: tagIn(ok, 'To'), cseq: 3 });
    await given.isQuiet();
  });
});

describe('provisional responses that are acknowledged', () => {
  it('come again until the PRACK, one after the other, and the answer waits for that of a description', async () => {
    const given = rig();
    const { call } = ringing(given, { sdp: OFFER, headers: { Require: '100rel' } });
    call.ring(ANSWER);
    call.ring();
    call.answer(ANSWER);
    await given.pass(1600);
    const all = given.sent();
    // At 0, 0.5 and 1.5 seconds.
    assert.deepEqual(all.map((message) => message.headers.get('RSeq')), ['1', '1', '1']);
    const tag = tagIn(only(all.slice(-1)), 'To');
    given.request('PRACK', { toTag: tag, cseq: 2, headers: { RAck: '7 1 INVITE' } });
    given.request('PRACK', { toTag: tag, cseq: 3, headers: { RAck: '1 1 INVITE' } });
    await given.pass();
    const said = given.sent();
    assert.deepEqual(said.map((message) => (message.kind === 'response' ? message.status : 0)), [481, 200, 200]);
    assert.equal(bodyOf(only(said.slice(-2, -1))), '');
    given.request('ACK', { toTag: tag });
    given.request('BYE', { toTag: tag, cseq: 4 });
    await given.isQuiet();
  });

  it('end the call when nobody acknowledges them', async () => {
    const given = rig();
    const { call, all } = ringing(given, { sdp: OFFER, headers: { Require: '100rel' } });
    call.ring(ANSWER);
    await given.pass(32_000);
    assert.equal(given.said().at(-1), '504 INVITE');
    assert.deepEqual(told(all, 'ended').why, { kind: 'lost', why: 'ack' });
    await given.isQuiet();
  });

  it('are not used for callers that do not know them', async () => {
    const given = rig();
    const { call } = ringing(given);
    call.ring(ANSWER);
    const early = only(given.sent());
    assert(isResponse(early, 183));
    assert.equal(early.headers.get('RSeq'), undefined);
    assert.equal(bodyOf(early), ANSWER);
    call.hangUp();
    await given.isQuiet();
  });
});
