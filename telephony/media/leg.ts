import { loadCodec, MAX_PACKET_SAMPLES, MAX_PAYLOAD_BYTES, type Codec, type CodecName, type Decoder, type Encoder } from '../audio/codec.ts';
import { opusUnits } from './opus-units.ts';
import { createDtmfDetector, type DtmfDetector } from '../audio/dtmf-detector.ts';
import { playDtmf } from '../audio/dtmf-tones.ts';
import { FRAME_SAMPLES, type SoundSource } from '../audio/frame.ts';
import { JitterBuffer, type SoundForm } from '../rtp/jitter-buffer.ts';
import { payloadTypeOf } from '../rtp/packet.ts';
import { OutgoingStream } from '../rtp/stream.ts';
import { createKeyReader, createKeySender, isKey, type KeyReader, type KeySender } from '../rtp/telephone-event.ts';
import type { Agreed, NegotiatedEnd } from './end.ts';

/** How a leg's own sound is wanted. */
export interface Wanted {
  /** Somebody mixes it or records it, frame by frame. */
  readonly frames: boolean;
  /** Who gets its packets as they are. */
  readonly by: MediaLeg | undefined;
}

/** The sound of one leg: what comes from it, and what it is told. */
export interface MediaLeg {
  readonly id: string;
  isUp: boolean;
  /** The other end rings; until there is early sound of its own, others hear that it does. */
  rings: boolean;
  readonly agreed: () => Agreed | undefined;
  /** Puts in force what was agreed on. */
  readonly agree: (agreed: Agreed) => Promise<void>;
  readonly want: (wanted: Wanted) => void;
  /** Whether its keys can only be heard, as tones in what it says: then it is to be heard each tick. */
  readonly isForTones: () => boolean;
  /** What it says in this tick; the frame is good until the next one. */
  readonly hear: (tick: number) => Int16Array;
  /** Says a frame to it. */
  readonly say: (frame: Int16Array) => void;
  /** Passes on a packet of another leg, which is rewritten where it lies. */
  readonly relay: (packet: Uint8Array) => void;
  /** False where too many wait. */
  readonly press: (keys: string) => boolean;
  /** Whether it has keys to send, frame by frame. */
  readonly isPressing: () => boolean;
  /** Looks after what time ends. */
  readonly expire: (now: number) => void;
  /** Another far end in place of the one that it had, which is left to somebody else; nothing is agreed on with it yet. */
  readonly attach: (next: NegotiatedEnd) => void;
  /** Leaves its end to somebody else. */
  readonly close: () => void;
}

export interface LegDependencies {
  readonly id: string;
  readonly end: NegotiatedEnd;
  readonly now: () => number;
  readonly pressed: (key: string) => void;
  readonly lost: (why: 'silent' | 'closed') => void;
  /** It was lost, and is heard again. */
  readonly found: () => void;
}

const FRAMES_A_SECOND = 50;

/** What silence is in the codes of G.711; in those of G.722 it is all zeros that move nothing. */
const FORMS: Readonly<Record<CodecName, SoundForm>> = {
  PCMA: { kind: 'bytes', silence: 0xd5 }, PCMU: { kind: 'bytes', silence: 0xff }, G722: { kind: 'bytes', silence: 0xff },
  opus: { kind: 'packets', unitsOf: opusUnits },
};

/** What is made anew when something else is agreed on. */
interface Line {
  readonly agreed: Agreed;
  readonly codec: Codec;
  readonly encoder: Encoder;
  readonly units: number;
  readonly keySender: KeySender | undefined;
  readonly keyReader: KeyReader;
  readonly toneReader: DtmfDetector | undefined;
}

