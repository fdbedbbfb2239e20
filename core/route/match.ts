/** What a route is matched by: the number a customer dials is its access code with its extension code behind (5.3.2). */
export interface Dialable {
  readonly accessCode: string;
  readonly extCode: string;
}

export type Verdict =
  /** The call goes here. */
  | 'taken'
  /** It begins the number, but another route is longer. */
  | 'shorter'
  /** Its access code begins the number, its extension code does not follow. */
  | 'extension-differs'
  /** Not even its access code begins the number. */
  | 'code-differs';

/** The longest access code that 5.3.2 allows. */
const MAX_CODE = 32;

export const numberOf = (route: Dialable): string => route.accessCode + route.extCode;

/**
 * The route that a call takes: the longest whose number begins the dialled one, so that a call without an extension, or
 * with one that nobody has, goes where the access code alone leads. Of two splits of one number the longer access code
 * wins.
 */
export function matchRoute<R extends Dialable>(routes: Iterable<R>, dialled: string): R | undefined {
  let best: R | undefined;
  for (const route of routes) {
    if (dialled.startsWith(numberOf(route)) && (best === undefined || isLonger(route, best))) best = route;
  }
  return best;
}

function isLonger(route: Dialable, than: Dialable): boolean {
  const difference = numberOf(route).length - numberOf(than).length;
  return difference > 0 || (difference === 0 && route.accessCode.length > than.accessCode.length);
}

/** What `matchRoute` makes of each route, best first. */
export function explainMatch<R extends Dialable>(routes: readonly R[], dialled: string): readonly { readonly route: R; readonly verdict: Verdict }[] {
  const taken = matchRoute(routes, dialled);
  const verdictOf = (route: R): Verdict => {
    if (route === taken) return 'taken';
    if (dialled.startsWith(numberOf(route))) return 'shorter';
    return dialled.startsWith(route.accessCode) ? 'extension-differs' : 'code-differs';
  };
  const order: Readonly<Record<Verdict, number>> = { taken: 0, shorter: 1, 'extension-differs': 2, 'code-differs': 3 };
  return routes.map((route) => ({ route, verdict: verdictOf(route) }))
    .toSorted((a, b) => order[a.verdict] - order[b.verdict] || (isLonger(a.route, b.route) ? -1 : isLonger(b.route, a.route) ? 1 : 0));
}

/** The access codes that may begin a number: its beginnings, shortest first. */
export function beginningsOf(dialled: string): readonly string[] {
  return Array.from({ length: Math.min(dialled.length, MAX_CODE) }, (_, index) => dialled.slice(0, index + 1));
}
