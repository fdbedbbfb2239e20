import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { realTimers, type Timers } from '../../timers.ts';
import type { SipMessage } from '../message/message.ts';
import { readMessage } from '../message/read-message.ts';
import { writeMessage } from '../message/write-message.ts';
import { STANDARD_TIMING, type TransactionTiming } from '../transaction/timing.ts';
import { createTransactions, type TransactionLayer } from '../transaction/transaction-layer.ts';
import type { Channel, Target, Transports } from '../transport/channel.ts';
import { fakeTransports, type FakeChannel } from '../transport/testing/fake-transports.ts';
import { lossy } from '../transport/testing/lossy.ts';
import { createTransports } from '../transport/transports.ts';
import { ANSWER, OFFER } from './call.fixture.ts';
import type { CallEvent, SipCall } from './call.ts';
import { createUserAgent, type UserAgent } from './user-agent.ts';

const HELD = OFFER.replace('sendrecv', 'sendonly');
const BAD = { lost: 0.1, doubled: 0.1, late: 0.1 };

interface End {
  readonly agent: UserAgent;
  readonly layer: TransactionLayer;
}

function endOf(transports: Transports, timers: Timers, timing: TransactionTiming = STANDARD_TIMING): End {
  const layer = createTransactions({ transports, timers, timing, onFault: (what, { error }) => { throw new Error(what, { cause: error }); } });
  const contactFor = ({ local }: Channel): string => `sip:${local.address}:${local.port}`;
  // One round trip is 500 ms by the book; intervals shrink with it.
  const agent = createUserAgent({ transactions: layer, transports, timers, timing, contactFor, name: 'Test', sessionTimer: { expires: 1800, minSE: 90 } });
  return { agent, layer };
}

/** Rings, answers, accepts everything, and hangs up every other call when it has been held; notes what was told of each call. */
function attend({ agent }: End, timers: Timers): Map<string, CallEvent[]> {
  const told = new Map<string, CallEvent[]>();
  let count = 0;
  agent.onInvite((call) => {
    const isOurs = (count += 1) % 2 === 0;
    const all: CallEvent[] = [];
    told.set(call.callId, all);
    call.listen((event) => {
      all.push(event);
      if (event.kind !== 'offered') return;
      event.accept(ANSWER);
      if (isOurs) timers.after(50, () => { call.hangUp({ q850: 16 }); });
    });
    call.ring(count % 3 === 0 ? ANSWER : undefined);
    timers.after(20, () => { call.answer(ANSWER); });
  });
  return told;
}

/** Calls, holds, and hangs up; resolves with what was told. */
function makeCall({ agent }: End, target: Target, timers: Timers): Promise<readonly CallEvent[]> {
  const call: SipCall = agent.invite({ target, uri: `sip:desk@${target.host}`, from: 'sip:caller@example.com', sdp: OFFER });
  const all: CallEvent[] = [];
  const hold = async (): Promise<void> => {
    await call.offer(HELD);
    timers.after(100, () => { call.hangUp({ q850: 16 }); });
  };
  return new Promise((resolve) => {
    call.listen((event) => {
      all.push(event);
      if (event.kind === 'answered') void hold();
      if (event.kind === 'ended') resolve(all);
    });
  });
}

function pair(): readonly [Transports, Transports] {
  const again = (message: SipMessage): SipMessage => {
    const reading = readMessage(writeMessage(message));
    assert(reading.ok);
    return reading.message;
  };
  const one = fakeTransports(() => here);
  const other = fakeTransports(() => there);
  const here: FakeChannel = one.channel('UDP', (message) => { other.receive(again(message), there); });
  const there: FakeChannel = other.channel('UDP', (message) => { one.receive(again(message), here); });
  return [one, other];
}

function check(called: readonly (readonly CallEvent[])[], answered: ReadonlyMap<string, readonly CallEvent[]>, calls: number): void {
  assert.equal(answered.size, calls);
  for (const all of [...called, ...answered.values()]) {
    const ends = all.filter(({ kind }) => kind === 'ended');
    assert.equal(ends.length, 1);
    assert.equal(all.at(-1)?.kind, 'ended');
  }
  for (const all of called) {
    assert(all.some(({ kind }) => kind === 'answered'));
    const { why } = all.at(-1) as Extract<CallEvent, { kind: 'ended' }>;
    assert(why.kind === 'ours' || why.kind === 'hungUp', JSON.stringify(why));
  }
}

describe('two user agents', () => {
  for (const seed of [1, 2, 3]) {
    it(`make 100 calls over a bad network, hold them, end them from either side, and leave nothing behind (seed ${seed})`, async () => {
      const timers = virtualTimers();
      const [one, other] = pair();
      const caller = endOf(lossy(one, { timers, seed, ...BAD }), timers);
      const desk = endOf(lossy(other, { timers, seed: seed + 100, ...BAD }), timers);
      const answered = attend(desk, timers);
      const called = Promise.all(Array.from({ length: 100 }, () => makeCall(caller, { kind: 'UDP', host: '192.0.2.2', port: 5060 }, timers)));
      await timers.advance(300_000);
      check(await called, answered, 100);
      assert.deepEqual([caller.agent.calls(), desk.agent.calls(), caller.layer.standing(), desk.layer.standing(), timers.pending()], [0, 0, 0, 0, 0]);
      assert(desk.layer.counters.repeated > 25);
    });
  }

  for (const [name, loss] of [['', undefined], [', where one in ten datagrams gets lost', BAD]] as const) {
    it(`make 100 calls over real sockets${name}`, async () => {
      const timing: TransactionTiming = { ...STANDARD_TIMING, t1: 30, t2: 120, t4: 150, absorb: 1920, trying: 15 };
      const open = (): ReturnType<typeof createTransports> =>
        createTransports({ listen: [{ kind: 'UDP', address: '127.0.0.1', port: 0 }], timers: realTimers, onFault: (what, { error }) => { throw new Error(what, { cause: error }); } });
      const [one, other] = [await open(), await open()];
      try {
        // One end is enough: it is bad both ways.
        const caller = endOf(loss === undefined ? one : lossy(one, { timers: realTimers, seed: 4, lateBy: 10, ...loss }), realTimers, timing);
        const desk = endOf(other, realTimers, timing);
        const answered = attend(desk, realTimers);
        const port = other.listening[0]?.place.port ?? 0;
        // So many at a time that even a busy machine answers in time.
        const called: (readonly CallEvent[])[] = [];
        await Promise.all(Array.from({ length: 20 }, async () => {
          for (let call = 0; call < 5; call += 1) called.push(await makeCall(caller, { kind: 'UDP', host: '127.0.0.1', port }, realTimers));
        }));
        const left = (): number => caller.agent.calls() + desk.agent.calls() + caller.layer.standing() + desk.layer.standing();
        const end = performance.now() + 10_000;
        while (left() > 0 && performance.now() < end) await new Promise((resolve) => { setTimeout(resolve, 5); });
        check(called, answered, 100);
        assert.equal(left(), 0);
      } finally {
        await Promise.all([one.stop(), other.stop()]);
      }
    });
  }
});
