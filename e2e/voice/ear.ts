import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { codecOf } from '../../telephony/audio/codec.ts';
import { FRAME_MS, FRAME_SAMPLES } from '../../telephony/audio/frame.ts';
import { payloadLength, payloadOffset, payloadTypeOf } from '../../telephony/rtp/packet.ts';
import { OutgoingStream } from '../../telephony/rtp/stream.ts';
import { tonesIn, toneOf } from '../../telephony/testing/phones.ts';
import type { Place } from '../../telephony/sip/transport/channel.ts';
import { realTimers } from '../../telephony/timers.ts';

/** The sound of a phone of SIPp's, which has none of its own that could be listened to: A-law at a socket. */
export interface Ear {
  readonly port: number;
  readonly hertz: number;
  /** How loud each of some tones is, 1 as phones say theirs. */
  readonly hears: (tones: readonly number[]) => Readonly<Record<number, number>>;
  /** How loud all of it is together, as the root of the mean square of the samples. */
  readonly loudness: () => number;
  readonly packets: () => number;
  /** Speaks to there from now on, until something comes from elsewhere. */
  readonly speakTo: (place: Place) => void;
  readonly close: () => void;
}

const PCMA = 8;
const LOOK_FRAMES = 8;
const LOCALHOST = '127.0.0.1';

/** Says a tone to where it is told to, or to whoever sends to it. */
export async function openEar(hertz: number, address = LOCALHOST): Promise<Ear> {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  const codec = codecOf('PCMA');
  const [encoder, decoder] = [codec.createEncoder(), codec.createDecoder()];
  const say = toneOf(hertz);
  const frame = new Int16Array(FRAME_SAMPLES);
  const payload = new Uint8Array(FRAME_SAMPLES);
  const heard = new Int16Array(FRAME_SAMPLES * 6);
  const ears = new Int16Array(FRAME_SAMPLES * LOOK_FRAMES);
  let other: Place | undefined;
  let packets = 0;
  let lastMs = 0;
  const stream = new OutgoingStream({
    send: (packet) => { if (other !== undefined) socket.send(packet, other.port, other.address, () => undefined); }, now: realTimers.now, clockRate: 8000,
  });
  socket.on('message', (packet, sender) => {
    if (payloadTypeOf(packet) !== PCMA) return;
    other = sender;
    packets += 1;
    lastMs = realTimers.now();
    const offset = payloadOffset(packet);
    const samples = heard.subarray(0, decoder.decode(packet.subarray(offset, offset + payloadLength(packet, offset)), heard));
    ears.copyWithin(0, samples.length);
    ears.set(samples, ears.length - samples.length);
  });
  const ticking = setInterval(() => {
    say(frame);
    stream.sendFrame(payload.subarray(0, encoder.encode(frame, payload)), PCMA, FRAME_SAMPLES);
    // Who sends nothing any more is not heard any more.
    if (realTimers.now() - lastMs > FRAME_MS * LOOK_FRAMES) ears.fill(0);
  }, FRAME_MS);
  return {
    port: socket.address().port, hertz,
    hears: (tones) => tonesIn(ears, tones),
    loudness: () => Math.sqrt(ears.reduce((sum, sample) => sum + sample * sample, 0) / ears.length),
    packets: () => packets,
    speakTo: (place) => { other = place; },
    close: () => {
      clearInterval(ticking);
      socket.close();
    },
  };
}
