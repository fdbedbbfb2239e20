import type { Call } from '../call/call.ts';
import type { Personal } from '../call/event.ts';
import type { Conference } from '../conference/conference.ts';
import type { Centre } from './state.ts';
import type { Step } from './step.ts';

/** Fields that hold what an erasure (5.1.13) must reach, wherever they stand in a call. */
const PERSONAL: Readonly<Record<keyof Personal, true>> = {
  caller: true, called: true, originalCalled: true, number: true, data: true, digits: true, text: true,
};

/** 13.2: among the devices that a call passed are numbers outside. */
const isPersonal = (fields: Readonly<Record<string, unknown>>, key: string): boolean => key in PERSONAL || (key === 'no' && fields['device'] === 'number');

/** Empties what is personal in a call, or in a part of one; with `subjects`, what is one of them. */
export function blank(value: unknown, subjects?: ReadonlySet<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const fields = value as Record<string, unknown>;
  for (const key in fields) {
    const field = fields[key];
    if (typeof field !== 'string') blank(field, subjects);
    else if (isPersonal(fields, key) && (subjects === undefined || subjects.has(field))) fields[key] = '';
  }
}

function names({ caller, called, originalCalled, parts }: Call, subjects: ReadonlySet<string>): boolean {
  return subjects.has(caller) || subjects.has(called) || subjects.has(originalCalled)
    || parts.some((part) => part.kind === 'customer' && subjects.has(part.number));
}

const isNamedIn = ({ participants }: Conference, subjects: ReadonlySet<string>): boolean => [...participants.values()].some(({ number }) => subjects.has(number));

/**
 * 5.1.13: the calls that name one of the subjects are to be erased. One that is alive keeps its numbers until it ends, as
 * those who serve it need them; of one that is over, an agent may still be asked (6.1.3.1).
 */
export function forget(step: Step, numbers: readonly string[]): void {
  const { centre } = step;
  const subjects = new Set(numbers);
  const known = new Map(centre.calls);
  for (const { lastCall } of centre.agents.values()) if (lastCall !== undefined) known.set(lastCall.id, lastCall);
  for (const call of known.values()) {
    if (names(call, subjects) && !centre.toErase.has(call.id)) step.emit({ type: 'ErasureAwaited', call: call.id });
  }
  for (const conference of centre.conferences.values()) {
    if (isNamedIn(conference, subjects) && !centre.toErase.has(conference.call)) step.emit({ type: 'ErasureAwaited', call: conference.call });
  }
}

/** Nothing of these calls is kept elsewhere any more. */
export function erased(step: Step, calls: readonly string[]): void {
  for (const call of calls) if (step.centre.toErase.has(call)) step.emit({ type: 'Erased', call });
}

/** The calls that are over and still to be erased wherever they are kept. */
export function dueForErasure({ toErase, calls, conferences }: Centre): readonly string[] {
  const conferring = new Set([...conferences.values()].map(({ call }) => call));
  return [...toErase].filter((call) => !calls.has(call) && !conferring.has(call));
}

/** The calls and conferences that go on, and are to be erased when they are over. */
export function keptForNow(centre: Centre): readonly string[] {
  const due = new Set(dueForErasure(centre));
  return [...centre.toErase].filter((call) => !due.has(call));
}

/** Empties what is still known of a call that is over. */
export function blankCall(centre: Centre, id: string): void {
  for (const { lastCall } of centre.agents.values()) if (lastCall?.id === id) blank(lastCall);
  for (const leg of centre.legs.values()) if (leg.call === id && leg.agent === undefined) blank(leg);
}
