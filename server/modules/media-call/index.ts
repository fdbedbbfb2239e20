import type { Handler } from '@parley/contract/handler.ts';
import { mediaCallHandlers, type MediaCallDependencies } from './operations.ts';
import { returnHandlers, type ReturnDependencies } from './return-operations.ts';

export { wrongIn } from './return-operations.ts';

export interface MediaCalls {
  readonly handlers: readonly Handler[];
  /**
   * For channels: what the customer of a session has written goes among the events of its agent (6.5.1.9.1). Answers whether
   * there is one; there is none before an agent has taken the session, nor when it has ended.
   */
  readonly received: (vdnId: number, call: string, message: string) => Promise<boolean>;
}

/** 6.1.5, but for pictures of customers (6.1.5.5). */
export function createMediaCalls(deps: MediaCallDependencies & ReturnDependencies): MediaCalls {
  return {
    handlers: [...mediaCallHandlers(deps), ...returnHandlers(deps)],
    received: async (vdnId, call, text) => (await deps.engine.send(vdnId, { kind: 'customerWrites', call, text })).refused === undefined,
  };
}