export function createLeg({ id, end: first, now, pressed, lost, found }: LegDependencies): MediaLeg {
  let end = first;
  const encoded = new Uint8Array(MAX_PAYLOAD_BYTES);
  const frame = new Int16Array(FRAME_SAMPLES);
  const decoded = new Int16Array(MAX_PACKET_SAMPLES);
  /** What was decoded and not heard yet: packets need not be as long as frames. */
  const rest = new Int16Array(MAX_PACKET_SAMPLES);
  let resting = 0;
  let heardIn = -1;
  let line: Line | undefined;
  let stream: OutgoingStream | undefined;
  let decoder: Decoder | undefined;
  let decoding: CodecName | undefined;
  let jitter: JitterBuffer | undefined;
  let wanted: Wanted = { frames: false, by: undefined };
  let tones: SoundSource | undefined;
  let isClosed = false;
  /** Packets of this payload type are passed on to another leg, and nothing else is done with them. */
  let passed = -1;
  const known = new Map<CodecName, Codec>();

  const forgetSound = (): void => {
    decoder?.close();
    decoder = undefined;
    decoding = undefined;
    jitter = undefined;
    resting = 0;
  };

  const startDecoding = (name: CodecName): void => {
    forgetSound();
    const codec = known.get(name);
    if (codec === undefined) return;
    decoding = name;
    decoder = codec.createDecoder();
    jitter = new JitterBuffer({ clockRate: codec.clockRate, form: FORMS[name] });
  };

  /** Finds out what need not be looked at: the common packet of a leg that only one other hears, by the same codec. */
  const aim = (): void => {
    const codec = wanted.frames || line === undefined ? undefined : line.agreed.receives.get(line.agreed.payloadType);
    passed = codec !== undefined && wanted.by?.agreed()?.codec === codec ? line?.agreed.payloadType ?? -1 : -1;
  };

  const take = (packet: Uint8Array): void => {
    const payloadType = payloadTypeOf(packet);
    if (payloadType === passed) {
      wanted.by?.relay(packet);
      return;
    }
    if (line === undefined || isClosed) return;
    const kind = line.agreed.receives.get(payloadType);
    if (kind === undefined) return;
    if (kind === 'telephone-event') {
      jitter?.put(packet, now(), false);
      line.keyReader.read(packet, now());
      return;
    }
    if (wanted.frames) {
      if (kind !== decoding) startDecoding(kind);
      jitter?.put(packet, now());
    }
    // Behind the jitter buffer, as it is rewritten where it lies.
    if (wanted.by?.agreed()?.codec === kind) wanted.by.relay(packet);
  };

  /** What an end that was replaced still tells means nothing. */
  const attend = (own: NegotiatedEnd): void => {
    end = own;
    own.onPacket((packet) => { if (end === own) take(packet); });
    own.onLost((why) => { if (end === own && !isClosed) lost(why); });
    own.onFound(() => { if (end === own && !isClosed) found(); });
  };
  attend(first);

  /** Fills the frame of this tick from what has come. */
  const fill = (): void => {
    if (jitter === undefined || decoder === undefined) {
      frame.fill(0);
      return;
    }
    if (resting === 0 && FORMS[decoding ?? 'opus'].kind === 'bytes') {
      // As nearly always: a payload is a frame.
      const taken = jitter.take(now());
      if (taken === 'missing') decoder.conceal(frame);
      else frame.fill(0, taken === 'silence' ? 0 : decoder.decode(taken, frame));
      return;
    }
    let filled = Math.min(resting, FRAME_SAMPLES);
    frame.set(rest.subarray(0, filled));
    rest.copyWithin(0, filled, resting);
    resting -= filled;
    while (filled < FRAME_SAMPLES) {
      const taken = jitter.take(now());
      const room = FRAME_SAMPLES - filled;
      if (taken === 'silence') {
        frame.fill(0, filled);
        return;
      }
      if (taken === 'missing') {
        decoder.conceal(decoded.subarray(0, FRAME_SAMPLES));
        frame.set(decoded.subarray(0, room), filled);
        return;
      }
      const count = decoder.decode(taken, decoded);
      if (count === 0) {
        frame.fill(0, filled);
        return;
      }
      const used = Math.min(count, room);
      frame.set(decoded.subarray(0, used), filled);
      filled += used;
      rest.set(decoded.subarray(used, count), resting);
      resting += count - used;
    }
  };

  return {
    id,
    isUp: false,
    rings: false,
    agreed: () => line?.agreed,
    agree: async (agreed) => {
      const codec = await loadCodec(agreed.codec);
      for (const kind of new Set(agreed.receives.values())) if (kind !== 'telephone-event') known.set(kind, await loadCodec(kind));
      if (isClosed) return;
      if (stream?.clockRate !== agreed.clockRate) stream = new OutgoingStream({ send: end.send, now, clockRate: agreed.clockRate });
      line?.encoder.close();
      line = {
        agreed, codec, encoder: codec.createEncoder(), units: agreed.clockRate / FRAMES_A_SECOND,
        keySender: agreed.telephoneEvent === undefined ? undefined : createKeySender({ stream, payloadType: agreed.telephoneEvent }),
        toneReader: [...agreed.receives.values()].includes('telephone-event') ? undefined : line?.toneReader ?? createDtmfDetector(),
        keyReader: line?.keyReader ?? createKeyReader({ clockRate: agreed.clockRate, onKey: () => undefined, onPressed: pressed }),
      };
      aim();
    },
    isForTones: () => line?.toneReader !== undefined,
    want: (next) => {
      if (wanted.frames && !next.frames) forgetSound();
      wanted = next;
      aim();
    },
    hear: (tick) => {
      if (heardIn !== tick) {
        heardIn = tick;
        fill();
        const event = line?.toneReader?.put(frame);
        if (event?.kind === 'begin') pressed(event.digit);
      }
      return frame;
    },
    say: (given) => {
      if (line === undefined || stream === undefined || line.keySender?.tick() === true || !line.agreed.wantsSound) return;
      let said = given;
      if (tones !== undefined) {
        const toned = decoded.subarray(0, FRAME_SAMPLES);
        if (tones.next(toned)) said = toned;
        else tones = undefined;
      }
      const length = line.encoder.encode(said, encoded);
      if (length > 0) stream.sendFrame(encoded.subarray(0, length), line.agreed.payloadType, line.units);
    },
    relay: (packet) => {
      if (line === undefined || stream === undefined || !line.agreed.wantsSound || tones !== undefined || line.keySender?.isBusy() === true) return;
      stream.relay(packet, line.agreed.payloadType);
    },
    press: (keys) => {
      if (line === undefined) return false;
      const { keySender } = line;
      if (keySender !== undefined) return keySender.press(keys.toUpperCase().split('').filter(isKey));
      tones = playDtmf(keys);
      return true;
    },
    isPressing: () => tones !== undefined || line?.keySender?.isBusy() === true,
    expire: (at) => { line?.keyReader.expire(at); },
    attach: (next) => {
      forgetSound();
      line?.encoder.close();
      line = undefined;
      stream = undefined;
      tones = undefined;
      aim();
      attend(next);
    },
    close: () => {
      isClosed = true;
      forgetSound();
      line?.encoder.close();
      line = undefined;
      aim();
    },
  };
}
