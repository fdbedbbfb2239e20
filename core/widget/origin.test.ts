import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isOwnOrigin, readOrigin } from './origin.ts';

describe('an origin', () => {
  for (const [given, origin] of [
    ['https://shop.example.com', 'https://shop.example.com'], ['https://Shop.Example.COM/', 'https://shop.example.com'], ['https://shop.example.com:443', 'https://shop.example.com'],
    ['http://localhost:3000', 'http://localhost:3000'], ['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'], ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ]) test(`${given} is ${origin}`, () => { assert.deepEqual(readOrigin(given ?? ''), { ok: true, origin }); });

  for (const wrong of ['', 'null', '*', 'shop.example.com', 'https://', 'https://*.example.com', 'https://a.example/path', 'https://a.example?x', 'https://a.example/?', 'https://a.example#',
    'https://me@a.example', 'https://me:secret@a.example', 'ftp://a.example', 'javascript:alert(1)', 'file:///etc/passwd', 'https://a.example:99999']) {
    test(`${wrong} is none`, () => { assert.equal(readOrigin(wrong).ok, false); });
  }

  test('that was read reads the same again, whatever was given', () => {
    fc.assert(fc.property(fc.oneof(fc.webUrl({ validSchemes: ['http', 'https'] }), fc.string()), (text) => {
      const reading = readOrigin(text);
      if (reading.ok) assert.deepEqual(readOrigin(reading.origin), reading);
    }));
  });
});

describe('our own origin', () => {
  for (const [origin, isSecure, host, isOwn] of [
    ['http://127.0.0.1:8080', false, '127.0.0.1:8080', true], ['https://Parley.example.com', true, 'parley.example.com', true], ['http://localhost:8080', false, '127.0.0.1:8080', false],
    ['http://parley.example.com', true, 'parley.example.com', false], ['http://127.0.0.1:8081', false, '127.0.0.1:8080', false], ['null', false, 'null', false], ['http://undefined', false, undefined, false],
  ] as const) {
    test(`${origin} is ${isOwn ? '' : 'not '}that of ${host ?? 'no host'}${isSecure ? ' over TLS' : ''}`, () => { assert.equal(isOwnOrigin(origin, { isSecure, host }), isOwn); });
  }
});
