import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { OnFault } from '../../engine/fault.ts';
import { Overloaded } from '../../engine/lanes.ts';
import { MAX_SPOKEN, type Speech, type Spoken } from '../../engine/speech.ts';
import type { Transcode } from '../../modules/voice/index.ts';
import { createSoundCache } from './sound-cache.ts';
import type { Synthesizer, Utterance } from './synthesizer.ts';

export interface SpeechOptions {
  readonly synthesizer: Synthesizer;
  readonly folder: string;
  /** Turns what an engine makes into what telephone lines carry. */
  readonly transcode: Transcode;
  readonly maxBytes?: number;
  readonly maxPersonalBytes?: number;
  /** How long something personal lies there: longer than the longest text takes to be spoken. */
  readonly personalMs?: number;
  readonly clock?: () => number;
  readonly onFault: OnFault;
}

export interface CachedSpeech extends Speech {
  readonly hint: Synthesizer['hint'];
  readonly close: () => void;
}

const MB = 1024 * 1024;
const LANGUAGE = /^[a-z]{2,3}(?:[_-][A-Za-z]{2,4})?$/;

/** No control signs, which some engines take for orders, and no two blanks. */
const cleaned = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim();

const keyOf = (name: string, { text, language, voice, rate }: Utterance): string =>
  createHash('sha256').update(JSON.stringify([name, language, voice ?? null, rate, text])).digest('hex');

/** Speech by any engine: what was spoken once is not spoken again, and equal texts at the same time are spoken once. */
export function createSpeech({
  synthesizer, folder, transcode, onFault, maxBytes = 256 * MB, maxPersonalBytes = 256 * MB, personalMs = 10 * 60_000, clock = Date.now,
}: SpeechOptions): CachedSpeech {
  const lasting = createSoundCache({ folder: join(folder, 'lasting'), maxBytes, clock });
  const passing = createSoundCache({ folder: join(folder, 'passing'), maxBytes: maxPersonalBytes, clock });
  const making = new Map<string, Promise<Spoken>>();

  const sweep = (): void => {
    passing.dropOlderThan(clock() - personalMs).catch((error: unknown) => { onFault('what was spoken could not be cleared away', { error }); });
  };
  const sweeping = setInterval(sweep, 60_000);
  sweeping.unref();
  // What a process has left behind that died.
  sweep();

  const make = async (utterance: Utterance, key: string, isPersonal: boolean): Promise<Spoken> => {
    const cache = isPersonal ? passing : lasting;
    const file = await cache.find(key);
    if (file !== undefined) return { ok: true, file };
    const made = await synthesizer.synthesize(utterance);
    if (!made.ok) return made;
    const sound = await transcode(made.wav, 'wav');
    return sound.ok ? { ok: true, file: await cache.put(key, sound.wav) } : { ok: false, why: 'failed', message: `what was spoken cannot be used: ${sound.reason}` };
  };

  const attempt = async (utterance: Utterance, key: string, isPersonal: boolean): Promise<Spoken> => {
    try {
      return await make(utterance, key, isPersonal);
    } catch (error) {
      if (error instanceof Overloaded) return { ok: false, why: 'busy', message: error.message };
      onFault('speech failed', { error });
      return { ok: false, why: 'failed', message: 'what was spoken could not be kept' };
    }
  };

  return {
    hint: synthesizer.hint,
    close: () => {
      clearInterval(sweeping);
      synthesizer.close();
    },
    say: (given, { language, voice, rate = 100, isPersonal = false }) => {
      const text = cleaned(given);
      if (text === '' || text.length > MAX_SPOKEN) return Promise.resolve({ ok: false, why: 'badText', message: text === '' ? 'there is nothing to be spoken' : `texts of more than ${MAX_SPOKEN} characters are not spoken` });
      if (!LANGUAGE.test(language)) return Promise.resolve({ ok: false, why: 'unknownLanguage', message: 'languages are named as en or en_US' });
      const utterance: Utterance = { text, language, voice, rate: Math.min(200, Math.max(50, Math.round(rate))) };
      const key = keyOf(synthesizer.name, utterance);
      const slot = `${isPersonal ? 'passing' : 'lasting'}/${key}`;
      const under = making.get(slot);
      if (under !== undefined) return under;
      const work = attempt(utterance, key, isPersonal).finally(() => { making.delete(slot); });
      making.set(slot, work);
      return work;
    },
  };
}
