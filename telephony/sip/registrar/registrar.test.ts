import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SipResponse } from '../message/message.ts';
import { fakeChannel, REALM, registering } from './registrar.fixture.ts';
import { REGISTRAR_LIMITS } from './registrar.ts';

const DESK = '<sip:alice@10.0.0.5:5060>';
const MOBILE = '<sip:alice@10.0.0.6:5060>';
const BROWSER = '<sip:x7@abc.invalid;transport=ws>;+sip.instance="<urn:uuid:AAAA>";reg-id=1';
const OUTBOUND = [['Supported', 'path, gruu, outbound']] as const;

const contactsOf = ({ headers }: SipResponse): readonly string[] => headers.all('Contact');

describe('the registrar', () => {
  it('binds who has authenticated, and says so', async () => {
    const { register, urisOf, changes, registrar } = registering();
    const channel = fakeChannel();
    const { status, headers } = await register({ contacts: [`${DESK};expires=120;q=0.5`], more: [['User-Agent', 'Phone\u00071.0']] }, channel);
    assert.equal(status, 200);
    assert.deepEqual(headers.all('Contact'), ['<sip:alice@10.0.0.5:5060>;expires=120;q=0.5']);
    assert.equal(headers.get('Date'), 'Sat, 21 Nov 2026 14:00:00 GMT');
    assert.deepEqual(urisOf(), ['sip:alice@10.0.0.5:5060']);
    const [binding] = registrar.bindingsOf({ user: 'alice', realm: REALM });
    assert.equal(binding?.channel, channel, 'it is reached by the way that it came by, whatever its contact says');
    assert.equal(binding?.userAgent, 'Phone1.0');
    assert.deepEqual(changes, [`alice@${REALM} registered`]);
  });

  it('tells what stands, without a Contact', async () => {
    const { register, timers } = registering();
    await register({ contacts: [DESK], more: [['Expires', '300']] });
    await timers.advance(100_000);
    assert.deepEqual(contactsOf(await register({})), ['<sip:alice@10.0.0.5:5060>;expires=200']);
    assert.deepEqual(contactsOf(await register({ user: 'bob' })), []);
  });

  it('refreshes, removes one, and removes all', async () => {
    const { register, urisOf, timers, changes } = registering();
    await register({ contacts: [`${DESK};expires=60`, MOBILE] });
    await timers.advance(50_000);
    await register({ contacts: [`${DESK};expires=60`] });
    await timers.advance(50_000);
    assert.equal(urisOf().length, 2);
    await register({ contacts: [`${DESK};expires=0`] });
    assert.deepEqual(urisOf(), ['sip:alice@10.0.0.6:5060']);
    const { status } = await register({ contacts: ['*'], more: [['Expires', '0']] });
    assert.equal(status, 200);
    assert.deepEqual(urisOf(), []);
    assert.deepEqual(changes, [`alice@${REALM} registered`, `alice@${REALM} gone`]);
  });

  it('lets bindings expire, and leaves no timer behind', async () => {
    const { register, urisOf, timers, changes, registrar } = registering();
    await register({ contacts: [`${DESK};expires=60`] });
    await timers.advance(59_999);
    assert.equal(urisOf().length, 1);
    await timers.advance(1);
    assert.deepEqual(urisOf(), []);
    assert.deepEqual(changes, [`alice@${REALM} registered`, `alice@${REALM} gone`]);
    assert.equal(registrar.standing(), 0);
    assert.equal(timers.pending(), 0);
  });

  it('decides how long a binding stands', async () => {
    const cases: readonly [contact: string, expires: string | undefined, seconds: number][] = [
      [DESK, undefined, 600], [DESK, '90', 90], [`${DESK};expires=45`, '90', 45], [`${DESK};expires=99999999`, undefined, 3600], [`${DESK};expires=x`, undefined, 3600],
      [`${DESK};expires=-1`, undefined, 3600],
    ];
    for (const [contact, expires, wanted] of cases) {
      const { register } = registering();
      const response = await register({ contacts: [contact], more: expires === undefined ? [] : [['Expires', expires]] });
      assert.deepEqual(contactsOf(response), [`<sip:alice@10.0.0.5:5060>;expires=${wanted}`], contact);
    }
  });

  it('refuses what cannot be done, and changes nothing then', async () => {
    const cases: readonly [what: string, status: number, wanted: Parameters<ReturnType<typeof registering>['register']>[0]][] = [
      ['too short', 423, { contacts: [`${MOBILE};expires=5`] }],
      ['all, but not at once', 400, { contacts: ['*'], more: [['Expires', '5']] }],
      ['all, with no time', 400, { contacts: ['*'] }],
      ['all and one', 400, { contacts: ['*', MOBILE], more: [['Expires', '0']] }],
      ['no address', 400, { contacts: [MOBILE, '<sip:'] }],
      ['too many', 403, { contacts: Array.from({ length: 11 }, (_, at) => `<sip:alice@10.0.1.${at}>`) }],
      ['an extension', 420, { contacts: [MOBILE], more: [['Require', 'gruu, path']] }],
      ['a number that came before', 500, { contacts: [`${DESK};expires=0`], callId: 'desk', cseq: 7 }],
      ['a number that came before, of all', 500, { contacts: ['*'], more: [['Expires', '0']], callId: 'desk', cseq: 6 }],
      ['one good, one out of order', 500, { contacts: [MOBILE, DESK], callId: 'desk', cseq: 7 }],
      ['two ways at once', 400, { contacts: [MOBILE, BROWSER], more: OUTBOUND }],
      ['a proxy that does not keep ways open', 439, {
        contacts: [BROWSER], more: [...OUTBOUND, ['Via', 'SIP/2.0/UDP 10.9.9.9;branch=z9hG4bK2'], ['Path', '<sip:10.9.9.9;lr>']],
      }],
      ['a domain of nobody', 404, { domain: 'elsewhere.example', contacts: [MOBILE] }],
      ['no user', 400, { user: '', contacts: [MOBILE] }],
    ];
    const { register, urisOf } = registering({ realm: (domain) => (domain === REALM ? REALM : undefined) });
    await register({ contacts: [DESK], callId: 'desk', cseq: 7 });
    for (const [what, status, wanted] of cases) {
      const response = await register(wanted);
      assert.equal(response.status, status, what);
      if (status === 423) assert.equal(response.headers.get('Min-Expires'), '30');
      if (status === 420) assert.equal(response.headers.get('Unsupported'), 'gruu');
      assert.deepEqual(urisOf(), ['sip:alice@10.0.0.5:5060'], what);
    }
  });

  it('keeps what cannot be called by SIP out of the list', async () => {
    const { register, urisOf } = registering();
    assert.equal((await register({ contacts: [DESK, '<mailto:alice@example.com>', '<tel:+4930123>'] })).status, 200);
    assert.deepEqual(urisOf(), ['sip:alice@10.0.0.5:5060']);
  });

  it('lets a device that comes back take its own place', async () => {
    const { register, registrar } = registering();
    const [first, second] = [fakeChannel('WS', '198.51.100.7', 40_000), fakeChannel('WS', '198.51.100.7', 40_001)];
    const answer = await register({ contacts: [BROWSER], more: OUTBOUND }, first);
    assert.equal(answer.headers.get('Require'), 'outbound');
    assert.deepEqual(contactsOf(answer), ['<sip:x7@abc.invalid;transport=ws>;expires=600;+sip.instance="<urn:uuid:aaaa>";reg-id=1']);
    await register({ contacts: [BROWSER.replace('x7@abc', 'y8@def')], callId: 'call-2', more: OUTBOUND }, second);
    const bindings = registrar.bindingsOf({ user: 'alice', realm: REALM });
    assert.deepEqual(bindings.map(({ uri, channel, instance }) => [uri, channel, instance]), [['sip:y8@def.invalid;transport=ws', second, 'urn:uuid:aaaa']]);
    assert.equal(first.listening(), 0);
    first.hangUp();
    assert.equal(registrar.standing(), 1, 'its old way ends without it');
  });

  it('rings a device once that has several ways, by the one that it came by last', async () => {
    const { register, registrar, urisOf, timers } = registering();
    const [first, second] = [fakeChannel('TCP', '198.51.100.7', 1), fakeChannel('TCP', '198.51.100.7', 2)];
    await register({ contacts: [BROWSER], more: OUTBOUND }, first);
    await timers.advance(1000);
    await register({ contacts: [BROWSER.replace('x7@abc', 'y8@def').replace('reg-id=1', 'reg-id=2')], more: OUTBOUND }, second);
    assert.equal(registrar.standing(), 2);
    assert.deepEqual(urisOf(), ['sip:y8@def.invalid;transport=ws']);
    second.hangUp();
    assert.deepEqual(urisOf(), ['sip:x7@abc.invalid;transport=ws']);
  });

  it('ends a binding with its connection, at once, and not those of others', async () => {
    const { register, urisOf, changes, timers } = registering();
    const tab = fakeChannel('WSS', '203.0.113.5', 50_000);
    await register({ contacts: [BROWSER] }, tab);
    await register({ contacts: [DESK] });
    await register({ user: 'bob', contacts: ['<sip:b@abc.invalid>'] }, tab);
    tab.hangUp();
    assert.deepEqual(urisOf(), ['sip:alice@10.0.0.5:5060']);
    assert.deepEqual(urisOf('bob'), []);
    assert.equal(changes.at(-1), `bob@${REALM} gone`);
    assert.equal(timers.pending(), 1);
  });

  it('binds nobody whose connection ended while the account was looked up', async () => {
    const { promise: known, resolve } = Promise.withResolvers<{ password: string }>();
    const { register, registrar } = registering({ accounts: () => known });
    const tab = fakeChannel('WS');
    const answer = register({ contacts: [BROWSER] }, tab);
    await new Promise((done) => { setImmediate(done); });
    tab.hangUp();
    resolve({ password: 'secret' });
    assert.equal((await answer).status, 503);
    assert.equal(registrar.standing(), 0);
    assert.equal(tab.listening(), 0);
  });

  it('lists by q, and of equal ones those heard of last first', async () => {
    const { register, urisOf, timers } = registering();
    for (const [host, q] of [['a', '0.3'], ['b', '0.9'], ['c', '0.3'], ['d', '2']] as const) {
      await register({ contacts: [`<sip:alice@${host}.example>;q=${q}`] });
      await timers.advance(10);
    }
    assert.deepEqual(urisOf(), ['d', 'b', 'c', 'a'].map((host) => `sip:alice@${host}.example`));
  });

  it('gives the place of the one that was heard of the longest ago to one too many', async () => {
    const { register, urisOf, registrar } = registering({ limits: { bindings: { perAccount: 2, all: 3 } } });
    for (const host of ['a', 'b']) await register({ contacts: [`<sip:alice@${host}.example>`] });
    await register({ contacts: ['<sip:alice@a.example>'] });
    await register({ contacts: ['<sip:alice@c.example>'] });
    assert.deepEqual(urisOf().toSorted(), ['sip:alice@a.example', 'sip:alice@c.example']);
    await register({ user: 'bob', contacts: ['<sip:b@a.example>'] });
    const full = await register({ user: 'bob', contacts: ['<sip:b@b.example>'] });
    assert.equal(full.status, 503);
    assert.notEqual(full.headers.get('Retry-After'), undefined);
    assert.equal(registrar.standing(), 3);
  });

  it('carries the path back, and keeps it for calls', async () => {
    const { register, registrar } = registering();
    const answer = await register({ contacts: [DESK], more: [['Path', '<sip:p1.example;lr>, <sip:p2.example;lr>'], ['Supported', 'path']] });
    assert.deepEqual(answer.headers.list('Path'), ['<sip:p1.example;lr>', '<sip:p2.example;lr>']);
    assert.deepEqual(registrar.bindingsOf({ user: 'alice', realm: REALM })[0]?.path, ['<sip:p1.example;lr>', '<sip:p2.example;lr>']);
  });

  it('keeps users of equal names in different realms apart', async () => {
    const { register, urisOf, changes, registrar } = registering({ realm: (domain) => (domain.endsWith('.example') ? domain : undefined) });
    await register({ domain: 'one.example', contacts: [DESK] });
    await register({ domain: 'two.example', contacts: [MOBILE] });
    assert.deepEqual(urisOf('alice', 'one.example'), ['sip:alice@10.0.0.5:5060']);
    assert.deepEqual(urisOf('alice', 'two.example'), ['sip:alice@10.0.0.6:5060']);
    registrar.dropAll({ user: 'alice', realm: 'one.example' });
    assert.deepEqual(changes, ['alice@one.example registered', 'alice@two.example registered', 'alice@one.example gone']);
  });

  it('answers when the accounts cannot be asked, and within its deadline', async () => {
    const { register, timers } = registering({ accounts: () => Promise.reject(new Error('away')) });
    assert.equal((await register({ contacts: [DESK] })).status, 503);
    const slow = registering({ accounts: () => new Promise(() => {}) });
    const answer = slow.register({ contacts: [DESK] });
    await slow.timers.advance(5000);
    assert.equal((await answer).status, 503);
    assert.equal(timers.pending() + slow.timers.pending(), 0);
  });
});

