import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCallTokens, TOKEN_LIFE_MS, type CallToken, type CallTokens } from './tokens.ts';

const REQUEST = { called: '1000', caller: '13700000001', origin: 'https://shop.example.com' };
const HOURS_MS = 3_600_000;

function rig(maxTokens?: number): { tokens: CallTokens; clock: { now: number }; issue: () => CallToken } {
  const clock = { now: 1000 };
  const tokens = createCallTokens({ clock: () => clock.now, ...(maxTokens === undefined ? {} : { maxTokens }) });
  const issue = (): CallToken => {
    const token = tokens.issue(REQUEST);
    assert.ok(token !== undefined);
    return token;
  };
  return { tokens, clock, issue };
}

describe('a call token', () => {
  test('is good for one call to its number', () => {
    const { tokens, issue } = rig();
    const { user, secret } = issue();
    assert.equal(tokens.secretOf(user), secret);
    assert.deepEqual(tokens.use(user, '1000'), { caller: REQUEST.caller });
    assert.equal(tokens.use(user, '1000'), undefined);
  });

  test('is good for no other number, and is not used up by the attempt', () => {
    const { tokens, issue } = rig();
    const { user } = issue();
    for (const other of ['10001', '100', '', '+1000', '2000']) assert.equal(tokens.use(user, other), undefined, other);
    assert.notEqual(tokens.use(user, '1000'), undefined);
  });

  test('is good for a minute', () => {
    const { tokens, clock, issue } = rig();
    const [early, late] = [issue(), issue()];
    assert.equal(early.expiresAt, clock.now + TOKEN_LIFE_MS);
    clock.now += TOKEN_LIFE_MS - 1;
    assert.notEqual(tokens.use(early.user, '1000'), undefined);
    clock.now += 1;
    assert.equal(tokens.use(late.user, '1000'), undefined);
    assert.equal(tokens.secretOf(late.user), late.secret, 'so that it is told what is wrong');
  });

  test('belongs to the page that asked for it', () => {
    const { tokens, issue } = rig();
    const { user } = issue();
    assert.ok(tokens.isOf(user, REQUEST.origin));
    assert.ok(!tokens.isOf(user, 'https://evil.example'));
    assert.ok(!tokens.isOf('guest-nobody', REQUEST.origin));
  });

  test('is not to be guessed, nor made of another', () => {
    const { issue } = rig();
    const made = Array.from({ length: 100 }, issue);
    assert.equal(new Set(made.flatMap(({ user, secret }) => [user, secret])).size, 200);
    for (const { user, secret } of made) assert.ok(user.length >= 20 && secret.length >= 30);
  });
});

describe('call tokens', () => {
  test('are forgotten some hours after they are over', () => {
    const { tokens, clock, issue } = rig();
    const { user } = issue();
    clock.now += 5 * HOURS_MS;
    issue();
    assert.equal(tokens.secretOf(user), undefined);
    assert.equal(tokens.size(), 1);
  });

  test('make room for new ones where they are over, and only then', () => {
    const { tokens, clock, issue } = rig(3);
    const [first] = [issue(), issue(), issue()];
    assert.equal(tokens.issue(REQUEST), undefined);
    tokens.use(first.user, '1000');
    issue();
    assert.equal(tokens.secretOf(first.user), undefined);
    assert.equal(tokens.issue(REQUEST), undefined);
    clock.now += TOKEN_LIFE_MS;
    issue();
    assert.equal(tokens.size(), 3);
  });
});
