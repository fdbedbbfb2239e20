import { bare } from '../envelope.ts';
import { httpRefusals } from '../http-refusals.ts';
import type { Family } from '../operation.ts';
import { catalogue } from '../refusal.ts';

/** 17.4 has no codes of its own: what the tenant's own system answers is passed on, and HTTP says what is refused here. */
export const thirdPartyErrors = catalogue({
  ...httpRefusals,
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
