import { refuseAudio, type AudioRefusal } from './audio-refusals.ts';
import { encodeAlaw } from './g711.ts';
import { defaultMaxSeconds, openMp3 } from './mp3.ts';
import { createResampler } from './resample.ts';
import { mixToMono, toInt16 } from './sound.ts';
import { openWav, type OpenWav, type WavEncoding } from './wav.ts';

export type AudioFileType = 'wav' | 'mp3';

export type AudioLimits = {
  /** A longer file is refused before it is decoded; an hour when not said. */
  readonly maxSeconds?: number;
};

export type AudioSource = {
  readonly type: AudioFileType;
  readonly encoding: WavEncoding | 'mp3';
  readonly sampleRate: number;
  readonly channelCount: number;
};

export type TelephoneAudio = {
  readonly ok: true;
  /** G.711 A-law, 8 kHz, mono. */
  readonly alaw: Uint8Array<ArrayBuffer>;
  readonly durationMs: number;
  readonly source: AudioSource;
};

type TelephoneLine = {
  readonly push: (channels: readonly Float32Array[]) => void;
  readonly end: () => Uint8Array<ArrayBuffer>;
};

const telephoneRate = 8_000;
/** Frames of a WAVE file decoded at once. */
const blockFrames = 65_536;

/** Turns a WAV or MP3 file into what a telephone line carries (`5.4.4`, fileType), piece by piece. */
export async function toTelephoneAudio(
  file: Uint8Array,
  type: AudioFileType,
  limits: AudioLimits = {},
): Promise<TelephoneAudio | AudioRefusal> {
  return type === 'wav' ? wavToTelephone(file, limits) : mp3ToTelephone(file, limits);
}

function wavToTelephone(file: Uint8Array, limits: AudioLimits): TelephoneAudio | AudioRefusal {
  const wav = openWav(file);
  if (!wav.ok) return wav;
  const { encoding, sampleRate, channelCount, frameCount } = wav;
  if (frameCount > (limits.maxSeconds ?? defaultMaxSeconds) * sampleRate) return refuseAudio('audio-too-long');
  // What is in the telephone's own format already is passed on bit by bit.
  const isTelephone = encoding === 'alaw' && sampleRate === telephoneRate && channelCount === 1;
  return finish(isTelephone ? wav.data.slice() : transmitWav(wav), { type: 'wav', encoding, sampleRate, channelCount });
}

function transmitWav(wav: OpenWav): Uint8Array<ArrayBuffer> {
  const line = openTelephoneLine(wav.sampleRate);
  for (let from = 0; from < wav.frameCount; from += blockFrames) {
    line.push(wav.read(from, Math.min(from + blockFrames, wav.frameCount)));
  }
  return line.end();
}

async function mp3ToTelephone(file: Uint8Array, limits: AudioLimits): Promise<TelephoneAudio | AudioRefusal> {
  const mp3 = openMp3(file, limits);
  if (!mp3.ok) return mp3;
  const { sampleRate, channelCount } = mp3;
  const line = openTelephoneLine(sampleRate);
  for await (const block of mp3.decode()) line.push(block);
  const alaw = line.end();
  if (alaw.length === 0) return refuseAudio('mp3-undecodable');
  return finish(alaw, { type: 'mp3', encoding: 'mp3', sampleRate, channelCount });
}

function finish(alaw: Uint8Array<ArrayBuffer>, source: AudioSource): TelephoneAudio {
  return { ok: true, alaw, durationMs: Math.round((alaw.length * 1_000) / telephoneRate), source };
}

/** Mixes first, so that only one channel is filtered. */
function openTelephoneLine(sampleRate: number): TelephoneLine {
  const resampler = createResampler(sampleRate, telephoneRate);
  const pieces: Uint8Array[] = [];
  const send = (samples: Float32Array): void => {
    pieces.push(encodeAlaw(toInt16(samples)));
  };
  return {
    push: (channels) => send(resampler.push(mixToMono(channels))),
    end: () => {
      send(resampler.flush());
      const alaw = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
      let at = 0;
      for (const piece of pieces) {
        alaw.set(piece, at);
        at += piece.length;
      }
      return alaw;
    },
  };
}
