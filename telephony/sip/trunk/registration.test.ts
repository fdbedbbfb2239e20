import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { trunked, type Carrier } from './trunk.fixture.ts';
import type { TrunkConfig } from './trunk.ts';

const HOST = 'sip.carrier.example';
const trunk = (more: Partial<TrunkConfig> = {}): TrunkConfig =>
  ({ name: 'one', peers: [{ host: HOST, kind: 'UDP' }], registration: { user: 'u', password: 'p', expiresMs: 300_000 }, healthMs: 0, ...more });

const granting = (seconds: number): Carrier => ({ headers }) => ({
  status: 200, headers: { Contact: (headers.get('Contact') ?? '').replace(/expires=\d+/, `expires=${seconds}`) },
});

describe('registering with a carrier', () => {
  it('is refreshed before its time is up', async () => {
    const { timers, sentOf, states, trunks } = trunked([trunk()], { [HOST]: granting(120) });
    await timers.advance(1);
    const [first] = sentOf('REGISTER');
    assert.equal(first?.uri, `sip:${HOST}`);
    assert.equal(first?.headers.get('To'), `<sip:u@${HOST}>`);
    assert.equal(first?.headers.get('Contact'), '<sip:u@192.0.2.1:5060>;expires=300');
    assert.deepEqual(states, ['one registered']);
    await timers.advance(120_000);
    const [, second] = sentOf('REGISTER');
    assert.equal(sentOf('REGISTER').length, 2);
    assert.equal(second?.headers.get('Call-ID'), first?.headers.get('Call-ID'));
    assert.deepEqual([first?.headers.get('CSeq'), second?.headers.get('CSeq')], ['1 REGISTER', '2 REGISTER']);
    await trunks.stop();
    assert.equal(sentOf('REGISTER').at(-1)?.headers.get('Contact'), '<sip:u@192.0.2.1:5060>;expires=0');
    assert.equal(timers.pending(), 0);
  });

  it('asks for more time where it is told to', async () => {
    const { timers, sentOf, states, trunks } = trunked([trunk()], {
      [HOST]: (request) => (request.headers.get('Contact')?.endsWith('=1800') === true ? granting(1800)(request) : { status: 423, headers: { 'Min-Expires': '1800' } }),
    });
    await timers.advance(1);
    assert.deepEqual(states, ['one registered']);
    assert.equal(sentOf('REGISTER').length, 2);
    await trunks.stop();
  });

  it('is tried seldom where it is refused', async () => {
    const { timers, sentOf, states, trunks } = trunked([trunk()], { [HOST]: () => ({ status: 401 }) });
    await timers.advance(1000);
    assert.deepEqual(states, ['one refused']);
    assert.equal(sentOf('REGISTER').length, 1);
    await timers.advance(3_600_000);
    assert.equal(sentOf('REGISTER').length < 20, true);
    await trunks.stop();
  });

  it('is tried again after failures, less and less often, and at times of its own', async () => {
    const { timers, sent, states, trunks } = trunked([trunk()], { [HOST]: () => ({ status: 500 }) }, { random: () => 0 });
    await timers.advance(600_000);
    const times = sent.map(({ at }) => at);
    const waits = times.slice(1).map((at, place) => at - (times[place] ?? 0));
    assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 150_000, 150_000]);
    assert.deepEqual(states, ['one failed']);
    await trunks.stop();
    assert.equal(timers.pending(), 0);
  });

  it('goes to the next peer, and its calls too, when the first does not answer', async () => {
    let isThere = false;
    const two = trunk({ peers: [{ host: 'sip-1', kind: 'UDP' }, { host: 'sip-22', kind: 'UDP', priority: 1 }] });
    const { timers, states, trunks } = trunked([two], { 'sip-1': (request) => (isThere ? granting(60)(request) : undefined), 'sip-22': granting(60) });
    await timers.advance(33_000);
    assert.deepEqual(states, ['one registered']);
    assert.deepEqual([...trunks.routesFor('1')].map(({ peer }) => peer.host), ['sip-22', 'sip-1']);
    isThere = true;
    await timers.advance(120_000);
    assert.deepEqual([...trunks.routesFor('1')].map(({ peer }) => peer.host), ['sip-1', 'sip-22']);
    await trunks.stop();
  });

  it('comes again at once when its connection ends', async () => {
    const { timers, channels, sentOf, trunks } = trunked([trunk({ peers: [{ host: HOST, kind: 'TCP' }] })], { [HOST]: granting(3600) });
    await timers.advance(1000);
    assert.equal(sentOf('REGISTER')[0]?.headers.get('Contact'), '<sip:u@192.0.2.1:5060;transport=tcp>;expires=300');
    channels.get(HOST)?.hangUp();
    await timers.advance(2000);
    assert.equal(sentOf('REGISTER').length, 2);
    await trunks.stop();
    assert.equal([...channels.values()].every((channel) => channel.listening() === 0), true);
  });

  it('puts a trunk behind the others while it is not registered', async () => {
    const { timers, trunks } = trunked([trunk(), { name: 'two', peers: [{ host: '192.0.2.2', kind: 'UDP' }], healthMs: 0 }], { [HOST]: () => ({ status: 403 }) });
    await timers.advance(1000);
    assert.deepEqual([...trunks.routesFor('1')].map(({ trunk: { name } }) => name), ['two', 'one']);
    await trunks.stop();
  });

  it('ends what was only just asked for', async () => {
    const { sentOf, trunks } = trunked([trunk()], { [HOST]: granting(300) });
    await trunks.stop();
    assert.deepEqual(sentOf('REGISTER').map(({ headers }) => headers.get('Contact')?.split('=')[1]), ['300', '0']);
  });

  it('gives up on ending it with a carrier that does not answer', async () => {
    let isThere = true;
    const { timers, trunks } = trunked([trunk()], { [HOST]: (request) => (isThere ? granting(300)(request) : undefined) });
    await timers.advance(1000);
    isThere = false;
    const stopping = trunks.stop();
    await timers.advance(3000);
    // It would wait for ever otherwise.
    await stopping;
    assert.equal(trunks.standings()[0]?.registration, undefined);
  });
});
