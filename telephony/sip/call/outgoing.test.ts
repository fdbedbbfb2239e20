import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANSWER, bodyOf, callOut, events, isRequest, kinds, OFFER, only, rig, told, type Rig } from './call.fixture.ts';
import type { CallEvent, SipCall } from './call.ts';
import type { InviteOptions } from './outgoing.ts';

function calling(given: Rig, options: Partial<Omit<InviteOptions, 'channel' | 'target'>> = {}, isOffering = true): { readonly call: SipCall; readonly all: CallEvent[] } {
  const call = given.agent.invite({
    channel: given.channel, uri: 'sip:anna@192.0.2.2', from: { uri: 'sip:100@example.com', display: 'Desk' }, ...(isOffering ? { sdp: OFFER } : {}), ...options,
  });
  return { call, all: events(call) };
}

describe('a call that goes out', () => {
  it('rings with early media, is answered, acknowledged and hung up', async () => {
    const given = rig();
    const { call, all } = calling(given, { headers: { 'P-Asserted-Identity': '<sip:100@example.com>' }, maxForwards: 20 });
    const invite = only(given.requests());
    assert.equal(bodyOf(invite), OFFER);
    assert.equal(invite.headers.get('From'), '"Desk" <sip:100@example.com>;tag=ours-1');
    assert.equal(invite.headers.get('Max-Forwards'), '20');
    assert.equal(invite.headers.get('P-Asserted-Identity'), '<sip:100@example.com>');
    given.respond(invite, 100, { tag: '' });
    given.respond(invite, 183, { sdp: ANSWER });
    given.respond(invite, 200, { headers: { 'Record-Route': ['<sip:192.0.2.2;lr;leg=2>', '<sip:192.0.2.2;lr;leg=1>'] } });
    await given.pass();
    assert.deepEqual(kinds(all), ['progress', 'answered']);
    assert.equal(told(all, 'progress').sdp, ANSWER);
    // The 2xx need not say it again.
    assert.equal(told(all, 'answered').sdp, ANSWER);
    const ack = only(given.requests());
    assert(isRequest(ack, 'ACK'));
    assert.equal(ack.headers.get('CSeq'), '1 ACK');
    assert.deepEqual(ack.headers.all('Route'), ['<sip:192.0.2.2;lr;leg=1>', '<sip:192.0.2.2;lr;leg=2>']);
    call.hangUp({ q850: 16 });
    await given.pass();
    const bye = only(given.requests());
    assert.equal(bye.headers.get('CSeq'), '2 BYE');
    assert.equal(bye.headers.get('Reason'), 'Q.850;cause=16');
    given.respond(bye, 200);
    assert.deepEqual(told(all, 'ended').why, { kind: 'ours' });
    await given.isQuiet();
  });

  it('acknowledges a 2xx each time it comes, after the end as well', async () => {
    const given = rig();
    const { call, all } = calling(given);
    const invite = only(given.requests());
    given.respond(invite, 200, { sdp: ANSWER });
    given.respond(invite, 200, { sdp: ANSWER });
    await given.pass();
    assert.deepEqual(given.said(), ['ACK', 'ACK']);
    call.hangUp();
    await given.pass();
    given.respond(only(given.requests()), 200);
    given.respond(invite, 200, { sdp: ANSWER });
    assert.deepEqual(given.said(), ['ACK']);
    assert.deepEqual(kinds(all), ['answered', 'ended']);
    await given.isQuiet();
  });

  it('takes the first of several answers and gives the others back', async () => {
    const given = rig();
    const { call, all } = calling(given);
    const invite = only(given.requests());
    given.respond(invite, 180, { tag: 'one' });
    given.respond(invite, 180, { tag: 'two' });
    given.respond(invite, 200, { tag: 'two', sdp: ANSWER });
    given.respond(invite, 200, { tag: 'one', sdp: ANSWER });
    given.respond(invite, 200, { tag: 'three', sdp: ANSWER });
    await given.pass();
    const said = given.requests();
    assert.deepEqual(said.map(({ method, headers }) => `${method} ${headers.get('To')?.split('tag=')[1]}`), ['ACK two', 'ACK one', 'ACK three', 'BYE one', 'BYE three']);
    given.respond(invite, 200, { tag: 'one', sdp: ANSWER });
    assert.deepEqual(given.said(), ['ACK']);
    assert.deepEqual(kinds(all), ['progress', 'progress', 'answered']);
    assert.equal(call.state(), 'up');
    call.hangUp();
    await given.isQuiet();
  });

  it('fails with the status and the cause of the answer', async () => {
    const given = rig();
    const { all } = calling(given);
    given.respond(only(given.requests()), 486, { headers: { Reason: 'Q.850;cause=17' } });
    await given.pass();
    assert.deepEqual(given.said(), ['ACK']);
    const { why } = told(all, 'ended');
    assert(why.kind === 'failed');
    assert.deepEqual([why.status, why.reason, why.q850, why.response?.status], [486, 'Busy Here', 17, 486]);
    await given.isQuiet();
  });

  it('fails with 408 when nobody answers the INVITE, and when nobody answers the phone', async () => {
    const silent = rig();
    const first = calling(silent);
    await silent.pass(32_000);
    assert.deepEqual(told(first.all, 'ended').why, { kind: 'failed', status: 408, reason: 'Request Timeout' });
    await silent.isQuiet();

    const given = rig();
    const { all } = calling(given, { answerWithin: 20_000 });
    const invite = only(given.requests());
    given.respond(invite, 180);
    await given.pass(20_000);
    assert.deepEqual(told(all, 'ended').why, { kind: 'failed', status: 408, reason: 'Request Timeout' });
    const cancel = only(given.requests());
    assert(isRequest(cancel, 'CANCEL'));
    given.respond(cancel, 200);
    given.respond(invite, 487);
    await given.isQuiet();
  });

  it('fails with 503 where there is no way', async () => {
    const given = rig();
    given.channel.breakDown(true);
    const { all } = calling(given);
    await given.pass();
    assert.deepEqual(told(all, 'ended').why, { kind: 'failed', status: 503, reason: 'Service Unavailable' });
    await given.isQuiet();
    // Nor when it was closed before.
    const other = rig();
    const socket = other.openChannel('WS');
    socket.close();
    const call = other.agent.invite({ channel: socket, uri: 'sip:a@b.invalid', from: 'sip:100@example.com', sdp: OFFER });
    const told2 = events(call);
    await other.pass();
    assert.equal(told(told2, 'ended').why.kind, 'failed');
    await other.isQuiet();
  });

  it('reaches a target first, and is not sent at all when hung up before', async () => {
    const given = rig();
    const call = given.agent.invite({ target: { kind: 'UDP', host: 'carrier.example' }, uri: 'sip:1@carrier.example', from: 'sip:100@example.com', sdp: OFFER });
    assert.equal(call.channel(), undefined);
    await given.pass();
    assert.equal(call.channel(), given.channel);
    given.respond(only(given.requests()), 486);
    await given.isQuiet();

    given.sent();
    const other = given.agent.invite({ target: { kind: 'UDP', host: 'carrier.example' }, uri: 'sip:1@carrier.example', from: 'sip:100@example.com', sdp: OFFER });
    const all = events(other);
    other.hangUp();
    await given.pass();
    assert.deepEqual(given.said(), []);
    assert.deepEqual(kinds(all), ['ended']);
    await given.isQuiet();
  });
});

