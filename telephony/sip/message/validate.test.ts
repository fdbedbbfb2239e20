import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildRequest, responseTo } from './build.ts';
import type { SipRequest } from './message.ts';
import { isValidResponse, validateRequest, type RequestRules } from './validate.ts';

function aRequest(change: (request: SipRequest) => void = () => undefined, fields: Partial<SipRequest> = {}): SipRequest {
  const request = buildRequest({ method: 'INVITE', uri: 'sip:a@b', from: '<sip:c@d>;tag=1', to: '<sip:a@b>', callId: 'f', cseq: 1 });
  request.headers.prepend('Via', 'SIP/2.0/UDP p');
  change(request);
  return { ...request, ...fields };
}

const statusOf = (request: SipRequest, rules?: RequestRules): number | undefined => validateRequest(request, rules)?.status;

describe('what is asked of a request', () => {
  it('is that it has the fields which every request has', () => {
    assert.equal(statusOf(aRequest()), undefined);
    for (const name of ['Via', 'From', 'To', 'Call-ID', 'CSeq']) {
      assert.equal(statusOf(aRequest(({ headers }) => { headers.remove(name); })), 400, name);
      assert.equal(statusOf(aRequest(({ headers }) => { headers.set(name, ''); })), 400, name);
    }
    assert.equal(statusOf(aRequest(({ headers }) => { headers.remove('Max-Forwards'); })), undefined);
  });

  it('is that they mean something', () => {
    for (const [name, value] of [['Via', 'nonsense'], ['From', 'c@d'], ['To', '"a <sip:a@b>'], ['CSeq', '1 BYE'], ['CSeq', 'INVITE'], ['Max-Forwards', '256'], ['Max-Forwards', '-1'], ['Contact', 'c@d']] as const) {
      assert.equal(statusOf(aRequest(({ headers }) => { headers.set(name, value); })), 400, `${name}: ${value}`);
    }
  });

  it('is a Request-URI that can be called', () => {
    const statuses = ['sips:a@b', 'tel:+49', 'isbn:1', 'sip:', 'sip:a b', '<sip:a@b>', 'nothing', 'sip:a@b?x=y', 'tel:x y'].map((uri) => statusOf(aRequest(undefined, { uri })));
    assert.deepEqual(statuses, [undefined, undefined, 416, 400, 400, 400, 400, 400, 400]);
  });

  it('is a Contact that can be called, where one is needed', () => {
    const withContact = (method: string, contact: string): SipRequest => aRequest(({ headers }) => { headers.set('CSeq', `1 ${method}`).append('Contact', contact); }, { method });
    assert.deepEqual(
      [withContact('REGISTER', '*'), withContact('REGISTER', '*, <sip:a@b>'), withContact('INVITE', '*'), withContact('BYE', 'nonsense')].map((request) => statusOf(request)),
      [undefined, 400, 400, undefined],
    );
  });

  it('is that it has hops left', () => {
    const last = aRequest(({ headers }) => { headers.set('Max-Forwards', '0'); });
    assert.deepEqual([statusOf(last), statusOf(last, { isEndpoint: true })], [483, undefined]);
  });

  it('is that it requires nothing that we do not have', () => {
    const demanding = aRequest(({ headers }) => { headers.append('Require', '100rel, Timer').append('Require', 'x'); });
    assert.equal(statusOf(demanding), undefined);
    assert.equal(statusOf(demanding, { supported: ['100rel', 'timer', 'x'] }), undefined);
    assert.deepEqual(validateRequest(demanding, { supported: ['timer'] }), { status: 420, reason: 'Bad Extension', headers: { Unsupported: '100rel, x' } });
  });
});

describe('what is asked of a response', () => {
  it('is that it can be matched', () => {
    const response = responseTo(aRequest(), 200);
    assert.equal(isValidResponse(response), true);
    response.headers.remove('CSeq');
    assert.equal(isValidResponse(response), false);
  });
});
