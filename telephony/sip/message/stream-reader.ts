import type { ReadFault, Unreadable } from './faults.ts';
import { endOfHead, messageOf, READ_LIMITS, readContentLength, readHead, unreadable, type Head, type ReadLimits } from './head.ts';
import type { SipMessage } from './message.ts';

/** A message of a stream that could not be read. */
export interface StreamFault extends Unreadable {
  /** Nobody knows where the next message begins: nothing more is read, and the connection is to be closed. */
  readonly isFatal: boolean;
}

export interface StreamReaderOptions {
  readonly onMessage: (message: SipMessage) => void;
  /** An empty line twice wants one in return; one alone is the return (RFC 5626 3.5.1 and 4.4.1). */
  readonly onKeepAlive?: (kind: 'ping' | 'pong') => void;
  readonly onFault: (fault: StreamFault) => void;
  readonly limits?: ReadLimits;
}

export interface StreamReader {
  /** Reads what a connection brought; the bytes are free afterwards. */
  readonly feed: (chunk: Uint8Array) => void;
  /** Whether a message has begun and not ended: who lets that last for long keeps a connection for nothing. */
  readonly isMidMessage: () => boolean;
  /** Nothing more is told, not even of what is there already. */
  readonly stop: () => void;
}

const NOTHING = Buffer.alloc(0);

/** What is kept of a connection that is idle. */
const KEPT_BYTES = 4096;

const LF = 10;
const CR = 13;

/** Finds the messages in what a connection brings, however it is cut (RFC 3261 18.3). */
export function createStreamReader({ onMessage, onKeepAlive, onFault, limits = READ_LIMITS }: StreamReaderOptions): StreamReader {
  /** Bytes of a message that has not ended, at the beginning of a store that grows. */
  let store = NOTHING;
  let held = 0;
  /** How far the message that begins was searched for the end of its head. */
  let searched = 0;
  /** A head whose body is still to come, or one with a fault whose body is passed over. */
  let awaited: { readonly head: Head; readonly headBytes: number; readonly bodyBytes: number } | undefined;
  let emptyLines = 0;
  let isOver = false;

  const hold = (bytes: Uint8Array): void => {
    if (held + bytes.length > store.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(KEPT_BYTES, 2 * store.length, held + bytes.length));
      larger.set(store.subarray(0, held));
      store = larger;
    }
    store.set(bytes, held);
    held += bytes.length;
  };

  const fail = (why: ReadFault, isFatal: boolean, head?: Head, isResponse = head?.start?.kind === 'response'): void => {
    if (isFatal) isOver = true;
    onFault({ ...unreadable(why, isResponse, head), isFatal });
  };

  /** The index after the empty lines there. */
  const passEmptyLines = (bytes: Uint8Array, from: number): number => {
    let at = from;
    for (; at < bytes.length && (bytes[at] === CR || bytes[at] === LF); at += 1) {
      if (bytes[at] !== LF) continue;
      emptyLines += 1;
      if (emptyLines === 2) onKeepAlive?.('ping');
      emptyLines %= 2;
    }
    if (at < bytes.length) emptyLines = 0;
    // Half of a ping may be a pong too, as nobody knows yet; that one comes too often does no harm.
    else if (at > from && emptyLines === 1) onKeepAlive?.('pong');
    return at;
  };

  /** Reads the head that begins there: false until all of it is there. */
  const beginMessage = (bytes: Uint8Array, from: number): boolean => {
    const most = Math.min(bytes.length, from + limits.headBytes);
    const end = endOfHead(bytes, from + searched, most);
    if (end === -1) {
      // An LF at the end, and a CR behind it, may be the beginning of what is looked for.
      searched = Math.max(0, most - from - 2);
      if (bytes.length - from >= limits.headBytes) fail('too-long', true, undefined, bytes[from + 3] === 47);
      return false;
    }
    searched = 0;
    const head = readHead(bytes.subarray(from, end), limits);
    const length = readContentLength(head.headers);
    if (length === undefined) fail(head.fault ?? 'length-missing', true, head);
    else if (typeof length === 'string') fail(head.fault ?? length, true, head);
    else if (head.headers.count('Content-Length') > 1) fail('field-twice', true, head);
    else if (length > limits.bodyBytes) fail('too-long', true, head);
    // Without all its fields it may have had another length.
    else if (head.fault === 'too-many-fields') fail(head.fault, true, head);
    else awaited = { head, headBytes: end - from, bodyBytes: length };
    return awaited !== undefined;
  };

  const endMessage = (body: Uint8Array): void => {
    const head = awaited?.head;
    awaited = undefined;
    if (head === undefined) return;
    if (head.start === undefined || head.fault !== undefined) fail(head.fault ?? 'start-line-broken', false, head);
    // A copy, so that a message keeps no more than itself.
    else onMessage(messageOf(head.start, head.headers, Uint8Array.prototype.slice.call(body)));
  };

  /** Answers the index up to which all is read. */
  const read = (bytes: Uint8Array): number => {
    let at = 0;
    for (;;) {
      if (isOver) return at;
      if (awaited === undefined) {
        if (searched === 0) at = passEmptyLines(bytes, at);
        if (at === bytes.length || isOver || !beginMessage(bytes, at)) return at;
      }
      if (awaited === undefined) return at;
      const end = at + awaited.headBytes + awaited.bodyBytes;
      if (end > bytes.length) return at;
      endMessage(bytes.subarray(at + awaited.headBytes, end));
      at = end;
    }
  };

  /** Keeps what is left of the bytes that were held; of a large store nothing, once it is empty. */
  const drop = (bytes: number): void => {
    store.copyWithin(0, bytes, held);
    held -= bytes;
    if (held === 0 && store.length > KEPT_BYTES) store = NOTHING;
  };

  return {
    feed: (chunk) => {
      if (isOver) return;
      if (held === 0) {
        const done = read(chunk);
        if (!isOver) hold(chunk.subarray(done));
      } else {
        hold(chunk);
        const done = read(store.subarray(0, held));
        drop(isOver ? held : done);
      }
    },
    isMidMessage: () => !isOver && held > 0,
    stop: () => { isOver = true; },
  };
}
