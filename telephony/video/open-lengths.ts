/**
 * A WebM file whose maker is killed must be there as far as it was written. Its outermost element and the clusters in it begin with their
 * lengths, which are not known before their ends; in between, what stands there would have readers stop too early. So until the end has been
 * written they are said to be unknown (RFC 8794 6.2), as in a broadcast.
 */
export type OpenLengths = (bytes: Uint8Array, at: number) => Uint8Array;

const SEGMENT = [0x18, 0x53, 0x80, 0x67] as const;
const CLUSTER = [0x1f, 0x43, 0xb6, 0x75] as const;
const ID_BYTES = 4;
/** So many bytes are kept free for lengths by the library (matroska-muxer.js). */
const SEGMENT_LENGTH = [0x07, 0xff, 0xff, 0xff, 0xff, 0xff] as const;
const CLUSTER_LENGTH = [0x0f, 0xff, 0xff, 0xff, 0xff] as const;
/** A cluster that has its time alone is not written yet. */
const EMPTY_CLUSTER_BYTES = 11;

const hasAt = (bytes: Uint8Array, at: number, wanted: readonly number[]): boolean => wanted.every((byte, index) => bytes[at + index] === byte);

/** Goes between the library and the file: answers what is to be written in place of what it writes there. */
export function createOpenLengths(): OpenLengths {
  /** The cluster that is being written, or comes next; undefined where the first one is not known yet. */
  let cluster: number | undefined;

  const lengthAt = (bytes: Uint8Array, at: number): number => {
    let length = (bytes[at] ?? 0) & 0x07;
    for (let i = 1; i < CLUSTER_LENGTH.length; i += 1) length = length * 256 + (bytes[at + i] ?? 0);
    return length;
  };

  return (bytes, at) => {
    if (cluster === undefined) {
      // Before the first cluster there are a few hundred bytes of the library's own.
      const segment = at === 0 ? bytes.findIndex((_, index) => hasAt(bytes, index, SEGMENT)) : hasAt(bytes, 0, SEGMENT) ? 0 : -1;
      if (segment < 0) return bytes;
      const first = bytes.findIndex((_, index) => index > segment && hasAt(bytes, index, CLUSTER));
      bytes.set(SEGMENT_LENGTH, segment + ID_BYTES);
      if (first < 0) return bytes;
      cluster = at + first;
    } else if (at === cluster + ID_BYTES && bytes.length === CLUSTER_LENGTH.length) {
      // Its length is known by now.
      cluster += ID_BYTES + CLUSTER_LENGTH.length + lengthAt(bytes, 0);
      return bytes;
    }
    for (let from = cluster - at; from >= 0 && from + ID_BYTES + CLUSTER_LENGTH.length <= bytes.length && hasAt(bytes, from, CLUSTER); from = cluster - at) {
      const length = lengthAt(bytes, from + ID_BYTES);
      if (length <= EMPTY_CLUSTER_BYTES) {
        bytes.set(CLUSTER_LENGTH, from + ID_BYTES);
        break;
      }
      cluster += ID_BYTES + CLUSTER_LENGTH.length + length;
    }
    return bytes;
  };
}
