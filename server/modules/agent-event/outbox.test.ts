import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { notice } from './notice.ts';
import { createOutbox, type Handed, type Outbox, type Source } from './outbox.ts';

const VDN = 1;
const AGENT = 101;
const here = (): AbortSignal => new AbortController().signal;
const anEvent = (number: number) => notice(AGENT, 'AgentEvent_Hold', String(number));
const numberOf = (handed: Handed | undefined): string | undefined => handed?.notice.content as string | undefined;

function opened(now = 0): Outbox {
  const outbox = createOutbox();
  outbox.open(VDN, AGENT, { session: 's', mode: 'poll' }, now);
  return outbox;
}

const take = (outbox: Outbox, waitMs = 0, gone = here()): Promise<Handed | undefined> => outbox.take(VDN, AGENT, 's', waitMs, gone);

/** Takes one and has it arrive. */
async function fetched(outbox: Outbox): Promise<string | undefined> {
  const handed = await take(outbox);
  handed?.settle(true);
  return numberOf(handed);
}

const LONG = 30_000;

describe('the outbox', () => {
  test('gives events in order, each once', async () => {
    const outbox = opened();
    for (const number of [1, 2, 3]) outbox.put(VDN, anEvent(number));
    assert.deepEqual([await fetched(outbox), await fetched(outbox), await fetched(outbox), await fetched(outbox)], ['1', '2', '3', undefined]);
  });

  test('gives a poll that waits the next event at once', async () => {
    const outbox = opened();
    const waiting = take(outbox, LONG);
    outbox.put(VDN, anEvent(1));
    assert.equal(numberOf(await waiting), '1');
  });

  test('of two polls gives neither the other\'s event, and the latest comes first', async () => {
    const outbox = opened();
    const [one, other] = [take(outbox, LONG), take(outbox, LONG)];
    outbox.put(VDN, anEvent(1));
    const first = await other;
    assert.equal(numberOf(first), '1');
    outbox.put(VDN, anEvent(2));
    first?.settle(true);
    assert.equal(numberOf(await one), '2');
  });

  test('keeps the next event back until the last has arrived', async () => {
    const outbox = opened();
    outbox.put(VDN, anEvent(1));
    outbox.put(VDN, anEvent(2));
    const first = await take(outbox);
    assert.equal(await fetched(outbox), undefined);
    const waiting = take(outbox, LONG);
    first?.settle(false);
    assert.equal(numberOf(await waiting), '1', 'what did not arrive is the next again');
  });

  test('hears once how it went', async () => {
    const outbox = opened();
    outbox.put(VDN, anEvent(1));
    const handed = await take(outbox);
    handed?.settle(true);
    handed?.settle(false);
    assert.equal(await fetched(outbox), undefined);
  });

  test('loses nothing to a client that goes while it waits', async () => {
    const outbox = opened();
    const client = new AbortController();
    const waiting = take(outbox, LONG, client.signal);
    client.abort();
    assert.equal(await waiting, undefined);
    outbox.put(VDN, anEvent(1));
    assert.equal(await fetched(outbox), '1');
    const gone = new AbortController();
    gone.abort();
    assert.equal(await take(outbox, LONG, gone.signal), undefined);
  });

  test('lets no client pile up polls', async () => {
    const outbox = opened();
    const polls = Array.from({ length: 9 }, () => take(outbox, LONG));
    assert.equal(await polls[0], undefined, 'the oldest is ended');
    outbox.close(VDN, AGENT);
    assert.deepEqual(await Promise.all(polls), polls.map(() => undefined));
  });

  test('drops what waits when it is cleared, also what is on its way and does not arrive', async () => {
    const outbox = opened();
    outbox.put(VDN, anEvent(1));
    outbox.put(VDN, anEvent(2));
    const first = await take(outbox);
    outbox.clear(VDN, AGENT);
    outbox.put(VDN, anEvent(3));
    first?.settle(false);
    assert.equal(await fetched(outbox), '3');
  });

  test('gives the last event to a poll that waits when the session ends', async () => {
    const outbox = opened();
    outbox.put(VDN, anEvent(1));
    const first = await take(outbox);
    const waiting = take(outbox, LONG);
    outbox.put(VDN, anEvent(2));
    first?.settle(true);
    outbox.close(VDN, AGENT);
    assert.equal(numberOf(await waiting), '2');
    assert.equal(await fetched(outbox), undefined);
    assert.equal(outbox.modeOf(VDN, AGENT), undefined);
  });

  test('gives a session nothing of another one', async () => {
    const outbox = opened();
    outbox.put(VDN, anEvent(1));
    const waiting = outbox.take(VDN, AGENT, 'other', LONG, here());
    assert.equal(await waiting, undefined);
    outbox.open(VDN, AGENT, { session: 't', mode: 'poll' }, 0);
    assert.equal(await outbox.take(VDN, AGENT, 't', 0, here()), undefined, 'what the older one had is gone');
    assert.equal(await fetched(outbox), undefined);
  });

  test('of a session that is there already changes nothing', async () => {
    const outbox = opened();
    outbox.put(VDN, anEvent(1));
    outbox.open(VDN, AGENT, { session: 's', mode: 'poll' }, 5);
    assert.equal(await fetched(outbox), '1');
  });

  test('ends all polls when Parley goes down', async () => {
    const outbox = opened();
    const waiting = take(outbox, LONG);
    outbox.endPolls();
    assert.equal(await waiting, undefined);
    assert.equal(await take(outbox, LONG), undefined, 'nor does a later one wait');
    outbox.put(VDN, anEvent(1));
    assert.equal(await fetched(outbox), '1');
  });

  test('gives a pusher what is there, and takes it back in its order, also after the end', () => {
    const outbox = createOutbox();
    let source: Source | undefined;
    let filled = 0;
    outbox.open(VDN, AGENT, { session: 's', mode: 'push' }, 0, (given) => {
      source = given;
      filled += 1;
    });
    for (const number of [1, 2, 3]) outbox.put(VDN, anEvent(number));
    assert.equal(filled, 3);
    assert.ok(source !== undefined);
    const some = source.take(2);
    outbox.close(VDN, AGENT);
    source.putBack(some);
    assert.deepEqual(source.take(9).map(({ content }) => content), ['1', '2', '3']);
  });

  test('takes nothing back from a pusher that was dropped meanwhile', () => {
    const outbox = createOutbox();
    let source: Source | undefined;
    outbox.open(VDN, AGENT, { session: 's', mode: 'push' }, 0, (given) => { source = given; });
    outbox.put(VDN, anEvent(1));
    const taken = source?.take(1) ?? [];
    outbox.clear(VDN, AGENT);
    source?.putBack(taken);
    assert.deepEqual(source?.take(1), []);
  });
});

