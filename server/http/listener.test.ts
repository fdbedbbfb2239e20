import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Context } from '@parley/contract/handler.ts';
import { MAX_BODY_BYTES } from './listener.ts';
import { BASE, listen, readBy, type Listening } from './listener.fixture.ts';

let listening: Listening;
let onEcho: (input: Record<string, unknown>, context: Context) => void | Promise<void> = () => undefined;

before(async () => { listening = await listen({ onEcho: (input, context) => onEcho(input, context) }); });
after(() => listening.close());

const echo = (body?: string | Uint8Array, options: Partial<Parameters<Listening['send']>[0]> = {}) =>
  listening.send({ path: `${BASE}/echo/k`, ...(body === undefined ? {} : { body }), ...options });

describe('a path', () => {
  test('is found in any letter case, with a trailing slash and with doubled ones, and keeps the case of its parameters', async () => {
    for (const path of [`${BASE}/ECHO/Kk`, `${BASE.toUpperCase()}/echo/Kk`, `${BASE}/echo/Kk/`, `/${BASE}//echo/Kk`, `${BASE}/ehco/Kk`]) {
      const sent = await listening.send({ path });
      assert.equal(sent.status, 200, path);
      assert.deepEqual(readBy(sent), { key: 'Kk' }, path);
    }
  });

  test('that nobody serves is answered in the manner of its family', async () => {
    const configuration = await listening.send({ path: '/ApiAccess/nowhere' });
    assert.equal(configuration.status, 404);
    assert.deepEqual(configuration.json, { resultCode: '1', resultMessage: 'There is no operation at /ApiAccess/nowhere.' });
    const admin = await listening.send({ path: '/admin/v1/nowhere', method: 'GET' });
    assert.equal(admin.status, 404);
    assert.deepEqual(admin.json, { error: { code: 'unknown-path', message: 'There is no operation at /admin/v1/nowhere.' } });
    const elsewhere = await listening.send({ path: '/', method: 'GET' });
    assert.equal(elsewhere.json['resultCode'], '1');
  });

  test('of an operation answers 404 for a method it does not have', async () => {
    assert.equal((await echo(undefined, { method: 'GET' })).status, 404);
    assert.equal((await echo(undefined, { method: 'DELETE' })).status, 404);
  });

  test('that is no valid URL is refused in the manner of its family', async () => {
    const sent = await listening.send({ path: `${BASE}/echo/%zz` });
    assert.equal(sent.status, 400);
    assert.deepEqual(sent.json, { resultCode: '1', resultMessage: 'Wrong parameter: the path is not valid.' });
    assert.equal((await listening.send({ path: `${BASE}/echo/%00` })).status, 400);
    assert.ok([400, 404].includes((await listening.send({ path: `${BASE}/echo/${'x'.repeat(2000)}` })).status));
  });
});

describe('a body', () => {
  test('may be missing although a content type stands there, as real clients send it', async () => {
    const sent = await echo('', { headers: { 'content-type': 'application/json;charset=UTF-8', 'content-length': '0' } });
    assert.equal(sent.status, 200);
    assert.deepEqual(readBy(sent), { key: 'k' });
  });

  test('is JSON whatever the content type says, or if none is said', async () => {
    const types = ['application/json; chartset=UTF-8', 'application/json;charset=UTF-8;', 'text/plain', 'application/x-www-form-urlencoded', 'json', '', 'a/b, c/d', ';', undefined];
    for (const type of types) {
      const sent = await echo('{"name":"one"}', type === undefined ? {} : { headers: { 'content-type': type } });
      assert.equal(sent.status, 200, `content type ${type}: ${sent.text}`);
      assert.equal(readBy(sent)['name'], 'one', `content type ${type}`);
    }
  });

  test('and its content type are seen by the handler as they came', async () => {
    let seen: string | undefined;
    onEcho = (_input, context) => { seen = context.requestHeader('Content-Type'); };
    await echo('{}', { headers: { 'content-type': 'application/json; chartset=UTF-8' } });
    assert.equal(seen, 'application/json; chartset=UTF-8');
    onEcho = () => undefined;
  });

  test('with a GET is passed over', async () => {
    for (const body of ['{}', 'nonsense', 'x'.repeat(100_000)]) {
      const sent = await listening.send({ method: 'GET', path: `${BASE}/look`, body, headers: { 'content-type': 'application/json', 'content-length': String(body.length) } });
      assert.ok(sent.status === 200, sent.text);
    }
  });

  test('that the operation does not read need not be JSON', async () => {
    const sent = await listening.send({ method: 'DELETE', path: '/admin/v1/things/1', body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '3' } });
    assert.equal(sent.status, 200);
  });

  test('that is not JSON is refused, and nothing of it is quoted', async () => {
    for (const body of ['{"name":', '{name:1}', 'secret-word', '{"a":1}}', new Uint8Array([0x7b, 0xff, 0x7d])]) {
      const sent = await echo(body);
      assert.equal(sent.status, 400);
      assert.equal(sent.json['returnCode'], '1');
      assert.match(String(sent.json['description']), /not (valid )?(JSON|UTF-8)/);
      assert.ok(!sent.text.includes('secret-word'));
    }
  });

  test('of 10,000 levels is refused, and so is one of another kind than an object', async () => {
    for (const body of ['['.repeat(10_000) + ']'.repeat(10_000), '{"inner":'.repeat(10_000) + '1' + '}'.repeat(10_000)]) {
      const sent = await echo(body);
      assert.equal(sent.status, 400);
      assert.match(String(sent.json['description']), /deeper than 64 levels/);
    }
    for (const body of ['[]', '1', '"text"', 'true']) assert.equal((await echo(body)).status, 400, body);
    assert.equal((await echo('null')).status, 200, 'null is an empty body');
  });

  test('over the limit is refused with its length known and with it unknown', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(MAX_BODY_BYTES) });
    const known = await echo(large);
    assert.equal(known.status, 413);
    assert.deepEqual(known.json, { returnCode: '1', description: 'The body is too large.' });
    const chunked = await echo(large, { headers: { 'transfer-encoding': 'chunked' } });
    assert.equal(chunked.status, 413);
    assert.deepEqual(chunked.json, known.json);
  });

  const flood = (head: string): Promise<{ received: string; written: number }> => listening.raw((socket) => {
    socket.write(head);
    const block = Buffer.alloc(256 * 1024, 0x20);
    const chunked = head.includes('chunked');
    let left = 400;
    const pump = (): void => {
      while (left > 0 && !socket.destroyed) {
        left--;
        if (chunked) socket.write(`${block.length.toString(16)}\r\n`);
        const more = socket.write(block);
        if (chunked) socket.write('\r\n');
        if (!more) return;
      }
    };
    socket.on('drain', pump);
    pump();
  });

  test('of 100 MB is refused early and not read to its end, also without a sign-in', { timeout: 30_000 }, async () => {
    const head = (...lines: string[]): string => [`POST ${BASE}/echo/k HTTP/1.1`, 'host: x', ...lines, '', ''].join('\r\n');
    const cases: [string, number][] = [
      [head('authorization: Bearer right', 'content-length: 104857600'), 413],
      [head('authorization: Bearer right', 'transfer-encoding: chunked'), 413],
      [head('authorization: Bearer wrong', 'content-length: 104857600'), 401],
      [head('authorization: Bearer wrong', 'transfer-encoding: chunked'), 401],
    ];
    for (const [request, status] of cases) {
      const { received, written } = await flood(request);
      assert.match(received, new RegExp(`^HTTP/1.1 ${status} `), request);
      assert.ok(written < 50 * 1024 * 1024, `${written} bytes were taken: ${request}`);
    }
  });

  test('a little over the limit leaves the connection usable for the next request', async () => {
    const body = ' '.repeat(MAX_BODY_BYTES + 1000);
    const post = (token: string, content: string): string =>
      `POST ${BASE}/echo/k HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-length: ${content.length}\r\n`;
    const { received } = await listening.raw((socket) => {
      socket.write(`${post('right', body)}\r\n${body}${post('wrong', body)}\r\n${body}${post('right', '{}')}connection: close\r\n\r\n{}`);
    });
    assert.deepEqual([...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status), ['413', '401', '200']);
  });
});

