import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ACCESS_KEY, HOST, PING, SECRET_KEY, hmac, isAccepted, norm, signAsListing, type Listing, type Sent,
} from './auth-v2.fixture.ts';
import { deriveSigningKey, parseAuthorization, sign } from './auth-v2.ts';

const AT = new Date('2018-10-17T11:48:24.123Z');
const HELLO = '{"say":"Hello world!"}';
const QUERY_LINE = 'id2=&id=123&name=a%20b%2F%E4%B8%AD';
const THREE_HEADERS = { Host: HOST, 'Content-Length': '22', 'Content-Type': 'application/json;charset=UTF-8' };

const hello: Sent = {
  authorization: signAsListing({
    headers: { 'content-length': '22', 'content-type': 'application/json;charset=UTF-8', host: HOST },
    body: HELLO,
  }),
  method: 'POST',
  rawUrl: PING,
  headers: THREE_HEADERS,
  body: HELLO,
};

test('the POST vector is signed byte for byte', () => {
  const prefix = `auth-v2/${ACCESS_KEY}/2018-10-17T11:48:24.123Z/content-length;content-type;host`;
  const signingKey = '837b198843b9ef32f22a4487d50ee13c46787dbe4bf4e73af9422ad84d800606';
  const signature = '4a40217659bb733cf3e1b7a7908667b4aebfb4f5b2ac14269c809e281ada46ad';
  assert.equal(deriveSigningKey(SECRET_KEY, prefix), signingKey);
  const signed = sign({
    accessKey: ACCESS_KEY, secretKey: SECRET_KEY, method: 'POST', url: PING, headers: THREE_HEADERS, body: HELLO,
    at: AT, withMilliseconds: true,
  });
  assert.equal(signed, `${prefix}/${signature}`);
  assert.equal(hello.authorization, signed);
  assert.ok(isAccepted(hello));
});

test('the GET vector is signed byte for byte, however its query is spelt', () => {
  const expected = `auth-v2/${ACCESS_KEY}/2018-10-17T11:48:24.123Z/host/`
    + '7b6b21bfcd9673790ee3a27826c2f7d4a991426b3615a5142d87fa8c9a8ef824';
  const spellings = [
    `${PING}?name=a%20b%2F%E4%B8%AD&id=123&id2=`,
    `${PING}?${QUERY_LINE}`,
    `${PING}?id=123&name=a+b/%e4%b8%ad&id2`,
    `${PING}?id=123&&name=a%20b/%E4%B8%AD&id2=&id=123&`,
    `${PING}?id2=&id=%31%32%33&name=a+b%2f\u4E2D`,
    `${PING}?id2=&id=123&name=a+b/${Buffer.from('\u4E2D').toString('latin1')}`,
  ];
  for (const rawUrl of spellings) {
    const sent: Sent = { authorization: expected, method: 'GET', rawUrl, headers: { host: HOST }, body: '' };
    assert.ok(isAccepted(sent), rawUrl);
  }
  for (const url of spellings.slice(0, 5)) {
    const signed = sign({
      accessKey: ACCESS_KEY, secretKey: SECRET_KEY, method: 'get', url, headers: { host: HOST }, body: '', at: AT,
      withMilliseconds: true,
    });
    assert.equal(signed, expected, url);
  }
});

test('a query whose pairs differ from the signed ones is refused', () => {
  const query = [['name', 'a b/\u4E2D'], ['id', '123'], ['id2', '']] as const;
  const authorization = signAsListing({ method: 'GET', query });
  const sent: Sent = { authorization, method: 'GET', rawUrl: '', headers: { host: HOST }, body: '' };
  assert.ok(isAccepted({ ...sent, rawUrl: `${PING}?${QUERY_LINE}` }));
  for (const rawUrl of [
    PING, `${PING}?`, `${PING}?id2=&id=124&name=a+b/%E4%B8%AD`, `${PING}?id=&id2=123&name=a+b/%E4%B8%AD`,
    `${PING}?${QUERY_LINE}&x=`, `${PING}/?${QUERY_LINE}`, `${PING.toUpperCase()}?${QUERY_LINE}`,
    `${PING}?id2=&id=123&name=a%2Bb%2F%E4%B8%AD`,
  ]) {
    assert.ok(!isAccepted({ ...sent, rawUrl }), rawUrl);
  }
});

