import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { buildRequest, responseTo } from '../message/build.ts';
import type { SipRequest } from '../message/message.ts';
import type { TransportKind } from '../transport/channel.ts';
import { fakeTransports } from '../transport/testing/fake-transports.ts';
import { createTransactions, type TransactionLayer } from './transaction-layer.ts';
import type { ServerTransaction } from './transactions.ts';

interface Case {
  readonly name: string;
  readonly kind: TransportKind;
  readonly method: string;
  /** What happens after the request has come: it comes again, its receiver responds, `ACK`, `CANCEL`, `close`, `broken`. */
  readonly script: readonly (readonly [at: number, what: string])[];
  readonly log: readonly string[];
  /** An INVITE stands for as long as its receiver lets it. */
  readonly stands?: number;
}

const LONG = 100_000;

const cases: readonly Case[] = [
  {
    name: 'INVITE is told 100 after 200 ms, and each time it comes again', kind: 'UDP', method: 'INVITE', script: [[100, 'again'], [500, 'again'], [900, 'respond 180'], [1500, 'again']],
    log: ['0 offered', '200 > 100', '500 > 100', '900 > 180', '1500 > 180'], stands: 1,
  },
  { name: 'INVITE is not told 100 when there was a response', kind: 'UDP', method: 'INVITE', script: [[100, 'respond 180']], log: ['0 offered', '100 > 180'], stands: 1 },
  {
    name: 'a failure by UDP is repeated by timer G up to T2, and given up by timer H', kind: 'UDP', method: 'INVITE', script: [[100, 'respond 486'], [200, 'again']],
    log: [
      '0 offered', '100 > 486', '200 > 486', '600 > 486', '1600 > 486', '3600 > 486', '7600 > 486', '11600 > 486', '15600 > 486', '19600 > 486', '23600 > 486', '27600 > 486', '31600 > 486',
      '32100 failed timeout', '32100 gone',
    ],
  },
  {
    name: 'an ACK ends the repeating, and more of them are taken in silence until timer I', kind: 'UDP', method: 'INVITE', script: [[100, 'respond 486'], [700, 'ACK'], [800, 'ACK'], [900, 'again'], [5699, 'ACK'], [5701, 'ACK']],
    log: ['0 offered', '100 > 486', '600 > 486', '5700 gone', '5701 ACK'],
  },
  { name: 'by TCP a failure is sent once, and timer I is nothing', kind: 'TCP', method: 'INVITE', script: [[100, 'respond 486'], [700, 'ACK']], log: ['0 offered', '100 > 486', '700 gone'] },
  { name: 'timer H runs by TCP too', kind: 'TCP', method: 'INVITE', script: [[100, 'respond 486']], log: ['0 offered', '100 > 486', '32100 failed timeout', '32100 gone'] },
  {
    name: 'after a 2xx requests that come again are taken in silence until timer L, and ACKs are passed on', kind: 'UDP', method: 'INVITE', script: [[100, 'respond 200'], [500, 'again'], [600, 'ACK'], [700, 'ACK'], [32_099, 'again']],
    log: ['0 offered', '100 > 200', '600 ACK', '700 ACK', '32100 gone'],
  },
  { name: 'a 2xx that is given again is sent again, and nothing else is', kind: 'UDP', method: 'INVITE', script: [[100, 'respond 200'], [600, 'respond 200'], [700, 'respond 486'], [800, 'respond 180']], log: ['0 offered', '100 > 200', '600 > 200', '32100 gone'] },
  { name: 'timer L runs by TLS too', kind: 'TLS', method: 'INVITE', script: [[100, 'respond 200']], log: ['0 offered', '100 > 200', '32100 gone'] },
  { name: 'an ACK before a final response is passed over', kind: 'UDP', method: 'INVITE', script: [[100, 'ACK'], [150, 'respond 180']], log: ['0 offered', '150 > 180'], stands: 1 },
  {
    name: 'others are answered with their last response when they come again, until timer J', kind: 'UDP', method: 'OPTIONS', script: [[100, 'again'], [200, 'respond 100'], [300, 'again'], [400, 'respond 200'], [500, 'again'], [32_399, 'again'], [32_401, 'again'], [32_402, 'respond 404']],
    log: ['0 offered', '200 > 100', '300 > 100', '400 > 200', '500 > 200', '32399 > 200', '32400 gone', '32401 offered', '32402 > 404', '64402 gone'],
  },
  { name: 'by WS timer J is nothing', kind: 'WS', method: 'OPTIONS', script: [[100, 'respond 200']], log: ['0 offered', '100 > 200', '100 gone'] },
  { name: 'after a final response nothing more is sent', kind: 'UDP', method: 'BYE', script: [[100, 'respond 200'], [200, 'respond 481'], [300, 'respond 100']], log: ['0 offered', '100 > 200', '32100 gone'] },
  { name: 'others that nobody answers are over when their sender has given up', kind: 'UDP', method: 'BYE', script: [[40_000, 'respond 200']], log: ['0 offered', '32000 failed timeout', '32000 gone'] },
  {
    name: 'CANCEL is answered and told once, and the 487 is up to the receiver', kind: 'UDP', method: 'INVITE', script: [[100, 'respond 180'], [200, 'CANCEL'], [300, 'CANCEL'], [400, 'respond 487'], [450, 'ACK']],
    log: ['0 offered', '100 > 180', '200 > 200 CANCEL', '200 cancelled', '300 > 200 CANCEL', '400 > 487', '32200 gone'],
  },
  { name: 'CANCEL after a final response changes nothing', kind: 'TCP', method: 'INVITE', script: [[100, 'respond 200'], [200, 'CANCEL']], log: ['0 offered', '100 > 200', '200 > 200 CANCEL', '32100 gone'] },
  { name: 'CANCEL of nothing is answered with 481, and nothing stands for it', kind: 'UDP', method: 'OPTIONS', script: [[100, 'respond 200'], [200, 'CANCEL']], log: ['0 offered', '100 > 200', '200 > 481 CANCEL', '32100 gone'] },
  { name: 'a channel that closes is a failure', kind: 'TCP', method: 'INVITE', script: [[100, 'respond 180'], [200, 'close'], [300, 'respond 200']], log: ['0 offered', '100 > 180', '200 failed transport', '200 gone'] },
  { name: 'a response that cannot be sent is a failure', kind: 'UDP', method: 'INVITE', script: [[50, 'broken'], [100, 'respond 486']], log: ['0 offered', '100 failed transport', '100 gone'] },
];

