import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readChallenge } from '../message/challenge.ts';
import { ha1Of } from '../message/digest.ts';
import { answered, authenticated, fakeChannel, PASSWORDS, REALM, registering, type Wanted } from './registrar.fixture.ts';

const CONTACT = ['<sip:alice@10.0.0.5:5060>'];

describe('a challenge', () => {
  it('comes before anything else, whoever it is', async () => {
    const { requestFor, registrar } = registering();
    for (const user of ['alice', 'nobody']) {
      const { status, headers } = await answered(requestFor({ user, contacts: CONTACT }), fakeChannel(), registrar.handle);
      assert.equal(status, 401);
      const challenge = readChallenge(headers.get('WWW-Authenticate') ?? '');
      assert.deepEqual({ ...challenge, nonce: '' }, { realm: REALM, nonce: '', algorithm: 'MD5', qop: ['auth'], stale: false });
    }
  });

  it('offers the algorithms that it is told to, best first, and takes an answer to any', async () => {
    const hashes = { 'MD5': ha1Of('MD5', 'alice', REALM, 'secret'), 'SHA-256': ha1Of('SHA-256', 'alice', REALM, 'secret') };
    for (const which of [0, 1]) {
      const { requestFor, registrar } = registering({ algorithms: ['SHA-256', 'MD5'], accounts: async () => Promise.resolve({ ha1s: hashes }) });
      const request = requestFor({ contacts: CONTACT });
      const channel = fakeChannel();
      const refusal = await answered(request, channel, registrar.handle);
      assert.deepEqual(refusal.headers.all('WWW-Authenticate').map((value) => readChallenge(value)?.algorithm), ['SHA-256', 'MD5']);
      assert.equal((await answered(authenticated(request, refusal, 'alice', 'secret', which), channel, registrar.handle)).status, 200);
    }
  });

  it('is answered alike to an unknown user and a wrong password', async () => {
    const { register, faults, urisOf } = registering();
    const [unknown, wrong] = [await register({ user: 'nobody', contacts: CONTACT }), await register({ contacts: CONTACT }, fakeChannel(), 'guess')];
    const shape = ({ status, headers }: typeof wrong): unknown =>
      [status, [...headers].map(([name, value]) => [name, value.replaceAll(/nonce="[^"]*"|alice|nobody|tag=[^;]*|^\d+/g, '')])];
    assert.deepEqual(shape(unknown), shape(wrong));
    assert.deepEqual(faults, ['unknownUser', 'badCredentials']);
    assert.deepEqual(urisOf(), []);
  });

  it('is not answered by what was said at another address: one is asked anew, and not blamed', async () => {
    const { requestFor, registrar, faults } = registering();
    const request = requestFor({ contacts: CONTACT });
    const [here, there] = [fakeChannel('UDP', '198.51.100.7'), fakeChannel('UDP', '203.0.113.9')];
    const refusal = await answered(request, here, registrar.handle);
    for (const password of ['secret', 'guess']) {
      const again = await answered(authenticated(request, refusal, 'alice', password), there, registrar.handle);
      assert.equal(readChallenge(again.headers.get('WWW-Authenticate') ?? '')?.stale, true);
    }
    assert.deepEqual(faults, []);
    assert.equal((await answered(authenticated(request, refusal, 'alice', 'secret'), here, registrar.handle)).status, 200);
  });

  it('takes an answer once, and an old one not at all', async () => {
    const { requestFor, registrar, timers } = registering();
    const request = requestFor({ contacts: CONTACT });
    const channel = fakeChannel();
    const refusal = await answered(request, channel, registrar.handle);
    const answer = authenticated(request, refusal, 'alice', 'secret');
    assert.equal((await answered(answer, channel, registrar.handle)).status, 200);
    assert.equal((await answered(answer, channel, registrar.handle)).status, 401);
    await timers.advance(60_001);
    const later = await answered(authenticated(request, refusal, 'alice', 'secret'), channel, registrar.handle);
    assert.equal(readChallenge(later.headers.get('WWW-Authenticate') ?? '')?.stale, true);
  });

  it('lets nobody register for somebody else', async () => {
    const { requestFor, registrar, urisOf } = registering();
    const request = requestFor({ user: 'bob', contacts: CONTACT });
    const channel = fakeChannel();
    const refusal = await answered(request, channel, registrar.handle);
    assert.equal((await answered(authenticated(request, refusal, 'alice', 'secret'), channel, registrar.handle)).status, 403);
    assert.deepEqual(urisOf('bob'), []);
    assert.deepEqual(urisOf('alice'), []);
  });

  it('knows whose the credentials are, where they have a name of their own', async () => {
    const { requestFor, registrar, urisOf } = registering({ accounts: async (name) => Promise.resolve(name === 'login-7' ? { password: 'p', user: 'alice' } : undefined) });
    const request = requestFor({ contacts: CONTACT });
    const channel = fakeChannel();
    const refusal = await answered(request, channel, registrar.handle);
    assert.equal((await answered(authenticated(request, refusal, 'login-7', 'p'), channel, registrar.handle)).status, 200);
    assert.equal(urisOf().length, 1);
  });

  it('takes any one of several passwords, and blames once whoever has none of them', async () => {
    const { register, faults } = registering({ accounts: async () => Promise.resolve({ passwords: ['lasting', 'of-today', 'of-yesterday'] }) });
    for (const password of ['of-yesterday', 'lasting', 'of-today']) assert.equal((await register({ contacts: CONTACT }, fakeChannel(), password)).status, 200);
    assert.deepEqual(faults, []);
    assert.equal((await register({ contacts: CONTACT }, fakeChannel(), 'guess')).status, 401);
    assert.deepEqual(faults, ['badCredentials']);
  });

  it('takes no answer twice that one of several passwords made right', async () => {
    const { requestFor, registrar } = registering({ accounts: async () => Promise.resolve({ passwords: ['lasting', 'of-today'] }) });
    const request = requestFor({ contacts: CONTACT });
    const channel = fakeChannel();
    const answer = authenticated(request, await answered(request, channel, registrar.handle), 'alice', 'of-today');
    assert.equal((await answered(answer, channel, registrar.handle)).status, 200);
    const again = await answered(answer, channel, registrar.handle);
    assert.equal(readChallenge(again.headers.get('WWW-Authenticate') ?? '')?.stale, true);
  });

  it('lets nobody in whose account has no password at all, nor by more passwords than are looked at', async () => {
    const many = ['1', '2', '3', '4', '5'];
    for (const [passwords, password] of [[[], 'nobody'], [[], ''], [many, '5']] as const) {
      const { register } = registering({ accounts: async () => Promise.resolve({ passwords }) });
      assert.equal((await register({ contacts: CONTACT }, fakeChannel(), password)).status, 401);
    }
  });

  it('leaves no binding to anybody who has not authenticated, nor more than are allowed, whatever is sent', async () => {
    const hosts = ['a', 'b', 'c', 'd', 'e'];
    const contact = fc.tuple(fc.constantFrom(...hosts), fc.constantFrom(0, 1, 60, 600), fc.option(fc.constantFrom('i1', 'i2')), fc.nat(2)).map(([host, expires, instance, regId]) =>
      `<sip:x@${host}.example>;expires=${expires}${instance === null ? '' : `;+sip.instance="<${instance}>"`}${regId === 0 ? '' : `;reg-id=${regId}`}`);
    const step = fc.record({
      user: fc.constantFrom('alice', 'bob', 'mallory'), isRight: fc.boolean(), contacts: fc.oneof(fc.array(contact, { maxLength: 4 }), fc.constant(['*'])),
      callId: fc.constantFrom('c1', 'c2'), cseq: fc.nat(5), isOutbound: fc.boolean(), expires: fc.constantFrom('0', '60'), port: fc.nat(2), hangUp: fc.boolean(), wait: fc.nat(100),
    });
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      const { register, registrar, timers } = registering({ limits: { bindings: { perAccount: 2, all: 3 } } });
      const authentic = new Set<string>();
      const channels = new Map<number, ReturnType<typeof fakeChannel>>();
      for (const { user, isRight, contacts, callId, cseq, isOutbound, expires, port, hangUp, wait } of steps) {
        const open = channels.get(port);
        const channel = open?.isOpen() === true ? open : fakeChannel(port === 0 ? 'UDP' : 'TCP', '198.51.100.7', port + 1);
        channels.set(port, channel);
        const wanted: Wanted = { user, contacts, callId, cseq, more: [['Expires', expires], ...(isOutbound ? [['Supported', 'outbound'] as const] : [])] };
        const { status } = await register(wanted, channel, isRight ? PASSWORDS[user] : 'guess');
        if (isRight && PASSWORDS[user] !== undefined && status === 200) authentic.add(user);
        if (hangUp && port > 0) channel.hangUp();
        await timers.advance(wait * 1000);
        const counts = ['alice', 'bob', 'mallory'].map((each) => registrar.bindingsOf({ user: each, realm: REALM }));
        assert.equal(counts.every((bindings) => bindings.length <= 2), true);
        assert.equal(registrar.standing() <= 3, true);
        assert.equal(counts.flat().every((binding) => authentic.has(binding.user) && binding.channel.isOpen()), true);
      }
      for (const channel of channels.values()) channel.hangUp();
      await timers.advance(3_700_000);
      assert.equal(registrar.standing(), 0);
      assert.equal(timers.pending(), 0);
    }), { numRuns: 40 });
  });
});
