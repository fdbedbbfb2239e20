import type { MessagePort } from 'node:worker_threads';
import type { Agreed, NegotiatedEnd } from './end.ts';

/** What goes between the thread that has a leg's socket and the one that makes its sound. */
type Passed =
  | { readonly kind: 'packet'; readonly packet: Uint8Array }
  | { readonly kind: 'agreed'; readonly agreed: Agreed }
  | { readonly kind: 'lost'; readonly why: 'silent' | 'closed' };

export interface Lending {
  /** Something else was agreed on with the other end. */
  readonly agreed: () => void;
  readonly end: () => void;
}

/** On the side of the socket: passes on what comes from an end, and sends what comes from the other thread. */
export function lend(end: NegotiatedEnd, port: MessagePort): Lending {
  const pass = (passed: Passed): void => { port.postMessage(passed); };
  const agreed = (): void => {
    const now = end.agreed();
    if (now !== undefined) pass({ kind: 'agreed', agreed: now });
  };
  // Cloning copies, so a packet need not be kept.
  end.onPacket((packet) => { pass({ kind: 'packet', packet }); });
  end.onLost((why) => { pass({ kind: 'lost', why }); });
  port.on('message', (passed: Passed) => { if (passed.kind === 'packet') end.send(passed.packet); });
  agreed();
  return { agreed, end: () => { port.close(); } };
}

/** On the side of the sound: an end like any other, but that it is negotiated elsewhere. */
export function borrow(port: MessagePort, onAgreed: () => void): NegotiatedEnd {
  let agreed: Agreed | undefined;
  let listener: (packet: Uint8Array) => void = () => undefined;
  let lostListener: (why: 'silent' | 'closed') => void = () => undefined;
  port.on('message', (passed: Passed) => {
    if (passed.kind === 'packet') listener(passed.packet);
    else if (passed.kind === 'lost') lostListener(passed.why);
    else {
      agreed = passed.agreed;
      onAgreed();
    }
  });
  const elsewhere = (): never => { throw new Error('a leg is negotiated in the thread that has its socket'); };
  return {
    onPacket: (next) => { listener = next; },
    onLost: (next) => { lostListener = next; },
    send: (packet) => { port.postMessage({ kind: 'packet', packet } satisfies Passed); },
    close: () => { port.close(); },
    agreed: () => agreed,
    offer: elsewhere, answer: elsewhere, accept: elsewhere,
    strangers: () => 0,
  };
}
