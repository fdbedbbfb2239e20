import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { workAtDesk } from './agents.ts';
import { createCustomers } from './customers.ts';
import { createDemoPhones } from './phones.ts';
import { PACE, type TrafficPlan } from './plan.ts';

/*
 * The demo's traffic: simulated agents with telephones of their own, and customers who call them, against a Parley that knows nothing of it. A process of its own, so that it costs
 * the server nothing; it reads its plan from standard input, and ends by a signal, or when the one who has started it is gone.
 */

const REGISTER_EVERY_MS = 240_000;
const REGISTER_AGAIN_MS = 3000;
const GOODBYE_MS = 500;
const LOOK_MS = 1000;

const ending = new AbortController();
const { signal } = ending;
const end = (): void => { ending.abort(); };
process.on('SIGTERM', end);
// Ctrl-C reaches all of a terminal's processes; the one who has started this says when.
process.on('SIGINT', () => undefined);
const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) end(); }, LOOK_MS).unref();

const { url, sip, agents, numbers } = JSON.parse(await text(process.stdin)) as TrafficPlan;
const random = Math.random;
const working: Promise<unknown>[] = [];
const phones = sip === undefined ? undefined : await createDemoPhones({ server: sip, caller: { user: sip.user, password: sip.password }, random });
const customers = phones === undefined ? undefined : createCustomers({ phones, numbers, random });

async function keepRegistered(user: string, password: string): Promise<void> {
  while (!signal.aborted) {
    const status = await phones?.register({ user, password }).catch(() => 0);
    await pause(status === 200 ? REGISTER_EVERY_MS : REGISTER_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

for (const agent of agents) {
  phones?.attend(agent.phone, () => PACE.ringMs + random() * PACE.ringMoreMs);
  if (phones !== undefined) working.push(keepRegistered(agent.phone, agent.sipPassword));
  working.push(workAtDesk({ url, agent, random, signal, onTalking: (caller) => { customers?.talks(caller); } }));
}
if (customers !== undefined) working.push(customers.callIn(signal));
await Promise.all(working);
// The last goodbyes are on their way.
if (phones !== undefined) {
  await pause(GOODBYE_MS);
  await phones.stop();
}
// Polls that nobody waits for any more may still be open.
process.exit();
