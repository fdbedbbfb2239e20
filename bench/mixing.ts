import { inChild, measure } from './relay-run.ts';
import { median } from './subject.ts';

/**
 * Three who talk with one another, all of them at once, by G.711: conferences a core, by the CPU time of the whole process, the sockets
 * included. Usage: `mixing.ts [seconds] [rounds] [conferences]`.
 */
const [seconds = 8, rounds = 3, conferences = 50] = process.argv.slice(2).map(Number);
const PARTIES = 3;

const costs: number[] = [];
const shares: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const { cpuMs, sent, receivedInTime } = await measure(inChild('media-subject.ts', String(PARTIES)), conferences * PARTIES, seconds * 1000);
  costs.push(cpuMs / conferences);
  // Each hears as much as it says: where less comes back, the thread has left out ticks.
  shares.push(receivedInTime / sent);
}
console.log(`${conferences} conferences of ${PARTIES}, ${rounds} rounds of ${seconds} s, one thread for sound`);
console.log(`  ${median(costs).toFixed(2)} ms of CPU a conference and second, ${Math.round(1000 / median(costs))} conferences a core; ${(median(shares) * 100).toFixed(1)} % of the frames came back`);