test('a client that signed the pairs in the order sent, not sorted as whole strings, is refused', () => {
  const inOrder = (line: string): string => signAsListing({
    method: 'GET',
    query: [['name', 'a b/\u4E2D'], ['id', '123'], ['id2', '']],
    canonical: (text) => text.replace(QUERY_LINE, line),
  });
  const rawUrl = `${PING}?${QUERY_LINE}`;
  const sent: Sent = { authorization: '', method: 'GET', rawUrl, headers: { host: HOST }, body: '' };
  assert.ok(isAccepted({ ...sent, authorization: inOrder(QUERY_LINE) }));
  assert.ok(!isAccepted({ ...sent, authorization: inOrder('id=123&id2=&name=a%20b%2F%E4%B8%AD') }));
  assert.ok(!isAccepted({ ...sent, authorization: inOrder('name=a%20b%2F%E4%B8%AD&id=123&id2=') }));
});

test('a broken percent escape in a query stands for itself', () => {
  const meanings = [['%', '%'], ['%4', '%4'], ['%zz', '%zz'], ['%%41', '%A'], ['100%+x', '100% x']] as const;
  for (const [raw, value] of meanings) {
    const authorization = signAsListing({ method: 'GET', query: [['q', value]] });
    const sent: Sent = { authorization, method: 'GET', rawUrl: `${PING}?q=${raw}`, headers: { host: HOST }, body: '' };
    assert.ok(isAccepted(sent), raw);
  }
});

test('a timestamp without milliseconds is accepted, and is what sign writes unless told otherwise', () => {
  const authorization = signAsListing({ timestamp: '2018-10-17T11:48:24Z', body: HELLO });
  assert.ok(isAccepted({ ...hello, authorization }));
  const signed = sign({
    accessKey: ACCESS_KEY, secretKey: SECRET_KEY, method: 'POST', url: PING, headers: { host: HOST }, body: HELLO,
    at: AT,
  });
  assert.equal(signed, authorization);
});

const blank = (text: string): string => text.replace(`${PING}\n`, `${PING}\n\n`);

test('the formula of the reference, a blank line where there is no query, is accepted', () => {
  for (const headers of [{ host: HOST }, { 'content-length': '22', host: HOST }]) {
    const authorization = signAsListing({ headers, body: HELLO, canonical: blank });
    assert.ok(isAccepted({ ...hello, authorization }));
    assert.ok(isAccepted({ ...hello, authorization, rawUrl: `${PING}?` }));
    assert.ok(!isAccepted({ ...hello, authorization, rawUrl: `${PING}?a=1` }));
  }
  const doubled = signAsListing({ query: [['a', '1']], canonical: (text) => text.replace('a=1\n', 'a=1\n\n') });
  assert.ok(!isAccepted({ ...hello, authorization: doubled, rawUrl: `${PING}?a=1`, body: '' }));
});

test('header names count in lower case or as the client class prints them', () => {
  const type = 'application/json;charset=UTF-8';
  for (const headers of [
    { host: HOST },
    { Host: HOST },
    { 'content-length': '22', 'content-type': type, host: HOST },
    { 'Content-Length': '22', 'Content-Type': type, host: HOST },
    { 'Content-Length': '22', 'Content-Type': type, Host: HOST },
  ]) {
    for (const query of [[], [['id', '7']]] as const) {
      const authorization = signAsListing({ headers, query, body: HELLO });
      const rawUrl = query.length === 0 ? PING : `${PING}?id=7`;
      assert.ok(isAccepted({ ...hello, authorization, rawUrl }), JSON.stringify(headers));
      assert.ok(!isAccepted({ ...hello, authorization, rawUrl, body: HELLO.replace('!', '?') }));
    }
  }
});

test('canonical headers are sorted as whole strings, unlike the signed names', () => {
  const headers = { host: HOST, 'x-a': '1', 'x-a-b': '2' };
  const sorted = 'host;x-a;x-a-b\nhost:10.22.26.181%3A28080\nx-a-b:2\nx-a:1\n';
  const sortedByName = 'host;x-a;x-a-b\nhost:10.22.26.181%3A28080\nx-a:1\nx-a-b:2\n';
  const authorization = signAsListing({ headers, body: HELLO, canonical: (text) => {
    assert.ok(text.includes(sorted));
    return text;
  } });
  assert.ok(isAccepted({ ...hello, authorization, headers }));
  const byName = signAsListing({ headers, body: HELLO, canonical: (text) => text.replace(sorted, sortedByName) });
  assert.ok(!isAccepted({ ...hello, authorization: byName, headers }));
});

