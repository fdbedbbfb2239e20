import assert from 'node:assert/strict';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { describe, test } from 'node:test';
import { createForwarding } from './forwarded.ts';

const asked = (remoteAddress: string, headers: IncomingHttpHeaders = {}, encrypted = false): IncomingMessage =>
  ({ socket: { remoteAddress, ...(encrypted ? { encrypted } : {}) }, headers: { host: 'parley.example', ...headers } }) as unknown as IncomingMessage;

describe('what is forwarded', () => {
  const forwarded = createForwarding(['10.1.0.0/16', '192.0.2.1', '2001:db8::/32']);
  const addressOf = (remote: string, chain?: string): string => forwarded(asked(remote, chain === undefined ? {} : { 'x-forwarded-for': chain })).address;

  test('is believed of trusted proxies alone', () => {
    assert.equal(addressOf('198.51.100.9', '203.0.113.5'), '198.51.100.9');
    assert.equal(addressOf('10.1.2.3', '203.0.113.5'), '203.0.113.5');
    assert.equal(addressOf('::ffff:10.1.2.3', '203.0.113.5'), '203.0.113.5');
    assert.equal(addressOf('2001:db8::5', '2001:db9::1'), '2001:db9::1');
    assert.equal(addressOf('10.1.2.3'), '10.1.2.3');
  });

  test('ends at the first who is not trusted, whatever that one has told', () => {
    assert.equal(addressOf('10.1.2.3', '127.0.0.1, 203.0.113.5, 192.0.2.1'), '203.0.113.5');
    assert.equal(addressOf('10.1.2.3', '192.0.2.1, 10.1.9.9'), '192.0.2.1');
    assert.equal(addressOf('10.1.2.3', 'nonsense'), 'nonsense');
    assert.equal(addressOf('10.1.2.3', `${'1.1.1.1,'.repeat(5000)}203.0.113.5,`), '203.0.113.5');
  });

  test('tells the scheme and the name that the client sees', () => {
    const headers = { 'x-forwarded-proto': 'http, https', 'x-forwarded-host': 'calls.example' };
    assert.deepEqual(forwarded(asked('10.1.2.3', headers)), { address: '10.1.2.3', isSecure: true, host: 'calls.example' });
    assert.deepEqual(forwarded(asked('198.51.100.9', headers)), { address: '198.51.100.9', isSecure: false, host: 'parley.example' });
    assert.deepEqual(forwarded(asked('10.1.2.3', {}, true)), { address: '10.1.2.3', isSecure: true, host: 'parley.example' });
  });

  test('is nothing where no proxy is trusted', () => {
    assert.equal(createForwarding([])(asked('127.0.0.1', { 'x-forwarded-for': '203.0.113.5' })).address, '127.0.0.1');
  });
});
