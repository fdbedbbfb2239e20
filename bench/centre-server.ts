import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { pino } from 'pino';
import { createTraffic, onAverage } from '../sim/traffic.ts';
import { seededRandom } from '../sim/random.ts';
import { createSimulatedVoice } from '../sim/voice.ts';
import { openWorld } from '../server/start/world.ts';
import { serveParley } from '../server/start/serve.ts';
import { readSettings } from '../server/start/settings.ts';
import { createBusyWork } from './busy-work.ts';

/**
 * Parley with simulated customers who call in at the command of whoever measures: a line of JSON on standard input starts
 * the traffic, another one stops it, and what was measured inside comes back as lines of JSON.
 */
interface Order {
  readonly traffic: { readonly to: string; readonly perSecond: number; readonly talkMs: number } | 'stop';
}

const settings = readSettings(process.env);
const log = pino({ level: 'error' }, pino.destination({ dest: 2, sync: false }));
const stops: (() => Promise<unknown>)[] = [];
const onStop = (stop: () => Promise<unknown>): void => { stops.push(stop); };

const voice = createSimulatedVoice();
const opened = await openWorld(settings, log, onStop);
const parley = await serveParley({ ...opened, voice }, settings, log, onStop);
const now = (): number => performance.timeOrigin + performance.now();
const calledInAt = new Map<string, number>();
const legOf = new Map<string, string>();

/** What was decided about a call, and when: the driver compares it with the moment the agent was told. */
parley.gateway.engine.project<object>({
  read: (event) => {
    if (event.type === 'LegBegan' && event.direction === 'in' && event.call !== undefined) legOf.set(event.call, event.leg);
    if (event.type === 'CallOffered') return [{ decidedMs: now() - (calledInAt.get(legOf.get(event.call) ?? '') ?? Number.NaN) }];
    return event.type === 'AgentJoined' ? [{ joined: event.call, at: now() }] : [];
  },
  deliver: (_vdnId, lines) => { for (const line of lines) console.log(JSON.stringify(line)); },
});

// A slow disk: the database waits so long before each flush of its log.
const commitMs = Number(process.env['BENCH_COMMIT_MS'] ?? 0);
if (commitMs > 0) {
  await sql.raw(`alter system set commit_delay = ${commitMs * 1000}`).execute(opened.db);
  await sql.raw('alter system set commit_siblings = 0').execute(opened.db);
  await sql.raw('select pg_reload_conf()').execute(opened.db);
}

/** How far the rows of calls stand behind the journal, looked at from outside: how long each head seen took to be reached. */
const LOOK_MS = 50;
const seen: { readonly head: number; readonly at: number }[] = [];
const lags: number[] = [];
let isLooking = false;
const looking = setInterval(() => {
  if (traffic === undefined || isLooking) return;
  isLooking = true;
  void (async () => {
    const at = now();
    const { rows } = await sql<{ head: number; seq: number }>`select c.head, p.seq from centre c join projection_cursor p on p.vdn_id = c.vdn_id and p.name = 'records'`.execute(opened.db);
    const [row] = rows;
    if (row !== undefined) {
      if (row.head > (seen.at(-1)?.head ?? 0)) seen.push({ head: row.head, at });
      for (let first = seen[0]; first !== undefined && row.seq >= first.head; first = seen[0]) {
        lags.push(at - first.at);
        seen.shift();
      }
    }
    isLooking = false;
  })();
}, LOOK_MS);

const busyWork = process.env['BENCH_BUSY'] === '1' ? createBusyWork(opened.db) : undefined;
let traffic: ReturnType<typeof createTraffic> | undefined;
createInterface({ input: process.stdin }).on('line', (line) => {
  const { traffic: wanted } = JSON.parse(line) as Order;
  if (wanted === 'stop') {
    traffic?.stop();
    void (async () => { console.log(JSON.stringify({ tally: traffic?.tally(), lags, busyWork: await (await busyWork)?.stop() })); })();
    return;
  }
  const callIn: typeof voice.callIn = (call) => {
    const at = now();
    const customer = voice.callIn(call);
    calledInAt.set(customer.id, at);
    return customer;
  };
  traffic = createTraffic({
    voice: { ...voice, callIn }, random: seededRandom(1), perSecond: wanted.perSecond, to: wanted.to, patienceMs: onAverage(60_000), talkMs: wanted.talkMs,
    over: (contact) => { console.log(JSON.stringify({ contact })); },
  });
  traffic.start();
  void (async () => { (await busyWork)?.start(); })();
});

process.on('SIGTERM', () => {
  clearInterval(looking);
  void (async () => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
    process.exit(0);
  })();
});
