import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { attributeOf, attributesOf, isWebRtc, readSdp, revise, writeSdp, type Session } from './session.ts';

/** Of RFC 4566 5, with what real telephones add. */
const PLAIN = [
  'v=0', 'o=jdoe 2890844526 2890842807 IN IP4 10.47.16.5', 's=SDP Seminar', 'c=IN IP4 224.2.17.12/127', 'b=AS:128', 't=0 0', 'a=sendonly',
  'm=audio 49170 RTP/AVP 0 101', 'a=rtpmap:101 telephone-event/8000', 'a=ptime:20',
  'm=video 51372 RTP/AVP 99', 'c=IN IP6 2001:db8::1', 'b=TIAS:64000', 'a=rtpmap:99 h263-1998/90000', '',
].join('\r\n');

function read(text: string): Session {
  const session = readSdp(text);
  assert(session !== undefined);
  return session;
}

describe('reading and writing session descriptions', () => {
  it('reads every line that means something', () => {
    const session = read(PLAIN);
    assert.deepEqual(session.origin, { username: 'jdoe', sessionId: '2890844526', version: '2890842807', family: 'IP4', address: '10.47.16.5' });
    assert.deepEqual(session.connection, { family: 'IP4', address: '224.2.17.12' });
    assert.equal(session.bandwidth, 'AS:128');
    const [audio, video] = session.media;
    assert(audio !== undefined && video !== undefined);
    assert.deepEqual([audio.kind, audio.port, audio.protocol, audio.formats], ['audio', 49170, 'RTP/AVP', ['0', '101']]);
    assert.equal(attributeOf(audio, 'ptime'), '20');
    assert.equal(attributeOf(session, 'sendonly'), '');
    assert.equal(attributeOf(audio, 'sendonly'), undefined);
    assert.deepEqual(attributesOf(video, 'rtpmap'), ['99 h263-1998/90000']);
    assert.deepEqual([video.connection, video.bandwidth], [{ family: 'IP6', address: '2001:db8::1' }, 'TIAS:64000']);
  });

  it('writes what it reads', () => {
    const session = read(PLAIN);
    assert.deepEqual(readSdp(writeSdp(session)), session);
  });

  it('takes what telephones get wrong: LF alone, no name, no origin, no time, blanks at ends of lines', () => {
    const session = read('v=0\no=- 1 1 IN IP4 1.2.3.4 \ns=\nc=IN IP4 1.2.3.4\nm=audio 4000 RTP/AVP 8 \n\n');
    assert.equal(session.name, '-');
    assert.deepEqual(session.media[0]?.formats, ['8']);
    assert.equal(read('v=0\r\nm=audio 4000/2 rtp/avp 8').media[0]?.protocol, 'RTP/AVP');
  });

  for (const [what, text] of [
    ['nothing', ''],
    ['another version', 'v=1\r\ns=-\r\n'],
    ['something else', '<xml/>'],
    ['a line that is none', 'v=0\r\nhello\r\n'],
    ['a port that is none', 'v=0\r\nm=audio 65536 RTP/AVP 0\r\n'],
    ['no format', 'v=0\r\nm=audio 4000 RTP/AVP\r\n'],
    ['an address of another network', 'v=0\r\nc=ATM X 1\r\n'],
    ['a line within a line', 'v=0\r\na=x\ra=y\r\n'],
    ['too many sections', `v=0\r\n${'m=audio 1 RTP/AVP 0\r\n'.repeat(33)}`],
    ['too many formats', `v=0\r\nm=audio 1 RTP/AVP${' 0'.repeat(129)}\r\n`],
    ['too many lines', `v=0\r\n${'a=x\r\n'.repeat(1000)}`],
    ['too much', `v=0\r\na=${'x'.repeat(70_000)}\r\n`],
  ] as const) {
    it(`refuses ${what}`, () => { assert.equal(readSdp(text), undefined); });
  }

  it('never fails, and reads again what it has written, whatever comes', () => {
    const line = fc.tuple(fc.constantFrom('v', 'o', 's', 'c', 'm', 'a', 'b', 't', 'x'), fc.oneof(
      fc.string(), fc.constantFrom('IN IP4 1.2.3.4', 'audio 4000 RTP/AVP 0 8', '- 1 1 IN IP4 1.2.3.4', 'rtpmap:0 PCMU/8000', 'sendrecv'),
    )).map(([letter, value]) => `${letter}=${value}`);
    fc.assert(fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const session = readSdp(['v=0', ...lines].join('\r\n'));
      if (session !== undefined) assert.deepEqual(readSdp(writeSdp(session)), session);
    }), { numRuns: 500 });
  });

  it('knows what a browser offers from what a telephone with SRTP does', () => {
    const audio = (protocol: string, ...attributes: string[]): Session => read(['v=0', `m=audio 9 ${protocol} 0`, ...attributes.map((value) => `a=${value}`)].join('\r\n'));
    assert.equal(isWebRtc(audio('UDP/TLS/RTP/SAVPF')), true);
    assert.equal(isWebRtc(audio('RTP/SAVPF', 'fingerprint:sha-256 AA')), true);
    assert.equal(isWebRtc(read('v=0\r\na=fingerprint:sha-256 AA\r\nm=audio 9 RTP/SAVPF 0\r\n')), true);
    assert.equal(isWebRtc(audio('RTP/SAVP', 'crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x')), false);
    assert.equal(isWebRtc(audio('RTP/AVP')), false);
    assert.equal(isWebRtc(read('v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 0\r\n')), false);
  });

  it('raises the version by one when something has changed, and only then', () => {
    const session = read(PLAIN);
    const renamed = { ...session, origin: { ...session.origin, version: '7', sessionId: '8' } };
    assert.equal(revise(session, renamed).origin.version, '2890842807');
    assert.equal(revise(session, { ...renamed, media: [] }).origin.version, '2890842808');
    assert.equal(revise(session, { ...renamed, media: [] }).origin.sessionId, '2890844526');
    const long = { ...session, origin: { ...session.origin, version: '18446744073709551615' } };
    assert.equal(revise(long, { ...long, media: [] }).origin.version, '18446744073709551616');
  });
});