test('the list of signed headers counts verbatim, in any order and with repeats', () => {
  const lists = ['content-length;host', 'host;content-length', 'host;content-length;host', 'Host;Content-Length'];
  for (const names of lists) {
    const prefix = `auth-v2/${ACCESS_KEY}/2018-10-17T11:48:24.123Z/${names}`;
    const canonical = `POST\n${PING}\n${names}\ncontent-length:22\nhost:10.22.26.181%3A28080\n${norm(HELLO)}`;
    const authorization = `${prefix}/${hmac(hmac(SECRET_KEY, prefix).toString('hex'), canonical).toString('hex')}`;
    assert.ok(isAccepted({ ...hello, authorization }), names);
  }
});

test('Chinese text and null bytes in the body count as their bytes', () => {
  const text = '{"msgBody":{"name":"\u5F20\u4E09","note":null,"emoji":"\u{1F600}","nul":"\0"}}';
  const authorization = signAsListing({ body: text });
  assert.ok(isAccepted({ ...hello, authorization, body: text }));
  assert.ok(!isAccepted({ ...hello, authorization, body: text.replace('\u5F20', '\u5F21') }));
  const bytes = Uint8Array.of(0xff, 0xfe, 0, 0x80);
  const signed = sign({
    accessKey: ACCESS_KEY, secretKey: SECRET_KEY, method: 'PUT', url: PING, headers: { host: HOST }, body: bytes,
    at: AT,
  });
  assert.ok(isAccepted({ ...hello, authorization: signed, method: 'PUT', body: bytes }));
});

test('a body of several pieces is the same as one', () => {
  for (const length of [16_383, 16_384, 16_385, 49_152, 100_001]) {
    const body = 'a"\u4E2D '.repeat(length).slice(0, length);
    const authorization = signAsListing({ body, headers: { Host: HOST } });
    assert.ok(isAccepted({ ...hello, authorization, body }), String(length));
    assert.ok(!isAccepted({ ...hello, authorization, body: `${body.slice(0, -1)}_` }), String(length));
  }
});

test('a path counts as sent, with the slash before it that 4.3 adds', () => {
  const paths = [['', '/'], ['?', '/'], ['rest/a', '/rest/a'], ['/a%2fB//c/../d%', '/a%2fB//c/../d%']] as const;
  for (const [rawUrl, path] of paths) {
    assert.ok(isAccepted({ ...hello, authorization: signAsListing({ path, body: HELLO }), rawUrl }), rawUrl);
  }
  assert.ok(!isAccepted({ ...hello, authorization: signAsListing({ path: '/a%2fb' }), rawUrl: '/a%2Fb', body: '' }));
});

test('JSON written anew under the old signature is refused', () => {
  assert.ok(!isAccepted({ ...hello, body: '{"say": "Hello world!"}' }));
  assert.ok(!isAccepted({ ...hello, body: `${HELLO}\n` }));
  assert.ok(!isAccepted({ ...hello, body: `\uFEFF${HELLO}` }));
});

test('one flipped bit anywhere in the body is refused', () => {
  const bytes = Buffer.from(HELLO);
  for (let index = 0; index < bytes.length; index++) {
    for (let bit = 0; bit < 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[index] = (flipped[index] ?? 0) ^ (1 << bit);
      assert.ok(!isAccepted({ ...hello, body: flipped }), `byte ${index} bit ${bit}`);
    }
  }
});

test('another method, path, host, header, secret or signature is refused', () => {
  assert.ok(!isAccepted({ ...hello, method: 'PUT' }));
  assert.ok(!isAccepted({ ...hello, rawUrl: `${PING}/` }));
  assert.ok(!isAccepted({ ...hello, rawUrl: `${PING}?a=1` }));
  assert.ok(!isAccepted({ ...hello, headers: { ...THREE_HEADERS, Host: '10.22.26.181' } }));
  assert.ok(!isAccepted({ ...hello, headers: { ...THREE_HEADERS, 'Content-Type': 'application/json' } }));
  assert.ok(!isAccepted(hello, 'ccdemo-secret-21'));
  assert.ok(!isAccepted({ ...hello, authorization: `${hello.authorization.slice(0, -1)}0` }));
  assert.ok(!isAccepted({ ...hello, authorization: hello.authorization.replace('24.123Z', '24.124Z') }));
  assert.ok(!isAccepted({ ...hello, authorization: hello.authorization.replace('globalaktest', 'globalaktesu') }));
});

