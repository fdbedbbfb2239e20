import { join, MAX_PICTURE_BYTES, type Gatherer, type PictureForm } from './picture.ts';

/** What stands before the bytes of VP8 in a payload. */
export interface Vp8Descriptor {
  /** Whether a picture begins here. */
  readonly begins: boolean;
  /** Where its bytes do. */
  readonly at: number;
}

/** RFC 7741 4.2; undefined where it does not fit. */
export function readVp8Descriptor(payload: Uint8Array): Vp8Descriptor | undefined {
  const [first = 0, extensions = 0] = payload;
  let at = 1;
  if ((first & 0x80) !== 0) {
    at = 2;
    // A number of the picture, of one byte or two; one of its lowest layer; which layer it is.
    if ((extensions & 0x80) !== 0) at += ((payload[at] ?? 0) & 0x80) === 0 ? 1 : 2;
    if ((extensions & 0x40) !== 0) at += 1;
    if ((extensions & 0x30) !== 0) at += 1;
  }
  // The first partition begins with the picture (S, and partition 0).
  return at < payload.length ? { begins: (first & 0x10) !== 0 && (first & 0x0f) === 0, at } : undefined;
}

/** The form of a whole picture (RFC 6386 9.1, 19.1); undefined where it is none. */
export function readVp8Form(data: Uint8Array): PictureForm | undefined {
  const [tag = 1, , , one, two, three] = data;
  if ((tag & 1) !== 0 || data.length < 10 || one !== 0x9d || two !== 0x01 || three !== 0x2a) return undefined;
  const width = ((data[7] ?? 0) << 8 | (data[6] ?? 0)) & 0x3fff;
  const height = ((data[9] ?? 0) << 8 | (data[8] ?? 0)) & 0x3fff;
  return width === 0 || height === 0 ? undefined : { width, height, codec: 'vp8' };
}

/** RFC 7741. */
export function createVp8Gatherer(): Gatherer {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  return {
    knowsBeginning: true,
    add: (payload) => {
      const descriptor = readVp8Descriptor(payload);
      if (descriptor === undefined || descriptor.begins !== (parts.length === 0)) return false;
      bytes += payload.length - descriptor.at;
      if (bytes > MAX_PICTURE_BYTES) return false;
      parts.push(payload.slice(descriptor.at));
      return true;
    },
    finish: () => {
      const data = join(parts, parts.reduce((sum, part) => sum + part.length, 0));
      parts = [];
      bytes = 0;
      if (data.length === 0) return 'nothing';
      const form = readVp8Form(data);
      // One that says that it is whole, and is not.
      return form === undefined && ((data[0] ?? 0) & 1) === 0 ? undefined : { data, form };
    },
  };
}
