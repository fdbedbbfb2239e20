import { catalogue } from '../refusal.ts';

/** Codes of 6.5.2 that several nouns of the agent gateway share. Every operation that needs a session may answer the first ones. */
export const sessionErrors = catalogue({
  notSignedIn: { status: 200, code: '100-006', text: 'Agent {agent} is not signed in.' },
  /** 100-001 is the parameter error of signing in, and of a few others that list it in place of 000-002. */
  parameterRefused: { status: 200, code: '100-001', text: 'Parameter missing or wrong: {message}.' },
  failed: { status: 200, code: '100-007', text: 'The request could not be carried out: {message}.' },
  wrongState: { status: 200, code: '100-009', text: 'Not possible in the agent\'s state ({state}).' },
});

/** What inspectors are refused, also where a query tells them about other agents. */
export const inspectionErrors = catalogue({
  mayNotInspect: { status: 200, code: '900-002', text: 'No right to inspect agent {agent}.' },
});
