import { codecOf } from '../../audio/codec.ts';
import { FRAME_MS, FRAME_SAMPLES } from '../../audio/frame.ts';
import type { NegotiatedEnd } from '../../media/end.ts';
import type { Media } from '../../media/media.ts';
import type { Carrier, MediaAnswer } from '../../media/order.ts';
import { openRtpEnd } from '../../media/rtp-end.ts';
import { payloadLength, payloadOffset, payloadTypeOf, ssrcOf } from '../../rtp/packet.ts';
import { createPorts } from '../../rtp/ports.ts';
import { OutgoingStream } from '../../rtp/stream.ts';
import { createKeyReader, createKeySender, isKey, type KeySender } from '../../rtp/telephone-event.ts';
import { PCMA } from '../../sdp/codec.ts';
import { tonesIn, toneOf } from '../../testing/phones.ts';
import { realTimers } from '../../timers.ts';
import { createWebRtcEnd } from '../../webrtc/end.ts';
import { openSecureEnd } from './secure-end.ts';

const LOOK_FRAMES = 8;
const ADDRESS = '127.0.0.1';
const ports = createPorts({ from: 42_000 + (process.pid % 30) * 100, to: 42_099 + (process.pid % 30) * 100, address: ADDRESS, pauseMs: 200 });

/** A far end without signalling: a tone of its own, ears, and descriptions. */
export interface Party {
  readonly leg: string;
  readonly hertz: number;
  readonly end: NegotiatedEnd;
  /** The tones in its ears; those that it is asked about. */
  readonly hears: (tones: readonly number[]) => readonly number[];
  readonly packets: () => number;
  /** Streams that have come, by their SSRC. */
  readonly streams: () => number;
  readonly press: (keys: string) => void;
  readonly keys: () => string;
  /** The longest time without a packet since it was asked last. */
  readonly longestGapMs: () => number;
  isQuiet: boolean;
  /** It calls, and is answered. */
  readonly callIn: (media: Pick<Media, 'perform'>) => Promise<MediaAnswer>;
  /** It describes itself anew, while it is up. */
  readonly change: (media: Pick<Media, 'perform'>, edit?: (sdp: string) => string) => Promise<MediaAnswer>;
  /** It calls in the place of the one that the leg had. */
  readonly takePlace: (media: Pick<Media, 'perform'>) => Promise<void>;
  /** It is called in the place of that one, and answers. */
  readonly beCalledBack: (media: Pick<Media, 'perform'>) => Promise<void>;
  /** It is called, and answers. */
  readonly beCalled: (media: Pick<Media, 'perform'>, near?: string) => Promise<MediaAnswer>;
  readonly close: () => void;
}

export interface PartyOptions {
  readonly leg: string;
  readonly hertz: number;
  readonly carrier?: Carrier;
  /** For a telephone that calls: with keys in its description, in its profile or beside one that is in the clear. */
  readonly secure?: 'required' | 'opportunistic';
  /** What is done to its descriptions before anybody sees them. */
  readonly edit?: (sdp: string) => string;
}

async function openEnd({ carrier = 'rtp', leg, secure }: PartyOptions): Promise<NegotiatedEnd> {
  if (secure !== undefined) return openSecureEnd(ports, ADDRESS, secure);
  if (carrier === 'webrtc') return createWebRtcEnd({ ports, bind: ADDRESS, codecs: [PCMA] });
  const end = await openRtpEnd({ ports, advertised: ADDRESS, codecs: ['PCMA'], cname: leg, silentMs: 60_000, timers: realTimers });
  if (end === undefined) throw new Error('there is no port left');
  return end;
}

const opened = (answer: MediaAnswer): string => {
  if (!answer.ok) throw new Error(`${answer.why}: ${answer.message ?? ''}`);
  return answer.sdp ?? '';
};

