import assert from 'node:assert/strict';
import { createServer as createHttpServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { after, afterEach, describe, it } from 'node:test';
import { WebSocket, type RawData } from 'ws';
import { realTimers } from '../../timers.ts';
import { buildRequest, responseTo } from '../message/build.ts';
import type { SipRequest } from '../message/message.ts';
import { topVia } from '../message/via.ts';
import { writeMessage } from '../message/write-message.ts';
import type { TransportKind } from './channel.ts';
import { testCertificate } from './testing/certificate.ts';
import { collect, until, type Collector } from './testing/collector.ts';
import { createTransports, type StandingTransports, type TransportsDependencies } from './transports.ts';
import { createWebSocketEntry } from './websocket-entry.ts';

const certificate = await testCertificate();
const faults: string[] = [];
const open = new Set<StandingTransports>();

interface Side {
  readonly transports: StandingTransports;
  readonly collector: Collector;
  readonly port: (kind: TransportKind) => number;
}

async function side(options: Partial<TransportsDependencies> & { readonly kinds?: readonly TransportKind[] } = {}): Promise<Side> {
  const { kinds = [], ...others } = options;
  const transports = await createTransports({
    listen: kinds.map((kind) => ({ kind, address: '127.0.0.1', port: 0, ...(kind === 'UDP' ? {} : { tls: certificate }) })),
    timers: realTimers, tls: { ca: certificate.cert }, onFault: (what) => { faults.push(what); }, ...others,
  });
  open.add(transports);
  return {
    transports,
    collector: collect(transports),
    port: (kind) => transports.listening.find((candidate) => candidate.kind === kind)?.place.port ?? 0,
  };
}

function sample(method = 'OPTIONS', kind: string = 'UDP', host = 'phone.example:7777;rport', size = 0): SipRequest {
  const request = buildRequest({
    method, uri: 'sip:us@127.0.0.1', from: '<sip:them@example.com>;tag=theirs', to: '<sip:us@example.com>', callId: 'a-call', cseq: 7,
    ...(size === 0 ? {} : { body: { contentType: 'text/plain', content: 'x'.repeat(size) } }),
  });
  request.headers.prepend('Via', `SIP/2.0/${kind} ${host};branch=z9hG4bKtheirs`);
  return request;
}

afterEach(async () => {
  for (const transports of open) {
    await transports.stop();
    assert.equal(transports.standing(), 0);
  }
  open.clear();
  assert.deepEqual(faults.splice(0), []);
});

describe('transports', { timeout: 20_000 }, () => {
  for (const kind of ['UDP', 'TCP', 'TLS'] as const) {
    it(`carry a request by ${kind}, and its answer back`, async () => {
      const [us, them] = [await side({ kinds: [kind] }), await side({ kinds: [kind] })];
      const channel = await them.transports.reach({ kind, host: kind === 'TLS' ? 'localhost' : '127.0.0.1', port: us.port(kind) });
      assert.equal(channel.kind, kind);
      assert.equal(channel.remote.port, us.port(kind));
      await channel.send(sample('OPTIONS', kind));
      const { message, channel: back } = await us.collector.next();
      assert(message.kind === 'request');
      const via = topVia(message.headers);
      assert.equal(via?.params.get('received'), '127.0.0.1');
      assert.equal(via?.params.get('rport'), String(back.remote.port));
      await back.send(responseTo(message, 200));
      const answer = await them.collector.next();
      assert(answer.message.kind === 'response');
      assert.equal(answer.message.status, 200);
      assert.equal(answer.channel.id, channel.id);
      assert.equal(us.transports.counters[kind].received, 1);
      assert.equal(us.transports.counters[kind].sent, 1);
    });

    it(`carry a large message by ${kind}`, async () => {
      const [us, them] = [await side({ kinds: [kind] }), await side({ kinds: [kind] })];
      const channel = await them.transports.reach({ kind, host: kind === 'TLS' ? 'localhost' : '127.0.0.1', port: us.port(kind) });
      await channel.send(sample('MESSAGE', kind, 'phone.example', 60_000));
      const { message } = await us.collector.next();
      assert.equal(message.body.length, 60_000);
      assert.equal(them.transports.counters[kind].oversized, kind === 'UDP' ? 1 : 0);
    });

    it(`have one channel to a place by ${kind}, however often it is reached`, async () => {
      const [us, them] = [await side({ kinds: [kind] }), await side({ kinds: ['UDP'] })];
      const target = { kind, host: kind === 'TLS' ? 'localhost' : '127.0.0.1', port: us.port(kind) };
      const channels = await Promise.all([them.transports.reach(target), them.transports.reach(target)]);
      channels.push(await them.transports.reach(target));
      assert.equal(new Set(channels.map(({ id }) => id)).size, 1);
      assert.equal(them.transports.standing(), kind === 'UDP' ? 0 : 1);
    });
  }

  for (const kind of ['WS', 'WSS'] as const) {
    it(`carry a browser's request by ${kind}, and its answer back`, async () => {
      const us = await side({ kinds: [kind] });
      const web = new WebSocket(`${kind.toLowerCase()}://localhost:${us.port(kind)}/sip`, 'sip', { ca: certificate.cert, origin: 'https://shop.example' });
      const answered = new Promise<string>((resolve) => { web.once('message', (data, isBinary) => { resolve(`${isBinary} ${textOf(data).split('\r\n', 1)[0]}`); }); });
      await new Promise((resolve) => { web.once('open', resolve); });
      assert.equal(web.protocol, 'sip');
      // Content-Length may be left out, as frames have an end (RFC 7118 4.2).
      web.send(writeMessage(sample('REGISTER', kind, 'df7jal23ls0d.invalid')).toString().replace(/Content-Length: .*\r\n/, ''));
      const { message, channel } = await us.collector.next();
      assert(message.kind === 'request');
      assert.equal(channel.kind, kind);
      assert.equal(channel.origin, 'https://shop.example');
      assert.equal(channel.path, '/sip');
      assert.equal(topVia(message.headers)?.params.get('received'), '127.0.0.1');
      await channel.send(responseTo(message, 200));
      assert.equal(await answered, 'false SIP/2.0 200 OK');
      let ended = 0;
      channel.onClose(() => { ended += 1; });
      web.close();
      await until(() => ended === 1, 'the channel is told of its end');
      assert.equal(channel.isOpen(), false);
      await assert.rejects(channel.send(responseTo(message, 200)));
      channel.onClose(() => { ended += 1; });
      assert.equal(ended, 2);
    });
  }

  it('answer pings by TCP, and take pongs and the pings of datagrams in silence', async () => {
    const us = await side({ kinds: ['TCP', 'UDP', 'WS'] });
    const socket = connect(us.port('TCP'), '127.0.0.1');
    socket.write('\r\n\r\n');
    assert.equal(String(await once(socket, 'data')), '\r\n');
    socket.write('\r\n');
    socket.write(writeMessage(sample('OPTIONS', 'TCP')));
    await us.collector.next();
    socket.destroy();
    const web = new WebSocket(`ws://127.0.0.1:${us.port('WS')}/sip`, 'sip');
    web.once('open', () => { web.send('\r\n\r\n'); });
    const pong = await new Promise((resolve) => { web.once('message', (data) => { resolve(textOf(data)); }); });
    assert.equal(pong, '\r\n');
    web.terminate();
  });

  it('send back to where a request came from, whatever it says of itself', async () => {
    const [us, them] = [await side({ kinds: ['UDP'] }), await side({ kinds: ['UDP'] })];
    const channel = await them.transports.reach({ kind: 'UDP', host: '127.0.0.1', port: us.port('UDP') });
    await channel.send(sample('OPTIONS', 'UDP', '203.0.113.9:9999;received=203.0.113.10'));
    const { message, channel: back } = await us.collector.next();
    assert.equal(message.headers.get('Via'), 'SIP/2.0/UDP 203.0.113.9:9999;received=127.0.0.1;branch=z9hG4bKtheirs');
    assert.equal(back.remote.port, them.port('UDP'));
    // A name that is its address needs nothing (18.2.1).
    await channel.send(sample('OPTIONS', 'UDP', '127.0.0.1:9999'));
    assert.equal((await us.collector.next()).message.headers.get('Via'), 'SIP/2.0/UDP 127.0.0.1:9999;branch=z9hG4bKtheirs');
  });

  it('tell where we listen as our place, by connections that we open too', async () => {
    const [us, them] = [await side({ kinds: ['TCP'] }), await side({ kinds: ['TCP'] })];
    const channel = await them.transports.reach({ kind: 'TCP', host: '127.0.0.1', port: us.port('TCP') });
    assert.deepEqual(channel.local, { address: '127.0.0.1', port: them.port('TCP') });
  });

  it('use a connection that the peer has opened to reach it', async () => {
    const us = await side({ kinds: ['TCP'] });
    const socket = connect(us.port('TCP'), '127.0.0.1');
    socket.write(writeMessage(sample('OPTIONS', 'TCP')));
    const { channel } = await us.collector.next();
    const same = await us.transports.reach({ kind: 'TCP', host: channel.remote.address, port: channel.remote.port });
    assert.equal(same.id, channel.id);
    socket.destroy();
  });

  it('try the places of a target one after the other', async () => {
    const dead = createHttpServer();
    const deadPort = await listenOn(dead);
    dead.close();
    const us = await side({ kinds: ['TCP'] });
    const places = [{ address: '127.0.0.1', port: deadPort }, { address: '127.0.0.1', port: us.port('TCP') }];
    const them = await side({ resolve: () => Promise.resolve(places) });
    const channel = await them.transports.reach({ kind: 'TCP', host: 'carrier.example' });
    assert.equal(channel.remote.port, us.port('TCP'));
    await assert.rejects(them.transports.reach({ kind: 'UDP', host: 'carrier.example' }), /No UDP socket/);
    await assert.rejects(them.transports.reach({ kind: 'WS', host: 'browser.invalid' }), /cannot be reached/);
    places.length = 1;
    await assert.rejects(them.transports.reach({ kind: 'TCP', host: 'carrier.example' }), /was not reached/);
  });

  it('give up a connection that is not accepted in time', async () => {
    // It accepts, and never says a word of TLS.
    const mute = createHttpServer();
    const port = await listenOn(mute);
    const them = await side({ timing: { connect: 20 } });
    await assert.rejects(them.transports.reach({ kind: 'TLS', host: 'localhost', port }), /was not reached/);
    mute.closeAllConnections();
    mute.close();
  });

  it('believe no certificate that does not name whom we call', async () => {
    const other = await testCertificate(['other.example']);
    const us = await side({ listen: [{ kind: 'TLS', address: '127.0.0.1', port: 0, tls: other }] });
    const place = { address: '127.0.0.1', port: us.port('TLS') };
    const them = await side({ resolve: () => Promise.resolve([place]), tls: { ca: other.cert } });
    await assert.rejects(them.transports.reach({ kind: 'TLS', host: 'carrier.example' }));
    await them.transports.reach({ kind: 'TLS', host: 'other.example' });
    // Another certificate is shown from now on.
    us.transports.renew(certificate);
    const fresh = await side({ resolve: () => Promise.resolve([place]), tls: { ca: certificate.cert } });
    await fresh.transports.reach({ kind: 'TLS', host: 'localhost' });
  });

  it('open nothing when one of the places to listen is taken', async () => {
    const us = await side({ kinds: ['TCP'] });
    const port = us.port('TCP');
    await assert.rejects(createTransports({
      listen: [{ kind: 'UDP', address: '127.0.0.1', port }, { kind: 'TCP', address: '127.0.0.1', port }], timers: realTimers, onFault: () => undefined,
    }));
    // The UDP socket is free again.
    const again = await side({ listen: [{ kind: 'UDP', address: '127.0.0.1', port }] });
    assert.equal(again.port('UDP'), port);
  });

  it('outlive a listener that fails', async () => {
    const [us, them] = [await side({ kinds: ['UDP'] }), await side({ kinds: ['UDP'] })];
    us.transports.subscribe(() => { throw new Error('ours'); });
    const channel = await them.transports.reach({ kind: 'UDP', host: '127.0.0.1', port: us.port('UDP') });
    await channel.send(sample());
    await us.collector.next();
    await channel.send(sample());
    await us.collector.next();
    assert.deepEqual(faults.splice(0).length >= 1, true);
  });

  it('send nothing after their end', async () => {
    const [us, them] = [await side({ kinds: ['UDP', 'TCP'] }), await side({ kinds: ['UDP'] })];
    const datagrams = await them.transports.reach({ kind: 'UDP', host: '127.0.0.1', port: us.port('UDP') });
    const stream = await them.transports.reach({ kind: 'TCP', host: '127.0.0.1', port: us.port('TCP') });
    await them.transports.stop();
    assert.equal(datagrams.isOpen(), false);
    await assert.rejects(datagrams.send(sample()));
    await assert.rejects(stream.send(sample()));
    await assert.rejects(them.transports.reach({ kind: 'TCP', host: '127.0.0.1', port: us.port('TCP') }));
    await them.transports.stop();
  });
});

describe('WebSockets on a server of somebody else', { timeout: 20_000 }, () => {
  const servers = new Set<Server>();
  after(() => { for (const server of servers) server.close(); });

  async function host(options: Omit<Parameters<typeof createWebSocketEntry>[0], 'transports'> = {}, limits: TransportsDependencies['limits'] = {}): Promise<{ readonly us: Side; readonly port: number; readonly others: string[] }> {
    const us = await side({ limits });
    const entry = createWebSocketEntry({ transports: us.transports, ...options });
    const others: string[] = [];
    const server = createHttpServer((_request, response) => { response.end('the page'); });
    servers.add(server);
    server.on('upgrade', (request, socket, head) => {
      if (entry.upgrade(request, socket, head)) return;
      others.push(request.url ?? '');
      socket.destroy();
    });
    return { us, port: await listenOn(server), others };
  }

  it('take their paths and leave the others', async () => {
    const { us, port, others } = await host({ isPath: (path) => path === '/sip' || path.startsWith('/widget/v1/sip/') });
    await opened(new WebSocket(`ws://127.0.0.1:${port}/sip?x=1`, 'sip'));
    await opened(new WebSocket(`ws://127.0.0.1:${port}/widget/v1/sip/token`, 'sip'));
    assert.equal(us.transports.standing(), 2);
    await assert.rejects(opened(new WebSocket(`ws://127.0.0.1:${port}/events`, 'sip')));
    assert.deepEqual(others, ['/events']);
    assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), 'the page');
  });

  it('refuse who does not speak SIP, whose page may not come in, and those beyond the limit', async () => {
    const { us, port } = await host({ accepts: ({ headers }) => headers.origin === 'https://shop.example' }, { connectionsPerAddress: 1 });
    await assert.rejects(opened(new WebSocket(`ws://127.0.0.1:${port}/sip`)), /400/);
    await assert.rejects(opened(new WebSocket(`ws://127.0.0.1:${port}/sip`, 'chat')), /400/);
    await assert.rejects(opened(new WebSocket(`ws://127.0.0.1:${port}/sip`, 'sip', { origin: 'https://evil.example' })), /403/);
    const origin = 'https://shop.example';
    await opened(new WebSocket(`ws://127.0.0.1:${port}/sip`, ['chat', 'sip'], { origin }));
    assert.equal(us.transports.standing(), 1);
    await assert.rejects(opened(new WebSocket(`ws://127.0.0.1:${port}/sip`, 'sip', { origin })), /503/);
    assert.equal(us.transports.counters.WS.turnedAway, 1);
  });

  it('know who asks from who stands in between', async () => {
    const { us, port } = await host({
      addressOf: ({ headers }) => (typeof headers['x-real-ip'] === 'string' ? headers['x-real-ip'] : undefined), isSecure: () => true,
    });
    const web = new WebSocket(`ws://127.0.0.1:${port}/sip`, 'sip', { headers: { 'x-real-ip': '198.51.100.7' } });
    await opened(web);
    web.send(writeMessage(sample('OPTIONS', 'WSS')));
    const { channel, message } = await us.collector.next();
    assert.equal(channel.kind, 'WSS');
    assert.equal(channel.remote.address, '198.51.100.7');
    assert.equal(topVia(message.headers)?.params.get('received'), '198.51.100.7');
  });
});

function textOf(data: RawData): string {
  assert(Buffer.isBuffer(data));
  return data.toString();
}

function once(socket: Socket, event: string): Promise<unknown> {
  return new Promise((resolve) => { socket.once(event, resolve); });
}

function opened(web: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => { web.once('open', () => { resolve(); }).once('error', reject); });
}

async function listenOn(server: Server): Promise<number> {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return (server.address() as AddressInfo).port;
}
