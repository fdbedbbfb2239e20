import assert from 'node:assert/strict';
import type { Socket } from 'node:dgram';
import { afterEach, describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { sequenceOf } from './packet.ts';
import { bindSocket, type PortPair } from './ports.ts';
import { composeRtcp, readRtcp } from './rtcp.ts';
import { makeMasterKey } from './srtp-keys.ts';
import { createSrtp } from './srtp.ts';
import { makePacket } from './test-data/packets.ts';
import { createUdpEnd, type UdpEnd, type UdpEndOptions } from './udp-end.ts';
import { virtualTimers } from '../testing/virtual-timers.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

interface Party {
  readonly socket: Socket;
  readonly port: number;
  readonly heard: Uint8Array[];
  readonly send: (packet: Uint8Array, port: number) => Promise<void>;
}

/** On a port that is asked for by its number, as those of ends are: one that the kernel has chosen it takes back from a socket that goes over to another peer. */
async function bind(): Promise<Socket> {
  const chosen = await bindSocket('127.0.0.1', 0);
  assert.ok(chosen !== undefined);
  const { port } = chosen.address();
  await new Promise((resolve) => { chosen.close(() => { resolve(undefined); }); });
  const socket = await bindSocket('127.0.0.1', port);
  assert.ok(socket !== undefined);
  return socket;
}

/** Somebody with a socket, who hears what comes. */
async function makeParty(): Promise<Party> {
  const socket = await bind();
  const heard: Uint8Array[] = [];
  socket.on('message', (message) => { heard.push(message); });
  closing.push(() => { socket.close(); });
  const send = (packet: Uint8Array, port: number): Promise<void> => new Promise((resolve) => { socket.send(packet, port, '127.0.0.1', () => { resolve(); }); });
  return { socket, port: socket.address().port, heard, send };
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 2_000;
  while (!isSo()) {
    assert.ok(performance.now() < deadline, 'it never came to be');
    await turn();
  }
}

async function makeEnd(options: Partial<UdpEndOptions> = {}) {
  const rtp = await bind();
  const rtcp = options.rtcpMux === false ? await bind() : undefined;
  let isReleased = false;
  let isGone = false;
  rtp.once('close', () => { isGone = true; });
  const release = (): void => {
    if (isReleased) return;
    isReleased = true;
    if (!isGone) rtp.close();
    rtcp?.close();
  };
  const ports: PortPair = { address: '127.0.0.1', port: rtp.address().port, rtp, rtcp, release };
  const timers = virtualTimers();
  const end = createUdpEnd({ ports, rtcpMux: true, clockRate: 8_000, payloadTypes: [8, 101], cname: 'me', timers, random: () => 0.5, ...options });
  const heard: number[] = [];
  const lost: string[] = [];
  end.onPacket((packet) => { heard.push(sequenceOf(packet)); });
  end.onLost((why) => { lost.push(why); });
  closing.push(() => { end.close(); });
  return { end, timers, heard, lost, rtp, rtcp, port: ports.port, controlPort: rtcp?.address().port ?? 0, isReleased: () => isReleased };
}

function packetOf(sequence: number, payloadType = 8, ssrc = 0x1234): Uint8Array {
  return makePacket({ sequence, timestamp: sequence * 160, payloadType, ssrc });
}

function droppedOf(end: UdpEnd): number {
  const { dropped } = end.stats();
  return dropped.stranger + dropped.invalid + dropped.payloadType + dropped.unauthentic + dropped.tooMany;
}

const strict = { address: '127.0.0.1', isBehindNat: false };

describe('a UDP end', () => {
  it('sends to its peer and hears it', async () => {
    const peer = await makeParty();
    const { end, heard, port } = await makeEnd({ remote: { ...strict, port: peer.port } });
    end.send(packetOf(7));
    await peer.send(packetOf(1), port);
    await peer.send(packetOf(2), port);
    await until(() => heard.length === 2 && peer.heard.length === 1);
    end.send(packetOf(8));
    await until(() => peer.heard.length === 2);
    assert.deepEqual(heard, [1, 2]);
    assert.deepEqual(peer.heard.map(sequenceOf), [7, 8]);
    const stats = end.stats();
    assert.deepEqual([stats.sent, stats.received, stats.lost, stats.remote?.port, stats.isLatched], [2, 2, 0, peer.port, false]);
  });

  it('neither hears nor sends before anything is negotiated, nor to nowhere', async () => {
    const peer = await makeParty();
    const { end, heard, port } = await makeEnd();
    end.send(packetOf(1));
    await peer.send(packetOf(1), port);
    await until(() => end.stats().dropped.stranger === 1);
    for (const address of ['0.0.0.0', '255.255.255.255', 'example.com', '2001:db8::1']) {
      end.retarget({ address, port: peer.port });
      end.send(packetOf(2));
      assert.equal(end.stats().remote, undefined);
    }
    end.retarget({ ...strict, port: peer.port });
    await peer.send(packetOf(2), port);
    await until(() => heard.length === 1);
    assert.equal(peer.heard.length, 0);
  });

  it('drops strangers, and what is not sound that was agreed on', async () => {
    const peer = await makeParty();
    const stranger = await makeParty();
    const { end, heard, port } = await makeEnd({ remote: { address: '127.0.0.2', port: peer.port, isBehindNat: false } });
    await stranger.send(packetOf(1), port);
    await until(() => droppedOf(end) === 1);
    assert.equal(end.stats().dropped.stranger, 1);
    end.retarget({ ...strict, port: peer.port });
    await peer.send(packetOf(1, 0), port);
    await peer.send(Uint8Array.of(1, 2, 3), port);
    await peer.send(new Uint8Array(0), port);
    await peer.send(new Uint8Array(1_400).fill(0xbf), port);
    await until(() => droppedOf(end) === 5);
    await peer.send(packetOf(5), port);
    await peer.send(packetOf(5), port);
    await peer.send(packetOf(6), port);
    await until(() => heard.length === 2);
    assert.deepEqual(heard, [5, 6], 'what comes twice is heard once');
    await stranger.send(packetOf(7), port);
    await peer.send(packetOf(8), port);
    await until(() => heard.length === 3);
    assert.deepEqual([heard.at(-1), end.stats().dropped.payloadType, end.stats().dropped.invalid], [8, 1, 3]);
  });

  it('finds a peer behind a translator, and nobody else then', async () => {
    const peer = await makeParty();
    const stranger = await makeParty();
    const { end, heard, port, timers } = await makeEnd({ remote: { address: '127.0.0.1', port: 9 } });
    await stranger.send(packetOf(40, 0), port);
    await stranger.send(packetOf(41, 0), port);
    await until(() => end.stats().dropped.payloadType === 2);
    await peer.send(packetOf(1), port);
    await peer.send(packetOf(2), port);
    await until(() => heard.length === 1);
    end.send(packetOf(9));
    await until(() => peer.heard.length === 1);
    assert.deepEqual([end.stats().isLatched, end.stats().remote?.port], [true, peer.port]);
    await stranger.send(packetOf(50), port);
    await until(() => end.stats().dropped.stranger === 1);
    await timers.advance(10_000);
    await stranger.send(packetOf(51), port);
    await peer.send(packetOf(3), port);
    await until(() => heard.length === 2);
    assert.deepEqual(heard, [2, 3]);
  });

  it('goes over to another peer, and learns it anew', async () => {
    const first = await makeParty();
    const second = await makeParty();
    const { end, heard, port } = await makeEnd({ remote: { ...strict, port: first.port } });
    await first.send(packetOf(1), port);
    await until(() => heard.length === 1);
    end.retarget({ ...strict, port: second.port }, { payloadTypes: [0] });
    end.send(packetOf(5));
    await until(() => second.heard.length === 1);
    await second.send(packetOf(100, 0, 5), port);
    await until(() => heard.length === 2);
    await first.send(packetOf(2), port);
    await second.send(packetOf(101, 0, 5), port);
    await until(() => heard.length === 3);
    assert.deepEqual(heard, [1, 100, 101]);
    assert.equal(end.stats().received, 3);
  });

  it('reports what it hears, reads what is reported, and says farewell', async () => {
    const peer = await makeParty();
    const { end, heard, port, timers } = await makeEnd({ remote: { ...strict, port: peer.port } });
    for (const sequence of [1, 2, 4]) await peer.send(packetOf(sequence), port);
    await until(() => heard.length === 3);
    end.send(packetOf(9));
    await timers.advance(2_500);
    await until(() => peer.heard.length === 2);
    const [report, name] = readRtcp(peer.heard[1] ?? new Uint8Array(0)) ?? [];
    assert.ok(report?.kind === 'senderReport');
    assert.deepEqual([report.ssrc, report.sender.packets, report.sender.octets, report.sender.timestamp], [0x1234, 1, 160, 9 * 160 + 20_000]);
    assert.deepEqual(report.reports.map(({ ssrc, lost, extendedHighest }) => [ssrc, lost, extendedHighest]), [[0x1234, 1, 4]]);
    assert.deepEqual(name, { kind: 'description', ssrc: 0x1234, cname: 'me' });
    const block = { ssrc: 0x1234, fractionLost: 64, lost: 12, extendedHighest: 9, jitter: 80, lastReport: (((report.sender.ntp.seconds & 0xffff) << 16) | (report.sender.ntp.fraction >>> 16)) >>> 0, sinceLastReport: 0 };
    await timers.advance(100);
    await peer.send(composeRtcp([{ kind: 'receiverReport', ssrc: 77, reports: [block] }, { kind: 'bye', ssrcs: [77] }]), port);
    await until(() => end.stats().peer !== undefined);
    const { peer: told, roundTripMs = 0, byes } = end.stats();
    assert.deepEqual([told, byes], [{ lossShare: 0.25, lost: 12, jitterMs: 10 }, 1]);
    assert.ok(Math.abs(roundTripMs - 100) < 2, `${roundTripMs}`);
    await timers.advance(5_000);
    await until(() => peer.heard.length === 3);
    assert.equal(readRtcp(peer.heard[2] ?? new Uint8Array(0))?.[0]?.kind, 'receiverReport', 'of who has not sent since');
    end.close();
    await until(() => peer.heard.length === 4);
    assert.deepEqual(readRtcp(peer.heard[3] ?? new Uint8Array(0))?.at(-1), { kind: 'bye', ssrcs: [0x1234] });
  });

  it('has RTCP beside RTP where that was agreed on', async () => {
    const peer = await makeParty();
    const control = await makeParty();
    const { end, heard, port, controlPort, timers } = await makeEnd({ rtcpMux: false, remote: { ...strict, port: peer.port, rtcp: { address: '127.0.0.1', port: control.port } } });
    await peer.send(packetOf(1), port);
    await until(() => heard.length === 1);
    await timers.advance(2_500);
    await until(() => control.heard.length === 1);
    assert.equal(peer.heard.length, 0);
    await control.send(composeRtcp([{ kind: 'bye', ssrcs: [1] }]), controlPort);
    await until(() => end.stats().byes === 1);
    const stranger = await makeParty();
    await stranger.send(composeRtcp([{ kind: 'bye', ssrcs: [1] }]), controlPort);
    await until(() => end.stats().dropped.stranger === 1);
    assert.equal(end.stats().byes, 1);
  });

  it('tells of silence once, and not while none is meant', async () => {
    const peer = await makeParty();
    const { end, heard, lost, port, timers } = await makeEnd({ silentMs: 30_000, remote: { ...strict, port: peer.port } });
    await timers.advance(29_000);
    await peer.send(packetOf(1), port);
    await until(() => heard.length === 1);
    await timers.advance(29_000);
    assert.deepEqual(lost, []);
    await timers.advance(2_000);
    assert.deepEqual(lost, ['silent']);
    await timers.advance(100_000);
    assert.deepEqual(lost, ['silent']);
    await peer.send(packetOf(2), port);
    await until(() => heard.length === 2);
    end.expectSound(false);
    await timers.advance(100_000);
    assert.deepEqual(lost, ['silent']);
    end.expectSound(true);
    await timers.advance(29_000);
    assert.deepEqual(lost, ['silent']);
    await timers.advance(32_000);
    assert.deepEqual(lost, ['silent', 'silent']);
  });

  it('tells once that it hears again whoever was silent', async () => {
    const peer = await makeParty();
    const { end, heard, lost, port, timers } = await makeEnd({ silentMs: 30_000, remote: { ...strict, port: peer.port } });
    end.onFound(() => { lost.push('found'); });
    await peer.send(packetOf(1), port);
    await until(() => heard.length === 1);
    assert.equal(end.quietMs(), 0);
    await timers.advance(31_000);
    assert.equal(end.quietMs(), 31_000);
    for (const sequence of [2, 3]) await peer.send(packetOf(sequence), port);
    await until(() => heard.length === 3);
    assert.deepEqual(lost, ['silent', 'found']);
  });

  it('speaks in secret, and hears nothing else', async () => {
    const suite = 'AES_CM_128_HMAC_SHA1_80';
    const [ours, theirs] = [makeMasterKey(suite), makeMasterKey(suite)];
    const peer = await makeParty();
    const secure = createSrtp({ suite, local: theirs, remote: ours });
    const { end, heard, port, timers } = await makeEnd({ remote: { address: '127.0.0.1', port: 9 }, srtp: createSrtp({ suite, local: ours, remote: theirs }) });
    await peer.send(packetOf(1), port);
    await until(() => end.stats().dropped.unauthentic === 1);
    await peer.send(secure.protect(packetOf(2)) ?? new Uint8Array(0), port);
    await until(() => heard.length === 1);
    assert.ok(end.stats().isLatched, 'one packet proves who it is');
    end.send(packetOf(5));
    await timers.advance(2_500);
    await until(() => peer.heard.length === 2);
    const [sound = new Uint8Array(0), report = new Uint8Array(0)] = peer.heard;
    assert.equal(sequenceOf(secure.unprotect(sound) ?? new Uint8Array(2)), 5);
    assert.equal(readRtcp(secure.unprotectControl(report) ?? new Uint8Array(0))?.[0]?.kind, 'senderReport');
    end.retarget({ ...strict, port: peer.port }, { srtp: null });
    await peer.send(packetOf(3), port);
    await until(() => heard.length === 2);
  });

  it('does not mind a peer whose port is closed', async () => {
    const peer = await bind();
    const { port: closed } = peer.address();
    const { end, timers } = await makeEnd({ remote: { ...strict, port: closed } });
    await new Promise((resolve) => { peer.close(() => { resolve(undefined); }); });
    await timers.advance(10_000);
    end.send(packetOf(1));
    await until(() => end.stats().errors > 0);
    end.send(packetOf(2));
    end.send(packetOf(3));
    assert.ok(end.stats().sent >= 3);
  });

  it('hears no more packets than sound can have', async () => {
    const peer = await makeParty();
    const { end, heard, port, timers } = await makeEnd({ remote: { ...strict, port: peer.port }, maxPacketsPerSecond: 10 });
    for (let i = 0; i < 15; i += 1) await peer.send(packetOf(i), port);
    await until(() => end.stats().dropped.tooMany === 5);
    await timers.advance(1_000);
    await peer.send(packetOf(20), port);
    await until(() => heard.length === 11);
  });

  it('is over when its socket is gone, and leaves nothing behind when it is closed', async () => {
    const peer = await makeParty();
    const { end, lost, rtp, timers, isReleased } = await makeEnd({ silentMs: 1_000, remote: { ...strict, port: peer.port } });
    end.send(packetOf(1));
    rtp.close();
    await until(() => lost.length === 1);
    assert.deepEqual(lost, ['closed']);
    assert.equal(timers.pending(), 0);
    end.send(packetOf(1));
    end.retarget({ ...strict, port: peer.port });
    const other = await makeEnd({ silentMs: 1_000, remote: { ...strict, port: peer.port } });
    other.end.close();
    other.end.close();
    assert.deepEqual([other.timers.pending(), other.isReleased(), other.lost], [0, true, []]);
    assert.ok(isReleased());
  });
});
