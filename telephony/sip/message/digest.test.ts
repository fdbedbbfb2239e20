import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { readChallenge, readCredentials, writeChallenge, writeCredentials, type Challenge, type Credentials } from './challenge.ts';
import { answerChallenge, challengesOf, checkCredentials, chooseChallenge, ha1Of, type CredentialsVerdict, type DigestUser, type Ha1s } from './digest.ts';
import { createNonces } from './nonces.ts';

const challenge = (fields: Partial<Challenge> = {}): Challenge => ({ realm: 'pbx', nonce: 'n', qop: ['auth'], stale: false, ...fields });

describe('answers to challenges', () => {
  /** RFC 7616 3.9.1. */
  const MUFASA = { user: 'Mufasa', password: 'Circle of Life' };
  const book = (algorithm: string): Challenge => challenge({
    realm: 'http-auth@example.org', nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v', qop: ['auth', 'auth-int'], algorithm, opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
  });
  const answer = (algorithm: string): string | undefined =>
    answerChallenge(book(algorithm), MUFASA, 'GET', '/dir/index.html', 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ', 1)?.response;

  it('are those of the examples of RFC 7616', () => {
    assert.equal(answer('MD5'), '8ca523f5e9506fed4657c9700eebdbec');
    assert.equal(answer('SHA-256'), '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1');
  });

  it('are that of the example of RFC 2617', () => {
    const old = challenge({ realm: 'testrealm@host.com', nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093', qop: ['auth', 'auth-int'] });
    assert.equal(answerChallenge(old, { user: 'Mufasa', password: 'Circle Of Life' }, 'GET', '/dir/index.html', '0a4f113b', 1)?.response, '6629fae49393a05397450978507c4ef1');
  });

  it('say nothing of counts where there is no quality of protection', () => {
    const credentials = answerChallenge(challenge({ qop: [] }), MUFASA, 'REGISTER', 'sip:pbx', 'c', 1);
    assert.deepEqual(Object.keys(credentials ?? {}).toSorted(), ['nonce', 'realm', 'response', 'uri', 'username']);
  });

  it('need an algorithm and a quality of protection that we know, and a hash of the password for it', () => {
    const md5Only: DigestUser = { user: 'a', ha1s: { MD5: ha1Of('MD5', 'a', 'pbx', 'x') } };
    const isAnswered = (one: Challenge, who: DigestUser = MUFASA): boolean => answerChallenge(one, who, 'REGISTER', 'sip:pbx', 'c', 1) !== undefined;
    assert.equal(isAnswered(challenge({ algorithm: 'SHA-512-256' })), true);
    assert.equal(isAnswered(challenge({ algorithm: 'md5-sess' })), true);
    assert.equal(isAnswered(challenge({ algorithm: 'AKAv1-MD5' })), false);
    assert.equal(isAnswered(challenge({ qop: ['auth-int'] })), false);
    assert.equal(isAnswered(challenge(), md5Only), true);
    assert.equal(isAnswered(challenge({ algorithm: 'SHA-256' }), md5Only), false);
  });

  it('are given to the first challenge that can be answered', () => {
    const offered = [challenge({ algorithm: 'SHA3' }), challenge({ algorithm: 'SHA-256', qop: ['auth-int'] }), challenge({ algorithm: 'SHA-256' }), challenge({ algorithm: 'MD5' })];
    assert.equal(chooseChallenge(offered), offered[2]);
    assert.equal(chooseChallenge([]), undefined);
  });
});

function aServer(): { readonly timers: ReturnType<typeof virtualTimers>; readonly ask: () => Challenge; readonly check: (credentials: Credentials, ha1s?: Ha1s) => CredentialsVerdict } {
  const timers = virtualTimers();
  const nonces = createNonces({ secret: 's', timers, lifetimeMs: 60_000 });
  const kept: Ha1s = { 'MD5': ha1Of('MD5', '1001', 'pbx', 'secret'), 'SHA-256': ha1Of('SHA-256', '1001', 'pbx', 'secret') };
  return {
    timers,
    ask: () => {
      const [first] = challengesOf({ realm: 'pbx', nonces, algorithms: ['SHA-256', 'MD5'] });
      assert.ok(first !== undefined);
      return first;
    },
    check: (credentials, ha1s = kept) => checkCredentials({ credentials, method: 'REGISTER', realm: 'pbx', ha1s, nonces }),
  };
}

function answered(one: Challenge, nc = 1, password = 'secret'): Credentials {
  const credentials = answerChallenge(one, { user: '1001', password }, 'REGISTER', 'sip:pbx', 'cnonce', nc);
  assert.ok(credentials !== undefined);
  return credentials;
}

describe('checks of credentials', () => {
  it('find the right ones right, once for each count', () => {
    const { ask, check } = aServer();
    const asked = ask();
    assert.equal(asked.algorithm, 'SHA-256');
    assert.deepEqual([1, 2, 2, 5, 3, 3].map((nc) => check(answered(asked, nc))), ['right', 'right', 'stale', 'right', 'right', 'stale']);
  });

  it('find others wrong: password, user, method, nonce, anything that was signed', () => {
    const { ask, check } = aServer();
    const right = answered(ask());
    assert.equal(check(answered(ask(), 1, 'guess')), 'wrong');
    assert.equal(checkCredentials({ credentials: right, method: 'REGISTER', realm: 'pbx', ha1s: undefined, nonces: createNonces({ timers: virtualTimers(), lifetimeMs: 1 }) }), 'wrong');
    assert.equal(check(right, { MD5: ha1Of('MD5', '1001', 'pbx', 'secret') }), 'wrong');
    for (const changed of [{ uri: 'sip:other' }, { nonce: ask().nonce }, { nc: '00000002' }, { cnonce: 'x' }, { response: '' }, { response: 'é'.repeat(32) }]) {
      assert.equal(check({ ...right, ...changed }), 'wrong', JSON.stringify(changed));
    }
    assert.equal(check(right), 'right');
  });

  it('take no count of anybody who does not know the password', () => {
    const { ask, check } = aServer();
    const asked = ask();
    assert.equal(check(answered(asked, 9, 'guess')), 'wrong');
    assert.equal(check(answered(asked, 1)), 'right');
  });

  it('find what nobody asked for unfit', () => {
    const { ask, check } = aServer();
    const right = answered(ask());
    const { cnonce: _, ...without } = right;
    assert.equal(check(without), 'unfit');
    for (const changed of [{ realm: 'other' }, { algorithm: 'SHA3' }, { algorithm: 'SHA-256-sess' }, { qop: 'auth-int' }, { nc: '1' }, { nc: 'zzzzzzzz' }]) {
      assert.equal(check({ ...right, ...changed }), 'unfit', JSON.stringify(changed));
    }
  });

  it('tell those who know the password that their nonce is stale, and only those', async () => {
    const { timers, ask, check } = aServer();
    const asked = ask();
    await timers.advance(60_001);
    assert.equal(check(answered(asked)), 'stale');
    assert.equal(check(answered(asked, 1, 'guess')), 'wrong');
    assert.equal(check(answered(challenge({ algorithm: 'MD5', nonce: 'of another server' }))), 'stale');
  });

  it('let credentials without a count pass once', () => {
    const { ask, check } = aServer();
    const old = answered({ ...ask(), qop: [] });
    assert.deepEqual([check(old), check(old)], ['right', 'stale']);
  });
});

describe('challenges and credentials', () => {
  it('are the same after they are written', () => {
    const asked = challenge({ opaque: 'o"p', algorithm: 'SHA-256', qop: ['auth', 'auth-int'], stale: true });
    assert.deepEqual(readChallenge(writeChallenge(asked)), asked);
    assert.deepEqual(readChallenge(writeChallenge(challenge({ qop: [] }))), challenge({ qop: [] }));
    const credentials = { ...answered(challenge({ opaque: '' })), username: 'a "b", c' };
    assert.deepEqual(readCredentials(writeCredentials(credentials)), credentials);
  });

  it('have bare tokens where devices know no others', () => {
    assert.match(writeCredentials(answered(challenge({ algorithm: 'MD5' }))), /, algorithm=MD5, cnonce="cnonce", qop=auth, nc=00000001$/u);
    assert.match(writeChallenge(challenge({ algorithm: 'MD5', stale: true })), /^Digest realm="pbx", nonce="n", stale=true, algorithm=MD5, qop="auth"$/u);
  });

  it('are read as devices write them', () => {
    assert.equal(readCredentials('DIGEST  Username="a" ,realm="r", nonce="n", uri="u"'), undefined);
    assert.equal(readCredentials('digest username="a",realm="r" , nonce=n, uri="u",response="x", qop="auth",nc="00000001"')?.nc, '00000001');
    for (const text of ['', 'Basic abc', 'Digest', 'Digest realm', 'Digest realm="x', 'Digest realm="a", realm="b", nonce="n"', 'Digest realm="a" nonce="n"', 'Digest realm="a";nonce="n"']) {
      assert.equal(readChallenge(text), undefined, text);
    }
  });
});
