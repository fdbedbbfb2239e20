import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { checkCallable, isTrusted, readTrustedUrl, withoutQuery, writeTrustedUrl, type TrustedUrl } from './trusted-url.ts';

const entry = (text: string): TrustedUrl => {
  const reading = readTrustedUrl(text);
  assert.ok(reading.ok, `${text} is no entry`);
  return reading.entry;
};

describe('entries', () => {
  const table: readonly [given: string, kept: string][] = [
    ['https://crm.example.com', 'https://crm.example.com/'],
    ['https://crm.example.com/', 'https://crm.example.com/'],
    [' HTTPS://CRM.Example.COM:443/Hooks/ ', 'https://crm.example.com/Hooks'],
    ['http://crm.example.com:80/hooks//', 'http://crm.example.com/hooks'],
    ['http://crm.example.com:8080', 'http://crm.example.com:8080/'],
    ['https://crm.example.com.:8443/a/b', 'https://crm.example.com:8443/a/b'],
    ['https://crm.example.com/a/../b', 'https://crm.example.com/b'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['http://0x7f.1:9000/x', 'http://127.0.0.1:9000/x'],
    ['http://[::1]:9000', 'http://[::1]:9000/'],
  ];
  for (const [given, kept] of table) test(`${given} is kept as ${kept}`, () => assert.equal(writeTrustedUrl(entry(given)), kept));

  const refused: readonly [given: string, message: RegExp][] = [
    ['', /no URL/], ['crm.example.com', /no URL/], ['//crm.example.com', /no URL/], ['ftp://crm.example.com', /http or https/], ['javascript:alert(1)', /http or https/],
    ['https://user@crm.example.com', /user name/], ['https://user:secret@crm.example.com', /user name/], ['https://@crm.example.com', /user name/],
    ['https://*.example.com', /wildcards/], ['https://.', /host/], ['https://crm.example.com/?a=1', /query/], ['https://crm.example.com/#a', /query/], ['https://crm.example.com/?', /query/],
    ['https://crm.example.com/a b', /blanks/], ['https:\\\\crm.example.com', /backslashes/], ['https://crm.example.com/a%2f..', /hidden slashes/], ['https://crm.example.com/..;/a', /upwards/],
    [`https://crm.example.com/${'x'.repeat(1000)}`, /longer/],
  ];
  for (const [given, message] of refused) {
    test(`${given.slice(0, 40)} is refused`, () => {
      const reading = readTrustedUrl(given);
      assert.ok(!reading.ok);
      assert.match(reading.message, message);
    });
  }
});

describe('what an entry allows', () => {
  const table: readonly [allowed: string, url: string, trusted: boolean][] = [
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks', true],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks/', true],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks/a/b?c=d#e', true],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks?c=d', true],
    ['https://crm.example.com/hooks', 'HTTPS://CRM.EXAMPLE.COM:443/hooks/a', true],
    ['https://crm.example.com/hooks', 'https://crm.example.com./hooks/a', true],
    ['https://crm.example.com/hooks', 'https://crm.example.com/x/../hooks/a', true],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks/a.b..c/d%20e', true],
    ['https://crm.example.com', 'https://crm.example.com/anything/a%2Fb', true],
    ['http://127.0.0.1:9000', 'http://2130706433:9000/', true],
    ['https://bücher.example', 'https://xn--bcher-kva.example/x', true],
    // Another path.
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooksy', false],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hook', false],
    ['https://crm.example.com/hooks', 'https://crm.example.com/', false],
    ['https://crm.example.com/hooks', 'https://crm.example.com/HOOKS', false],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks/../admin', false],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks/%2e%2e/admin', false],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks/..%2fadmin', false],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks/..%5Cadmin', false],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks/%252e%252e%252fadmin', false],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks/..;/admin', false],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks/%2e%2e;x=1/admin', false],
    ['https://crm.example.com/hooks', 'https://crm.example.com/hooks/%', false],
    ['https://crm.example.com/hooks', 'https://crm.example.com//hooks', false],
    // Another scheme, host or port.
    ['https://crm.example.com', 'http://crm.example.com/', false],
    ['http://crm.example.com', 'https://crm.example.com/', false],
    ['https://crm.example.com', 'https://crm.example.com:8443/', false],
    ['https://crm.example.com:8443', 'https://crm.example.com/', false],
    ['https://crm.example.com', 'https://example.com/', false],
    ['https://crm.example.com', 'https://a.crm.example.com/', false],
    ['https://crm.example.com', 'https://crm.example.com.evil.example/', false],
    ['https://crm.example.com', 'https://crm.example.com../', false],
    ['https://crm.example.com', 'https://evil.example/crm.example.com', false],
    ['https://crm.example.com', 'https://evil.example/?https://crm.example.com', false],
    ['https://crm.example.com', 'https://evil.example#@crm.example.com/', false],
    // User information, and what programs read differently.
    ['https://crm.example.com', 'https://crm.example.com@evil.example/', false],
    ['https://crm.example.com', 'https://evil.example@crm.example.com/', false],
    ['https://crm.example.com', 'https://crm.example.com:443@evil.example/', false],
    ['https://crm.example.com', 'https://@crm.example.com/', false],
    ['https://crm.example.com', 'https://crm.example.com\\@evil.example/', false],
    ['https://crm.example.com', 'https://evil.example\\@crm.example.com/', false],
    ['https://crm.example.com', 'https://crm.exa\nmple.com/', false],
    ['https://crm.example.com', ' https://crm.example.com/', false],
    ['https://crm.example.com', 'https:crm.example.com@evil.example', false],
    ['https://crm.example.com', '//crm.example.com/', false],
    ['https://crm.example.com', 'crm.example.com', false],
    ['https://crm.example.com', '', false],
  ];
  for (const [allowed, url, trusted] of table) {
    test(`${allowed} ${trusted ? 'allows' : 'does not allow'} ${JSON.stringify(url)}`, () => assert.equal(isTrusted(url, [entry(allowed)]), trusted));
  }

  test('without entries nothing is trusted; of several, one is enough', () => {
    assert.equal(isTrusted('https://a.example/', []), false);
    assert.equal(isTrusted('https://b.example/', [entry('https://a.example'), entry('https://b.example')]), true);
  });
});

