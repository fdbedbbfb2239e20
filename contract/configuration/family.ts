import { flat } from '../envelope.ts';
import type { Family } from '../operation.ts';
import { catalogue } from '../refusal.ts';

/**
 * Chapter 5 and 6.4: configuration by app key (C1). What cannot be read is 400, what the business refuses is 200 with
 * code 1; the names tell the refusals apart inside. Each noun's own refusals stand in its file.
 */
export const errors = catalogue({
  malformed: { status: 400, code: '1', text: 'The body is not JSON: {message}.' },
  invalid: { status: 400, code: '1', text: 'Wrong parameter: {message}.' },
  unauthenticated: { status: 401, code: '1', text: 'Unauthorized: {message}.' },
  forbidden: { status: 403, code: '1', text: 'Forbidden: {message}.' },
  locked: { status: 403, code: '1', text: 'Locked: {message}.' },
  unknownPath: { status: 404, code: '1', text: 'There is no operation at {path}.' },
  tooLarge: { status: 413, code: '1', text: 'The body is too large.' },
  tooMany: { status: 429, code: '1', text: 'Too many requests; slow down and try again.' },
  overloaded: { status: 503, code: '1', text: 'The service is overloaded; try again in a moment.' },
  unserved: { status: 501, code: '1', text: 'This operation is not built yet.' },
  internal: { status: 500, code: '1', text: 'The request failed on our side; quote {requestId} when you report it.' },
});

export const configuration: Family = {
  id: 'configuration',
  title: 'Configuration',
  prefixes: ['/apiaccess/'],
  envelope: flat('resultCode', 'resultMessage'),
  refusals: errors,
};

/** The three dialects between which chapter 5 wavers, and the one of 6.4. */
export const resultCode = configuration.envelope;
export const returnCode = flat('returnCode', 'description');
export const retCode = flat('retCode', 'message');
export const retMsg = flat('retCode', 'retMsg');
export const returnDesc = flat('returnCode', 'returnDesc');
