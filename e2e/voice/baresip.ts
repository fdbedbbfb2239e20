import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../../scripts/programs.ts';
import { until } from '../../server/testing/until.ts';
import { buildWavHeader, stampWavHeader } from '../../telephony/audio/wav-header.ts';
import type { Place } from '../../telephony/sip/transport/channel.ts';
import { tonesIn, toneOf } from '../../telephony/testing/phones.ts';
import type { Account } from './desk.ts';
import { freePlace } from './sipp.ts';

/** A telephone that others wrote: it registers, answers by itself or when it is told to, says a tone and writes down what it hears. */
export interface Baresip {
  readonly number: string;
  readonly hertz: number;
  /** How loud each of some tones was lately, 1 as phones say theirs. */
  readonly hears: (tones: readonly number[]) => Readonly<Record<number, number>>;
  /** What it has told of the kind, such as CALL_ESTABLISHED, so far. */
  readonly events: () => readonly string[];
  readonly answer: () => Promise<void>;
  readonly hangUp: () => Promise<void>;
  readonly call: (number: string) => Promise<void>;
  /** What it has printed lately. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

export interface BaresipOptions {
  readonly server: Place;
  readonly account: Pick<Account, 'number' | 'sipPassword'>;
  readonly hertz: number;
  readonly answers?: 'auto' | 'manual';
  readonly codec?: keyof typeof CODECS;
  /** Whether it is to be registered when this resolves. */
  readonly isKnown?: boolean;
}

/** As baresip calls them, and how it hears and says them. */
const CODECS = {
  pcma: { name: 'PCMA/8000/1', rate: 8000, channels: 1 }, pcmu: { name: 'PCMU/8000/1', rate: 8000, channels: 1 },
  g722: { name: 'G722/16000/1', rate: 16_000, channels: 1 }, opus: { name: 'opus/48000/2', rate: 48_000, channels: 2 },
} as const;
/** Of what is looked at for tones. */
const RATE = 8000;
/** It ends by itself where the test that has started it cannot end it any more. */
const MOST_SECONDS = 180;
/** The longest test is shorter. */
const TONE_SECONDS = 90;
const START_MS = 10_000;
const LOOK_SAMPLES = RATE / 5;
const HEADER_BYTES = 44;
const MODULES = ['g711', 'g722', 'opus', 'aufile', 'aubridge', 'sndfile', 'account', 'menu', 'ctrl_tcp'];
const FOLDERS = ['/usr/lib/baresip/modules', '/usr/local/lib/baresip/modules', '/opt/homebrew/lib/baresip/modules'];

interface Said {
  readonly event?: boolean;
  readonly type?: string;
}

/** Strings with their lengths before them (netstrings), in JSON. */
function readFrames(buffer: Buffer, take: (said: Said) => void): Buffer {
  let rest = buffer;
  for (let colon = rest.indexOf(':'); colon > 0; colon = rest.indexOf(':')) {
    const length = Number(rest.subarray(0, colon).toString());
    if (rest.length < colon + length + 2) break;
    take(JSON.parse(rest.subarray(colon + 1, colon + 1 + length).toString()) as Said);
    rest = rest.subarray(colon + length + 2);
  }
  return rest;
}

function writeConfiguration(folder: string, place: Place, control: Place, { server, account, hertz, answers = 'auto', codec = 'pcma' }: BaresipOptions): void {
  const { name: codecName, rate, channels } = CODECS[codec];
  const tone = new Int16Array(rate * TONE_SECONDS);
  toneOf((hertz * RATE) / rate)(tone);
  const samples = channels === 1 ? tone : Int16Array.from({ length: tone.length * channels }, (_, index) => tone[Math.floor(index / channels)] ?? 0);
  const header = buildWavHeader({ encoding: 'pcm16', sampleRate: rate, channelCount: channels });
  stampWavHeader(header, samples.byteLength);
  writeFileSync(join(folder, 'tone.wav'), Buffer.concat([header, new Uint8Array(samples.buffer)]));
  const modules = FOLDERS.find((path) => globSync(join(path, 'menu.so')).length > 0) ?? FOLDERS[0];
  writeFileSync(join(folder, 'config'), [
    `sip_listen ${place.address}:${place.port}`, `net_interface ${place.address}`, `audio_source aufile,${join(folder, 'tone.wav')}`, 'audio_player aubridge,ear', 'audio_alert aubridge,bell',
    'audio_channels 1-2', 'ausrc_format s16', 'auplay_format s16', 'auenc_format s16', 'audec_format s16',
    // The jitter buffer of its version 1.0 lets nothing through when a source of lower numbers takes the place of another (baresip/baresip#817).
    'jitter_buffer_delay 0-0', `snd_path ${folder}`, `ctrl_tcp_listen ${control.address}:${control.port}`,
    `module_path ${modules}`, ...MODULES.map((name) => `module ${name}.so`), '',
  ].join('\n'));
  writeFileSync(join(folder, 'accounts'),
    `<sip:${account.number}@parley>;auth_user=${account.number};auth_pass=${account.sipPassword};outbound="sip:${server.address}:${server.port};transport=udp"`
    + `;regint=600;answermode=${answers};audio_codecs=${codecName};ptime=20\n`);
}

