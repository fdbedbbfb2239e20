/**
 * Finds the frames of MPEG audio layer III (ISO/IEC 11172-3, 13818-3 and the 2.5 extension) in a file, so that the
 * decoder gets nothing but whole frames, and the duration is known before anything is decoded.
 */

/** A stretch of frames that follow one another without a gap. */
export type FrameRun = { readonly from: number; readonly to: number };

export type Mp3Frames = {
  readonly sampleRate: number;
  /** 1 only when every frame is mono. */
  readonly channelCount: 1 | 2;
  readonly frameCount: number;
  readonly samplesPerFrame: number;
  /** In the order of the file; none holds more than `maxRunFrames` frames. */
  readonly runs: readonly FrameRun[];
};

type FrameHeader = {
  readonly length: number;
  readonly sampleRate: number;
  readonly version: number;
  readonly mono: boolean;
};

/** So much sound goes to the decoder at once: 147,456 samples at most. */
const maxRunFrames = 128;
/** So many frames in a row make a stream; chance makes three within 8 MB of noise once in many million files. */
const framesToLock = 3;
const framesToResume = 2;

const version1 = 3;
const reservedVersion = 1;
const layer3 = 1;
const monoMode = 3;
const reservedEmphasis = 2;
const kilobits1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const kilobits2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const sampleRates: Record<number, readonly number[]> = {
  [version1]: [44_100, 48_000, 32_000],
  2: [22_050, 24_000, 16_000],
  0: [11_025, 12_000, 8_000],
};

/** Undefined when there are no frames in a row. Frames of another version or rate than the first are left out. */
export function findMp3Frames(file: Uint8Array): Mp3Frames | undefined {
  const start = findStream(file, skipId3(file));
  const first = start === undefined ? undefined : readHeader(file, start);
  if (start === undefined || first === undefined) return undefined;
  const runs: FrameRun[] = [];
  let frameCount = 0;
  let channelCount: 1 | 2 = 1;
  let at = start;
  while (at < file.length) {
    const from = at;
    let frames = 0;
    while (frames < maxRunFrames) {
      const header = readHeader(file, at, first);
      if (header === undefined || at + header.length > file.length) break;
      if (!header.mono) channelCount = 2;
      at += header.length;
      frames += 1;
    }
    if (frames > 0) {
      runs.push({ from, to: at });
      frameCount += frames;
    } else {
      at = findFrames(file, at + 1, framesToResume, first) ?? file.length;
    }
  }
  const samplesPerFrame = first.version === version1 ? 1_152 : 576;
  return { sampleRate: first.sampleRate, channelCount, frameCount, samplesPerFrame, runs };
}

/** A picture in an ID3v2 tag may look like frames, so the tag is skipped by its length, unless that is not true. */
function skipId3(file: Uint8Array): number {
  let at = 0;
  while (file[at] === 0x49 && file[at + 1] === 0x44 && file[at + 2] === 0x33 && at + 10 <= file.length) {
    const size = file.subarray(at + 6, at + 10).reduce((total, byte) => (total << 7) | (byte & 0x7f), 0);
    const footer = ((file[at + 5] ?? 0) & 0x10) === 0 ? 0 : 10;
    const next = at + 10 + size + footer;
    if (next >= file.length) return at + 10;
    at = next;
  }
  return at;
}

function findStream(file: Uint8Array, from: number): number | undefined {
  return findFrames(file, from, framesToLock);
}

/** Where the first `count` frames that follow one another begin. */
function findFrames(file: Uint8Array, from: number, count: number, like?: FrameHeader): number | undefined {
  let at = file.indexOf(0xff, from);
  while (at !== -1) {
    if (hasFrames(file, at, count, like)) return at;
    at = file.indexOf(0xff, at + 1);
  }
  return undefined;
}

function hasFrames(file: Uint8Array, from: number, count: number, like?: FrameHeader): boolean {
  let at = from;
  let expected = like;
  for (let i = 0; i < count; i += 1) {
    const header = readHeader(file, at, expected);
    if (header === undefined || at + header.length > file.length) return false;
    expected = header;
    at += header.length;
  }
  return true;
}

/** The header at that place, if there is one and it agrees with `like`. The free format (bit rate 0) is not read. */
function readHeader(file: Uint8Array, at: number, like?: FrameHeader): FrameHeader | undefined {
  const second = file[at + 1] ?? 0;
  const third = file[at + 2] ?? 0;
  const fourth = file[at + 3];
  if (file[at] !== 0xff || (second & 0xe0) !== 0xe0 || fourth === undefined) return undefined;
  const version = (second >> 3) & 3;
  const layer = (second >> 1) & 3;
  if (version === reservedVersion || layer !== layer3 || (fourth & 3) === reservedEmphasis) return undefined;
  const sampleRate = sampleRates[version]?.[(third >> 2) & 3];
  const kilobits = (version === version1 ? kilobits1 : kilobits2)[third >> 4];
  if (sampleRate === undefined || kilobits === undefined || kilobits === 0) return undefined;
  if (like !== undefined && (like.version !== version || like.sampleRate !== sampleRate)) return undefined;
  const bytesPerBit = version === version1 ? 144 : 72;
  const length = Math.floor((bytesPerBit * kilobits * 1_000) / sampleRate) + ((third >> 1) & 1);
  return { length, sampleRate, version, mono: fourth >> 6 === monoMode };
}
