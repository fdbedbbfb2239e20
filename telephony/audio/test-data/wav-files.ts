/** How to write a WAVE file for a test; what is left out is as it should be. */
export type WavRecipe = {
  readonly tag: number;
  readonly bits: number;
  readonly data: Uint8Array;
  readonly channelCount?: number;
  readonly sampleRate?: number;
  readonly blockAlign?: number;
  /** What the data chunk says of its length. */
  readonly statedLength?: number;
  /** Writes the format as WAVE_FORMAT_EXTENSIBLE. */
  readonly extensible?: boolean;
  /** Chunks put before the format. */
  readonly before?: Uint8Array;
};

export function buildWav(recipe: WavRecipe): Uint8Array {
  const { tag, bits, data, channelCount = 1, sampleRate = 8_000, extensible = false } = recipe;
  const blockAlign = recipe.blockAlign ?? (channelCount * bits) / 8;
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : tag, 0);
  format.writeUInt16LE(channelCount, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE((sampleRate * blockAlign) >>> 0, 8);
  format.writeUInt16LE(blockAlign, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(bits, 18);
    format.writeUInt16LE(tag, 24);
    Buffer.from('000000001000800000aa00389b71', 'hex').copy(format, 26);
  }
  const chunks = Buffer.concat([
    recipe.before ?? new Uint8Array(0),
    buildChunk('fmt ', format),
    buildChunk('data', data, recipe.statedLength),
  ]);
  const head = Buffer.from('RIFF....WAVE');
  head.writeUInt32LE(chunks.length + 4, 4);
  return new Uint8Array(Buffer.concat([head, chunks]));
}

/** A chunk and, after an odd length, its byte of padding. */
export function buildChunk(tag: string, body: Uint8Array, statedLength = body.length): Uint8Array {
  const head = Buffer.alloc(8);
  head.write(tag, 'latin1');
  head.writeUInt32LE(statedLength, 4);
  return Buffer.concat([head, body, new Uint8Array(body.length & 1)]);
}

/** Lays out samples of plus and minus full scale 1, channel after channel in each frame, as 16-bit PCM. */
export function layOutPcm16(channels: readonly Float32Array[]): Uint8Array {
  const frames = channels[0]?.length ?? 0;
  const bytes = Buffer.alloc(frames * channels.length * 2);
  for (const [channel, samples] of channels.entries()) {
    for (const [frame, sample] of samples.entries()) {
      bytes.writeInt16LE(Math.round(sample * 32_767), (frame * channels.length + channel) * 2);
    }
  }
  return bytes;
}
