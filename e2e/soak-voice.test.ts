import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CAUSE } from '@parley/core/call/call.ts';
import type { Member, Order } from '@parley/core/voice/order.ts';
import { openTelephony, type Telephony } from '../server/adapters/voice/telephony.ts';
import type { VoiceReport } from '../server/engine/voice.ts';
import { until } from '../server/testing/until.ts';
import { beginWorker, createMedia, type Media, type ThreadHandle } from '../telephony/media/media.ts';
import { createTestPhones, type TestPhone, type TestPhones } from '../telephony/testing/phones.ts';

/**
 * Short calls by real SIP and real sound, many of them: after each batch nothing of them may be left. `npm run soak` makes very many, so
 * that also what leaks a few bytes a call is seen; it also waits until the last transaction has gone.
 */
const CALLS = Number(process.env['PARLEY_SOAK_CALLS'] ?? 200);
const IS_LONG = CALLS >= 5_000;
/** So long that in its first third all is remembered that is to be: names of 10,000 legs. */
const IS_FOR_MEMORY = CALLS >= 50_000;
const BATCH = Math.min(1_000, CALLS / 2);
/** In a long soak, after so many calls it is waited until also that has gone which has to stand for a while: memory can be compared then. */
const STAGE = CALLS / 6;
const QUIET_MS = 120_000;
const LANES = IS_LONG ? 32 : 8;
const HOST = '127.0.0.1';
const PORTS = { from: 6_000, to: 10_999 };
const PHONE_PORTS = { from: 11_000, to: 11_999 };
const PASSWORD = 'secret-of-a-phone';
const ENOUGH_PACKETS = 3;
const EVENT_MS = 15_000;
/** Transactions stand for 32 s after a call (RFC 6026 7.1), and a second's calls are no more than this. */
const MOST_TRANSACTIONS = 40_000;
/** What heap and process may grow by over two thirds of a long soak. */
const MOST_HEAP_GROWTH = 4_000_000;
const MOST_GROWTH = 100_000_000;

const collectGarbage = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

/** Sockets of this process at the ports for sound. */
function soundSockets(): number {
  const own = new Set(readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1] ?? ''];
    } catch {
      // That with which the folder was read is closed by now.
      return [];
    }
  }));
  return readFileSync('/proc/self/net/udp', 'utf8').trim().split('\n').slice(1).filter((line) => {
    const fields = line.trim().split(/\s+/);
    const port = Number.parseInt(fields[1]?.split(':')[1] ?? '', 16);
    return port >= PORTS.from && port <= PHONE_PORTS.to && own.has(fields[9] ?? '');
  }).length;
}

const openFiles = (): number => readdirSync('/proc/self/fd').length;
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

/** What a soak is made of: the voice port without an engine, and phones on both sides. */
interface Exchange {
  readonly telephony: Telephony;
  readonly phones: TestPhones;
  readonly media: Media;
  readonly threads: readonly ThreadHandle[];
  readonly faults: readonly string[];
  readonly folder: string;
  /** A phone that is registered, and one from which customers call. */
  readonly agentPhone: () => Promise<TestPhone>;
  readonly customerPhone: () => TestPhone;
  readonly does: (order: Order) => Promise<void>;
  /** The leg of the next call from this number. */
  readonly incoming: (caller: string) => Promise<string>;
  /** Resolves when this was reported of a leg; with the cause where it is its end. */
  readonly reported: (leg: string, kind: 'rang' | 'answered' | 'ended') => Promise<number>;
  readonly recorded: (record: string) => Promise<Extract<VoiceReport, { kind: 'recorded' }>>;
  /** Reports that nobody has asked for. */
  readonly unclaimed: () => number;
  readonly close: () => Promise<void>;
}

