import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Push } from '@parley/core/agent/agent.ts';
import type { Vault } from '../../security/vault.ts';

interface Asked {
  readonly callbackUri?: string | undefined;
  readonly serviceToken?: string | undefined;
  readonly pushUrl?: string | undefined;
}

/** Where the events of a session are pushed to, if anywhere. */
export type PushOf = (vdnId: number, asked: Asked) => Promise<Push | undefined | Refusal>;

const MAX_URL = 200;
export const SERVICE_TOKEN = /^[A-Za-z0-9_.-]{1,50}$/;

/** What a session's service token is sealed to. */
export const tokenOwner = (vdnId: number): string => `service-token:${vdnId}`;

export interface PushDependencies {
  readonly vault: Pick<Vault, 'seal'>;
  readonly trusts: (vdnId: number, url: string) => Promise<boolean>;
}

/** Both fields make it push (6.1.4), one of them makes it poll; `pushUrl` is the form of older clients, which needs no token. */
export function createPushOf({ vault, trusts }: PushDependencies): PushOf {
  return async (vdnId, { callbackUri = '', serviceToken = '', pushUrl = '' }) => {
    const wrong = (message: string): Refusal => refuse(sessionErrors.parameterRefused, { message });
    if (serviceToken !== '' && !SERVICE_TOKEN.test(serviceToken)) return wrong('serviceToken');
    const isOlder = callbackUri === '' && pushUrl !== '';
    const url = isOlder ? pushUrl : callbackUri;
    if (url === '' || (!isOlder && serviceToken === '')) return undefined;
    if (url.length > MAX_URL || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return wrong(isOlder ? 'pushUrl' : 'callbackUri');
    if (!(await trusts(vdnId, url))) return wrong(`${new URL(url).origin} is not in the tenant's list of trusted URLs`);
    return {
      url, form: isOlder ? 'single' : 'list',
      sealedToken: serviceToken === '' ? '' : vault.seal(serviceToken, tokenOwner(vdnId)).toString('base64'),
    };
  };
}