describe('admission', () => {
  test('refuses before the body is read', { timeout: 60_000 }, async () => {
    let answered = '';
    const { received } = await listening.raw((socket) => {
      // The body is announced and never sent.
      socket.write(`POST ${BASE}/echo/k HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n`);
      socket.once('data', (chunk) => {
        answered = String(chunk);
        socket.destroy();
      });
    });
    assert.match(answered, /^HTTP\/1.1 401 /);
    assert.match(received, /Unauthorized: no token/);
  });

  test('asks for the permission that the operation names', async () => {
    const sent = await listening.send({ method: 'DELETE', path: '/admin/v1/things/1', token: 'poor' });
    assert.equal(sent.status, 403);
    assert.deepEqual(sent.json, { error: { code: 'forbidden', message: 'Not allowed: this needs the permission tenant.write.' } });
  });

  test('limits calls a second where the operation says so', async () => {
    const quick = await listen({ clock: () => 5000 });
    try {
      const statuses: number[] = [];
      for (let call = 0; call < 4; call++) statuses.push((await quick.send({ method: 'GET', path: `${BASE}/look` })).status);
      assert.deepEqual(statuses, [200, 200, 200, 429]);
    } finally {
      await quick.close();
    }
  });
});

describe('a reply', () => {
  test('keeps the letter case of headers that a handler sets', async () => {
    onEcho = (_input, context) => { context.header('Set-GUID', 'JSESSIONID=1'); };
    const { rawHeaders } = await echo('{}');
    assert.ok(rawHeaders.includes('Set-GUID'), rawHeaders.join());
    onEcho = () => undefined;
  });

  test('to a request whose handler throws tells nothing but the request id, and the log tells the rest', async () => {
    onEcho = () => { throw new Error('password=hunter2'); };
    const sent = await echo('{}');
    assert.equal(sent.status, 500);
    assert.match(String(sent.json['description']), /quote request-\d+ when/);
    assert.deepEqual(Object.keys(sent.json), ['returnCode', 'description']);
    assert.match(listening.logged(), /hunter2/);
    onEcho = () => undefined;
  });

  test('does not believe a status that a library put on its error', async () => {
    onEcho = () => { throw Object.assign(new Error('password=hunter2'), { statusCode: 404 }); };
    const sent = await echo('{}');
    assert.equal(sent.status, 500);
    assert.ok(!sent.text.includes('hunter2'));
    onEcho = () => undefined;
  });

  test('of an overloaded part is the overload code of the family', async () => {
    onEcho = () => { throw Object.assign(new Error('too much'), { statusCode: 503 }); };
    const sent = await echo('{}');
    assert.equal(sent.status, 503);
    assert.deepEqual(sent.json, { returnCode: '1', description: 'The service is overloaded; try again in a moment.' });
    onEcho = () => undefined;
  });
});
