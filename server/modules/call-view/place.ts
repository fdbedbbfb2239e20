import { errors } from '@parley/contract/admin/family.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';

/** Where a page of a list in order of time ends, as clients send it back. */
export interface Place {
  readonly at: number;
  readonly id: string;
}

const PLACE = /^(\d{1,15})~([0-9-]{1,25})$/;

export const writePlace = ({ at, id }: Place): string => `${at}~${id}`;

export function readPlace(text: string | undefined): Place | undefined | Refusal {
  if (text === undefined) return undefined;
  const [, at = '', id = ''] = PLACE.exec(text) ?? [];
  return at === '' ? refuse(errors.invalid, { field: 'before', message: 'before is no `next` of a page' }) : { at: Number(at), id };
}

/** The same where things go by numbers. */
export function readNumberedPlace(text: string | undefined): { readonly at: number; readonly number: number } | undefined | Refusal {
  const place = readPlace(text);
  if (place === undefined || 'refused' in place) return place;
  return /^\d{1,15}$/.test(place.id) ? { at: place.at, number: Number(place.id) } : refuse(errors.invalid, { field: 'before', message: 'before is no `next` of a page' });
}

/** What is wrong with a span of time, if anything is. */
export const spanFault = (from: number | undefined, to: number | undefined): Refusal | undefined =>
  (from !== undefined && to !== undefined && to <= from ? refuse(errors.invalid, { field: 'to', message: 'to is not behind from' }) : undefined);