async function openExchange(): Promise<Exchange> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-soak-'));
  const faults: string[] = [];
  const threads: ThreadHandle[] = [];
  let media: Media | undefined;
  const telephony = await openTelephony({
    listen: [{ kind: 'UDP', address: HOST, port: 0 }], advertised: HOST, realm: HOST, threads: 2, trunks: [], trusted: ['127.0.0.0/8'],
    media: { address: HOST, advertised: HOST, ports: PORTS, codecs: ['PCMA'], music: undefined, silentMs: 30_000 },
    makeMedia: (options) => {
      const made = createMedia({
        ...options,
        begin: (settings) => {
          const handle = beginWorker(settings);
          threads.push(handle);
          return handle;
        },
      });
      media = made;
      return made;
    },
    makeFlows: () => ({ begin: () => Promise.resolve('noFlow'), key: () => undefined, end: () => undefined }),
    secretsOf: () => Promise.resolve([PASSWORD]),
    isPhone: (number) => Promise.resolve(number.startsWith('8')),
    files: {
      toPlay: () => Promise.resolve(undefined), stored: () => Promise.resolve(undefined),
      toRecord: (file) => Promise.resolve(join(folder, file)), toRecordOf: () => Promise.resolve({ file: '', path: '' }),
    },
    onFault: (message) => { faults.push(message); },
  });
  const [listening] = telephony.transports.listening;
  assert.ok(listening !== undefined && media !== undefined);
  const phones = await createTestPhones(listening.place, PHONE_PORTS);
  telephony.trunks.configure([{ name: 'carrier', peers: [{ host: HOST, port: phones.place.port, kind: 'UDP' }], networks: [`${HOST}/32`], healthMs: 0 }]);

  /** What was reported and not asked for yet, and what is asked for and was not reported yet. */
  const told = new Map<string, VoiceReport>();
  const asked = new Map<string, (report: VoiceReport) => void>();
  const nameOf = (report: VoiceReport): string | undefined => {
    if (report.kind === 'incoming') return `incoming ${report.caller}`;
    if (report.kind === 'recorded') return `recorded ${report.record}`;
    return report.kind === 'rang' || report.kind === 'answered' || report.kind === 'ended' ? `${report.kind} ${report.leg}` : undefined;
  };
  telephony.port.subscribe((report) => {
    const name = nameOf(report);
    if (name === undefined) return;
    const claim = asked.get(name);
    if (claim === undefined) told.set(name, report);
    else claim(report);
  });
  const next = async (name: string): Promise<VoiceReport> => {
    const known = told.get(name);
    told.delete(name);
    if (known !== undefined) return known;
    const { promise, resolve, reject } = Promise.withResolvers<VoiceReport>();
    const overdue = setTimeout(() => { reject(new Error(`not reported: ${name}`)); }, EVENT_MS);
    asked.set(name, resolve);
    try {
      return await promise;
    } finally {
      clearTimeout(overdue);
      asked.delete(name);
    }
  };

  let numbers = 0;
  const newNumber = (prefix: string): string => {
    numbers += 1;
    return `${prefix}${String(numbers).padStart(4, '0')}`;
  };
  const hertz = (): number => 400 + (numbers % 20) * 100;
  return {
    telephony, phones, media, threads, faults, folder,
    agentPhone: async () => {
      const phone = phones.phone(newNumber('8'), hertz());
      assert.equal(await phone.register(PASSWORD, 86_400), 200);
      return phone;
    },
    customerPhone: () => phones.phone(newNumber('1380000'), hertz()),
    does: async (order) => { assert.deepEqual(await telephony.port.perform(order), { ok: true }, `${order.kind} is taken`); },
    incoming: async (caller) => {
      const report = await next(`incoming ${caller}`);
      return report.kind === 'incoming' ? report.leg : '';
    },
    reported: async (leg, kind) => {
      const report = await next(`${kind} ${leg}`);
      return report.kind === 'ended' ? report.cause : 0;
    },
    recorded: async (record) => await next(`recorded ${record}`) as Extract<VoiceReport, { kind: 'recorded' }>,
    unclaimed: () => told.size,
    close: async () => {
      await phones.stop();
      await telephony.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const member = (leg: string): Member => ({ leg, to: 'all', hears: true, music: false });

/** How calls go: most end after a talk, by one or the other or by us, some of them recorded; some are given up, or declined. */
const ENDINGS = ['customer', 'agent', 'givenUp', 'declined', 'recorded'] as const;
let calls = 0;

const hear = (of: readonly TestPhone[]): Promise<void> => {
  const heard = of.map(({ packets }) => packets());
  return until(() => of.every(({ packets }, index) => packets() >= (heard[index] ?? 0) + ENOUGH_PACKETS), 'both hear', EVENT_MS, 20);
};

/** Two who talk, each on a leg. */
async function connect(exchange: Exchange, customer: TestPhone, agent: TestPhone): Promise<{ readonly own: string; readonly other: string; readonly room: string }> {
  const { does, reported } = exchange;
  const { own, other } = await dial(exchange, customer, agent);
  await agent.answer();
  await reported(other, 'answered');
  const room = `room of ${other}`;
  await does({ kind: 'arrange', room, members: [member(own), member(other)] });
  await hear([customer, agent]);
  return { own, other, room };
}

/** A customer who waits, while an agent's phone rings. */
async function dial({ does, incoming, reported }: Exchange, customer: TestPhone, agent: TestPhone): Promise<{ readonly own: string; readonly other: string }> {
  calls += 1;
  const other = `out-${calls}`;
  await customer.call('12345');
  const own = await incoming(customer.number);
  await does({ kind: 'answer', leg: own });
  await does({ kind: 'dial', vdnId: 1, leg: other, to: { kind: 'phone', number: agent.number }, from: customer.number, ringMs: 30_000, near: own });
  await reported(other, 'rang');
  return { own, other };
}

async function oneCall(exchange: Exchange, ending: typeof ENDINGS[number], customer: TestPhone, agent: TestPhone): Promise<void> {
  const { does, reported } = exchange;
  const drop = (leg: string): Promise<void> => does({ kind: 'drop', leg, cause: CAUSE.released });
  if (ending === 'givenUp' || ending === 'declined') {
    const { own, other } = await dial(exchange, customer, agent);
    if (ending === 'givenUp') {
      customer.hangUp();
      await reported(own, 'ended');
      await drop(other);
      await reported(other, 'ended');
    } else {
      agent.reject();
      await reported(other, 'ended');
      await drop(own);
      await reported(own, 'ended');
    }
  } else {
    const { own, other, room } = await connect(exchange, customer, agent);
    if (ending === 'recorded') {
      await does({ kind: 'record', record: room, room, file: `${customer.number}.wav`, apart: own });
      await hear([customer, agent]);
      await does({ kind: 'stopRecord', record: room });
      assert.equal((await exchange.recorded(room)).why, 'stopped');
      await drop(own);
      await reported(own, 'ended');
      await drop(other);
    } else if (ending === 'customer') {
      customer.hangUp();
      await reported(own, 'ended');
      await drop(other);
    } else {
      agent.hangUp();
      await reported(other, 'ended');
      await drop(own);
    }
    await reported(ending === 'agent' ? own : other, 'ended');
    await does({ kind: 'arrange', room, members: [] });
  }
  await until(() => customer.state() === 'gone' && agent.state() === 'gone', 'both phones are back on the hook', EVENT_MS);
}

interface Look {
  readonly calls: number;
  readonly heap: number;
  readonly rss: number;
  readonly files: number;
  readonly timers: number;
  readonly transactions: number;
}

/** Nothing of any call is left, but what has to stand for a while. */
async function look({ telephony, phones, media, unclaimed, faults }: Exchange, done: number): Promise<Look> {
  await until(async () => {
    const { calls: standing, mediaLegs } = await telephony.standing();
    return standing === 0 && mediaLegs === 0 && phones.calls() === 0 && soundSockets() === 0;
  }, 'no call, no leg, and no port is left', EVENT_MS);
  const { legs, rooms, plays, recordings } = await media.figures();
  assert.deepEqual({ legs, rooms, plays, recordings, left: await telephony.port.legs(), unclaimed: unclaimed(), faults }, { legs: 0, rooms: 0, plays: 0, recordings: 0, left: [], unclaimed: 0, faults: [] });
  collectGarbage();
  const { heapUsed: heap, rss } = process.memoryUsage();
  const { transactions } = await telephony.standing();
  assert.ok(transactions <= MOST_TRANSACTIONS, `${transactions} transactions stand`);
  return { calls: done, heap, rss, files: openFiles(), timers: timers(), transactions };
}

/** How much more it is at the end than at the beginning, by the line that fits best. */
function growth(looks: readonly Look[], read: (look: Look) => number): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [looks.map(({ calls: done }) => done), looks.map(read)];
  const [middle, level] = [mean(x), mean(y)];
  const slope = x.reduce((sum, value, index) => sum + (value - middle) * ((y[index] ?? 0) - level), 0) / x.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return slope * ((x.at(-1) ?? 0) - (x.at(0) ?? 0));
}

describe('short calls, many of them', { timeout: 7_000_000 }, () => {
  let exchange: Exchange;
  const atFirst = { files: 0, timers: 0, sockets: 0 };
  before(async () => {
    Object.assign(atFirst, { files: openFiles(), timers: timers() });
    exchange = await openExchange();
  });
  after(() => exchange?.close());

  test(`${CALLS} calls leave nothing behind`, async (context) => {
    const lanes = await Promise.all(Array.from({ length: LANES }, async () => ({ customer: exchange.customerPhone(), agent: await exchange.agentPhone() })));
    const looks: Look[] = [];
    const quiet: Look[] = [];
    for (let done = 0; done < CALLS;) {
      let left = Math.min(BATCH, CALLS - done);
      done += left;
      await Promise.all(lanes.map(async ({ customer, agent }) => {
        for (let own = 0; left > 0; own += 1) {
          left -= 1;
          await oneCall(exchange, ENDINGS[(left + own) % ENDINGS.length] ?? 'agent', customer, agent);
        }
      }));
      const seen = await look(exchange, done);
      looks.push(seen);
      if (!IS_LONG) continue;
      context.diagnostic(JSON.stringify(seen));
      if (done < STAGE * (quiet.length + 1)) continue;
      // Phones that are registered are asked now and then whether they are there.
      await until(async () => (await exchange.telephony.standing()).transactions <= LANES, 'transactions go', QUIET_MS, 500);
      quiet.push(await look(exchange, done));
      context.diagnostic(`quiet: ${JSON.stringify(quiet.at(-1))}`);
    }
    const [first] = looks;
    for (const { files } of looks) assert.ok(files <= (first?.files ?? 0) + 8, `open files: ${looks.map((seen) => seen.files).join(', ')}`);
    if (!IS_LONG) return;
    for (const { agent } of lanes) assert.equal(await agent.register(PASSWORD, 0), 200);
    await until(async () => (await exchange.telephony.standing()).transactions === 0, 'no transaction stands', QUIET_MS, 500);
    if (!IS_FOR_MEMORY) return;
    const settled = quiet.slice(Math.ceil(quiet.length / 3));
    assert.ok(growth(settled, ({ heap }) => heap) < MOST_HEAP_GROWTH, `heap: ${settled.map(({ heap }) => heap).join(', ')}`);
    assert.ok(growth(settled, ({ rss }) => rss) < MOST_GROWTH, `memory: ${settled.map(({ rss }) => rss).join(', ')}`);
  });

  test('a media thread that dies ends its calls with a cause, the others go on, and calls are made again', async () => {
    const [one, other] = [{ customer: exchange.customerPhone(), agent: await exchange.agentPhone() }, { customer: exchange.customerPhone(), agent: await exchange.agentPhone() }];
    const dying = await connect(exchange, one.customer, one.agent);
    const living = await connect(exchange, other.customer, other.agent);
    // The first of two that are equally busy has the first call.
    await exchange.threads[0]?.stop();
    const causes = [await exchange.reported(dying.own, 'ended'), await exchange.reported(dying.other, 'ended')];
    assert.deepEqual(causes, [CAUSE.internalError, CAUSE.internalError]);
    await until(() => one.customer.state() === 'gone' && one.agent.state() === 'gone', 'their phones are told');
    await hear([other.customer, other.agent]);
    assert.equal(exchange.faults.length, 1);
    const again = await connect(exchange, one.customer, one.agent);
    for (const leg of [living.own, living.other, again.own, again.other]) {
      await exchange.does({ kind: 'drop', leg, cause: CAUSE.released });
      await exchange.reported(leg, 'ended');
    }
    for (const room of [dying.room, living.room, again.room]) await exchange.does({ kind: 'arrange', room, members: [] });
    await until(async () => (await exchange.media.figures()).legs === 0 && soundSockets() === 0, 'no leg and no port is left');
  });

  test('nothing is open any more when telephony has stopped', async () => {
    await exchange.close();
    await until(() => openFiles() <= atFirst.files + 2 && timers() <= atFirst.timers + 1 && !process.getActiveResourcesInfo().includes('UDPWRAP'), 'all is closed', EVENT_MS)
      .catch((error: unknown) => { throw new Error(`${openFiles()} files after ${atFirst.files}; ${timers()} timers after ${atFirst.timers}; ${process.getActiveResourcesInfo().join(', ')}`, { cause: error }); });
  });
});
