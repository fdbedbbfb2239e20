import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import type { Channel, Target } from '../transport/channel.ts';
import { fakeTransports } from '../transport/testing/fake-transports.ts';
import { createPath } from './path.ts';

function setUp(reach: (target: Target) => Promise<Channel>): { readonly timers: ReturnType<typeof virtualTimers>; readonly agent: Parameters<typeof createPath>[0]; readonly reached: string[] } {
  const timers = virtualTimers();
  const reached: string[] = [];
  const transports = {
    reach: (target: Target) => {
      reached.push(target.host);
      return reach(target);
    },
  };
  return { timers, reached, agent: { transports, timers, t1: 500 } };
}

describe('the ways to the other end', () => {
  const fake = fakeTransports();

  it('are handed over at once where they stand, and in order where they have to be reached', async () => {
    const proxy = fake.channel('UDP');
    const phone = fake.channel('UDP');
    const { agent, timers, reached } = setUp(() => Promise.resolve(proxy));
    const path = createPath(agent, { channel: phone, isBehindNat: false });
    const used: string[] = [];
    const use = (uri: string): void => { path.use(uri, (channel) => { used.push(channel === proxy ? 'proxy' : 'phone'); }, () => { used.push('failed'); }); };
    use('sip:192.0.2.2');
    assert.deepEqual(used, ['phone']);
    use('sip:203.0.113.9;lr');
    use('sip:192.0.2.2');
    assert.deepEqual(used, ['phone']);
    await timers.advance(0);
    assert.deepEqual(used, ['phone', 'proxy', 'phone']);
    use('sip:203.0.113.9;lr');
    assert.deepEqual([used.length, reached], [4, ['203.0.113.9']]);
    assert.equal(timers.pending(), 0);
  });

  it('fail where there is none, and where nobody says so in time', async () => {
    for (const reach of [() => Promise.reject(new Error('no')), () => new Promise<Channel>(() => undefined)]) {
      const { agent, timers } = setUp(reach);
      const path = createPath(agent, { target: { kind: 'TCP', host: 'carrier.example' } });
      let failures = 0;
      path.use(undefined, () => assert.fail('there is no way'), () => { failures += 1; });
      await timers.advance(32_000);
      assert.deepEqual([failures, path.channel(), timers.pending()], [1, undefined, 0]);
    }
  });

  it('are opened again when they were closed, and changed when the other end is heard elsewhere', async () => {
    const channels = [fake.channel('TCP'), fake.channel('TCP')];
    const { agent, timers, reached } = setUp(() => Promise.resolve(channels[reached.length - 1] ?? fake.channel('TCP')));
    const path = createPath(agent, { target: { kind: 'TCP', host: 'carrier.example' } });
    const used: Channel[] = [];
    const use = async (): Promise<void> => {
      path.use('sip:carrier.example;transport=tcp', (channel) => { used.push(channel); }, () => assert.fail('there is a way'));
      await timers.advance(0);
    };
    await use();
    await use();
    channels[0]?.close();
    await use();
    assert.deepEqual([used[0] === used[1], used[2] === channels[1], reached.length], [true, true, 2]);
    const other = fake.channel('WS');
    path.heardBy(other);
    await use();
    assert.equal(used[3], other);
  });
});
