import type { RemoteInfo, Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { canonicalAddress, isSendable } from './address.ts';
import { Control, type PeerReport } from './control.ts';
import type { MediaEnd } from './end.ts';
import { isRtp, kindOf, payloadTypeOf, sequenceOf, ssrcOf, timestampOf } from './packet.ts';
import { createPeer, LEARN_MS, type Remote } from './peer.ts';
import type { PortPair } from './ports.ts';
import { secureRandom, type Random } from './random.ts';
import { scheduleReports } from './rtcp.ts';
import type { Srtp } from './srtp.ts';
import { realTimers, type Timers } from '../timers.ts';

export interface UdpEndOptions {
  /** The end's own from now on: it gives them back when it is closed. */
  readonly ports: PortPair;
  /** Absent until it is negotiated: nothing is heard or sent meanwhile. */
  readonly remote?: Remote;
  /** Whether RTCP goes through RTP's port (RFC 5761); without it there is none where the ports have no second socket. */
  readonly rtcpMux: boolean;
  readonly srtp?: Srtp;
  readonly clockRate: number;
  /** Those negotiated; others are dropped. */
  readonly payloadTypes: readonly number[];
  /** The name of whoever this end is to others (RFC 3550 6.5.1; RFC 7022: best a random one). */
  readonly cname: string;
  /** After how much silence the peer is taken for lost. Without it never. */
  readonly silentMs?: number;
  readonly learnMs?: number;
  /** What is more is dropped: of sound nobody sends it, and packets that two ends send one another for ever stay bearable. */
  readonly maxPacketsPerSecond?: number;
  readonly timers?: Timers;
  readonly random?: Random;
}

/** What a new negotiation changes besides the peer's address; what is absent stays. */
export interface UdpEndChanges {
  readonly rtcpMux?: boolean;
  readonly clockRate?: number;
  /** Null where the sound is in the clear from now on. The same keys need the same object: it counts rollovers. */
  readonly srtp?: Srtp | null;
  readonly payloadTypes?: readonly number[];
}

export interface UdpEndStats {
  readonly local: { readonly address: string; readonly port: number };
  /** Where it is sent to; undefined where nothing is sent. */
  readonly remote: { readonly address: string; readonly port: number } | undefined;
  /** Whether that is not what was negotiated, but where packets came from. */
  readonly isLatched: boolean;
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  readonly reordered: number;
  readonly duplicates: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | undefined;
  readonly peer: PeerReport | undefined;
  /** How often the peer said that it stops. */
  readonly byes: number;
  /** Datagrams that were dropped, by why. The kernel drops strangers' uncounted once the peer is certain. */
  readonly dropped: { readonly stranger: number; readonly invalid: number; readonly payloadType: number; readonly unauthentic: number; readonly tooMany: number };
  /** What the network refused, such as a port of the peer that is closed. */
  readonly errors: number;
}

export interface UdpEnd extends MediaEnd {
  /** Goes on with what was negotiated anew, and learns the peer's address anew, too. */
  readonly retarget: (remote: Remote, changes?: UdpEndChanges) => void;
  /** Whether silence means that the peer is lost: not while it is held, or sends nothing by agreement. At first it does. */
  readonly expectSound: (isExpected: boolean) => void;
  /** RTCP that came, in the clear, and the SSRC by which we send. */
  readonly onControl: (listener: (datagram: Uint8Array, ssrc: number) => void) => void;
  /** Sends a report at once, with what is made of both SSRCs behind it (RFC 4585 3.1); nothing before something has come. */
  readonly report: (behind: (ssrc: number, theirs: number) => Uint8Array) => void;
  /** How long ago something came from the peer; before anything has, how long it is awaited. */
  readonly quietMs: () => number;
  readonly stats: () => UdpEndStats;
}

const MAX_PACKETS_PER_SECOND = 500;

/** A leg's sound over UDP (RFC 3550), symmetric (RFC 4961). Each of `onPacket`, `onLost` and `onFound` has one listener: the last. */
export function createUdpEnd(options: UdpEndOptions): UdpEnd {
  const { ports, clockRate, cname, silentMs, learnMs = LEARN_MS, timers = realTimers, random = secureRandom } = options;
  const maxPacketsPerSecond = options.maxPacketsPerSecond ?? MAX_PACKETS_PER_SECOND;
  const socket = ports.rtp;
  const controlSocket = ports.rtcp;
  const peer = createPeer(learnMs, (address) => isIP(address) === isIP(ports.address));
  const control = new Control({ clockRate, cname, epochMs: Date.now() - timers.now(), random });
  const dropped = { stranger: 0, invalid: 0, payloadType: 0, unauthentic: 0, tooMany: 0 };
  const accepted = new Uint8Array(128);
  let { srtp, rtcpMux } = options;
  let onPacket: (packet: Uint8Array) => void = () => undefined;
  let onLost: (why: 'silent' | 'closed') => void = () => undefined;
  let onFound: () => void = () => undefined;
  let onControl: (datagram: Uint8Array, ssrc: number) => void = () => undefined;
  let errors = 0;
  let isClosed = false;
  let isConnected = false;
  let isSettled = false;
  let secondFrom = 0;
  let inSecond = 0;
  let heardAt = timers.now();
  let isExpected = true;
  let isReportedSilent = false;
  /** Where RTCP was said to go, and where it goes. */
  let saidControl = { address: '', port: 0 };
  let controlAddress = '';
  let controlPort = 0;
  let cancelLearning = (): void => undefined;
  let cancelSilence = (): void => undefined;

  const accept = (payloadTypes: readonly number[]): void => {
    accepted.fill(0);
    for (const payloadType of payloadTypes) accepted[payloadType] = 1;
  };

  /** The socket hears nobody but the peer from now on; sending is cheaper as well. */
  const settle = (nowMs: number): void => {
    if (isSettled || isClosed || !peer.isSettled(nowMs)) return;
    isSettled = true;
    cancelLearning();
    if (peer.port() !== 0) isConnected = connectSocket(socket, peer.port(), peer.address());
  };

  /** Behind a translator only the peer's own RTCP shows where it is to be sent to. */
  const aimControl = (): void => {
    controlAddress = canonicalAddress(saidControl.address);
    controlPort = peer.port() !== 0 && !peer.isLatched() && isSendable(controlAddress, saidControl.port) ? saidControl.port : 0;
  };

  const negotiate = (remote: Remote): void => {
    const nowMs = timers.now();
    if (isConnected) socket.disconnect();
    isConnected = false;
    isSettled = false;
    const wasLatched = peer.isLatched();
    peer.negotiate(remote, nowMs);
    saidControl = remote.rtcp ?? { address: remote.address, port: remote.port + 1 };
    if (!wasLatched || !peer.isLatched()) aimControl();
    heardAt = nowMs;
    isReportedSilent = false;
    cancelLearning();
    cancelLearning = timers.after(learnMs, () => { settle(timers.now()); });
  };

  const heard = (nowMs: number): void => {
    heardAt = nowMs;
    if (!isReportedSilent) return;
    isReportedSilent = false;
    onFound();
  };

  const isTooMany = (nowMs: number): boolean => {
    if (nowMs - secondFrom >= 1_000) {
      secondFrom = nowMs;
      inSecond = 0;
    }
    inSecond += 1;
    return inSecond > maxPacketsPerSecond;
  };

  const readControl = (datagram: Uint8Array, nowMs: number): boolean => {
    const plain = srtp === undefined ? datagram : srtp.unprotectControl(datagram);
    if (plain === undefined) {
      dropped.unauthentic += 1;
      return false;
    }
    if (!control.read(plain, nowMs)) {
      dropped.invalid += 1;
      return false;
    }
    heard(nowMs);
    onControl(plain, control.ssrc);
    return true;
  };

  const onDatagram = (datagram: Buffer, { address, port }: RemoteInfo): void => {
    const nowMs = timers.now();
    const sender = peer.judge(address, port, nowMs);
    if (sender === 'stranger') {
      dropped.stranger += 1;
      return;
    }
    if (isTooMany(nowMs)) {
      dropped.tooMany += 1;
      return;
    }
    const kind = kindOf(datagram);
    if (kind === 'rtcp' && rtcpMux && sender === 'peer') {
      readControl(datagram, nowMs);
      return;
    }
    if (kind !== 'rtp') {
      dropped.invalid += 1;
      return;
    }
    let packet: Uint8Array | undefined = datagram;
    if (srtp !== undefined) packet = srtp.unprotect(datagram);
    else if (!isRtp(datagram)) packet = undefined;
    if (packet === undefined) {
      if (srtp === undefined) dropped.invalid += 1;
      else dropped.unauthentic += 1;
      return;
    }
    if (accepted[payloadTypeOf(packet)] !== 1) {
      dropped.payloadType += 1;
      return;
    }
    const ssrc = ssrcOf(packet);
    const sequence = sequenceOf(packet);
    if (!isSettled && !learn(address, port, ssrc, sequence, sender === 'candidate', nowMs)) return;
    heard(nowMs);
    if (control.receptionOf(ssrc).receive(sequence, timestampOf(packet), nowMs) === 'duplicate') return;
    onPacket(packet);
  };

  /** Whether a packet that came before the peer was certain is the peer's. */
  const learn = (address: string, port: number, ssrc: number, sequence: number, isCandidate: boolean, nowMs: number): boolean => {
    const wasLatched = peer.isLatched();
    if (!isCandidate) peer.confirm(address, port);
    else if (!peer.consider(address, port, ssrc, sequence, srtp !== undefined)) return false;
    if (isCandidate || wasLatched !== peer.isLatched()) aimControl();
    settle(nowMs);
    return true;
  };

  const onControlDatagram = (datagram: Buffer, { address, port }: RemoteInfo): void => {
    const nowMs = timers.now();
    const isExpectedFrom = controlPort !== 0 && address === controlAddress && port === controlPort;
    // The first from where the sound comes shows the way back, where that is not known.
    const showsWay = !isExpectedFrom && peer.port() !== 0 && address === peer.address() && (controlPort === 0 || !isSettled);
    if (!isExpectedFrom && !showsWay) {
      dropped.stranger += 1;
      return;
    }
    if (isTooMany(nowMs)) {
      dropped.tooMany += 1;
      return;
    }
    if (!readControl(datagram, nowMs) || !showsWay) return;
    controlAddress = address;
    controlPort = port;
  };

  const transmit = (packet: Uint8Array): void => {
    if (isConnected) socket.send(packet);
    else socket.send(packet, peer.port(), peer.address());
  };

  const sendControl = (isBye: boolean, behind?: Uint8Array): void => {
    if (isClosed || peer.port() === 0) return;
    const report = control.compose(timers.now(), isBye);
    const datagram = behind === undefined ? report : Buffer.concat([report, behind]);
    const wire = srtp === undefined ? datagram : srtp.protectControl(datagram);
    if (wire === undefined) return;
    if (rtcpMux) transmit(wire);
    else if (controlPort !== 0) controlSocket?.send(wire, controlPort, controlAddress);
  };

  const watchSilence = (afterMs: number): void => {
    if (silentMs === undefined) return;
    cancelSilence = timers.after(afterMs, () => {
      const quietMs = timers.now() - heardAt;
      const isSilent = isExpected && quietMs >= silentMs;
      watchSilence(isExpected && quietMs < silentMs ? silentMs - quietMs : silentMs);
      if (!isSilent || isReportedSilent) return;
      isReportedSilent = true;
      onLost('silent');
    });
  };

  const onError = (): void => { errors += 1; };
  const onClosed = (): void => {
    if (isClosed) return;
    finish();
    onLost('closed');
  };

  const close = (): void => {
    if (isClosed) return;
    if (control.sent > 0) sendControl(true);
    finish();
  };

  const finish = (): void => {
    isClosed = true;
    cancelLearning();
    cancelSilence();
    cancelReports();
    socket.off('message', onDatagram);
    controlSocket?.off('message', onControlDatagram);
    ports.release();
  };

  accept(options.payloadTypes);
  socket.on('message', onDatagram);
  socket.on('error', onError);
  socket.on('close', onClosed);
  controlSocket?.on('message', onControlDatagram);
  controlSocket?.on('error', onError);
  if (options.remote !== undefined) negotiate(options.remote);
  if (silentMs !== undefined) watchSilence(silentMs);
  const cancelReports = scheduleReports({ timers, random, report: () => { sendControl(false); } });

  return {
    onPacket: (listener) => { onPacket = listener; },
    onLost: (listener) => { onLost = listener; },
    onFound: (listener) => { onFound = listener; },
    send: (packet) => {
      if (isClosed || peer.port() === 0) return;
      control.noteSent(packet, timers.now());
      const wire = srtp === undefined ? packet : srtp.protect(packet);
      if (wire !== undefined) transmit(wire);
    },
    close,
    retarget: (remote, changes = {}) => {
      if (isClosed) return;
      if (changes.srtp !== undefined) srtp = changes.srtp ?? undefined;
      if (changes.payloadTypes !== undefined) accept(changes.payloadTypes);
      if (changes.clockRate !== undefined) control.setClockRate(changes.clockRate);
      rtcpMux = changes.rtcpMux ?? rtcpMux;
      negotiate(remote);
    },
    onControl: (listener) => { onControl = listener; },
    report: (behind) => { if (control.remoteSsrc !== undefined) sendControl(false, behind(control.ssrc, control.remoteSsrc)); },
    expectSound: (expected) => {
      if (expected && !isExpected) heard(timers.now());
      isExpected = expected;
    },
    quietMs: () => timers.now() - heardAt,
    stats: () => ({
      local: { address: ports.address, port: ports.port },
      remote: peer.port() === 0 ? undefined : { address: peer.address(), port: peer.port() },
      isLatched: peer.isLatched(), sent: control.sent, received: control.received, lost: control.lost,
      reordered: control.reception.reordered, duplicates: control.reception.duplicates, jitterMs: control.reception.jitterMs,
      roundTripMs: control.roundTripMs, peer: control.peer, byes: control.byes, dropped: { ...dropped }, errors,
    }),
  };
}

/** Tells whether it worked; where not, packets are sent with their address. */
function connectSocket(socket: Socket, port: number, address: string): boolean {
  try {
    socket.connect(port, address);
    // Throws where the kernel has refused it, as it does for an address of the other family.
    socket.remoteAddress();
    return true;
  } catch {
    return false;
  }
}
