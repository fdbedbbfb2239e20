import { isRtp, isRtpHeader, payloadOffset, readUint32, sequenceOf, ssrcOf, writeUint32 } from './packet.ts';
import { deriveSessionKeys, sizesOf, type SrtpSuite } from './srtp-keys.ts';
import { createTransform, MAX_PACKET_BYTES } from './srtp-transform.ts';

export interface SrtpOptions {
  readonly suite: SrtpSuite;
  /** The master key with the salt behind it, of what is sent and of what comes (RFC 4568 6.1: each side names its own). */
  readonly local: Uint8Array;
  readonly remote: Uint8Array;
}

/** The protection of one end's RTP and RTCP (RFC 3711, RFC 7714). Undefined is a packet that is to be dropped. */
export interface Srtp {
  /** Answers another packet, that stands until eight more were protected. A number that was sent already is not sent again. */
  readonly protect: (packet: Uint8Array) => Uint8Array | undefined;
  /** Opens a packet where it lies. */
  readonly unprotect: (packet: Uint8Array) => Uint8Array | undefined;
  readonly protectControl: (datagram: Uint8Array) => Uint8Array | undefined;
  readonly unprotectControl: (datagram: Uint8Array) => Uint8Array | undefined;
}

/** RFC 3711 3.3.2 wants 64 at least. */
const REPLAY_WINDOW = 128;
/** Who can authenticate, and sends under more sources than that, is not a peer of a call; the oldest is forgotten. */
const MAX_SOURCES = 8;
const BUFFERS = 8;
/** Header and source, which stay readable (RFC 3711 3.4). */
const CONTROL_HEADER_BYTES = 8;
const CONTROL_WORD_BYTES = 4;
const ENCRYPTED = 0x80000000;

/** The indexes of one source: sequence numbers with their rollovers, and which of them were there. */
class Indexes {
  readonly #seen = new Float64Array(REPLAY_WINDOW).fill(-1);
  #highest = -1;

