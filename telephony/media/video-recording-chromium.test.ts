import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { soundFiles } from '../audio/sound-files.ts';
import { createPorts } from '../rtp/ports.ts';
import { PCMU } from '../sdp/codec.ts';
import { realTimers } from '../timers.ts';
import { createWebRtcEnd } from '../webrtc/end.ts';
import { openPhone, servePhone, type Phone, type PhoneServer } from '../webrtc/testing/browser-phone.ts';
import { launchChromium, withoutChromium, type Chromium } from '../webrtc/testing/chromium.ts';
import type { MediaReport, PictureCodec } from './order.ts';
import { createSwitchboard, type Switchboard } from './switchboard.ts';
import { createTicker } from './ticker.ts';
import { videoRecorderOn } from './video-recorder.ts';

const PATIENCE_MS = 60_000;
const PORTS = createPorts({ from: 47_200, to: 47_399, address: '127.0.0.1', pauseMs: 0 });

/** Answers an offer of pictures as a page does whose user agrees, with a picture of this size. */
const WITH_PICTURE = `async (sdp, width, height) => {
  await peer.setRemoteDescription({ type: 'offer', sdp });
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const brush = canvas.getContext('2d');
  let frames = 0;
  setInterval(() => { brush.fillStyle = 'hsl(' + (frames += 7) % 360 + ' 80% 50%)'; brush.fillRect(0, 0, width, height); }, 50);
  const shown = canvas.captureStream(20);
  peer.addTrack(shown.getTracks()[0], shown);
  // Pictures stay as large as they are, however little gets through.
  for (const sender of peer.getSenders()) if (sender.track?.kind === 'video') sender.track.contentHint = 'detail';
  await peer.setLocalDescription();
  return gathered();
}`;

/** Plays a file, and tells how large its pictures are, how many were decoded and how long it is. */
const PLAYED = `async (base64, type) => {
  const video = Object.assign(document.createElement('video'), { muted: true, src: URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], { type })) });
  document.body.append(video);
  await new Promise((resolve, reject) => { video.onloadeddata = resolve; video.onerror = () => reject(new Error(video.error.message)); });
  await video.play();
  for (const end = Date.now() + 20000; video.getVideoPlaybackQuality().totalVideoFrames < 20 && !video.ended;) {
    if (Date.now() > end) throw new Error('it does not play');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { width: video.videoWidth, height: video.videoHeight, frames: video.getVideoPlaybackQuality().totalVideoFrames, seconds: Number.isFinite(video.duration) ? video.duration : -1 };
}`;

interface Played {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly seconds: number;
}

describe('pictures of two pages of Chromium, recorded', { skip: withoutChromium(), timeout: 5 * PATIENCE_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-seen-'));
  let chromium: Chromium | undefined;
  let server: PhoneServer | undefined;

  before(async () => {
    chromium = await launchChromium({ deadlineMs: PATIENCE_MS });
    server = await servePhone();
  });
  after(async () => {
    await server?.close();
    await chromium?.close();
    rmSync(folder, { recursive: true, force: true });
  });

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

  const play = async (phone: Phone, path: string): Promise<Played> =>
    phone.page.evaluate<Played>(`(${PLAYED})(${JSON.stringify(readFileSync(path).toString('base64'))}, ${JSON.stringify(path.endsWith('.mp4') ? 'video/mp4' : 'video/webm')})`);

  for (const codec of ['VP8', 'H264'] as const satisfies readonly PictureCodec[]) {
    it(`are in a file that a browser plays (${codec})`, async (t) => {
      const reports: MediaReport[] = [];
      const board = createSwitchboard({
        openEnd: () => Promise.resolve(createWebRtcEnd({ ports: PORTS, bind: '127.0.0.1', codecs: [PCMU], video: [] })),
        now: realTimers.now, tell: (report) => { reports.push(report); }, music: undefined,
        openSound: () => Promise.reject(new Error('there is none')), openRecorder: () => Promise.reject(new Error('there is none')),
        openVideoRecorder: videoRecorderOn(soundFiles, realTimers),
      });
      const ticker = createTicker(board.tick, board.isBusy, realTimers.now);
      t.after(async () => {
        ticker.stop();
        await board.close();
      });
      const phones = [['customer', await talking(t, board, 'customer'), 640, 480], ['agent', await talking(t, board, 'agent'), 320, 240]] as const;
      await board.perform({ kind: 'arrange', room: 'room', members: phones.map(([leg]) => ({ leg, to: 'all', hears: true, music: false })) });
      for (const [leg, phone, width, height] of phones) {
        const offered = await board.perform({ kind: 'offer', leg, pictures: [codec] });
        assert.ok(offered.ok && offered.sdp !== undefined);
        const answer = await phone.page.evaluate<string>(`(${WITH_PICTURE})(${JSON.stringify(offered.sdp)}, ${width}, ${height})`);
        const accepted = await board.perform({ kind: 'accept', leg, sdp: answer });
        assert.ok(accepted.ok);
        if (accepted.picture === undefined) {
          t.skip(`this Chromium has no ${codec}`);
          return;
        }
      }
      const path = join(folder, codec === 'VP8' ? 'film.webm' : 'film.mp4');
      assert.deepEqual(await board.perform({ kind: 'record', record: 'film', of: { room: 'room' }, path, apart: 'agent', pictures: true }), { ok: true });
      ticker.wake();
      await new Promise((resolve) => { setTimeout(resolve, 6000); });
      const killed = join(folder, 'killed.webm');
      if (codec === 'VP8') copyFileSync(path, killed);
      await board.perform({ kind: 'stopRecord', record: 'film' });
      for (const end = Date.now() + PATIENCE_MS; !reports.some(({ kind }) => kind === 'recorded');) {
        assert.ok(Date.now() < end, 'it is not written');
        await new Promise((resolve) => { setTimeout(resolve, 20); });
      }
      const [report] = reports.filter((one) => one.kind === 'recorded');
      assert.ok(report?.why === 'stopped' && report.ms > 3000 && report.ms < 6500, JSON.stringify(report));

      const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(readFileSync(path)) });
      const videos = await input.getVideoTracks();
      assert.deepEqual(await Promise.all(videos.map(async (track) => [await track.getCodedWidth(), await track.getCodedHeight()])), [[640, 480], [320, 240]]);
      assert.equal((await input.getAudioTracks()).length, 1);
      for (const track of videos) {
        let [packets, latest] = [0, -1];
        for await (const packet of new EncodedPacketSink(track).packets()) {
          assert.ok(packet.timestamp > latest);
          latest = packet.timestamp;
          packets += 1;
        }
        assert.ok(packets > 30 && latest > 3 && latest < 6.5, `${packets} pictures in ${latest} s`);
      }
      const [, [, phone]] = phones;
      const played = await play(phone, path);
      assert.deepEqual([played.width, played.height], [640, 480]);
      assert.ok(played.frames >= 20 && Math.abs(played.seconds - report.ms / 1000) < 0.5, JSON.stringify(played));
      if (codec === 'VP8') assert.ok((await play(phone, killed)).frames >= 20, 'also when whoever wrote it was killed');
    });
  }
});
