import type { listCallbackAddresses, listSharedKeys, listTrustedUrls } from '@parley/contract/admin/callback.ts';
import type { Result } from '@parley/contract/operation.ts';

export type TrustedUrl = Result<typeof listTrustedUrls>['trustedUrls'][number];
export type CallbackAddress = Result<typeof listCallbackAddresses>['callbackAddresses'][number];
export type SharedKey = Result<typeof listSharedKeys>['sharedKeys'][number];

/** Whether it is a URL at all; what else there is to say of one the server says. */
export function isWebUrl(text: string): boolean {
  const url = URL.parse(text.trim());
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}
