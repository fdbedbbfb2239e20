import { makeDataFolder, readDemo, startParley } from '../e2e/parley-process.ts';
import { benchCreateAgents } from './create-agents.ts';
import { benchIdleMemory } from './idle-memory.ts';
import { benchQuerySkills } from './query-skills.ts';
import { benchSignature } from './signature.ts';

/**
 * `npm run bench [name ...]`: starts Parley as its users do, on a durable database of its own, and prints each figure beside
 * its baseline from the same run. Absolute times of a shared machine mean little; ratios mean something.
 */
const benches = { 'idle-memory': benchIdleMemory, 'query-skills': benchQuerySkills, 'create-agents': benchCreateAgents, signature: benchSignature };

const wanted = process.argv.slice(2);
const folder = makeDataFolder();
try {
  const parley = await startParley(folder.path, { PARLEY_LOG_LEVEL: 'warn' });
  try {
    for (const [name, bench] of Object.entries(benches)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      console.log(`\n## ${name}`);
      for (const line of await bench({ url: parley.url, pid: parley.child.pid ?? 0, demo: readDemo(folder.path) })) console.log(line);
    }
  } finally {
    await parley.end('SIGTERM');
  }
} finally {
  folder.remove();
}