describe('hanging up before the answer', () => {
  it('cancels after the first provisional response, with the cause', async () => {
    const given = rig();
    const { call, all } = calling(given);
    const invite = only(given.requests());
    call.hangUp({ q850: 19, text: 'no answer' });
    await given.pass();
    assert.deepEqual(given.said(), []);
    given.respond(invite, 180);
    const cancel = only(given.requests());
    assert.equal(cancel.method, 'CANCEL');
    assert.equal(cancel.headers.get('Reason'), 'Q.850;cause=19;text="no answer"');
    given.respond(cancel, 200);
    given.respond(invite, 487);
    await given.pass();
    assert.deepEqual(kinds(all), ['ended']);
    assert.deepEqual(told(all, 'ended').why, { kind: 'ours' });
    await given.isQuiet();
  });

  it('takes and gives back the answer that it meets', async () => {
    const given = rig();
    const { call, all } = calling(given);
    const invite = only(given.requests());
    given.respond(invite, 180);
    call.hangUp();
    const cancel = only(given.requests());
    given.respond(invite, 200, { sdp: ANSWER });
    given.respond(cancel, 481);
    await given.pass();
    const [ack, bye] = given.requests();
    assert(ack !== undefined && bye !== undefined && isRequest(ack, 'ACK') && isRequest(bye, 'BYE'));
    given.respond(bye, 200);
    assert.deepEqual(kinds(all), ['progress', 'ended']);
    await given.isQuiet();
  });
});

