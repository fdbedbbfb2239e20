import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';
import { createPorts, type PortPair, type PortsOptions } from './ports.ts';
import { virtualTimers } from '../testing/virtual-timers.ts';

const pairs: PortPair[] = [];
const sockets: Socket[] = [];
after(() => {
  for (const pair of pairs) pair.release();
  for (const socket of sockets) socket.close();
});

/** A range of its own for each test: what the kernel has just given to a socket is free around there. */
let next = 20_000 + 2 * Math.floor(Math.random() * 4_000);
function makePorts(count: number, options: Partial<PortsOptions> = {}) {
  const from = next;
  next += 2 * count + 10;
  const timers = virtualTimers();
  const ports = createPorts({ from, to: from + 2 * count - 1, address: '127.0.0.1', timers, ...options });
  const take = async (rtcpMux = false): Promise<PortPair | undefined> => {
    const pair = await ports.take({ rtcpMux });
    if (pair !== undefined) pairs.push(pair);
    return pair;
  };
  return { ports, take, timers, from };
}

describe('ports', () => {
  it('are even and odd pairs with sockets bound to them', async () => {
    const { ports, take, from } = makePorts(3, {});
    const pair = await take();
    assert.ok(pair !== undefined);
    assert.equal(pair.port % 2, 0);
    assert.ok(pair.port >= from && pair.port < from + 6);
    assert.deepEqual([pair.rtp.address().port, pair.rtcp?.address().port], [pair.port, pair.port + 1]);
    assert.deepEqual([ports.free(), ports.taken()], [2, 1]);
    assert.equal((await take(true))?.rtcp, undefined);
  });

  it('come in an order that cannot be guessed', async () => {
    const inOrder = async (random: () => number): Promise<readonly (number | undefined)[]> => {
      const { take, from } = makePorts(5, { random });
      return [await take(true), await take(true), await take(true)].map((pair) => pair && (pair.port - from) / 2);
    };
    assert.notDeepEqual(await inOrder(() => 0), await inOrder(() => 0.6));
  });

  it('are nobody\'s when they are used up, and rest before they are taken again', async () => {
    const { ports, take, timers } = makePorts(2, { pauseMs: 5_000 });
    const first = await take();
    await take();
    assert.equal(await take(), undefined);
    first?.release();
    first?.release();
    assert.deepEqual([ports.taken(), ports.free()], [1, 0]);
    assert.equal(await take(), undefined);
    await timers.advance(5_000);
    assert.equal(ports.free(), 1);
    assert.equal((await take())?.port, first?.port);
    assert.equal(timers.pending(), 0);
  });

  it('are passed over where somebody else has them', async () => {
    const { take, from } = makePorts(2);
    const other = createSocket('udp4');
    sockets.push(other);
    other.bind({ address: '127.0.0.1', port: from + 1 });
    await once(other, 'listening');
    assert.equal((await take())?.port, from + 2);
    assert.equal(await take(), undefined);
  });

  it('are none where the range has none', async () => {
    const ports = createPorts({ from: 30_001, to: 30_002, address: '127.0.0.1' });
    assert.equal(await ports.take(), undefined);
    assert.equal(ports.free(), 0);
    assert.throws(() => createPorts({ from: 1, to: 2, address: 'localhost' }), TypeError);
  });
});
