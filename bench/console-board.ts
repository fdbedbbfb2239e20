import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type CDPSession, type Page } from 'playwright-core';
import type { Static } from 'typebox';
import { followLive, type liveAgent, type liveQueue } from '@parley/contract/admin/live.ts';
import { sessionExample, showSession } from '@parley/contract/admin/session.ts';
import { showReasons } from '@parley/contract/admin/workplace.ts';
import { seededRandom } from '../sim/random.ts';
import { registerConsole } from '../server/http/pages/console.ts';
import { findChromium } from '../telephony/webrtc/testing/chromium.ts';

/**
 * The live board in a real browser, fed by a stream in which every agent and every queue changes twice a second: as much as the server
 * ever tells, which is shown twice a second. What the browser takes of a core, by its own processes; and how long a change takes from the wire
 * to the screen, then and on a floor where as much happens as people do.
 *
 * `node bench/console-board.ts [agents] [queues] [seconds] [plain|grouped|wall] [width] [height]`
 */
const [agentCount = 200, queueCount = 50, seconds = 30] = process.argv.slice(2, 5).map(Number);
const view = process.argv[5] ?? 'plain';
const [width = 1920, height = 1080] = process.argv.slice(6, 8).map(Number);
const STEP_MS = 20;
const PERIOD_MS = 500;
const WARM_UP_MS = 4000;
const CALM_MS = 15_000;
const AIM_SHARE = 0.3;
/** Twenty changes a second: each agent one in ten seconds. */
const CHANGES_OF_PEOPLE = 10;
const AIM_MS = 200;
const FIRST_AGENT = 101;
const QUEUES_OF_AGENT = 5;

type LiveAgent = Static<typeof liveAgent>;
type LiveQueue = Static<typeof liveQueue>;

const random = seededRandom(1);
const oneOf = <T>(values: readonly [T, ...T[]]): T => values[Math.floor(random() * values.length)] ?? values[0];
const upTo = (most: number): number => Math.floor(random() * (most + 1));

function agentOf(workNo: number): LiveAgent {
  const state = oneOf<LiveAgent['state']>(['idle', 'ringing', 'talking', 'talking', 'talking', 'wrapUp', 'busy', 'rest', 'held']);
  const queues = Array.from({ length: QUEUES_OF_AGENT }, (_, place) => 1 + ((workNo + place * 17) % queueCount));
  const since = Date.now() - upTo(600_000);
  const isInCall = state === 'ringing' || state === 'talking' || state === 'held';
  return {
    workNo, name: `Agent ${workNo}`, state, since, reason: state === 'rest' ? 1 : 0, until: state === 'wrapUp' ? since + 700_000 : null, next: isInCall && upTo(9) === 0 ? 'busy' : null, takesCalls: upTo(19) > 0,
    queues, call: isInCall ? { callId: `1790000000-${upTo(99_999)}`, direction: oneOf(['in', 'in', 'out', 'internal']), queueId: queues[0] ?? null, since } : null, held: state === 'held' ? 1 : 0, chats: 0,
  };
}

function queueOf(queueId: number): LiveQueue {
  const waiting = upTo(6);
  const calls = 100 + upTo(400);
  return {
    queueId, name: `Queue ${queueId}`, media: 5, waiting, longestSince: waiting === 0 ? null : Date.now() - upTo(90_000), signedIn: 20, ready: upTo(5), ringing: upTo(4), talking: upTo(12), wrapUp: upTo(4),
    busy: upTo(3), rest: upTo(3), today: { calls, answered: calls - upTo(10), inTime: calls - upTo(60) },
  };
}

const app = Fastify({ forceCloseConnections: true });
registerConsole(app);
const streams: ServerResponse[] = [];
function tell(name: string, data: object): void {
  for (const stream of streams) stream.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}
const fastifyPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');
app.get(showSession.path, () => ({ ...sessionExample, expiresAt: Date.now() + 3_600_000 }));
app.get(fastifyPath(showReasons.path), () => ({ kind: 'rest', reasons: [{ code: 1, name: 'Short break' }] }));
app.get(followLive.path, (_request, reply) => {
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': followLive.replyMedia ?? '' });
  streams.push(reply.raw);
  tell('snapshot', {
    at: Date.now(), queues: Array.from({ length: queueCount }, (_, index) => queueOf(index + 1)), agents: Array.from({ length: agentCount }, (_, index) => agentOf(FIRST_AGENT + index)),
  });
});
/** The same stream in a page that shows that one number, and nothing else: what the browser and the machine take of the time. */
const BARE = `<!doctype html><div data-queue="1"><div role="cell"></div></div><script>
new EventSource('${followLive.path}').addEventListener('queue', ({ data }) => {
  const { queueId, waiting } = JSON.parse(data);
  if (queueId === 1) document.querySelector('[role=cell]').textContent = waiting;
});
</script>`;
app.get('/bare', (_request, reply) => reply.type('text/html').send(BARE));
await app.listen({ port: 0, host: '127.0.0.1' });
const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

/** What all processes of the browser have used of the processor, by what they are. */
async function cpuOf(browser: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  const used = new Map<string, number>();
  for (const { type, cpuTime } of processInfo) used.set(type, (used.get(type) ?? 0) + cpuTime);
  return used;
}

/** So many queues and agents once in each half second, spread over it as they are on a real floor; the queue looked at carries a number of its own. */
function feed(changing: number): { readonly sentAt: ReadonlyMap<number, number>; readonly told: () => number; readonly stop: () => void } {
  const sentAt = new Map<number, number>();
  let told = 0;
  const begun = performance.now();
  let next = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - begun) / PERIOD_MS) * changing);
    for (; next < due; next += 1) {
      const place = next % changing;
      told += 1;
      if (place >= queueCount) tell('agent', agentOf(FIRST_AGENT + place - queueCount));
      else if (place > 0) tell('queue', queueOf(place + 1));
      else {
        const mark = 1_000_000 + sentAt.size;
        sentAt.set(mark, performance.timeOrigin + performance.now());
        tell('queue', { ...queueOf(1), waiting: mark });
      }
    }
  }, STEP_MS);
  return { sentAt, told: () => told, stop: () => { clearInterval(timer); } };
}

/** In the page: notes when each number of the queue looked at stands in the document, and when it has been painted. */
const LOOK_AT_FIRST_QUEUE = `
  window.seen = [];
  let last = '';
  new MutationObserver(() => {
    const cells = [...document.querySelectorAll('[data-queue="1"] :is([role=cell], dd)')];
    const mark = cells.map(({ textContent }) => textContent).find((text) => /^1\\d{6}$/.test(text));
    if (mark === undefined || mark === last) return;
    last = mark;
    const drawnAt = performance.timeOrigin + performance.now();
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => { window.seen.push([Number(mark), drawnAt, performance.timeOrigin + performance.now()]); };
      painted.port2.postMessage('');
    });
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
`;
type Seen = readonly (readonly [mark: number, drawnAt: number, paintedAt: number])[];

function delaysOf(seen: Seen, sentAt: ReadonlyMap<number, number>): { readonly drawn: readonly number[]; readonly painted: readonly number[] } {
  const since = (mark: number, at: number): number => at - (sentAt.get(mark) ?? Number.NaN);
  const inOrder = (delays: readonly number[]): readonly number[] => delays.toSorted((a, b) => a - b);
  return { drawn: inOrder(seen.map(([mark, drawnAt]) => since(mark, drawnAt))), painted: inOrder(seen.map(([mark, , paintedAt]) => since(mark, paintedAt))) };
}

