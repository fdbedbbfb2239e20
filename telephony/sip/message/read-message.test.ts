import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReadFault } from './faults.ts';
import { READ_LIMITS } from './head.ts';
import type { SipMessage } from './message.ts';
import { readMessage, type Reading } from './read-message.ts';
import { typicalInvite } from './test-data/messages.ts';
import { writeMessage } from './write-message.ts';

const HEAD = ['OPTIONS sip:a@b SIP/2.0', 'Via: SIP/2.0/UDP c;branch=z9hG4bKx', 'From: <sip:d@e>;tag=1', 'To: <sip:a@b>', 'Call-ID: f', 'CSeq: 1 OPTIONS'];

const read = (lines: readonly string[], body = '', end = '\r\n'): Reading => readMessage(Buffer.from([...lines, '', body].join(end)));

function messageOf(reading: Reading): SipMessage {
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.message;
}

function faultOf(reading: Reading): ReadFault {
  assert.ok(!reading.ok);
  return reading.why;
}

const bodyOf = (reading: Reading): string => Buffer.from(messageOf(reading).body).toString();

describe('a datagram', () => {
  it('is a request', () => {
    const reading = readMessage(typicalInvite);
    assert.ok(reading.ok && reading.message.kind === 'request');
    assert.equal(reading.message.method, 'INVITE');
    assert.equal(reading.message.uri, 'sip:+4930123456@pbx.example.com;user=phone');
    assert.equal([...reading.message.headers].length, 12);
    assert.equal(reading.message.body.length, 192);
  });

  it('is a response', () => {
    const response = messageOf(read(['sip/2.0 486  Busy  Here', ...HEAD.slice(1)]));
    assert.deepEqual([response.kind, response.kind === 'response' && response.status, response.kind === 'response' && response.reason], ['response', 486, 'Busy  Here']);
    assert.ok(read(['SIP/2.0 200', ...HEAD.slice(1)]).ok);
  });

  it('has a body as long as Content-Length says, or all that there is', () => {
    assert.equal(bodyOf(read([...HEAD, 'l: 3'], 'abcdef')), 'abc');
    assert.equal(bodyOf(read(HEAD, 'abcdef')), 'abcdef');
    assert.equal(faultOf(read([...HEAD, 'l: 7'], 'abcdef')), 'body-cut-short');
    for (const length of ['', 'x', '-1', '1.0', '+1', '0x1', '1e1', '99999999999']) assert.equal(faultOf(read([...HEAD, `l: ${length}`], 'abc')), 'length-broken', length);
  });

  it('may have lines that end without CR, and empty ones before it', () => {
    assert.equal(bodyOf(read(['', '', ...HEAD, 'l: 2'], 'abcd', '\n')), 'ab');
    assert.equal(bodyOf(readMessage(Buffer.from(`\r\n\r\n${HEAD.join('\n')}\r\n\nabc`))), 'abc');
  });

  it('has folded lines, of which each is one blank', () => {
    const { headers } = messageOf(read([...HEAD, 'Subject:', ' one', '\ttwo  ', '  ', '   three', 'X: y']));
    assert.equal(headers.get('s'), 'one two  three');
    assert.equal(headers.get('x'), 'y');
  });

  it('is UTF-8, or Latin-1 if it is not', () => {
    assert.equal(messageOf(read([...HEAD, 'Subject: Größe'])).headers.get('s'), 'Größe');
    assert.equal(messageOf(readMessage(Buffer.from([...HEAD, 'Subject: Größe', '', ''].join('\r\n'), 'latin1'))).headers.get('s'), 'Größe');
  });

  it('keeps a way open', () => {
    for (const bytes of ['', '\r\n\r\n', '\r\n', '\0', '\0\0\0\0']) assert.deepEqual(readMessage(Buffer.from(bytes)), { ok: false, why: 'nothing', isResponse: false });
  });

  it('may be part of a larger store', () => {
    const store = Buffer.concat([Buffer.from('xx'), typicalInvite, Buffer.from('yy')]);
    const message = messageOf(readMessage(new Uint8Array(store).subarray(2, 2 + typicalInvite.length)));
    assert.deepEqual(writeMessage(message), writeMessage(messageOf(readMessage(typicalInvite))));
  });
});