test('an empty secret lets nobody in', () => {
  const authorization = signAsListing({ body: HELLO, secretKey: '' });
  assert.ok(!isAccepted({ ...hello, authorization }, ''));
});

test('a request that leaves host unsigned, signs authorization or lists an absent header is refused', () => {
  const noHost = signAsListing({ headers: { 'content-length': '22' }, body: HELLO });
  assert.ok(!isAccepted({ ...hello, authorization: noHost }));
  for (const name of ['authorization', 'Authorization']) {
    const authorization = signAsListing({ headers: { [name]: 'x', host: HOST }, body: HELLO });
    assert.ok(!isAccepted({ ...hello, authorization, headers: { ...THREE_HEADERS, authorization: 'x' } }));
  }
  const absent = signAsListing({ headers: { host: HOST, 'x-token': '' }, body: HELLO });
  assert.ok(!isAccepted({ ...hello, authorization: absent }));
  assert.ok(!isAccepted({ ...hello, authorization: absent, headers: { ...THREE_HEADERS, 'x-token': [] } }));
  assert.ok(isAccepted({ ...hello, authorization: absent, headers: { ...THREE_HEADERS, 'x-token': '' } }));
});

test('sign refuses to leave host out or to sign authorization', () => {
  const request = { accessKey: ACCESS_KEY, secretKey: SECRET_KEY, method: 'POST', url: PING, body: '', at: AT };
  assert.throws(() => sign({ ...request, headers: { 'content-length': '0' } }), /host/);
  assert.throws(() => sign({ ...request, headers: { Host: HOST, Authorization: 'x' } }), /authorization/);
});

test('a header sent on several lines is their list, except host', () => {
  const authorization = signAsListing({ headers: { host: HOST, 'x-tag': 'a, b' }, body: HELLO });
  assert.ok(isAccepted({ ...hello, authorization, headers: { host: [HOST], 'x-tag': ['a', 'b'] } }));
  assert.ok(!isAccepted({ ...hello, authorization, headers: { host: HOST, 'x-tag': ['b', 'a'] } }));
  const twoHosts = signAsListing({ headers: { host: `${HOST}, ${HOST}` }, body: HELLO });
  assert.ok(isAccepted({ ...hello, authorization: twoHosts, headers: { host: `${HOST}, ${HOST}` } }));
  assert.ok(!isAccepted({ ...hello, authorization: twoHosts, headers: { host: [HOST, HOST] } }));
});

test('header values are trimmed as Java trims, and their text counts whichever way it was sent', () => {
  const authorization = signAsListing({ headers: { host: HOST, 'x-name': 'caf\u00E9' }, body: HELLO });
  const utf8 = Buffer.from('caf\u00E9').toString('latin1');
  for (const value of ['caf\u00E9', utf8, ` \t${utf8}\u0000\u001F `]) {
    assert.ok(isAccepted({ ...hello, authorization, headers: { host: HOST, 'x-name': value } }), JSON.stringify(value));
  }
  // U+00A0 is white space to JavaScript's trim and none to Java's.
  assert.ok(!isAccepted({ ...hello, authorization, headers: { host: HOST, 'x-name': 'caf\u00E9\u00A0' } }));
  const chinese = signAsListing({ headers: { host: HOST, 'x-name': '\u5F20\u4E09' }, body: HELLO });
  const received = Buffer.from('\u5F20\u4E09').toString('latin1');
  assert.ok(isAccepted({ ...hello, authorization: chinese, headers: { host: HOST, 'x-name': received } }));
});

const rawKey = (key: string, text: string): string => hmac(Buffer.from(key, 'hex'), text).toString('hex');
const base64 = (key: string, text: string): string => hmac(key, text).toString('base64');
const rawBase64 = (key: string, text: string): string => hmac(Buffer.from(key, 'hex'), text).toString('base64');
const extraBlankLine = (text: string): string => text.replace('%3A28080\n', '%3A28080\n\n');
const spacesAsPlus = (text: string): string => text.replaceAll('%20', '+');
const emptyValues = (text: string): string => text.replaceAll(/^(content-[a-z]+|host):.*$/gm, '$1:');

