import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { admin } from '@parley/contract/admin/family.ts';
import { follow } from '@parley/contract/event-stream.ts';
import { asEventStream, handle, type EventSink } from '@parley/contract/handler.ts';
import { object, integer } from '@parley/contract/schema.ts';
import { operation } from '@parley/contract/operation.ts';
import { until } from '../testing/until.ts';
import { MAX_WAITING_BYTES } from './event-stream.ts';
import { listen, type Listening } from './listener.fixture.ts';

const followTicks = operation({
  id: 'followTicks', family: admin, method: 'GET', path: '/admin/v1/ticks', auth: 'session', permission: 'tenant.write', replyMedia: 'text/event-stream',
  summary: 'Ticks', request: {}, result: object({}), events: { tick: object({ n: integer('Which.') }) },
});

const BEAT_MS = 20;
let app: Listening;
let sinks: EventSink[];
let stopped: number;
let mayGoOn: () => Promise<boolean>;

const handler = handle(followTicks, () => Promise.resolve(asEventStream({
  open: (sink) => {
    sinks.push(sink);
    sink.send('tick', '{"n":0}');
    return () => { stopped += 1; };
  },
  mayGoOn: () => mayGoOn(), beatMs: BEAT_MS,
})));

before(async () => { app = await listen({ more: [handler] }); });
after(() => app.close());
beforeEach(() => {
  sinks = [];
  stopped = 0;
  mayGoOn = () => Promise.resolve(true);
});

const ticks = (signal = new AbortController().signal, token = 'right') => follow({ baseUrl: app.url, authorize: () => ({ authorization: `Bearer ${token}` }) }, followTicks, {}, signal);
const REQUEST = 'GET /admin/v1/ticks HTTP/1.1\r\nhost: x\r\nauthorization: Bearer right\r\n\r\n';

describe('a stream of events', () => {
  test('tells each as it happens, and is over when it is ended', async () => {
    const told: unknown[] = [];
    for await (const { name, data } of ticks()) {
      told.push([name, data]);
      if (told.length === 1) sinks[0]?.send('tick', '{"n":1}');
      else sinks[0]?.end();
    }
    assert.deepEqual(told, [['tick', { n: 0 }], ['tick', { n: 1 }]]);
    assert.equal(stopped, 1, 'whoever sends is told, once');
    sinks[0]?.send('tick', '{"n":2}');
    sinks[0]?.end();
  });

  test('is refused as every other operation is', async () => {
    await assert.rejects(ticks(undefined, 'poor').next(), { status: 403 });
    assert.equal(sinks.length, 0);
  });

  test('says what it is, and is kept awake', async () => {
    const socket = connect(app.port, '127.0.0.1');
    let received = '';
    socket.on('data', (chunk: Buffer) => { received += chunk.toString(); });
    socket.write(REQUEST);
    await until(() => received.includes(': \n\n'), 'the line is kept awake');
    assert.match(received, /^HTTP\/1\.1 200 OK\r\n/);
    assert.match(received, /content-type: text\/event-stream; charset=utf-8\r\n/);
    assert.match(received, /cache-control: no-store\r\n/);
    assert.match(received, /\bretry: 2000\n\n[^]*\bevent: tick\ndata: {"n":0}\n\n/);
    socket.destroy();
    await until(() => stopped === 1, 'whoever sends hears that the client has gone');
  });

  test('ends when whoever listens may not any more, and goes on while that cannot be told', async () => {
    const told = ticks();
    await told.next();
    mayGoOn = () => Promise.reject(new Error('the database is away'));
    const asked = Date.now();
    await until(() => Date.now() > asked + 3 * BEAT_MS, 'it has been asked');
    assert.equal(stopped, 0);
    mayGoOn = () => Promise.resolve(false);
    assert.equal((await told.next()).done, true);
    assert.equal(stopped, 1);
  });

  test('takes an event larger than what may wait, and others right behind it', async () => {
    const told = ticks();
    await told.next();
    const large = 'x'.repeat(2 * MAX_WAITING_BYTES);
    sinks[0]?.send('tick', JSON.stringify({ large }));
    sinks[0]?.send('tick', '{"n":1}');
    assert.deepEqual((await told.next()).value, { name: 'tick', data: { large } });
    assert.deepEqual((await told.next()).value, { name: 'tick', data: { n: 1 } });
    sinks[0]?.end();
    assert.equal((await told.next()).done, true);
  });

  test('cuts a client that does not read, and holds no more for it than it may', async () => {
    const socket = connect(app.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.pause();
    socket.write(REQUEST);
    await until(() => sinks.length === 1, 'it is open');
    const data = JSON.stringify({ n: 'x'.repeat(64 * 1024) });
    let sent = 0;
    // What the system's own buffers take is no more than some megabytes.
    await until(() => {
      sinks[0]?.send('tick', data);
      sent += data.length;
      return stopped === 1;
    }, 'it is cut', 20_000, 1);
    assert.ok(sent > MAX_WAITING_BYTES, `${sent} bytes`);
    socket.resume();
    await once(socket, 'close');
  });

  test('leaves a listener that closes no connection to wait for, not even one over which nothing was asked yet', async () => {
    const other = await listen({ more: [handler] });
    const waiting = connect(other.port, '127.0.0.1');
    waiting.on('error', () => undefined);
    await once(waiting, 'connect');
    const abort = new AbortController();
    await follow({ baseUrl: other.url, authorize: () => ({ authorization: 'Bearer right' }) }, followTicks, {}, abort.signal).next();
    abort.abort();
    await other.close();
  });

  test('ends when the listener is closed, and none begins then', async () => {
    const other = await listen({ more: [handler] });
    const told = follow({ baseUrl: other.url, authorize: () => ({ authorization: 'Bearer right' }) }, followTicks, {}, new AbortController().signal);
    await told.next();
    const closed = other.close();
    assert.equal((await told.next()).done, true);
    await closed;
    assert.equal(stopped, 1);
  });
});
