import type { TSchema } from 'typebox';
import type { Input, Operation, OperationParts, Result, Scheme } from './operation.ts';
import type { Refusal } from './refusal.ts';

/** Whoever an authenticated request speaks for. */
export interface Caller {
  readonly scheme: Scheme;
  /** The tenant whose data the caller sees; 0 is the installation itself. */
  readonly vdnId: number;
  /** Sessions: the tenant the account belongs to, which for operators is not the one they act for. */
  readonly home?: number;
  /** Written into the audit trail, such as `key:9f3c` or `user:ann`. */
  readonly actor: string;
  readonly keyId?: string;
  /** True for keys and accounts that may act for every tenant. */
  readonly global?: boolean;
  readonly account?: string;
  readonly role?: string;
  readonly permissions?: ReadonlySet<string>;
  /** Digest of the token or session in use, so that it can be ended. */
  readonly tokenDigest?: string;
  /** C4: which of the agent's sessions it is. */
  readonly session?: string;
}

export interface Context {
  readonly caller: Caller;
  readonly vdnId: number;
  readonly requestId: string;
  /** Who asks for what, as the audit trail will say. */
  readonly by: { readonly actor: string; readonly source: string; readonly operation: string };
  /** Address the request came from, behind trusted proxies the client's. */
  readonly source: string;
  readonly now: number;
  /** True over HTTPS, also where a trusted proxy ends it. */
  readonly secure: boolean;
  readonly requestHeader: (name: string) => string | undefined;
  /** Fires when the client goes away before it is answered. */
  readonly gone: AbortSignal;
  /** Called once the reply has left whole, or the client was gone before. */
  readonly onSent: (listener: (isSent: boolean) => void) => void;
  /** Sets a reply header, spelt as given: some clients compare letter case. */
  readonly header: (name: string, value: string) => void;
}

/** A reply that is JSON text already, envelope and all (a cached one). */
export interface Serialised {
  readonly json: string;
}

/** Bytes that are read as they are sent, from one up to another, which is left out. */
export interface ByteSource {
  readonly size: number;
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>;
}

/** A reply that is not JSON, such as a recording. Clients may ask for a range of it (RFC 9110, 14). */
export interface Download {
  readonly bytes: Uint8Array | ByteSource;
  readonly mediaType: string;
  readonly fileName?: string;
}

/** Where the events of a stream go. */
export interface EventSink {
  /** `data` is JSON text. Who reads too slowly is cut; from then on, and when the stream is over, nothing is sent. */
  readonly send: (name: string, data: string) => void;
  readonly end: () => void;
}

/** A reply that goes on until one side ends it: events as they happen (Server-Sent Events of HTML, 9.2). */
export interface EventStream {
  /** Begins. What it answers is called once when the stream is over, whoever has ended it. */
  readonly open: (sink: EventSink) => () => void;
  /** Asked from time to time: whether whoever listens still may. */
  readonly mayGoOn: () => Promise<boolean>;
  /** How often it is asked, and the line is kept from falling asleep; every 15 s unless told. */
  readonly beatMs?: number | undefined;
}

const serialised = new WeakSet<object>();
const downloads = new WeakSet<object>();
const streams = new WeakSet<object>();

export function asSerialised(json: string): Serialised {
  const reply = { json };
  serialised.add(reply);
  return reply;
}

export function asDownload(download: Download): Download {
  downloads.add(download);
  return download;
}

export function asEventStream(stream: EventStream): EventStream {
  streams.add(stream);
  return stream;
}

export const isEventStream = (reply: unknown): reply is EventStream => typeof reply === 'object' && reply !== null && streams.has(reply);
export const isSerialised = (reply: unknown): reply is Serialised => typeof reply === 'object' && reply !== null && serialised.has(reply);
export const isDownload = (reply: unknown): reply is Download => typeof reply === 'object' && reply !== null && downloads.has(reply);

export type Answer<Op> = Result<Op> | Refusal | Serialised | Download | EventStream;

export interface Handler {
  readonly op: Operation;
  readonly run: (input: Record<string, unknown>, context: Context) => Promise<unknown>;
}

/** Joins an operation to the function that serves it. */
export function handle<Parts extends OperationParts, R extends TSchema>(
  op: Operation<Parts, R>,
  run: (input: Input<Operation<Parts, R>>, context: Context) => Promise<Answer<Operation<Parts, R>>>,
): Handler {
  return { op, run: run as unknown as Handler['run'] };
}
