import { codecOf } from '../audio/codec.ts';
import { playDtmf } from '../audio/dtmf-tones.ts';
import { FRAME_MS, FRAME_SAMPLES, type SoundSource } from '../audio/frame.ts';
import { tonesAmong } from '../audio/listen.ts';
import { Oscillator } from '../audio/oscillator.ts';
import { payloadLength, payloadOffset, payloadTypeOf } from '../rtp/packet.ts';
import { OutgoingStream } from '../rtp/stream.ts';
import { createKeyReader, createKeySender, type Key } from '../rtp/telephone-event.ts';
import type { NegotiatedEnd } from './end.ts';
import type { MediaAnswer, MediaOrder, MediaReport, Member } from './order.ts';
import type { Recorder } from './recordings.ts';
import { createSwitchboard } from './switchboard.ts';

type TestCodec = 'PCMA' | 'PCMU' | 'G722';
const PAYLOAD_TYPES: Readonly<Record<TestCodec, number>> = { PCMU: 0, PCMA: 8, G722: 9 };
const EVENTS = 101;
const LEVEL_DBM0 = -15;
/** So much of what was heard last is looked at. */
const LOOK_FRAMES = 10;
const MUSIC_HERTZ = 3000;
const FILE_HERTZ = 2800;
/** ITU-T E.180. */
export const RINGBACK_HERTZ = 425;

/** Somebody who says one tone all the time, and by whose ears a test hears. */
export interface Party {
  readonly leg: string;
  readonly hertz: number;
  /** Which tones are in its ears, and how loud: 1 as they were made. */
  readonly hears: () => Readonly<Record<number, number>>;
  readonly keys: () => string;
  readonly press: (keys: readonly Key[]) => void;
  /** Sends keys as tones, in place of its own sound. */
  readonly sing: (keys: string) => void;
  /** Packets that came in, and how many of them were no sound. */
  readonly packets: () => number;
  isQuiet: boolean;
}

export interface Rig {
  readonly party: (options?: { readonly codec?: TestCodec; readonly events?: boolean; readonly up?: boolean; readonly agreed?: boolean }) => Promise<Party>;
  readonly perform: (order: MediaOrder) => Promise<MediaAnswer>;
  readonly arrange: (room: string, members: readonly Member[]) => Promise<MediaAnswer>;
  readonly pass: (ms: number) => Promise<void>;
  readonly reports: readonly MediaReport[];
  /** The tones on each channel of what was recorded last into this file. */
  readonly recorded: (path: string) => readonly (readonly number[])[];
  readonly isBusy: () => boolean;
  readonly music: number;
  readonly file: number;
  readonly tones: () => readonly number[];
}

export const member = ({ leg }: Party, changes: Partial<Member> = {}): Member => ({ leg, to: 'all', hears: true, music: false, ...changes });

const toneAt = (hertz: number): ((frame: Int16Array) => void) => {
  const oscillator = new Oscillator({ hertz, dbm0: LEVEL_DBM0 });
  return (frame) => { for (let i = 0; i < frame.length; i += 1) frame[i] = Math.round(oscillator.next()); };
};

/** How loud each of some tones is in a stretch of sound. */
const loudness = (sound: Int16Array, tones: readonly number[]): Readonly<Record<number, number>> => tonesAmong(sound, tones, LEVEL_DBM0);

