import { refuseAudio, type AudioRefusal } from './audio-refusals.ts';
import { decodeAlaw, decodeMulaw } from './g711.ts';
import { clipToFullScale, type DecodedSound } from './sound.ts';
import { buildWavHeader, formatTags, readWavTag, stampWavHeader } from './wav-header.ts';

export type WavEncoding = 'pcm8' | 'pcm16' | 'pcm24' | 'pcm32' | 'float32' | 'float64' | 'alaw' | 'mulaw';

/** A WAVE file whose headers are read and whose samples are still where they were. */
export type OpenWav = {
  readonly ok: true;
  readonly encoding: WavEncoding;
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly frameCount: number;
  /** The bytes of the whole frames, as in the file. */
  readonly data: Uint8Array;
  /** Decodes the frames from `from` up to, not including, `to`: one array a channel. */
  readonly read: (from: number, to: number) => Float32Array[];
};

export type WavFormat = {
  readonly ok: true;
  readonly encoding: WavEncoding;
  readonly sampleRate: number;
  readonly channelCount: number;
};

type SampleReader = (view: DataView, offset: number) => number;

const maxChannels = 8;
const minSampleRate = 4_000;
const maxSampleRate = 192_000;

/** What follows the format tag in the sub-format GUID of WAVE_FORMAT_EXTENSIBLE: -0000-0010-8000-00aa00389b71. */
const subFormatTail = '000000001000800000aa00389b71';

const alawLevels = toLevels(decodeAlaw);
const mulawLevels = toLevels(decodeMulaw);

const readers: Record<WavEncoding, { readonly bytes: number; readonly read: SampleReader }> = {
  pcm8: { bytes: 1, read: (view, offset) => (view.getUint8(offset) - 128) / 128 },
  pcm16: { bytes: 2, read: (view, offset) => view.getInt16(offset, true) / 32_768 },
  pcm24: {
    bytes: 3,
    read: (view, offset) => (view.getInt8(offset + 2) * 65_536 + view.getUint16(offset, true)) / 8_388_608,
  },
  pcm32: { bytes: 4, read: (view, offset) => view.getInt32(offset, true) / 2_147_483_648 },
  float32: { bytes: 4, read: (view, offset) => clipToFullScale(view.getFloat32(offset, true)) },
  float64: { bytes: 8, read: (view, offset) => clipToFullScale(view.getFloat64(offset, true)) },
  alaw: { bytes: 1, read: (view, offset) => alawLevels[view.getUint8(offset)] ?? 0 },
  mulaw: { bytes: 1, read: (view, offset) => mulawLevels[view.getUint8(offset)] ?? 0 },
};

/** Decodes a whole WAVE file. */
export function readWav(file: Uint8Array): DecodedSound {
  const wav = openWav(file);
  return wav.ok ? { ok: true, sampleRate: wav.sampleRate, channels: wav.read(0, wav.frameCount) } : wav;
}

/** Reads the headers of a WAVE file, so that its samples can be decoded piece by piece. */
export function openWav(file: Uint8Array): OpenWav | AudioRefusal {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (readWavTag(file, 0) !== 'RIFF' || readWavTag(file, 8) !== 'WAVE') return refuseAudio('wav-not-riff');
  let format: WavFormat | undefined;
  let at = 12;
  while (at + 8 <= file.length) {
    const tag = readWavTag(file, at);
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tag === 'fmt ') {
      const read = readWavFormat(file.subarray(body, body + size), size);
      if (!read.ok) return read;
      format = read;
    } else if (tag === 'data') {
      return format === undefined ? refuseAudio('wav-no-format') : openData(file, format, body, size);
    }
    // A chunk of odd length is followed by a byte of padding that its length does not count.
    at = body + size + (size & 1);
  }
  return refuseAudio(format === undefined ? 'wav-no-format' : 'wav-no-data');
}

