import { bare } from '../envelope.ts';
import type { Family } from '../operation.ts';
import { catalogue } from '../refusal.ts';

/** `/widget/v1`: what customers' browsers ask for from the tenant's own web pages. HTTP status as usual, the reason in words. */
export const widgetErrors = catalogue({
  malformed: { status: 400, code: 'malformed', text: 'The body is not JSON: {message}.' },
  invalid: { status: 400, code: 'invalid', text: 'Wrong parameter: {message}.' },
  unauthenticated: { status: 401, code: 'unauthenticated', text: 'Not authenticated: {message}.' },
  forbidden: { status: 403, code: 'forbidden', text: 'Not allowed: {message}.' },
  locked: { status: 403, code: 'locked', text: 'Locked: {message}.' },
  unknownPath: { status: 404, code: 'unknown-path', text: 'There is no operation at {path}.' },
  tooLarge: { status: 413, code: 'too-large', text: 'The body is too large.' },
  tooMany: { status: 429, code: 'too-many', text: 'Too many calls at the moment; try again in a minute.' },
  overloaded: { status: 503, code: 'overloaded', text: 'The service is overloaded; try again in a moment.' },
  unserved: { status: 501, code: 'unserved', text: 'This operation is not built yet.' },
  internal: { status: 500, code: 'internal', text: 'The request failed on our side; quote {requestId} when you report it.' },
  unavailable: { status: 503, code: 'unavailable', text: 'Calls from browsers are not taken here: calls are only simulated.' },
});

export const widget: Family = {
  id: 'widget',
  title: 'Widget',
  prefixes: ['/widget/'],
  envelope: bare,
  refusals: widgetErrors,
};

export const WIDGET = '/widget/v1';