export async function createParty(options: PartyOptions): Promise<Party> {
  const { leg, hertz, carrier = 'rtp', edit = (sdp: string) => sdp } = options;
  const end = await openEnd(options);
  const codec = codecOf('PCMA');
  const [encoder, decoder] = [codec.createEncoder(), codec.createDecoder()];
  const stream = new OutgoingStream({ send: end.send, now: realTimers.now, clockRate: 8000 });
  const say = toneOf(hertz);
  const frame = new Int16Array(FRAME_SAMPLES);
  const payload = new Uint8Array(FRAME_SAMPLES);
  const heard = new Int16Array(FRAME_SAMPLES * 6);
  const ears = new Int16Array(FRAME_SAMPLES * LOOK_FRAMES);
  const silence = new Int16Array(FRAME_SAMPLES);
  const sources = new Set<number>();
  let keySender: KeySender | undefined;
  let keys = '';
  let packets = 0;
  let hasHeard = false;
  let lastAt = performance.now();
  let gap = 0;
  const reader = createKeyReader({ clockRate: 8000, onKey: (key) => { keys += key; } });

  const put = (samples: Int16Array): void => {
    ears.copyWithin(0, samples.length);
    ears.set(samples, ears.length - samples.length);
  };
  end.onPacket((packet) => {
    if (end.agreed()?.receives.get(payloadTypeOf(packet)) === 'telephone-event') {
      reader.read(packet, realTimers.now());
      return;
    }
    const now = performance.now();
    if (packets > 0) gap = Math.max(gap, now - lastAt);
    lastAt = now;
    packets += 1;
    hasHeard = true;
    sources.add(ssrcOf(packet));
    const from = payloadOffset(packet);
    put(heard.subarray(0, decoder.decode(packet.subarray(from, from + payloadLength(packet, from)), heard)));
  });
  const ticking = setInterval(() => {
    if (!hasHeard) put(silence);
    hasHeard = false;
    const agreed = end.agreed();
    if (agreed === undefined || !agreed.wantsSound || self.isQuiet) return;
    if (agreed.telephoneEvent !== undefined) keySender ??= createKeySender({ stream, payloadType: agreed.telephoneEvent, toneMs: 80 });
    if (keySender?.tick() === true) return;
    say(frame);
    stream.sendFrame(payload.subarray(0, encoder.encode(frame, payload)), agreed.payloadType, FRAME_SAMPLES);
  }, FRAME_MS);

  const self: Party = {
    leg, hertz, end, isQuiet: false,
    hears: (tones) => Object.keys(tonesIn(ears, tones)).map(Number),
    packets: () => packets,
    streams: () => sources.size,
    press: (pressed) => { keySender?.press(pressed.split('').filter(isKey)); },
    keys: () => keys,
    longestGapMs: () => {
      const longest = gap;
      gap = 0;
      return longest;
    },
    callIn: async (media) => {
      opened(await media.perform({ kind: 'open', leg, carrier }));
      const answer = opened(await media.perform({ kind: 'answer', leg, sdp: edit(await end.offer()) }));
      const accepted = await end.accept(answer);
      if (!accepted.ok) throw new Error(`the answer is not taken: ${accepted.message}\n${answer}`);
      return media.perform({ kind: 'up', leg });
    },
    change: async (media, change = (sdp) => sdp) => {
      const answer = await media.perform({ kind: 'answer', leg, sdp: change(await end.offer()) });
      if (answer.ok) await end.accept(answer.sdp ?? '');
      return answer;
    },
    takePlace: async (media) => {
      const answer = opened(await media.perform({ kind: 'reopen', leg, carrier, sdp: edit(await end.offer()) }));
      const accepted = await end.accept(answer);
      if (!accepted.ok) throw new Error(`the answer is not taken: ${accepted.message}`);
    },
    beCalledBack: async (media) => {
      const answered = await end.answer(opened(await media.perform({ kind: 'reopen', leg, carrier })));
      if (!answered.ok) throw new Error(`the offer is not taken: ${answered.message}`);
      opened(await media.perform({ kind: 'accept', leg, sdp: edit(answered.sdp) }));
    },
    beCalled: async (media, near) => {
      opened(await media.perform({ kind: 'open', leg, carrier, ...(near === undefined ? {} : { near }) }));
      const answered = await end.answer(opened(await media.perform({ kind: 'offer', leg })));
      if (!answered.ok) throw new Error(`the offer is not taken: ${answered.message}`);
      opened(await media.perform({ kind: 'accept', leg, sdp: edit(answered.sdp) }));
      return media.perform({ kind: 'up', leg });
    },
    close: () => {
      clearInterval(ticking);
      end.close();
    },
  };
  return self;
}
