import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SoundFiles } from '../audio/sound-files.ts';
import { createWavRecorder } from '../audio/wav-recorder.ts';
import type { Recorder } from './recordings.ts';

/** Opens recordings on a file system. They are of A-law, as what comes from telephones is, and so as long as their calls took. */
export const recorderOn = (files: SoundFiles) => async (path: string, channels: 1 | 2, append: boolean): Promise<Recorder> => {
  await mkdir(dirname(path), { recursive: true });
  let isBroken = false;
  // Who writes slowly may still catch up; after any other fault nothing more is written.
  const recorder = createWavRecorder({ path, channels, encoding: 'alaw', append, files, onFault: ({ why }) => { isBroken ||= why !== 'slow'; } });
  return {
    write: ([first, second]) => { recorder.put(first, second); },
    pause: recorder.pause,
    resume: recorder.resume,
    isBroken: () => isBroken,
    close: async () => {
      const { ms, fault } = await recorder.close();
      return { ok: fault === undefined || fault.why === 'slow', ms };
    },
  };
};