describe('an INVITE of ours without an offer', () => {
  it('asks for an answer to the offer of the 2xx, which the ACK has', async () => {
    const given = rig();
    const { call, all } = calling(given, {}, false);
    const invite = only(given.requests());
    assert.equal(bodyOf(invite), '');
    given.respond(invite, 200, { sdp: OFFER });
    given.respond(invite, 200, { sdp: OFFER });
    await given.pass();
    assert.deepEqual(given.said(), []);
    const offered = told(all, 'offered');
    assert.equal(offered.sdp, OFFER);
    offered.accept(ANSWER);
    offered.refuse(488);
    await given.pass();
    assert.equal(bodyOf(only(given.requests())), ANSWER);
    assert.deepEqual(kinds(all), ['offered', 'answered']);
    call.hangUp();
    await given.isQuiet();
  });

  it('acknowledges and ends what nobody wants', async () => {
    for (const act of [(event: Extract<CallEvent, { kind: 'offered' }>): void => { event.refuse(488); }, (): void => undefined]) {
      const given = rig();
      const { all } = calling(given, {}, false);
      given.respond(only(given.requests()), 200, { sdp: OFFER });
      await given.pass();
      act(told(all, 'offered'));
      await given.pass(10_000);
      assert.deepEqual(given.said().slice(0, 2), ['ACK', 'BYE']);
      assert.equal(told(all, 'ended').why.kind, 'failed');
      await given.isQuiet();
    }
  });

  it('answers the offer of a reliable response by PRACK', async () => {
    const given = rig();
    const { all } = calling(given, { reliable: 'required' }, false);
    const invite = only(given.requests());
    assert.equal(invite.headers.get('Require'), '100rel');
    given.respond(invite, 183, { sdp: OFFER, headers: { Require: '100rel', RSeq: '7' } });
    await given.pass();
    told(all, 'offered').accept(ANSWER);
    await given.pass();
    const prack = only(given.requests());
    assert.equal(prack.headers.get('RAck'), '7 1 INVITE');
    assert.equal(bodyOf(prack), ANSWER);
    given.respond(prack, 200);
    given.respond(invite, 200);
    await given.pass();
    assert.deepEqual(kinds(all), ['offered', 'progress', 'answered']);
    given.request('BYE', { callId: only([...new Set([invite.headers.get('Call-ID') ?? ''])]), toTag: 'ours-1', cseq: 1 });
    await given.isQuiet();
  });
});

describe('reliable provisional responses', () => {
  it('are acknowledged once each and in order', async () => {
    const given = rig();
    const { call, all } = calling(given);
    const invite = only(given.requests());
    const reliably = (rseq: number, sdp?: string): void => {
      given.respond(invite, 183, { headers: { Require: '100rel', RSeq: String(rseq) }, ...(sdp === undefined ? {} : { sdp }) });
    };
    reliably(5, ANSWER);
    reliably(5, ANSWER);
    reliably(7);
    reliably(6);
    await given.pass();
    assert.deepEqual(given.requests().map(({ headers }) => `${headers.get('CSeq')} of ${headers.get('RAck')}`), ['2 PRACK of 5 1 INVITE', '3 PRACK of 6 1 INVITE']);
    assert.deepEqual(kinds(all), ['progress', 'progress']);
    call.hangUp();
    given.respond(invite, 487);
    await given.isQuiet();
  });

  it('are taken as plain ones where that was not offered', async () => {
    const given = rig();
    const { call } = calling(given, { reliable: 'no' });
    const invite = only(given.requests());
    assert.doesNotMatch(invite.headers.get('Supported') ?? '', /100rel/);
    given.respond(invite, 183, { headers: { Require: '100rel', RSeq: '5' } });
    await given.pass();
    assert.deepEqual(given.said(), []);
    call.hangUp();
    given.respond(invite, 487);
    await given.isQuiet();
  });
});

