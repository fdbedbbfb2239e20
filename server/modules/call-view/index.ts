import type { Handler } from '@parley/contract/handler.ts';
import { agentOperationViewHandlers, type AgentOperationViewDependencies } from './agent-operations.ts';
import { callHandlers, type CallDependencies } from './call-operations.ts';
import { createHeardBy } from './hearing.ts';
import { createNamesOf, type NameDependencies } from './names.ts';
import { recordingViewHandlers, type RecordingViewDependencies } from './recording-operations.ts';

type Made = 'namesOf' | 'heardBy';
export type CallViewDependencies = Omit<CallDependencies, Made> & Omit<RecordingViewDependencies, Made> & AgentOperationViewDependencies & NameDependencies;

/** What the console shows of calls, of what was recorded of them, and of what agents did. */
export function callViewHandlers(deps: CallViewDependencies): readonly Handler[] {
  const made = { ...deps, namesOf: createNamesOf(deps), heardBy: createHeardBy(deps) };
  return [...callHandlers(made), ...recordingViewHandlers(made), ...agentOperationViewHandlers(deps)];
}
