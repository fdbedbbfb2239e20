import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/**
 * The agent gateway while figures of another tenant are settled and exported in the same process, as fast as it goes, against the same load
 * without them, in turns: what agents notice of it.
 *
 * `node bench/gateway-busy.ts [agents] [contacts a second] [seconds] [rounds]`
 */
const [agents = 1000, perSecond = 50, seconds = 40, rounds = 1] = process.argv.slice(2).map(Number);

async function run(busy: boolean): Promise<string> {
  const args = [agents, perSecond, seconds, 0, busy ? 1 : 0].map(String);
  const child = spawn(process.execPath, [fileURLToPath(new URL('gateway-load.ts', import.meta.url)), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close') as Promise<[number | null]>]);
  if (code !== 0) throw new Error(`gateway-load.ts ended with ${String(code)}`);
  return output.trim();
}

const p99Of = (output: string, line: string): number => Number(new RegExp(`^${line}.*p99 ([\\d.]+) ms`, 'm').exec(output)?.[1]);

for (let round = 0; round < rounds; round += 1) {
  const alone = await run(false);
  const busy = await run(true);
  console.log(`alone:\n${alone}\n\nwhile figures are settled and exported:\n${busy}\n`);
  for (const line of ['assignment decided', 'assignment done', 'event delivery']) {
    const [before, meanwhile] = [p99Of(alone, line), p99Of(busy, line)];
    console.log(`${line}, p99: ${before} ms alone, ${meanwhile} ms meanwhile: ratio ${(meanwhile / before).toFixed(2)}`);
  }
}
