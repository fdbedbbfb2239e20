/** The line that says whose description it is, and the how manieth (RFC 8866 5.2). */
const ORIGIN = /^o=(\S+ \S+) (\d{1,20}) (.*)$/m;

/**
 * A description that follows another of the same session, though it was made by somebody who does not know that one (RFC 3264 8):
 * of the same origin, with a version that is raised by one when anything else is different, and only then. Nothing else is touched.
 */
export function succeed(before: string, next: string): string {
  const [whole, who = '', version = '', where = ''] = ORIGIN.exec(before) ?? [];
  if (whole === undefined || !ORIGIN.test(next)) return next;
  const same = next.replace(ORIGIN, () => whole);
  return same === before ? before : next.replace(ORIGIN, () => `o=${who} ${BigInt(version) + 1n} ${where}`);
}
