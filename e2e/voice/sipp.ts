import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket, Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../../scripts/programs.ts';
import { until } from '../../server/testing/until.ts';
import type { Ear } from './ear.ts';
import type { Place } from '../../telephony/sip/transport/channel.ts';

export type Scenario =
  | 'busy' | 'caller' | 'caller-gives-up' | 'caller-twice-bye' | 'phone' | 'phone-rings' | 'phones' | 'register' | 'silent' | 'stranger' | 'vanishes';

export interface SippOptions {
  readonly scenario: Scenario;
  readonly server: Place;
  /** What stands in the scenario for its {words}. */
  readonly words: Readonly<Record<string, string | number>>;
  /** Its sound, which learns from the messages where it is to be sent. */
  readonly ear?: Ear;
  /** Where it speaks from; any free port unless told. */
  readonly place?: Place;
  /** The number that is called. */
  readonly called?: string;
  readonly calls?: number;
  /** Further arguments, such as a rate. */
  readonly more?: readonly string[];
  /** Lines that calls take their [field0] and so on from. */
  readonly lines?: readonly string[];
  readonly deadlineMs?: number;
}

/** Those that are called: they go on until one call has gone as they have it, as they are asked in between whether they are there. */
const CALLED: readonly Scenario[] = ['busy', 'phone', 'phone-rings', 'phones', 'silent', 'vanishes'];

/** SIPp at its work. */
export interface Sipp {
  readonly pid: number;
  readonly place: Place;
  /** Resolves when all of its calls went as the scenario has it; else rejects with what SIPp complains of. */
  readonly done: Promise<void>;
  /** Ends it, if it has not ended; its complaints are nobody's any more. */
  readonly stop: () => Promise<void>;
  /** Takes no more calls, and ends with its last one. */
  readonly finish: () => Promise<void>;
  /** What it counted, once it has ended: how its calls went, and how many of those that came were answered and confirmed. */
  readonly tally: () => Tally;
}

export interface Tally {
  readonly succeeded: number;
  readonly failed: number;
  readonly acknowledged: number;
}

const DEADLINE_MS = 30_000;
/** From the end of its own time to the end of our patience. */
const GRACE_MS = 3000;
/** What it says last is what it has counted. */
const MOST_OUTPUT = 12_000;
const LOCALHOST = '127.0.0.1';
const FIRST_PORT = 10_000;
const PORTS = 10_000;

/** Ends of the loopback that nobody is at: for programs that cannot be asked which port they have got. */
export async function freePlace(address = LOCALHOST): Promise<Place> {
  // Not of those that the system hands out: a connection that somebody else opens would take it in the moment before it is used.
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    if (await isFree('udp', port, address) && await isFree('tcp', port, address)) return { address, port };
  }
}

async function isFree(transport: 'udp' | 'tcp', port: number, address: string): Promise<boolean> {
  const socket = transport === 'udp' ? createSocket('udp4') : createServer();
  try {
    if (socket instanceof Socket) socket.bind(port, address);
    else socket.listen(port, address);
    await once(socket, 'listening');
  } catch {
    return false;
  }
  socket.close();
  await once(socket, 'close');
  return true;
}

/** What SIPp answers a challenge with. */
export const credentials = (user: string, password: string): string => `[authentication username=${user} password=${password}]`;

function fill(scenario: Scenario, words: SippOptions['words']): string {
  const text = readFileSync(fileURLToPath(new URL(`scenarios/${scenario}.xml`, import.meta.url)), 'utf8');
  return text.replaceAll(/\{(\w+)\}/g, (_whole, word: string) => {
    const value = words[word];
    if (value === undefined) throw new Error(`the scenario ${scenario} wants to know {${word}}`);
    return String(value);
  });
}

function read(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    // It is only there when there was something to write.
    return '';
  }
}

/** Where the other side wants to hear, by what it described last. */
function soundOf(messages: string, own: number): number | undefined {
  return messages.matchAll(/^m=audio (\d+) /gm).map(([, port]) => Number(port)).filter((port) => port !== own && port !== 0).toArray().at(-1);
}

