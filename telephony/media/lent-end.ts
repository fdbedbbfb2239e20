import type { MessagePort } from 'node:worker_threads';
import type { Agreed, AgreedPicture, NegotiatedEnd } from './end.ts';

/** What goes between the thread that has a leg's socket and the one that makes its sound. */
type Passed =
  | { readonly kind: 'packet'; readonly packet: Uint8Array }
  | { readonly kind: 'picture'; readonly packet: Uint8Array }
  /** The other side of this port has need of a whole picture. */
  | { readonly kind: 'pictureWanted' }
  | { readonly kind: 'agreed'; readonly agreed: Agreed; readonly picture: AgreedPicture | undefined }
  | { readonly kind: 'lost'; readonly why: 'silent' | 'closed' }
  | { readonly kind: 'found' };

export interface Lending {
  /** Something else was agreed on with the other end. */
  readonly agreed: () => void;
  /** Another end in place of this one: what comes from the former is not passed on any more. */
  readonly replace: (next: NegotiatedEnd) => void;
  readonly end: () => void;
}

/** On the side of the socket: passes on what comes from an end, and sends what comes from the other thread. */
export function lend(first: NegotiatedEnd, port: MessagePort): Lending {
  let end = first;
  const pass = (passed: Passed): void => { port.postMessage(passed); };
  const agreed = (): void => {
    const now = end.agreed();
    if (now !== undefined) pass({ kind: 'agreed', agreed: now, picture: end.video?.agreed() });
  };
  const attend = (next: NegotiatedEnd): void => {
    end = next;
    // Cloning copies, so a packet need not be kept.
    next.onPacket((packet) => { if (end === next) pass({ kind: 'packet', packet }); });
    next.video?.onPacket((packet) => { if (end === next) pass({ kind: 'picture', packet }); });
    next.video?.onPictureWanted(() => { if (end === next) pass({ kind: 'pictureWanted' }); });
    next.onLost((why) => { if (end === next) pass({ kind: 'lost', why }); });
    next.onFound(() => { if (end === next) pass({ kind: 'found' }); });
    agreed();
  };
  port.on('message', (passed: Passed) => {
    if (passed.kind === 'packet') end.send(passed.packet);
    else if (passed.kind === 'picture') end.video?.send(passed.packet);
    else if (passed.kind === 'pictureWanted') end.video?.wantPicture();
  });
  attend(first);
  return { agreed, replace: attend, end: () => { port.close(); } };
}

/** On the side of the sound: an end like any other, but that it is negotiated elsewhere. */
export function borrow(port: MessagePort, onAgreed: () => void): NegotiatedEnd {
  let agreed: Agreed | undefined;
  let picture: AgreedPicture | undefined;
  let pictureListener: (packet: Uint8Array) => void = () => undefined;
  let wantedListener: () => void = () => undefined;
  let listener: (packet: Uint8Array) => void = () => undefined;
  let lostListener: (why: 'silent' | 'closed') => void = () => undefined;
  let foundListener: () => void = () => undefined;
  port.on('message', (passed: Passed) => {
    if (passed.kind === 'packet') listener(passed.packet);
    else if (passed.kind === 'lost') lostListener(passed.why);
    else if (passed.kind === 'found') foundListener();
    else if (passed.kind === 'picture') pictureListener(passed.packet);
    else if (passed.kind === 'pictureWanted') wantedListener();
    else {
      agreed = passed.agreed;
      picture = passed.picture;
      onAgreed();
    }
  });
  const elsewhere = (): never => { throw new Error('a leg is negotiated in the thread that has its socket'); };
  return {
    onPacket: (next) => { listener = next; },
    onLost: (next) => { lostListener = next; },
    onFound: (next) => { foundListener = next; },
    send: (packet) => { port.postMessage({ kind: 'packet', packet } satisfies Passed); },
    close: () => { port.close(); },
    agreed: () => agreed,
    offer: elsewhere, answer: elsewhere, accept: elsewhere,
    quietMs: elsewhere,
    strangers: () => 0,
    video: {
      allow: elsewhere,
      agreed: () => picture,
      onPacket: (next) => { pictureListener = next; },
      send: (packet) => { port.postMessage({ kind: 'picture', packet } satisfies Passed); },
      onPictureWanted: (next) => { wantedListener = next; },
      wantPicture: () => { port.postMessage({ kind: 'pictureWanted' } satisfies Passed); },
    },
  };
}
