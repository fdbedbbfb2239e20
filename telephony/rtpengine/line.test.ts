import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeInside, hasKeys, isAlike, isBothWays, narrowed, NOWHERE, readLine, readPlace, readWrapping, towardsFarEnd, type Line } from './line.ts';

interface Described {
  readonly media?: string;
  readonly lines?: readonly string[];
  readonly head?: readonly string[];
}

const sdp = ({ media = 'audio 4000 RTP/AVP 8 101', lines = ['rtpmap:101 telephone-event/8000', 'rtcp-mux'], head = [] }: Described = {}): string =>
  ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', ...head.map((line) => `a=${line}`), `m=${media}`, ...lines.map((line) => `a=${line}`), ''].join('\r\n');

function lineOf(described?: Described): Line {
  const line = readLine(sdp(described));
  assert.ok(line !== undefined);
  return line;
}

describe('the line of a leg', () => {
  it('has a place', () => {
    assert.deepEqual(readPlace(sdp()), { address: '192.0.2.1', port: 4000, rtcpMux: true });
    for (const nowhere of ['', 'x', sdp({ media: 'audio 0 RTP/AVP 8' }), sdp({ media: 'video 4000 RTP/AVP 96' }), sdp().replaceAll('192.0.2.1', 'example.com')]) assert.equal(readPlace(nowhere), undefined, nowhere);
  });

  it('is read of an answer with sound', () => {
    assert.equal(readLine(sdp({ media: 'audio 4000 RTP/AVP 101' })), undefined);
    assert.equal(readLine('x'), undefined);
    assert.deepEqual(lineOf().codecs.map(({ name, payloadType }) => `${name} ${payloadType}`), ['PCMA 8', 'telephone-event 101']);
  });

  it('is described for any place, and read again as it was', () => {
    const line = lineOf({ media: 'audio 4000 RTP/SAVP 111 110', lines: ['rtpmap:111 opus/48000/2', 'fmtp:111 useinbandfec=1', 'rtcp-fb:111 transport-cc', 'rtpmap:110 telephone-event/48000', 'ssrc:1 cname:x', 'crypto:1 x'] });
    const again = describeInside(line, { address: '127.0.0.2', port: 9000, rtcpMux: true });
    assert.deepEqual(readPlace(again), { address: '127.0.0.2', port: 9000, rtcpMux: true });
    assert.deepEqual(readLine(again)?.codecs, line.codecs);
    assert.ok(again.includes('m=audio 9000 RTP/AVP 111 110\r\n'));
    for (const word of ['rtcp-fb', 'ssrc', 'crypto']) assert.ok(!again.includes(word), word);
    assert.ok(describeInside(line, NOWHERE, 'inactive').includes('a=inactive'));
    assert.equal(readPlace(describeInside(line, { ...NOWHERE, rtcpMux: false }))?.rtcpMux, false);
  });

  it('keeps the places of sections that are not in use', () => {
    const answer = sdp({ media: 'video 0 RTP/AVP 96\r\nm=audio 4000 RTP/AVP 8' });
    const line = readLine(answer);
    assert.ok(line !== undefined);
    assert.match(describeInside(line, NOWHERE), /m=video 0 RTP\/AVP 96\r\nm=audio 9 RTP\/AVP 8\r\n/);
  });

  it('is narrowed to what is in use', () => {
    const line = lineOf({ media: 'audio 4000 RTP/AVP 0 8 101 102', lines: ['rtpmap:101 telephone-event/48000', 'rtpmap:102 telephone-event/8000'] });
    assert.deepEqual(narrowed(line).codecs.map(({ payloadType }) => payloadType), [0, 102]);
  });

  const others: readonly (readonly [string, Described, boolean])[] = [
    ['the same', {}, true],
    ['more codecs behind', { media: 'audio 4000 RTP/AVP 8 0 101' }, true],
    ['another codec first', { media: 'audio 4000 RTP/AVP 0 8 101' }, false],
    ['keys by another number', { media: 'audio 4000 RTP/AVP 8 126', lines: ['rtpmap:126 telephone-event/8000'] }, false],
    ['pictures as well', { lines: ['rtpmap:101 telephone-event/8000', 'rtcp-mux\r\nm=video 4002 RTP/AVP 96'] }, false],
    ['no pictures any more', { lines: ['rtpmap:101 telephone-event/8000', 'rtcp-mux\r\nm=video 0 RTP/AVP 96'] }, true],
    ['no keys', { media: 'audio 4000 RTP/AVP 8' }, false],
    ['the codec by another number', { media: 'audio 4000 RTP/AVP 98 101', lines: ['rtpmap:98 PCMA/8000', 'rtpmap:101 telephone-event/8000'] }, false],
  ];
  for (const [name, described, isSame] of others) {
    it(`${isSame ? 'can' : 'cannot'} be passed on as it is to ${name}`, () => {
      assert.equal(isAlike(lineOf(), lineOf(described)), isSame);
      assert.equal(isAlike(lineOf(described), lineOf()), isSame);
    });
  }

  it('has keys, or not', () => {
    assert.deepEqual([hasKeys(lineOf()), hasKeys(lineOf({ media: 'audio 4000 RTP/AVP 8' }))], [true, false]);
  });

  it('goes both ways, or not', () => {
    const held: readonly Described[] = [{ lines: ['sendonly'] }, { lines: ['inactive'] }, { lines: ['recvonly'] }, { head: ['inactive'] }];
    for (const described of held) assert.equal(isBothWays(sdp(described)), false);
    assert.equal(isBothWays(sdp()), true);
    assert.equal(isBothWays(sdp().replace('c=IN IP4 192.0.2.1', 'c=IN IP4 0.0.0.0')), false);
  });

  const wrapped: readonly (readonly [string, Described, string, boolean])[] = [
    ['in the clear', {}, 'RTP/AVP', false],
    ['with keys', { media: 'audio 4000 RTP/SAVP 8', lines: ['crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x'] }, 'RTP/SAVP', false],
    ['with keys beside', { lines: ['crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x'] }, 'RTP/AVP', true],
    ['a browser', { media: 'audio 4000 UDP/TLS/RTP/SAVPF 8', lines: ['fingerprint:sha-256 AA'] }, 'UDP/TLS/RTP/SAVPF', false],
    ['a browser of old', { media: 'audio 4000 RTP/SAVPF 8', head: ['fingerprint:sha-256 AA'] }, 'UDP/TLS/RTP/SAVPF', false],
  ];
  for (const [name, described, protocol, isOpportunistic] of wrapped) {
    it(`is told again how a far end is wrapped: ${name}`, () => {
      const wrapping = readWrapping(sdp(described));
      assert.ok(wrapping !== undefined);
      assert.deepEqual([wrapping.protocol, wrapping.isOpportunistic], [protocol, isOpportunistic]);
      const rewriting = towardsFarEnd(wrapping);
      assert.equal(rewriting.protocol, protocol);
      assert.deepEqual(rewriting.osrtp, isOpportunistic ? ['offer'] : undefined);
      // Without it the far end's port would be another one each time.
      assert.ok(rewriting.flags?.includes('port latching'));
    });
  }

  it('cannot be wrapped in what nobody knows', () => { assert.equal(readWrapping(sdp({ media: 'audio 4000 TCP/RTP 8' })), undefined); });
});
