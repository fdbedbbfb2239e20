import type { MoveCause } from '../centre/event.ts';
import type { Step } from '../centre/step.ts';
import { assignTo } from '../queue/routing.ts';
import { ENGAGED, type Agent } from './agent.ts';

/**
 * What an agent does whose hands are free again. Held calls keep the agent talking. With `releasephone` the phone is hung
 * up first, as is a phone that still rings, and until it is the agent is in wrap-up (6.1.1.17); then what was asked for
 * during the call, then idle or wrap-up as the agent chose.
 */
export function afterCall(step: Step, agent: Agent): void {
  if (agent.call !== undefined || !ENGAGED.has(agent.state)) return;
  if (agent.held.length > 0) {
    if (agent.state !== 'talking') step.emit({ type: 'AgentMoved', agent: agent.id, to: 'talking', cause: 'released' });
    return;
  }
  const leg = agent.leg === undefined ? undefined : step.centre.legs.get(agent.leg);
  const phoneGoes = leg !== undefined && (agent.profile.releasePhone || leg.state !== 'up');
  if (!phoneGoes) {
    settle(step, agent);
    return;
  }
  if (leg.state !== 'dropping') step.emit({ type: 'LegDropped', leg: leg.id, cause: 0 });
  step.emit({ type: 'AgentMoved', agent: agent.id, to: 'wrapUp', cause: 'released' });
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
  } else if (pending?.kind === 'busy') {
    step.emit({ type: 'AgentMoved', agent: agent.id, to: 'busy', cause: 'pending', reason: pending.reason });
  } else if (pending?.kind === 'idle' || agent.profile.autoEnterIdle) {
    toIdle(step, agent, 'released');
  } else wrapUp(step, agent);
}

/** A wrap-up begins, or the one that waited for the phone: a queue without a time leaves the end of it to the agent (6.1.1.15). */
function wrapUp(step: Step, agent: Agent): void {
  const ms = (agent.lastQueue === undefined ? undefined : step.centre.config.queues.get(agent.lastQueue)?.maxWrapUpMs) ?? 0;
  const until = ms > 0 ? step.at + ms : undefined;
  if (agent.state !== 'wrapUp') step.emit({ type: 'AgentMoved', agent: agent.id, to: 'wrapUp', cause: 'released', ...(until === undefined ? {} : { until }) });
  else if (until !== undefined) step.emit({ type: 'WrapUpLimited', agent: agent.id, until });
}
