import type { Static, TObject, TSchema } from 'typebox';
import type { Envelope } from './envelope.ts';
import type { Refusal, RefusalKind, StandardRefusals } from './refusal.ts';

/** Who may call: the schemes of chapter 4, the token of 15.1, the console's session, or anyone. */
export type Scheme = 'none' | 'C1' | 'C1-or-body' | 'C2' | 'C3' | 'C4' | 'C5' | 'OMA' | 'session';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A part of the product whose operations share an envelope, HTTP status rules and one error catalogue. */
export interface Family {
  readonly id: string;
  readonly title: string;
  /** Paths that start so and that nobody serves are answered in this family's manner. */
  readonly prefixes: readonly string[];
  readonly envelope: Envelope;
  readonly refusals: StandardRefusals;
  /** Refuses a field, where the family tells apart in what way it is wrong; else it is `refusals.invalid`. */
  readonly refuseField?: (fault: FieldFault) => Refusal;
}

/** What is wrong with a field of a request, or with the whole of its body. */
export interface FieldFault {
  readonly why: 'noBody' | 'missing' | 'empty' | 'tooLong' | 'tooShort' | 'form';
  readonly field: string;
  readonly message: string;
}

export interface OperationParts {
  readonly path?: TObject;
  readonly query?: TObject;
  readonly body?: TObject;
}

export interface Example {
  readonly request?: object;
  readonly response?: object;
}

export interface Operation<Parts extends OperationParts = OperationParts, Reply extends TSchema = TSchema> {
  readonly id: string;
  readonly family: Family;
  /** Section of the API reference; absent for operations of Parley's own. */
  readonly section?: string;
  readonly method: Method;
  /** Canonical path; parameters as `{name}`. */
  readonly path: string;
  /** Other spellings that the reference prints or that client programs use; one that starts with a method, such as `PUT /a`, is mounted under it. */
  readonly aliases?: readonly string[];
  readonly auth: Scheme;
  /** Console operations: what the account must be allowed to do. */
  readonly permission?: string;
  /** Of C1: changes nothing, so that supervisors may call it too with a session of the console; others are for administrators. */
  readonly reads?: true;
  readonly tag?: string;
  readonly summary: string;
  readonly description?: string;
  readonly request: Parts;
  readonly result: Reply;
  /** Overrides the family's envelope where the reference wavers between dialects. */
  readonly envelope?: Envelope;
  /** Text of a success, for envelopes that carry one. */
  readonly done?: string;
  /** Refuses a body that does not fit, where the section lists another code for it than the family has. */
  readonly bodyRefusal?: RefusalKind;
  /** Refusals of its own, beside the family's standard ones. */
  readonly errors?: readonly RefusalKind[];
  readonly maxBodyBytes?: number;
  /** Calls a second that one tenant may make, where the reference limits them. */
  readonly perSecond?: number;
  /** Headers that the operation itself reads, each with what it means. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly replyHeaders?: Readonly<Record<string, string>>;
  /** Media type of a reply that is not JSON, such as a recording, or a range of them such as `video/*`; `result` then declares nothing. */
  readonly replyMedia?: string;
  /** Of a reply that is a stream of events (`text/event-stream`): what its events carry, by their names. */
  readonly events?: Readonly<Record<string, TSchema>>;
  /** What the platform itself sends to the caller's URL, for the document only. */
  readonly callbacks?: Readonly<Record<string, { readonly body: TObject; readonly reply: TSchema; readonly summary: string }>>;
  readonly examples?: readonly Example[];
  /** Stands in the document, answers 501, and counts as not served. */
  readonly unserved?: boolean;
}

/** Whether a reply is of the media type that an operation declares. */
export const isOfMedia = (contentType: string | null, { replyMedia }: Pick<Operation, 'replyMedia'>): boolean =>
  replyMedia !== undefined && contentType?.startsWith(replyMedia.replace(/\*$/, '')) === true;

type Part<S> = S extends TSchema ? Static<S> : unknown;

/** What a handler receives: path, query and body fields side by side. */
export type Input<Op> = Op extends Operation<infer Parts>
  ? Part<Parts['path']> & Part<Parts['query']> & Part<Parts['body']>
  : never;

/** What a handler answers, before the envelope. */
export type Result<Op> = Op extends Operation<OperationParts, infer R> ? Static<R> : never;

const declarations = new WeakSet<object>();

export const isOperation = (value: unknown): value is Operation => typeof value === 'object' && value !== null && declarations.has(value);

/** Declares one operation of the contract; router, validation, types, OpenAPI, client and coverage follow from it. */
export function operation<const Parts extends OperationParts, Reply extends TSchema>(
  declared: Operation<Parts, Reply>,
): Operation<Parts, Reply> {
  const names = new Set<string>();
  for (const part of [declared.request.path, declared.request.query, declared.request.body]) {
    for (const name of Object.keys(part?.properties ?? {})) {
      if (names.has(name)) throw new Error(`${declared.id}: field ${name} is declared twice`);
      names.add(name);
    }
  }
  declarations.add(declared);
  return declared;
}

export interface Mount {
  readonly method: Method;
  readonly path: string;
}

/** Where an operation is served: its own place first, then its aliases. Letter case is disregarded when paths are matched, so it sets none apart. */
export function mountsOf(op: Pick<Operation, 'method' | 'path' | 'aliases'>): readonly Mount[] {
  const mounts = new Map<string, Mount>();
  for (const place of [op.path, ...(op.aliases ?? [])]) {
    const [first = '', second] = place.split(' ');
    const mount: Mount = second === undefined ? { method: op.method, path: first } : { method: first as Method, path: second };
    const key = `${mount.method} ${mount.path.toLowerCase()}`;
    if (!mounts.has(key)) mounts.set(key, mount);
  }
  return [...mounts.values()];
}

export function envelopeOf(op: Pick<Operation, 'family' | 'envelope'>): Envelope {
  return op.envelope ?? op.family.envelope;
}