const complaints = (folder: string, output: string): string =>
  [read(folder, 'errors'), read(folder, 'messages').slice(-6000), output.slice(-2000)].filter(Boolean).join('\n');

/** Starts SIPp with a scenario of ours. One that is to be called listens when this resolves. */
export async function startSipp({
  scenario, server, words, ear, place: wanted, called = 'nobody', calls = 1, more = [], lines, deadlineMs = DEADLINE_MS,
}: SippOptions): Promise<Sipp> {
  const program = findProgram('sipp');
  if (program === undefined) throw new Error('there is no sipp on the path');
  const place = wanted ?? await freePlace();
  const sound = await freePlace(place.address);
  const folder = mkdtempSync(join(tmpdir(), 'parley-sipp-'));
  writeFileSync(join(folder, 'scenario.xml'), fill(scenario, { ear: ear?.port ?? sound.port, ...words }));
  if (lines !== undefined) writeFileSync(join(folder, 'lines.csv'), `SEQUENTIAL\n${lines.join('\n')}\n`);
  const child: ChildProcess = spawn(program, [
    '-sf', 'scenario.xml', '-s', called, '-i', place.address, '-p', String(place.port), '-mi', place.address, '-mp', String(sound.port),
    ...(CALLED.includes(scenario) ? [] : ['-m', String(calls)]), '-nostdin', '-timeout', String(Math.ceil(deadlineMs / 1000)), '-timeout_error', '-trace_err', '-error_file', 'errors',
    ...(calls === 1 ? ['-trace_msg', '-message_file', 'messages'] : []), ...(lines === undefined ? [] : ['-inf', 'lines.csv']), ...more, `${server.address}:${server.port}`,
  ], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TERM: 'dumb' } });
  let output = '';
  const collect = (data: Buffer): void => { output = (output + data.toString()).slice(-MOST_OUTPUT); };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  let isStopped = false;
  const watching = setInterval(() => {
    const at = ear === undefined ? undefined : soundOf(read(folder, 'messages'), ear.port);
    if (at !== undefined && ear?.packets() === 0) ear.speakTo({ address: server.address, port: at });
    // Who is called would go on waiting for a call that goes better.
    if (calls === 1 && read(folder, 'errors').includes('Aborting call')) child.kill('SIGKILL');
  }, LOOK_MS);
  const ended = once(child, 'close') as Promise<[number | null]>;
  // Its own deadline does not hold where it is stuck.
  const overdue = setTimeout(() => child.kill('SIGKILL'), deadlineMs + GRACE_MS);
  const done = (async () => {
    try {
      const [code] = await ended;
      if (code !== 0 && !isStopped) throw new Error(`SIPp's ${scenario} ended with ${String(code)}:\n${complaints(folder, output)}`);
    } finally {
      clearTimeout(overdue);
      clearInterval(watching);
      rmSync(folder, { recursive: true, force: true });
    }
  })();
  // Whoever awaits it later is told all the same.
  done.catch(() => undefined);
  if (CALLED.includes(scenario)) await Promise.race([isListening(place), done]);
  const counted = (row: RegExp): number => Number(row.exec(output)?.[1] ?? Number.NaN);
  return {
    pid: child.pid ?? 0, place, done,
    tally: () => ({ succeeded: counted(/Successful call +\| +\d+ +\| +(\d+)/), failed: counted(/Failed call +\| +\d+ +\| +(\d+)/), acknowledged: counted(/-> ACK +(\d+)/) }),
    finish: async () => {
      isStopped = true;
      child.kill('SIGUSR1');
      await done;
    },
    stop: async () => {
      isStopped = true;
      child.kill('SIGKILL');
      await done.catch(() => undefined);
    },
  };
}

const LISTENING_MS = 5000;
const LOOK_MS = 20;
const SOCKETS = '/proc/net/udp';

/** Looked up, as trying whether the port is taken could take it away. */
function isListening({ port }: Place): Promise<void> {
  const own = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  return until(() => readFileSync(SOCKETS, 'utf8').includes(own), `SIPp listens at port ${port}`, LISTENING_MS);
}
