import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test, afterEach } from 'node:test';
import type { StreamedEvent } from '@parley/contract/event-stream.ts';
import { createLive, type Live, type LiveAgent, type LiveQueue } from './live.ts';

const queue = (queueId: number, changes: Partial<LiveQueue> = {}): LiveQueue => ({
  queueId, name: `queue ${queueId}`, media: 5, waiting: 0, longestSince: null, signedIn: 0, ready: 0, ringing: 0, talking: 0, wrapUp: 0, busy: 0, rest: 0, today: null, ...changes,
});
const agent = (workNo: number, changes: Partial<LiveAgent> = {}): LiveAgent => ({
  workNo, name: `agent ${workNo}`, state: 'idle', since: 0, reason: 0, until: null, next: null, takesCalls: true, queues: [1], call: null, held: 0, chats: 0, ...changes,
});
const snapshot = (queues: readonly LiveQueue[], agents: readonly LiveAgent[]): StreamedEvent => ({ name: 'snapshot', data: { at: 1000, queues, agents } });

/** A stream at whose other end stands the test. */
interface Stream {
  readonly signal: AbortSignal;
  readonly heard: () => void;
  readonly say: (...events: readonly StreamedEvent[]) => Promise<void>;
  readonly end: (error?: Error) => Promise<void>;
}

/** What is under way comes to its end. */
const settle = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

function rig(): { readonly live: Live; readonly streams: readonly Stream[]; readonly faults: readonly unknown[]; readonly times: readonly number[] } {
  const streams: Stream[] = [];
  const faults: unknown[] = [];
  const times: number[] = [];
  async function* open(signal: AbortSignal, heard: () => void): AsyncGenerator<StreamedEvent> {
    const waiting: StreamedEvent[] = [];
    let over: { readonly error: Error | undefined } | undefined;
    let wake: (() => void) | undefined;
    const stir = async (): Promise<void> => {
      wake?.();
      await settle();
    };
    signal.addEventListener('abort', () => {
      over = { error: signal.reason as Error };
      wake?.();
    });
    streams.push({
      signal, heard,
      say: (...events) => {
        waiting.push(...events);
        return stir();
      },
      end: (error) => {
        over = { error };
        return stir();
      },
    });
    for (;;) {
      for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) yield event;
      if (over !== undefined) {
        if (over.error !== undefined) throw over.error;
        return;
      }
      await new Promise<void>((resolve) => { wake = resolve; });
    }
  }
  const live = createLive({ open, onTime: (at) => { times.push(at); }, onFault: (error) => { faults.push(error); }, random: () => 1 });
  return { live, streams, faults, times };
}

beforeEach(() => { mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 10_000 }); });
afterEach(() => { mock.timers.reset(); });

const later = async (ms: number): Promise<void> => {
  mock.timers.tick(ms);
  await settle();
};
const latest = ({ streams }: ReturnType<typeof rig>): Stream => {
  const stream = streams.at(-1);
  assert.ok(stream !== undefined);
  return stream;
};
const statesOf = (live: Live): unknown => live.board().floor?.agents.map(({ workNo, state }) => [workNo, state]);

describe('the live stream as it is shown', () => {
  test('is a snapshot and what changes, each queue or agent whole', async () => {
    const one = rig();
    assert.deepEqual(one.live.board(), { line: { state: 'asking' }, floor: undefined });
    one.live.subscribe(() => undefined);
    await latest(one).say(snapshot([queue(1)], [agent(101), agent(102)]));
    await later(0);
    assert.deepEqual(one.live.board(), { line: { state: 'live' }, floor: { queues: [queue(1)], agents: [agent(101), agent(102)] } });
    assert.deepEqual(one.times, [1000], 'the time of the server is told on');
    await latest(one).say({ name: 'agent', data: agent(102, { state: 'busy' }) }, { name: 'queue', data: queue(1, { waiting: 3 }) }, { name: 'agent', data: agent(103) });
    await later(1000);
    assert.deepEqual([statesOf(one.live), one.live.board().floor?.queues[0]?.waiting], [[[101, 'idle'], [102, 'busy'], [103, 'idle']], 3]);
    await latest(one).say({ name: 'agent', data: agent(101, { state: 'signedOut' }) });
    await later(1000);
    assert.deepEqual(statesOf(one.live), [[102, 'busy'], [103, 'idle']]);
  });

  test('leaves alone who has not changed', async () => {
    const one = rig();
    one.live.subscribe(() => undefined);
    await latest(one).say(snapshot([queue(1)], [agent(101), agent(102)]));
    await later(0);
    const before = one.live.board().floor;
    await latest(one).say({ name: 'agent', data: agent(102, { state: 'rest' }) });
    await later(1000);
    const after = one.live.board().floor;
    assert.equal(after?.agents[0], before?.agents[0]);
    assert.notEqual(after?.agents[1], before?.agents[1]);
    assert.equal(after?.queues[0], before?.queues[0]);
  });

  test('is shown at once after a silence, and a few times a second at most', async () => {
    const one = rig();
    let shown = 0;
    one.live.subscribe(() => { shown += 1; });
    await latest(one).say(snapshot([], [agent(101)]));
    await later(0);
    await later(5000);
    shown = 0;
    await latest(one).say({ name: 'agent', data: agent(101, { state: 'busy' }) });
    await later(0);
    assert.deepEqual([shown, statesOf(one.live)], [1, [[101, 'busy']]]);
    for (let ms = 0; ms < 1000; ms += 10) {
      await latest(one).say({ name: 'agent', data: agent(101, { since: ms }) });
      await later(10);
    }
    assert.ok(shown >= 6 && shown <= 9, `shown ${shown} times`);
  });

  test('is shown twice a second where very much changes, and at once again when that is over', async () => {
    const one = rig();
    let shown = 0;
    one.live.subscribe(() => { shown += 1; });
    await latest(one).say(snapshot([], [agent(101)]));
    await later(5000);
    shown = 0;
    for (let ms = 0; ms < 5000; ms += 10) {
      await latest(one).say(...Array.from({ length: 5 }, (_, place) => ({ name: 'agent', data: agent(101 + place, { since: ms }) })));
      await later(10);
    }
    assert.ok(shown >= 9 && shown <= 12, `shown ${shown} times`);
    await later(1000);
    assert.deepEqual(one.live.board().floor?.agents.map(({ since }) => since), [4990, 4990, 4990, 4990, 4990], 'the last of it is shown as well');
    await latest(one).say({ name: 'agent', data: agent(101, { state: 'busy' }) });
    await later(0);
    assert.deepEqual((statesOf(one.live) as unknown[])[0], [101, 'busy']);
  });
});

