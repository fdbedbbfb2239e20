import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { decodeMulaw } from '../audio/g711.ts';
import { HEADER_BYTES, hasExtension, payloadTypeOf, sequenceOf } from '../rtp/packet.ts';
import { createPorts } from '../rtp/ports.ts';
import { OPUS, PCMU } from '../sdp/codec.ts';
import { createWebRtcEnd, type WebRtcEnd, type WebRtcOptions } from './end.ts';
import { VP8 } from './picture.ts';
import { openPhone, servePhone, type Phone, type PhoneServer } from './testing/browser-phone.ts';
import { launchChromium, withoutChromium, type Chromium } from './testing/chromium.ts';
import { until } from './testing/page.ts';
import { playTone } from './testing/tone.ts';

/** A browser has much to do beside other tests: what is slow here is not what is tested. */
const PATIENCE_MS = 60_000;
const PORTS = createPorts({ from: 46_000, to: 46_999, address: '127.0.0.1', pauseMs: 0 });

interface Heard {
  readonly end: WebRtcEnd;
  readonly packets: Uint8Array[];
  readonly lost: string[];
}

function newEnd(t: TestContext, options: Partial<WebRtcOptions> = {}): Heard {
  const end = createWebRtcEnd({ ports: PORTS, bind: '127.0.0.1', codecs: [PCMU], ...options });
  const packets: Uint8Array[] = [];
  const lost: string[] = [];
  end.onPacket((packet) => { packets.push(Uint8Array.from(packet)); });
  end.onLost((why) => { lost.push(why); });
  t.after(() => { end.close(); });
  return { end, packets, lost };
}

async function answer(end: WebRtcEnd, phone: Phone, options?: { readonly iceRestart?: boolean }): Promise<void> {
  const answered = await end.answer(await phone.offer(options));
  assert.ok(answered.ok, JSON.stringify(answered));
  await phone.accept(answered.sdp);
}

const isOpen = (end: WebRtcEnd): Promise<void> => until(() => end.figures().isOpen, 'the connection', PATIENCE_MS);

/** The made-up microphone beeps, and is silent in between. */
function isBeep(packet: Uint8Array): boolean {
  return payloadTypeOf(packet) === 0 && decodeMulaw(packet.subarray(HEADER_BYTES)).some((sample) => Math.abs(sample) > 2_000);
}

