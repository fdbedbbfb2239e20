import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { realTimers, type Timers } from '../../timers.ts';
import { buildRequest, responseTo } from '../message/build.ts';
import type { SipMessage, SipRequest } from '../message/message.ts';
import { readMessage } from '../message/read-message.ts';
import { writeMessage } from '../message/write-message.ts';
import type { Channel, Transports } from '../transport/channel.ts';
import { fakeTransports, type FakeChannel } from '../transport/testing/fake-transports.ts';
import { lossy } from '../transport/testing/lossy.ts';
import { createTransports } from '../transport/transports.ts';
import { STANDARD_TIMING, type TransactionTiming } from './timing.ts';
import { createTransactions, type TransactionLayer } from './transaction-layer.ts';

const CALLS = 200;
const AT_ONCE = 40;
const BAD = { lost: 0.1, doubled: 0.1, late: 0.1 };

/** Answers calls, and repeats its 2xx until it is acknowledged, as RFC 3261 13.3.1.4 asks of whoever does. */
function answerCalls(layer: TransactionLayer, timers: Timers, { t1, t2 }: TransactionTiming): { readonly acknowledged: Set<string>; readonly ended: Map<string, number> } {
  const acknowledged = new Set<string>();
  const ended = new Map<string, number>();
  layer.onAck((ack) => { acknowledged.add(callOf(ack)); });
  layer.onRequest((transaction) => {
    const { request, respond } = transaction;
    const call = callOf(request);
    const ok = responseTo(request, 200, undefined, { toTag: 'answered' });
    if (request.method === 'BYE') ended.set(call, (ended.get(call) ?? 0) + 1);
    else respond(responseTo(request, 180, undefined, { toTag: 'answered' }));
    const repeat = (wait: number): void => {
      respond(ok);
      timers.after(wait, () => { if (request.method === 'INVITE' && !acknowledged.has(call)) repeat(Math.min(wait * 2, t2)); });
    };
    repeat(t1);
  });
  return { acknowledged, ended };
}

function makeCall(layer: TransactionLayer, channel: Channel, call: string): Promise<string> {
  const requestOf = (method: string, cseq: number): SipRequest =>
    buildRequest({ method, uri: 'sip:them@example.com', from: '<sip:us@example.com>;tag=ours', to: '<sip:them@example.com>', callId: call, cseq });
  return new Promise((resolve) => {
    const failed = (why: string): void => { resolve(why); };
    let isUp = false;
    layer.request(requestOf('INVITE', 1), channel, {
      failed,
      response: ({ status }) => {
        if (status < 200) return;
        layer.acknowledge(requestOf('ACK', 1), channel);
        if (isUp) return;
        isUp = true;
        layer.request(requestOf('BYE', 2), channel, { failed, response: (answer) => { resolve(String(answer.status)); } });
      },
    });
  });
}

const callOf = ({ headers }: SipRequest): string => headers.get('Call-ID') ?? '';

/** Two ends of a wire without sockets; everything is written and read on its way. */
function pair(): readonly [Transports, Transports] {
  const again = (message: SipMessage): SipMessage => {
    const reading = readMessage(writeMessage(message));
    assert(reading.ok);
    return reading.message;
  };
  const one = fakeTransports(() => here);
  const other = fakeTransports();
  const here: FakeChannel = one.channel('UDP', (message) => { other.receive(again(message), there); });
  const there: FakeChannel = other.channel('UDP', (message) => { one.receive(again(message), here); });
  return [one, other];
}

describe('a network that loses, doubles and reorders', { timeout: 20_000 }, () => {
  for (const seed of [1, 2, 3]) {
    it(`lets ${CALLS} calls through, each of them once, and leaves nothing behind (seed ${seed})`, async () => {
      const timers = virtualTimers();
      const [one, other] = pair();
      const calling = lossy(one, { timers, seed, ...BAD });
      const callers = createTransactions({ transports: calling, timers });
      const answerers = createTransactions({ transports: lossy(other, { timers, seed: seed + 100, ...BAD }), timers });
      const { acknowledged, ended } = answerCalls(answerers, timers, STANDARD_TIMING);
      const channel = await calling.reach({ kind: 'UDP', host: 'them.example' });
      const results = Promise.all(Array.from({ length: CALLS }, (_, index) => makeCall(callers, channel, `call-${index}`)));
      await timers.advance(100_000);
      assert.deepEqual([...new Set(await results)], ['200']);
      assert.equal(acknowledged.size, CALLS);
      assert.deepEqual([ended.size, Math.max(...ended.values())], [CALLS, 1]);
      assert.equal(callers.standing() + answerers.standing(), 0);
      assert.equal(timers.pending(), 0);
      // It was a bad network indeed.
      assert(answerers.counters.repeated > CALLS / 4);
    });
  }

  it('does so with real sockets', async () => {
    const timing: TransactionTiming = { ...STANDARD_TIMING, t1: 16, t2: 64, t4: 80, absorb: 1_024, trying: 8 };
    const open = (): ReturnType<typeof createTransports> =>
      createTransports({ listen: [{ kind: 'UDP', address: '127.0.0.1', port: 0 }], timers: realTimers, onFault: (what, { error }) => { throw new Error(what, { cause: error }); } });
    const [one, other] = [await open(), await open()];
    const calling = lossy(one, { timers: realTimers, seed: 4, lateBy: 10, ...BAD });
    const callers = createTransactions({ transports: calling, timers: realTimers, timing });
    const answerers = createTransactions({ transports: lossy(other, { timers: realTimers, seed: 5, lateBy: 10, ...BAD }), timers: realTimers, timing });
    const { ended } = answerCalls(answerers, realTimers, timing);
    const channel = await calling.reach({ kind: 'UDP', host: '127.0.0.1', port: other.listening[0]?.place.port ?? 0 });
    let calls = 0;
    const callOneByOne = async (): Promise<void> => {
      while (calls < CALLS) {
        calls += 1;
        assert.equal(await makeCall(callers, channel, `call-${calls}`), '200');
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, callOneByOne));
    assert.equal(ended.size, CALLS);
    const end = performance.now() + 5_000;
    while (callers.standing() + answerers.standing() > 0 && performance.now() < end) await new Promise((resolve) => { setTimeout(resolve, 10); });
    assert.equal(callers.standing() + answerers.standing(), 0);
    await Promise.all([one.stop(), other.stop()]);
  });
});
