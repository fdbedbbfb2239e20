import type { SipRequest } from './message.ts';

/** Everything a message can be refused for as it is read, with the status that a request gets for it and what its sender may be told. */
export const readFaults = {
  'nothing': { status: 400, text: 'Empty message' },
  'too-long': { status: 513, text: 'Message Too Large' },
  'too-many-fields': { status: 513, text: 'Too many header fields' },
  'no-end-of-head': { status: 400, text: 'No empty line after the header' },
  'control-character': { status: 400, text: 'NUL or lone CR in the header' },
  'start-line-broken': { status: 400, text: 'Malformed start line' },
  'uri-broken': { status: 400, text: 'Malformed Request-URI' },
  'version-unsupported': { status: 505, text: 'Version Not Supported' },
  'field-broken': { status: 400, text: 'Malformed header field' },
  'field-twice': { status: 400, text: 'Header field given twice' },
  'length-missing': { status: 400, text: 'Missing Content-Length' },
  'length-broken': { status: 400, text: 'Malformed Content-Length' },
  'body-cut-short': { status: 400, text: 'Body shorter than Content-Length' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly text: string }>>;

export type ReadFault = keyof typeof readFaults;

/** A message that could not be read. */
export interface Unreadable {
  readonly ok: false;
  readonly why: ReadFault;
  /** It was meant as a response, or as nothing at all: nobody is answered. */
  readonly isResponse: boolean;
  /** What could be read of a request, if that is enough to answer it: never of an ACK. It may lack any field but Via. */
  readonly request?: SipRequest;
}
