import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { program } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { promisedSettings, settingArguments } from './cluster.ts';
import { clearEndpoint, connectionUrl, serverSettings } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { errorMessage } from './failure.ts';
import type { Log } from './log.ts';
import { endPostmaster, followOutput, sendSignal, spawnServer } from './postmaster.ts';
import { asUser, serverEnvironment } from './program.ts';
import type { Identity } from './run-as.ts';

export interface ServerOptions {
  readonly binaries: Binaries;
  readonly identity: Identity | undefined;
  readonly cluster: string;
  readonly endpoint: Endpoint;
  readonly password: string;
  readonly durable: boolean;
  readonly log: Log;
}

/** One life of a postmaster that accepts connections. */
export interface Server {
  readonly pid: number;
  readonly url: string;
  /** Resolves, with the reason in words, when it has ended in whatever way. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** The server ended, or said nothing for too long, before it was ready. */
export class NotReady extends Error {
  readonly output: string;

  constructor(message: string, output: string) {
    super(message);
    this.name = 'NotReady';
    this.output = output;
  }
}

// Recovery after a crash may take minutes, but PostgreSQL tells of its progress every ten seconds.
const longestSilence = 90_000;

// Backends notice the death of their postmaster at their next wait; until then a new one must not start.
const memoryDeadline = 30_000;

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 20_000, query_timeout: 20_000 });
  // A lost connection is also told to the query that waits on it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ensureDatabase({ endpoint, password }: ServerOptions): Promise<string> {
  await withClient(connectionUrl(endpoint, password, 'postgres'), async (client) => {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'parley'");
    if (rowCount === 0) {
      await client.query('CREATE DATABASE parley');
    }
  });
  const url = connectionUrl(endpoint, password, 'parley');
  await withClient(url, (client) => client.query('SELECT'));
  return url;
}

function describeEnd(code: number | null, signal: string | null): string {
  return signal === null ? `PostgreSQL ended with code ${code}` : `PostgreSQL was ended by ${signal}`;
}

interface Launched {
  /** From here on what it says about its shutdown was asked for. */
  readonly hush: () => void;
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<string>;
}

/** Resolves when the postmaster says that it accepts connections. */
function launch(options: ServerOptions): Promise<Launched> {
  const { promise, resolve, reject } = Promise.withResolvers<Launched>();
  clearEndpoint(options.endpoint);
  const settings = { ...promisedSettings(options.durable), ...serverSettings(options.endpoint) };
  const child = spawnServer({
    file: program(options.binaries, 'postgres'),
    args: ['-D', options.cluster, ...settingArguments(settings)],
    cwd: options.cluster,
    env: serverEnvironment(),
    user: asUser(options.identity),
  });
  const ended = new Promise<string>((tell) => {
    child.once('error', (error) => tell(errorMessage(error)));
    child.once('exit', (code, signal) => tell(describeEnd(code, signal)));
  });
  const giveUp = (): void => {
    child.kill('SIGKILL');
    reject(new NotReady(`PostgreSQL said nothing for ${longestSilence / 1000} s`, output()));
  };
  let silence = setTimeout(giveUp, longestSilence);
  let ready = false;
  let hushed = false;
  const hush = (): void => {
    hushed = true;
  };
  const output = followOutput(child, (line) => {
    if (!ready) {
      clearTimeout(silence);
      silence = setTimeout(giveUp, longestSilence);
    }
    if (line.includes('database system is ready to accept connections')) {
      ready = true;
      clearTimeout(silence);
      resolve({ child, pid: child.pid ?? 0, ended, hush });
    } else if (line.startsWith('LOG:') ? ready && !hushed : line !== '') {
      options.log(`PostgreSQL: ${line}`);
    }
  });
  child.once('error', (error) => {
    clearTimeout(silence);
    reject(new NotReady(errorMessage(error), errorMessage(error)));
  });
  // Not at `exit`: the last lines, which tell the reason, may still be in the pipe. But leftover backends may hold it
  // open, so it is not waited for long.
  child.once('exit', (code, signal) => {
    clearTimeout(silence);
    const tell = (): void => reject(new NotReady(describeEnd(code, signal), output()));
    const timer = setTimeout(tell, 500);
    child.once('close', () => {
      clearTimeout(timer);
      tell();
    });
  });
  return promise;
}

/** Starts a postmaster and waits until it accepts a connection with the password. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { child, pid, ended, hush } = await launchWhenFree(options);
  // If Parley ends by an uncaught error, its database shall not stay behind; after kill -9 the next start sees to it.
  const onParleyExit = (): void => sendSignal(options.binaries, pid, 'SIGINT');
  process.once('exit', onParleyExit);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  child.once('exit', () => process.removeListener('exit', onParleyExit));
  const stop = async (): Promise<void> => {
    hush();
    if (!(await endPostmaster(options.binaries, pid, hasEnded))) {
      options.log('PostgreSQL does not end; the next start will see to it', { pid });
    }
  };
  try {
    return { pid, url: await ensureDatabase(options), ended, stop };
  } catch (error) {
    await stop();
    throw new NotReady(errorMessage(error), errorMessage(error));
  }
}

async function launchWhenFree(options: ServerOptions): Promise<Launched> {
  const end = performance.now() + memoryDeadline;
  for (;;) {
    try {
      return await launch(options);
    } catch (error) {
      const occupied = error instanceof NotReady && /shared memory block .*still in use/.test(error.output);
      if (!occupied || performance.now() > end) {
        throw error;
      }
      await delay(100);
    }
  }
}
