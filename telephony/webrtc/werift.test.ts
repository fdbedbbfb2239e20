import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { decodeMulaw } from '../audio/g711.ts';
import { HEADER_BYTES, payloadTypeOf, sequenceOf, timestampOf, writeHeader } from '../rtp/packet.ts';
import { createPorts } from '../rtp/ports.ts';
import { PCMA, PCMU } from '../sdp/codec.ts';
import { createWebRtcEnd, type WebRtcEnd } from './end.ts';
import { until } from './testing/page.ts';
import { toneFrame } from './testing/tone.ts';
import { createWeriftPeer, type WeriftPeer } from './testing/werift-peer.ts';

const PORTS = createPorts({ from: 45_000, to: 45_999, address: '127.0.0.1', pauseMs: 0 });

function setUp(t: TestContext) {
  const peer = createWeriftPeer();
  const end = createWebRtcEnd({ ports: PORTS, bind: '127.0.0.1', codecs: [PCMU, PCMA] });
  const heard: Uint8Array[] = [];
  const lost: string[] = [];
  end.onPacket((packet) => { heard.push(Uint8Array.from(packet)); });
  end.onLost((why) => { lost.push(why); });
  t.after(async () => {
    end.close();
    await peer.close();
  });
  return { peer, end, heard, lost };
}

async function connect(peer: WeriftPeer, end: WebRtcEnd): Promise<void> {
  const answered = await end.answer(await peer.offer());
  assert.ok(answered.ok, JSON.stringify(answered));
  await peer.accept(answered.sdp);
  await until(() => end.figures().isOpen && peer.connection.connectionState === 'connected', 'the connection');
}

/** Where a tone lies, by its zero crossings. */
function hertzOf(packets: readonly Uint8Array[]): number {
  const samples = packets.flatMap((packet) => [...decodeMulaw(packet.subarray(HEADER_BYTES))]);
  let crossings = 0;
  for (let i = 1; i < samples.length; i += 1) if ((samples[i - 1] ?? 0) < 0 !== (samples[i] ?? 0) < 0) crossings += 1;
  return (crossings / 2 / samples.length) * 8_000;
}

async function talk(from: (packet: Uint8Array) => void, arrived: readonly Uint8Array[], count: number, hertz: number): Promise<readonly Uint8Array[]> {
  const before = arrived.length;
  for (let i = 0; i < count; i += 1) from(toneFrame(i, 0, hertz));
  await until(() => arrived.length >= before + count, `${count} packets`);
  return arrived.slice(before);
}

describe('a connection with another implementation', () => {
  it('carries sound both ways, whole and in order, when it calls us', async (t) => {
    const { peer, end, heard } = setUp(t);
    await connect(peer, end);
    const ours = await talk(end.send, peer.received, 50, 440);
    const theirs = await talk((packet) => { peer.track.writeRtp(Buffer.from(packet)); }, heard, 50, 1_000);
    assert.deepEqual(ours.map((packet) => sequenceOf(packet) - sequenceOf(ours[0] ?? packet)), Array.from({ length: 50 }, (_, i) => i));
    assert.deepEqual(ours.map((packet) => timestampOf(packet)), Array.from({ length: 50 }, (_, i) => i * 160));
    assert.ok(Math.abs(hertzOf(ours) - 440) < 10, `${hertzOf(ours)} Hz`);
    assert.ok(Math.abs(hertzOf(theirs) - 1_000) < 10, `${hertzOf(theirs)} Hz`);
    assert.equal(theirs.length, 50);
    assert.deepEqual([end.figures().audio.lost, end.strangers()], [0, 0]);
  });

  it('carries sound both ways when we call it', async (t) => {
    const { peer, end, heard } = setUp(t);
    assert.deepEqual(await end.accept(await peer.answer(await end.offer())), { ok: true });
    await until(() => end.figures().isOpen, 'the connection');
    const { payloadType } = end.agreed() ?? { payloadType: -1 };
    assert.equal(payloadType, 0);
    assert.equal((await talk(end.send, peer.received, 20, 440)).length, 20);
    assert.equal((await talk((packet) => { peer.track.writeRtp(Buffer.from(packet)); }, heard, 20, 440)).length, 20);
  });

  it('gets keys beside the sound, in one stream with it', async (t) => {
    const { peer, end } = setUp(t);
    await connect(peer, end);
    const event = new Uint8Array(16);
    await talk(end.send, peer.received, 3, 440);
    for (const [i, duration] of [160, 320, 480].entries()) {
      writeHeader(event, end.agreed()?.telephoneEvent ?? -1, i === 0, 3 + i, 480, 0x1234_5678);
      event.set([11, i === 2 ? 0x8a : 0x0a, duration >> 8, duration & 0xff], HEADER_BYTES);
      end.send(event);
    }
    await until(() => peer.received.length === 6, 'the keys');
    assert.deepEqual(peer.received.map((packet) => payloadTypeOf(packet)), [0, 0, 0, 126, 126, 126]);
    assert.deepEqual(peer.received.map((packet) => sequenceOf(packet)), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(peer.received.slice(3).map((packet) => [timestampOf(packet), packet[HEADER_BYTES], packet.readUInt16BE(HEADER_BYTES + 2)]), [[480, 11, 160], [480, 11, 320], [480, 11, 480]]);
  });

  it('is held and taken back from either side, and hears nothing twice afterwards', async (t) => {
    const { peer, end, heard } = setUp(t);
    await connect(peer, end);
    const held = await end.answer(await peer.offer('sendonly'));
    assert.ok(held.ok);
    await peer.accept(held.sdp);
    assert.equal(end.agreed()?.wantsSound, false);
    const resumed = await end.answer(await peer.offer('sendrecv'));
    assert.ok(resumed.ok);
    await peer.accept(resumed.sdp);
    for (const wish of ['sendonly', 'sendrecv'] as const) assert.deepEqual(await end.accept(await peer.answer(await end.offer(wish))), { ok: true });
    assert.equal(end.direction(), 'sendrecv');
    assert.equal((await talk(end.send, peer.received, 20, 440)).length, 20);
    assert.equal((await talk((packet) => { peer.track.writeRtp(Buffer.from(packet)); }, heard, 20, 440)).length, 20);
  });

  it('is missed when it vanishes without a word', async (t) => {
    const peer = createWeriftPeer();
    const end = createWebRtcEnd({ ports: PORTS, bind: '127.0.0.1', codecs: [PCMU], silentMs: 100 });
    const lost: string[] = [];
    end.onLost((why) => { lost.push(why); });
    t.after(() => { end.close(); });
    await connect(peer, end);
    await peer.close();
    await until(() => lost.length > 0, 'the loss');
    assert.deepEqual(lost, ['silent']);
  });
});
