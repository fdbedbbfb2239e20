/** One entry of a family's error catalogue: the wire code and text stand here and nowhere else. */
export interface RefusalKind {
  readonly name: string;
  readonly status: number;
  readonly code: string;
  /** A finer code beneath it, where the envelope carries one: what the conference bridge behind the agent gateway says (6.1.6). */
  readonly reason?: number;
  /** `{field}` and the like are filled from the refusal's details. */
  readonly text: string;
}

/** A refusal is a value that decisions return; nothing was changed where one is returned. */
export interface Refusal {
  readonly refused: RefusalKind;
  readonly details: Readonly<Record<string, string | number>>;
}

/** What the HTTP layer itself must be able to say in every family. */
export interface StandardRefusals {
  readonly malformed: RefusalKind;
  readonly invalid: RefusalKind;
  readonly unauthenticated: RefusalKind;
  readonly forbidden: RefusalKind;
  readonly locked: RefusalKind;
  readonly unknownPath: RefusalKind;
  readonly tooLarge: RefusalKind;
  readonly tooMany: RefusalKind;
  readonly overloaded: RefusalKind;
  readonly unserved: RefusalKind;
  readonly internal: RefusalKind;
}

type Entry = Omit<RefusalKind, 'name'>;

/** Builds a catalogue whose entries know their own names. */
export function catalogue<const E extends Readonly<Record<string, Entry>>>(entries: E): { readonly [K in keyof E]: RefusalKind } {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, { name, ...entry }])) as {
    readonly [K in keyof E]: RefusalKind;
  };
}

export function refuse(kind: RefusalKind, details: Refusal['details'] = {}): Refusal {
  return { refused: kind, details };
}

export function isRefusal(value: unknown): value is Refusal {
  // A result may have a field of that name: an import tells the lines it refused.
  return typeof value === 'object' && value !== null && 'refused' in value && 'details' in value;
}

/** The text with its details filled in. */
export function refusalText({ refused, details }: Refusal): string {
  return refused.text.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
}
