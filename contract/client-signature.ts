import type { Authorize } from './client.ts';
import { sign } from './wire/auth-v2.ts';

/** C2: the auth-v2 signature of 4.3. By itself, as it needs Node's cryptography, which browsers lack. */
export function withSignature(accessKey: string, secretKey: string, now: () => Date = () => new Date()): Authorize {
  return ({ method, url, headers, body }) => ({
    authorization: sign({ accessKey, secretKey, method, url, headers: { host: headers['host'] ?? '' }, body: body ?? '', at: now() }),
  });
}
