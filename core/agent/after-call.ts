import type { MoveCause } from '../centre/event.ts';
import type { Step } from '../centre/step.ts';
import { leaveTarget } from '../inspection/end.ts';
import { assignTo } from '../queue/routing.ts';
import { ENGAGED, type Agent } from './agent.ts';

/** An agent on a mobile phone has nothing to say idle with (6.1.2.26): after a call that was not answered it comes by itself. */
const MOBILE_BUSY_MS = 60_000;

/**
 * What an agent does whose hands are free again. Held calls keep the agent talking, and so do text sessions. With
 * `releasephone` the phone is hung up first, as is a phone that still rings, and until it is the agent is in wrap-up
 * (6.1.1.17); then what was asked for during the call, then idle or wrap-up as the agent chose.
 */
export function afterCall(step: Step, agent: Agent): void {
  if (agent.call !== undefined || agent.conference !== undefined || !ENGAGED.has(agent.state)) return;
  // 12.1: with the last conversation that there was to be heard, whoever heard it is done.
  if (agent.state === 'talking' && agent.held.length === 0 && agent.lastCall?.medium === 'voice') leaveTarget(step, agent, 'released');
  if (agent.held.length > 0) {
    if (agent.state !== 'talking') step.emit({ type: 'AgentMoved', agent: agent.id, to: 'talking', cause: 'released' });
    return;
  }
  const leg = agent.leg === undefined ? undefined : step.centre.legs.get(agent.leg);
  const phoneGoes = leg !== undefined && (agent.profile.releasePhone || leg.state !== 'up');
  if (phoneGoes && leg.state !== 'dropping') step.emit({ type: 'LegDropped', leg: leg.id, cause: 0 });
  if (agent.chats.length > 0) {
    if (agent.state !== 'talking') step.emit({ type: 'AgentMoved', agent: agent.id, to: 'talking', cause: 'released' });
    assignTo(step, agent);
  } else if (agent.chatOffers.length > 0) {
    // Another session rings yet.
  } else if (phoneGoes) step.emit({ type: 'AgentMoved', agent: agent.id, to: 'wrapUp', cause: 'released' });
  else settle(step, agent);
}

/** Whoever becomes idle is given what waits, in the same decision. */
export function toIdle(step: Step, agent: Agent, cause: MoveCause, by?: number): void {
  step.emit({ type: 'AgentMoved', agent: agent.id, to: 'idle', cause, ...(by === undefined ? {} : { by }) });
  assignTo(step, agent);
}

/** Where the agent goes from the end of a call, the phone being as it should be. */
export function settle(step: Step, agent: Agent): void {
  if (enterPending(step, agent)) return;
  if (agent.pending?.kind === 'idle' || agent.profile.autoEnterIdle) {
    toIdle(step, agent, 'released');
  } else wrapUp(step, agent);
}

/** 6.1.1.10 and 6.1.1.12: the rest or busy that was asked for during the call; tells whether there was one. */
export function enterPending(step: Step, agent: Agent): boolean {
  const { pending } = agent;
  if (pending === undefined || pending.kind === 'idle') return false;
  const { kind: to, reason, by } = pending;
  const until = pending.kind === 'rest' ? step.at + pending.ms : agent.profile.mobile ? step.at + MOBILE_BUSY_MS : undefined;
  step.emit({
    type: 'AgentMoved', agent: agent.id, to, cause: 'pending', reason, ...(until === undefined ? {} : { until }), ...(by === undefined ? {} : { by }),
  });
  return true;
}

/** A wrap-up begins, or the one that waited for the phone: a queue without a time leaves the end of it to the agent (6.1.1.15). */
function wrapUp(step: Step, agent: Agent): void {
  const ms = (agent.lastQueue === undefined ? undefined : step.centre.config.queues.get(agent.lastQueue)?.maxWrapUpMs) ?? 0;
  const until = ms > 0 ? step.at + ms : undefined;
  if (agent.state !== 'wrapUp') step.emit({ type: 'AgentMoved', agent: agent.id, to: 'wrapUp', cause: 'released', ...(until === undefined ? {} : { until }) });
  else if (until !== undefined) step.emit({ type: 'WrapUpLimited', agent: agent.id, until });
}
