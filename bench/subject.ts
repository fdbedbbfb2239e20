import autocannon from 'autocannon';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { createClient, withBearer, type Client } from '@parley/contract/client.ts';
import type { Demo } from '../e2e/parley-process.ts';

/** The running Parley that is measured. */
export interface Subject {
  readonly url: string;
  readonly pid: number;
  readonly demo: Demo;
}

export interface SignedIn {
  readonly token: string;
  readonly client: Client;
}

export async function signIn({ url, demo }: Subject): Promise<SignedIn> {
  const { body } = await createClient({ baseUrl: url }).call(tokenByAkSk, { app_key: demo.c1.appKey, app_secret: demo.c1.appSecret }, { 'x-token-expire': '3600' });
  return { token: body.AccessToken, client: createClient({ baseUrl: url, authorize: withBearer(body.AccessToken), timeoutMs: 120_000 }) };
}

/** Requests a second over a few seconds of load; fails when a reply was not 2xx. */
export async function load(options: autocannon.Options): Promise<{ perSecond: number; p99: number }> {
  const result = await autocannon(options);
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} replies were not 2xx, ${result.errors} requests failed`);
  return { perSecond: result.requests.average, p99: result.latency.p99 };
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
