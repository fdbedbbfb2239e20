import { flat } from '../envelope.ts';
import type { Family } from '../operation.ts';
import { catalogue } from '../refusal.ts';

/** 17.1: its codes, the system error among them, come with HTTP 200; what HTTP itself refuses says so by its status. */
export const portalErrors = catalogue({
  malformed: { status: 400, code: '4', text: 'The body is not JSON: {message}.' },
  invalid: { status: 400, code: '4', text: 'Wrong parameter: {message}.' },
  unauthenticated: { status: 401, code: '4', text: 'Unauthorized: {message}.' },
  forbidden: { status: 403, code: '4', text: 'Forbidden: {message}.' },
  locked: { status: 403, code: '4', text: 'Locked: {message}.' },
  unknownPath: { status: 404, code: '4', text: 'There is no operation at {path}.' },
  tooLarge: { status: 413, code: '4', text: 'The body is too large.' },
  tooMany: { status: 429, code: '4', text: 'Too many requests; slow down and try again.' },
  overloaded: { status: 503, code: '4', text: 'The service is overloaded; try again in a moment.' },
  unserved: { status: 501, code: '4', text: 'This operation is not built yet.' },
  internal: { status: 200, code: '4', text: 'The request failed on our side; quote {requestId} when you report it.' },
  tokenEmpty: { status: 200, code: '1', text: 'The token is empty.' },
  tokenInvalid: { status: 200, code: '2', text: 'The token is not valid.' },
  tokenExpired: { status: 200, code: '3', text: 'The token has expired.' },
});

/** Stands before the configuration family where paths are matched, as its prefix is the longer one. */
export const portal: Family = {
  id: 'portal',
  title: 'Portal',
  prefixes: ['/apiaccess/rest/service-pub/'],
  envelope: flat('returnCode', 'returnMsg'),
  refusals: portalErrors,
};
