/** What HTTP itself refuses, for families whose codes are its statuses; they spread it into their catalogues. */
export const httpRefusals = {
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
} as const;
