import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { createPorts } from '../rtp/ports.ts';
import { PCMU } from '../sdp/codec.ts';
import { realTimers } from '../timers.ts';
import { createWebRtcEnd } from '../webrtc/end.ts';
import { openPhone, servePhone, type Phone, type PhoneServer } from '../webrtc/testing/browser-phone.ts';
import { launchChromium, withoutChromium, type Chromium } from '../webrtc/testing/chromium.ts';
import type { PictureCodec } from './order.ts';
import { createSwitchboard, type Switchboard } from './switchboard.ts';

const PATIENCE_MS = 60_000;
const PORTS = createPorts({ from: 47_000, to: 47_199, address: '127.0.0.1', pauseMs: 0 });

/** Answers an offer of pictures as a page does whose user agrees: with the camera, the first time. */
const WITH_CAMERA = `async (sdp) => {
  await peer.setRemoteDescription({ type: 'offer', sdp });
  if (!peer.getSenders().some(({ track }) => track?.kind === 'video')) {
    const camera = await navigator.mediaDevices.getUserMedia({ video: true });
    peer.addTrack(camera.getTracks()[0], camera);
  }
  await peer.setLocalDescription();
  return gathered();
}`;

const DECODED = `(async () => (await statistics())['inbound-rtp']?.filter(({ kind }) => kind === 'video').reduce((most, one) => Math.max(most, one.framesDecoded ?? 0), 0) ?? 0)()`;

describe('pictures between two pages of Chromium that talk', { skip: withoutChromium(), timeout: 5 * PATIENCE_MS }, () => {
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

  /** A page that has called us, with its sound alone. */
  const talking = async (t: TestContext, board: Switchboard, leg: string): Promise<Phone> => {
    assert.ok(chromium !== undefined && server !== undefined);
    const phone = await openPhone(chromium, server.url);
    t.after(async () => phone.page.close().catch(() => undefined));
    await board.perform({ kind: 'open', leg, carrier: 'webrtc' });
    const answered = await board.perform({ kind: 'answer', leg, sdp: await phone.offer() });
    assert.ok(answered.ok && answered.sdp !== undefined);
    await phone.accept(answered.sdp);
    await board.perform({ kind: 'up', leg });
    return phone;
  };

  const switchTo = async (board: Switchboard, leg: string, phone: Phone, pictures: readonly PictureCodec[]): Promise<PictureCodec | undefined> => {
    const offered = await board.perform({ kind: 'offer', leg, pictures });
    assert.ok(offered.ok && offered.sdp !== undefined);
    const accepted = await board.perform({ kind: 'accept', leg, sdp: await phone.page.evaluate<string>(`(${WITH_CAMERA})(${JSON.stringify(offered.sdp)})`) });
    assert.ok(accepted.ok, JSON.stringify(accepted));
    return accepted.picture;
  };

  it('come and go with the offers, and come again', async (t) => {
    const board = createSwitchboard({
      openEnd: () => Promise.resolve(createWebRtcEnd({ ports: PORTS, bind: '127.0.0.1', codecs: [PCMU], video: [] })),
      now: realTimers.now, tell: () => undefined, music: undefined,
      openSound: () => Promise.reject(new Error('there is none')), openRecorder: () => Promise.reject(new Error('there is none')),
    });
    t.after(() => board.close());
    const phones = [['one', await talking(t, board, 'one')], ['other', await talking(t, board, 'other')]] as const;
    await board.perform({ kind: 'arrange', room: 'room', members: phones.map(([leg]) => ({ leg, to: 'all', hears: true, music: false })) });

    const both = async (pictures: readonly PictureCodec[]): Promise<readonly (PictureCodec | undefined)[]> => {
      const made: (PictureCodec | undefined)[] = [];
      for (const [leg, phone] of phones) made.push(await switchTo(board, leg, phone, pictures));
      return made;
    };
    const decoded = (phone: Phone): Promise<number> => phone.page.evaluate<number>(DECODED);
    const moves = async (): Promise<void> => {
      for (const [, phone] of phones) {
        const soFar = await decoded(phone);
        await phone.page.until(`(async () => await ${DECODED} > ${soFar + 5})()`, PATIENCE_MS);
      }
    };

    assert.deepEqual(await both(['VP8', 'H264']), ['VP8', 'VP8']);
    await moves();
    assert.deepEqual(await both([]), [undefined, undefined]);
    const stood = await Promise.all(phones.map(([, phone]) => decoded(phone)));
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    for (const [index, [, phone]] of phones.entries()) assert.ok(await decoded(phone) - (stood[index] ?? 0) < 5, 'what was under way, and no more');
    assert.deepEqual(await both(['VP8']), ['VP8', 'VP8']);
    await moves();
    for (const [, phone] of phones) assert.deepEqual(phone.page.complaints(), []);
  });
});
