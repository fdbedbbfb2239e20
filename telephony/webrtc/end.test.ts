import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { HEADER_BYTES, payloadTypeOf, sequenceOf, setPayloadType, ssrcOf, writeHeader } from '../rtp/packet.ts';
import { createPorts } from '../rtp/ports.ts';
import { G722, OPUS, PCMA, PCMU } from '../sdp/codec.ts';
import { attributeOf, attributesOf, readSdp, type Media } from '../sdp/session.ts';
import { createWebRtcEnd, type WebRtcEnd, type WebRtcOptions } from './end.ts';
import { VP8, writePictureLoss } from './picture.ts';
import { WEBRTC_REFUSALS, WebRtcRefused } from './refused.ts';
import { openTestPage, until, type OfferOptions, type TestPage } from './testing/page.ts';
import { toneFrame } from './testing/tone.ts';

const PORTS = createPorts({ from: 42_000, to: 43_999, address: '127.0.0.1', pauseMs: 0 });
const pages: TestPage[] = [];
const ends: WebRtcEnd[] = [];

async function newPage(): Promise<TestPage> {
  const page = await openTestPage();
  pages.push(page);
  return page;
}

function newEnd(options: Partial<WebRtcOptions> = {}): WebRtcEnd {
  const end = createWebRtcEnd({ ports: PORTS, bind: '127.0.0.1', codecs: [PCMU, PCMA, OPUS], ...options });
  ends.push(end);
  return end;
}

after(() => {
  for (const one of [...pages, ...ends]) one.close();
});

async function answerOf(end: WebRtcEnd, offer: string, wish?: Parameters<WebRtcEnd['answer']>[1]): Promise<string> {
  const answered = await end.answer(offer, wish);
  assert.ok(answered.ok, JSON.stringify(answered));
  return answered.sdp;
}

function mediaOf(sdp: string): readonly Media[] {
  const session = readSdp(sdp);
  assert.ok(session !== undefined);
  return session.media;
}

const directionOf = (sdp: string): string | undefined => ['sendrecv', 'sendonly', 'recvonly', 'inactive'].find((name) => mediaOf(sdp)[0]?.attributes.some((one) => one.name === name));

/** A page that has called us, with its way open. */
async function call(options: Partial<WebRtcOptions> = {}, offer: OfferOptions = {}) {
  const page = await newPage();
  const end = newEnd(options);
  const heard: Uint8Array[] = [];
  const lost: string[] = [];
  end.onPacket((packet) => { heard.push(Uint8Array.from(packet)); });
  end.onLost((why) => { lost.push(why); });
  const answer = await answerOf(end, page.offer(offer));
  await page.connect(answer);
  return { page, end, heard, lost, answer };
}