export function createRig(): Rig {
  let time = 1000;
  let parties = 0;
  const reports: MediaReport[] = [];
  const steps: (() => void)[] = [];
  const made: number[] = [MUSIC_HERTZ, FILE_HERTZ, RINGBACK_HERTZ];
  const opened: NegotiatedEnd[] = [];
  const recorded = new Map<string, number[][]>();
  const sayMusic = toneAt(MUSIC_HERTZ);

  const board = createSwitchboard({
    now: () => time,
    tell: (report) => { reports.push(report); },
    music: { next: (frame) => { sayMusic(frame); return true; }, seek: () => undefined, positionMs: () => 0, close: () => undefined },
    openEnd: () => Promise.resolve(opened.pop()),
    openSound: (path) => {
      const frames = Number(/\d+/.exec(path)?.[0] ?? Number.NaN) / FRAME_MS;
      if (Number.isNaN(frames)) return Promise.reject(new Error('there is no such file'));
      const say = toneAt(FILE_HERTZ);
      let left = frames;
      return Promise.resolve({
        next: (frame) => {
          frame.fill(0);
          left -= 1;
          if (left < 0) return false;
          say(frame);
          return true;
        },
        seek: (ms) => { left = frames - Math.min(frames, Math.max(0, ms / FRAME_MS)); },
        positionMs: () => (frames - left) * FRAME_MS,
        close: () => undefined,
      });
    },
    openRecorder: (path, channels) => {
      const sound = Array.from({ length: channels }, (): number[] => []);
      recorded.set(path, sound);
      let isPaused = false;
      let ms = 0;
      return Promise.resolve<Recorder>({
        write: (frames) => {
          if (isPaused) return;
          ms += FRAME_MS;
          for (const [channel, frame] of frames.entries()) sound[channel]?.push(...frame);
        },
        pause: () => { isPaused = true; },
        resume: () => { isPaused = false; },
        isBroken: () => path === 'broken',
        close: () => Promise.resolve({ ok: true, ms }),
      });
    },
  });

  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += FRAME_MS) {
      for (const step of steps) step();
      time += FRAME_MS;
      board.tick();
      await Promise.resolve();
    }
  };

  const party: Rig['party'] = async ({ codec: name = 'PCMA', events = true, up = true, agreed: isAgreed = true } = {}) => {
    parties += 1;
    const leg = `leg-${parties}`;
    const hertz = 300 + parties * 200;
    made.push(hertz);
    const codec = codecOf(name);
    const [encoder, decoder] = [codec.createEncoder(), codec.createDecoder()];
    let deliver: (packet: Uint8Array) => void = () => undefined;
    const ears = new Int16Array(FRAME_SAMPLES * LOOK_FRAMES);
    const heard = new Int16Array(FRAME_SAMPLES * 6);
    const frame = new Int16Array(FRAME_SAMPLES);
    const payload = new Uint8Array(FRAME_SAMPLES);
    const say = toneAt(hertz);
    let keys = '';
    let song: SoundSource | undefined;
    let packets = 0;
    const reader = createKeyReader({ clockRate: 8000, onKey: (key) => { keys += key; } });
    const stream = new OutgoingStream({ send: (packet) => { deliver(packet); }, now: () => time, clockRate: 8000 });
    const keySender = createKeySender({ stream, payloadType: EVENTS });
    const isHeardNow = { yes: false };
    opened.push({
      onPacket: (listener) => { deliver = listener; },
      onLost: () => undefined,
      onFound: () => undefined,
      send: (packet) => {
        if (payloadTypeOf(packet) === EVENTS) {
          reader.read(packet, time);
          return;
        }
        packets += 1;
        const from = payloadOffset(packet);
        const count = decoder.decode(packet.slice(from, from + payloadLength(packet)), heard);
        ears.copyWithin(0, count);
        ears.set(heard.subarray(0, count), ears.length - count);
        isHeardNow.yes = true;
      },
      close: () => undefined, strangers: () => 0, quietMs: () => 0,
      offer: () => Promise.resolve(''), answer: () => Promise.resolve({ ok: true, sdp: '' }), accept: () => Promise.resolve({ ok: true }),
      agreed: () => ({
        codec: name, clockRate: 8000, payloadType: PAYLOAD_TYPES[name], wantsSound: true,
        receives: new Map<number, TestCodec | 'telephone-event'>([[PAYLOAD_TYPES[name], name], ...events ? [[EVENTS, 'telephone-event'] as const] : []]),
        ...(events ? { telephoneEvent: EVENTS } : {}),
      }),
    });
    const self: Party = {
      leg, hertz, isQuiet: false,
      hears: () => loudness(ears, made),
      keys: () => keys,
      press: (pressed) => { keySender.press(pressed); },
      sing: (sung) => { song = playDtmf(sung); },
      packets: () => packets,
    };
    steps.push(() => {
      // Nothing sent is nothing heard.
      if (!isHeardNow.yes) {
        ears.copyWithin(0, FRAME_SAMPLES);
        ears.fill(0, ears.length - FRAME_SAMPLES);
      }
      isHeardNow.yes = false;
      say(frame);
      if (song?.next(frame) === false) song = undefined;
      if (keySender.tick() || self.isQuiet) return;
      stream.sendFrame(payload.subarray(0, encoder.encode(frame, payload)), PAYLOAD_TYPES[name], 160);
    });
    await board.perform({ kind: 'open', leg, carrier: 'rtp' });
    if (isAgreed) await board.perform({ kind: 'answer', leg, sdp: '' });
    if (up) await board.perform({ kind: 'up', leg });
    return self;
  };

  return {
    party, pass, reports, perform: board.perform, isBusy: board.isBusy, music: MUSIC_HERTZ, file: FILE_HERTZ, tones: () => made,
    arrange: (room, members) => board.perform({ kind: 'arrange', room, members }),
    recorded: (path) => (recorded.get(path) ?? []).map((channel) => Object.keys(loudness(Int16Array.from(channel), made)).map(Number)),
  };
}