/** Writes A-law codes as a WAVE file of 8 kHz, mono: what the platform itself keeps (`5.4.4`, fileType). */
export function writeWav(alaw: Uint8Array): Uint8Array {
  const header = buildWavHeader({ encoding: 'alaw', sampleRate: 8_000, channelCount: 1 });
  stampWavHeader(header, alaw.length);
  const file = new Uint8Array(header.length + alaw.length + (alaw.length & 1));
  file.set(header);
  file.set(alaw, header.length);
  return file;
}

/** Reads the body of a format chunk, of which there may be less than `size` says. */
export function readWavFormat(body: Uint8Array, size = body.length): WavFormat | AudioRefusal {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (size < 16 || body.length < 16) return refuseAudio('wav-format-broken');
  let tag = view.getUint16(0, true);
  const channelCount = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const blockAlign = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  if (tag === formatTags.extensible) {
    if (size < 40 || body.length < 40) return refuseAudio('wav-format-broken');
    const tail = Buffer.from(body.subarray(26, 40)).toString('hex');
    if (tail !== subFormatTail) return refuseAudio('wav-encoding-unsupported');
    tag = view.getUint16(24, true);
  }
  const encoding = nameEncoding(tag, bits);
  if (encoding === undefined) return refuseAudio('wav-encoding-unsupported');
  if (channelCount < 1 || channelCount > maxChannels) return refuseAudio('wav-channels-unsupported');
  if (sampleRate < minSampleRate || sampleRate > maxSampleRate) return refuseAudio('wav-rate-unsupported');
  // Some writers leave the block size at 0; any other wrong value means that the samples are not where they should be.
  const frameBytes = channelCount * readers[encoding].bytes;
  if (blockAlign !== 0 && blockAlign !== frameBytes) return refuseAudio('wav-format-broken');
  return { ok: true, encoding, sampleRate, channelCount };
}

function nameEncoding(tag: number, bits: number): WavEncoding | undefined {
  switch (tag) {
    case formatTags.pcm:
      return bits === 8 ? 'pcm8' : bits === 16 ? 'pcm16' : bits === 24 ? 'pcm24' : bits === 32 ? 'pcm32' : undefined;
    case formatTags.float:
      return bits === 32 ? 'float32' : bits === 64 ? 'float64' : undefined;
    case formatTags.alaw:
      return bits === 8 ? 'alaw' : undefined;
    case formatTags.mulaw:
      return bits === 8 ? 'mulaw' : undefined;
    default:
      return undefined;
  }
}

function openData(file: Uint8Array, format: WavFormat, body: number, size: number): OpenWav | AudioRefusal {
  // Recorders that stream write the length last or never: 0 and 0xFFFFFFFF then stand for "up to the end".
  const present = file.length - body;
  const length = size === 0 ? present : Math.min(size, present);
  const { encoding, sampleRate, channelCount } = format;
  const { bytes, read } = readers[encoding];
  const frameBytes = bytes * channelCount;
  const frameCount = Math.floor(length / frameBytes);
  if (frameCount === 0) return refuseAudio('audio-empty');
  const data = file.subarray(body, body + frameCount * frameBytes);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const readChannel = (channel: number, from: number, to: number): Float32Array => {
    const samples = new Float32Array(to - from);
    let offset = from * frameBytes + channel * bytes;
    for (let i = 0; i < samples.length; i += 1, offset += frameBytes) samples[i] = read(view, offset);
    return samples;
  };
  return {
    ok: true,
    encoding,
    sampleRate,
    channelCount,
    frameCount,
    data,
    read: (from, to) => Array.from({ length: channelCount }, (_, channel) => readChannel(channel, from, to)),
  };
}

function toLevels(decode: (codes: Uint8Array) => Int16Array): Float32Array {
  return Float32Array.from(decode(Uint8Array.from({ length: 256 }, (_, code) => code)), (sample) => sample / 32_768);
}
