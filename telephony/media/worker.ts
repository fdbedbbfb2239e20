import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { createSoundCache } from '../audio/sound-cache.ts';
import { openSound } from '../audio/sound-player.ts';
import { createWavRecorder } from '../audio/wav-recorder.ts';
import { createPorts } from '../rtp/ports.ts';
import { OPUS, PCMA, PCMU } from '../sdp/codec.ts';
import { realTimers } from '../timers.ts';
import { createWebRtcEnd } from '../webrtc/end.ts';
import { defaultMusic } from './music.ts';
import type { Sound } from './plays.ts';
import { openRtpEnd } from './rtp-end.ts';
import { createThread } from './thread.ts';
import type { FromThread, ThreadSettings, ToThread } from './threads.ts';

/** What one media thread is made of: real sockets, real files, the real clock. */
const settings = workerData as ThreadSettings;
/** Browsers say every few seconds that they are there (RFC 7675 5.1), also when they are held. */
const BROWSER_SILENT_MS = 15_000;
const port = parentPort;
if (port === null) throw new Error('this is the inside of a media thread');

const ports = createPorts({ ...settings.ports, address: settings.address });
const cache = createSoundCache({});

const soundOf = async (path: string, loop: boolean, fromMs: number): Promise<Sound> => {
  const player = await openSound({ path, loop, cache });
  if (!player.ok) throw new Error(player.reason);
  if (fromMs > 0) player.seek(fromMs);
  return player;
};

/** A recording of A-law is as long as its call took, and is what the reference's telephones sound like. */
const recorderOf: Parameters<typeof createThread>[0]['openRecorder'] = async (path, channels, append) => {
  await mkdir(dirname(path), { recursive: true });
  const recorder = createWavRecorder({ path, channels, encoding: 'alaw', append });
  return {
    write: ([first, second]) => { recorder.put(first, second); },
    pause: recorder.pause,
    resume: recorder.resume,
    close: async () => {
      const { ms, fault } = await recorder.close();
      return { ok: fault === undefined || fault.why === 'slow', ms };
    },
  };
};

const thread = createThread({
  now: realTimers.now,
  post: (message: FromThread) => { port.postMessage(message); },
  openEnd: (carrier) => (carrier === 'rtp'
    ? openRtpEnd({ ports, advertised: settings.advertised, codecs: settings.codecs, cname: randomUUID(), silentMs: settings.silentMs, timers: realTimers })
    : Promise.resolve(createWebRtcEnd({ ports, bind: settings.address, announce: [settings.advertised], codecs: [PCMA, PCMU, OPUS], silentMs: Math.min(settings.silentMs, BROWSER_SILENT_MS) }))),
  openSound: soundOf,
  openRecorder: recorderOf,
  music: settings.music === undefined ? defaultMusic() : await soundOf(settings.music, true, 0),
});

port.on('message', (message: ToThread) => { thread.take(message); });
