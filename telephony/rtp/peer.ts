import { canonicalAddress, isLocalAddress, isSendable } from './address.ts';

/** Where the other side has said that it listens. */
export interface Remote {
  readonly address: string;
  readonly port: number;
  /** Where it is not the port behind the one of RTP, on the same host (RFC 3605). */
  readonly rtcp?: { readonly address: string; readonly port: number };
  /** Whether the address may be one behind a translator, so that packets come from another. Without it: whether it is a local one. */
  readonly isBehindNat?: boolean;
  /** Where it is known, the only address that packets can come from instead: mostly that of its signalling. */
  readonly seenAs?: string;
}

export type Sender = 'peer' | 'candidate' | 'stranger';

/** Who is heard and who is sent to: decides, and touches no socket. */
export interface Peer {
  readonly negotiate: (remote: Remote, nowMs: number) => void;
  readonly judge: (address: string, port: number, nowMs: number) => Sender;
  /** The peer has sent something valid from where it is expected. */
  readonly confirm: (address: string, port: number) => void;
  /** A candidate's packet was valid. Answers whether it is the peer now. */
  readonly consider: (address: string, port: number, ssrc: number, sequence: number, isAuthentic: boolean) => boolean;
  /** Whether nothing can change any more until something else is negotiated. */
  readonly isSettled: (nowMs: number) => boolean;
  /** Where to send; of port 0 where nothing is to be sent. */
  readonly address: () => string;
  readonly port: () => number;
  readonly isLatched: () => boolean;
}

/** Who sends from elsewhere is taken for the peer only for so long after each negotiation: afterwards somebody else could try. */
export const LEARN_MS = 10_000;

/** `canReach` says whether the sockets have a way to an address at all. */
export function createPeer(learnMs: number, canReach: (address: string) => boolean): Peer {
  let address = '';
  let port = 0;
  let negotiated = '';
  let negotiatedPort = 0;
  let seenAs = '';
  let isBehindNat = false;
  let isConfirmed = true;
  let isLatched = false;
  let learnsUntil = Number.NEGATIVE_INFINITY;
  /** The source that a packet of came last, and what is to come next of it. */
  let candidate = '';
  let candidatePort = 0;
  let candidateSsrc = -1;
  let candidateSequence = -1;

  const mayBe = (source: string): boolean => {
    // Another port of the same host can be a translator's work wherever the host is.
    if (source === negotiated) return true;
    return isBehindNat && (seenAs === '' || source === seenAs);
  };

  return {
    negotiate: (remote, nowMs) => {
      const said = canonicalAddress(remote.address);
      const isSame = said === negotiated && remote.port === negotiatedPort;
      negotiated = said;
      negotiatedPort = remote.port;
      seenAs = remote.seenAs === undefined ? '' : canonicalAddress(remote.seenAs);
      isBehindNat = remote.isBehindNat ?? isLocalAddress(said);
      isConfirmed = false;
      learnsUntil = nowMs + learnMs;
      candidateSsrc = -1;
      // Who stays where it was, and was found elsewhere, is sent to there until it shows itself again.
      if (isSame && isLatched) return;
      isLatched = false;
      address = said;
      port = isSendable(said, remote.port) && canReach(said) ? remote.port : 0;
    },
    judge: (source, sourcePort, nowMs) => {
      if (sourcePort === port && source === address) return 'peer';
      if (isConfirmed && !isLatched) return 'stranger';
      if (nowMs >= learnsUntil || port === 0) return 'stranger';
      if (source === negotiated && sourcePort === negotiatedPort) return 'peer';
      if (isConfirmed) return 'stranger';
      return mayBe(source) ? 'candidate' : 'stranger';
    },
    confirm: (source, sourcePort) => {
      if (isConfirmed && !isLatched) return;
      isConfirmed = true;
      if (source === negotiated && sourcePort === negotiatedPort) {
        isLatched = false;
        address = negotiated;
        port = negotiatedPort;
      }
    },
    consider: (source, sourcePort, ssrc, sequence, isAuthentic) => {
      const isNext = source === candidate && sourcePort === candidatePort && ssrc === candidateSsrc && sequence === candidateSequence;
      if (!isNext && !isAuthentic) {
        // One packet can be a stray: two in a row are a source (RFC 3550 A.1).
        candidate = source;
        candidatePort = sourcePort;
        candidateSsrc = ssrc;
        candidateSequence = (sequence + 1) & 0xffff;
        return false;
      }
      address = source;
      port = sourcePort;
      isLatched = true;
      isConfirmed = true;
      return true;
    },
    isSettled: (nowMs) => nowMs >= learnsUntil || (isConfirmed && !isLatched),
    address: () => address,
    port: () => port,
    isLatched: () => isLatched,
  };
}
