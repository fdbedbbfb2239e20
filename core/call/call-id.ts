/** Ids as some of 12.3 have them, with milliseconds in front instead of seconds (13.2), name the same call. */
export const canonicalCallId = (id: string): string => id.replace(/^(\d{10})\d{3}-/, '$1-');

/** The two halves of a call's id: when it began, in seconds, and its number. */
export function halvesOf(id: string): { readonly seconds: number; readonly number: number } {
  const [seconds = '', number = ''] = id.split('-');
  return { seconds: Number(seconds), number: Number(number) };
}
