import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { answerParent } from './child.ts';

/**
 * The load: streams of G.711, each from a socket of its own, 50 packets a second, spread evenly over the 20 ms. Each packet carries
 * when it was sent, so that whoever gets it back knows how long it was under way; that includes what this process itself is late.
 */
export type LoadQuestion =
  | { readonly kind: 'open'; readonly streams: number }
  /** Where each stream goes to. What comes in the first `warmMs` is not counted. */
  | { readonly kind: 'run'; readonly targets: readonly number[]; readonly warmMs: number; readonly ms: number };

export interface LoadOpened {
  readonly ports: readonly number[];
}

export interface LoadRan {
  readonly sent: number;
  readonly received: number;
  /** How many of them had come when the last was sent: who says something all the time goes on. */
  readonly receivedInTime: number;
  /** Of those that came while it was measured. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface Stream {
  readonly socket: Socket;
  readonly packet: Buffer;
  sequence: number;
}

const HOST = '127.0.0.1';
const HEADER_BYTES = 12;
const FRAME_BYTES = 160;
const FRAME_MS = 20;
const PCMA = 8;
/** Reports come through the same port (RFC 5761 4). */
const FIRST_RTCP_TYPE = 192;
const BUFFER_BYTES = 1_000_000;
/** What is still under way when the last packet has been sent. */
const TAIL_MS = 500;
const MOST_DELAYS = 4_000_000;

const streams: Stream[] = [];
const delays = new Float64Array(MOST_DELAYS);
let measured = 0;
let received = 0;
let isMeasuring = false;

async function open(count: number): Promise<LoadOpened> {
  for (let index = 0; index < count; index += 1) {
    const socket = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES, lookup: (host, _options, callback) => { callback(null, host, 4); } });
    const listening = once(socket, 'listening');
    socket.bind(0, HOST);
    await listening;
    const packet = Buffer.alloc(HEADER_BYTES + FRAME_BYTES);
    // Noise, as silence would be of no work to some.
    for (let at = HEADER_BYTES; at < packet.length; at += 1) packet[at] = Math.floor(Math.random() * 256);
    packet[0] = 0x80;
    packet[1] = PCMA;
    packet.writeUInt32BE(index + 1, 8);
    socket.on('message', (message) => {
      if ((message[1] ?? 0) >= FIRST_RTCP_TYPE) return;
      received += 1;
      if (!isMeasuring || measured === MOST_DELAYS || message.length < HEADER_BYTES + 8) return;
      delays[measured] = performance.now() - message.readDoubleLE(HEADER_BYTES);
      measured += 1;
    });
    streams.push({ socket, packet, sequence: 0 });
  }
  return { ports: streams.map(({ socket }) => socket.address().port) };
}

function send(stream: Stream): void {
  const { socket, packet, sequence } = stream;
  packet.writeUInt16BE(sequence & 0xffff, 2);
  packet.writeUInt32BE((sequence * FRAME_BYTES) >>> 0, 4);
  packet.writeDoubleLE(performance.now(), HEADER_BYTES);
  stream.sequence += 1;
  // A datagram on the loopback is taken at once, so the packet can be used again.
  socket.send(packet);
}

async function run(targets: readonly number[], warmMs: number, ms: number): Promise<LoadRan> {
  for (const [index, { socket }] of streams.entries()) {
    const connected = once(socket, 'connect');
    socket.connect(targets[index] ?? 0, HOST);
    await connected;
  }
  // What came before is none of ours: whoever is in no room yet hears silence.
  received = 0;
  const started = performance.now();
  for (let slot = 0; slot < warmMs + ms;) {
    const passed = performance.now() - started;
    isMeasuring = passed >= warmMs;
    for (; slot <= passed; slot += 1) for (let index = slot % FRAME_MS; index < streams.length; index += FRAME_MS) { const stream = streams[index]; if (stream !== undefined) send(stream); }
    await pause(1);
  }
  const receivedInTime = received;
  await pause(TAIL_MS);
  isMeasuring = false;
  const sorted = delays.subarray(0, measured).toSorted();
  const at = (share: number): number => sorted[Math.floor(measured * share)] ?? Number.NaN;
  return { sent: streams.reduce((sum, { sequence }) => sum + sequence, 0), received, receivedInTime, p50Ms: at(0.5), p99Ms: at(0.99) };
}

answerParent((question) => {
  const asked = question as LoadQuestion;
  return asked.kind === 'open' ? open(asked.streams) : run(asked.targets, asked.warmMs, asked.ms);
});
