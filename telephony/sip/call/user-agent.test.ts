import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANSWER, bodyOf, callOut, callUp, events, OFFER, only, rig, tagIn, told } from './call.fixture.ts';
import type { SipCall } from './call.ts';

describe('a user agent', () => {
  it('makes one call of an INVITE that comes by two ways, or comes again late', async () => {
    const given = rig();
    const calls: SipCall[] = [];
    given.agent.onInvite((call) => { calls.push(call); });
    given.request('INVITE', { sdp: OFFER, branch: 'z9hG4bK-one' });
    given.request('INVITE', { sdp: OFFER, branch: 'z9hG4bK-two' });
    assert.deepEqual(given.said(), ['482 INVITE']);
    only(calls).reject(486);
    given.request('ACK', { branch: 'z9hG4bK-one' });
    given.request('ACK', { branch: 'z9hG4bK-two' });
    await given.pass(10_000);
    given.sent();
    given.request('INVITE', { sdp: OFFER, branch: 'z9hG4bK-one' });
    assert.deepEqual(given.said(), ['482 INVITE']);
    assert.equal(calls.length, 1);
    // With credentials it is another one.
    given.request('INVITE', { sdp: OFFER, cseq: 2 });
    assert.equal(calls.length, 2);
    calls[1]?.reject(486);
    await given.isQuiet();
  });

  it('refuses what it cannot take, and says why', async () => {
    const given = rig();
    given.agent.onInvite((call) => { call.reject(486); });
    for (const { method, parts, status, header } of [
      { method: 'BYE', parts: { toTag: 'nobody' }, status: 481, header: undefined },
      { method: 'BYE', parts: {}, status: 481, header: undefined },
      { method: 'INVITE', parts: { toTag: 'nobody', sdp: OFFER }, status: 481, header: undefined },
      { method: 'UPDATE', parts: { toTag: 'nobody' }, status: 481, header: undefined },
      { method: 'OPTIONS', parts: { toTag: 'nobody' }, status: 481, header: undefined },
      { method: 'MESSAGE', parts: {}, status: 405, header: ['Allow', /^INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER$/] },
      { method: 'REGISTER', parts: {}, status: 405, header: ['Allow', /INVITE/] },
      { method: 'DANCE', parts: {}, status: 501, header: ['Allow', /INVITE/] },
      { method: 'INVITE', parts: { headers: { Require: '100rel, teleport' } }, status: 420, header: ['Unsupported', /^teleport$/] },
      { method: 'INVITE', parts: { uri: 'http://example.com' }, status: 416, header: undefined },
      { method: 'INVITE', parts: { body: { contentType: 'text/plain', content: 'hello' } }, status: 415, header: ['Accept', /^application\/sdp$/] },
      { method: 'INVITE', parts: { sdp: OFFER, headers: { 'Content-Encoding': 'gzip' } }, status: 415, header: ['Accept-Encoding', /identity/] },
      { method: 'INVITE', parts: { sdp: OFFER, headers: { Replaces: 'x;to-tag=1;from-tag=2' } }, status: 481, header: undefined },
      { method: 'INVITE', parts: { sdp: OFFER, headers: { Replaces: 'x' } }, status: 400, header: undefined },
      { method: 'OPTIONS', parts: {}, status: 200, header: ['Supported', /100rel, replaces/] },
      { method: 'OPTIONS', parts: { maxForwards: 0 }, status: 200, header: undefined },
    ] as const) {
      given.request(method, { callId: `${method}-${status}-${JSON.stringify(parts).length}`, ...parts });
      const response = only(given.sent());
      assert(response.kind === 'response');
      assert.equal(response.status, status, `${method} ${JSON.stringify(parts)}`);
      if (header !== undefined) assert.match(response.headers.get(header[0]) ?? '', header[1]);
      assert.notEqual(tagIn(response, 'To'), '');
    }
    await given.isQuiet();
  });

  it('takes the description out of several parts', async () => {
    const given = rig();
    const calls: SipCall[] = [];
    given.agent.onInvite((call) => { calls.push(call); });
    const content = `--b\r\nContent-Type: application/isup\r\n\r\nxx\r\n--b\r\ncontent-type: application/sdp\r\n\r\n${OFFER}--b--\r\n`;
    given.request('INVITE', { body: { contentType: 'multipart/mixed;boundary=b', content } });
    assert.match(only(calls).sdp ?? '', /^v=0\r\n[^]*a=sendrecv\r\n$/);
    only(calls).reject(486);
    await given.isQuiet();
  });

  it('has room for so many calls, in and out', async () => {
    const given = rig({ maxCalls: 1 });
    const { call } = await callUp(given);
    given.request('INVITE', { callId: 'more', sdp: OFFER });
    const response = only(given.sent());
    assert(response.kind === 'response' && response.status === 503);
    assert.equal(response.headers.get('Retry-After'), '10');
    const refused = given.agent.invite({ channel: given.channel, uri: 'sip:a@b', from: 'sip:c@d', sdp: OFFER });
    const all = events(refused);
    await given.pass();
    assert.deepEqual(told(all, 'ended').why, { kind: 'failed', status: 503, reason: 'Service Unavailable' });
    assert.equal(refused.state(), 'ended');
    call.hangUp();
    await given.isQuiet();
  });

  it('gives requests outside of calls to whoever takes them, and says so', async () => {
    const given = rig();
    given.agent.onRequest('MESSAGE', ({ respond, request }) => { respond({ kind: 'response', status: 202, reason: 'Accepted', headers: request.headers, body: request.body }); });
    given.request('MESSAGE');
    assert.deepEqual(given.said(), ['202 MESSAGE']);
    given.request('OPTIONS');
    assert.match(only(given.sent()).headers.get('Allow') ?? '', /MESSAGE$/);
    await given.isQuiet();
  });

  it('sends requests outside of calls, with credentials where they are asked for', async () => {
    const given = rig();
    const sent = given.agent.send({
      channel: given.channel, method: 'REGISTER', uri: 'sip:example.com', from: 'sip:me@example.com', to: 'sip:me@example.com', callId: 'reg', cseq: 7, hasContact: true,
      credentials: { user: 'me', password: 'secret' }, headers: { Expires: '300' },
    });
    const first = only(given.requests());
    assert.deepEqual(['CSeq', 'Call-ID', 'Contact', 'Expires', 'To'].map((name) => first.headers.get(name)), ['7 REGISTER', 'reg', '<sip:parley@192.0.2.1:5060>', '300', '<sip:me@example.com>']);
    given.respond(first, 401, { headers: { 'WWW-Authenticate': 'Digest realm="r", nonce="n"' } });
    const second = only(given.requests());
    assert.equal(tagIn(second, 'From'), tagIn(first, 'From'));
    given.respond(second, 200);
    const answered = await sent;
    assert(answered.ok && answered.response.status === 200 && answered.cseq === 8);

    const silent = given.agent.send({ target: { kind: 'UDP', host: 'example.com' }, method: 'OPTIONS', uri: 'sip:example.com', from: 'sip:me@example.com' });
    await given.pass(32_000);
    assert.deepEqual(await silent, { ok: false, why: 'timeout', cseq: 1 });
    await given.isQuiet();
  });

  it('finds the call that another one is to replace', async () => {
    const given = rig();
    const { call: old, tag } = await callUp(given);
    const calls: SipCall[] = [];
    given.agent.onInvite((call) => { calls.push(call); });
    given.request('INVITE', { callId: 'call-2', sdp: OFFER, headers: { Require: 'replaces', Replaces: `call-1;to-tag=${tag};from-tag=theirs;early-only` } });
    assert.deepEqual(given.said(), ['486 INVITE']);
    given.request('INVITE', { callId: 'call-3', sdp: OFFER, headers: { Require: 'replaces', Replaces: `call-1;to-tag=${tag};from-tag=theirs` } });
    const call = only(calls);
    assert.equal(call.replaces, old);
    call.reject(486);
    old.hangUp();
    given.request('INVITE', { callId: 'call-4', sdp: OFFER, headers: { Replaces: `call-1;to-tag=${tag};from-tag=theirs` } });
    assert.equal(given.said().at(-1), '603 INVITE');
    await given.isQuiet();
  });

  it('hangs up all calls when it stops, and takes no more', async () => {
    const given = rig();
    await callUp(given);
    await callOut(given);
    const calls: SipCall[] = [];
    given.agent.onInvite((call) => { calls.push(call); });
    given.request('INVITE', { callId: 'ringing', sdp: OFFER });
    let isStopped = false;
    const stopped = given.agent.stop().then(() => { isStopped = true; return isStopped; });
    await given.pass();
    const said = given.sent();
    assert.deepEqual(said.map((message) => (message.kind === 'request' ? message.method : message.status)), [603, 'BYE', 'BYE']);
    given.request('INVITE', { callId: 'late', sdp: OFFER });
    assert.deepEqual(given.said(), ['503 INVITE']);
    assert.equal(isStopped, false);
    for (const message of said) if (message.kind === 'request') given.respond(message, 200);
    assert.equal(await stopped, true);
    assert.equal(given.agent.calls(), 0);
    await given.isQuiet();
  });

  it('stops in the end, whether anybody answers or not', async () => {
    const given = rig();
    const { call } = await callUp(given);
    const stopped = given.agent.stop();
    await given.pass(40_000);
    await stopped;
    assert.equal(call.state(), 'ended');
    assert.equal(bodyOf(only(given.sent().slice(0, 1))), '');
    await given.isQuiet();
  });

  it('waits no longer than it is told to for those who do not answer', async () => {
    const given = rig();
    await callUp(given);
    let isStopped = false;
    const stopped = given.agent.stop(3000).then(() => { isStopped = true; return isStopped; });
    await given.pass(2900);
    assert.equal(isStopped, false);
    await given.pass(100);
    await stopped;
    await given.pass(40_000);
    await given.isQuiet();
  });

  it('refuses the call that its listener fails over', async () => {
    const given = rig();
    given.agent.onInvite(() => { throw new Error('a bug'); });
    assert.throws(() => given.request('INVITE', { sdp: OFFER }), /failed/);
    assert.deepEqual(given.said(), ['500 INVITE']);
    await given.isQuiet();
  });

  it('remembers little of an INVITE, however long its Call-ID', async () => {
    const given = rig();
    given.agent.onInvite((call) => { call.reject(486); });
    for (const cseq of [1, 1, 2]) given.request('INVITE', { sdp: OFFER, callId: 'x'.repeat(4000), cseq });
    assert.deepEqual(given.said(), ['486 INVITE', '482 INVITE', '486 INVITE']);
    await given.isQuiet();
  });

  it('takes INVITEs of old telephones without tags', async () => {
    const given = rig();
    const calls: SipCall[] = [];
    given.agent.onInvite((call) => { calls.push(call); });
    given.request('INVITE', { sdp: OFFER, fromTag: '' });
    const call = only(calls);
    call.answer(ANSWER);
    const tag = tagIn(only(given.sent()), 'To');
    given.request('ACK', { toTag: tag, fromTag: '' });
    given.request('BYE', { toTag: tag, fromTag: '', cseq: 2 });
    assert.deepEqual(given.said(), ['200 BYE']);
    await given.isQuiet();
  });
});
