import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ANSWER, bodyOf, callOut, callUp, isRequest, kinds, OFFER, only, rig, told } from './call.fixture.ts';

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

  it('go by the connection that the other end is known to have come by since', async () => {
    const given = rig();
    const { call, tag } = await callUp(given);
    const { localTag, remoteTag, target } = call.dialog() ?? {};
    assert.deepEqual([localTag, remoteTag !== '', target?.startsWith('sip:')], [tag, true, true]);
    const next = given.openChannel('WS');
    given.channel.close();
    call.moveTo(next);
    assert.equal(call.channel(), next);
    call.hangUp();
    await given.pass();
    const bye = only(given.requests());
    assert.match(bye.headers.get('Via') ?? '', /^SIP\/2\.0\/WS /);
    given.respond(bye, 200);
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
