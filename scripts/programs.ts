import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Programs that others wrote and that tests and benchmarks are made with, as a thing that only talks to itself proves little.
 * Where `npm test` runs as root on Debian it installs what is missing; elsewhere it says what is skipped without it.
 */
interface Program {
  /** Any of these on the path will do. */
  readonly commands: readonly string[];
  /** Debian's name of the package. */
  readonly package: string;
  readonly without: string;
}

const PROGRAMS = {
  sipp: { commands: ['sipp'], package: 'sip-tester', without: 'calls with SIPp as caller, carrier and phone' },
  baresip: { commands: ['baresip'], package: 'baresip-core', without: 'calls with baresip as a phone' },
  chromium: { commands: ['chromium', 'chromium-browser', 'google-chrome'], package: 'chromium', without: 'calls of a browser' },
  rtpengine: { commands: ['rtpengine'], package: 'rtpengine-daemon', without: 'sound by rtpengine' },
  espeak: { commands: ['espeak-ng'], package: 'espeak-ng', without: 'texts that are spoken' },
} as const satisfies Record<string, Program>;

export type ProgramName = keyof typeof PROGRAMS;

const LISTS_MS = 60_000;
/** The largest of them is a browser of a hundred megabytes. */
const DOWNLOAD_MS = 240_000;
const INSTALL_MS = 180_000;
/** A machine that reaches nothing is to find out soon. */
const APT = ['-qq', '-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::Retries=1', '-o', 'DPkg::Lock::Timeout=60'];

function isThere(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where a command is on the path; undefined if it is not. */
const findCommand = (command: string): string | undefined =>
  (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, command)).find(isThere);

export function findProgram(name: ProgramName): string | undefined {
  const commands: readonly string[] = PROGRAMS[name].commands;
  return commands.map(findCommand).find((file) => file !== undefined);
}

/** For the `skip` of a test: why it cannot run. Where everything has to be tested, the reporter takes a skip for a failure. */
export function withoutPrograms(...names: readonly ProgramName[]): string | false {
  const missing = names.filter((name) => findProgram(name) === undefined);
  return missing.length === 0 ? false : missing.map((name) => `there is no ${PROGRAMS[name].commands[0]} on the path (Debian: apt-get install ${PROGRAMS[name].package})`).join('; ');
}

/** Chromium of Ubuntu, for one, is a package that installs another kind of package, so it is Debian or nothing. */
function isDebian(): boolean {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8')) && findCommand('apt-get') !== undefined;
  } catch {
    return false;
  }
}

function apt(args: readonly string[], timeout: number): boolean {
  const { status } = spawnSync('apt-get', [...APT, ...args], { stdio: 'ignore', timeout, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return status === 0;
}

/** One by one, so that one which cannot be had does not keep the others away. */
function install(name: ProgramName): boolean {
  const wanted = ['install', '-y', '--no-install-recommends'];
  const { package: from } = PROGRAMS[name];
  // What takes its time is done apart, as whoever is stopped in the middle of installing leaves a mess.
  return apt([...wanted, '--download-only', from], DOWNLOAD_MS) && apt([...wanted, from], INSTALL_MS);
}

/** Installs what is missing where that can be done, and says what is not there. */
export function preparePrograms(say: (line: string) => void = console.log): void {
  const missing = (): ProgramName[] => (Object.keys(PROGRAMS) as ProgramName[]).filter((name) => findProgram(name) === undefined);
  const wanted = missing();
  if (wanted.length === 0) return;
  if (process.getuid?.() === 0 && isDebian()) {
    say(`Installing ${wanted.map((name) => PROGRAMS[name].package).join(', ')} for the tests (this happens once) ...`);
    apt(['update'], LISTS_MS);
    for (const name of wanted) if (!install(name)) say(`${PROGRAMS[name].package} cannot be installed.`);
  }
  for (const name of missing()) say(`There is no ${PROGRAMS[name].commands[0]} (Debian: apt-get install ${PROGRAMS[name].package}): not tested are ${PROGRAMS[name].without}.`);
}
