import type { Handler } from '@parley/contract/handler.ts';
import { conferenceHandlers, type ConferenceDependencies } from './operations.ts';
import { participantHandlers } from './participant-operations.ts';

export function agentConferenceHandlers(deps: ConferenceDependencies): readonly Handler[] {
  return [...conferenceHandlers(deps), ...participantHandlers(deps)];
}
