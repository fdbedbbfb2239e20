import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createNg, type Ng } from '../telephony/rtpengine/ng.ts';
import { textOf } from '../telephony/rtpengine/bencode.ts';
import type { RelaySubject } from './relay-run.ts';

const HOST = '127.0.0.1';
/** One of our own, so that no other daemon answers in place of the one that is measured. */
const PORT = 22_000 + (process.pid % 1_000);
const PORTS = { from: 25_000, to: 29_999 };
const READY_MS = 5_000;

export const isRtpengineInstalled = (): boolean => spawnSync('rtpengine', ['--version'], { stdio: 'ignore' }).status === 0;

const describe = (port: number): string => ['v=0', `o=- 1 1 IN IP4 ${HOST}`, 's=-', `c=IN IP4 ${HOST}`, 't=0 0', `m=audio ${port} RTP/AVP 8`, 'a=rtpmap:8 PCMA/8000', ''].join('\r\n');

async function ask(ng: Ng, command: string, fields: Parameters<Ng['request']>[1]): Promise<number> {
  const answer = await ng.request(command, fields);
  if (!answer.ok) throw new Error(`rtpengine, ${command}: ${answer.message}`);
  return Number(/^m=audio (\d+)/m.exec(textOf(answer.fields, 'sdp') ?? '')?.[1]);
}

async function untilReady(ng: Ng): Promise<void> {
  for (const started = performance.now(); performance.now() - started < READY_MS; await pause(50)) if ((await ng.request('ping')).ok) return;
  throw new Error('rtpengine does not answer');
}

/** Debian's rtpengine in userspace, with one thread as well, told by offer and answer where the load is. */
export async function startRtpengine(ports: readonly number[]): Promise<RelaySubject> {
  const daemon = spawn('rtpengine', [
    '--config-file=none', '--foreground', '--log-stderr', '--log-level=2', '--table=-1', '--num-threads=1', `--interface=${HOST}`, `--listen-ng=${HOST}:${PORT}`,
    `--port-min=${PORTS.from}`, `--port-max=${PORTS.to}`,
  ], { stdio: ['ignore', 'ignore', 'inherit'] });
  const gone = once(daemon, 'exit');
  const kill = (): void => { daemon.kill('SIGTERM'); };
  process.once('exit', kill);
  const ng = createNg({ host: HOST, port: PORT });
  const end = async (): Promise<void> => {
    ng.close();
    kill();
    await gone;
    process.off('exit', kill);
  };
  try {
    await untilReady(ng);
    if (daemon.exitCode !== null) throw new Error('another rtpengine answers at its place');
    const targets: number[] = [];
    for (let first = 0; first < ports.length; first += 2) {
      const names = { 'call-id': `call-${first}`, 'from-tag': `from-${first}` };
      const other = await ask(ng, 'offer', { ...names, sdp: describe(ports[first] ?? 0) });
      const own = await ask(ng, 'answer', { ...names, 'to-tag': `to-${first}`, sdp: describe(ports[first + 1] ?? 0) });
      targets.push(own, other);
    }
    return { pid: daemon.pid ?? 0, targets, end };
  } catch (error) {
    await end();
    throw error;
  }
}