test('the implementations known to be wrong are refused', () => {
  const headers = { 'content-length': '22', 'content-type': 'application/json;charset=UTF-8', host: HOST };
  const wrong: Record<string, Listing> = {
    'raw key bytes': { signature: rawKey },
    'Base64 signature': { signature: base64 },
    'raw key bytes and Base64 signature': { signature: rawBase64, canonical: extraBlankLine },
    'blank line after the headers': { canonical: extraBlankLine },
    'plus for space': { canonical: spacesAsPlus },
    'plus for space, raw key bytes and Base64 signature': { canonical: spacesAsPlus, signature: rawBase64 },
    'empty header values': { canonical: emptyValues },
    'slash left as it is': { canonical: (text) => text.replace('application%2Fjson', 'application/json') },
    'lower-case escapes': { canonical: (text) => text.replaceAll('%3A', '%3a') },
    'upper-case signature': { signature: (key, text) => hmac(key, text).toString('hex').toUpperCase() },
    'upper-case key text': { signature: (key, text) => hmac(key.toUpperCase(), text).toString('hex') },
    'no newline after the headers': { body: '', canonical: (text) => text.trimEnd() },
  };
  assert.ok(isAccepted({ ...hello, authorization: signAsListing({ headers, body: HELLO }) }));
  for (const [name, listing] of Object.entries(wrong)) {
    const body = listing.body ?? HELLO;
    const authorization = signAsListing({ headers, body, ...listing });
    assert.ok(!isAccepted({ ...hello, authorization, body }), name);
  }
});

test('an Authorization header is taken apart only when it is well formed', () => {
  const signature = 'a'.repeat(64);
  const write = (parts: { key?: string; time?: string; names?: string; end?: string }): string => {
    const { key = 'ak', time = '2018-10-17T11:48:24Z', names = 'host', end = signature } = parts;
    return `auth-v2/${key}/${time}/${names}/${end}`;
  };
  assert.deepEqual(parseAuthorization(write({ names: 'content-length;host' })), {
    accessKey: 'ak',
    timestampText: '2018-10-17T11:48:24Z',
    timestamp: Date.UTC(2018, 9, 17, 11, 48, 24),
    signedHeaders: ['content-length', 'host'],
    signature,
  });
  assert.equal(parseAuthorization(write({ time: '2018-10-17T11:48:24.123Z' }))?.timestamp, AT.getTime());
  const leapDay = parseAuthorization(write({ time: '2024-02-29T23:59:59Z' }));
  assert.equal(leapDay?.timestamp, Date.UTC(2024, 1, 29, 23, 59, 59));
  const refused = [
    undefined, '', '/', '////', 'Bearer abc',
    write({}).replace('auth-v2', 'auth-v1'), write({}).replace('auth-v2', 'AUTH-V2'),
    `${write({})}/`, ` ${write({})}`, write({ key: '' }), write({ key: 'a b' }), write({ key: '\u4E2D' }),
    write({ key: 'k'.repeat(129) }), write({ names: '' }), write({ names: 'host;' }), write({ names: ';host' }),
    write({ names: 'ho st' }), write({ names: 'host\n' }), write({ names: 'h\u00F6st' }),
    write({ names: 'h'.repeat(65) }),
    write({ names: Array.from({ length: 33 }, () => 'host').join(';') }),
    write({ names: Array.from({ length: 32 }, () => 'h'.repeat(64)).join(';') }), write({ end: '' }),
    write({ end: 'a'.repeat(63) }), write({ end: 'a'.repeat(65) }), write({ end: 'A'.repeat(64) }),
    write({ end: 'g'.repeat(64) }), write({ end: `${'A'.repeat(43)}=` }),
    ...[
      '', '2018-10-17', '2018-10-17T11:48:24', '2018-10-17 11:48:24Z', '2018-02-30T11:48:24Z', '2023-02-29T00:00:00Z',
      '2018-13-01T00:00:00Z', '2018-10-17T24:00:00Z', '2018-10-17T11:60:24Z', '2018-10-17T11:48:60Z',
      '2018-10-17T11:48:24.1Z', '2018-10-17T11:48:24,123Z', '2018-10-17T11:48:24.123z', '2018-10-17T11:48:24+0',
      '+02018-10-17T11:48:24Z', '1539776904', '20181017T114824Z', '2018-10-17T11:48:24.123456Z',
      '\uFF12018-10-17T11:48:24Z', '2018-1\u0660-17T11:48:24Z',
    ].map((time) => write({ time })),
  ];
  for (const header of refused) assert.equal(parseAuthorization(header), undefined, header);
});
