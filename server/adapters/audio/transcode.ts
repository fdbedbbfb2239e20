import { audioRefusals } from '@parley/telephony/audio/audio-refusals.ts';
import { createTranscoder, type TranscoderOptions } from '@parley/telephony/audio/transcoder.ts';
import { writeWav } from '@parley/telephony/audio/wav.ts';
import { Overloaded } from '../../engine/lanes.ts';
import type { Transcode } from '../../modules/voice/index.ts';

export interface AudioTranscoding {
  readonly transcode: Transcode;
  /** Refuses what waits or runs, and ends the worker threads. */
  readonly close: () => Promise<void>;
}

/** Turns uploaded voice files into what telephone lines carry (5.4.4), in worker threads that start when first needed. */
export function createTranscode(options: TranscoderOptions = {}): AudioTranscoding {
  const transcoder = createTranscoder(options);
  return {
    transcode: async (file, type) => {
      const audio = await transcoder.transcode(file, type);
      if (audio.ok) return { ok: true, wav: writeWav(audio.alaw), durationMs: audio.durationMs };
      // The file may be as good as any: the same upload works in a moment.
      if (audio.reason === 'transcoder-busy' || audio.reason === 'transcoder-closed') throw new Overloaded(audioRefusals[audio.reason]);
      return { ok: false, reason: audioRefusals[audio.reason] };
    },
    close: transcoder.close,
  };
}
