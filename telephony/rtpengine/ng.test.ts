import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import { textOf } from './bencode.ts';
import { createNg, type Ng, type NgOptions } from './ng.ts';
import { freePort } from './testing/daemon.ts';
import { startFakeDaemon, type FakeDaemon } from './testing/fake-daemon.ts';

const PONG = { result: 'pong' };

async function meet(t: TestContext, answer: Parameters<typeof startFakeDaemon>[0], options: Partial<NgOptions> = {}): Promise<{ readonly ng: Ng; readonly daemon: FakeDaemon }> {
  const daemon = await startFakeDaemon(answer);
  const ng = createNg({ host: '127.0.0.1', port: daemon.port, resendMs: 15, deadlineMs: 120, ...options });
  t.after(() => {
    ng.close();
    daemon.close();
  });
  return { ng, daemon };
}

describe('the ng protocol', () => {
  it('answers what came', async (t) => {
    const { ng, daemon } = await meet(t, () => ({ result: 'ok', sdp: 'v=0' }));
    const answer = await ng.request('offer', { 'call-id': 'a', sdp: 'v=0', label: undefined });
    assert.equal(answer.ok && textOf(answer.fields, 'sdp'), 'v=0');
    assert.deepEqual(Object.fromEntries(daemon.requests[0]?.fields ?? []), { 'call-id': 'a', command: 'offer', sdp: 'v=0' });
    assert.equal(ng.waiting(), 0);
  });

  const results: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['a refusal', { result: 'error', 'error-reason': 'Unknown call-id' }, 'Unknown call-id'],
    ['a refusal without a reason', { result: 'error' }, 'rtpengine answered error'],
    ['a limit', { result: 'load limit' }, 'rtpengine answered load limit'],
    ['no result', {}, 'rtpengine answered nothing'],
  ];
  for (const [name, fields, message] of results) {
    it(`takes ${name} for a refusal`, async (t) => {
      const { ng } = await meet(t, () => fields);
      assert.deepEqual(await ng.request('query'), { ok: false, why: 'refused', message });
    });
  }

  it('asks again by the same cookie when nothing comes', async (t) => {
    const { ng, daemon } = await meet(t, (_fields, _cookie, count) => (count < 3 ? undefined : PONG));
    assert.equal((await ng.request('ping')).ok, true);
    assert.equal(daemon.requests.length, 3);
    assert.equal(new Set(daemon.requests.map(({ cookie }) => cookie)).size, 1);
  });

  it('asks less and less often, and gives up at the deadline', async (t) => {
    const { ng, daemon } = await meet(t, () => undefined);
    const begun = performance.now();
    assert.deepEqual(await ng.request('ping'), { ok: false, why: 'silent', message: 'rtpengine does not answer ping' });
    assert.ok(performance.now() - begun >= 110);
    // At 0, 15, 45 and 105 ms.
    assert.ok(daemon.requests.length >= 2 && daemon.requests.length <= 4);
  });

  it('gives up in time where nobody listens, and finds who comes later', async (t) => {
    const port = await freePort();
    const ng = createNg({ host: '127.0.0.1', port, resendMs: 10, deadlineMs: 60 });
    t.after(ng.close);
    assert.equal((await ng.request('ping')).ok, false);
    const asking = createNg({ host: '127.0.0.1', port, resendMs: 10, deadlineMs: 2_000 });
    t.after(asking.close);
    const answer = asking.request('ping');
    const daemon = await startFakeDaemon(() => PONG, port);
    t.after(daemon.close);
    assert.equal((await answer).ok, true);
    assert.equal((await ng.request('ping')).ok, true);
  });

  it('has many under way at once, and each gets its own answer', async (t) => {
    const { ng, daemon } = await meet(t, async (fields) => {
      await new Promise((resolve) => { setTimeout(resolve, Number(textOf(fields, 'n')) % 7); });
      return { result: 'ok', n: textOf(fields, 'n') ?? '' };
    }, { deadlineMs: 5_000, resendMs: 1_000 });
    const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => ng.request('query', { n: String(n) })));
    assert.deepEqual(answers.map((answer) => answer.ok && textOf(answer.fields, 'n')), answers.map((_, n) => String(n)));
    assert.equal(new Set(daemon.requests.map(({ cookie }) => cookie)).size, 300);
  });

  it('has no more under way than a socket holds, and no more waiting than is reasonable', async (t) => {
    const { ng, daemon } = await meet(t, () => undefined, { resendMs: 10_000, deadlineMs: 100 });
    const asked = Array.from({ length: 5_000 }, () => ng.request('ping'));
    assert.equal(ng.waiting(), 4_096);
    const why = (await Promise.all(asked)).map((answer) => (answer.ok ? 'ok' : answer.why));
    assert.equal(why.filter((one) => one === 'busy').length, 5_000 - 4_096);
    assert.equal(why.filter((one) => one === 'silent').length, 4_096);
    assert.ok(daemon.requests.length < 5_000);
    assert.equal(ng.waiting(), 0);
  });

  it('passes over what is no answer to a request', async (t) => {
    const { ng } = await meet(t, (_fields, cookie, count) => [
      Buffer.alloc(0), Buffer.from(' '), Buffer.from(cookie), Buffer.from(`${cookie} `), Buffer.from(`${cookie} i1e`), Buffer.from(`${cookie} d`), Buffer.from('other d6:result4:ponge'),
      Buffer.from(`${cookie} d6:result4:pongex`), Buffer.alloc(60_000, 'l'), PONG,
    ][count - 1], { resendMs: 2, deadlineMs: 5_000 });
    assert.equal((await ng.request('ping')).ok, true);
  });

  it('hears nobody but the daemon', async (t) => {
    const stranger = createSocket('udp4');
    t.after(() => { stranger.close(); });
    stranger.bind(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { ng, daemon } = await meet(t, () => undefined);
    const answer = ng.request('ping');
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    const [{ cookie } = { cookie: '' }] = daemon.requests;
    for (let port = 30_000; port < 30_010; port += 1) stranger.send(`${cookie} d6:result4:ponge`, port, '127.0.0.1');
    assert.equal((await answer).ok, false);
  });

  it('refuses what does not fit into a datagram', async (t) => {
    const { ng, daemon } = await meet(t, () => PONG);
    assert.deepEqual(await ng.request('offer', { sdp: 'x'.repeat(70_000) }), { ok: false, why: 'refused', message: 'offer does not fit into a datagram' });
    assert.equal(daemon.requests.length, 0);
  });

  it('lets nobody wait when it is closed', async (t) => {
    const { ng } = await meet(t, () => undefined, { deadlineMs: 60_000 });
    const answers = Array.from({ length: 100 }, () => ng.request('ping'));
    ng.close();
    ng.close();
    assert.ok((await Promise.all(answers)).every((answer) => !answer.ok && answer.why === 'closed'));
    assert.deepEqual(await ng.request('ping'), { ok: false, why: 'closed', message: 'the client is closed' });
  });
});
