import type { Personal } from '@parley/core/call/event.ts';
import type { Event } from '@parley/core/centre/event.ts';

/** An event as it is journaled: what is personal stands apart, so that it can be erased. */
export interface EventRow {
  readonly at: number;
  readonly type: string;
  readonly version: number;
  readonly call: string | null;
  readonly agent: number | null;
  readonly data: string;
  readonly personal: { readonly numbers: readonly string[]; readonly data: string } | undefined;
}

/** What an event is about, where it does not say so itself. */
export interface About {
  readonly call?: string | undefined;
  readonly agent?: number | undefined;
}

/** An event of an older release, as JSON has it. */
type Stored = Readonly<Record<string, unknown>>;

/**
 * How events of older versions become those of today: of each type one pure function a version, the first one lifting
 * version 1 to 2. What a type is today follows from it. Events are for ever, so no function is ever taken away or changed.
 */
export const LIFTS: Readonly<Partial<Record<string, readonly ((event: Stored) => Stored)[]>>> = {};

export const versionOf = (type: string, lifts = LIFTS): number => 1 + (lifts[type]?.length ?? 0);

/** The event as it would happen today. */
export function liftEvent(stored: Stored, version: number, lifts = LIFTS): Event {
  const steps = lifts[String(stored['type'])] ?? [];
  if (version > steps.length + 1) throw new Error(`an event ${String(stored['type'])} of version ${version} was written by a later release`);
  return steps.slice(version - 1).reduce((event, lift) => lift(event), stored) as unknown as Event;
}

const NUMBERS = ['caller', 'called', 'originalCalled', 'number'] as const satisfies readonly (keyof Personal)[];

function numbersIn(personal: Personal): readonly string[] {
  const numbers: string[] = [];
  for (const name of NUMBERS) {
    // A phone line may bring anything, and the database takes no NUL in a text.
    const number = personal[name]?.replaceAll('\0', '');
    if (number !== undefined && number !== '' && !numbers.includes(number)) numbers.push(number);
  }
  return numbers;
}

export function toRow(event: Event, at: number, { call, agent }: About): EventRow {
  const personal = 'personal' in event ? event.personal : undefined;
  return {
    at, type: event.type, version: versionOf(event.type), call: call ?? null, agent: agent ?? null,
    data: JSON.stringify(personal === undefined ? event : { ...event, personal: undefined }),
    personal: personal === undefined ? undefined : { numbers: numbersIn(personal), data: JSON.stringify(personal) },
  };
}

export interface StoredRow {
  readonly type: string;
  readonly version: number;
  readonly data: object;
  /** Null where there was nothing personal, or where it was erased. */
  readonly personal: object | null;
}

export function fromRow({ version, data, personal }: StoredRow): Event {
  return liftEvent(personal === null ? { ...data } : { ...data, personal }, version);
}
