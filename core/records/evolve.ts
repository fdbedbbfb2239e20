import type { Centre } from '../centre/state.ts';
import type { RecordsEvent } from './event.ts';

export function evolveRecords({ calls, unrecorded }: Centre, { call: id, visit: index, row }: RecordsEvent): void {
  const ended = unrecorded.get(id)?.call;
  const visit = (ended ?? calls.get(id))?.visits[index];
  if (visit !== undefined) visit.row = row;
  if (ended?.visits.every((one) => one.row !== undefined) === true) unrecorded.delete(id);
}
