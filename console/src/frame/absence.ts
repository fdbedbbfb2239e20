import type { Session } from '../session/session.ts';
import type { Place } from './places.ts';

/** Why an address shows no place: there is none, it is for others, or it is in a tenant and none is chosen. */
export type Absence = 'unknown' | 'forbidden' | 'noTenant';

export function absenceOf(place: Pick<Place, 'isFor'> | undefined, session: Session): Absence {
  if (place === undefined) return 'unknown';
  const isOperator = session.vdnId === 0;
  return isOperator && place.isFor({ ...session, vdnId: 1 }) ? 'noTenant' : 'forbidden';
}