function inWords(delays: readonly number[]): string {
  const at = (share: number): string => (delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? Number.NaN).toFixed(0);
  return `p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, most ${at(1)} ms of ${delays.length}`;
}

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('there is no Chromium on the path');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
try {
  const open = async (): Promise<Page> => (await browser.newContext({ viewport: { width, height }, locale: 'en' })).newPage();
  const page = await open();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => { faults.push(message); });
  await page.goto(`${url}/console/board${view === 'wall' ? '?wall' : ''}`);
  await page.locator(view === 'wall' ? '[data-queue="1"]' : `[data-agent="${FIRST_AGENT}"]`).first().waitFor();
  if (view === 'grouped') {
    await page.getByRole('textbox', { name: 'Group by' }).click();
    await page.getByRole('option', { name: 'State' }).click();
  }
  const [cdp, ofPage] = [await browser.newBrowserCDPSession(), await page.context().newCDPSession(page)];
  await ofPage.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metric = async (name: string): Promise<number> => (await ofPage.send('Performance.getMetrics')).metrics.find((one) => one.name === name)?.value ?? Number.NaN;

  const measure = async (): Promise<{ readonly shares: ReadonlyMap<string, number>; readonly all: number; readonly main: number }> => {
    const [before, mainBefore, at] = [await cpuOf(cdp), await metric('TaskDuration'), performance.now()];
    await pause(seconds * 1000);
    const [after, mainAfter, passed] = [await cpuOf(cdp), await metric('TaskDuration'), (performance.now() - at) / 1000];
    const shares = new Map([...after].map(([type, used]) => [type, (used - (before.get(type) ?? 0)) / passed]));
    return { shares, all: [...shares.values()].reduce((sum, share) => sum + share, 0), main: (mainAfter - mainBefore) / passed };
  };
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

  await pause(WARM_UP_MS);
  const still = await measure();
  await page.evaluate(LOOK_AT_FIRST_QUEUE);
  const feeding = feed(agentCount + queueCount);
  await pause(WARM_UP_MS);
  const toldBefore = feeding.told();
  const moving = await measure();
  const told = (feeding.told() - toldBefore) / seconds;
  feeding.stop();
  await pause(PERIOD_MS);
  const crowded = delaysOf(await page.evaluate<Seen>('window.seen'), feeding.sentAt);

  const calm = async (of: Page): Promise<ReturnType<typeof delaysOf>> => {
    await of.evaluate('window.seen = []');
    const few = feed(CHANGES_OF_PEOPLE);
    await pause(CALM_MS);
    few.stop();
    await pause(PERIOD_MS);
    return delaysOf(await of.evaluate<Seen>('window.seen'), few.sentAt);
  };
  const board = await calm(page);

  await page.close();
  const bare = await open();
  await bare.goto(`${url}/bare`);
  await bare.evaluate(LOOK_AT_FIRST_QUEUE);
  const least = await calm(bare);

  console.log(`workload: ${agentCount} agents and ${queueCount} queues on the board (${view}, ${width} x ${height}), each of which changes twice a second: ${told.toFixed(0)} changes a second; ${seconds} s each`);
  console.log(`only the clocks run: ${percent(still.all)} of a core by all processes of the browser, ${percent(still.main)} by the page's own thread`);
  console.log(`changing: ${percent(moving.all)} of a core by all processes of the browser (aim ${percent(AIM_SHARE)}), of which ${[...moving.shares].map(([type, share]) => `${type} ${percent(share)}`).join(', ')}; ${percent(moving.main)} by the page's own thread`);
  console.log(`from the wire to the screen then: ${inWords(crowded.painted)} (shown twice a second)`);
  console.log(`from the wire to the screen with ${(CHANGES_OF_PEOPLE * 1000) / PERIOD_MS} changes a second: ${inWords(board.painted)} (aim ${AIM_MS} ms); to the document alone: ${inWords(board.drawn)}`);
  console.log(`the same stream in a page that shows nothing but that number: ${inWords(least.painted)}`);
  if (faults.length > 0) console.log(`faults of the page: ${faults.join('; ')}`);
} finally {
  await browser.close();
  await app.close();
}
