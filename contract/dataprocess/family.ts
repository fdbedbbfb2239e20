import { bare } from '../envelope.ts';
import type { Family } from '../operation.ts';
import { catalogue } from '../refusal.ts';

/** 16.1 has no code of its own: HTTP says it (400, 401, 404, 500), and the body explains. */
export const dataProcessErrors = catalogue({
  malformed: { status: 400, code: 'malformed', text: 'The body is not JSON: {message}.' },
  invalid: { status: 400, code: 'invalid', text: 'Wrong parameter: {message}.' },
  unauthenticated: { status: 401, code: 'unauthenticated', text: 'Unauthorized: {message}.' },
  forbidden: { status: 401, code: 'forbidden', text: 'Not allowed: {message}.' },
  locked: { status: 401, code: 'locked', text: 'Locked: {message}.' },
  unknownPath: { status: 404, code: 'unknown-path', text: 'There is no operation at {path}.' },
  tooLarge: { status: 413, code: 'too-large', text: 'The body is too large.' },
  tooMany: { status: 429, code: 'too-many', text: 'Too many requests; slow down and try again.' },
  overloaded: { status: 503, code: 'overloaded', text: 'The service is overloaded; try again in a moment.' },
  unserved: { status: 501, code: 'unserved', text: 'This operation is not built yet.' },
  internal: { status: 500, code: 'internal', text: 'The request failed on our side; quote {requestId} when you report it.' },
  foreignTenant: { status: 400, code: 'foreign-tenant', text: 'Wrong parameter: {what} is not the tenant of this token.' },
  tooWide: { status: 400, code: 'too-wide', text: 'Too many calls lie in that time to look through; narrow it down.' },
});

/** Stands before the configuration family where paths are matched, as its prefix is the longer one. */
export const dataProcess: Family = {
  id: 'dataprocess',
  title: 'Call results',
  prefixes: ['/apiaccess/rest/dataprocess/'],
  envelope: bare,
  refusals: dataProcessErrors,
};
