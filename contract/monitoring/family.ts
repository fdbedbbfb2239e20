import type { TSchema } from 'typebox';
import type { Envelope } from '../envelope.ts';
import type { Family } from '../operation.ts';
import { catalogue, refusalText, type Refusal } from '../refusal.ts';
import { integer, object, optional, text, timestamp } from '../schema.ts';

/**
 * 12.3: what the signature refuses is HTTP 401, 403 once an address is locked; whatever the business refuses is 200 with
 * a code. No code is documented for what HTTP itself refuses, so the nearest stands in the body.
 */
export const monitoringErrors = catalogue({
  malformed: { status: 200, code: '0100002', text: 'The body is not JSON: {message}.' },
  invalid: { status: 200, code: '0100002', text: 'Wrong parameter: {message}.' },
  unauthenticated: { status: 401, code: '0100001', text: 'Unauthorized: {message}.' },
  forbidden: { status: 200, code: '0101003', text: 'No permission: {message}.' },
  locked: { status: 403, code: '0100001', text: 'Locked after repeated failures: {message}.' },
  unknownPath: { status: 404, code: '0100002', text: 'There is no operation at {path}.' },
  tooLarge: { status: 413, code: '0100002', text: 'The body is too large.' },
  tooMany: { status: 429, code: '0100001', text: 'Too many requests; slow down and try again.' },
  overloaded: { status: 503, code: '0100001', text: 'The service is overloaded; try again in a moment.' },
  unserved: { status: 501, code: '0100001', text: 'This operation is not built yet.' },
  internal: { status: 500, code: '0100999', text: 'The request failed on our side; quote {requestId} when you report it.' },
});

const NAMES: Readonly<Record<number, string>> = { 401: 'Unauthorized', 403: 'Forbidden' };

/** 13.2.3.2 gives the body of 401 and 403; the rest is a code and a description. */
function presentRefusal(refusal: Refusal): object {
  const { refused: { status, code }, details } = refusal;
  const error = NAMES[status];
  if (error === undefined) return { resultCode: code, resultDesc: refusalText(refusal) };
  return {
    timestamp: Number(details['at'] ?? 0), status, error, message: refusalText(refusal), path: String(details['path'] ?? ''),
  };
}

const refusalSchema = object({
  resultCode: optional(text('`0100000` for success, anything else for a refusal.')),
  resultDesc: optional(text('The outcome in words.')),
  timestamp: optional(timestamp('With 401 and 403: when.')),
  status: optional(integer('With 401 and 403: the HTTP status again.')),
  error: optional(text('With 401 and 403: its name.')),
  message: optional(text('With 401 and 403: what was wrong with the signature.')),
  path: optional(text('With 401 and 403: the path asked for.')),
});

/** A result as it is: the operations of 12.3 differ in where they put it, so each brings its own envelope. */
const plain: Envelope = {
  schema: (result: TSchema) => result,
  refusalSchema,
  success: (result) => result,
  refusal: presentRefusal,
};

export const monitoring: Family = {
  id: 'monitoring',
  title: 'Monitoring',
  prefixes: ['/rest/cmsapp/'],
  envelope: plain,
  refusals: monitoringErrors,
};