  /** The index that a sequence number most likely has (RFC 3711 3.3.1); -1 where it can have none. */
  guess(sequence: number): number {
    if (this.#highest === -1) return sequence;
    const last = this.#highest % 0x10000;
    const rollovers = (this.#highest - last) / 0x10000;
    if (last < 0x8000) return sequence - last > 0x8000 ? (rollovers - 1) * 0x10000 + sequence : rollovers * 0x10000 + sequence;
    return last - 0x8000 > sequence ? (rollovers + 1) * 0x10000 + sequence : rollovers * 0x10000 + sequence;
  }

  /** RFC 3711 3.3.2. */
  isFresh(index: number): boolean {
    return index >= 0 && index > this.#highest - REPLAY_WINDOW && this.#seen[index % REPLAY_WINDOW] !== index;
  }

  note(index: number): void {
    this.#seen[index % REPLAY_WINDOW] = index;
    if (index > this.#highest) this.#highest = index;
  }
}

/** Indexes by source, which are kept only of sources that have authenticated. */
function createSources(): { readonly of: (ssrc: number) => Indexes; readonly keep: (ssrc: number, indexes: Indexes) => void } {
  const sources = new Map<number, Indexes>();
  let lastSsrc = -1;
  let last = new Indexes();
  return {
    of: (ssrc) => (ssrc === lastSsrc ? last : sources.get(ssrc) ?? new Indexes()),
    keep: (ssrc, indexes) => {
      if (ssrc === lastSsrc) return;
      if (!sources.has(ssrc) && sources.size >= MAX_SOURCES) {
        const [oldest] = sources.keys();
        if (oldest !== undefined) sources.delete(oldest);
      }
      sources.set(ssrc, indexes);
      lastSsrc = ssrc;
      last = indexes;
    },
  };
}

export function createSrtp({ suite, local, remote }: SrtpOptions): Srtp {
  const { tagBytes, controlTagBytes, isAead } = sizesOf(suite);
  const localKeys = deriveSessionKeys(suite, local);
  const remoteKeys = deriveSessionKeys(suite, remote);
  const sealing = createTransform(suite, localKeys.rtp, tagBytes, false);
  const opening = createTransform(suite, remoteKeys.rtp, tagBytes, false);
  const controlSealing = createTransform(suite, localKeys.rtcp, controlTagBytes, true);
  const controlOpening = createTransform(suite, remoteKeys.rtcp, controlTagBytes, true);
  const sent = createSources();
  const received = createSources();
  const receivedControl = createSources();
  const buffers = Array.from({ length: BUFFERS }, () => new Uint8Array(MAX_PACKET_BYTES));
  const views: Uint8Array[] = [...buffers];
  let turn = 0;
  let controlIndex = 0;

  const viewOf = (length: number): Uint8Array => {
    turn = (turn + 1) % BUFFERS;
    const known = views[turn];
    if (known?.length === length) return known;
    const view = buffers[turn]?.subarray(0, length) ?? new Uint8Array(length);
    views[turn] = view;
    return view;
  };

  return {
    protect: (packet) => {
      const length = packet.length;
      if (length + tagBytes > MAX_PACKET_BYTES || !isRtpHeader(packet)) return undefined;
      const ssrc = ssrcOf(packet);
      const indexes = sent.of(ssrc);
      const index = indexes.guess(sequenceOf(packet));
      // The same key stream must not be used for two packets (RFC 3711 9.1).
      if (!indexes.isFresh(index)) return undefined;
      indexes.note(index);
      sent.keep(ssrc, indexes);
      const out = viewOf(length + tagBytes);
      out.set(packet);
      sealing.seal(out, payloadOffset(packet), length, ssrc, index, Math.floor(index / 0x10000));
      return out;
    },
    unprotect: (packet) => {
      const length = packet.length - tagBytes;
      if (packet.length > MAX_PACKET_BYTES || !isRtpHeader(packet)) return undefined;
      const from = payloadOffset(packet);
      if (length < from) return undefined;
      const ssrc = ssrcOf(packet);
      const indexes = received.of(ssrc);
      const index = indexes.guess(sequenceOf(packet));
      if (!indexes.isFresh(index)) return undefined;
      if (!opening.open(packet, from, length, ssrc, index, Math.floor(index / 0x10000))) return undefined;
      indexes.note(index);
      received.keep(ssrc, indexes);
      const plain = packet.subarray(0, length);
      return isRtp(plain) ? plain : undefined;
    },
    protectControl: (datagram) => {
      const length = datagram.length;
      if (length < CONTROL_HEADER_BYTES || length + controlTagBytes + CONTROL_WORD_BYTES > MAX_PACKET_BYTES) return undefined;
      controlIndex += 1;
      const word = (ENCRYPTED | controlIndex) >>> 0;
      const out = new Uint8Array(length + controlTagBytes + CONTROL_WORD_BYTES);
      out.set(datagram);
      const ssrc = readUint32(datagram, 4);
      // The word stands behind the tag of GCM (RFC 7714 9.2), and before the other, which covers it (RFC 3711 3.4).
      writeUint32(out, isAead ? length + controlTagBytes : length, word);
      controlSealing.seal(out, CONTROL_HEADER_BYTES, length, ssrc, controlIndex, word);
      return out;
    },
    unprotectControl: (datagram) => {
      const length = datagram.length - controlTagBytes - CONTROL_WORD_BYTES;
      if (length < CONTROL_HEADER_BYTES || datagram.length > MAX_PACKET_BYTES) return undefined;
      const word = readUint32(datagram, isAead ? length + controlTagBytes : length);
      const index = word & 0x7fffffff;
      const ssrc = readUint32(datagram, 4);
      const indexes = receivedControl.of(ssrc);
      if (!indexes.isFresh(index)) return undefined;
      const isEncrypted = word >= ENCRYPTED;
      if (!controlOpening.open(datagram, isEncrypted ? CONTROL_HEADER_BYTES : length, length, ssrc, index, word)) return undefined;
      indexes.note(index);
      receivedControl.keep(ssrc, indexes);
      return datagram.subarray(0, length);
    },
  };
}