describe('a line that breaks', () => {
  test('is told, and what was known stays to be seen, until a new snapshot takes its place', async () => {
    const one = rig();
    one.live.subscribe(() => undefined);
    await latest(one).say(snapshot([], [agent(101), agent(102)]));
    await later(0);
    await latest(one).end();
    assert.deepEqual([one.live.board().line, statesOf(one.live)], [{ state: 'away', since: 10_000, error: undefined }, [[101, 'idle'], [102, 'idle']]]);
    await later(500);
    assert.equal(one.streams.length, 2);
    await latest(one).say(snapshot([], [agent(102, { state: 'talking' })]));
    await later(500);
    assert.deepEqual([one.live.board().line.state, statesOf(one.live)], ['live', [[102, 'talking']]]);
    assert.deepEqual(one.faults, [], 'a server that ends its streams has done nothing wrong');
  });

  test('is tried again ever more slowly, but never so slowly that nobody would wait for it', async () => {
    const one = rig();
    one.live.subscribe(() => undefined);
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      const since = Date.now();
      await latest(one).end(new Error('refused'));
      while (one.streams.length === attempt) await later(100);
      pauses.push(Date.now() - since);
    }
    assert.deepEqual(pauses, [1000, 2000, 4000, 5000, 5000, 5000]);
    const { line } = one.live.board();
    assert.ok(line.state === 'away' && line.since === 10_000 && line.error instanceof Error);
    assert.equal(one.faults.length, 6);
    await latest(one).say(snapshot([], []));
    await later(200);
    await latest(one).end();
    await later(500);
    assert.equal(one.streams.length, 8, 'after one that held it is tried soon again');
  });

  test('is tried at once when the browser says that it may be there again', async () => {
    const one = rig();
    one.live.subscribe(() => undefined);
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await latest(one).end(new Error('refused'));
      one.live.hurry();
      await settle();
      assert.equal(one.streams.length, attempt + 1);
    }
  });

  test('is given up when the server, which speaks every 15 s, is silent', async () => {
    const one = rig();
    one.live.subscribe(() => undefined);
    await latest(one).say(snapshot([], []));
    for (let beat = 0; beat < 10; beat += 1) {
      latest(one).heard();
      await later(15_000);
    }
    assert.deepEqual([one.streams.length, one.live.board().line.state], [1, 'live']);
    await later(30_000);
    assert.equal(one.live.board().line.state, 'away');
  });
});

describe('who listens', () => {
  test('shares one stream with all others, and the last one closes it', async () => {
    const one = rig();
    const leave = [one.live.subscribe(() => undefined), one.live.subscribe(() => undefined)];
    await latest(one).say(snapshot([], [agent(101)]));
    await later(0);
    assert.equal(one.streams.length, 1);
    leave[0]?.();
    assert.equal(latest(one).signal.aborted, false);
    leave[1]?.();
    assert.equal(latest(one).signal.aborted, true);
    assert.deepEqual(one.live.board(), { line: { state: 'asking' }, floor: undefined }, 'what was known then is not shown to who comes later');
    await later(10_000);
    assert.equal(one.streams.length, 1);
    one.live.subscribe(() => undefined);
    await settle();
    assert.equal(one.streams.length, 2);
  });
});
