import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { buildRequest, responseTo } from '../message/build.ts';
import type { SipMessage, SipRequest } from '../message/message.ts';
import { topVia } from '../message/via.ts';
import type { TransportKind } from '../transport/channel.ts';
import { fakeTransports } from '../transport/testing/fake-transports.ts';
import { createTransactions } from './transaction-layer.ts';

interface Case {
  readonly name: string;
  readonly kind: TransportKind;
  readonly method: string;
  /** What happens, and when: a status that comes, `cancel`, `close`, `broken`, `mended`. */
  readonly script?: readonly (readonly [at: number, what: string])[];
  /** What is sent, told and left over, and when. */
  readonly log: readonly string[];
}

/** Until nothing is left, whatever it was. */
const LONG = 700_000;

const cases: readonly Case[] = [
  {
    name: 'INVITE by UDP is repeated by timer A, doubled without bounds, and given up by timer B', kind: 'UDP', method: 'INVITE',
    log: ['0 > INVITE', '500 > INVITE', '1500 > INVITE', '3500 > INVITE', '7500 > INVITE', '15500 > INVITE', '31500 > INVITE', '32000 failed timeout'],
  },
  { name: 'INVITE by TCP is sent once, and given up by timer B', kind: 'TCP', method: 'INVITE', log: ['0 > INVITE', '32000 failed timeout'] },
  {
    name: 'others by UDP are repeated by timer E up to T2, and given up by timer F', kind: 'UDP', method: 'OPTIONS',
    log: [
      '0 > OPTIONS', '500 > OPTIONS', '1500 > OPTIONS', '3500 > OPTIONS', '7500 > OPTIONS', '11500 > OPTIONS', '15500 > OPTIONS', '19500 > OPTIONS', '23500 > OPTIONS',
      '27500 > OPTIONS', '31500 > OPTIONS', '32000 failed timeout',
    ],
  },
  { name: 'others by TLS are sent once, and given up by timer F', kind: 'TLS', method: 'OPTIONS', log: ['0 > OPTIONS', '32000 failed timeout'] },
  {
    name: 'a provisional response stops timer A and calls timer B off', kind: 'UDP', method: 'INVITE', script: [[600, '100'], [40_000, '180'], [50_000, '200']],
    log: ['0 > INVITE', '500 > INVITE', '600 told 100', '40000 told 180', '50000 told 200', '82000 gone'],
  },
  {
    name: 'a provisional response to others makes timer E wait for T2, and leaves timer F alone', kind: 'UDP', method: 'OPTIONS', script: [[100, '100']],
    log: ['0 > OPTIONS', '100 told 100', '4100 > OPTIONS', '8100 > OPTIONS', '12100 > OPTIONS', '16100 > OPTIONS', '20100 > OPTIONS', '24100 > OPTIONS', '28100 > OPTIONS', '32000 failed timeout'],
  },
  {
    name: 'a 2xx that comes again, or from another fork, is told until timer M', kind: 'UDP', method: 'INVITE', script: [[10, '200'], [20, '200'], [30, '200 fork'], [40, '486'], [50, '180'], [32_009, '200'], [32_011, '200']],
    log: ['0 > INVITE', '10 told 200', '20 told 200', '30 told 200', '32009 told 200', '32010 gone'],
  },
  { name: 'timer M runs by TCP too', kind: 'TCP', method: 'INVITE', script: [[10, '200'], [20, '200']], log: ['0 > INVITE', '10 told 200', '20 told 200', '32010 gone'] },
  {
    name: 'a failure by UDP is acknowledged, each time it comes, and told once until timer D', kind: 'UDP', method: 'INVITE', script: [[10, '486'], [510, '486'], [1510, '486'], [1520, '200'], [1530, '180'], [32_011, '486']],
    log: ['0 > INVITE', '10 > ACK', '10 told 486', '510 > ACK', '1510 > ACK', '32010 gone'],
  },
  { name: 'a failure by TCP is acknowledged, and timer D is nothing', kind: 'TCP', method: 'INVITE', script: [[10, '180'], [20, '603']], log: ['0 > INVITE', '10 told 180', '20 > ACK', '20 told 603', '20 gone'] },
  {
    name: 'a final response to others by UDP is told once until timer K', kind: 'UDP', method: 'BYE', script: [[10, '200'], [20, '200'], [30, '481'], [5011, '200']],
    log: ['0 > BYE', '10 told 200', '5010 gone'],
  },
  { name: 'a final response to others by WSS ends it, as timer K is nothing', kind: 'WSS', method: 'BYE', script: [[10, '200']], log: ['0 > BYE', '10 told 200', '10 gone'] },
  { name: 'a provisional response after a final one is told nobody', kind: 'UDP', method: 'BYE', script: [[10, '200'], [20, '100']], log: ['0 > BYE', '10 told 200', '5010 gone'] },
  {
    name: 'CANCEL waits for a provisional response, and timers E and F are its own', kind: 'UDP', method: 'INVITE', script: [[10, 'cancel'], [600, '100'], [700, '200 of CANCEL'], [800, '487']],
    log: ['0 > INVITE', '500 > INVITE', '600 told 100', '600 > CANCEL', '800 > ACK', '800 told 487', '32800 gone'],
  },
  {
    name: 'CANCEL after a provisional response goes at once, once', kind: 'TCP', method: 'INVITE', script: [[10, '180'], [20, 'cancel'], [30, 'cancel'], [40, '200 of CANCEL'], [50, '180'], [60, '487']],
    log: ['0 > INVITE', '10 told 180', '20 > CANCEL', '50 told 180', '60 > ACK', '60 told 487', '60 gone'],
  },
  {
    name: 'what is cancelled and not answered is over after 64 T1', kind: 'TCP', method: 'INVITE', script: [[10, '180'], [20, 'cancel'], [30, '200 of CANCEL'], [500, '180']],
    log: ['0 > INVITE', '10 told 180', '20 > CANCEL', '500 told 180', '32020 failed timeout'],
  },
  { name: 'what is cancelled and answered all the same is answered', kind: 'TCP', method: 'INVITE', script: [[10, 'cancel'], [20, '200']], log: ['0 > INVITE', '20 told 200', '32020 gone'] },
  { name: 'only INVITE is cancelled', kind: 'TCP', method: 'OPTIONS', script: [[10, '100'], [20, 'cancel'], [30, '200']], log: ['0 > OPTIONS', '10 told 100', '30 told 200', '30 gone'] },
  {
    name: 'an INVITE that was answered provisionally and never finally is cancelled', kind: 'TCP', method: 'INVITE', script: [[10, '180'], [60_000, '180'], [660_010, '200 of CANCEL'], [660_020, '487']],
    log: ['0 > INVITE', '10 told 180', '60000 told 180', '660000 > CANCEL', '660020 > ACK', '660020 told 487', '660020 gone'],
  },
  { name: 'a channel that closes is a failure', kind: 'TCP', method: 'INVITE', script: [[10, '180'], [20, 'close']], log: ['0 > INVITE', '10 told 180', '20 failed transport'] },
  { name: 'a channel that closes after the answer is none', kind: 'TCP', method: 'INVITE', script: [[10, '200'], [20, 'close']], log: ['0 > INVITE', '10 told 200', '32010 gone'] },
  { name: 'a channel that is closed already is a failure', kind: 'TCP', method: 'OPTIONS', script: [[0, 'close']], log: ['0 failed transport'] },
  { name: 'what cannot be sent is a failure', kind: 'UDP', method: 'INVITE', script: [[0, 'broken']], log: ['0 failed transport'] },
  { name: 'what cannot be sent again is a failure', kind: 'UDP', method: 'OPTIONS', script: [[100, 'broken']], log: ['0 > OPTIONS', '500 failed transport'] },
  { name: 'an ACK that cannot be sent changes nothing', kind: 'UDP', method: 'INVITE', script: [[100, 'broken'], [200, '486']], log: ['0 > INVITE', '200 told 486', '32200 gone'] },
];

