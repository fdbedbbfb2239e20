import { explainMatch, matchRoute } from '@parley/core/route/match.ts';
import type { Database } from '../../database/connect.ts';
import { codesBeginning, takesInbound } from './access-code-store.ts';
import { routesOfCodes, type Route } from './store.ts';

/** What becomes of a call to a number, in the whole installation. */
export type Dialling =
  | { readonly outcome: 'route'; readonly vdnId: number; readonly route: Route }
  /** The tenant has the access code, but leads it nowhere. */
  | { readonly outcome: 'no-route'; readonly vdnId: number; readonly accessCode: string }
  | { readonly outcome: 'no-access-code' };

/**
 * Where a call to this number goes. The longest access code that begins it tells the tenant, so that no extension of
 * one tenant can draw calls from another; of the tenant's routes the longest wins.
 */
export async function dial(db: Database, dialled: string): Promise<Dialling> {
  const codes = (await codesBeginning(db, dialled)).filter(takesInbound);
  const [longest] = codes;
  if (longest === undefined) return { outcome: 'no-access-code' };
  const { vdnId } = longest;
  const routes = await routesOfCodes(db, vdnId, codes.filter((code) => code.vdnId === vdnId).map(({ code }) => code));
  const route = matchRoute(routes, dialled);
  return route === undefined ? { outcome: 'no-route', vdnId, accessCode: longest.code } : { outcome: 'route', vdnId, route };
}

export interface Considered {
  readonly route: Route;
  readonly matches: boolean;
  readonly why: string;
}

const WORDS = {
  taken: 'the longest match',
  shorter: 'begins the number, but a longer route takes the call',
  'extension-differs': 'its extension code does not follow the access code',
  'code-differs': 'its access code does not begin the number',
} as const;

/** The tenant's own routes in the light of this number, best first, each with the reason. */
export async function consider(db: Database, vdnId: number, dialled: string): Promise<readonly Considered[]> {
  const beginning = await codesBeginning(db, dialled);
  const own = beginning.filter((code) => code.vdnId === vdnId);
  const foreign = beginning.find((code) => takesInbound(code))?.vdnId !== vdnId;
  const routes = await routesOfCodes(db, vdnId, own.map(({ code }) => code));
  const outbound = new Set(own.filter((code) => !takesInbound(code)).map(({ code }) => code));
  const explained = explainMatch(routes.filter(({ accessCode }) => !outbound.has(accessCode)), dialled).map(({ route, verdict }): Considered => ({
    route,
    matches: verdict === 'taken' || verdict === 'shorter',
    why: foreign && verdict === 'taken' ? 'begins the number, but a longer access code of another tenant takes the call' : WORDS[verdict],
  }));
  return explained.concat(routes.filter(({ accessCode }) => outbound.has(accessCode)).map((route) => ({
    route, matches: false, why: 'its access code takes no inbound calls',
  })));
}