export async function startBaresip(options: BaresipOptions): Promise<Baresip> {
  const { account: { number }, hertz, isKnown = true, codec = 'pcma' } = options;
  const { rate, channels } = CODECS[codec];
  /** From one sample that is looked at to the next. */
  const stride = (rate / RATE) * channels;
  const program = findProgram('baresip');
  if (program === undefined) throw new Error('there is no baresip on the path');
  const folder = mkdtempSync(join(tmpdir(), 'parley-baresip-'));
  const [place, control] = [await freePlace(), await freePlace()];
  writeConfiguration(folder, place, control, options);
  const child = spawn(program, ['-f', folder, '-4', '-t', String(MOST_SECONDS), ...(process.env['PARLEY_TEST_LOG'] === undefined ? [] : ['-s'])], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: folder } });
  let output = '';
  const collect = (data: Buffer): void => { output = (output + data.toString()).slice(-8000); };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const closed = once(child, 'close');
  const events: string[] = [];
  let socket: Socket | undefined;
  const fail = (what: string): Error => new Error(`baresip ${number}: ${what}\n${events.join(', ')}\n${output}`);

  const stop = async (): Promise<void> => {
    socket?.destroy();
    child.kill('SIGKILL');
    await closed;
    rmSync(folder, { recursive: true, force: true });
  };
  const order = (command: string, params = ''): Promise<void> => {
    const text = JSON.stringify({ command, params });
    return new Promise((resolve, reject) => {
      if (socket === undefined) reject(fail('it cannot be told anything'));
      else socket.write(`${Buffer.byteLength(text)}:${text},`, (error) => { if (error == null) resolve(); else reject(error); });
    });
  };

  try {
    await until(async () => {
      if (child.exitCode !== null) throw fail('it has ended');
      const trying = connect(control.port, control.address);
      await new Promise<void>((resolve) => { trying.on('error', () => undefined).once('connect', resolve).once('close', () => { resolve(); }); });
      if (trying.readyState === 'open') socket = trying;
      return socket !== undefined;
    }, `baresip can be told things:\n${output}`, START_MS, 50);
    let rest: Buffer = Buffer.alloc(0);
    socket?.on('data', (data: Buffer) => {
      rest = readFrames(Buffer.concat([rest, data]), ({ event, type = '' }) => { if (event === true) events.push(type); });
    });
    if (isKnown) await until(() => events.includes('REGISTER_OK') || output.includes('200 OK'), `baresip ${number} has registered`, START_MS).catch(() => { throw fail('it has not registered'); });
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    number, hertz, stop, output: () => output,
    events: () => [...events],
    answer: () => order('accept'),
    hangUp: () => order('hangup'),
    call: (to) => order('dial', to),
    hears: (tones) => {
      // The newest call's, while it is being written: the lengths in its header are not there yet.
      const [file] = globSync(join(folder, 'dump-*-dec.wav')).toSorted().toReversed();
      const bytes = file === undefined ? undefined : readFileSync(file);
      const count = bytes === undefined ? 0 : Math.floor((bytes.length - HEADER_BYTES) / 2 / stride);
      if (bytes === undefined || count < LOOK_SAMPLES) return {};
      const samples = Int16Array.from({ length: LOOK_SAMPLES }, (_, index) => bytes.readInt16LE(HEADER_BYTES + 2 * stride * (count - LOOK_SAMPLES + index)));
      return tonesIn(samples, tones);
    },
  };
}
