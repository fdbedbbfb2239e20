import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildRequest, responseTo } from './build.ts';
import { Headers } from './headers.ts';
import { newBranch, newCallId, newTag } from './identifiers.ts';
import type { SipRequest } from './message.ts';
import { reasonOf } from './reasons.ts';
import { validateRequest } from './validate.ts';

const invite = (to = '<sip:a@b>'): SipRequest => {
  const request = buildRequest({
    method: 'INVITE', uri: 'sip:a@b', from: { display: 'A', uri: 'sip:c@d', params: new Map([['tag', '1']]) }, to, callId: 'f', cseq: 7,
    headers: { 'Contact': '<sip:c@d>', 'Route': ['<sip:r1;lr>', '<sip:r2;lr>'] }, body: { contentType: 'application/sdp', content: 'v=0\r\n' },
  });
  request.headers.prepend('Via', 'SIP/2.0/UDP p2').prepend('Via', 'SIP/2.0/UDP p1;branch=z9hG4bKx').append('Timestamp', '54');
  return request;
};

describe('a request', () => {
  it('has all that a request must have, but for its Via', () => {
    const request = invite();
    assert.deepEqual([...request.headers], [
      ['Via', 'SIP/2.0/UDP p1;branch=z9hG4bKx'], ['Via', 'SIP/2.0/UDP p2'], ['Max-Forwards', '70'], ['From', '"A" <sip:c@d>;tag=1'], ['To', '<sip:a@b>'], ['Call-ID', 'f'], ['CSeq', '7 INVITE'],
      ['Contact', '<sip:c@d>'], ['Route', '<sip:r1;lr>'], ['Route', '<sip:r2;lr>'], ['Content-Type', 'application/sdp'], ['Timestamp', '54'],
    ]);
    assert.equal(Buffer.from(request.body).toString(), 'v=0\r\n');
    assert.equal(validateRequest(request), undefined);
  });
});

describe('a response', () => {
  it('takes over what RFC 3261 8.2.6 asks for', () => {
    const response = responseTo(invite(), 180, undefined, { toTag: 't', headers: { Contact: '<sip:a@b>' } });
    assert.deepEqual([response.status, response.reason], [180, 'Ringing']);
    assert.deepEqual([...response.headers], [
      ['Via', 'SIP/2.0/UDP p1;branch=z9hG4bKx'], ['Via', 'SIP/2.0/UDP p2'], ['From', '"A" <sip:c@d>;tag=1'], ['To', '<sip:a@b>;tag=t'], ['Call-ID', 'f'], ['CSeq', '7 INVITE'],
      ['Contact', '<sip:a@b>'],
    ]);
  });

  it('has the tag of a dialog, and on a 100 none of ours but the timestamp', () => {
    assert.equal(responseTo(invite('<sip:a@b>;tag=old'), 200, undefined, { toTag: 't' }).headers.get('To'), '<sip:a@b>;tag=old');
    assert.equal(responseTo(invite('sip:a@b;x=y'), 200, undefined, { toTag: 't' }).headers.get('To'), 'sip:a@b;x=y;tag=t');
    const trying = responseTo(invite(), 100, undefined, { toTag: 't' });
    assert.deepEqual([trying.headers.get('To'), trying.headers.get('Timestamp')], ['<sip:a@b>', '54']);
  });

  it('answers what lacks something with what there is', () => {
    const response = responseTo({ ...invite(), headers: new Headers().append('Via', 'SIP/2.0/UDP p') }, 400, 'Missing To');
    assert.deepEqual([...response.headers], [['Via', 'SIP/2.0/UDP p']]);
    assert.equal(response.reason, 'Missing To');
  });

  it('has a phrase', () => {
    assert.deepEqual([486, 499, 699, 299, 42].map(reasonOf), ['Busy Here', 'Bad Request', 'Busy Everywhere', 'OK', '']);
  });
});

describe('identifiers', () => {
  it('are made of chance', () => {
    const zeros = (bytes: number): Uint8Array => new Uint8Array(bytes);
    assert.deepEqual([newTag(zeros), newBranch(zeros), newCallId(zeros)], ['0'.repeat(16), `z9hG4bK${'0'.repeat(24)}`, '0'.repeat(32)]);
    assert.notEqual(newTag(), newTag());
  });
});
