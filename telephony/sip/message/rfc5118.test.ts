import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAddress } from './address.ts';
import type { SipRequest } from './message.ts';
import { readMessage } from './read-message.ts';
import { rfc5118 } from './test-data/messages.ts';
import { readUri, writeUri } from './uri.ts';
import { validateRequest } from './validate.ts';
import { readVia, topVia, writeVia } from './via.ts';

function requestOf(section: string): SipRequest {
  const read = readMessage(rfc5118.find((one) => one.section === section)?.bytes ?? Buffer.alloc(0));
  assert.ok(read.ok && read.message.kind === 'request', JSON.stringify(read));
  return read.message;
}

/** 4.10a has an address that is none; RFC 5118 allows for it to be read, RFC 4291 does not. */
const REFUSED = ['4.2', '4.10a'];

describe('the messages of RFC 5118', () => {
  for (const { section, name } of rfc5118) {
    const isRefused = REFUSED.includes(section);
    it(`${section} ${name}: ${isRefused ? 'refused' : 'accepted'}`, () => {
      assert.equal(validateRequest(requestOf(section))?.status, isRefused ? 400 : undefined);
    });
  }

  it('4.1: an address in brackets', () => {
    const request = requestOf('4.1');
    assert.equal(readUri(request.uri)?.host, '2001:db8::10');
    assert.equal(topVia(request.headers)?.host, '2001:db8::9:1');
    assert.equal(readUri(readAddress(request.headers.get('Contact') ?? '')?.uri ?? '')?.host, '2001:db8::1');
  });

  it('4.3 and 4.4: a port is behind the brackets', () => {
    const [within, behind] = [readUri(requestOf('4.3').uri), readUri(requestOf('4.4').uri)];
    assert.deepEqual([within?.host, within?.port], ['2001:db8::10:5070', undefined]);
    assert.deepEqual([behind?.host, behind?.port], ['2001:db8::10', 5070]);
    assert.equal(behind && writeUri(behind), 'sip:[2001:db8::10]:5070');
  });

  it('4.5: received with and without brackets is written without', () => {
    for (const section of ['4.5a', '4.5b']) {
      const via = topVia(requestOf(section).headers);
      assert.equal(via?.params.get('received'), '2001:db8::9:255');
      assert.match(via === undefined ? '' : writeVia(via), /^SIP\/2\.0\/UDP \[2001:db8::9:1\];received=2001:db8::9:255;branch=/u);
    }
  });

  it('4.6 and 4.8: bodies with addresses of both kinds', () => {
    assert.deepEqual([requestOf('4.6').body.length, requestOf('4.8').body.length], [251, 189]);
  });

  it('4.7: both kinds of addresses in one message', () => {
    const vias = requestOf('4.7').headers.list('Via').map((value) => readVia(value));
    assert.deepEqual(vias.map((via) => [via?.host, via?.port, via?.params.get('received')]), [
      ['2001:db8::9:1', 6050, undefined], ['192.0.2.1', undefined, undefined], ['2001:db8::9:255', undefined, '192.0.2.200'],
    ]);
  });

  it('4.9: addresses of IPv4 in IPv6', () => {
    const via = topVia(requestOf('4.9').headers);
    assert.deepEqual([via?.host, via?.port], ['::ffff:192.0.2.10', 19_823]);
  });
});
