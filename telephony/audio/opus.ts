import { MAX_PACKET_SAMPLES, MAX_PAYLOAD_BYTES, type Codec, type Decoder, type Encoder } from './codec.ts';
import { MIX_RATE } from './frame.ts';

/**
 * Opus (RFC 6716, RFC 7587) by libopus in WebAssembly. The package's own classes are made asynchronously, give every frame in an
 * array of its own and throw at what the network sends; so the functions that they stand on are called here, and the package
 * is pinned to the version they were written for.
 */
interface Libopus {
  /** Views of the memory, which are others when it has grown. */
  readonly memory: { readonly HEAP16: Int16Array; readonly HEAPU8: Uint8Array };
  readonly allocate: (bytes: number) => number;
  readonly makeEncoder: (rate: number, channels: number, application: number, error: number) => number;
  readonly set: (encoder: number, request: number, value: number) => number;
  readonly encode: (encoder: number, sound: number, samples: number, packet: number, room: number) => number;
  readonly endEncoder: (encoder: number) => void;
  readonly makeDecoder: (rate: number, channels: number, error: number) => number;
  readonly decode: (decoder: number, packet: number, bytes: number, sound: number, samples: number, isRepair: number) => number;
  readonly endDecoder: (decoder: number) => void;
}

/** Their names in the package, in the order of the above. */
const names = [
  '_malloc', '_oc_create_encoder', '_oc_encoder_ctl', '_oc_encode', '_oc_destroy_encoder', '_oc_create_decoder', '_oc_decode',
  '_oc_destroy_decoder',
];

/** What an encoder is told (opus_defines.h). */
const settings: readonly (readonly [request: number, value: number])[] = [
  // Bits a second.
  [4_002, 24_000],
  // Complexity: from 5 to 10 costs three times as much, for what nobody hears on a telephone.
  [4_010, 5],
  // In-band correction, and the share of packets lost that it reckons with, without which it says nothing twice.
  [4_012, 1],
  [4_014, 10],
  // The signal is voice.
  [4_024, 3_001],
];
const forVoice = 2_048;
const mono = 1;
/** Three frames of the longest kind with their headers (RFC 6716 3.2.1); what is longer is not Opus of a telephone call. */
const longestPacket = 4_000;
/** Lost sound is made up in steps of 2.5 ms. */
const concealStep = MIX_RATE / 400;

let loading: Promise<Codec> | undefined;

export function loadOpus(): Promise<Codec> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Codec> {
  const inside = new URL('./generated/libopus.generated.mjs', import.meta.resolve('libopus-wasm'));
  const loaded = await import(inside.href) as { default: () => Promise<Record<string, unknown> & Libopus['memory']> };
  const module = await loaded.default();
  const lacking = names.filter((name) => typeof module[name] !== 'function');
  if (lacking.length > 0) throw new Error(`libopus-wasm is not the version this was written for: it lacks ${lacking.join(', ')}`);
  const [allocate, makeEncoder, set, encode, endEncoder, makeDecoder, decode, endDecoder] = names.map((name) => module[name]);
  return codecOn({ memory: module, allocate, makeEncoder, set, encode, endEncoder, makeDecoder, decode, endDecoder } as Libopus);
}

function codecOn(libopus: Libopus): Codec {
  // A thread does one thing at a time, so all codecs share the places where sound and packets are handed over.
  const sound = libopus.allocate(MAX_PACKET_SAMPLES * 2);
  const packet = libopus.allocate(longestPacket);
  const error = libopus.allocate(4);

  const made = (handle: number, what: string): number => {
    if (handle === 0) throw new Error(`libopus made no ${what}`);
    return handle;
  };

  const take = (count: number, into: Int16Array): number => {
    const fits = Math.min(count, into.length);
    // The memory may have grown and moved since the last time.
    const from = sound >> 1;
    const { HEAP16 } = libopus.memory;
    for (let i = 0; i < fits; i += 1) into[i] = HEAP16[from + i] ?? 0;
    return fits;
  };

  const createDecoder = (): Decoder => {
    let decoder = made(libopus.makeDecoder(MIX_RATE, mono, error), 'decoder');
    const close = (): void => {
      if (decoder !== 0) libopus.endDecoder(decoder);
      decoder = 0;
    };
    const run = (payload: Uint8Array | undefined, samples: number, isRepair: boolean): number => {
      if (decoder === 0) return 0;
      if (payload !== undefined) libopus.memory.HEAPU8.set(payload, packet);
      try {
        const bytes = payload?.length ?? 0;
        return Math.max(0, libopus.decode(decoder, bytes === 0 ? 0 : packet, bytes, sound, samples, isRepair ? 1 : 0));
      } catch {
        // A trap leaves the decoder in no state that it could go on from; the leg falls silent, the others do not notice.
        decoder = 0;
        return 0;
      }
    };
    return {
      decode: (payload, into) => {
        // An empty payload would be taken for a lost one.
        if (payload.length === 0 || payload.length > longestPacket) return 0;
        return take(run(payload, MAX_PACKET_SAMPLES, false), into);
      },
      conceal: (into, next) => {
        const samples = Math.min(into.length - (into.length % concealStep), MAX_PACKET_SAMPLES);
        const isUsable = next !== undefined && next.length > 0 && next.length <= longestPacket;
        let count = samples === 0 ? 0 : run(isUsable ? next : undefined, samples, isUsable);
        if (count === 0 && isUsable && samples > 0) count = run(undefined, samples, false);
        into.fill(0, take(count, into));
      },
      close,
    };
  };

  const createEncoder = (): Encoder => {
    let encoder = made(libopus.makeEncoder(MIX_RATE, mono, forVoice, error), 'encoder');
    for (const [request, value] of settings) {
      if (libopus.set(encoder, request, value) !== 0) throw new Error(`libopus does not know setting ${request}`);
    }
    return {
      encode: (frame, into) => {
        if (encoder === 0 || frame.length > MAX_PACKET_SAMPLES) return 0;
        libopus.memory.HEAP16.set(frame, sound >> 1);
        const room = Math.min(into.length, MAX_PAYLOAD_BYTES);
        let bytes = 0;
        try {
          bytes = Math.max(0, libopus.encode(encoder, sound, frame.length, packet, room));
        } catch {
          encoder = 0;
        }
        const { HEAPU8 } = libopus.memory;
        for (let i = 0; i < bytes; i += 1) into[i] = HEAPU8[packet + i] ?? 0;
        return bytes;
      },
      close: () => {
        if (encoder !== 0) libopus.endEncoder(encoder);
        encoder = 0;
      },
    };
  };

  return { name: 'opus', clockRate: 48_000, sampleRate: MIX_RATE, createDecoder, createEncoder };
}
