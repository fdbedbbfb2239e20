import { createCadenceMatcher, type Stretch } from './cadence.ts';
import { FRAME_MS } from './frame.ts';
import { createToneClassifier, type Sounding } from './tone-classifier.ts';
import type { Country } from './tones.ts';

/**
 * What a called line says without words. `information` is the tone before "the number you have dialled ..."; `cng` is a
 * calling fax, `ced` an answering fax or modem, `ansam` the modulated kind of the newer ones (V.8). `voice` is told when somebody
 * begins to speak, `silence` when nothing has been heard for a while.
 */
export type CallProgressEvent =
  | 'ringback' | 'busy' | 'congestion' | 'unobtainable' | 'information'
  | 'cng' | 'ced' | 'ansam'
  | 'voice' | 'silence';

export interface CallProgress {
  /** Takes the next 20 ms and tells what has just become clear. Each is told once for as long as it goes on. */
  readonly put: (frame: Int16Array) => CallProgressEvent | undefined;
}

export type CallProgressOptions = {
  /** Whose tones are looked for; those of all when not said. */
  readonly countries?: readonly Country[];
  /** After so much silence it is told; 5 s when not said, more than lies between two rings. */
  readonly silenceMs?: number;
};

/** Voice is so much of that which is neither silence nor a tone, within the last frames; a click is less. */
const voiceFrames = 5;
const voiceWithin = 10;
const passingFrames = 2;
/** E.180 3.7: each of the three tones lasts 330 ms, plus and minus 70; North America has 276 as well. */
const informationShortest = 180;
const informationLongest = 460;
const informationGap = 60;
/** T.30 4.3.3.1: half a second, plus and minus 15 %. */
const cngShortest = 425;
const cngLongest = 575;
/** T.30 4.3.3.2 has 2.6 to 4 s; nobody needs to wait for the end. */
const cedAfter = 500;
/** V.8 3: the level swings by a fifth at 15 Hz, of which frames of 20 ms leave 12 % in the root mean square; CED swings by nothing. */
const modulated = 0.05;

export function createCallProgress({ countries, silenceMs = 5_000 }: CallProgressOptions = {}): CallProgress {
  const classify = createToneClassifier();
  const cadence = createCadenceMatcher(countries);
  const waiting: CallProgressEvent[] = [];
  let sounding: Sounding = 'silence';
  let passing = 0;
  let frames = 0;
  let silentFrames = 0;
  let voiceHistory = 0;
  let isVoice = false;
  let isSilent = false;
  /** How many of the three information tones there were, one after another. */
  let information = 0;
  /** The answer tone's frames and what they hold in sum. */
  let measured = 0;
  let amplitudes = 0;
  let squares = 0;

  const tell = (event: CallProgressEvent | undefined): void => {
    if (event !== undefined && !waiting.includes(event)) waiting.push(event);
  };

  const hearInformation = (ended: Stretch): void => {
    const place = ended.sounding === '950' ? 0 : ended.sounding === '1400' ? 1 : ended.sounding === '1800' ? 2 : -1;
    const isLong = ended.ms >= informationShortest && ended.ms <= informationLongest;
    if (place >= 0 && isLong && (place === 0 || information === place)) information = place + 1;
    else if (ended.ms > informationGap) information = 0;
    if (information !== 3) return;
    information = 0;
    tell('information');
  };

  const end = (): void => {
    const ended = { sounding, ms: frames * FRAME_MS };
    hearInformation(ended);
    if (ended.sounding === '1100' && ended.ms >= cngShortest && ended.ms <= cngLongest) tell('cng');
    tell(cadence.put(ended));
  };

  const watchAnswerTone = (amplitude: number): void => {
    measured += 1;
    amplitudes += amplitude;
    squares += amplitude * amplitude;
    if (measured * FRAME_MS !== cedAfter) return;
    const mean = amplitudes / measured;
    const swing = Math.sqrt(Math.max(0, squares / measured - mean * mean)) / mean;
    tell(swing > modulated ? 'ansam' : 'ced');
  };

  const watchVoice = (now: Sounding): void => {
    voiceHistory = ((voiceHistory << 1) | (now === 'sound' ? 1 : 0)) & ((1 << voiceWithin) - 1);
    silentFrames = now === 'silence' ? silentFrames + 1 : 0;
    if (silentFrames * FRAME_MS >= silenceMs) {
      if (!isSilent) tell('silence');
      isSilent = true;
      isVoice = false;
    } else if (silentFrames === 0) {
      isSilent = false;
      if (!isVoice && countBits(voiceHistory) >= voiceFrames) {
        isVoice = true;
        tell('voice');
      }
    }
  };

  /** A frame or two that are neither are where a tone begins or ends, or turns its phase (V.8): they belong to what was before. */
  const isPassing = (now: Sounding): boolean => {
    passing = now === 'sound' && sounding !== 'sound' ? passing + 1 : 0;
    return passing > 0 && passing <= passingFrames;
  };

  return {
    put: (frame) => {
      const { sounding: now, amplitude } = classify(frame);
      if (!isPassing(now) && now !== sounding) {
        end();
        sounding = now;
        frames = 0;
        measured = 0;
        amplitudes = 0;
        squares = 0;
      }
      frames += 1;
      if (now === '2100') watchAnswerTone(amplitude);
      if (now === 'silence') tell(cadence.lasting(frames * FRAME_MS));
      watchVoice(now);
      return waiting.shift();
    },
  };
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
