/** The header of a WAVE file that is being written: it is made once and its lengths are set again as the file grows. */

/** Codes of wFormatTag. */
export const formatTags = { pcm: 1, float: 3, alaw: 6, mulaw: 7, extensible: 0xfffe } as const;

export type WrittenEncoding = 'alaw' | 'pcm16';

export type WrittenFormat = { readonly encoding: WrittenEncoding; readonly sampleRate: number; readonly channelCount: number };

/** A header without samples behind it. */
export function buildWavHeader({ encoding, sampleRate, channelCount }: WrittenFormat): Uint8Array {
  const isPcm = encoding === 'pcm16';
  const frameBytes = channelCount * (isPcm ? 2 : 1);
  const format = isPcm ? 16 : 18;
  const header = new Uint8Array(isPcm ? 44 : 58);
  const view = new DataView(header.buffer);
  writeTag(header, 0, 'RIFF');
  writeTag(header, 8, 'WAVE');
  writeTag(header, 12, 'fmt ');
  view.setUint32(16, format, true);
  view.setUint16(20, isPcm ? formatTags.pcm : formatTags.alaw, true);
  view.setUint16(22, channelCount, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, isPcm ? 16 : 8, true);
  // Formats other than PCM carry cbSize, here 0, and are told the number of samples in a fact chunk.
  if (!isPcm) {
    writeTag(header, 38, 'fact');
    view.setUint32(42, 4, true);
  }
  writeTag(header, header.length - 8, 'data');
  stampWavHeader(header, 0);
  return header;
}

/** Sets the lengths in a header that ends where the samples begin, whoever made it. */
export function stampWavHeader(header: Uint8Array, dataBytes: number): void {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  view.setUint32(4, header.length - 8 + dataBytes + (dataBytes & 1), true);
  view.setUint32(header.length - 4, dataBytes, true);
  let frameBytes = 1;
  let at = 12;
  while (at + 12 <= header.length - 8) {
    const tag = readWavTag(header, at);
    const size = view.getUint32(at + 4, true);
    if (tag === 'fmt ' && at + 22 <= header.length) frameBytes = Math.max(1, view.getUint16(at + 20, true));
    if (tag === 'fact') view.setUint32(at + 8, Math.floor(dataBytes / frameBytes), true);
    at += 8 + size + (size & 1);
  }
}

export function readWavTag(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function writeTag(bytes: Uint8Array, at: number, tag: string): void {
  for (let i = 0; i < tag.length; i += 1) bytes[at + i] = tag.charCodeAt(i);
}
