import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createPlainServer } from 'node:net';
import { afterEach, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { generate } from 'selfsigned';
import type { OutgoingReply, OutgoingRequest } from '../../engine/outgoing.ts';
import { createOutgoing, type OutgoingOptions } from './index.ts';

const log = pino({ level: 'silent' });
const LOOPBACK = ['127.0.0.0/8'];
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) (server as unknown as { closeAllConnections: () => void }).closeAllConnections();
    await new Promise((resolve) => { server.close(resolve); });
  }
});

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(0, host, resolve); });
  return (server.address() as AddressInfo).port;
}

const serve = (listener: RequestListener): Promise<number> => listen(createServer(listener));

function call(request: Partial<OutgoingRequest> & { url: string }, options: Partial<OutgoingOptions> = {}): Promise<OutgoingReply> {
  return createOutgoing({ allowPrivate: LOOPBACK, log, ...options }).send({ method: 'POST', deadlineMs: 10_000, ...request });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const assertFails = (reply: OutgoingReply, why: string, message?: RegExp): void => {
  assert.ok(!reply.ok, `the call was answered: ${JSON.stringify(reply)}`);
  assert.equal(reply.why, why, reply.message);
  if (message !== undefined) assert.match(reply.message, message);
};

describe('what is sent and what comes back', () => {
  test('method, path, headers and body arrive as given, and the reply as it is', async () => {
    let seen: { method?: string | undefined; url?: string | undefined; headers: IncomingMessage['headers']; body: string } | undefined;
    const port = await serve((request, response) => {
      void (async () => {
        seen = { method: request.method, url: request.url, headers: request.headers, body: await bodyOf(request) };
        response.writeHead(201, { 'set-cookie': 'a=b' }).end('{"returnCode":"0"} ü');
      })();
    });
    const reply = await call({ url: `http://127.0.0.1:${port}/a%20b?x=1#fragment`, body: '{"name":"ü"}', headers: { 'Content-Type': 'application/json', HOST: 'evil.example', Connection: 'keep-alive' } });
    assert.deepEqual(reply, { ok: true, status: 201, body: '{"returnCode":"0"} ü' });
    assert.equal(seen?.method, 'POST');
    assert.equal(seen.url, '/a%20b?x=1');
    assert.equal(seen.body, '{"name":"ü"}');
    assert.equal(seen.headers['content-type'], 'application/json');
    assert.equal(seen.headers.host, `127.0.0.1:${port}`);
    assert.equal(seen.headers.connection, 'close');
    assert.equal(seen.headers['content-length'], '13');
  });

  test('what is no text comes back as bytes, as many as were asked for at most', async () => {
    const sound = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
    const port = await serve((_request, response) => { response.end(sound); });
    const reply = await call({ url: `http://127.0.0.1:${port}/`, bytes: { max: 1000 } }, { maxReplyBytes: 10 });
    assert.ok(reply.ok);
    assert.deepEqual([reply.body, Buffer.from(reply.bytes ?? []).equals(sound)], ['', true]);
    assertFails(await call({ url: `http://127.0.0.1:${port}/`, bytes: { max: 999 } }), 'reply-too-large');
  });

  test('a refusal of the other side is a reply too', async () => {
    const port = await serve((_request, response) => { response.writeHead(500).end('no'); });
    assert.deepEqual(await call({ url: `http://127.0.0.1:${port}/`, method: 'GET' }), { ok: true, status: 500, body: 'no' });
  });

  test('no cookie is kept from one call to the next', async () => {
    const cookies: (string | undefined)[] = [];
    const port = await serve((request, response) => {
      cookies.push(request.headers.cookie);
      response.writeHead(200, { 'set-cookie': 'session=1; Path=/' }).end();
    });
    const outgoing = createOutgoing({ allowPrivate: LOOPBACK, log });
    for (let time = 0; time < 2; time += 1) await outgoing.send({ url: `http://127.0.0.1:${port}/`, method: 'GET', deadlineMs: 10_000 });
    assert.deepEqual(cookies, [undefined, undefined]);
  });

  test('nothing is decompressed: a small reply cannot become a large one', async () => {
    const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024));
    const port = await serve((request, response) => {
      assert.equal(request.headers['accept-encoding'], 'identity');
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    const reply = await call({ url: `http://127.0.0.1:${port}/`, method: 'GET' });
    assert.ok(reply.ok && reply.body.length <= bomb.length);
  });

  test('the proxy of the environment is not used', async () => {
    const port = await serve((_request, response) => { response.end('direct'); });
    const before = { HTTP_PROXY: process.env['HTTP_PROXY'], NODE_USE_ENV_PROXY: process.env['NODE_USE_ENV_PROXY'] };
    Object.assign(process.env, { HTTP_PROXY: 'http://127.0.0.1:9', NODE_USE_ENV_PROXY: '1' });
    try {
      assert.deepEqual(await call({ url: `http://127.0.0.1:${port}/`, method: 'GET' }), { ok: true, status: 200, body: 'direct' });
    } finally {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });
});

describe('where a call may go', () => {
  for (const url of ['ftp://127.0.0.1/', 'file:///etc/passwd', 'javascript:alert(1)', 'http://', 'not a url', 'http://user@127.0.0.1/', 'http://user:secret@127.0.0.1/', 'http://:secret@127.0.0.1/', `http://127.0.0.1/${'x'.repeat(9000)}`]) {
    test(`${url.slice(0, 40)} is no URL to call`, async () => assertFails(await call({ url }), 'bad-url'));
  }

  for (const host of ['127.0.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '017700000001', '127.1', '127.0.0.1.', '１２７.０.０.１', '0', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '[::127.0.0.1]', '[fe80::1]', '[fd00::1]', '169.254.169.254', '10.0.0.1', '100.64.0.1']) {
    test(`http://${host} is refused while no private network is allowed`, async () => {
      const reply = await call({ url: `http://${host}:1/` }, { allowPrivate: [], resolver: () => Promise.reject(new Error('nothing is to be resolved here')) });
      assertFails(reply, 'forbidden-address');
    });
  }

  test('every spelling of an allowed address leads to it', async () => {
    const port = await serve((_request, response) => { response.end('here'); });
    for (const host of ['2130706433', '0x7f.1', '0177.0.0.1', '[::ffff:127.0.0.1]', '127.0.0.1.']) {
      assert.deepEqual(await call({ url: `http://${host}:${port}/`, method: 'GET' }), { ok: true, status: 200, body: 'here' }, host);
    }
  });

  test('a name is resolved once, and what it is said to be later does not count', async () => {
    const port = await serve((request, response) => { response.end(request.headers.host); });
    const asked: string[] = [];
    const resolver = (name: string): Promise<string[]> => Promise.resolve(asked.push(name) === 1 ? ['127.0.0.1'] : ['10.0.0.1']);
    const reply = await call({ url: `http://Rebinding.Example:${port}/`, method: 'GET' }, { resolver });
    assert.deepEqual(reply, { ok: true, status: 200, body: `rebinding.example:${port}` });
    assert.deepEqual(asked, ['rebinding.example']);
    assertFails(await call({ url: `http://rebinding.example:${port}/` }, { resolver }), 'forbidden-address', /10\.0\.0\.1/);
  });

  test('a name with one forbidden address among others is refused', async () => {
    const reply = await call({ url: 'http://mixed.example/' }, { allowPrivate: [], resolver: () => Promise.resolve(['93.184.216.34', '192.168.0.1']) });
    assertFails(reply, 'forbidden-address', /192\.168\.0\.1/);
  });

  test('localhost by its name is refused', async () => {
    assertFails(await call({ url: 'http://localhost:1/' }, { allowPrivate: [] }), 'forbidden-address');
  });

  test('a redirect is told and not followed', async () => {
    let asked = 0;
    const inside = await serve((_request, response) => { asked += 1; response.end('secret'); });
    for (const status of [301, 302, 303, 307, 308]) {
      const port = await serve((_request, response) => { response.writeHead(status, { location: `http://127.0.0.1:${inside}/` }).end(); });
      assertFails(await call({ url: `http://127.0.0.1:${port}/` }), 'redirect', new RegExp(`${status}`));
    }
    assert.equal(asked, 0);
  });
});

describe('when the other side is slow, endless or broken', () => {
  const never = (_request: IncomingMessage, _response: ServerResponse): void => undefined;

  test('no reply within the deadline', async () => {
    const port = await serve(never);
    assertFails(await call({ url: `http://127.0.0.1:${port}/`, deadlineMs: 100 }), 'timeout', /127\.0\.0\.1 within 100 ms/);
  });

  test('a reply that trickles does not extend the deadline', async () => {
    const port = await serve((_request, response) => {
      const timer = setInterval(() => { response.write('.'); }, 10);
      response.on('close', () => { clearInterval(timer); });
    });
    assertFails(await call({ url: `http://127.0.0.1:${port}/`, deadlineMs: 200 }), 'timeout');
  });

  test('headers that trickle neither', async () => {
    const port = await listen(createPlainServer((socket) => {
      socket.on('error', () => undefined).write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => { socket.write('x: y\r\n'); }, 10);
      socket.on('close', () => { clearInterval(timer); });
    }));
    assertFails(await call({ url: `http://127.0.0.1:${port}/`, deadlineMs: 200 }), 'timeout');
  });

  test('a name server that does not answer', async () => {
    const { promise } = Promise.withResolvers<string[]>();
    assertFails(await call({ url: 'http://slow.example/', deadlineMs: 50 }, { resolver: () => promise }), 'timeout');
  });

  test('an endless reply is cut off', async () => {
    const port = await serve((_request, response) => {
      const chunk = Buffer.alloc(16 * 1024, 'x');
      const more = (): void => { while (!response.destroyed && response.write(chunk)); };
      response.on('drain', more);
      more();
    });
    assertFails(await call({ url: `http://127.0.0.1:${port}/` }), 'reply-too-large', /65536 bytes/);
  });

  test('a reply that says it will be too large is not read', async () => {
    const port = await serve((_request, response) => { response.writeHead(200, { 'content-length': 1_000_000 }).write('x'); });
    assertFails(await call({ url: `http://127.0.0.1:${port}/` }), 'reply-too-large');
  });

  test('a reply of exactly the limit is taken', async () => {
    const port = await serve((_request, response) => { response.end('x'.repeat(64 * 1024)); });
    const reply = await call({ url: `http://127.0.0.1:${port}/` });
    assert.ok(reply.ok && reply.body.length === 64 * 1024);
  });

  test('too many headers', async () => {
    const port = await listen(createPlainServer((socket) => {
      socket.on('error', () => undefined).on('data', () => { socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`); });
    }));
    assertFails(await call({ url: `http://127.0.0.1:${port}/` }), 'reply-too-large', /headers/);
  });

  test('a connection that is reset before, and one in the middle of the reply', async () => {
    const before = await listen(createPlainServer((socket) => { socket.on('data', () => { socket.resetAndDestroy(); }); }));
    assertFails(await call({ url: `http://127.0.0.1:${before}/` }), 'unreachable');
    const within = await listen(createPlainServer((socket) => {
      socket.on('data', () => { socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', () => { socket.resetAndDestroy(); }); });
    }));
    assertFails(await call({ url: `http://127.0.0.1:${within}/` }), 'unreachable', /broke off|reset/);
  });

  test('nobody listens', async () => {
    const server = createPlainServer();
    const port = await listen(server);
    await new Promise((resolve) => { servers.splice(servers.indexOf(server), 1)[0]?.close(resolve); });
    assertFails(await call({ url: `http://127.0.0.1:${port}/` }), 'unreachable', /ECONNREFUSED/);
  });

  test('what answers is no HTTP', async () => {
    const port = await listen(createPlainServer((socket) => { socket.on('data', () => { socket.end('SSH-2.0-OpenSSH_9.2\r\n'); }); }));
    assertFails(await call({ url: `http://127.0.0.1:${port}/` }), 'unreachable');
  });

  test('an answer that would leave HTTP', async () => {
    const port = await listen(createPlainServer((socket) => {
      socket.on('error', () => undefined).on('data', () => { socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'); });
    }));
    assertFails(await call({ url: `http://127.0.0.1:${port}/` }), 'unreachable');
  });

  test('a header that is none is a fault of the caller, and nothing is sent', async () => {
    let asked = 0;
    const port = await serve((_request, response) => { asked += 1; response.end(); });
    await assert.rejects(call({ url: `http://127.0.0.1:${port}/`, headers: { 'x-token': 'a\r\nhost: evil.example' } }), /Invalid character in header/);
    assert.equal(asked, 0);
  });

  test('a name that does not exist', async () => {
    assertFails(await call({ url: 'http://nowhere.example/' }, { resolver: () => Promise.reject(new Error('ENOTFOUND')) }), 'unreachable', /nowhere\.example has no address: ENOTFOUND/);
    assertFails(await call({ url: 'http://nowhere.example/' }, { resolver: () => Promise.resolve([]) }), 'unreachable');
  });
});

describe('over TLS', () => {
  const certificate = (names: readonly ({ type: 2; value: string } | { type: 7; ip: string })[]) => generate([{ name: 'commonName', value: 'a test' }], {
    keyType: 'ec', algorithm: 'sha256', notAfterDate: new Date(Date.now() + 86_400_000),
    extensions: [{ name: 'subjectAltName', altNames: [...names] }],
  });
  const resolver = (): Promise<string[]> => Promise.resolve(['127.0.0.1']);

  test('the certificate must name the host, which is asked for by SNI though the connection goes to the checked address', async () => {
    const made = await certificate([{ type: 2, value: 'crm.example' }, { type: 7, ip: '127.0.0.1' }]);
    const asked: string[] = [];
    const port = await listen(createSecureServer({ key: made.private, cert: made.cert, SNICallback: (name, done) => { asked.push(name); done(null); } }, (request, response) => { response.end(request.headers.host); }));
    const trusting = { resolver, trustedCertificates: made.cert };
    assert.deepEqual(await call({ url: `https://CRM.example:${port}/`, method: 'GET' }, trusting), { ok: true, status: 200, body: `crm.example:${port}` });
    assert.deepEqual(asked, ['crm.example']);
    assert.deepEqual(await call({ url: `https://127.0.0.1:${port}/`, method: 'GET' }, trusting), { ok: true, status: 200, body: `127.0.0.1:${port}` });
    assertFails(await call({ url: `https://other.example:${port}/` }, trusting), 'unreachable', /does not match certificate/);
  });

  test('a certificate of nobody we trust is refused, whatever the environment says', async () => {
    const made = await certificate([{ type: 2, value: 'crm.example' }]);
    const port = await listen(createSecureServer({ key: made.private, cert: made.cert }, (_request, response) => { response.end('not to be read'); }));
    assertFails(await call({ url: `https://crm.example:${port}/` }, { resolver }), 'unreachable', /self.signed/);
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      assertFails(await call({ url: `https://crm.example:${port}/` }, { resolver }), 'unreachable', /self.signed/);
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
  });
});
