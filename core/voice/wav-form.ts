/** What a voice file of another program must be (13.2.1.13): 64 kbit/s, as a telephone line has it. */
export const WANTED = { channels: 1, sampleRate: 8000, bits: 8 } as const;

export type WavFault = 'notWav' | 'unreadable' | 'channels' | 'sampleRate' | 'bits';

export type WavForm = { readonly ok: true; readonly ms: number } | { readonly ok: false; readonly why: WavFault; readonly message: string };

/** PCM, A-law and mu-law (RFC 2361). */
const PLAYABLE: ReadonlySet<number> = new Set([1, 6, 7]);
/** The real form stands in the extension then. */
const EXTENSIBLE = 0xfffe;
/** The tag is the beginning of a GUID, and this the rest of it. */
const GUID_REST = '000000001000800000aa00389b71';
/** A file has a few, and one that is made to keep us busy has thousands. */
const MOST_CHUNKS = 100;

const fault = (why: WavFault, message: string): WavForm => ({ ok: false, why, message });
const nameOf = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

interface Chunks {
  readonly format: Uint8Array | undefined;
  readonly dataBytes: number | undefined;
  readonly isCut: boolean;
}

function chunksOf(file: Uint8Array): Chunks {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let format: Uint8Array | undefined;
  let dataBytes: number | undefined;
  let at = 12;
  for (let count = 0; count < MOST_CHUNKS && at + 8 <= file.length; count += 1) {
    const size = view.getUint32(at + 4, true);
    const name = nameOf(file, at);
    if (at + 8 + size > file.length) return { format, dataBytes, isCut: true };
    if (name === 'fmt ') format ??= file.subarray(at + 8, at + 8 + size);
    if (name === 'data') dataBytes ??= size;
    // Chunks begin at even places.
    at += 8 + size + (size % 2);
  }
  return { format, dataBytes, isCut: false };
}

/** Checks that a file is a WAV file in the one form, all of it there; each fault has a name of its own, as each has a code. */
export function checkWavForm(file: Uint8Array): WavForm {
  if (file.length < 12 || nameOf(file, 0) !== 'RIFF' || nameOf(file, 8) !== 'WAVE') return fault('notWav', 'it does not begin as a WAV file does');
  const { format, dataBytes, isCut } = chunksOf(file);
  if (isCut) return fault('unreadable', 'a part of it is missing');
  if (format === undefined || format.length < 16) return fault('unreadable', 'it does not tell its form');
  if (dataBytes === undefined || dataBytes === 0) return fault('unreadable', 'there is no sound in it');
  const view = new DataView(format.buffer, format.byteOffset, format.byteLength);
  const [tag, channels, rate, blockAlign, bits] = [view.getUint16(0, true), view.getUint16(2, true), view.getUint32(4, true), view.getUint16(12, true), view.getUint16(14, true)];
  const isExtended = tag === EXTENSIBLE && format.length >= 40 && Buffer.from(format.subarray(26, 40)).toString('hex') === GUID_REST;
  const coding = isExtended ? view.getUint16(24, true) : tag;
  if (!PLAYABLE.has(coding)) return fault('unreadable', `its coding (${coding}) is neither PCM nor A-law nor mu-law`);
  if (channels !== WANTED.channels) return fault('channels', `it has ${channels} channels`);
  if (rate !== WANTED.sampleRate) return fault('sampleRate', `it has ${rate} samples a second`);
  if (bits !== WANTED.bits) return fault('bits', `its samples have ${bits} bits`);
  if (blockAlign !== 1) return fault('unreadable', `a sample is said to have ${blockAlign} bytes`);
  return { ok: true, ms: Math.round(dataBytes / 8) };
}
