import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createNg } from '../ng.ts';

/** rtpengine itself, in userspace and with nothing of the machine's own settings. */
export interface Daemon {
  readonly host: string;
  readonly port: number;
  /** Where it tells of keys. */
  readonly keysTo: { readonly address: string; readonly port: number };
  readonly interfaces: { readonly far: string; readonly inside: string };
  readonly pid: number;
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

export interface DaemonOptions {
  /** Where it listens for requests; a free port if nothing is said. */
  readonly port?: number;
  readonly keysTo?: Daemon['keysTo'];
  /** False: it is not told to tell of keys. */
  readonly tellsKeys?: boolean;
  /** How many ports it has for sound. */
  readonly ports?: number;
}

const FAR = '127.0.0.1';
/** Another address, so that what goes to the wrong side is seen. */
export const INSIDE_ADDRESS = '127.0.0.2';
const READY_MS = 10_000;
/** Daemons of tests that run at once must not take each other's ports. */
let first = 30_000 + (process.pid % 6) * 2_000;

function isThere(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** For the `skip` of a test: why it cannot run. Where everything has to be tested, a skip is a failure. */
export function withoutRtpengine(path = process.env['PATH'] ?? ''): string | false {
  const isInstalled = path.split(delimiter).some((folder) => isThere(join(folder, 'rtpengine')));
  return isInstalled ? false : 'there is no rtpengine on the path (Debian: apt-get install rtpengine-daemon)';
}

/** A port of the loopback that nobody is at. */
export async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, FAR);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

export async function startDaemon({ port: wanted, keysTo: told, tellsKeys = true, ports = 400 }: DaemonOptions = {}): Promise<Daemon> {
  const port = wanted ?? await freePort();
  const keysTo = told ?? { address: FAR, port: await freePort() };
  const from = first;
  first += ports;
  const child = spawn('rtpengine', [
    '--config-file=none', '--foreground', '--log-stderr', '--log-level=3', '--table=-1', '--num-threads=2', '--timeout=60',
    `--interface=far/${FAR}`, `--interface=inside/${INSIDE_ADDRESS}`, `--listen-ng=${FAR}:${port}`, `--port-min=${from}`, `--port-max=${from + ports - 1}`,
    ...(tellsKeys ? [`--dtmf-log-dest=${keysTo.address}:${keysTo.port}`] : []),
  ], { stdio: ['ignore', 'ignore', process.env['PARLEY_TEST_LOG'] === undefined ? 'ignore' : 'inherit'] });
  const ended = once(child, 'exit');
  const ng = createNg({ host: FAR, port, deadlineMs: 200, resendMs: 50 });
  const deadline = Date.now() + READY_MS;
  while (child.exitCode === null && !(await ng.request('ping')).ok && Date.now() < deadline) await pause(20);
  const isReady = (await ng.request('ping')).ok;
  ng.close();
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  if (!isReady) {
    await stop();
    throw new Error('rtpengine does not start');
  }
  return { host: FAR, port, keysTo, interfaces: { far: 'far', inside: 'inside' }, pid: child.pid ?? 0, stop };
}
