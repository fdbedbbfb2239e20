import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { realTimers } from '../../timers.ts';
import { buildRequest, responseTo } from '../message/build.ts';
import { writeMessage } from '../message/write-message.ts';
import type { TransportKind } from './channel.ts';
import { testCertificate } from './testing/certificate.ts';
import { collect, until, type Collector } from './testing/collector.ts';
import { createTransports, type StandingTransports, type TransportsDependencies } from './transports.ts';

const certificate = await testCertificate();
const good = writeMessage(sample('TCP')).toString();
const open: (() => Promise<void> | void)[] = [];

interface Rig {
  readonly transports: StandingTransports;
  readonly collector: Collector;
  readonly port: (kind: TransportKind) => number;
  readonly stream: (kind: TransportKind) => Promise<Socket>;
}

async function rig(options: Partial<TransportsDependencies> = {}): Promise<Rig> {
  const transports = await createTransports({
    listen: (['UDP', 'TCP', 'TLS', 'WS'] as const).map((kind) => ({ kind, address: '127.0.0.1', port: 0, ...(kind === 'UDP' ? {} : { tls: certificate }) })),
    timers: realTimers, onFault: (what, { error }) => { throw new Error(what, { cause: error }); }, ...options,
    timing: { sweep: 5, first: 40, message: 40, stop: 20, ...options.timing },
  });
  open.push(transports.stop);
  const port = (kind: TransportKind): number => transports.listening.find((candidate) => candidate.kind === kind)?.place.port ?? 0;
  return {
    transports, port, collector: collect(transports),
    stream: (kind) => new Promise((resolve) => {
      const socket = connect(port(kind), '127.0.0.1', () => { resolve(socket); });
      // It is to be cut off.
      socket.on('error', () => undefined);
      open.push(() => { socket.destroy(); });
    }),
  };
}

function sample(kind: TransportKind, method = 'OPTIONS'): ReturnType<typeof buildRequest> {
  const request = buildRequest({ method, uri: 'sip:us@127.0.0.1', from: '<sip:them@example.com>;tag=theirs', to: '<sip:us@example.com>', callId: 'a-call', cseq: 7 });
  request.headers.prepend('Via', `SIP/2.0/${kind} phone.example;branch=z9hG4bKtheirs`);
  return request;
}

const closed = (socket: Socket): Promise<string> => new Promise((resolve) => {
  let text = '';
  socket.on('data', (bytes: Buffer) => { text += bytes.toString(); });
  socket.once('close', () => { resolve(text); });
});

/** Sends datagrams, and answers those that have come by then when a good one of them is answered. */
async function answersTo({ port, transports }: Rig, datagrams: readonly (string | Buffer)[]): Promise<readonly string[]> {
  const socket = createSocket('udp4');
  const answers: string[] = [];
  transports.subscribe((message, channel) => { if (message.kind === 'request' && message.method === 'INFO') void channel.send(responseTo(message, 299)); });
  const done = new Promise<void>((resolve) => {
    socket.on('message', (bytes) => {
      const text = bytes.toString();
      if (text.startsWith('SIP/2.0 299')) resolve();
      else answers.push(text);
    });
  });
  for (const datagram of [...datagrams, writeMessage(sample('UDP', 'INFO'))]) {
    await new Promise((resolve) => { socket.send(datagram, port('UDP'), '127.0.0.1', resolve); });
  }
  await done;
  socket.close();
  return answers;
}

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

