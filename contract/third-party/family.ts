import { bare } from '../envelope.ts';
import type { Family } from '../operation.ts';
import { catalogue } from '../refusal.ts';

/** 17.4 has no codes of its own: what the tenant's own system answers is passed on, and HTTP says what is refused here. */
export const thirdPartyErrors = catalogue({
  malformed: { status: 400, code: '400', text: 'The body is not JSON: {message}.' },
  invalid: { status: 400, code: '400', text: 'Wrong parameter: {message}.' },
  unauthenticated: { status: 401, code: '401', text: 'Unauthorized: {message}.' },
  forbidden: { status: 403, code: '403', text: 'Not allowed: {message}.' },
  locked: { status: 403, code: '403', text: 'Locked: {message}.' },
  unknownPath: { status: 404, code: '404', text: 'There is no operation at {path}.' },
  tooLarge: { status: 413, code: '413', text: 'The body is too large.' },
  tooMany: { status: 429, code: '429', text: 'Too many requests; slow down and try again.' },
  overloaded: { status: 503, code: '503', text: 'The service is overloaded; try again in a moment.' },
  unserved: { status: 501, code: '501', text: 'This operation is not built yet.' },
  internal: { status: 500, code: '500', text: 'The request failed on our side; quote {requestId} when you report it.' },
  foreignSpace: { status: 403, code: '403', text: 'Not allowed: the tenant space {space} is not the one of this token.' },
  notConfigured: { status: 404, code: '404', text: 'The tenant has no callback address for {purpose}.' },
  unreachable: { status: 502, code: '502', text: 'The tenant\'s system did not answer: {message}.' },
  misunderstood: { status: 502, code: '502', text: 'What the tenant\'s system answered is not of the form agreed on: {message}.' },
});

/** Stands before the configuration family where paths are matched, as its prefixes are the longer ones. */
export const thirdParty: Family = {
  id: 'third-party',
  title: 'Systems of third parties',
  prefixes: ['/apiaccess/ccbar/', '/apiaccess/ccmanagement/v1/thirdParty/'],
  envelope: bare,
  refusals: thirdPartyErrors,
};
