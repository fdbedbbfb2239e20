import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readCSeq, writeCSeq } from './cseq.ts';
import { Headers } from './headers.ts';
import { anyHost, anyToken } from './texts.fixture.ts';
import { readVia, replaceTopVia, topVia, writeVia, type Via } from './via.ts';

describe('a Via', () => {
  it('is read with blanks wherever they may be', () => {
    assert.deepEqual(readVia(' SIP / 2.0 / udp  [2001:DB8::1] : 5060 ; branch = z9hG4bK1 ; rport '), {
      transport: 'UDP', host: '2001:db8::1', port: 5060, params: new Map([['branch', 'z9hG4bK1'], ['rport', '']]),
    });
  });

  it('is refused where nobody knows where to answer', () => {
    for (const text of [
      '', 'SIP/2.0', 'SIP/2.0/UDP', 'SIP/2.0/UDP ', 'HTTP/1.1/TCP a', 'SIP/x/UDP a', 'SIP/2.0/UDPhost', 'SIP/2.0/UDP a b', 'SIP/2.0/UDP a:x', 'SIP/2.0/UDP a:99999',
      'SIP/2.0/UDP a;', 'SIP/2.0/UDP a;;b', 'SIP/2.0/UDP ::1', 'SIP/2.0/UDP [::1', 'SIP/2.0//UDP a', 'SIP/2.0/ a',
    ]) assert.equal(readVia(text), undefined, text);
  });

  it('is the same after it is written', () => {
    const vias: fc.Arbitrary<Via> = fc.record({
      transport: anyToken.map((text) => text.toUpperCase()), host: anyHost, port: fc.nat(65_535),
      params: fc.array(fc.tuple(anyToken.map((name) => name.toLowerCase()), anyToken)).map((entries) => new Map(entries)),
    }, { noNullPrototype: true });
    fc.assert(fc.property(vias, (via) => { assert.deepEqual(readVia(writeVia(via)), via); }));
  });

  it('is replaced before those that come after it', () => {
    const headers = new Headers().append('v', 'SIP/2.0/UDP a;rport, SIP/2.0/TCP b').append('To', 'x').append('Via', 'SIP/2.0/UDP c');
    const via = topVia(headers);
    assert.ok(via !== undefined);
    replaceTopVia(headers, { ...via, params: new Map([...via.params, ['rport', '5061'], ['received', '2001:db8::7']]) });
    assert.deepEqual(headers.all('Via'), ['SIP/2.0/UDP a;rport=5061;received=2001:db8::7', 'SIP/2.0/TCP b', 'SIP/2.0/UDP c']);
  });
});

describe('a CSeq', () => {
  it('is a number of 32 bits and a method', () => {
    assert.deepEqual(readCSeq('0009  INVITE '), { number: 9, method: 'INVITE' });
    assert.deepEqual(readCSeq('4294967295 BYE'), { number: 4_294_967_295, method: 'BYE' });
    assert.equal(writeCSeq({ number: 7, method: 'ACK' }), '7 ACK');
    for (const text of ['', '1', 'INVITE', '-1 INVITE', '1.5 INVITE', '4294967296 INVITE', '1 INV ITE', '1 <>', '1e3 X']) assert.equal(readCSeq(text), undefined, text);
  });
});