describe('challenges', () => {
  const CHALLENGE = { 'WWW-Authenticate': 'Digest realm="r", nonce="n", algorithm=MD5, qop="auth"' };
  const PROXY = { 'Proxy-Authenticate': 'Digest realm="p", nonce="m"' };
  const credentials = { user: 'desk', password: 'secret' };

  it('are answered once each, and ACK and BYE have what the INVITE had or get their own', async () => {
    const given = rig();
    const { call } = calling(given, { credentials });
    given.respond(only(given.requests()), 407, { headers: PROXY });
    const second = given.requests().find(({ method }) => method === 'INVITE');
    assert(second !== undefined);
    assert.equal(second.headers.get('CSeq'), '2 INVITE');
    assert.match(second.headers.get('Proxy-Authorization') ?? '', /username="desk", realm="p"/);
    given.respond(second, 401, { headers: CHALLENGE });
    const third = given.requests().find(({ method }) => method === 'INVITE');
    assert(third !== undefined);
    assert.match(third.headers.get('Authorization') ?? '', /realm="r".*qop=auth, nc=00000001/);
    given.respond(third, 200, { sdp: ANSWER });
    const ack = only(given.requests());
    assert.equal(ack.headers.get('Authorization'), third.headers.get('Authorization'));
    assert.equal(ack.headers.get('CSeq'), '3 ACK');
    call.hangUp();
    await given.pass();
    const bye = only(given.requests());
    given.respond(bye, 401, { headers: CHALLENGE });
    const again = only(given.requests());
    assert.equal(again.headers.get('CSeq'), '5 BYE');
    assert.match(again.headers.get('Authorization') ?? '', /uri="sip:anna@192\.0\.2\.2:5060"/);
    given.respond(again, 200);
    await given.isQuiet();
  });

  it('are not answered a second time when the password is wrong, nor without one', async () => {
    for (const [options, invites] of [[{ credentials }, 2], [{}, 1]] as const) {
      const given = rig();
      const { all } = calling(given, options);
      let sent = 0;
      for (let turn = 0; turn < 4; turn += 1) {
        for (const request of given.requests()) {
          if (request.method !== 'INVITE') continue;
          sent += 1;
          given.respond(request, 401, { headers: CHALLENGE });
        }
      }
      await given.pass();
      assert.equal(sent, invites);
      const { why } = told(all, 'ended');
      assert(why.kind === 'failed');
      assert.equal(why.status, 401);
      await given.isQuiet();
    }
  });
});

describe('the session interval of an INVITE', () => {
  it('is raised to what a 422 asks for, and not for ever', async () => {
    const given = rig({ sessionTimer: { expires: 1800, minSE: 90 } });
    const { all } = calling(given);
    const first = only(given.requests());
    assert.equal(first.headers.get('Session-Expires'), '1800;refresher=uac');
    given.respond(first, 422, { headers: { 'Min-SE': '3600' } });
    const second = given.requests().find(({ method }) => method === 'INVITE');
    assert(second !== undefined);
    assert.equal(second.headers.get('Session-Expires'), '3600;refresher=uac');
    assert.equal(second.headers.get('Min-SE'), '3600');
    given.respond(second, 422, { headers: { 'Min-SE': '3600' } });
    await given.pass();
    assert.equal(told(all, 'ended').why.kind, 'failed');
    await given.isQuiet();
  });
});

describe('the dialog of a call that goes out', () => {
  it('knows only the end that was answered, and follows it to where it moves', async () => {
    const given = rig();
    const { call, tag } = await callOut(given);
    given.request('BYE', { callId: call.callId, toTag: tag, fromTag: 'somebody' });
    given.request('BYE', { callId: call.callId, toTag: 'wrong' });
    assert.deepEqual(given.said(), ['481 BYE', '481 BYE']);
    given.request('UPDATE', { callId: call.callId, toTag: tag, cseq: 7, headers: { Contact: '<sip:anna@192.0.2.2:5060;new>' } });
    given.request('UPDATE', { callId: call.callId, toTag: tag, cseq: 6 });
    assert.deepEqual(given.said(), ['200 UPDATE', '500 UPDATE']);
    call.hangUp();
    await given.pass();
    assert.equal(only(given.requests()).uri, 'sip:anna@192.0.2.2:5060;new');
    await given.isQuiet();
  });
});
