import { kindOf } from '../rtp/packet.ts';
import type { PortPair } from '../rtp/ports.ts';
import { createSrtp, type Srtp } from '../rtp/srtp.ts';
import type { Timers } from '../timers.ts';
import { createIdentity, type Fingerprint } from './dtls/identity.ts';
import { createDtlsServer, type DtlsFailure, type DtlsServer } from './dtls/server.ts';
import { createIceLite, type Credentials } from './ice/lite.ts';

export interface TransportOptions {
  /** Given back when the transport is closed. */
  readonly pair: PortPair;
  readonly timers: Timers;
  /** How long the other side may take to come, once it knows where to. */
  readonly connectMs: number;
  /** How long it may be silent. */
  readonly silentMs: number;
  /** RTP and RTCP that came, in the clear. */
  readonly onRtp: (packet: Uint8Array) => void;
  readonly onRtcp: (datagram: Uint8Array) => void;
  readonly onOpen: () => void;
  readonly onLost: (why: 'silent' | 'closed') => void;
  /** It was silent, and is not any more. */
  readonly onFound: () => void;
}

/** The way to the other side: one socket with ICE, DTLS and SRTP on it (RFC 8827 6.5, RFC 7983). */
export interface Transport {
  readonly port: number;
  readonly fingerprint: string;
  readonly credentials: () => Credentials;
  /** Who the other side is; false where it is somebody else than before (RFC 8842 4.1). Other credentials than before restart ICE. */
  readonly setRemote: (credentials: Credentials, fingerprints: readonly Fingerprint[]) => boolean;
  /** Whether it would be taken for the same as before. */
  readonly isSame: (credentials: Credentials, fingerprints: readonly Fingerprint[]) => boolean;
  readonly isOpen: () => boolean;
  /** How long ago something came from the other side. */
  readonly quietMs: () => number;
  /** Closed, from whatever side: it does not come back. */
  readonly isEnded: () => boolean;
  readonly sendRtp: (packet: Uint8Array) => void;
  readonly sendRtcp: (datagram: Uint8Array) => void;
  readonly figures: () => TransportFigures;
  readonly close: () => void;
}

export interface TransportFigures {
  /** Datagrams from elsewhere than the peer, or without its proof. */
  readonly strangers: number;
  /** Why the handshake failed, if it did. */
  readonly failed?: DtlsFailure;
}

/** The handshake may begin before we know with whom: so much of it is kept until then. */
const MOST_EARLY = 8;
const LONGEST_EARLY = 2_048;

