import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encodeAlaw } from '../../../telephony/audio/g711.ts';
import { buildWavHeader, stampWavHeader } from '../../../telephony/audio/wav-header.ts';
import { createRecordingFolder, type RecordingFolder } from '../../adapters/recordings/folder.ts';
import { readPath } from '@parley/core/recording/path.ts';
import type { Order } from '@parley/core/voice/order.ts';
import type { VoicePort } from '../../engine/voice.ts';

export const AGENT_HERTZ = 440;
export const CUSTOMER_HERTZ = 1000;
const RATE = 8000;

/** Both sides say a tone of their own, for so long. */
export function twoTones(ms: number): Uint8Array {
  const frames = (RATE * ms) / 1000;
  const tone = (hertz: number): Uint8Array => encodeAlaw(Int16Array.from({ length: frames }, (_, at) => 8000 * Math.sin((2 * Math.PI * hertz * at) / RATE)));
  const [left, right] = [tone(AGENT_HERTZ), tone(CUSTOMER_HERTZ)];
  const samples = new Uint8Array(2 * frames);
  for (let at = 0; at < frames; at += 1) samples.set([left[at] ?? 0, right[at] ?? 0], 2 * at);
  return samples;
}

function wav(samples: Uint8Array): Uint8Array {
  const header = buildWavHeader({ encoding: 'alaw', sampleRate: RATE, channelCount: 2 });
  stampWavHeader(header, samples.length);
  return Buffer.concat([header, samples]);
}

/** What a file of pictures holds; nobody looks into it. */
export const VIDEO = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 31) >> 3);

type RecordOrder = Extract<Order, { kind: 'record' }>;

/** A voice port that writes what the simulator records: real files, in a folder of recordings. */
export interface Recorder {
  readonly folder: RecordingFolder;
  readonly port: <Port extends VoicePort>(voice: Port) => Port;
  /** From now on every disk is full. */
  readonly fill: (isFull: boolean) => void;
  /** Orders of recordings and plays that came. */
  readonly orders: readonly Order[];
  readonly close: () => void;
}

/** So long every recording is. */
export const RECORDED_MS = 400;

export function createRecorder(): Recorder {
  const root = mkdtempSync(join(tmpdir(), 'parley-recordings-'));
  const folder = createRecordingFolder(root);
  const orders: Order[] = [];
  let isFull = false;

  // At once, as what is ordered of a recording afterwards must come behind its beginning.
  const write = ({ file, append, pictures = false }: RecordOrder): void => {
    const path = join(root, readPath(file)?.file ?? 'unnamed.wav');
    mkdirSync(dirname(path), { recursive: true });
    if (pictures) {
      writeFileSync(path, VIDEO);
      return;
    }
    const there = append === true && existsSync(path) ? readFileSync(path) : undefined;
    const samples = twoTones(RECORDED_MS);
    writeFileSync(path, wav(there === undefined ? samples : Buffer.concat([there.subarray(58), samples])));
  };

  return {
    folder, orders,
    fill: (full) => { isFull = full; },
    port: (voice) => ({
      ...voice,
      perform: (order) => {
        if (/play|record/i.test(order.kind)) orders.push(order);
        if (order.kind === 'record') {
          if (isFull) return Promise.resolve({ ok: false, why: 'failed', message: 'the disk is full' });
          write(order);
        }
        return voice.perform(order);
      },
    }),
    close: () => { rmSync(root, { recursive: true, force: true }); },
  };
}
