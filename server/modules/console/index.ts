import type { Handler } from '@parley/contract/handler.ts';
import { setupHandlers } from './setup.ts';
import { createSessions, signInHandlers, type SignInDependencies } from './sign-in.ts';
import { userHandlers, type UserDependencies } from './users.ts';

export { orSession } from './behind-session.ts';
export { createStillIn, CSRF_HEADER, SESSION_COOKIE, sessionAuthenticator } from './session.ts';
export { ensureSetupLink } from './setup.ts';
export { createSessions, fromAnotherSite, type Sessions } from './sign-in.ts';
export { createStreams, type Streams } from './streams.ts';
export { createViewerOf, type Viewer, type ViewerOf } from './viewer.ts';

export interface ConsoleDependencies extends SignInDependencies, UserDependencies {}

export function consoleHandlers(deps: ConsoleDependencies): readonly Handler[] {
  const sessions = createSessions(deps);
  return [...setupHandlers(deps, sessions), ...signInHandlers(deps, sessions), ...userHandlers(deps)];
}
