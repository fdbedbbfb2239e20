import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { createGuard, GUARD_LIMITS, isScanner, type Ban, type GuardLimits } from './guard.ts';

const PHONE = '198.51.100.7';
const STRANGER = '203.0.113.9';

function guarded(limits: Partial<GuardLimits> = {}, allowed: readonly string[] = []) {
  const timers = virtualTimers();
  const told: Ban[] = [];
  return { timers, told, guard: createGuard({ timers, limits, allowed, onBan: (ban) => { told.push(ban); } }) };
}

const welcomed = (isWelcome: () => boolean, times: number): number => Array.from({ length: times }, isWelcome).filter(Boolean).length;

describe('the guard', () => {
  it('lets a source send its burst and then its rate', async () => {
    const { guard, timers } = guarded({ messages: { perSecond: 10, burst: 20 } });
    const send = () => guard.isWelcome(STRANGER, 'UDP', 500);
    assert.equal(welcomed(send, 100), 20);
    await timers.advance(1000);
    assert.equal(welcomed(send, 100), 10);
    assert.equal(guard.isWelcome(PHONE, 'UDP', 500), true, 'another one is none the worse');
  });

  it('counts a long message as several', () => {
    const { guard } = guarded({ messages: { perSecond: 1, burst: 20 }, bytes: 1000 });
    assert.equal(welcomed(() => guard.isWelcome(STRANGER, 'TCP', 9500), 10), 2);
  });

  it('takes all addresses of a /64 for one source', () => {
    const { guard } = guarded({ messages: { perSecond: 1, burst: 20 } });
    let at = 0;
    assert.equal(welcomed(() => guard.isWelcome(`2001:db8:1:2::${(at += 1).toString(16)}`, 'UDP', 500), 100), 20);
  });

  it('lets an office full of phones send more, once one of them has authenticated, for a time', async () => {
    const { guard, timers } = guarded({ messages: { perSecond: 1, burst: 10 }, knownTimes: 5, knownMs: 60_000 });
    const send = () => guard.isWelcome(PHONE, 'UDP', 500);
    guard.succeeded(PHONE);
    await timers.advance(50_000);
    assert.equal(welcomed(send, 100), 50);
    await timers.advance(50_000);
    assert.equal(welcomed(send, 100), 10);
  });

  it('neither limits nor bans who is allowed', () => {
    const { guard } = guarded({ messages: { perSecond: 1, burst: 1 }, answers: { perSecond: 1, burst: 1 } }, ['198.51.100.0/24']);
    for (let at = 0; at < 100; at += 1) guard.fault(PHONE, 'scanner', 'TCP');
    assert.equal(welcomed(() => guard.isWelcome(PHONE, 'UDP', 500), 50), 50);
    assert.equal(welcomed(() => guard.mayAnswer(PHONE, 'UDP'), 50), 50);
    assert.deepEqual(guard.bans(), []);
  });

  it('bounds what a datagram source is answered, and no connection', async () => {
    const { guard, timers } = guarded({ answers: { perSecond: 5, burst: 5 } });
    assert.equal(welcomed(() => guard.mayAnswer(STRANGER, 'UDP'), 50), 5);
    assert.equal(welcomed(() => guard.mayAnswer(STRANGER, 'TCP'), 50), 50);
    await timers.advance(1000);
    assert.equal(welcomed(() => guard.mayAnswer(STRANGER, 'UDP'), 50), 5);
  });

  it('bans who guesses passwords, each time for longer, and tells', async () => {
    const { guard, timers, told } = guarded({ banMs: 60_000, longestBanMs: 200_000 });
    const guess = () => { for (let at = 0; at < 10; at += 1) guard.fault(STRANGER, 'badCredentials'); };
    for (const [times, ms] of [[1, 60_000], [2, 120_000], [3, 200_000], [4, 200_000]] as const) {
      guess();
      assert.equal(guard.isWelcome(STRANGER, 'UDP', 500), false);
      assert.deepEqual(guard.bans(), [{ source: STRANGER, fault: 'badCredentials', untilMs: timers.now() + ms, times }]);
      await timers.advance(ms);
      assert.equal(guard.isWelcome(STRANGER, 'UDP', 500), true);
      assert.deepEqual(guard.bans(), []);
    }
    assert.equal(told.length, 4);
    await timers.advance(GUARD_LIMITS.rememberMs + 1);
    guess();
    assert.equal(guard.bans()[0]?.times, 1, 'after a long time it is a first one');
  });

  it('leaves a phone alone that tries an old password every 20 s', async () => {
    const { guard, timers } = guarded();
    for (let at = 0; at < 200; at += 1) {
      guard.fault(PHONE, 'badCredentials');
      await timers.advance(20_000);
    }
    assert.deepEqual(guard.bans(), []);
  });

  it('does not let forged datagrams ban somebody who has authenticated, nor anybody for long', async () => {
    const { guard, timers } = guarded({ banMs: 60_000 });
    guard.succeeded(PHONE);
    for (let at = 0; at < 100; at += 1) guard.fault(PHONE, 'scanner', 'UDP');
    assert.equal(guard.isBanned(PHONE), false);
    for (let round = 0; round < 5; round += 1) {
      for (let at = 0; at < 100; at += 1) guard.fault(STRANGER, 'malformed', 'UDP');
      assert.equal(guard.isBanned(STRANGER), true);
      await timers.advance(60_000);
      assert.equal(guard.isBanned(STRANGER), false);
    }
    for (let at = 0; at < 20; at += 1) guard.fault(PHONE, 'malformed', 'TCP');
    assert.equal(guard.isBanned(PHONE), true, 'over a connection it was he');
  });

  it('lifts a ban, by address or as it is listed', () => {
    const { guard } = guarded();
    const scan = () => { for (let at = 0; at < 2; at += 1) guard.fault('2001:db8::5', 'scanner'); };
    scan();
    assert.equal(guard.lift('2001:db8::77'), true);
    assert.equal(guard.isBanned('2001:db8::5'), false);
    scan();
    assert.equal(guard.lift(guard.bans()[0]?.source ?? ''), true);
    assert.equal(guard.lift('2001:db8::5'), false);
    scan();
    guard.allow(['2001:db8::/32']);
    assert.deepEqual(guard.bans(), []);
  });

  it('keeps a bounded number of sources and bans in mind, whoever comes', () => {
    const { guard } = guarded({ sources: 100, bans: 50 });
    for (let at = 0; at < 5000; at += 1) {
      const address = `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`;
      guard.isWelcome(address, 'UDP', 100);
      guard.mayAnswer(address, 'UDP');
      for (let fault = 0; fault < 3; fault += 1) guard.fault(address, 'scanner', 'TCP');
    }
    assert.equal(guard.standing() <= 150, true);
    assert.equal(guard.bans().length, 50);
  });

  it('knows scanners by the names that they give themselves', () => {
    for (const name of ['friendly-scanner', 'SIPVicious/0.3', 'x sundayddr']) assert.equal(isScanner(name), true, name);
    for (const name of ['JsSIP 3.13.8', 'baresip v1.0.0', undefined]) assert.equal(isScanner(name), false);
  });
});