async function hears(phone: Phone, hertz: number): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const { hertz: found, decibels } = await phone.loudest();
    if (Math.abs(found - hertz) < 15 && decibels > -60) return;
    assert.ok(Date.now() < end, `the page hears ${found} Hz at ${decibels} dB, not ${hertz}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

describe('a connection with Chromium', { skip: withoutChromium(), timeout: 10 * PATIENCE_MS }, () => {
  let chromium: Chromium | undefined;
  let server: PhoneServer | undefined;

  before(async () => {
    chromium = await launchChromium({ deadlineMs: PATIENCE_MS });
    server = await servePhone();
  });
  after(async () => {
    await server?.close();
    await chromium?.close();
  });

  const newPhone = async (t: TestContext, constraints?: { readonly audio: boolean; readonly video: boolean }): Promise<Phone> => {
    assert.ok(chromium !== undefined && server !== undefined);
    const phone = await openPhone(chromium, server.url, constraints);
    // Some tests close it themselves.
    t.after(async () => phone.page.close().catch(() => undefined));
    return phone;
  };

  it('carries sound both ways when the page calls us', async (t) => {
    const [phone, { end, packets }] = [await newPhone(t), newEnd(t)];
    await answer(end, phone);
    t.after(playTone(end.send));
    await hears(phone, 440);
    await until(() => packets.filter(isBeep).length > 3, 'the beep', PATIENCE_MS);
    // Extensions were offered and not taken, so there are none.
    assert.ok(packets.every((packet) => !hasExtension(packet)));
    assert.deepEqual([end.strangers(), phone.page.complaints()], [0, []]);
    // Reports go both ways: each knows how it is heard.
    await until(() => end.figures().audio.theirs !== undefined && end.figures().audio.roundTripMs !== undefined, 'the reports', PATIENCE_MS);
    const [theirs] = await phone.statistics('remote-inbound-rtp');
    assert.equal(theirs?.packetsLost, 0);
  });

  it('carries sound both ways when we call the page', async (t) => {
    const [phone, { end, packets }] = [await newPhone(t), newEnd(t)];
    assert.deepEqual(await end.accept(await phone.answer(await end.offer())), { ok: true });
    t.after(playTone(end.send));
    await hears(phone, 440);
    await until(() => packets.filter(isBeep).length > 3, 'the beep', PATIENCE_MS);
  });

  it('carries Opus, untouched', async (t) => {
    const [phone, { end, packets }] = [await newPhone(t), newEnd(t, { codecs: [OPUS] })];
    end.onPacket((packet) => { end.send(packet); });
    await answer(end, phone);
    await until(() => packets.length > 100, 'the sound', PATIENCE_MS);
    assert.ok(packets.every((packet) => payloadTypeOf(packet) === 111));
    // It hears itself.
    await phone.page.until('loudest().decibels > -70', PATIENCE_MS);
    const [inbound] = await phone.statistics('inbound-rtp');
    assert.ok(Number(inbound?.packetsReceived) > 50);
  });

  it('hears the keys that are pressed in the page', async (t) => {
    const [phone, { end, packets }] = [await newPhone(t), newEnd(t)];
    await answer(end, phone);
    await isOpen(end);
    // The page is told a little later than we are.
    await phone.page.until('peer.getSenders()[0].dtmf.canInsertDTMF', PATIENCE_MS);
    await phone.press('1#');
    const events = (): Uint8Array[] => packets.filter((packet) => payloadTypeOf(packet) === end.agreed()?.telephoneEvent);
    // The end of each comes three times (RFC 4733 2.5.1.4).
    const ends = (): number[] => events().filter((packet) => ((packet[HEADER_BYTES + 1] ?? 0) & 0x80) !== 0).map((packet) => packet[HEADER_BYTES] ?? -1);
    await until(() => ends().length >= 6, 'the keys', PATIENCE_MS);
    assert.deepEqual([...new Set(ends())], [1, 11]);
    assert.equal(new Set(events().map(sequenceOf)).size, events().length);
  });

  it('is held and taken back from either side', async (t) => {
    const [phone, { end, packets }] = [await newPhone(t), newEnd(t)];
    await answer(end, phone);
    await until(() => packets.length > 10, 'the sound', PATIENCE_MS);
    await phone.setDirection('sendonly');
    await answer(end, phone);
    assert.deepEqual([end.direction(), end.agreed()?.wantsSound], ['recvonly', false]);
    await phone.setDirection('sendrecv');
    await answer(end, phone);
    assert.equal(end.agreed()?.wantsSound, true);
    // We hold the page, which stops sending.
    assert.deepEqual(await end.accept(await phone.answer(await end.offer('sendonly'))), { ok: true });
    const held = packets.length;
    const stop = playTone(end.send, 0, 600);
    await hears(phone, 600);
    assert.equal(packets.length, held);
    stop();
    assert.deepEqual(await end.accept(await phone.answer(await end.offer())), { ok: true });
    t.after(playTone(end.send, 0, 440));
    await hears(phone, 440);
    await until(() => packets.length > held + 20, 'the sound', PATIENCE_MS);
    // Once each, after four negotiations.
    assert.equal(new Set(packets.map(sequenceOf)).size, packets.length);
  });

  it('goes on when the page restarts ICE', async (t) => {
    const [phone, { end, packets, lost }] = [await newPhone(t), newEnd(t)];
    await answer(end, phone);
    await until(() => packets.length > 10, 'the sound', PATIENCE_MS);
    await answer(end, phone, { iceRestart: true });
    await phone.page.until(`peer.iceConnectionState === 'connected' || peer.iceConnectionState === 'completed'`, PATIENCE_MS);
    const soFar = packets.length;
    t.after(playTone(end.send));
    await hears(phone, 440);
    await until(() => packets.length > soFar + 50, 'the sound', PATIENCE_MS);
    assert.deepEqual(lost, []);
  });

  it('notices at once that the page has hung up, and after a while that it is gone', async (t) => {
    const [polite, { end, lost }] = [await newPhone(t), newEnd(t)];
    await answer(end, polite);
    await isOpen(end);
    await polite.page.evaluate('peer.close()');
    await until(() => lost.length > 0, 'the end', PATIENCE_MS);
    assert.deepEqual(lost, ['closed']);
    const [crashing, other] = [await newPhone(t), newEnd(t, { silentMs: 4_000 })];
    await answer(other.end, crashing);
    await isOpen(other.end);
    await crashing.page.close('crashed');
    await until(() => other.lost.length > 0, 'the loss', PATIENCE_MS);
    // A crash lets no good-bye through, but the network's process may still say it.
    assert.ok(['silent', 'closed'].includes(other.lost[0] ?? ''));
  });

  it('finds a page that tells no address of its own', async (t) => {
    const [phone, { end }] = [await newPhone(t), newEnd(t)];
    const offer = await phone.page.evaluate<string>(`(async () => {
      peer.close(); peer = new RTCPeerConnection(); peer.addTransceiver('audio', { direction: 'recvonly' }); return offer();
    })()`);
    const hidden = offer.replaceAll(/^(a=candidate:\S+ 1 udp \d+ )\S+/gm, '$14f1e2d3c-0000-4000-8000-123456789abc.local');
    assert.match(hidden, /\.local /);
    const answered = await end.answer(hidden);
    assert.ok(answered.ok);
    await phone.accept(answered.sdp);
    await isOpen(end);
    assert.equal(end.direction(), 'sendonly');
  });

  it('passes pictures on between two pages, as they are', async (t) => {
    const camera = { audio: true, video: true };
    const [one, other] = [await newPhone(t, camera), await newPhone(t, camera)];
    const [first, second] = [newEnd(t, { video: [VP8] }).end, newEnd(t, { video: [VP8] }).end];
    for (const [from, to] of [[first, second], [second, first]] as const) {
      from.video?.onPacket((packet) => { to.video?.send(packet); });
      from.video?.onPictureWanted(() => { to.video?.wantPicture(); });
    }
    await answer(first, one);
    await answer(second, other);
    assert.equal(first.video?.agreed()?.codec.payloadType, second.video?.agreed()?.codec.payloadType);
    for (const phone of [one, other]) {
      await phone.page.until(`(async () => (await statistics())['inbound-rtp']?.some(({ kind, framesDecoded }) => kind === 'video' && framesDecoded > 5))()`, PATIENCE_MS)
        .catch(async (error: unknown) => { throw new Error(JSON.stringify(await phone.statistics('inbound-rtp')), { cause: error }); });
    }
  });
});
