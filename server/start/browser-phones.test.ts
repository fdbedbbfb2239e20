import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { createTransports, type StandingTransports } from '../../telephony/sip/transport/transports.ts';
import { realTimers } from '../../telephony/timers.ts';
import { createBrowserPhones, isBrowserPhone, type BrowserPhones } from './browser-phones.ts';

const CRM = 'https://crm.example.com';
const SHOP = 'https://shop.example.com';
const GUEST = 'guest-one';

let transports: StandingTransports;
let phones: BrowserPhones;
let server: Server;
let port: number;

before(async () => {
  transports = await createTransports({ listen: [], timers: realTimers, onFault: () => undefined });
  phones = createBrowserPhones({
    transports, corsOrigins: [CRM], trustedProxies: ['127.0.0.1'], guests: { isOf: (user, origin) => user === GUEST && origin === SHOP },
  });
  server = createServer({ shouldUpgradeCallback: isBrowserPhone }, (_request, response) => { response.end('the page'); });
  phones.attach(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
after(async () => {
  phones.stop();
  server.close();
  await transports.stop();
});

/** The status that it is refused with, or `open`. */
async function knock(path: string, headers: Readonly<Record<string, string>> = {}): Promise<number | 'open'> {
  const web = new WebSocket(`ws://127.0.0.1:${port}${path}`, 'sip', { headers });
  const answer = await new Promise<number | 'open'>((resolve) => {
    web.on('open', () => { resolve('open'); });
    web.on('unexpected-response', (_request, { statusCode = 0 }) => { resolve(statusCode); });
    web.on('error', () => { resolve(0); });
  });
  web.terminate();
  return answer;
}

describe('a browser that opens /sip', () => {
  test('comes in from our own pages and from those of the settings', async () => {
    assert.equal(await knock('/sip', { origin: `http://127.0.0.1:${port}` }), 'open');
    assert.equal(await knock('/sip', { origin: CRM }), 'open');
    assert.equal(await knock('/sip'), 'open', 'what is no browser names no origin');
  });

  test('does not come in from other pages', async () => {
    for (const origin of ['https://evil.example', 'null', `https://127.0.0.1:${port}`, 'http://127.0.0.1', `http://127.0.0.1:${port}.evil.example`, '', SHOP]) {
      assert.equal(await knock('/sip', { origin }), 403, origin);
    }
  });

  test('comes in from the page that was given its token', async () => {
    assert.equal(await knock(`/sip?guest=${GUEST}`, { origin: SHOP }), 'open');
    assert.equal(await knock(`/sip?guest=${GUEST}`, { origin: 'https://evil.example' }), 403);
    assert.equal(await knock('/sip?guest=guest-two', { origin: SHOP }), 403);
    assert.equal(await knock('/sip?guest=%zz&guest', { origin: SHOP }), 403);
  });

  test('is of the page that a proxy shows to it', async () => {
    const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'calls.example.com', 'x-forwarded-for': '203.0.113.7' };
    assert.equal(await knock('/sip', { origin: 'https://calls.example.com', ...proxied }), 'open');
    assert.equal(await knock('/sip', { origin: `http://127.0.0.1:${port}`, ...proxied }), 403);
  });

  test('leaves all other requests to HTTP, whatever they want to become', async () => {
    for (const [path, upgrade] of [['/sip', 'h2c'], ['/', 'websocket'], ['/sip/', 'websocket'], ['/events', 'websocket']] as const) {
      const socket = connect(port, '127.0.0.1');
      socket.end(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: ${upgrade}\r\n\r\n`);
      let reply = '';
      socket.on('data', (data) => { reply += data.toString(); });
      await once(socket, 'close');
      assert.match(reply, /^HTTP\/1\.1 200 .*the page/s, `${path} ${upgrade}`);
    }
  });

  test('is taken leave of when all of it stops', async () => {
    const web = new WebSocket(`ws://127.0.0.1:${port}/sip`, 'sip');
    await once(web, 'open');
    phones.stop();
    const [code] = await once(web, 'close') as [number];
    assert.equal(code, 1001);
  });
});
