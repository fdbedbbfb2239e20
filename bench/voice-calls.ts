import { setTimeout as pause } from 'node:timers/promises';
import { CARRIER } from '../e2e/voice/centre.ts';
import { openParleyCentre } from '../e2e/voice/parley-centre.ts';
import { credentials, freePlace, startSipp, type Sipp } from '../e2e/voice/sipp.ts';
import { preparePrograms } from '../scripts/programs.ts';
import { cpuSeconds, cpuSecondsWithEnded } from './cpu.ts';
import { openDesks } from './desks.ts';
import { descendantsOf } from './processes.ts';

/**
 * Calls through a queue to agents: SIPp as the callers, by a trunk, and as the phones, which answer at once; real SIP, no RTP; every
 * step journaled in a managed, durable database, every event kept for the agents' desktops.
 *
 * `node bench/voice-calls.ts [polled] [calls a second ...]`; `polled`: the desktops fetch their events too.
 */
const AGENTS = 400;
const TALK_MS = 3000;
/** Nobody is turned away: whoever waits too long hangs up, and is counted as not answered. */
const MOST_WAITING = 10_000;
const SECONDS = 20;
/** Until what is carried out for each call is compiled, as it is in a Parley that has run for a minute. */
const WARM_SECONDS = 20;
const WARM_RATE = 80;
/** How long everybody waits for the first call. */
const IDLE_SECONDS = 10;
const REGISTRATIONS_A_SECOND = 100;
const LOOK_MS = 100;
/** How long after its last call a run may take. */
const TAIL_SECONDS = 15;

const given = process.argv.slice(2);
const isPolled = given.includes('polled');
const rates = given.filter((name) => name !== 'polled').map(Number);

interface Run {
  readonly calls: number;
  readonly failed: number;
  readonly parleyMs: number;
  readonly databaseMs: number;
  readonly sippMs: number;
}

preparePrograms(console.error);
const centre = await openParleyCentre({ PARLEY_RTP_PORTS: '12000-31999', PARLEY_POLL_WAIT: '9400' });
const parley = centre.parley.child.pid ?? 0;
/** Its processes come and go. */
const databaseSeconds = (): number => descendantsOf(parley).reduce((sum, pid) => sum + cpuSecondsWithEnded(pid), 0);

/** What a process has used until it ended, as far as it was looked at. */
function watch(pid: number): { readonly used: () => number; readonly stop: () => void } {
  let used = 0;
  const timer = setInterval(() => {
    try {
      used = cpuSeconds(pid);
    } catch {
      // It has ended.
      clearInterval(timer);
    }
  }, LOOK_MS);
  return { used: () => used, stop: () => { clearInterval(timer); } };
}

async function run(to: string, phones: Sipp, perSecond: number, seconds: number): Promise<Run> {
  const before = { parley: cpuSeconds(parley), database: databaseSeconds(), phones: cpuSeconds(phones.pid) };
  const calls = perSecond * seconds;
  const callers = await startSipp({
    scenario: 'caller', server: centre.sip, place: await freePlace(CARRIER), called: to, calls, words: { from: '1380[call_number]', talkMs: TALK_MS, authentication: '' },
    more: ['-r', String(perSecond), '-l', String(calls)], deadlineMs: (seconds + TAIL_SECONDS) * 1000,
  });
  const watched = watch(callers.pid);
  // That some have failed is a figure here; without phones there is none.
  await Promise.race([callers.done.catch(() => undefined), phones.done.then(() => { throw new Error('the phones have gone'); })]);
  watched.stop();
  const { succeeded } = callers.tally();
  const each = (used: number): number => (used * 1000) / calls;
  return {
    calls, failed: calls - (Number.isNaN(succeeded) ? 0 : succeeded),
    parleyMs: each(cpuSeconds(parley) - before.parley), databaseMs: each(databaseSeconds() - before.database),
    sippMs: each(watched.used() + cpuSeconds(phones.pid) - before.phones),
  };
}

try {
  const queue = await centre.queue(MOST_WAITING);
  const accounts = await centre.accounts(AGENTS, queue);
  const place = await freePlace();
  const registering = await startSipp({
    scenario: 'register', server: centre.sip, place, calls: AGENTS, words: { user: '[field0]', expires: 3600, expected: 200, authentication: '[field1]' },
    lines: accounts.map(({ number, sipPassword }) => `${number};${credentials(number, sipPassword)}`), more: ['-r', String(REGISTRATIONS_A_SECOND)],
  });
  await registering.done;
  const wanted = rates.length === 0 ? [20, 80, 150] : rates;
  const phones = await startSipp({
    scenario: 'phones', server: centre.sip, place, words: { user: 'phone' }, calls: Number.MAX_SAFE_INTEGER, deadlineMs: (wanted.length + 2) * (SECONDS + TAIL_SECONDS) * 2000,
  });
  const desks = await openDesks(centre.parley.url, accounts.map(({ workNo, password, number }) => ({ workNo, password, phone: number, releasePhone: true, autoEnterIdle: true })), isPolled);
  console.log(`workload: ${AGENTS} agents signed in${isPolled ? ' on long poll' : ''}, ${TALK_MS / 1000} s from answer to BYE, ${SECONDS} s at each rate after ${WARM_SECONDS} s at ${WARM_RATE} calls/s that are not counted; CPU time of Parley and of its database, and that of SIPp at both ends as the measure of the machine`);
  const idleFrom = cpuSeconds(parley);
  await pause(IDLE_SECONDS * 1000);
  console.log(`no calls, ${AGENTS} phones that are asked every half minute whether they are there: Parley ${(((cpuSeconds(parley) - idleFrom) * 1000) / IDLE_SECONDS).toFixed(1)} ms of CPU a second`);
  await run(queue.number, phones, WARM_RATE, WARM_SECONDS);
  let total = WARM_RATE * WARM_SECONDS;
  for (const perSecond of wanted) {
    const { calls, failed, parleyMs, databaseMs, sippMs } = await run(queue.number, phones, perSecond, SECONDS);
    total += calls;
    console.log(`${perSecond} calls/s: Parley ${parleyMs.toFixed(2)} ms of CPU a call, database ${databaseMs.toFixed(2)} ms, SIPp ${sippMs.toFixed(2)} ms; ratio to SIPp ${(parleyMs / sippMs).toFixed(1)}; ${failed} of ${calls} calls failed`);
    await pause(1000);
  }
  await desks.stop();
  await phones.finish().catch(() => undefined);
  console.log(`${phones.tally().acknowledged} of ${total} calls were answered by an agent's phone; faults of the desktops: ${desks.faults.length}`);
} finally {
  await centre.close();
}
