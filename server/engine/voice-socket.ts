import type { Performed, VoicePort, VoiceReport } from './voice.ts';

/** A voice port that is there before what is behind it: the telephony needs parts of Parley, which need a voice port. */
export interface VoiceSocket extends VoicePort {
  readonly plug: (port: VoicePort) => void;
}

const NOTHING_YET: Performed = { ok: false, why: 'failed', message: 'telephony has not started' };

export function createVoiceSocket(): VoiceSocket {
  let port: VoicePort | undefined;
  const waiting = new Map<(report: VoiceReport) => void, { stop: () => void }>();
  return {
    plug: (next) => {
      port = next;
      for (const [own, listener] of waiting) listener.stop = next.subscribe(own);
    },
    perform: (order) => port?.perform(order) ?? Promise.resolve(NOTHING_YET),
    subscribe: (listener) => {
      // A function of its own, as somebody may subscribe twice with the same one.
      const own = (report: VoiceReport): void => { listener(report); };
      const subscription = { stop: port?.subscribe(own) ?? ((): void => undefined) };
      waiting.set(own, subscription);
      return () => {
        waiting.delete(own);
        subscription.stop();
      };
    },
    legs: () => port?.legs() ?? Promise.resolve([]),
    canAskImage: (leg) => port?.canAskImage(leg) ?? Promise.resolve(false),
    canPickUp: (number) => port?.canPickUp(number) ?? Promise.resolve(false),
  };
}
