import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { READ_LIMITS, type ReadLimits } from './head.ts';
import type { SipMessage } from './message.ts';
import { createStreamReader, type StreamReader } from './stream-reader.ts';
import { typicalInvite } from './test-data/messages.ts';
import { writeMessage } from './write-message.ts';

interface Stream {
  readonly reader: StreamReader;
  readonly feed: (text: string) => void;
  readonly messages: SipMessage[];
  /** Whatever was told, in its order. */
  readonly told: string[];
}

function aStream(limits: Partial<ReadLimits> = {}): Stream {
  const messages: SipMessage[] = [];
  const told: string[] = [];
  const reader = createStreamReader({
    onMessage: (message) => {
      messages.push(message);
      told.push(`${message.kind === 'request' ? message.method : message.status} ${Buffer.from(message.body).toString()}`.trim());
    },
    onKeepAlive: (kind) => { told.push(kind); },
    onFault: ({ why, isFatal, request, isResponse }) => { told.push(`${why}${isFatal ? ' fatal' : ''}${request === undefined ? '' : ` ${request.method}`}${isResponse ? ' response' : ''}`); },
    limits: { ...READ_LIMITS, ...limits },
  });
  return { reader, feed: (text) => { reader.feed(Buffer.from(text)); }, messages, told };
}

const text = (method: string, body = '', more: readonly string[] = []): string => [
  `${method} sip:a@b SIP/2.0`, 'Via: SIP/2.0/TCP c;branch=z9hG4bKx', 'From: <sip:d@e>;tag=1', 'To: <sip:a@b>', 'Call-ID: f', `CSeq: 1 ${method}`,
  ...more, `Content-Length: ${body.length}`, '', body,
].join('\r\n');

describe('a stream', () => {
  it('has one message after the other, with empty lines before them', () => {
    const { feed, told, reader } = aStream();
    feed(`${text('INVITE', 'abc')}${text('BYE')}\r\n${text('OPTIONS', 'de')}`);
    assert.deepEqual(told, ['INVITE abc', 'BYE', 'OPTIONS de']);
    assert.equal(reader.isMidMessage(), false);
  });

  it('has the same messages however it is cut', () => {
    const whole = Buffer.concat([typicalInvite, Buffer.from(`\r\n${text('BYE', 'x\r\n\r\ny').replaceAll('\r', '')}${text('INFO')}`), typicalInvite]);
    const expected = aStream();
    expected.reader.feed(whole);
    assert.equal(expected.messages.length, 4);
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (sizes) => {
      const { reader, messages } = aStream();
      for (let at = 0, n = 0; at < whole.length; n += 1) {
        const size = sizes[n % sizes.length] ?? 1;
        // The bytes are the reader's only while it reads.
        const chunk = Buffer.from(whole.subarray(at, at + size));
        reader.feed(chunk);
        chunk.fill(0);
        at += size;
      }
      assert.deepEqual(messages.map((message) => writeMessage(message)), expected.messages.map((message) => writeMessage(message)));
    }), { numRuns: 50 });
  });

  it('tells when a message has begun and not ended', () => {
    const { feed, reader } = aStream();
    const seen = ['\r\n', 'OPT', text('OPTIONS', 'abc').slice(3, -2), 'bc'].map((chunk) => {
      feed(chunk);
      return reader.isMidMessage();
    });
    assert.deepEqual(seen, [false, true, true, false]);
  });

  it('is kept alive by empty lines', () => {
    const { feed, told } = aStream();
    feed('\r\n\r\n');
    feed('\r\n');
    feed('\r\n');
    feed(`${text('BYE')}\r\n\r\n\r\n\r\n`);
    feed('\r');
    feed('\n');
    assert.deepEqual(told, ['ping', 'pong', 'ping', 'BYE', 'ping', 'ping', 'pong']);
  });

  it('goes on behind a message that is broken, but whose end is known', () => {
    const { feed, told } = aStream();
    feed(`${text('INVITE', 'abc', ['no colon'])}${text('BYE')}${text('INFO', '', ['i: g'])}`);
    feed(text('INVITE', 'x').replace('SIP/2.0', 'SIP/4.0').slice(0, -1));
    feed(`x${text('ACK', '', ['no colon'])}SIP/2.0 999 x\r\nl: 0\r\n\r\n${text('BYE')}`);
    assert.deepEqual(told, [
      'field-broken INVITE', 'BYE', 'field-twice INFO', 'version-unsupported INVITE', 'field-broken', 'start-line-broken', 'BYE',
    ]);
  });

  it('is over where nobody knows what comes next', () => {
    const FATAL: readonly (readonly [string, string, Partial<ReadLimits>?])[] = [
      ['length-missing fatal BYE', text('BYE').replace(/Content-Length: 0\r\n/u, '')],
      ['length-broken fatal BYE', text('BYE').replace('Content-Length: 0', 'Content-Length: -1')],
      ['field-twice fatal BYE', text('BYE', '', ['l: 5'])],
      ['too-many-fields fatal BYE', text('BYE', '', ['a: b', 'a: b', 'l: 5']), { fields: 8 }],
      ['too-long fatal BYE', text('BYE', 'abc'), { bodyBytes: 2 }],
      ['too-long fatal', text('BYE', '', ['a'.repeat(500)]), { headBytes: 400 }],
      ['too-long fatal response', `SIP/2.0 200 ${'a'.repeat(500)}`, { headBytes: 400 }],
      ['too-long fatal', '\0'.repeat(500), { headBytes: 400 }],
    ];
    for (const [fault, bytes, limits] of FATAL) {
      const { feed, told, reader } = aStream(limits);
      feed(bytes.slice(0, 100));
      feed(bytes.slice(100));
      feed(text('BYE'));
      assert.deepEqual(told, [fault]);
      assert.equal(reader.isMidMessage(), false);
    }
  });

  it('tells nothing more once it is stopped, even of what it holds', () => {
    const seen: string[] = [];
    const reader = createStreamReader({
      onMessage: (message) => {
        seen.push(message.kind === 'request' ? message.method : '');
        reader.stop();
      },
      onFault: () => { seen.push('fault'); },
    });
    reader.feed(Buffer.from(text('INVITE') + text('BYE')));
    reader.feed(Buffer.from(text('BYE')));
    assert.deepEqual(seen, ['INVITE']);
  });

  it('gives messages a body of their own', () => {
    const { reader, messages } = aStream();
    const chunk = Buffer.from(text('INVITE', 'abc') + text('BYE'));
    reader.feed(chunk);
    chunk.fill(0);
    const body = messages[0]?.body;
    assert.deepEqual([Buffer.from(body ?? []).toString(), body?.buffer.byteLength], ['abc', 3]);
  });
});
