import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Headers } from './headers.ts';
import { NO_BODY, type SipMessage } from './message.ts';
import { readMessage } from './read-message.ts';
import { anyToken } from './texts.fixture.ts';
import { writeMessage } from './write-message.ts';

const written = (message: SipMessage): string => writeMessage(message).toString();

describe('a message that is written', () => {
  it('has the Content-Length of its body, once', () => {
    const headers = new Headers().append('l', '7').append('X', 'y').append('CONTENT-LENGTH', '9');
    assert.equal(written({ kind: 'request', method: 'BYE', uri: 'sip:a@b', headers, body: Buffer.from('ü') }), 'BYE sip:a@b SIP/2.0\r\nX: y\r\nContent-Length: 2\r\n\r\nü');
    assert.equal(written({ kind: 'response', status: 200, reason: '', headers: new Headers(), body: NO_BODY }), 'SIP/2.0 200 \r\nContent-Length: 0\r\n\r\n');
  });

  it('has the lines that it is made of and no others', () => {
    const hostile = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\0', ' ', ':', '\\', '\u2028', 'é'), maxLength: 8 });
    fc.assert(fc.property(hostile, hostile, hostile, hostile, (method, uri, name, value) => {
      for (const message of [{ kind: 'request', method, uri: `x:${uri}y` }, { kind: 'response', status: 200, reason: value }] as const) {
        const text = written({ ...message, headers: new Headers().append(name, value).append('X', value), body: NO_BODY });
        const lines = text.split('\r\n');
        assert.ok(!/[\r\n]/u.test(lines.join('')));
        assert.ok(lines.length === 5 || lines.length === 6, text);
        assert.ok(readMessage(Buffer.from(text)).ok, text);
      }
    }));
  });

  it('leaves out fields that have no name', () => {
    const headers = new Headers().append('', 'a').append('X Y', 'b').append('X\r\nY', 'c').append('Z', 'd');
    assert.equal(written({ kind: 'response', status: 200, reason: 'OK', headers, body: NO_BODY }), 'SIP/2.0 200 OK\r\nZ: d\r\nContent-Length: 0\r\n\r\n');
  });

  it('is the same when it is read again', () => {
    const value = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\0\r\n\t]/gu, '').trim());
    const messages = fc.tuple(
      fc.oneof(
        fc.record({ kind: fc.constant('request' as const), method: anyToken, uri: fc.constantFrom('sip:a@b', 'tel:+49', 'x:y?é') }, { noNullPrototype: true }),
        fc.record({ kind: fc.constant('response' as const), status: fc.integer({ min: 100, max: 699 }), reason: value }, { noNullPrototype: true }),
      ),
      fc.array(fc.tuple(anyToken.map((name) => `X-${name}`), value)), fc.uint8Array(),
    ).map(([start, fields, body]): SipMessage => {
      const headers = new Headers();
      for (const [name, text] of fields) headers.append(name, text);
      return { ...start, headers, body };
    });
    fc.assert(fc.property(messages, (message) => {
      const reading = readMessage(writeMessage(message));
      assert.ok(reading.ok);
      const { headers, body, ...start } = reading.message;
      const { headers: before, body: content, ...line } = message;
      assert.deepEqual(start, line);
      assert.deepEqual([...headers.remove('Content-Length')], [...before]);
      assert.deepEqual([...body], [...content]);
    }));
  });
});
