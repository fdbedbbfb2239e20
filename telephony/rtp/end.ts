/**
 * The far end of one leg's sound: RTP packets come from it and go to it, in the clear, whatever carries them (plain RTP,
 * SRTP, WebRTC). Packets are handed over whole (RFC 3550 5.1), and only until the next turn of the event loop: who keeps one copies it.
 */
export interface MediaEnd {
  readonly onPacket: (listener: (packet: Uint8Array) => void) => void;
  readonly send: (packet: Uint8Array) => void;
  /** Nothing came for so long, or the connection is gone. */
  readonly onLost: (listener: (why: 'silent' | 'closed') => void) => void;
  /** Something came after all, from a peer that was taken for lost because it was silent. */
  readonly onFound: (listener: () => void) => void;
  readonly close: () => void;
}
