import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { createResolver, type NameService, type ResolverDependencies, type SrvRecord } from './resolver.ts';
import { seeded } from './testing/lossy.ts';

interface Zone {
  readonly srv?: Readonly<Record<string, readonly SrvRecord[]>>;
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
}

function rig({ srv = {}, addresses = {} }: Zone, options: Partial<ResolverDependencies> = {}): { readonly resolve: ReturnType<typeof createResolver>; readonly asked: string[]; readonly timers: ReturnType<typeof virtualTimers> } {
  const asked: string[] = [];
  const timers = virtualTimers();
  const names: NameService = {
    srv: (name) => {
      asked.push(name);
      return Promise.resolve(srv[name] ?? []);
    },
    addresses: (name) => {
      asked.push(name);
      const found = addresses[name];
      return found === undefined ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve(found);
    },
  };
  return { resolve: createResolver({ timers, names, ...options }), asked, timers };
}

const record = (name: string, priority: number, weight: number, port = 5060): SrvRecord => ({ name, priority, weight, port });

describe('the resolver', () => {
  it('takes addresses as they are, with the port of the transport where there is none', async () => {
    const { resolve, asked } = rig({});
    assert.deepEqual(await resolve({ kind: 'UDP', host: '192.0.2.1' }), [{ address: '192.0.2.1', port: 5060 }]);
    assert.deepEqual(await resolve({ kind: 'TLS', host: '[2001:db8::1]' }), [{ address: '2001:db8::1', port: 5061 }]);
    assert.deepEqual(await resolve({ kind: 'TCP', host: '2001:db8::1', port: 5070 }), [{ address: '2001:db8::1', port: 5070 }]);
    assert.deepEqual(asked, []);
  });

  it('asks for addresses only where the port is known (RFC 3263 4.2)', async () => {
    const { resolve, asked } = rig({ addresses: { 'carrier.example': ['192.0.2.1', '192.0.2.2'] } });
    assert.deepEqual(await resolve({ kind: 'UDP', host: 'Carrier.Example', port: 5070 }), [{ address: '192.0.2.1', port: 5070 }, { address: '192.0.2.2', port: 5070 }]);
    assert.deepEqual(asked, ['carrier.example']);
  });

  it('asks for SRV where it is not, and for addresses where there is none', async () => {
    const { resolve, asked } = rig({ addresses: { 'carrier.example': ['192.0.2.1'] } });
    assert.deepEqual(await resolve({ kind: 'TLS', host: 'carrier.example' }), [{ address: '192.0.2.1', port: 5061 }]);
    assert.deepEqual(asked, ['_sips._tcp.carrier.example', 'carrier.example']);
  });

  it('orders records by priority, and among equals by weight and lot (RFC 2782)', async () => {
    const zone: Zone = {
      srv: { '_sip._udp.carrier.example': [record('c', 20, 0), record('b', 10, 30, 5070), record('a', 10, 10)] },
      addresses: { a: ['192.0.2.1'], b: ['192.0.2.2', '192.0.2.3'], c: ['192.0.2.4'] },
    };
    const ports = async (lot: number): Promise<string[]> =>
      (await rig(zone, { random: () => lot }).resolve({ kind: 'UDP', host: 'carrier.example' })).map(({ address, port }) => `${address}:${port}`);
    assert.deepEqual(await ports(0.2), ['192.0.2.1:5060', '192.0.2.2:5070', '192.0.2.3:5070', '192.0.2.4:5060']);
    assert.deepEqual(await ports(0.9), ['192.0.2.2:5070', '192.0.2.3:5070', '192.0.2.1:5060', '192.0.2.4:5060']);
    // Of many, each comes first as often as its weight says.
    const { resolve } = rig(zone, { random: seeded(1) });
    let heavy = 0;
    for (let time = 0; time < 400; time += 1) if ((await resolve({ kind: 'UDP', host: 'carrier.example' }))[0]?.port === 5070) heavy += 1;
    assert(heavy > 250 && heavy < 350, `${heavy} of 400`);
  });

  it('passes over records that lead nowhere, and fails where all do', async () => {
    const srv = { '_sip._tcp.carrier.example': [record('gone', 1, 0), record('there', 2, 0)], '_sip._udp.carrier.example': [record('', 0, 0)] };
    const { resolve } = rig({ srv, addresses: { there: ['192.0.2.1'] } });
    assert.deepEqual(await resolve({ kind: 'TCP', host: 'carrier.example' }), [{ address: '192.0.2.1', port: 5060 }]);
    // There is no such service, and it says so (RFC 2782).
    await assert.rejects(resolve({ kind: 'UDP', host: 'carrier.example' }), /no address/);
    await assert.rejects(resolve({ kind: 'TCP', host: 'nowhere.example' }));
  });

  it('asks nobody for names that browsers make up, nor for what is no name', async () => {
    const { resolve, asked } = rig({});
    await assert.rejects(resolve({ kind: 'TCP', host: 'df7jal23ls0d.invalid' }), /leads nowhere/);
    await assert.rejects(resolve({ kind: 'TCP', host: '' }));
    await assert.rejects(resolve({ kind: 'TCP', host: 'x'.repeat(300) }));
    assert.deepEqual(asked, []);
  });

  it('remembers what it was told for a while, and failures for a shorter one', async () => {
    const { resolve, asked, timers } = rig({ addresses: { 'a.example': ['192.0.2.1'] } });
    const ask = (host: string): Promise<unknown> => resolve({ kind: 'UDP', host, port: 5060 }).catch(() => undefined);
    await Promise.all([ask('a.example'), ask('a.example')]);
    await ask('b.example');
    await timers.advance(1_500);
    await ask('b.example');
    assert.deepEqual(asked, ['a.example', 'b.example']);
    await timers.advance(1_000);
    await ask('b.example');
    await ask('a.example');
    assert.deepEqual(asked, ['a.example', 'b.example', 'b.example']);
    await timers.advance(30_000);
    await ask('a.example');
    assert.equal(asked.length, 4);
  });

  it('gives up a DNS that does not answer', async () => {
    const { resolve, timers } = rig({}, { deadline: 3_000, names: { srv: () => new Promise(() => undefined), addresses: () => new Promise(() => undefined) } });
    const failed = assert.rejects(resolve({ kind: 'UDP', host: 'slow.example' }), /not resolved in time/);
    await timers.advance(3_001);
    await failed;
    assert.equal(timers.pending(), 0);
  });

  it('knows the names that this machine knows by itself', async () => {
    const timers = virtualTimers();
    const places = await createResolver({ timers })({ kind: 'UDP', host: 'localhost', port: 5060 });
    assert(places.some(({ address }) => address === '127.0.0.1' || address === '::1'));
  });
});
