import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { G722, OPUS, PCMA, PCMU, type Codec } from './codec.ts';
import { readCrypto, writeCrypto } from './crypto.ts';
import { answerOffer, makeOffer, takeAnswer, type Chosen, type LocalEnd } from './offer-answer.ts';
import { readSdp, writeSdp, type Session } from './session.ts';

const LOCAL: LocalEnd & { readonly port: number } = { address: '192.0.2.1', port: 5000, codecs: [PCMA, PCMU], sessionId: '1', randomBytes: (count) => new Uint8Array(count).fill(1) };
const KEY = 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz';
const LONG_KEY = Buffer.alloc(46, 7).toString('base64');

function read(...lines: readonly string[]): Session {
  const session = readSdp(['v=0', 'o=- 5 1 IN IP4 192.0.2.2', 's=-', 'c=IN IP4 192.0.2.2', 't=0 0', ...lines].join('\r\n'));
  assert(session !== undefined);
  return session;
}

function answered(offer: Session, local: Parameters<typeof answerOffer>[1] = LOCAL): { readonly lines: readonly string[]; readonly answer: Session; readonly chosen: Chosen } {
  const result = answerOffer(offer, local);
  assert(result.ok, JSON.stringify(result));
  return { answer: result.answer, chosen: result.chosen, lines: writeSdp(result.answer).split('\r\n') };
}

const linesOf = (session: Session): readonly string[] => writeSdp(session).split('\r\n').slice(5, -1);

