import { sequenceOf, sequenceStep } from '../rtp/packet.ts';

/** Packets in the order in which they were sent. */
export interface PacketOrder {
  readonly put: (packet: Uint8Array, now: number) => void;
  readonly reset: () => void;
}

/** How many wait for one that is missing, and how long: what comes later than that is as good as lost. */
const MAX_WAITING = 64;
const MAX_WAIT_MS = 150;
/** Further off than this is not out of order but another count. */
const MAX_STEP = 1000;

/** Puts packets of one stream in order. What waits is copied, as packets are rewritten where they lie. */
export function createPacketOrder(deliver: (packet: Uint8Array) => void, lost: () => void): PacketOrder {
  let next: number | undefined;
  const waiting = new Map<number, { readonly packet: Uint8Array; readonly at: number }>();

  const pass = (packet: Uint8Array, place: number): void => {
    next = (place + 1) & 0xffff;
    deliver(packet);
  };

  /** Those that were waited with for the one that was passed. */
  const follow = (): void => {
    for (;;) {
      const place = next;
      const found = place === undefined ? undefined : waiting.get(place);
      if (place === undefined || found === undefined) return;
      waiting.delete(place);
      pass(found.packet, place);
    }
  };

  /** Goes on behind the gap. */
  const giveUp = (): void => {
    const from = next ?? 0;
    let nearest: number | undefined;
    for (const place of waiting.keys()) if (nearest === undefined || sequenceStep(from, place) < sequenceStep(from, nearest)) nearest = place;
    const found = nearest === undefined ? undefined : waiting.get(nearest);
    if (nearest === undefined || found === undefined) return;
    waiting.delete(nearest);
    lost();
    pass(found.packet, nearest);
    follow();
  };

  const restart = (packet: Uint8Array, place: number): void => {
    waiting.clear();
    lost();
    pass(packet, place);
  };

  return {
    put: (packet, now) => {
      const place = sequenceOf(packet);
      const step = next === undefined ? 0 : sequenceStep(next, place);
      if (step === 0) {
        pass(packet, place);
        follow();
      } else if (Math.abs(step) > MAX_STEP) restart(packet, place);
      else if (step > 0 && !waiting.has(place)) waiting.set(place, { packet: packet.slice(), at: now });
      const [oldest] = waiting.values();
      if (oldest !== undefined && (waiting.size > MAX_WAITING || now - oldest.at > MAX_WAIT_MS)) giveUp();
    },
    reset: () => {
      next = undefined;
      waiting.clear();
    },
  };
}
