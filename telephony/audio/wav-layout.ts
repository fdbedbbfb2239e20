import { refuseAudio, type AudioRefusal } from './audio-refusals.ts';
import { soundFiles, type SoundFile, type SoundFiles } from './sound-files.ts';
import { readWavFormat, type WavEncoding, type WavFormat } from './wav.ts';
import { readWavTag, stampWavHeader } from './wav-header.ts';

/** Where the samples of a WAVE file lie, found without reading them. */
export type WavLayout = {
  readonly ok: true;
  readonly encoding: WavEncoding;
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly frameBytes: number;
  readonly dataAt: number;
  /** Of the whole frames that there are, whatever the header says. */
  readonly dataBytes: number;
  /** Whether the header says so too: a recorder that was killed leaves one that does not. */
  readonly isFinished: boolean;
};

const bytesPerSample: Readonly<Record<WavEncoding, number>> = {
  pcm8: 1, pcm16: 2, pcm24: 3, pcm32: 4, float32: 4, float64: 8, alaw: 1, mulaw: 1,
};
/** Files have a handful of chunks before the samples; who has more is playing with us. */
const maxChunks = 64;
const chunkHead = 8;
const longestFormat = 40;

export async function readWavLayout(file: SoundFile): Promise<WavLayout | AudioRefusal> {
  const size = await file.size();
  const head = new Uint8Array(chunkHead + longestFormat);
  const got = await file.read(head.subarray(0, 12), 0);
  if (got < 12 || readWavTag(head, 0) !== 'RIFF' || readWavTag(head, 8) !== 'WAVE') return refuseAudio('wav-not-riff');
  const view = new DataView(head.buffer);
  let format: WavFormat | undefined;
  let at = 12;
  for (let chunk = 0; chunk < maxChunks && at + chunkHead <= size; chunk += 1) {
    const bytes = await file.read(head, at);
    if (bytes < chunkHead) break;
    const tag = readWavTag(head, 0);
    const stated = view.getUint32(4, true);
    if (tag === 'fmt ') {
      const read = readWavFormat(head.subarray(chunkHead, Math.min(bytes, chunkHead + stated)), stated);
      if (!read.ok) return read;
      format = read;
    } else if (tag === 'data') {
      return format === undefined ? refuseAudio('wav-no-format') : layOut(file, format, at + chunkHead, stated, size);
    }
    at += chunkHead + stated + (stated & 1);
  }
  return refuseAudio(format === undefined ? 'wav-no-format' : 'wav-no-data');
}

async function layOut(file: SoundFile, format: WavFormat, dataAt: number, stated: number, size: number): Promise<WavLayout> {
  const { encoding, sampleRate, channelCount } = format;
  const frameBytes = bytesPerSample[encoding] * channelCount;
  const present = size - dataAt;
  // Sound that the header does not count yet lies behind what it counts; other chunks may lie there as well.
  const isWhole = stated > 0 && stated <= present && await endsAsStated(file, dataAt + stated, size);
  const length = isWhole ? stated : present;
  const dataBytes = length - (length % frameBytes);
  return { ok: true, encoding, sampleRate, channelCount, frameBytes, dataAt, dataBytes, isFinished: stated === dataBytes };
}

/** Whether nothing but chunks follows, up to the end of the file. */
async function endsAsStated(file: SoundFile, from: number, size: number): Promise<boolean> {
  const head = new Uint8Array(chunkHead);
  const view = new DataView(head.buffer);
  let at = from + (from & 1);
  for (let chunk = 0; chunk < maxChunks && at + chunkHead <= size; chunk += 1) {
    if (await file.read(head, at) < chunkHead || !isTag(head)) return false;
    const stated = view.getUint32(4, true);
    at += chunkHead + stated + (stated & 1);
    // Some leave out the padding at the very end.
    if (at === size || at === size + 1) return true;
  }
  return size - at < chunkHead && size - at <= 1;
}

function isTag(head: Uint8Array): boolean {
  for (let i = 0; i < 4; i += 1) {
    const byte = head[i] ?? 0;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}

export type Repaired = { readonly ok: true; readonly wasFinished: boolean; readonly durationMs: number };

/** Sets the lengths in the header of a file whose recorder did not come to do it. Rejects when the disk does not let it. */
export async function repairWav(path: string, files: SoundFiles = soundFiles): Promise<Repaired | AudioRefusal> {
  const file = await files.openToWrite(path, 'existing');
  try {
    const layout = await readWavLayout(file);
    if (!layout.ok) return layout;
    const { dataAt, dataBytes, frameBytes, sampleRate, isFinished } = layout;
    const durationMs = Math.round((dataBytes / frameBytes / sampleRate) * 1_000);
    if (!isFinished) {
      const header = await readHeader(file, layout);
      if (header === undefined) return refuseAudio('wav-format-broken');
      stampWavHeader(header, dataBytes);
      if ((dataBytes & 1) === 1) await file.write(new Uint8Array(1), dataAt + dataBytes);
      await file.write(header, 0);
    }
    return { ok: true, wasFinished: isFinished, durationMs };
  } finally {
    await file.close();
  }
}

const longestHeader = 65_536;

/** All that lies before the samples; undefined when that is more than anybody would keep at hand. */
export async function readHeader(file: SoundFile, { dataAt }: WavLayout): Promise<Uint8Array | undefined> {
  if (dataAt > longestHeader) return undefined;
  const header = new Uint8Array(dataAt);
  return await file.read(header, 0) === dataAt ? header : undefined;
}