describe('hostile peers', { timeout: 20_000 }, () => {
  for (const kind of ['TCP', 'TLS', 'WS'] as const) {
    it(`that connect by ${kind} and say nothing are cut off`, async () => {
      const { transports, stream } = await rig();
      await closed(await stream(kind));
      assert.equal(transports.standing(), 0);
    });
  }

  it('that send a byte at a time are cut off, though they never stop', async () => {
    const { transports, stream } = await rig();
    const socket = await stream('TCP');
    let at = 0;
    const dripping = setInterval(() => {
      socket.write(good[at % 20] ?? '');
      at += 1;
    }, 5);
    await closed(socket);
    clearInterval(dripping);
    assert.equal(transports.counters.TCP.slow, 1);
  });

  it('that announce a giant body are told so and cut off', async () => {
    const { transports, stream } = await rig({ timing: { first: 5_000, message: 5_000 } });
    const socket = await stream('TCP');
    const ended = closed(socket);
    socket.write(good.replace('Content-Length: 0', 'Content-Length: 4000000000'));
    assert.match(await ended, /^SIP\/2\.0 513 /);
    assert.equal(transports.counters.TCP.broken, 1);
  });

  it('that send headers without end are cut off before they have taken memory', async () => {
    const { transports, stream } = await rig({ timing: { first: 5_000, message: 5_000 } });
    const socket = await stream('TCP');
    const ended = closed(socket);
    const lines = 'X-More: of the same\r\n'.repeat(1_000);
    socket.write(good.slice(0, -2));
    const pour = (): void => {
      if (socket.destroyed) return;
      if (socket.write(lines)) setImmediate(pour);
      else socket.once('drain', pour);
    };
    pour();
    await ended;
    assert.equal(transports.standing(), 0);
    assert(socket.bytesWritten < 20_000_000);
  });

  it('that send garbage are cut off by TCP', async () => {
    const { transports, stream } = await rig({ timing: { first: 5_000, message: 5_000 } });
    const socket = await stream('TCP');
    const ended = closed(socket);
    socket.write('GET / HTTP/1.1\r\nHost: example.com\r\n\r\n');
    assert.equal(await ended, '');
    assert.equal(transports.counters.TCP.malformed, 1);
  });

  it('that never read are cut off, and whoever sends to them is told', async () => {
    const { collector, stream, transports } = await rig();
    const socket = await stream('TCP');
    socket.pause();
    socket.write(good);
    const { message, channel } = await collector.next();
    assert(message.kind === 'request');
    const response = responseTo(message, 200, undefined, { body: { contentType: 'text/plain', content: 'x'.repeat(60_000) } });
    let refused = 0;
    const sending: Promise<void>[] = [];
    for (let time = 0; time < 1_000 && channel.isOpen(); time += 1) {
      sending.push(channel.send(response).catch(() => { refused += 1; }));
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    await Promise.all(sending);
    assert.equal(channel.isOpen(), false);
    assert(refused > 0);
    assert.equal(transports.counters.TCP.slow, 1);
  });

  it('that open more connections than one address may have are turned away, whatever the kind', async () => {
    const { collector, stream, transports, port } = await rig({ limits: { connectionsPerAddress: 2 }, timing: { first: 5_000 } });
    const first = await stream('TCP');
    // It counts before its handshake is over.
    await stream('TLS');
    first.write(good);
    await collector.next();
    await closed(await stream('TCP'));
    await closed(await stream('TLS'));
    await assert.rejects(new Promise((_resolve, reject) => { new WebSocket(`ws://127.0.0.1:${port('WS')}/sip`, 'sip').once('error', reject); }));
    assert.deepEqual([transports.counters.TCP.turnedAway, transports.counters.TLS.turnedAway, transports.counters.WS.turnedAway], [1, 1, 1]);
    first.destroy();
    await until(() => transports.standing() === 0, 'the first one is gone');
    const next = await stream('TCP');
    next.write(good);
    await collector.next();
  });

  it('that are not welcome cost no reading', async () => {
    let isWelcome = true;
    const asked: string[] = [];
    const guard = { isWelcome: (address: string, kind: TransportKind, bytes: number) => {
      asked.push(`${address} ${kind} ${bytes > 0 ? 'bytes' : 'connection'}`);
      return isWelcome;
    } };
    const us = await rig({ guard, timing: { first: 5_000 } });
    const socket = await us.stream('TCP');
    socket.write(good);
    await us.collector.next();
    isWelcome = false;
    socket.write(good);
    await closed(socket);
    await closed(await us.stream('TLS'));
    await assert.rejects(new Promise((_resolve, reject) => { new WebSocket(`ws://127.0.0.1:${us.port('WS')}/sip`, 'sip').once('error', reject); }));
    const datagrams = createSocket('udp4');
    datagrams.send('anything', us.port('UDP'), '127.0.0.1');
    await until(() => us.transports.counters.UDP.unwelcome === 1, 'the datagram has come');
    datagrams.close();
    assert.equal(us.collector.received.length, 1);
    assert.deepEqual(new Set(asked), new Set(['127.0.0.1 TCP connection', '127.0.0.1 TCP bytes', '127.0.0.1 TLS connection', '127.0.0.1 WS connection', '127.0.0.1 UDP bytes']));
  });

  it('get an answer to a malformed request that is hardly longer, and none to anything else', async () => {
    const us = await rig();
    const whole = writeMessage(sample('UDP')).toString();
    const answers = await answersTo(us, [
      whole.replace('CSeq: 7 OPTIONS', 'CSeq: 7 INVITE'),
      whole.replace('CSeq: 7 OPTIONS', 'CSeq: seven OPTIONS'),
      // None of these.
      whole.replace('CSeq: 7 OPTIONS\r\n', ''),
      whole.replace(/Via: .*\r\n/, ''),
      whole.replace('OPTIONS sip:', 'ACK sip:').replace('CSeq: 7 OPTIONS', 'CSeq: 8 INVITE'),
      writeMessage(responseTo(sample('UDP'), 200)).toString().replace('CSeq: 7', 'CSeq: x'),
      '\r\n\r\n', '\0\0\0\0', '', 'garbage', Buffer.alloc(60_000, 'a'),
    ]);
    assert.deepEqual(answers.map((text) => text.slice(0, 11)), ['SIP/2.0 400', 'SIP/2.0 400']);
    for (const answer of answers) {
      assert(answer.length <= whole.length + 64);
      assert.match(answer, /\r\nTo: .*;tag=/);
      assert.match(answer, /;received=127\.0\.0\.1/);
    }
    assert.equal(us.transports.counters.UDP.answered, 2);
    assert.equal(us.collector.received.length, 1);
  });

  it('are not answered where the guard does not want it, and it is told of what they send', async () => {
    const faults: string[] = [];
    let asked = 0;
    const mayAnswer = (): boolean => {
      asked += 1;
      return asked > 1;
    };
    const us = await rig({ guard: { isWelcome: () => true, mayAnswer, fault: (address, fault, kind) => { faults.push(`${address} ${fault} ${kind}`); } } });
    assert.deepEqual(await answersTo(us, [writeMessage(sample('UDP')).toString().replace('CSeq: 7 OPTIONS', 'CSeq: 7 INVITE')]), []);
    assert.deepEqual(faults, ['127.0.0.1 malformed UDP']);
    assert.equal(us.transports.counters.UDP.withheld, 1);
  });

  it('that send by WebSocket what is too long, or no SIP, harm nobody', async () => {
    const us = await rig();
    const web = new WebSocket(`ws://127.0.0.1:${us.port('WS')}/sip`, 'sip');
    await new Promise((resolve) => { web.once('open', resolve); });
    web.send('garbage');
    web.send(Buffer.from([0xff, 0xfe, 0x00]));
    web.send(writeMessage(sample('WS')));
    await us.collector.next();
    const ended = new Promise((resolve) => { web.once('close', resolve); });
    web.send('x'.repeat(70_000));
    assert.equal(await ended, 1009);
    await until(() => us.transports.standing() === 0, 'it is gone');
  });

  it('that send whatever they like, cut however they like, break nothing', async () => {
    const us = await rig({ timing: { first: 5_000, message: 5_000 } });
    const piece = fc.oneof(fc.string(), fc.uint8Array().map((bytes) => Buffer.from(bytes)), fc.constant(good), fc.constant('\r\n\r\n'), fc.constant(good.slice(0, 100)), fc.constant('Content-Length: 99\r\n'));
    await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
      const socket = await us.stream('TCP');
      for (const bytes of pieces) socket.write(bytes);
      socket.end();
      socket.resume();
      await closed(socket);
      await answersTo(us, pieces);
    }), { numRuns: 40, seed: 7 });
    await until(() => us.transports.standing() === 0, 'all of them are gone');
  });
});
