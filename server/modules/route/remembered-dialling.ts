import type { Writer } from '../../engine/writer.ts';
import type { Dialling } from './dialling.ts';

/** Numbers of nobody's are asked for as well, so there must be an end to what is remembered. */
const MAX_NUMBERS = 10_000;
/** What decides where a number leads. */
const NOUNS: ReadonlySet<string> = new Set(['access-code', 'called-route']);

/** Where calls to a number go, looked up once until a route or an access code changes: so a call that comes in waits for no query. */
export function rememberDialling(writer: Pick<Writer, 'subscribe'>, dial: (called: string) => Promise<Dialling>, maxNumbers = MAX_NUMBERS): (called: string) => Promise<Dialling> {
  const known = new Map<string, Promise<Dialling>>();
  // An access code of one tenant may draw a number away from another, so a change concerns all numbers.
  writer.subscribe(({ change }) => { if (NOUNS.has(change.what)) known.clear(); });
  return (called) => {
    const found = known.get(called);
    if (found !== undefined) return found;
    const dialling = dial(called);
    const [oldest] = known.keys();
    if (known.size >= maxNumbers && oldest !== undefined) known.delete(oldest);
    known.set(called, dialling);
    dialling.catch(() => { if (known.get(called) === dialling) known.delete(called); });
    return dialling;
  };
}
