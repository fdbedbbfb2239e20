import { errors } from '../access/family.ts';
import { bare } from '../envelope.ts';
import type { Family } from '../operation.ts';

/** 9.1.1 gives no form of error: HTTP says it and the body explains. */
export const knowledge: Family = {
  id: 'knowledge',
  title: 'Knowledge base',
  prefixes: ['/rest/sia/'],
  envelope: bare,
  refusals: errors,
};
