/** How large a picture is, or what is wrong with it. */
export type JpegReading = { readonly ok: true; readonly width: number; readonly height: number } | { readonly ok: false; readonly message: string };

const MARKER = 0xff;
const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
/** Frames that browsers make and every viewer takes: baseline, extended sequential and progressive (ITU-T T.81 B.1.1.3). */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
const OTHER_FRAMES: ReadonlySet<number> = new Set([0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
/** Markers that stand alone, without a length behind them. */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** Larger ones are no pictures of a camera, but bombs for those who open them. */
export const MAX_SIDE = 4096;

const wrong = (message: string): JpegReading => ({ ok: false, message });

/** Reads the head of a JPEG (ITU-T T.81 B.2) up to its first scan, and looks for its end. What stands in the scans only a decoder can tell. */
export function readJpeg(bytes: Uint8Array): JpegReading {
  if (bytes.length < 4 || bytes[0] !== MARKER || bytes[1] !== START) return wrong('it is no JPEG');
  if (bytes.at(-2) !== MARKER || bytes.at(-1) !== END) return wrong('its end is missing');
  let size: { readonly width: number; readonly height: number } | undefined;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== MARKER) return wrong('it is damaged');
    const marker = bytes[at + 1] ?? 0;
    // Any number of these may stand before a marker.
    if (marker === MARKER) {
      at += 1;
      continue;
    }
    if (isAlone(marker)) {
      at += 2;
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (length < 2 || at + 2 + length > bytes.length) return wrong('it is damaged');
    if (marker === SCAN) return size === undefined ? wrong('it is damaged') : { ok: true, ...size };
    if (OTHER_FRAMES.has(marker)) return wrong('its kind of coding is not taken');
    if (FRAMES.has(marker)) {
      if (size !== undefined || length < 8) return wrong('it is damaged');
      const [height, width] = [((bytes[at + 5] ?? 0) << 8) | (bytes[at + 6] ?? 0), ((bytes[at + 7] ?? 0) << 8) | (bytes[at + 8] ?? 0)];
      if (height === 0 || width === 0) return wrong('it is empty');
      if (height > MAX_SIDE || width > MAX_SIDE) return wrong(`it is larger than ${MAX_SIDE} by ${MAX_SIDE} pixels`);
      size = { width, height };
    }
    at += 2 + length;
  }
  return wrong('it is damaged');
}
