import { createConcealment } from './concealment.ts';
import { FRAME_SAMPLES, MIX_RATE } from './frame.ts';
import { decodeAlaw, decodeMulaw, encodeAlaw, encodeMulaw } from './g711.ts';
import { createG722Decoder, createG722Encoder } from './g722.ts';

/**
 * The codecs of calls, as the media threads use them: 20 ms at a time, into arrays that are given, without allocation.
 * All of them decode to and encode from the mixing rate; why that is 8 kHz, `frame.ts` says.
 */
export type CodecName = 'PCMA' | 'PCMU' | 'G722' | 'opus';

export interface Decoder {
  /**
   * Decodes the payload of one packet, of whatever length the sender likes; how many samples. What `into` has no room for is
   * left out, so it holds `MAX_PACKET_SAMPLES`. 0 when the payload cannot be decoded: the packet is then as good as lost.
   */
  readonly decode: (payload: Uint8Array, into: Int16Array) => number;
  /**
   * Fills `into`, a frame or several, with what may stand in for lost sound. `next` is the payload that follows the gap, where
   * it is at hand already: Opus says in it what the lost one said (RFC 6716 2.1.7).
   */
  readonly conceal: (into: Int16Array, next?: Uint8Array) => void;
  /** To be called when the leg is over; afterwards it decodes nothing. */
  readonly close: () => void;
}

export interface Encoder {
  /** Encodes one frame; how many bytes, at most `MAX_PAYLOAD_BYTES`. 0 when it could not be done. */
  readonly encode: (frame: Int16Array, into: Uint8Array) => number;
  readonly close: () => void;
}

export interface Codec {
  readonly name: CodecName;
  /** Of RTP timestamps, which is not always that of the sound (RFC 3551 4.5.2, RFC 7587 4.1). */
  readonly clockRate: number;
  /** What frames are decoded to and encoded from. */
  readonly sampleRate: number;
  readonly createDecoder: () => Decoder;
  readonly createEncoder: () => Encoder;
}

/** The longest packet of Opus is 120 ms (RFC 6716 2.1.4); other codecs are held to that. */
export const MAX_PACKET_SAMPLES = FRAME_SAMPLES * 6;
/** The room an encoder wants: no codec here makes more of 20 ms. */
export const MAX_PAYLOAD_BYTES = 400;

const nothing = (): void => undefined;

function simpleDecoder(decode: (payload: Uint8Array, into: Int16Array) => number): Decoder {
  const { heard, conceal } = createConcealment();
  return {
    decode: (payload, into) => {
      const count = decode(payload, into);
      if (count > 0) heard(into, count);
      return count;
    },
    conceal,
    close: nothing,
  };
}

function g711(
  name: 'PCMA' | 'PCMU',
  decode: (codes: Uint8Array, into: Int16Array) => Int16Array,
  encode: (samples: Int16Array, into: Uint8Array) => Uint8Array,
): Codec {
  return {
    name,
    clockRate: 8_000,
    sampleRate: MIX_RATE,
    createDecoder: () => simpleDecoder((payload, into) => {
      const codes = payload.length > into.length ? payload.subarray(0, into.length) : payload;
      decode(codes, into);
      return codes.length;
    }),
    createEncoder: () => ({
      encode: (frame, into) => {
        encode(frame, into);
        return frame.length;
      },
      close: nothing,
    }),
  };
}

const pcma = g711('PCMA', decodeAlaw, encodeAlaw);
const pcmu = g711('PCMU', decodeMulaw, encodeMulaw);

const g722: Codec = {
  name: 'G722',
  // RFC 3551 4.5.2: an error of RFC 1890 that stays, for every telephone counts so.
  clockRate: 8_000,
  sampleRate: MIX_RATE,
  createDecoder: () => simpleDecoder(createG722Decoder(MIX_RATE).decode),
  createEncoder: () => ({ encode: createG722Encoder(MIX_RATE).encode, close: nothing }),
};

/** A codec that needs nothing loaded. */
export function codecOf(name: Exclude<CodecName, 'opus'>): Codec {
  switch (name) {
    case 'PCMA':
      return pcma;
    case 'PCMU':
      return pcmu;
    case 'G722':
      return g722;
    default:
      return name satisfies never;
  }
}

/** Any codec. Opus is read and compiled when somebody first asks for it, so that a thread without it pays nothing. */
export async function loadCodec(name: CodecName): Promise<Codec> {
  if (name !== 'opus') return codecOf(name);
  const { loadOpus } = await import('./opus.ts');
  return loadOpus();
}