export function createTransport({ pair, timers, connectMs, silentMs, onRtp, onRtcp, onOpen, onLost, onFound }: TransportOptions): Transport {
  const { rtp: socket } = pair;
  const identity = createIdentity();
  let state: 'waiting' | 'connecting' | 'open' | 'ended' = 'waiting';
  let known: readonly Fingerprint[] | undefined;
  let remote: Credentials | undefined;
  let dtls: DtlsServer | undefined;
  let srtp: Srtp | undefined;
  let early: Buffer[] = [];
  let heardAt = 0;
  let isSilent = false;
  let strangers = 0;
  let failed: DtlsFailure | undefined;
  let stopTimer: () => void = () => {};

  // A socket that is closed in one of the listeners must not be written to.
  const write = (datagram: Uint8Array, to: { readonly address: string; readonly port: number }): void => {
    if (state !== 'ended') socket.send(datagram, to.port, to.address);
  };
  const ice = createIceLite(write);
  const writeToPeer = (datagram: Uint8Array): void => {
    const to = ice.selected();
    if (to !== undefined) write(datagram, to);
  };

  const end = (): void => {
    state = 'ended';
    stopTimer();
    early = [];
    dtls = undefined;
    srtp = undefined;
    pair.release();
  };

  const lose = (): void => {
    if (state === 'ended') return;
    dtls?.close();
    end();
    onLost('closed');
  };

  /**
   * Whoever is there says so every few seconds by a check (RFC 7675 5.1), also when he is held and sends no sound. Who asks
   * nobody does not notice by itself when nobody is there, so the silence is measured.
   */
  const watch = (): void => {
    const left = heardAt + silentMs - timers.now();
    stopTimer = timers.after(Math.max(left, 1), () => {
      if (timers.now() - heardAt < silentMs) {
        watch();
        return;
      }
      isSilent = true;
      onLost('silent');
    });
  };

  const hear = (): void => {
    heardAt = timers.now();
    if (!isSilent || state !== 'open') return;
    isSilent = false;
    watch();
    onFound();
  };

  const open = (): void => {
    stopTimer();
    state = 'open';
    heardAt = timers.now();
    const wasSilent = isSilent;
    isSilent = false;
    watch();
    onOpen();
    // Later than it was waited for.
    if (wasSilent) onFound();
  };

  const takeDtls = (datagram: Buffer): void => {
    if (dtls !== undefined) dtls.receive(datagram);
    else if (early.length < MOST_EARLY && datagram.length <= LONGEST_EARLY) early.push(datagram);
  };

  socket.on('message', (datagram, { address, port: from }) => {
    const kind = kindOf(datagram);
    if (kind === 'stun') {
      if (ice.receive(datagram, { address, port: from }) === 'ignored') strangers += 1;
      else hear();
      return;
    }
    // Sound and handshakes come from where a check has come from before, and from nowhere else.
    if (!ice.isKnown(address, from)) {
      strangers += 1;
      return;
    }
    if (kind === 'dtls') takeDtls(datagram);
    else if (kind === 'rtp' || kind === 'rtcp') {
      const clear = kind === 'rtp' ? srtp?.unprotect(datagram) : srtp?.unprotectControl(datagram);
      if (clear === undefined) {
        if (srtp !== undefined) strangers += 1;
        return;
      }
      hear();
      if (kind === 'rtp') onRtp(clear);
      else onRtcp(clear);
    }
  });
  // Also when somebody else closes it. What cannot be sent at the moment is lost like any datagram.
  socket.once('close', lose);

  const isSame = (credentials: Credentials, fingerprints: readonly Fingerprint[]): boolean =>
    remote === undefined || (remote.ufrag === credentials.ufrag && remote.password === credentials.password && isSamePeer(fingerprints));
  const isSamePeer = (fingerprints: readonly Fingerprint[]): boolean =>
    known === undefined || known.some(({ hash, value }) => fingerprints.some((other) => other.hash.toLowerCase() === hash.toLowerCase() && other.value.toLowerCase() === value.toLowerCase()));

  return {
    port: socket.address().port,
    fingerprint: identity.fingerprint,
    credentials: ice.local,
    isSame,
    setRemote: (credentials, fingerprints) => {
      if (!isSamePeer(fingerprints)) return false;
      ice.setRemote(credentials);
      remote = credentials;
      // Whoever negotiates is there: its silence is measured anew.
      if (state === 'open' && isSilent) {
        heardAt = timers.now();
        isSilent = false;
        watch();
      }
      if (state !== 'waiting') return true;
      known = fingerprints;
      state = 'connecting';
      dtls = createDtlsServer({
        identity, fingerprints, timers,
        send: writeToPeer,
        onKeys: (keys) => {
          srtp = createSrtp(keys);
          open();
        },
        onFailed: (why) => {
          failed = why;
          lose();
        },
        onClosed: lose,
      });
      stopTimer = timers.after(connectMs, () => {
        isSilent = true;
        onLost('silent');
      });
      const begun = early;
      early = [];
      for (const datagram of begun) dtls?.receive(datagram);
      return true;
    },
    isOpen: () => state === 'open',
    quietMs: () => (state === 'open' ? timers.now() - heardAt : Infinity),
    isEnded: () => state === 'ended',
    sendRtp: (packet) => {
      const sealed = srtp?.protect(packet);
      if (sealed !== undefined) writeToPeer(sealed);
    },
    sendRtcp: (datagram) => {
      const sealed = srtp?.protectControl(datagram);
      if (sealed !== undefined) writeToPeer(sealed);
    },
    figures: () => ({ strangers, ...(failed === undefined ? {} : { failed }) }),
    close: () => {
      if (state === 'ended') return;
      dtls?.close();
      end();
    },
  };
}