describe('a datagram that is none', () => {
  const REFUSED: readonly (readonly [ReadFault, readonly string[]])[] = [
    ['start-line-broken', ['hello', ...HEAD.slice(1)]],
    ['start-line-broken', ['GET / HTTP/1.1', ...HEAD.slice(1)]],
    ['start-line-broken', ['OPTIONS sip:a@b', ...HEAD.slice(1)]],
    ['start-line-broken', ['OPTIONS SIP/2.0', ...HEAD.slice(1)]],
    ['start-line-broken', ['OPT<>IONS sip:a@b SIP/2.0', ...HEAD.slice(1)]],
    ['start-line-broken', ['OPTIONS sip:a@b SIP/x', ...HEAD.slice(1)]],
    ['start-line-broken', ['OPTIONS sip:a@b SIP/2.0', ' X: y', ...HEAD.slice(1)]],
    ['start-line-broken', ['SIP/2.0 20 OK', ...HEAD.slice(1)]],
    ['start-line-broken', ['SIP/2.0 099 OK', ...HEAD.slice(1)]],
    ['start-line-broken', ['SIP/2.0 700 OK', ...HEAD.slice(1)]],
    ['start-line-broken', ['SIP/2.0 2000 OK', ...HEAD.slice(1)]],
    ['start-line-broken', ['SIP/2.0 ', ...HEAD.slice(1)]],
    ['version-unsupported', ['OPTIONS sip:a@b SIP/3.0', ...HEAD.slice(1)]],
    ['version-unsupported', ['SIP/3.0 200 OK', ...HEAD.slice(1)]],
    ['uri-broken', ['OPTIONS a SIP/2.0', ...HEAD.slice(1)]],
    ['uri-broken', ['OPTIONS sip:a @b SIP/2.0', ...HEAD.slice(1)]],
    ['field-broken', [...HEAD, 'no colon']],
    ['field-broken', [...HEAD, ': no name']],
    ['field-broken', [...HEAD, 'a name: x']],
    ['field-broken', [...HEAD, 'näme: x']],
    ['field-twice', [...HEAD, 'i: f']],
    ['field-twice', [...HEAD, 'Content-Length: 0', 'l: 0']],
    ['field-twice', [...HEAD, 'max-forwards: 1', 'Max-Forwards: 1']],
    ['control-character', [...HEAD, 'X: a\0b']],
    ['control-character', [...HEAD, 'X: a\rY: b']],
    ['too-many-fields', [...HEAD, ...Array.from({ length: READ_LIMITS.fields }, () => 'X: y')]],
    ['too-long', [...HEAD, `X: ${'y'.repeat(READ_LIMITS.fieldBytes)}`]],
    ['too-long', [...HEAD, 'X: y', ...Array.from({ length: 100 }, () => ` ${'y'.repeat(100)}`)]],
  ];

  it('is refused for what is wrong with it', () => {
    for (const [why, lines] of REFUSED) assert.equal(faultOf(read(lines)), why, lines.join('|').slice(0, 200));
  });

  it('is refused for its size', () => {
    assert.equal(faultOf(read([...HEAD, ...Array.from({ length: 100 }, () => `X: ${'y'.repeat(1000)}`)])), 'too-long');
    assert.equal(faultOf(read(HEAD, 'x'.repeat(READ_LIMITS.bodyBytes + 1))), 'too-long');
    assert.equal(faultOf(readMessage(typicalInvite.subarray(0, 300))), 'no-end-of-head');
  });

  it('has what it takes to be answered, of requests only', () => {
    const broken = read([...HEAD, 'Timestamp: 5', 'Contact: <sip:d@e>', 'no colon', 'Via: SIP/2.0/TCP g'], 'body');
    assert.ok(!broken.ok && broken.request !== undefined);
    const { kind, method, uri, headers, body } = broken.request;
    assert.deepEqual([kind, method, uri, body.length], ['request', 'OPTIONS', 'sip:a@b', 0]);
    assert.deepEqual([...headers], [
      ['Via', 'SIP/2.0/UDP c;branch=z9hG4bKx'], ['Via', 'SIP/2.0/TCP g'], ['From', '<sip:d@e>;tag=1'], ['To', '<sip:a@b>'], ['Call-ID', 'f'], ['CSeq', '1 OPTIONS'], ['Timestamp', '5'],
    ]);
  });

  it('is not answered where it is an ACK, a response, or nobody knows where to', () => {
    const unanswered = [
      read(['ACK sip:a@b SIP/2.0', ...HEAD.slice(1, 5), 'CSeq: 1 ACK', 'no colon']), read(['SIP/2.0 200 OK', ...HEAD.slice(1), 'no colon']),
      read([HEAD[0] ?? '', ...HEAD.slice(2), 'no colon']), read(['nonsense', ...HEAD.slice(1)]), readMessage(Buffer.from([0, 1, 2, 3])),
    ];
    assert.deepEqual(unanswered.map((reading) => [reading.ok, !reading.ok && reading.request, !reading.ok && reading.isResponse]), [
      [false, undefined, false], [false, undefined, true], [false, undefined, false], [false, undefined, false], [false, undefined, false],
    ]);
  });
});
