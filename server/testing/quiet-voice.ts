import type { VoicePort, VoiceReport } from '../engine/voice.ts';

/** A voice port without sound: every phone is answered at once, and every leg ends when told. */
export function createQuietVoice(): VoicePort {
  const listeners = new Set<(report: VoiceReport) => void>();
  const legs = new Map<string, 'ringing' | 'up'>();
  const tell = (report: VoiceReport): void => { queueMicrotask(() => { for (const listener of listeners) listener(report); }); };
  return {
    perform: (order) => {
      if (order.kind === 'dial') {
        legs.set(order.leg, 'up');
        tell({ kind: 'rang', leg: order.leg });
        tell({ kind: 'answered', leg: order.leg });
      } else if (order.kind === 'drop' && legs.delete(order.leg)) tell({ kind: 'ended', leg: order.leg, cause: order.cause });
      return Promise.resolve({ ok: true });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    legs: () => Promise.resolve([...legs].map(([leg, state]) => ({ leg, state }))),
    canPickUp: () => Promise.resolve(false),
    canAskImage: () => Promise.resolve(false),
  };
}
