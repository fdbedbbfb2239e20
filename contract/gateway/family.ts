import { gatewayEnvelope } from '../envelope.ts';
import type { Family } from '../operation.ts';
import { catalogue } from '../refusal.ts';

/** 6.5.2. Clients of the agent gateway read no JSON unless HTTP says 200, so the code alone tells what happened. */
export const gatewayErrors = catalogue({
  malformed: { status: 200, code: '000-006', text: 'The body is not JSON: {message}.' },
  invalid: { status: 200, code: '000-002', text: 'Wrong parameter: {message}.' },
  unauthenticated: { status: 200, code: '000-003', text: 'Not signed in: {message}.' },
  forbidden: { status: 200, code: '000-003', text: 'No permission: {message}.' },
  locked: { status: 200, code: '110-016', text: 'The account is locked: {message}.' },
  unknownPath: { status: 200, code: '210-001', text: 'There is no operation at {path}.' },
  tooLarge: { status: 200, code: '000-006', text: 'The body is too large.' },
  tooMany: { status: 200, code: '999-002', text: 'Too many requests; slow down and try again.' },
  overloaded: { status: 200, code: '999-002', text: 'The service is overloaded; try again in a moment.' },
  unserved: { status: 200, code: '210-001', text: 'This operation is not built yet.' },
  internal: { status: 200, code: '100-007', text: 'The request failed on our side; quote {requestId} when you report it.' },
});

export const gateway: Family = {
  id: 'gateway',
  title: 'Agent gateway',
  prefixes: ['/agentgateway/'],
  envelope: gatewayEnvelope,
  refusals: gatewayErrors,
};

/** 6.3.7: the configuration interfaces of the gateway, which a sign-in of 4.6 opens, have codes of their own. */
export const gatewayConfigurationErrors = catalogue({
  ...gatewayErrors,
  malformed: { status: 200, code: '107-002', text: 'The body is not JSON: {message}.' },
  invalid: { status: 200, code: '107-002', text: 'Wrong parameter: {message}.' },
  unauthenticated: { status: 200, code: '107-007', text: 'Sign in first: {message}.' },
  forbidden: { status: 200, code: '107-007', text: 'No permission: {message}.' },
  tooLarge: { status: 200, code: '107-002', text: 'The body is too large.' },
  internal: { status: 200, code: '107-001', text: 'The request failed on our side; quote {requestId} when you report it.' },
  signInFailed: { status: 200, code: '107-003', text: 'The number or the password is wrong.' },
});

/** Stands before `gateway` where paths are matched, as its prefix is the longer one. */
export const gatewayConfiguration: Family = {
  id: 'gateway-configuration',
  title: 'Agent gateway configuration',
  prefixes: ['/agentgateway/resource/config/'],
  envelope: gatewayEnvelope,
  refusals: gatewayConfigurationErrors,
};