function sample(method: string, branch = 'z9hG4bKtheirs', host = 'them.example'): SipRequest {
  const request = buildRequest({ method, uri: 'sip:us@example.com', from: '<sip:them@example.com>;tag=theirs', to: '<sip:us@example.com>', callId: 'a-call', cseq: 7 });
  request.headers.prepend('Via', `SIP/2.0/UDP ${host};branch=${branch}`);
  return request;
}

interface Rig {
  readonly layer: TransactionLayer;
  readonly transports: ReturnType<typeof fakeTransports>;
  readonly offered: ServerTransaction[];
  readonly acks: SipRequest[];
}

function rig(options: Partial<Parameters<typeof createTransactions>[0]> = {}): Rig {
  const transports = fakeTransports();
  const layer = createTransactions({ transports, timers: virtualTimers(), ...options });
  const offered: ServerTransaction[] = [];
  const acks: SipRequest[] = [];
  layer.onRequest((transaction) => { offered.push(transaction); });
  layer.onAck((ack) => { acks.push(ack); });
  return { layer, transports, offered, acks };
}

describe('server transactions', () => {
  for (const { name, kind, method, script, log: expected, stands = 0 } of cases) {
    it(name, async () => {
      const log: string[] = [];
      const timers = virtualTimers();
      const transports = fakeTransports();
      const note = (what: string): void => { log.push(`${Math.round(timers.now())} ${what}`); };
      const layer = createTransactions({ transports, timers: { now: timers.now, after: (ms, work) => timers.after(ms, () => { watch(work); }) } });
      const watch = (work: () => void): void => {
        const stood = layer.standing() > 0;
        work();
        if (stood && layer.standing() === 0) note('gone');
      };
      const channel = transports.channel(kind, (message) => {
        assert(message.kind === 'response');
        note(`> ${message.status}${message.headers.get('CSeq')?.endsWith('CANCEL') === true ? ' CANCEL' : ''}`);
      });
      let transaction: ServerTransaction | undefined;
      layer.onAck(() => { note('ACK'); });
      layer.onRequest((offered) => {
        note('offered');
        transaction = offered;
        offered.onCancel(() => { note('cancelled'); });
        offered.onFailed((why) => {
          note(`failed ${why}`);
          if (why === 'transport') queueMicrotask(() => { if (layer.standing() === 0) note('gone'); });
        });
      });
      const act = (what: string): void => {
        const [verb, status] = what.split(' ');
        if (verb === 'respond') transaction?.respond(responseTo(sample(method), Number(status), undefined, { toTag: 'ours' }));
        else if (verb === 'again') transports.receive(sample(method), channel);
        else if (verb === 'close') channel.close();
        else if (verb === 'broken') channel.breakDown(true);
        else transports.receive(sample(what), channel);
      };
      transports.receive(sample(method), channel);
      for (const [at, what] of script) timers.after(at, () => { if (what === 'close') act(what); else watch(() => { act(what); }); });
      await timers.advance(LONG);
      assert.deepEqual(log, expected);
      assert.equal(layer.standing(), stands);
      layer.stop();
      assert.equal(layer.standing(), 0);
      assert.equal(timers.pending(), 0);
      assert.equal(channel.listeners(), 0);
    });
  }

  it('tells transactions apart by branch, sender and method (17.2.3)', () => {
    const { layer, transports, offered } = rig();
    const channel = transports.channel('UDP');
    const requests = [
      sample('OPTIONS'), sample('OPTIONS'), sample('OPTIONS', 'z9hG4bKother'), sample('OPTIONS', 'z9hG4bKtheirs', 'other.example'), sample('INFO'), sample('OPTIONS', 'z9hG4bKtheirs', 'THEM.example'),
    ];
    for (const request of requests) transports.receive(request, channel);
    assert.deepEqual(offered.map(({ request }) => requests.indexOf(request)), [0, 2, 3, 4]);
    assert.equal(layer.counters.repeated, 2);
    layer.stop();
  });

  it('tells those of RFC 2543 apart, whose branches say nothing, by all that is the same in their messages', () => {
    for (const branch of ['', '1', 'z9hG4bK']) {
      const { layer, transports, offered, acks } = rig();
      const channel = transports.channel('TCP');
      const old = (method: string, cseq = 7): SipRequest => {
        const request = sample(method, branch);
        request.headers.set('CSeq', `${cseq} ${method}`);
        return request;
      };
      transports.receive(old('INVITE'), channel);
      transports.receive(old('INVITE'), channel);
      transports.receive(old('INVITE', 8), channel);
      assert.equal(offered.length, 2);
      offered[0]?.respond(responseTo(old('INVITE'), 486, undefined, { toTag: 'ours' }));
      const ack = old('ACK');
      ack.headers.set('To', '<sip:us@example.com>;tag=ours');
      transports.receive(ack, channel);
      assert.equal(layer.standing(), 1);
      assert.equal(acks.length, 0);
      let wasCancelled = false;
      offered[1]?.onCancel(() => { wasCancelled = true; });
      transports.receive(old('CANCEL', 8), channel);
      assert.equal(wasCancelled, true);
      layer.stop();
    }
  });

  it('answers a CANCEL under the tag of the INVITE, and tells whoever asks later', () => {
    const { layer, transports, offered } = rig();
    const channel = transports.channel('TCP');
    transports.receive(sample('INVITE'), channel);
    offered[0]?.respond(responseTo(sample('INVITE'), 180, undefined, { toTag: 'ours' }));
    const cancel = sample('CANCEL');
    cancel.headers.append('Reason', 'Q.850;cause=16');
    transports.receive(cancel, channel);
    assert.equal(channel.sent.at(-1)?.headers.get('To'), '<sip:us@example.com>;tag=ours');
    const told: (string | undefined)[] = [];
    offered[0]?.onCancel((reason) => { told.push(reason); });
    assert.deepEqual(told, ['Q.850;cause=16']);
    layer.stop();
  });

  it('passes on an ACK that belongs to no failure', () => {
    const { layer, transports, acks } = rig();
    transports.receive(sample('ACK', 'z9hG4bKanother'), transports.channel('UDP'));
    assert.equal(acks.length, 1);
    assert.equal(layer.standing(), 0);
  });

  it('tells those beyond its limit to come again later, and keeps nothing of them', () => {
    const { layer, transports, offered } = rig({ limits: { servers: 2, retryAfter: 9 } });
    const channel = transports.channel('UDP');
    for (const branch of ['z9hG4bK1', 'z9hG4bK2', 'z9hG4bK3', 'z9hG4bK3']) transports.receive(sample('INVITE', branch), channel);
    assert.equal(offered.length, 2);
    assert.equal(layer.standing(), 2);
    const refusals = channel.sent.map((message) => [message.kind === 'response' && message.status, message.headers.get('Retry-After')]);
    assert.deepEqual(refusals, [[503, '9'], [503, '9']]);
    assert.equal(channel.sent[0]?.headers.get('To'), channel.sent[1]?.headers.get('To'));
    assert.match(channel.sent[0]?.headers.get('To') ?? '', /;tag=/);
    // Those that stand can still be cancelled.
    transports.receive(sample('CANCEL', 'z9hG4bK1'), channel);
    assert.equal(channel.sent.at(-1)?.kind === 'response' && channel.sent.at(-1)?.headers.get('CSeq'), '7 CANCEL');
    layer.stop();
  });

  it('answers 500 where its receiver fails, or where there is none', () => {
    const faults: string[] = [];
    const transports = fakeTransports();
    const layer = createTransactions({ transports, timers: virtualTimers(), onFault: (what) => { faults.push(what); } });
    const channel = transports.channel('TCP');
    transports.receive(sample('OPTIONS', 'z9hG4bK1'), channel);
    layer.onRequest(() => { throw new Error('ours'); });
    transports.receive(sample('OPTIONS', 'z9hG4bK2'), channel);
    assert.deepEqual(channel.sent.map((message) => message.kind === 'response' && message.status), [500, 500]);
    assert.equal(faults.length, 1);
    assert.equal(layer.standing(), 0);
  });

  it('offers nothing that came by a channel which is closed', () => {
    const { layer, transports, offered } = rig();
    const channel = transports.channel('TCP');
    channel.close();
    transports.receive(sample('INVITE'), channel);
    assert.equal(offered.length, 0);
    assert.equal(layer.standing(), 0);
  });

  it('sends ACKs of a 2xx under branches of their own, and keeps nothing of them', () => {
    const { layer, transports } = rig();
    const channel = transports.channel('UDP');
    layer.acknowledge(sample('ACK'), channel);
    layer.acknowledge(sample('ACK'), channel);
    const [first, second] = channel.sent.map((message) => message.headers.get('Via'));
    assert.notEqual(first, second);
    assert.equal(layer.standing(), 0);
    channel.breakDown(true);
    layer.acknowledge(sample('ACK'), channel);
  });
});