describe('an offer', () => {
  it('says what we take, with events for each clock rate', () => {
    assert.deepEqual(writeSdp(makeOffer({ ...LOCAL, codecs: [OPUS, G722, PCMA], ptime: 20, rtcpMux: true, version: 3 })).split('\r\n'), [
      'v=0', 'o=- 1 3 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', 'm=audio 5000 RTP/AVP 111 9 8 110 101',
      'a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1', 'a=rtpmap:9 G722/8000', 'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:110 telephone-event/48000', 'a=fmtp:110 0-16', 'a=rtpmap:101 telephone-event/8000', 'a=fmtp:101 0-16', 'a=ptime:20', 'a=rtcp-mux', 'a=sendrecv', '',
    ]);
  });

  it('is of IPv6 where the address is, and has keys where it is to be secret', () => {
    const offer = makeOffer({ ...LOCAL, address: '2001:db8::1', secure: 'required', rtcpPort: 6001, direction: 'sendonly' });
    assert.equal(offer.origin.family, 'IP6');
    assert.deepEqual(linesOf(offer).filter((line) => !/rtpmap|fmtp/.test(line)), [
      'm=audio 5000 RTP/SAVP 8 0 101', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${'AQEB'.repeat(10)}`, `a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:${'AQEB'.repeat(10)}`, 'a=rtcp:6001', 'a=sendonly',
    ]);
    assert.notEqual(makeOffer({ address: '192.0.2.1', port: 1, codecs: [PCMA] }).origin.sessionId, makeOffer({ address: '192.0.2.1', port: 1, codecs: [PCMA] }).origin.sessionId);
  });

  it('keeps the places, payload types, keys and profile of what was said before, and raises the version on change', () => {
    const first = answered(read(
      'm=video 6000 RTP/AVP 99', 'm=audio 4000 RTP/SAVP 96 97', 'a=rtpmap:96 PCMA/8000', 'a=rtpmap:97 telephone-event/8000', `a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:${KEY}`, 'm=image 7000 udptl t38',
    ));
    assert.deepEqual(first.answer.media.map(({ kind, port }) => `${kind} ${port}`), ['video 0', 'audio 5000', 'image 0']);
    const again = makeOffer({ ...LOCAL, codecs: [PCMA], previous: first.answer });
    assert.deepEqual(again, first.answer);
    const held = makeOffer({ ...LOCAL, previous: first.answer, direction: 'sendonly', randomBytes: (count) => new Uint8Array(count).fill(9) });
    assert.equal(held.origin.version, '2');
    assert.deepEqual(held.media.map(({ kind, port, protocol }) => `${kind} ${port} ${protocol}`), ['video 0 RTP/AVP', 'audio 5000 RTP/SAVP', 'image 0 UDPTL']);
    assert.deepEqual(linesOf(held).slice(1, -1), [
      'm=audio 5000 RTP/SAVP 96 0 97', 'a=rtpmap:96 PCMA/8000', 'a=rtpmap:0 PCMU/8000', 'a=rtpmap:97 telephone-event/8000', 'a=fmtp:97 0-16', `a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:${'AQEB'.repeat(10)}`, 'a=sendonly',
    ]);
  });

  it('gives no payload type to two codecs', () => {
    const mine: Codec = { name: 'iLBC', clockRate: 8000, channels: 1, sampleRate: 8000, payloadType: 101 };
    const offer = makeOffer({ ...LOCAL, codecs: [mine, { ...mine, name: 'speex' }] });
    assert.equal(new Set(offer.media[0]?.formats).size, 3);
  });
});

describe('an answer', () => {
  for (const { what, lines, local, expected } of [
    { what: 'takes the first of our codecs that is offered, under its number', lines: ['m=audio 4000 RTP/AVP 0 96', 'a=rtpmap:96 pcma/8000'], local: {}, expected: ['PCMA 96', 'none', 'sendrecv'] },
    { what: 'knows static payload types without a map', lines: ['m=audio 4000 RTP/AVP 18 0'], local: {}, expected: ['PCMU 0', 'none', 'sendrecv'] },
    { what: 'takes events at the clock rate', lines: ['m=audio 4000 RTP/AVP 111 100 101', 'a=rtpmap:111 OPUS/48000/2', 'a=rtpmap:100 telephone-event/8000', 'a=rtpmap:101 telephone-event/48000'], local: { codecs: [OPUS] }, expected: ['opus 111', '101', 'sendrecv'] },
    { what: 'takes other events where there are no better ones', lines: ['m=audio 4000 RTP/AVP 111 100', 'a=rtpmap:111 opus/48000/2', 'a=rtpmap:100 telephone-event/8000'], local: { codecs: [OPUS] }, expected: ['opus 111', '100', 'sendrecv'] },
    { what: 'does not take opus of one channel', lines: ['m=audio 4000 RTP/AVP 111 8', 'a=rtpmap:111 opus/48000'], local: { codecs: [OPUS, PCMA] }, expected: ['PCMA 8', 'none', 'sendrecv'] },
    { what: 'is held', lines: ['m=audio 4000 RTP/AVP 8', 'a=sendonly'], local: {}, expected: ['PCMA 8', 'none', 'recvonly'] },
    { what: 'is held by the session', lines: ['a=inactive', 'm=audio 4000 RTP/AVP 8'], local: {}, expected: ['PCMA 8', 'none', 'inactive'] },
    { what: 'is held by an old telephone', lines: ['m=audio 4000 RTP/AVP 8', 'c=IN IP4 0.0.0.0'], local: {}, expected: ['PCMA 8', 'none', 'recvonly'] },
    { what: 'holds back', lines: ['m=audio 4000 RTP/AVP 8', 'a=sendonly'], local: { direction: 'sendonly' }, expected: ['PCMA 8', 'none', 'inactive'] },
    { what: 'only sends where the other end only listens', lines: ['m=audio 4000 RTP/AVP 8', 'a=recvonly'], local: {}, expected: ['PCMA 8', 'none', 'sendonly'] },
    { what: 'is of AVPF where the offer is', lines: ['m=audio 4000 RTP/AVPF 8'], local: {}, expected: ['PCMA 8', 'none', 'sendrecv'] },
  ] as const) {
    it(what, () => {
      const { chosen, answer } = answered(read(...lines), { ...LOCAL, ...local });
      assert.deepEqual([`${chosen.codec.name} ${chosen.payloadType}`, String(chosen.telephoneEvent ?? 'none'), chosen.direction], expected);
      assert.equal(answer.media[0]?.protocol, lines.find((line) => line.startsWith('m='))?.split(' ')[2]);
      assert.equal(answer.media[0]?.attributes.at(-1)?.name, chosen.direction);
      assert.deepEqual(answer.media[0]?.formats, [String(chosen.payloadType), ...(chosen.telephoneEvent === undefined ? [] : [String(chosen.telephoneEvent)])]);
    });
  }

  for (const { what, lines, local, why, warning } of [
    { what: 'no sound', lines: ['m=video 4000 RTP/AVP 99'], local: {}, why: 'noAudio', warning: 304 },
    { what: 'sound that is switched off', lines: ['m=audio 0 RTP/AVP 8'], local: {}, why: 'noAudio', warning: 304 },
    { what: 'no codec of ours', lines: ['m=audio 4000 RTP/AVP 18 101', 'a=rtpmap:101 telephone-event/8000'], local: {}, why: 'noCodec', warning: 305 },
    { what: 'keys that we cannot use', lines: ['m=audio 4000 RTP/SAVP 8', `a=crypto:1 AES_256_CM_HMAC_SHA1_80 inline:${LONG_KEY}`], local: {}, why: 'notSecure', warning: 302 },
    { what: 'no keys at all', lines: ['m=audio 4000 RTP/SAVP 8'], local: {}, why: 'notSecure', warning: 302 },
    { what: 'sound in the clear where we want none', lines: ['m=audio 4000 RTP/AVP 8'], local: { secure: 'required' }, why: 'notSecure', warning: 302 },
    { what: 'a browser', lines: ['m=audio 9 UDP/TLS/RTP/SAVPF 8'], local: {}, why: 'notSecure', warning: 302 },
    { what: 'a name for an address', lines: ['m=audio 4000 RTP/AVP 8', 'c=IN IP4 phone.example.com'], local: {}, why: 'address', warning: 301 },
    { what: 'a multicast address', lines: ['m=audio 4000 RTP/AVP 8', 'c=IN IP4 224.2.1.1/127'], local: {}, why: 'address', warning: 301 },
    { what: 'a broadcast address', lines: ['m=audio 4000 RTP/AVP 8', 'c=IN IP4 255.255.255.255'], local: {}, why: 'address', warning: 301 },
    { what: 'a multicast address of IPv6', lines: ['m=audio 4000 RTP/AVP 8', 'c=IN IP6 ff02::1'], local: {}, why: 'address', warning: 301 },
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(answerOffer(read(...lines), { ...LOCAL, ...local }), { ok: false, status: 488, why, warning });
    });
  }

  it('takes the first sound that it can, and refuses the rest in its place', () => {
    const { answer, chosen } = answered(read('m=audio 4000 RTP/SAVP 8', 'm=audio 4002 RTP/AVP 8', 'm=audio 4004 RTP/AVP 8', 'm=application 1 TCP/X y z'));
    assert.deepEqual(answer.media.map(({ kind, port, protocol, formats }) => `${kind} ${port} ${protocol} ${formats.join(' ')}`), [
      'audio 0 RTP/SAVP 8', 'audio 5000 RTP/AVP 8', 'audio 0 RTP/AVP 8', 'application 0 TCP/X y z',
    ]);
    assert.deepEqual(chosen.remote, { address: '192.0.2.2', port: 4002 });
  });

  it('knows where RTCP goes', () => {
    for (const { lines, rtcpMux, rtcp } of [
      { lines: [], rtcpMux: undefined, rtcp: { address: '192.0.2.2', port: 4001 } },
      { lines: ['a=rtcp:7777'], rtcpMux: undefined, rtcp: { address: '192.0.2.2', port: 7777 } },
      { lines: ['c=IN IP6 2001:db8::2', 'a=rtcp:7777'], rtcpMux: undefined, rtcp: { address: '2001:db8::2', port: 7777 } },
      { lines: ['a=rtcp:7777 IN IP4 192.0.2.9'], rtcpMux: undefined, rtcp: { address: '192.0.2.9', port: 7777 } },
      { lines: ['a=rtcp:0'], rtcpMux: undefined, rtcp: { address: '192.0.2.2', port: 4001 } },
      { lines: ['a=rtcp-mux'], rtcpMux: undefined, rtcp: { address: '192.0.2.2', port: 4000 } },
      { lines: ['a=rtcp-mux'], rtcpMux: false, rtcp: { address: '192.0.2.2', port: 4001 } },
    ]) {
      const { chosen, answer } = answered(read('m=audio 4000 RTP/AVP 8', ...lines), { ...LOCAL, ...(rtcpMux === undefined ? {} : { rtcpMux }) });
      assert.deepEqual(chosen.rtcp, rtcp);
      assert.equal(writeSdp(answer).includes('a=rtcp-mux'), chosen.rtcpMux);
      assert.equal(chosen.rtcpMux, rtcpMux !== false && lines.includes('a=rtcp-mux'));
    }
  });

  it('puts into packets what the other end wants in them', () => {
    for (const [lines, ptime] of [[[], 20], [['a=ptime:30'], 30], [['a=ptime:35'], 30], [['a=ptime:1'], 10], [['a=ptime:200'], 60], [['a=maxptime:10'], 10], [['a=ptime:x'], 20]] as const) {
      assert.equal(answered(read('m=audio 4000 RTP/AVP 8', ...lines)).chosen.ptime, ptime);
    }
  });

  it('has a key of its own for the suite that was offered, also beside RTP/AVP, and keeps it', () => {
    for (const protocol of ['RTP/SAVP', 'RTP/AVP']) {
      const offer = read(`m=audio 4000 ${protocol} 8`, `a=crypto:1 F8_128_HMAC_SHA1_80 inline:${KEY}`, `a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:${KEY}|2^20`, `a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:${KEY}`);
      const { chosen, answer } = answered(offer);
      assert.deepEqual([chosen.crypto?.remote.tag, chosen.crypto?.remote.suite, chosen.crypto?.local.tag], [2, 'AES_CM_128_HMAC_SHA1_32', 2]);
      assert.equal(chosen.crypto?.remote.key.length, 30);
      assert(writeSdp(answer).includes(`a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:${'AQEB'.repeat(10)}`));
      const again = answered(offer, { ...LOCAL, previous: answer, randomBytes: (count) => new Uint8Array(count).fill(2) });
      assert.deepEqual(again.answer, answer);
    }
    assert.equal(answered(read('m=audio 4000 RTP/AVP 8', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${KEY}`), { ...LOCAL, secure: 'never' }).chosen.crypto, undefined);
  });

  it('has the picture that both want, and otherwise none', () => {
    const h264: Codec = { name: 'H264', clockRate: 90_000, channels: 1, sampleRate: 90_000, payloadType: 97, format: 'profile-level-id=42e01f;packetization-mode=1', feedback: ['nack pli'] };
    const offer = read(
      'm=audio 4000 RTP/AVP 8', 'm=video 4002 RTP/AVPF 98 99 100', 'a=rtpmap:98 VP8/90000', 'a=rtpmap:99 H264/90000', 'a=fmtp:99 profile-level-id=42e01f', 'a=rtpmap:100 H264/90000',
      'a=fmtp:100 packetization-mode=1;profile-level-id=42801f', 'a=rtcp-fb:* nack pli', 'a=rtcp-fb:100 ccm fir', 'a=recvonly',
    );
    const { chosen, answer } = answered(offer, { ...LOCAL, video: { port: 5002, codecs: [h264] } });
    assert.deepEqual(chosen.video?.remote, { address: '192.0.2.2', port: 4002 });
    assert.deepEqual(chosen.video?.codecs.map(({ payloadType, name }) => `${payloadType} ${name}`), ['100 H264']);
    assert.equal(chosen.video?.direction, 'sendonly');
    assert.deepEqual(linesOf(answer).slice(-5), [
      'm=video 5002 RTP/AVPF 100', 'a=rtpmap:100 H264/90000', 'a=fmtp:100 profile-level-id=42e01f;packetization-mode=1', 'a=rtcp-fb:100 nack pli', 'a=sendonly',
    ]);
    assert.equal(answered(offer).answer.media[1]?.port, 0);
    assert.equal(answered(offer, { ...LOCAL, video: { port: 5002, codecs: [{ ...h264, name: 'AV1' }] } }).answer.media[1]?.port, 0);
  });
});

