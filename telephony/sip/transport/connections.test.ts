import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualTimers, type VirtualTimers } from '../../testing/virtual-timers.ts';
import { buildRequest } from '../message/build.ts';
import { createConnections, type Connection, type ConnectionFields, type Connections } from './connections.ts';
import { createCounters, type CountersByKind } from './counters.ts';
import { DEFAULT_LIMITS, DEFAULT_TIMING } from './limits.ts';

interface Rig {
  readonly timers: VirtualTimers;
  readonly connections: Connections;
  readonly counters: CountersByKind;
  readonly faults: string[];
  readonly wire: { waiting: number; log: string[] };
  readonly add: (fields?: Partial<ConnectionFields>) => Connection;
}

const timing = { ...DEFAULT_TIMING, first: 10_000, message: 5_000, unsent: 30_000, idle: 600_000, ping: 30_000, sweep: 1_000 };

function rig(): Rig {
  const timers = virtualTimers();
  const counters = createCounters();
  const faults: string[] = [];
  const wire = { waiting: 0, log: [] as string[] };
  const connections = createConnections({ timers, timing, counters, limits: { ...DEFAULT_LIMITS, unsent: 1_000 }, onFault: (what) => { faults.push(what); } });
  return {
    timers, connections, counters, faults, wire,
    add: (fields = {}) => connections.add({
      kind: 'TCP', local: { address: '192.0.2.1', port: 5060 }, remote: { address: '192.0.2.2', port: 40_000 }, isDialled: false, isProven: false,
      wire: {
        write: (_bytes, done) => { done(); },
        unsent: () => wire.waiting,
        finish: () => { wire.log.push('finish'); },
        destroy: () => { wire.log.push('destroy'); },
      },
      ...fields,
    }),
  };
}

const message = buildRequest({ method: 'OPTIONS', uri: 'sip:a@b.example', from: '<sip:a@b.example>;tag=1', to: '<sip:b@b.example>', callId: 'c', cseq: 1 });

describe('connections', () => {
  it('are closed when they bring nothing soon', async () => {
    const { timers, add, wire, counters, connections } = rig();
    const mute = add();
    const speaking = add();
    speaking.heard(true, false);
    await timers.advance(9_900);
    assert.equal(mute.channel.isOpen(), true);
    await timers.advance(1_100);
    assert.equal(mute.channel.isOpen(), false);
    assert.equal(speaking.channel.isOpen(), true);
    assert.deepEqual(wire.log, ['destroy']);
    assert.equal(counters.TCP.slow, 1);
    assert.equal(connections.size(), 1);
  });

  it('are closed when a message does not end, however many bytes keep coming', async () => {
    const { timers, add } = rig();
    const trickling = add();
    const busy = add();
    trickling.heard(true, true);
    for (let second = 0; second < 4; second += 1) {
      await timers.advance(1_000);
      trickling.heard(false, true);
      // Each time one message ends and another begins.
      busy.heard(true, true);
    }
    await timers.advance(2_000);
    assert.equal(trickling.channel.isOpen(), false);
    assert.equal(busy.channel.isOpen(), true);
  });

  it('are closed when nothing happens on them, and not before', async () => {
    const { timers, add, wire } = rig();
    const { channel, heard } = add({ isProven: true });
    await timers.advance(500_000);
    heard(true, false);
    await timers.advance(500_000);
    await channel.send(message);
    await timers.advance(599_000);
    assert.equal(channel.isOpen(), true);
    await timers.advance(2_000);
    assert.equal(channel.isOpen(), false);
    assert.deepEqual(wire.log, ['finish']);
  });

  it('are closed when the peer does not read', async () => {
    const { timers, add, wire, counters } = rig();
    const { channel } = add({ isProven: true });
    wire.waiting = 10;
    await timers.advance(20_000);
    wire.waiting = 0;
    await timers.advance(2_000);
    wire.waiting = 10;
    await timers.advance(29_000);
    assert.equal(channel.isOpen(), true);
    await timers.advance(3_000);
    assert.equal(channel.isOpen(), false);
    assert.equal(counters.TCP.slow, 1);
  });

  it('are closed at once when too much waits to be read', async () => {
    const { add, wire } = rig();
    const { channel } = add();
    wire.waiting = 990;
    await assert.rejects(channel.send(message), /does not read/);
    assert.equal(channel.isOpen(), false);
    await assert.rejects(channel.send(message), /closed/);
    const pinged = add();
    pinged.write(Buffer.alloc(20));
    assert.equal(pinged.channel.isOpen(), false);
    assert.deepEqual(wire.log, ['destroy', 'destroy']);
  });

  it('are pinged where there is a way to, and closed without an answer', async () => {
    const { timers, add } = rig();
    let pings = 0;
    const fields = { kind: 'WS' as const, isProven: true, remote: { address: '192.0.2.3', port: 1 } };
    const ping = (): void => { pings += 1; };
    const wire = { write: () => undefined, unsent: () => 0, finish: () => undefined, destroy: () => undefined };
    const alive: Connection = add({ ...fields, wire: { ...wire, ping: () => { alive.heard(true, false); } } });
    const dead = add({ ...fields, wire: { ...wire, ping } });
    await timers.advance(59_000);
    assert.equal(dead.channel.isOpen(), true);
    await timers.advance(2_000);
    assert.equal(pings, 1);
    assert.equal(dead.channel.isOpen(), false);
    await timers.advance(300_000);
    assert.equal(alive.channel.isOpen(), true);
  });

  it('tell of their end once, whoever listens and fails', () => {
    const { add, faults } = rig();
    const connection = add();
    const told: number[] = [];
    const listener = (): void => { told.push(1); };
    connection.channel.onClose(() => { throw new Error('ours'); });
    connection.channel.onClose(listener);
    connection.channel.onClose(listener)();
    connection.gone();
    connection.gone();
    connection.channel.close();
    assert.deepEqual(told, [1]);
    assert.equal(faults.length, 1);
  });

  it('are found by their place until they are closed, and leave no timer behind', async () => {
    const { add, connections, timers } = rig();
    const remote = { address: '192.0.2.2', port: 40_000 };
    const first = add();
    const second = add();
    first.gone();
    assert.equal(connections.find(remote)?.id, second.channel.id);
    second.gone();
    assert.equal(connections.find(remote), undefined);
    assert.equal(timers.pending(), 0);
    const last = add();
    const stopped = connections.stop();
    last.gone();
    await stopped;
    const late = add();
    assert.equal(late.channel.isOpen(), false);
    assert.equal(connections.size(), 0);
    assert.equal(timers.pending(), 0);
  });
});