test('who never fetches loses the oldest, and it is told once', async () => {
  const told: number[] = [];
  const outbox = createOutbox((_vdnId, agent) => { told.push(agent); });
  outbox.open(VDN, AGENT, { session: 's', mode: 'poll' }, 0);
  for (let number = 1; number <= 5003; number += 1) outbox.put(VDN, anEvent(number));
  assert.deepEqual([told, await fetched(outbox)], [[AGENT], '4']);
});

describe('silence', () => {
  test('is told of those who were not there, longest first, and ends with a poll', () => {
    const outbox = createOutbox();
    for (const agent of [101, 102, 103]) outbox.open(VDN, agent, { session: String(agent), mode: 'poll' }, 1000);
    outbox.seen(VDN, 102, 5000);
    assert.deepEqual(outbox.silent(5000).map(({ agent }) => agent), [101, 103]);
    assert.deepEqual([101, 102, 103].map((agent) => outbox.silentSession(VDN, agent, 5000)), ['101', undefined, '103']);
    assert.deepEqual(outbox.silent(1000), []);
    outbox.close(VDN, 101);
    assert.deepEqual(outbox.silent(9000).map(({ agent }) => agent), [103, 102]);
    assert.equal(outbox.silentSession(VDN, 999, 9000), undefined);
  });

  test('is not kept by who has a poll waiting', async () => {
    const outbox = opened(1000);
    const waiting = take(outbox, LONG);
    assert.deepEqual([outbox.silent(9000), outbox.silentSession(VDN, AGENT, 9000)], [[], undefined]);
    outbox.put(VDN, anEvent(1));
    await waiting;
    assert.equal(outbox.silentSession(VDN, AGENT, 9000), 's');
  });
});

test('whatever clients do, every event arrives exactly once and in order', async () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant('put' as const) }, { weight: 3, arbitrary: fc.constant('poll' as const) }, { weight: 2, arbitrary: fc.constant('arrives' as const) },
    { weight: 1, arbitrary: fc.constant('lost' as const) }, { weight: 1, arbitrary: fc.constant('leaves' as const) },
  );
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
    const outbox = opened();
    const arrived: string[] = [];
    const handed: Handed[] = [];
    const clients: AbortController[] = [];
    const polls: Promise<void>[] = [];
    const pollOf = async ({ signal }: AbortController): Promise<void> => {
      const got = await take(outbox, LONG, signal);
      if (got !== undefined) handed.push(got);
    };
    let put = 0;
    const settle = (isArrived: boolean): void => {
      const [next] = handed.splice(0, 1);
      if (next === undefined) return;
      if (isArrived) arrived.push(numberOf(next) ?? '');
      next.settle(isArrived);
    };
    for (const one of steps) {
      if (one === 'put') {
        put += 1;
        outbox.put(VDN, anEvent(put));
      } else if (one === 'poll') {
        const client = new AbortController();
        clients.push(client);
        polls.push(pollOf(client));
      } else if (one === 'leaves') clients.pop()?.abort();
      else settle(one === 'arrives');
      await Promise.resolve();
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    for (const client of clients) client.abort();
    await Promise.all(polls);
    while (handed.length > 0) settle(true);
    for (let next = await fetched(outbox); next !== undefined; next = await fetched(outbox)) arrived.push(next);
    assert.deepEqual(arrived, Array.from({ length: put }, (_, index) => String(index + 1)));
  }), { numRuns: 200 });
});