describe('what the answer to our offer makes of it', () => {
  const offer = makeOffer({ ...LOCAL, codecs: [OPUS, PCMA, PCMU], rtcpMux: true });

  it('is its first codec, by its payload types to send and ours to receive', () => {
    const taken = takeAnswer(offer, read('m=audio 4000 RTP/AVP 96 8 97', 'a=rtpmap:96 opus/48000/2', 'a=fmtp:96 stereo=0', 'a=rtpmap:97 telephone-event/48000', 'a=rtcp-mux', 'a=ptime:40'));
    assert(taken.ok);
    const { codec, payloadType, telephoneEvent, receives, format, rtcp, ptime } = taken.chosen;
    assert.deepEqual([codec.name, codec.payloadType, payloadType, telephoneEvent, format, ptime], ['opus', 111, 96, 97, 'stereo=0', 40]);
    assert.deepEqual(receives.map((one) => one.payloadType), [111, 8, 110]);
    assert.equal(rtcp.port, 4000);
  });

  for (const { what, lines, why } of [
    { what: 'no sound', lines: ['m=audio 0 RTP/AVP 8'], why: 'noAudio' },
    { what: 'no section', lines: [], why: 'noAudio' },
    { what: 'another section', lines: ['m=video 4000 RTP/AVP 8'], why: 'noAudio' },
    { what: 'a codec that was not offered', lines: ['m=audio 4000 RTP/AVP 9 101', 'a=rtpmap:101 telephone-event/8000'], why: 'noCodec' },
    { what: 'keys that were not offered', lines: ['m=audio 4000 RTP/SAVP 8', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${KEY}`], why: 'notSecure' },
  ] as const) {
    it(`is nothing with ${what}`, () => {
      const taken = takeAnswer(offer, read(...lines));
      assert(!taken.ok);
      assert.equal(taken.why, why);
    });
  }

  it('is secret by the key of the tag that was taken', () => {
    for (const [secure, protocol] of [['required', 'RTP/SAVP'], ['opportunistic', 'RTP/AVP']] as const) {
      const secret = makeOffer({ ...LOCAL, secure });
      const taken = takeAnswer(secret, read(`m=audio 4000 ${protocol} 8`, `a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:${KEY}`));
      assert(taken.ok);
      assert.deepEqual([taken.chosen.crypto?.local.tag, taken.chosen.crypto?.remote.suite], [2, 'AES_CM_128_HMAC_SHA1_32']);
      const plain = takeAnswer(secret, read(`m=audio 4000 ${protocol} 8`));
      assert.deepEqual(plain.ok ? plain.chosen.crypto : plain.why, secure === 'required' ? 'notSecure' : undefined);
      const wrong = takeAnswer(secret, read(`m=audio 4000 ${protocol} 8`, `a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:${KEY}`));
      assert.equal(wrong.ok, secure !== 'required');
    }
  });

  it('has the picture that both want', () => {
    const vp8: Codec = { name: 'VP8', clockRate: 90_000, channels: 1, sampleRate: 90_000, payloadType: 98 };
    const seen = makeOffer({ ...LOCAL, video: { port: 5002, codecs: [vp8, { ...vp8, name: 'VP9', payloadType: 99 }] } });
    assert.deepEqual(seen.media.map(({ kind, protocol }) => `${kind} ${protocol}`), ['audio RTP/AVP', 'video RTP/AVPF']);
    const taken = takeAnswer(seen, read('m=audio 4000 RTP/AVP 8', 'm=video 4002 RTP/AVPF 120', 'a=rtpmap:120 vp8/90000'));
    assert(taken.ok);
    const { video } = taken.chosen;
    assert.deepEqual([video?.codecs.map(({ payloadType }) => payloadType), video?.receives.map(({ payloadType }) => payloadType), video?.remote.port], [[120], [98], 4002]);
    for (const line of ['m=video 0 RTP/AVPF 98', 'm=video 4002 RTP/AVPF 120', 'm=image 4002 udptl t38']) {
      const without = takeAnswer(seen, read('m=audio 4000 RTP/AVP 8', line));
      assert(without.ok);
      assert.equal(without.chosen.video, undefined);
    }
  });

  it('agrees on directions from both ends', () => {
    const directions = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;
    for (const ours of directions) {
      for (const theirs of directions) {
        const made = makeOffer({ ...LOCAL, direction: ours });
        const { answer, chosen } = answered(made, { ...LOCAL, address: '192.0.2.2', direction: theirs });
        const taken = takeAnswer(made, answer);
        assert(taken.ok);
        const mirrored = { sendrecv: 'sendrecv', sendonly: 'recvonly', recvonly: 'sendonly', inactive: 'inactive' }[chosen.direction];
        assert.equal(taken.chosen.direction, mirrored);
      }
    }
  });
});

describe('keys in the description', () => {
  for (const [what, value] of [
    ['another suite', `1 F8_128_HMAC_SHA1_80 inline:${KEY}`],
    ['another method', `1 AES_CM_128_HMAC_SHA1_80 uri:${KEY}`],
    ['several keys', `1 AES_CM_128_HMAC_SHA1_80 inline:${KEY};inline:${KEY}`],
    ['a key with an identifier', `1 AES_CM_128_HMAC_SHA1_80 inline:${KEY}|2^20|1:4`],
    ['a key that is too short', '1 AES_CM_128_HMAC_SHA1_80 inline:AAAA'],
    ['no key', '1 AES_CM_128_HMAC_SHA1_80'],
    ['no tag', `x AES_CM_128_HMAC_SHA1_80 inline:${KEY}`],
    ['packets in the clear', `1 AES_CM_128_HMAC_SHA1_80 inline:${KEY} UNENCRYPTED_SRTP`],
    ['a name of every object', `1 constructor inline:${KEY}`],
  ] as const) {
    it(`are not taken with ${what}`, () => { assert.equal(readCrypto(value), undefined); });
  }

  it('are written as they are read, with a lifetime and a window that need not be known', () => {
    const line = readCrypto(`1 AES_CM_128_HMAC_SHA1_80 inline:${KEY}|2^20 WSH=64`);
    assert(line !== undefined);
    assert.equal(writeCrypto(line), `1 AES_CM_128_HMAC_SHA1_80 inline:${KEY}`);
  });
});
