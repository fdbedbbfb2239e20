import { bare } from '../envelope.ts';
import type { Family } from '../operation.ts';
import { catalogue } from '../refusal.ts';

/** 15.1: HTTP says what is refused; what the business fails at is 500 or, of 15.1.1 and 15.1.2, 502. */
export const omaErrors = catalogue({
  malformed: { status: 400, code: '400', text: 'The body is not JSON: {message}.' },
  invalid: { status: 400, code: '400', text: 'Wrong parameter: {message}.' },
  unauthenticated: { status: 401, code: '401', text: 'Unauthorized: {message}.' },
  forbidden: { status: 401, code: '401', text: 'Not allowed: {message}.' },
  locked: { status: 401, code: '401', text: 'Locked: {message}.' },
  unknownPath: { status: 404, code: '404', text: 'There is no operation at {path}.' },
  tooLarge: { status: 413, code: '413', text: 'The body is too large.' },
  tooMany: { status: 429, code: '429', text: 'Too many requests; slow down and try again.' },
  overloaded: { status: 503, code: '503', text: 'The service is overloaded; try again in a moment.' },
  unserved: { status: 501, code: '501', text: 'This operation is not built yet.' },
  internal: { status: 500, code: '500', text: 'The request failed on our side; quote {requestId} when you report it.' },
  noTrial: { status: 404, code: '404', text: 'The tenant of this token is not on trial.' },
  noTenant: { status: 401, code: '401', text: 'Unauthorized: this token is for no tenant of its own.' },
  unsigned: { status: 401, code: '401', text: 'Unauthorized: {message}.' },
  unreadable: { status: 400, code: '400', text: 'Wrong parameter: data cannot be decrypted.' },
});

/** Stands before the configuration family where paths are matched, as its prefix is the longer one. */
export const oma: Family = {
  id: 'oma',
  title: 'Customer data',
  prefixes: ['/rest/oma/', '/apiaccess/rest/oma/'],
  envelope: bare,
  refusals: omaErrors,
};
