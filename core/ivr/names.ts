/** Names of variables. They begin with a letter, so that none is a word of the language underneath. */
export const NAME = /^[A-Za-z][A-Za-z0-9_]{0,31}$/;

/** What the platform says of the call, for expressions and texts. */
export const GIVEN = {
  caller: 'Number of the caller.',
  callerVerified: 'Whether the network stands for that number: false where a web page has given it.',
  called: 'Number that was dialled.',
  call: 'Id of the call.',
  data: 'Call data (6.1.3.3). The one of these that a flow may set; the next agent finds it there.',
  date: 'The day in the tenant\'s zone, as 2027-03-31.',
  time: 'The time of day in the tenant\'s zone, as 09:05.',
  weekday: '1 for Monday to 7 for Sunday, in the tenant\'s zone.',
  holiday: 'Whether the day is one of the flow\'s holidays.',
  error: 'Why the last node failed that did; empty when none has.',
} as const;

export type Given = keyof typeof GIVEN;

export const isGiven = (name: string): name is Given => Object.hasOwn(GIVEN, name);

/** Words of expressions, which therefore name nothing. */
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'true', 'false']);

/** What is wrong with a name that is to be given a value. */
export function wrongName(name: string): string | undefined {
  if (!NAME.test(name)) return 'must be the name of a variable: a letter, then up to 31 letters, digits or _';
  if (WORDS.has(name)) return `must not be ${name}, which is a word of expressions`;
  return isGiven(name) && name !== 'data' ? `must not be ${name}, which the platform gives` : undefined;
}
