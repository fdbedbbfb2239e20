import { bare } from '../envelope.ts';
import type { Family } from '../operation.ts';
import { catalogue } from '../refusal.ts';

/** 4.2: the reference gives no form of error, so HTTP says it and the body explains. */
export const errors = catalogue({
  malformed: { status: 400, code: 'malformed', text: 'The body is not JSON: {message}.' },
  invalid: { status: 400, code: 'invalid', text: 'Wrong parameter: {message}.' },
  unauthenticated: { status: 401, code: 'unauthenticated', text: 'Unauthorized: {message}.' },
  forbidden: { status: 403, code: 'forbidden', text: 'Forbidden: {message}.' },
  locked: { status: 403, code: 'locked', text: 'Locked after repeated failures: {message}.' },
  unknownPath: { status: 404, code: 'unknown-path', text: 'There is no operation at {path}.' },
  tooLarge: { status: 413, code: 'too-large', text: 'The body is too large.' },
  tooMany: { status: 429, code: 'too-many', text: 'Too many requests; slow down and try again.' },
  overloaded: { status: 503, code: 'overloaded', text: 'The service is overloaded; try again in a moment.' },
  unserved: { status: 501, code: 'unserved', text: 'This operation is not built yet.' },
  internal: { status: 500, code: 'internal', text: 'The request failed on our side; quote {requestId} when you report it.' },
});

export const access: Family = {
  id: 'access',
  title: 'Access',
  prefixes: ['/apigovernance/'],
  envelope: bare,
  refusals: errors,
};
