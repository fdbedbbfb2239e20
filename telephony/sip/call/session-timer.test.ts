import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { buildRequest, responseTo, type Fields } from '../message/build.ts';
import type { SipRequest } from '../message/message.ts';
import { answerTimer, createSessionTimer, isTooBrief, takeTimer } from './session-timer.ts';

const OURS = { expires: 1800, minSE: 90 };

function withHeaders(headers: Fields): SipRequest {
  return buildRequest({ method: 'INVITE', uri: 'sip:a@b', from: '<sip:c@d>', to: '<sip:a@b>', callId: 'x', cseq: 1, headers });
}

describe('what both ends agree on (RFC 4028)', () => {
  for (const { headers, interval, says, require } of [
    { headers: {}, interval: { seconds: 1800, isOurs: true }, says: '1800;refresher=uas', require: undefined },
    { headers: { Supported: 'timer' }, interval: { seconds: 1800, isOurs: true }, says: '1800;refresher=uas', require: undefined },
    { headers: { 'k': 'timer', 'x': '600' }, interval: { seconds: 600, isOurs: true }, says: '600;refresher=uas', require: undefined },
    { headers: { 'Supported': 'timer', 'Session-Expires': '600;refresher=uac' }, interval: { seconds: 600, isOurs: false }, says: '600;refresher=uac', require: 'timer' },
    { headers: { 'Supported': 'timer', 'Session-Expires': '7200;refresher=uas' }, interval: { seconds: 1800, isOurs: true }, says: '1800;refresher=uas', require: undefined },
    { headers: { 'Supported': 'timer', 'Session-Expires': '7200', 'Min-SE': '3600' }, interval: { seconds: 3600, isOurs: true }, says: '3600;refresher=uas', require: undefined },
    // Put in by a proxy for somebody who does not know of it: he cannot be told 422, so we keep to our own least.
    { headers: { 'Session-Expires': '30' }, interval: { seconds: 90, isOurs: true }, says: '90;refresher=uas', require: undefined },
    { headers: { 'Session-Expires': 'soon' }, interval: { seconds: 1800, isOurs: true }, says: '1800;refresher=uas', require: undefined },
  ] as { headers: Fields; interval: { seconds: number; isOurs: boolean }; says: string; require: string | undefined }[]) {
    it(`answers ${JSON.stringify(headers)} with ${says}`, () => {
      const answered = answerTimer(withHeaders(headers), OURS, true);
      assert.deepEqual(answered.interval, interval);
      assert.deepEqual([answered.fields['Session-Expires'], answered.fields['Require']], [says, require]);
    });
  }

  for (const { headers, interval } of [
    { headers: {}, interval: { seconds: 1800, isOurs: true } },
    { headers: { 'Session-Expires': '600;refresher=uac' }, interval: { seconds: 600, isOurs: true } },
    { headers: { 'Session-Expires': '600;refresher=uas' }, interval: { seconds: 600, isOurs: false } },
    { headers: { 'Session-Expires': '600' }, interval: { seconds: 600, isOurs: true } },
    { headers: { 'Session-Expires': '1;refresher=uac' }, interval: { seconds: 90, isOurs: true } },
    { headers: { 'Session-Expires': '4294967295;refresher=uas' }, interval: { seconds: 1800, isOurs: false } },
  ] as { headers: Fields; interval: { seconds: number; isOurs: boolean } }[]) {
    it(`takes an answer with ${JSON.stringify(headers)}`, () => {
      assert.deepEqual(takeTimer(responseTo(withHeaders({}), 200, undefined, { headers }), OURS), interval);
    });
  }

  it('is too brief only for those who know what that means', () => {
    const brief = (headers: Fields): boolean => isTooBrief(withHeaders({ 'Session-Expires': '89', ...headers }), OURS);
    assert.deepEqual([brief({ Supported: 'timer' }), brief({}), isTooBrief(withHeaders({ 'Supported': 'timer', 'Session-Expires': '90' }), OURS)], [true, false, false]);
  });
});

describe('the clock of a session', () => {
  it('refreshes at half time and again, and ends before the time is up', async () => {
    const timers = virtualTimers();
    const at: string[] = [];
    const timer = createSessionTimer(timers, { refresh: () => { at.push(`refresh ${timers.now()}`); }, expired: () => { at.push(`expired ${timers.now()}`); } });
    assert.equal(timer.isOurs(), undefined);
    timer.set({ seconds: 90, isOurs: true });
    await timers.advance(50_000);
    assert.deepEqual(at, ['refresh 45000', 'refresh 49500']);
    timer.set({ seconds: 90, isOurs: false });
    await timers.advance(60_000);
    assert.deepEqual(at.slice(2), ['expired 110000']);
    timer.stop();
    assert.equal(timers.pending(), 0);
  });
});
