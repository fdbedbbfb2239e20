import { bare } from '../envelope.ts';
import { httpRefusals } from '../http-refusals.ts';
import type { Family } from '../operation.ts';
import { catalogue } from '../refusal.ts';

/** 15.1: HTTP says what is refused; what the business fails at is 500 or, of 15.1.1 and 15.1.2, 502. */
export const omaErrors = catalogue({
  ...httpRefusals,
  forbidden: { status: 401, code: '401', text: 'Not allowed: {message}.' },
  locked: { status: 401, code: '401', text: 'Locked: {message}.' },
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
