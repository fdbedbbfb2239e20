import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { pino } from 'pino';
import { createTraffic, onAverage } from '../sim/traffic.ts';
import { seededRandom } from '../sim/random.ts';
import { createSimulatedVoice } from '../sim/voice.ts';
import { openWorld } from '../server/start/world.ts';
import { serveParley } from '../server/start/serve.ts';
import { readSettings } from '../server/start/settings.ts';

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
// When the core decided that the agent talks, by call: the driver compares it with the moment the agent was told.
parley.gateway.engine.project<readonly [string, number]>({
  read: (event) => (event.type === 'AgentJoined' ? [[event.call, performance.timeOrigin + performance.now()]] : []),
  deliver: (_vdnId, joined) => { for (const [call, at] of joined) console.log(JSON.stringify({ joined: call, at })); },
});

// A slow disk: the database waits so long before each flush of its log.
const commitMs = Number(process.env['BENCH_COMMIT_MS'] ?? 0);
if (commitMs > 0) {
  await sql.raw(`alter system set commit_delay = ${commitMs * 1000}`).execute(opened.db);
  await sql.raw('alter system set commit_siblings = 0').execute(opened.db);
  await sql.raw('select pg_reload_conf()').execute(opened.db);
}

let traffic: ReturnType<typeof createTraffic> | undefined;
createInterface({ input: process.stdin }).on('line', (line) => {
  const { traffic: wanted } = JSON.parse(line) as Order;
  if (wanted === 'stop') {
    traffic?.stop();
    console.log(JSON.stringify({ tally: traffic?.tally() }));
    return;
  }
  traffic = createTraffic({
    voice, random: seededRandom(1), perSecond: wanted.perSecond, to: wanted.to, patienceMs: onAverage(60_000), talkMs: wanted.talkMs,
    over: (contact) => { console.log(JSON.stringify({ contact })); },
  });
  traffic.start();
});

process.on('SIGTERM', () => {
  void (async () => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
    process.exit(0);
  })();
});
