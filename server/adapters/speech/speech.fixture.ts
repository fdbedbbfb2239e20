import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toTelephoneAudio } from '@parley/telephony/audio/telephone-audio.ts';
import { writeWav } from '@parley/telephony/audio/wav.ts';
import type { Transcode } from '../../modules/voice/index.ts';
import { createSpeech, type CachedSpeech, type SpeechOptions } from './speech.ts';
import type { Synthesizer } from './synthesizer.ts';

/** As the worker threads do, in this one. */
const transcode: Transcode = async (file, type) => {
  const audio = await toTelephoneAudio(file, type);
  return audio.ok ? { ok: true, wav: writeWav(audio.alaw), durationMs: audio.durationMs } : { ok: false, reason: audio.reason };
};

/** A second of a tone for every 20 characters at the usual speed, at 16 kHz. */
export function toneOf(text: string, rate: number): Uint8Array {
  const samples = Math.max(3200, Math.round(((text.length / 20) * 16_000 * 100) / rate));
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0, 'latin1');
  // As those who stream do, who cannot know how long it will be.
  wav.writeUInt32LE(0xffffffff, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(16_000, 24);
  wav.writeUInt32LE(32_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(0xffffffff, 40);
  for (let index = 0; index < samples; index += 1) wav.writeInt16LE(Math.round(8000 * Math.sin((index * 2 * Math.PI * 440) / 16_000)), 44 + index * 2);
  return wav;
}

/** An engine that hums. */
export function humming(): Synthesizer & { readonly texts: readonly string[] } {
  const texts: string[] = [];
  return {
    texts, name: 'humming', hint: () => Promise.resolve(undefined), close: () => undefined,
    synthesize: ({ text, rate }) => {
      texts.push(text);
      return Promise.resolve({ ok: true, wav: toneOf(text, rate) });
    },
  };
}

/** Counts what an engine is given. */
export function counted(synthesizer: Synthesizer): Synthesizer & { readonly made: () => number } {
  let made = 0;
  return {
    ...synthesizer,
    made: () => made,
    synthesize: (utterance) => {
      made += 1;
      return synthesizer.synthesize(utterance);
    },
  };
}

export interface Bench {
  readonly folder: () => Promise<string>;
  readonly speech: (synthesizer: Synthesizer, options?: Partial<SpeechOptions>) => Promise<CachedSpeech>;
  readonly close: () => Promise<void>;
}

/** Speech in folders of its own, all of which are gone in the end. */
export function createBench(): Bench {
  const folders: string[] = [];
  const open: CachedSpeech[] = [];
  const folder = async (): Promise<string> => {
    const made = await mkdtemp(join(tmpdir(), 'parley-speech-'));
    folders.push(made);
    return made;
  };
  return {
    folder,
    speech: async (synthesizer, options = {}) => {
      const speech = createSpeech({ synthesizer, folder: await folder(), transcode, onFault: () => undefined, ...options });
      open.push(speech);
      return speech;
    },
    close: async () => {
      for (const speech of open) speech.close();
      for (const made of folders) await rm(made, { recursive: true, force: true });
    },
  };
}