describe('answering a browser', () => {
  it('takes the first codec of its own order that the browser has, with the keys of the same clock', async () => {
    for (const [codecs, formats, name, clockRate] of [
      [[PCMU, OPUS], ['0', '126'], 'PCMU', 8_000], [[PCMA, PCMU], ['8', '126'], 'PCMA', 8_000], [[OPUS, PCMU], ['111', '110'], 'opus', 48_000], [[G722], ['9', '126'], 'G722', 8_000],
    ] as const) {
      const end = newEnd({ codecs });
      const [media] = mediaOf(await answerOf(end, (await newPage()).offer()));
      assert.deepEqual(media?.formats, formats);
      const agreed = end.agreed();
      assert.deepEqual([agreed?.codec, agreed?.clockRate, agreed?.payloadType, agreed?.telephoneEvent, agreed?.wantsSound], [name, clockRate, Number(formats[0]), Number(formats[1]), true]);
      assert.deepEqual([...agreed?.receives ?? []], [[Number(formats[0]), name], [Number(formats[1]), 'telephone-event']]);
    }
  });

  it('uses the payload types of the offer, whatever they are', async () => {
    const end = newEnd({ codecs: [OPUS] });
    const lines = ['a=rtpmap:96 telephone-event/8000', 'a=rtpmap:97 telephone-event/48000', 'a=rtpmap:98 OPUS/48000/2'];
    const [media] = mediaOf(await answerOf(end, (await newPage()).offer({ formats: '96 97 98', lines })));
    assert.deepEqual(media?.formats, ['98', '97']);
    assert.ok(attributesOf(media, 'rtpmap').includes('98 opus/48000/2'));
  });

  it('says what a page needs, and nothing that it does not do', async () => {
    const answer = await answerOf(newEnd(), (await newPage()).offer());
    const session = readSdp(answer);
    const [media] = mediaOf(answer);
    assert.ok(session !== undefined && media !== undefined);
    assert.equal(attributeOf(session, 'ice-lite'), '');
    assert.equal(attributeOf(session, 'group'), 'BUNDLE 0');
    assert.deepEqual(['setup', 'mid', 'rtcp-mux', 'sendrecv', 'end-of-candidates'].map((name) => attributeOf(media, name)), ['passive', '0', '', '', '']);
    assert.match(attributeOf(media, 'fingerprint') ?? '', /^sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    assert.match(attributeOf(media, 'candidate') ?? '', new RegExp(`^1 1 udp 2130706431 127\\.0\\.0\\.1 ${media.port} typ host$`));
    assert.match(attributeOf(media, 'msid') ?? '', /./);
    assert.deepEqual(attributesOf(media, 'extmap'), []);
  });

  it('announces the addresses at which it is reached, not those to which it is bound', async () => {
    const end = newEnd({ announce: ['203.0.113.9', '2001:db8::9'] });
    const answer = await answerOf(end, (await newPage()).offer());
    const [media] = mediaOf(answer);
    assert.ok(media !== undefined);
    assert.deepEqual(attributesOf(media, 'candidate').map((value) => value.split(' ').slice(3, 6).join(' ')),
      [`2130706431 203.0.113.9 ${media.port}`, `2130706175 2001:db8::9 ${media.port}`]);
    assert.equal(media.connection?.address, '203.0.113.9');
    assert.ok(!answer.includes('127.0.0.1'));
    assert.throws(() => createWebRtcEnd({ ports: PORTS, announce: ['media.example'] }), TypeError);
  });

  it('refuses other media in their places, and takes the sound wherever it stands', async () => {
    const more = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'c=IN IP4 0.0.0.0', 'a=mid:v', 'a=rtpmap:96 VP8/90000', 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=mid:d'];
    const answer = await answerOf(newEnd(), (await newPage()).offer({ more, bundle: '0 v d' }));
    assert.deepEqual(mediaOf(answer).map(({ kind, port, protocol }) => [kind, port !== 0, protocol]),
      [['audio', true, 'UDP/TLS/RTP/SAVPF'], ['video', false, 'UDP/TLS/RTP/SAVPF'], ['application', false, 'UDP/DTLS/SCTP']]);
    assert.match(answer, /a=group:BUNDLE 0\r\n/);
    assert.deepEqual(mediaOf(answer).map((media) => attributeOf(media, 'mid')), ['0', 'v', 'd']);
  });

  it('finds what belongs to the transport where the bundle has it', async () => {
    const page = await newPage();
    const offer = page.offer();
    const lines = offer.split('\r\n');
    const moved = lines.filter((line) => /^a=(?:ice-ufrag|ice-pwd|fingerprint|setup)/.test(line));
    const rest = lines.filter((line) => !moved.includes(line));
    const head = rest.findIndex((line) => line.startsWith('m='));
    const answer = await answerOf(newEnd(), [...rest.slice(0, head), ...moved, ...rest.slice(head)].join('\r\n'));
    await page.connect(answer);
  });

  it('refuses by value what it cannot take', async () => {
    const page = await newPage();
    const good = page.offer();
    const cases: readonly (readonly [keyof typeof WEBRTC_REFUSALS, string])[] = [
      ['sdp', 'hello'],
      ['sdp', ''],
      ['media', good.replace('m=audio', 'm=video')],
      ['media', good.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
      ['media', good.replace('m=audio 9 ', 'm=audio 0 ')],
      ['codec', page.offer({ formats: '13 126', lines: ['a=rtpmap:13 CN/8000', 'a=rtpmap:126 telephone-event/8000'] })],
      ['codec', page.offer({ formats: '96', lines: ['a=rtpmap:96 PCMU/16000'] })],
      ['mux', good.replace('a=rtcp-mux\r\n', '')],
      ['ice', good.replace('a=ice-ufrag:page\r\n', '')],
      ['ice', good.replace(/a=ice-pwd:.*\r\n/, 'a=ice-pwd:short\r\n')],
      ['ice', good.replace('a=extmap-allow-mixed', 'a=ice-lite')],
      ['dtls', good.replace(/a=fingerprint:sha-256/, 'a=fingerprint:sha-1')],
      ['dtls', good.replace('a=setup:actpass', 'a=setup:passive')],
    ];
    for (const [why, offer] of cases) {
      assert.notEqual(offer, good);
      assert.deepEqual(await newEnd().answer(offer), { ok: false, why, message: WEBRTC_REFUSALS[why] });
    }
  });

  it('says so when there are no ports, and can be asked again', async () => {
    const ports = createPorts({ from: 44_000, to: 44_001, address: '127.0.0.1', pauseMs: 0 });
    const [first, second] = [newEnd({ ports }), newEnd({ ports })];
    const page = await newPage();
    await answerOf(first, page.offer());
    assert.deepEqual(await second.answer(page.offer()), { ok: false, why: 'ports', message: WEBRTC_REFUSALS.ports });
    await assert.rejects(second.offer(), WebRtcRefused);
    first.close();
    await until(() => ports.taken() === 0);
    await answerOf(second, page.offer());
  });
});

describe('a connection with a browser', () => {
  it('carries whole packets both ways, as they are', async () => {
    const { page, end, heard } = await call();
    const extended = Uint8Array.from([...toneFrame(3).subarray(0, HEADER_BYTES), 0xbe, 0xde, 0, 1, 0x10, 0x41, 0, 0, ...toneFrame(3).subarray(HEADER_BYTES)]);
    extended[0] = 0x90;
    for (const packet of [toneFrame(0), toneFrame(1), toneFrame(2), extended]) page.send(packet);
    for (let i = 0; i < 3; i += 1) end.send(toneFrame(i, 0, 880));
    await until(() => heard.length === 4 && page.received.length === 3);
    assert.deepEqual(heard.map((packet) => Buffer.from(packet).toString('hex')), [toneFrame(0), toneFrame(1), toneFrame(2), extended].map((packet) => Buffer.from(packet).toString('hex')));
    const [ssrc] = new Set(page.received.map(ssrcOf));
    for (const [i, packet] of page.received.entries()) assert.deepEqual(packet.subarray(HEADER_BYTES), toneFrame(i, 0, 880).subarray(HEADER_BYTES));
    assert.match(await answerOf(end, page.offer()), new RegExp(`a=ssrc:${ssrc} cname:`));
    assert.deepEqual([end.figures().audio.sent, end.figures().audio.received, end.figures().isOpen], [3, 4, true]);
  });

  it('carries keys under their own payload type, both ways', async () => {
    const { page, end, heard } = await call();
    const event = new Uint8Array(16);
    writeHeader(event, 126, true, 9, 1_600, 5);
    event.set([5, 0x8a, 0x03, 0x20], HEADER_BYTES);
    end.send(event);
    page.send(event);
    await until(() => heard.length === 1 && page.received.length === 1);
    for (const [packet] of [heard, page.received]) assert.deepEqual([payloadTypeOf(packet ?? event), packet?.subarray(HEADER_BYTES)], [126, event.subarray(HEADER_BYTES)]);
  });

  it('drops what was not agreed on, and what comes from elsewhere', async () => {
    const { page, end, heard } = await call();
    const other = toneFrame(0);
    setPayloadType(other, 8);
    page.send(other);
    const stranger = await newPage();
    // The way of another one, whose packets are perfect but for where they come from.
    const before = end.strangers();
    const answer = await answerOf(end, page.offer());
    const port = mediaOf(answer)[0]?.port ?? 0;
    stranger.check(answer.replaceAll(/a=ice-pwd:.*/g, 'a=ice-pwd:guessedguessedguessedguessed'));
    for (const raw of [Buffer.alloc(100, 0x80), Buffer.alloc(100, 22), Buffer.alloc(30)]) stranger.sendRaw(raw);
    await until(() => end.strangers() >= before + 4);
    page.send(toneFrame(1));
    await until(() => heard.length === 1);
    assert.equal(stranger.answered(), 0);
    assert.ok(port > 0);
  });

  it('waits with the handshake until it knows with whom, when the page is faster than its answer', async () => {
    const page = await newPage();
    const end = newEnd();
    const offer = await end.offer();
    page.check(offer);
    await until(() => page.answered() > 0);
    page.greet();
    await new Promise((resolve) => { setTimeout(resolve, 30); });
    assert.equal(end.figures().isOpen, false);
    assert.deepEqual(await end.accept(page.answer({ formats: '0 101', lines: ['a=rtpmap:0 PCMU/8000', 'a=rtpmap:101 telephone-event/8000'] })), { ok: true });
    await until(() => end.figures().isOpen);
  });

  it('closes when the certificate is another one than announced', async () => {
    const page = await newPage();
    const end = newEnd();
    const lost: string[] = [];
    end.onLost((why) => { lost.push(why); });
    const answer = await answerOf(end, page.offer({ fingerprint: Array.from({ length: 32 }, () => 'AB').join(':') }));
    page.check(answer);
    await until(() => page.answered() > 0);
    page.greet();
    await until(() => lost.length > 0);
    assert.deepEqual([lost, end.figures().failed, end.figures().isOpen], [['closed'], 'fingerprint', false]);
    assert.deepEqual(await end.answer(page.offer()), { ok: false, why: 'closed', message: WEBRTC_REFUSALS.closed });
  });

  it('says that it is silent when nobody comes, and when nobody is there any more', async () => {
    const page = await newPage();
    const nobody = newEnd({ connectMs: 30 });
    const lost: string[] = [];
    nobody.onLost((why) => { lost.push(why); });
    await answerOf(nobody, page.offer());
    await until(() => lost.length === 1);
    assert.deepEqual(lost, ['silent']);
    const gone = await call({ silentMs: 60 });
    // A check alone keeps it: who is held sends no sound.
    for (let i = 0; i < 5; i += 1) {
      await new Promise((resolve) => { setTimeout(resolve, 30); });
      gone.page.check(gone.answer);
    }
    assert.deepEqual(gone.lost, []);
    await until(() => gone.lost.length === 1);
    assert.deepEqual(gone.lost, ['silent']);
    // Who comes back can be missed again.
    gone.page.send(toneFrame(0));
    await until(() => gone.lost.length === 2);
  });

  it('says good-bye when it is closed, and that once', async () => {
    const { page, end, lost } = await call();
    page.send(toneFrame(0));
    end.send(toneFrame(0));
    await until(() => page.received.length === 1);
    end.close();
    end.close();
    await until(() => page.reports.some(({ kind }) => kind === 'bye'));
    assert.deepEqual(page.reports.filter(({ kind }) => kind === 'bye').length, 1);
    assert.deepEqual(lost, []);
    end.send(toneFrame(1));
    assert.deepEqual(await end.answer(page.offer()), { ok: false, why: 'closed', message: WEBRTC_REFUSALS.closed });
    await assert.rejects(end.offer(), { name: 'WebRtcRefused', why: 'closed' });
  });
});

describe('negotiating again', () => {
  it('is held by the page, and taken back', async () => {
    const { page, end, heard } = await call();
    const held = await answerOf(end, page.offer({ direction: 'sendonly' }));
    assert.deepEqual([directionOf(held), end.direction(), end.agreed()?.wantsSound], ['recvonly', 'recvonly', false]);
    end.send(toneFrame(0));
    page.send(toneFrame(0));
    await until(() => heard.length === 1);
    const back = await answerOf(end, page.offer());
    assert.deepEqual([directionOf(back), end.direction(), end.agreed()?.wantsSound], ['sendrecv', 'sendrecv', true]);
    end.send(toneFrame(7));
    await until(() => page.received.length > 0);
    assert.deepEqual(page.received.map((packet) => Buffer.from(packet.subarray(HEADER_BYTES))), [Buffer.from(toneFrame(7).subarray(HEADER_BYTES))]);
    // The same session, in its next versions (RFC 3264 8).
    const [first, second] = [held, back].map((sdp) => readSdp(sdp)?.origin);
    assert.deepEqual([second?.sessionId, Number(second?.version)], [first?.sessionId, Number(first?.version) + 1]);
  });

  it('holds the page, and takes it back', async () => {
    const { page, end, heard } = await call();
    const hold = await end.offer('sendonly');
    assert.deepEqual([directionOf(hold), mediaOf(hold)[0]?.formats], ['sendonly', ['0', '126']]);
    assert.deepEqual(await end.accept(page.answer({ formats: '0 126', direction: 'recvonly' })), { ok: true });
    page.send(toneFrame(0));
    end.send(toneFrame(0));
    await until(() => page.received.length === 1);
    assert.deepEqual([end.direction(), heard.length], ['sendonly', 0]);
    await end.offer();
    assert.deepEqual(await end.accept(page.answer({ formats: '0 126' })), { ok: true });
    page.send(toneFrame(1));
    await until(() => heard.length === 1);
    assert.equal(sequenceOf(heard[0] ?? toneFrame(0)), 1);
  });

  it('wants to be sent nothing when that is its wish', async () => {
    const end = newEnd();
    assert.equal(directionOf(await answerOf(end, (await newPage()).offer(), 'sendonly')), 'sendonly');
    assert.equal(directionOf(await answerOf(newEnd(), (await newPage()).offer({ direction: 'recvonly' }), 'recvonly')), 'inactive');
  });

  it('keeps the codec that is in use while it is on offer', async () => {
    const { page, end } = await call({ codecs: [OPUS, PCMU] }, { formats: '0 126', lines: ['a=rtpmap:0 PCMU/8000', 'a=rtpmap:126 telephone-event/8000'] });
    assert.equal(end.agreed()?.codec, 'PCMU');
    await answerOf(end, page.offer());
    assert.equal(end.agreed()?.codec, 'PCMU');
    await answerOf(end, page.offer({ formats: '111', lines: ['a=rtpmap:111 opus/48000/2'] }));
    assert.deepEqual([end.agreed()?.codec, end.agreed()?.telephoneEvent], ['opus', undefined]);
  });

  it('goes on while the page restarts ICE, and follows it', async () => {
    const { page, end, heard, answer } = await call();
    page.restart();
    const again = await answerOf(end, page.offer());
    const ufragOf = (sdp: string): string => attributeOf(mediaOf(sdp)[0] ?? { attributes: [] }, 'ice-ufrag') ?? '';
    assert.notEqual(ufragOf(again), ufragOf(answer));
    assert.equal(new Set([again, answer].map((sdp) => attributeOf(mediaOf(sdp)[0] ?? { attributes: [] }, 'fingerprint'))).size, 1);
    page.send(toneFrame(0));
    await until(() => heard.length === 1);
    const before = page.answered();
    page.check(again);
    await until(() => page.answered() > before);
    page.send(toneFrame(1));
    end.send(toneFrame(1));
    await until(() => heard.length === 2 && page.received.length === 1);
  });

  it('refuses somebody else in the middle of a call, and goes on with who was there', async () => {
    const { page, end, heard } = await call();
    const other = Array.from({ length: 32 }, () => 'CD').join(':');
    assert.deepEqual(await end.answer(page.offer({ fingerprint: other })), { ok: false, why: 'changed', message: WEBRTC_REFUSALS.changed });
    await end.offer();
    page.restart();
    assert.deepEqual(await end.accept(page.answer({ formats: '0 126' })), { ok: false, why: 'changed', message: WEBRTC_REFUSALS.changed });
    page.send(toneFrame(0));
    await until(() => heard.length === 1);
  });

  it('forgets its own offer when the page makes one at the same time', async () => {
    const { page, end } = await call();
    await end.offer('sendonly');
    await answerOf(end, page.offer());
    assert.equal(end.direction(), 'sendrecv');
    assert.deepEqual(await end.accept(page.answer()), { ok: false, why: 'state', message: WEBRTC_REFUSALS.state });
  });

  it('takes the same answer again, as it comes with early media', async () => {
    const page = await newPage();
    const end = newEnd();
    assert.deepEqual(mediaOf(await end.offer())[0]?.formats, ['0', '8', '111', '101', '110']);
    const answer = page.answer({ formats: '8 101', lines: ['a=rtpmap:8 PCMA/8000', 'a=rtpmap:101 telephone-event/8000'] });
    assert.deepEqual(await end.accept(answer), { ok: true });
    assert.deepEqual(await end.accept(answer), { ok: true });
    assert.equal(end.agreed()?.codec, 'PCMA');
    assert.deepEqual(await newEnd().accept(answer), { ok: false, why: 'state', message: WEBRTC_REFUSALS.state });
  });

  it('keeps lines in their places', async () => {
    const end = newEnd();
    const page = await newPage();
    const more = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=mid:d'];
    await answerOf(end, page.offer({ more, bundle: '0 d' }));
    assert.deepEqual(mediaOf(await end.offer()).map(({ kind, port }) => [kind, port !== 0]), [['audio', true], ['application', false]]);
    assert.deepEqual(await end.answer(page.offer()), { ok: false, why: 'media', message: WEBRTC_REFUSALS.media });
  });
});

describe('pictures beside the sound', () => {
  const CAMERA = ['m=video 9 UDP/TLS/RTP/SAVPF 96 97', 'c=IN IP4 0.0.0.0', 'a=mid:1', 'a=sendrecv', 'a=rtcp-mux', 'a=rtpmap:96 VP8/90000', 'a=rtcp-fb:96 nack', 'a=rtcp-fb:96 nack pli',
    'a=rtcp-fb:96 transport-cc', 'a=rtpmap:97 rtx/90000', 'a=fmtp:97 apt=96'];

  it('are passed on as they are, and asked for', async () => {
    const { page, end, heard } = await call({ video: [VP8] }, { more: CAMERA, bundle: '0 1' });
    const seen: Uint8Array[] = [];
    let wanted = 0;
    end.video?.onPacket((packet) => { seen.push(Uint8Array.from(packet)); });
    end.video?.onPictureWanted(() => { wanted += 1; });
    assert.equal(end.video?.agreed()?.codec.payloadType, 96);
    const picture = new Uint8Array(1_100).fill(9);
    writeHeader(picture, 96, true, 5, 90_000, 0xabcd);
    page.send(picture);
    page.send(toneFrame(0));
    end.video?.send(picture);
    await until(() => seen.length === 1 && heard.length === 1 && page.received.length === 1);
    assert.deepEqual(Buffer.from(seen[0] ?? []), Buffer.from(picture));
    assert.deepEqual(page.received[0]?.subarray(HEADER_BYTES), picture.subarray(HEADER_BYTES));
    end.video?.wantPicture();
    end.video?.wantPicture();
    await until(() => page.reports.length >= 3);
    assert.deepEqual(page.reports.filter((report) => report.kind === 'other').map((report) => report.type), [206]);
    const ssrc = ssrcOf(page.received[0] ?? picture);
    page.sendReport(writePictureLoss(9, ssrc + 1));
    page.sendReport(writePictureLoss(9, ssrc));
    await until(() => wanted === 1);
  });

  it('are offered and answered with what can be done for them', async () => {
    const answer = await answerOf(newEnd({ video: [VP8] }), (await newPage()).offer({ more: CAMERA, bundle: '0 1' }));
    const video = mediaOf(answer)[1];
    assert.ok(video !== undefined);
    assert.deepEqual([video.formats, attributesOf(video, 'rtcp-fb')], [['96'], ['96 nack pli']]);
    assert.match(answer, /a=group:BUNDLE 0 1\r\n/);
    assert.deepEqual(mediaOf(await newEnd({ video: [VP8] }).offer()).map(({ kind }) => kind), ['audio', 'video']);
  });

  it('are refused on a transport of their own, and without a codec in common', async () => {
    const page = await newPage();
    for (const offer of [page.offer({ more: CAMERA }), page.offer({ more: CAMERA.map((line) => line.replace('VP8', 'AV1')), bundle: '0 1' })]) {
      assert.deepEqual(mediaOf(await answerOf(newEnd({ video: [VP8] }), offer)).map(({ port }) => port !== 0), [true, false]);
    }
  });
});

describe('hostile descriptions', () => {
  it('end in an answer or in a refusal, whatever stands in them', async () => {
    const page = await newPage();
    const video = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'c=IN IP4 0.0.0.0', 'a=mid:1', 'a=rtpmap:96 VP8/90000'];
    const original = page.offer({ more: video, bundle: '0 1' });
    const lines = original.split('\r\n');
    const ports = createPorts({ from: 44_100, to: 44_400, address: '127.0.0.1', pauseMs: 0 });
    const mutation = fc.oneof(
      fc.record({ kind: fc.constant('drop' as const), at: fc.nat(lines.length - 1) }),
      fc.record({ kind: fc.constant('double' as const), at: fc.nat(lines.length - 1), times: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ kind: fc.constant('swap' as const), at: fc.nat(lines.length - 1), other: fc.nat(lines.length - 1) }),
      fc.record({ kind: fc.constant('write' as const), at: fc.nat(lines.length - 1), place: fc.nat(60), text: fc.string({ maxLength: 20, unit: 'binary' }) }),
      fc.record({ kind: fc.constant('number' as const), at: fc.nat(lines.length - 1), value: fc.constantFrom('-1', '0', '65536', '99999999999999999999', 'NaN', '0x10') }),
    );
    await fc.assert(fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 6 }), fc.boolean(), async (mutations, isAnswer) => {
      const changed = [...lines];
      for (const one of mutations) {
        const line = changed[one.at] ?? '';
        if (one.kind === 'drop') changed[one.at] = '';
        else if (one.kind === 'double') changed[one.at] = Array.from({ length: one.times + 1 }, () => line).join('\r\n');
        else if (one.kind === 'swap') [changed[one.at], changed[one.other]] = [changed[one.other] ?? '', line];
        else if (one.kind === 'write') changed[one.at] = line.slice(0, one.place) + one.text + line.slice(one.place);
        else changed[one.at] = line.replace(/\d+/, one.value);
      }
      const end = createWebRtcEnd({ ports, bind: '127.0.0.1', video: [VP8] });
      try {
        if (isAnswer) await end.offer();
        const result = isAnswer ? await end.accept(changed.join('\r\n')) : await end.answer(changed.join('\r\n'));
        if (!result.ok) assert.ok(result.why in WEBRTC_REFUSALS);
        else if ('sdp' in result) assert.ok(readSdp(result.sdp as string) !== undefined);
      } finally {
        end.close();
      }
    }), { numRuns: 300 });
    await until(() => ports.taken() === 0);
  });
});