test('an entry that is read back is the same, and allows itself', () => {
  fc.assert(fc.property(fc.webUrl({ validSchemes: ['http', 'https'] }), (text) => {
    const reading = readTrustedUrl(text);
    if (!reading.ok) return;
    const written = writeTrustedUrl(reading.entry);
    assert.deepEqual(entry(written), reading.entry);
    assert.ok(isTrusted(written, [reading.entry]));
  }));
});

test('what is trusted has the scheme, host and port of the entry, whatever the text', () => {
  const allowed = entry('https://crm.example.com/hooks');
  const piece = fc.constantFrom('https://', 'http://', 'crm.example.com', 'evil.example', '@', ':', '443', '/', '\\', '..', '%2e', '%2f', '?', '#', 'hooks', ';', ' ', '.');
  fc.assert(fc.property(fc.array(piece, { maxLength: 8 }).map((pieces) => `https://${pieces.join('')}`), (text) => {
    if (!isTrusted(text, [allowed])) return;
    const url = new URL(text);
    assert.equal(url.protocol, 'https:');
    assert.match(url.host, /^crm\.example\.com\.?$/);
    assert.match(url.pathname, /^\/hooks(\/|$)/);
    assert.equal(checkCallable(text), undefined);
  }), { numRuns: 2000 });
});

test('without its query a URL shows that there was one, and nothing of it', () => {
  assert.equal(withoutQuery('https://crm.example.com/hooks'), 'https://crm.example.com/hooks');
  assert.equal(withoutQuery('https://crm.example.com/hooks?token=secret'), 'https://crm.example.com/hooks?...');
  assert.equal(withoutQuery('https://crm.example.com/hooks#secret?a=b'), 'https://crm.example.com/hooks?...');
});