describe('pings of what is registered', () => {
  const limits = { pings: { ...REGISTRAR_LIMITS.pings, everyMs: 20_000 } };

  it('go by the way that the phone came by, and stop with its binding', async () => {
    const { register, pinged, timers } = registering({ limits });
    const channel = fakeChannel();
    await register({ contacts: [DESK], more: [['Path', '<sip:p1.example;lr>']] }, channel);
    await timers.advance(10_000);
    const [ping] = pinged;
    assert.equal(ping?.request.method, 'OPTIONS');
    assert.equal(ping?.request.uri, 'sip:alice@10.0.0.5:5060');
    assert.equal(ping?.request.headers?.['Route']?.[0], '<sip:p1.example;lr>');
    assert.equal(ping?.request.channel, channel);
    await register({ contacts: [`${DESK};expires=0`] }, channel);
    ping?.answer(false);
    await timers.advance(100_000);
    assert.equal(pinged.length, 1);
    assert.equal(timers.pending(), 0);
  });

  it('find out in a few rounds that a phone is gone, and not when it answers now and then', async () => {
    const { register, pinged, timers, urisOf, changes } = registering({ limits });
    await register({ contacts: [`${DESK};expires=3600`] });
    const answers = [false, false, true, false, false, false];
    for (const isAnswered of answers) {
      await timers.advance(20_000);
      pinged.at(-1)?.answer(isAnswered);
    }
    await timers.advance(0);
    assert.equal(pinged.length, answers.length);
    assert.deepEqual(urisOf(), []);
    assert.equal(changes.at(-1), `alice@${REALM} gone`);
  });

  it('leave browsers to their WebSockets', async () => {
    const { register, pinged, timers } = registering({ limits });
    await register({ contacts: [BROWSER] }, fakeChannel('WSS'));
    await timers.advance(500_000);
    assert.equal(pinged.length, 0);
  });
});
