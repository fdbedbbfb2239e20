import type { Handler } from '@parley/contract/handler.ts';
import { presenceHandlers, type PresenceDependencies } from './presence-operations.ts';
import { signInHandlers, type SignInDependencies } from './sign-in.ts';
import { stateHandlers } from './state-operations.ts';

export { c4Authenticator } from './authenticator.ts';
export { createGuids } from './guid.ts';
export { createGuidNow, type GuidNow } from './guid-now.ts';
export { createPushOf, tokenOwner } from './push-address.ts';
export { refusalOf, type Codes } from './refusals.ts';

export type OnlineAgentDependencies = SignInDependencies & PresenceDependencies;

export function onlineAgentHandlers(deps: OnlineAgentDependencies): readonly Handler[] {
  return [...signInHandlers(deps), ...presenceHandlers(deps), ...stateHandlers(deps)];
}
