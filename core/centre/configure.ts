import { signOut, SIGN_OUT } from '../agent/session.ts';
import { endForbidden } from '../inspection/end.ts';
import { assignTo, divert } from '../queue/routing.ts';
import type { ConfigChange } from './config.ts';
import { callOf, type Step } from './step.ts';

/**
 * A changed configuration is in force, with what follows from it: agents who are no more are signed out, who may not inspect
 * any more stops, calls that wait in a queue that is no more are released, and agents with other skills get what waits for these.
 */
export function configure(step: Step, change: ConfigChange): void {
  const { agents, queues } = step.centre;
  step.emit({ type: 'Configured', change });
  for (const id of change.agentsGone ?? []) {
    const agent = agents.get(id);
    if (agent !== undefined) signOut(step, agent, SIGN_OUT.removed);
  }
  endForbidden(step);
  for (const id of change.queuesGone ?? []) {
    const queue = queues.get(id);
    for (const call of [...queue?.returned ?? [], ...queue?.waiting ?? []]) divert(step, callOf(step, call), id, 'noAgents');
  }
  for (const { id } of change.agents ?? []) {
    const agent = agents.get(id);
    if (agent !== undefined) assignTo(step, agent);
  }
}