describe('in a thread of its own', () => {
  it('works, and leaves nothing that would keep the thread alive', async () => {
    const worker = new Worker(new URL('./testing/end-worker.ts', import.meta.url));
    const page = await newPage();
    worker.postMessage({ offer: page.offer() }, []);
    const [answered] = await once(worker, 'message') as [Awaited<ReturnType<WebRtcEnd['answer']>>];
    assert.ok(answered.ok);
    await page.connect(answered.sdp);
    page.send(toneFrame(0));
    await until(() => page.received.length === 1);
    const left = once(worker, 'exit');
    worker.postMessage({}, []);
    assert.deepEqual(await left, [0]);
  });
});

describe('closing', () => {
  it('leaves nothing behind, at whatever stage it happens', async () => {
    const ports = createPorts({ from: 44_500, to: 44_800, address: '127.0.0.1', pauseMs: 0 });
    const page = await newPage();
    const handles = (): number => process.getActiveResourcesInfo().filter((name) => name === 'UDPWRAP' || name === 'UDPWrap' || name === 'Timeout').length;
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    const stages: readonly ((end: WebRtcEnd, other: TestPage) => Promise<unknown>)[] = [
      async () => Promise.resolve(),
      async (end) => end.offer(),
      async (end) => { void end.offer().catch(() => undefined); return Promise.resolve(); },
      async (end) => end.answer(page.offer()),
      async (end, other) => { other.check(await answerOf(end, other.offer())); await until(() => other.answered() > 0); },
      async (end, other) => {
        other.check(await answerOf(end, other.offer()));
        await until(() => other.answered() > 0);
        other.greet();
      },
      async (end, other) => other.connect(await answerOf(end, other.offer())),
      async (end, other) => {
        await other.connect(await answerOf(end, other.offer()));
        await end.offer('inactive');
      },
    ];
    let before = -1;
    for (let round = 0; round < 13; round += 1) {
      for (const stage of stages) {
        const other = await openTestPage();
        const end = createWebRtcEnd({ ports, bind: '127.0.0.1', codecs: [PCMU] });
        await stage(end, other);
        end.close();
        other.close();
      }
      await until(() => ports.taken() === 0, 'the return of the ports');
      if (before === -1) before = handles();
    }
    // The client of the tests counts down a while after it is closed.
    await until(() => handles() <= before, 'the end of all handles');
  });
});
