import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { makeDataFolder, readDemo, startParley } from '../e2e/parley-process.ts';
import { benchConsoleLoad } from './console-load.ts';
import { benchCreateAgents } from './create-agents.ts';
import { benchIdleMemory } from './idle-memory.ts';
import { benchIdleTenants } from './idle-tenants.ts';
import { benchQuerySkills } from './query-skills.ts';
import { benchSignature } from './signature.ts';
import { benchStates } from './states.ts';
import type { Subject } from './subject.ts';

/**
 * `npm run bench [name ...]`: starts Parley as its users do, on a durable database of its own, and prints each figure beside
 * its baseline from the same run. Absolute times of a shared machine mean little; ratios mean something.
 */
const onParley = {
  'idle-memory': benchIdleMemory, 'query-skills': benchQuerySkills, 'create-agents': benchCreateAgents, signature: benchSignature, states: benchStates, 'console-load': benchConsoleLoad,
};

/** Those that run by themselves, as programs of this folder with their arguments. */
const alone: Readonly<Record<string, readonly string[]>> = {
  'core-calls': ['--expose-gc', 'core-calls.ts'],
  gateway: ['gateway-load.ts', '1000', '50', '60'],
  'gateway-5000': ['gateway-load.ts', '5000', '50', '60'],
  'gateway-busy': ['gateway-busy.ts'],
  'live-views': ['live-views.ts', '1000', '100', '50', '60'],
  records: ['records.ts'],
  settlement: ['settlement.ts'],
  relay: ['relay.ts'],
  mixing: ['mixing.ts'],
  'gateway-slow-disk': ['gateway-load.ts', '1000', '50', '60', '50'],
  'console-board': ['console-board.ts'],
  'voice-calls': ['voice-calls.ts'],
  'voice-calls-polled': ['voice-calls.ts', 'polled'],
};

const names = process.argv.slice(2);
const isWanted = (name: string): boolean => names.length === 0 || names.includes(name);
const show = (name: string, lines: readonly string[]): void => { console.log(`\n## ${name}\n${lines.join('\n')}`); };

async function runAlone([first = '', ...rest]: readonly string[]): Promise<string> {
  const [options, script, args] = first.startsWith('--') ? [[first], rest[0] ?? '', rest.slice(1)] : [[], first, rest];
  const child = spawn(process.execPath, [...options, fileURLToPath(new URL(script, import.meta.url)), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close') as Promise<[number | null]>]);
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}`);
  return output.trim();
}

async function runOnParley(): Promise<void> {
  const wanted = Object.entries<(subject: Subject) => Promise<string[]>>(onParley).filter(([name]) => isWanted(name));
  if (wanted.length === 0) return;
  const folder = makeDataFolder();
  try {
    const parley = await startParley(folder.path, { PARLEY_LOG_LEVEL: 'warn' });
    try {
      for (const [name, bench] of wanted) show(name, await bench({ url: parley.url, pid: parley.child.pid ?? 0, demo: readDemo(folder.path) }));
    } finally {
      await parley.end('SIGTERM');
    }
  } finally {
    folder.remove();
  }
}

const known = [...Object.keys(onParley), ...Object.keys(alone), 'idle-tenants'];
const unknown = names.find((name) => !known.includes(name));
if (unknown !== undefined) throw new Error(`there is no benchmark ${unknown}; there are ${known.join(', ')}`);
await runOnParley();
for (const [name, command] of Object.entries(alone)) if (isWanted(name)) show(name, [await runAlone(command)]);
if (isWanted('idle-tenants')) show('idle-tenants', await benchIdleTenants());
