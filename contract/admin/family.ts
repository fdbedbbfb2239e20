import { bare } from '../envelope.ts';
import type { Family } from '../operation.ts';
import { catalogue } from '../refusal.ts';

/** `/admin/v1`: Parley's own operations, for the console and for scripts; HTTP status as usual, the reason in words. */
export const errors = catalogue({
  malformed: { status: 400, code: 'malformed', text: 'The body is not JSON: {message}.' },
  invalid: { status: 400, code: 'invalid', text: 'Wrong parameter: {message}.' },
  unauthenticated: { status: 401, code: 'unauthenticated', text: 'Sign in first: {message}.' },
  signInWrong: { status: 401, code: 'unauthenticated', text: 'Account or password is wrong.' },
  forbidden: { status: 403, code: 'forbidden', text: 'Not allowed: {message}.' },
  locked: { status: 403, code: 'locked', text: 'Locked: {message}.' },
  unknownPath: { status: 404, code: 'unknown-path', text: 'There is no operation at {path}.' },
  tooLarge: { status: 413, code: 'too-large', text: 'The body is too large.' },
  tooMany: { status: 429, code: 'too-many', text: 'Too many requests; slow down and try again.' },
  overloaded: { status: 503, code: 'overloaded', text: 'The service is overloaded; try again in a moment.' },
  unserved: { status: 501, code: 'unserved', text: 'This operation is not built yet.' },
  internal: { status: 500, code: 'internal', text: 'The request failed on our side; quote {requestId} when you report it.' },
  notFound: { status: 404, code: 'not-found', text: 'There is no {what} {id}.' },
  exists: { status: 409, code: 'exists', text: 'There is a {what} {id} already.' },
  inUse: { status: 409, code: 'in-use', text: '{what} {id} is still needed: {by}.' },
  conflict: { status: 409, code: 'conflict', text: '{message}.' },
});

export const admin: Family = {
  id: 'admin',
  title: 'Administration',
  prefixes: ['/admin/'],
  envelope: bare,
  refusals: errors,
};

export const ADMIN = '/admin/v1';