describe('client transactions', () => {
  for (const { name, kind, method, script = [], log: expected } of cases) {
    it(name, async () => {
      const log: string[] = [];
      const timers = virtualTimers();
      const transports = fakeTransports();
      const note = (what: string): void => { log.push(`${Math.round(timers.now())} ${what}`); };
      const layer = createTransactions({ transports, timers: { now: timers.now, after: (ms, work) => timers.after(ms, () => { watch(work); }) } });
      /** Does something, and notes when nothing stands any more after it. */
      const watch = (work: () => void): void => {
        const stood = layer.standing() > 0;
        work();
        if (stood && layer.standing() === 0 && log.at(-1)?.includes('failed') !== true) note('gone');
      };
      let transaction: ReturnType<typeof layer.request> | undefined;
      let cancel: SipMessage | undefined;
      const channel = transports.channel(kind, (message) => {
        const what = message.kind === 'request' ? message.method : String(message.status);
        note(`> ${what}`);
        if (what === 'CANCEL') cancel = message;
      });
      const act = (what: string): void => {
        const [status] = what.split(' ');
        if (what === 'cancel') transaction?.cancel();
        else if (what === 'close') channel.close();
        else if (what === 'broken') channel.breakDown(true);
        else if (what.endsWith('CANCEL')) transports.receive(responseTo(asRequest(cancel), Number(status)), channel);
        else transports.receive(responseTo(asRequest(transaction?.request), Number(status), undefined, { toTag: what }), channel);
      };
      for (const [at, what] of script) if (at === 0) act(what);
      transaction = layer.request(sample(method), channel, {
        response: ({ status }) => { note(`told ${status}`); },
        failed: (why) => { note(`failed ${why}`); },
      });
      for (const [at, what] of script) if (at > 0) timers.after(at, () => { watch(() => { act(what); }); });
      await timers.advance(LONG);
      assert.deepEqual(log, expected);
      assert.equal(layer.standing(), 0);
      assert.equal(timers.pending(), 0);
      assert.equal(channel.listeners(), 0);
    });
  }

  it('those that only wait for what comes again end together, and not too early', async () => {
    const timers = virtualTimers();
    const transports = fakeTransports();
    const layer = createTransactions({ transports, timers, timing: { step: 500 } });
    const channel = transports.channel('UDP');
    for (const ms of [10, 100, 300]) {
      timers.after(ms, () => {
        const { request } = layer.request(sample('BYE'), channel, { response: () => undefined, failed: () => undefined });
        transports.receive(responseTo(request, 200), channel);
      });
    }
    await timers.advance(5499);
    assert.equal(layer.standing(), 3);
    await timers.advance(1);
    assert.equal(layer.standing(), 0);
  });

  it('puts a Via of its own before the others, and leaves the request that it was given alone', () => {
    const transports = fakeTransports();
    const layer = createTransactions({ transports, timers: virtualTimers() });
    const channel = transports.channel('TLS');
    const given = sample('INVITE');
    given.headers.prepend('Via', 'SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKother');
    layer.request(given, channel, { response: () => undefined, failed: () => undefined });
    const [sent] = channel.sent;
    assert.match(sent?.headers.all('Via')[0] ?? '', /^SIP\/2\.0\/TLS 192\.0\.2\.1:5060;rport;branch=z9hG4bK[0-9a-f]{24}$/);
    assert.equal(sent?.headers.all('Via')[1], 'SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKother');
    assert.equal(given.headers.all('Via').length, 1);
    layer.stop();
  });

  it('makes the ACK of a failure as 17.1.1.3 has it', () => {
    const transports = fakeTransports();
    const layer = createTransactions({ transports, timers: virtualTimers() });
    const channel = transports.channel('TCP');
    const invite = sample('INVITE');
    invite.headers.append('Route', '<sip:proxy.example;lr>').append('Contact', '<sip:us@192.0.2.1>');
    const { request: sent } = layer.request(invite, channel, { response: () => undefined, failed: () => undefined });
    transports.receive(responseTo(sent, 486, undefined, { toTag: 'theirs' }), channel);
    const ack = asRequest(channel.sent[1]);
    assert.equal(ack.method, 'ACK');
    assert.equal(ack.uri, sent.uri);
    assert.deepEqual([...ack.headers].map(([name]) => name), ['Via', 'Max-Forwards', 'Route', 'From', 'To', 'Call-ID', 'CSeq']);
    assert.deepEqual(ack.headers.all('Via'), sent.headers.all('Via').slice(0, 1));
    assert.equal(ack.headers.get('To'), '<sip:them@example.com>;tag=theirs');
    assert.equal(ack.headers.get('CSeq'), '7 ACK');
  });

  it('tells why it cancels, under the branch of the INVITE', () => {
    const transports = fakeTransports();
    const layer = createTransactions({ transports, timers: virtualTimers() });
    const channel = transports.channel('TCP');
    const transaction = layer.request(sample('INVITE'), channel, { response: () => undefined, failed: () => undefined });
    transaction.cancel('SIP;cause=200;text="Call completed elsewhere"');
    transports.receive(responseTo(transaction.request, 180), channel);
    const cancel = asRequest(channel.sent[1]);
    assert.equal(cancel.headers.get('Reason'), 'SIP;cause=200;text="Call completed elsewhere"');
    assert.equal(topVia(cancel.headers)?.params.get('branch'), topVia(transaction.request.headers)?.params.get('branch'));
    assert.equal(cancel.headers.get('CSeq'), '7 CANCEL');
    layer.stop();
  });

  it('passes over responses to nothing of ours, of another method, or with more than one Via', () => {
    const transports = fakeTransports();
    const layer = createTransactions({ transports, timers: virtualTimers() });
    const channel = transports.channel('UDP');
    const told: number[] = [];
    const { request: sent } = layer.request(sample('OPTIONS'), channel, { response: ({ status }) => { told.push(status); }, failed: () => undefined });
    const ok = responseTo(sent, 200);
    transports.receive({ ...ok, headers: ok.headers.clone().set('CSeq', '7 INVITE') }, channel);
    transports.receive({ ...ok, headers: ok.headers.clone().append('Via', 'SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKother') }, channel);
    transports.receive({ ...ok, headers: ok.headers.clone().set('Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKnever') }, channel);
    transports.receive({ ...ok, headers: ok.headers.clone().set('Via', 'nonsense') }, channel);
    assert.deepEqual(told, []);
    assert.equal(layer.counters.strayResponses, 4);
    transports.receive(ok, channel);
    assert.deepEqual(told, [200]);
    layer.stop();
  });

  it('outlives a listener that fails', async () => {
    const faults: string[] = [];
    const timers = virtualTimers();
    const transports = fakeTransports();
    const layer = createTransactions({ transports, timers, onFault: (what) => { faults.push(what); } });
    const channel = transports.channel('TCP');
    const { request: sent } = layer.request(sample('OPTIONS'), channel, { response: () => { throw new Error('ours'); }, failed: () => undefined });
    transports.receive(responseTo(sent, 200), channel);
    layer.request(sample('OPTIONS'), channel, { response: () => undefined, failed: () => { throw new Error('ours'); } });
    channel.close();
    await timers.advance(0);
    assert.equal(faults.length, 2);
    assert.equal(layer.standing(), 0);
  });
});

function sample(method: string): SipRequest {
  return buildRequest({ method, uri: 'sip:them@example.com', from: '<sip:us@example.com>;tag=ours', to: '<sip:them@example.com>', callId: 'a-call', cseq: 7 });
}

function asRequest(message: SipMessage | undefined): SipRequest {
  assert(message?.kind === 'request');
  return message;
}
