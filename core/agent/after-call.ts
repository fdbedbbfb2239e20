import type { MoveCause } from '../centre/event.ts';
import type { Step } from '../centre/step.ts';
import { assignTo } from '../queue/routing.ts';
import type { Agent } from './agent.ts';

/** The longest wrap-up where no queue says: an agent forgotten in it would never get a call again. */
const WRAP_UP_MS = 0;

/**
 * What an agent does whose hands are free again. Held calls keep the agent talking. With `releasephone` the phone is hung
 * up first, and until it is the agent is in wrap-up (6.1.1.17); then what was asked for during the call, then idle or
 * wrap-up as the agent chose.
 */
export function afterCall(step: Step, agent: Agent): void {
  if (agent.call !== undefined) return;
  if (agent.held.length > 0) {
    if (agent.state !== 'talking') step.emit({ type: 'AgentMoved', agent: agent.id, to: 'talking', cause: 'released' });
    return;
  }
  const leg = agent.leg === undefined ? undefined : step.centre.legs.get(agent.leg);
  const phoneGoes = leg !== undefined && (leg.state === 'dropping' || agent.profile.releasePhone || leg.state !== 'up');
  if (leg !== undefined && phoneGoes && leg.state !== 'dropping') step.emit({ type: 'LegDropped', leg: leg.id, cause: 0 });
  if (phoneGoes) {
    if (agent.state !== 'wrapUp') step.emit({ type: 'AgentMoved', agent: agent.id, to: 'wrapUp', cause: 'released' });
    return;
  }
  settle(step, agent);
}

/** Whoever becomes idle is given what waits, in the same decision. */
export function toIdle(step: Step, agent: Agent, cause: MoveCause, by?: number): void {
  step.emit({ type: 'AgentMoved', agent: agent.id, to: 'idle', cause, ...(by === undefined ? {} : { by }) });
  assignTo(step, agent);
}

/** Where the agent goes from the end of a call, the phone being as it should be. */
export function settle(step: Step, agent: Agent): void {
  const { pending } = agent;
  if (pending?.kind === 'rest') {
    step.emit({ type: 'AgentMoved', agent: agent.id, to: 'rest', cause: 'pending', reason: pending.reason, until: step.at + pending.ms });
  } else if (pending !== undefined) {
    step.emit({ type: 'AgentMoved', agent: agent.id, to: 'busy', cause: 'pending', reason: pending.reason });
  } else if (agent.profile.autoEnterIdle) {
    toIdle(step, agent, 'released');
  } else if (agent.state !== 'wrapUp' || agent.until === undefined) {
    const ms = (agent.lastQueue === undefined ? undefined : step.centre.config.queues.get(agent.lastQueue)?.maxWrapUpMs) ?? WRAP_UP_MS;
    // A queue without a time leaves the end to the agent (cancelwork).
    if (agent.state !== 'wrapUp') step.emit({ type: 'AgentMoved', agent: agent.id, to: 'wrapUp', cause: 'released', ...(ms > 0 ? { until: step.at + ms } : {}) });
    else if (ms > 0) step.emit({ type: 'WrapUpLimited', agent: agent.id, until: step.at + ms });
  }
}
