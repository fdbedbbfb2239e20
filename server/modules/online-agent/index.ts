import type { Handler } from '@parley/contract/handler.ts';
import { noteHandlers } from './note-operations.ts';
import { passwordHandlers, type PasswordDependencies } from './password-operations.ts';
import { presenceHandlers, type PresenceDependencies } from './presence-operations.ts';
import { settingHandlers } from './setting-operations.ts';
import { signInHandlers, type SignInDependencies } from './sign-in.ts';
import { standingHandlers, type StandingDependencies } from './standing-operations.ts';
import { stateHandlers } from './state-operations.ts';

export { c4Authenticator } from './authenticator.ts';
export { createGuids } from './guid.ts';
export { createGuidNow, type GuidNow } from './guid-now.ts';
export { createPushOf, tokenOwner } from './push-address.ts';
export { refusalOf, type Codes } from './refusals.ts';
export { createBeginSession, type BeginSession } from './sign-in.ts';

export type OnlineAgentDependencies = SignInDependencies & PresenceDependencies & StandingDependencies & PasswordDependencies;

/** All of 6.1.1. */
export function onlineAgentHandlers(deps: OnlineAgentDependencies): readonly Handler[] {
  return [
    ...signInHandlers(deps), ...presenceHandlers(deps), ...standingHandlers(deps), ...stateHandlers(deps), ...settingHandlers(deps),
    ...noteHandlers(deps), ...passwordHandlers(deps),
  ];
}
