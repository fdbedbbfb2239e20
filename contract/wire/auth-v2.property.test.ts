import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ACCESS_KEY, HOST, SECRET_KEY, isAccepted, signAsListing, type Sent } from './auth-v2.fixture.ts';
import { parseAuthorization, sign } from './auth-v2.ts';

test('property: a header of any length and content is refused or taken apart, quickly and without a throw', () => {
  const piece = fc.constantFrom('', 'auth-v2', ';', 'Z', '0', '2018-10-17T11:48:24Z', 'host', 'host;x', 'f'.repeat(64));
  const nearHeader = fc.tuple(fc.constant('auth-v2'), piece, piece, piece, piece).map((parts) => parts.join('/'));
  const header = fc.oneof(fc.string({ unit: 'binary' }), nearHeader);
  fc.assert(fc.property(header, (text) => {
    const parsed = parseAuthorization(text);
    if (parsed === undefined) return;
    const { accessKey, timestampText, signedHeaders, signature } = parsed;
    assert.equal(`auth-v2/${accessKey}/${timestampText}/${signedHeaders.join(';')}/${signature}`, text);
  }));
  assert.equal(parseAuthorization('/'.repeat(10_000_000)), undefined);
  assert.equal(parseAuthorization(`auth-v2/ak/2018-10-17T11:48:24Z/${';'.repeat(1900)}/${'a'.repeat(64)}`), undefined);
});

const word = fc.string({ unit: 'grapheme', maxLength: 12 });
// JavaScript's strings may hold halves of a surrogate pair, which have no UTF-8; no client can send one.
const text = fc.string({ unit: 'binary', maxLength: 20 }).map((value) => Buffer.from(value).toString());
const headerName = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/)
  .filter((name) => name !== 'host' && name !== 'authorization' && name !== '__proto__');
const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
  path: fc.array(word.map(encodeURIComponent), { maxLength: 4 }).map((parts) => `/${parts.join('/')}`),
  query: fc.array(fc.tuple(text.filter((name) => name !== ''), text), { maxLength: 5 }),
  headers: fc.dictionary(headerName, text, { maxKeys: 4 }).map((headers) => ({ ...headers, host: HOST })),
  body: fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.json().map((json) => new Uint8Array(Buffer.from(json)))),
  at: fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
  withMilliseconds: fc.boolean(),
});
type AnyRequest = typeof anyRequest extends fc.Arbitrary<infer Value> ? Value : never;

function send(request: AnyRequest): Sent {
  const query = new URLSearchParams(request.query).toString();
  const rawUrl = query === '' ? request.path : `${request.path}?${query}`;
  const authorization = sign({ ...request, accessKey: ACCESS_KEY, secretKey: SECRET_KEY, url: rawUrl });
  const headers: Sent['headers'] = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = Buffer.from(value).toString('latin1');
  return { authorization, method: request.method, rawUrl, headers, body: request.body };
}

test('property: what sign signs, verify accepts', () => {
  fc.assert(fc.property(anyRequest, (request) => {
    assert.ok(isAccepted(send(request)));
  }), { numRuns: 300 });
});

test('property: what the class of the reference signs, verify accepts and sign writes', () => {
  fc.assert(fc.property(anyRequest, fc.json(), (request, body) => {
    const sent = send({ ...request, body: new Uint8Array(Buffer.from(body)) });
    // The class is given values that `lowerCaseSignedHeaders` of 4.3 has trimmed.
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers)) {
      headers[name] = value.replaceAll(/^[^!-\uFFFF]+|[^!-\uFFFF]+$/g, '');
    }
    const timestamp = sent.authorization.split('/')[2] ?? '';
    const { method, path, query } = request;
    const authorization = signAsListing({ method, path, query, headers, body, timestamp });
    assert.equal(sent.authorization, authorization);
    assert.ok(isAccepted({ ...sent, authorization }));
  }), { numRuns: 300 });
});

test('property: any change of one byte of the body is refused', () => {
  fc.assert(fc.property(anyRequest, fc.nat(), fc.integer({ min: 1, max: 255 }), (request, place, change) => {
    fc.pre(request.body.length > 0);
    const sent = send(request);
    const changed = Buffer.from(request.body);
    const index = place % changed.length;
    changed[index] = (changed[index] ?? 0) ^ change;
    assert.ok(!isAccepted({ ...sent, body: changed }));
    assert.ok(!isAccepted({ ...sent, body: request.body.subarray(1) }));
  }), { numRuns: 200 });
});

test('property: verifying never throws, whatever arrives', () => {
  const binary = fc.string({ unit: 'binary' });
  fc.assert(fc.property(binary, binary, fc.uint8Array(), (rawUrl, value, body) => {
    const authorization = signAsListing({ headers: { 'content-length': '1', 'content-type': 'a', host: HOST } });
    const headers = { host: value, 'content-length': value, 'content-type': value };
    assert.ok(!isAccepted({ authorization, method: 'POST', rawUrl, headers, body }));
  }));
});
