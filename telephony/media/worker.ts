import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { createSoundCache } from '../audio/sound-cache.ts';
import { soundFiles } from '../audio/sound-files.ts';
import { openSound } from '../audio/sound-player.ts';
import { createPorts } from '../rtp/ports.ts';
import { OPUS, PCMA, PCMU } from '../sdp/codec.ts';
import { realTimers } from '../timers.ts';
import { createWebRtcEnd } from '../webrtc/end.ts';
import { defaultMusic } from './music.ts';
import { createOutbox } from './outbox.ts';
import type { Sound } from './plays.ts';
import { recorderOn } from './recorder.ts';
import { openRtpEnd } from './rtp-end.ts';
import { createThread } from './thread.ts';
import { videoRecorderOn } from './video-recorder.ts';
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

const thread = createThread({
  now: realTimers.now,
  post: createOutbox<FromThread>((batch) => { port.postMessage(batch); }),
  openEnd: (carrier, codecs = settings.codecs) => (carrier === 'rtp'
    ? openRtpEnd({ ports, advertised: settings.advertised, codecs, cname: randomUUID(), silentMs: settings.silentMs, timers: realTimers })
    // Pictures may come, but not before somebody asks for them.
    : Promise.resolve(createWebRtcEnd({
      ports, bind: settings.address, announce: [settings.advertised], codecs: [PCMA, PCMU, OPUS], video: [], silentMs: Math.min(settings.silentMs, BROWSER_SILENT_MS),
    }))),
  openSound: soundOf,
  openRecorder: recorderOn(soundFiles),
  openVideoRecorder: videoRecorderOn(soundFiles, realTimers),
  music: settings.music === undefined ? defaultMusic() : await soundOf(settings.music, true, 0),
});

port.on('message', (batch: readonly ToThread[]) => { for (const message of batch) thread.take(message); });
