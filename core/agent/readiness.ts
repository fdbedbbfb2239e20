import type { Centre } from '../centre/state.ts';
import { MULTIMEDIA, takesChats } from '../chat/capacity.ts';
import { addReady, newQueueLive, removeReady, type QueueLive } from '../queue/live.ts';
import type { Agent, AgentState } from './agent.ts';

export function queueLive(centre: Centre, id: number): QueueLive {
  let queue = centre.queues.get(id);
  if (queue === undefined) {
    queue = newQueueLive(id);
    centre.queues.set(id, queue);
  }
  return queue;
}

/** Whether the agent could take a call of this medium now, as one from a colleague. */
export const isFree = (agent: Agent, media: number): boolean =>
  (media === MULTIMEDIA ? takesChats(agent) : agent.state === 'idle' && agent.profile.phone !== '');

/** 6.1.1.22: whether it may come from a queue, too. */
export const takes = (agent: Agent, media: number): boolean => agent.takesCalls && isFree(agent, media);

/** Puts the agent among the ready of each queue, or takes the agent out. Who is there already keeps the place. */
export function refresh(centre: Centre, agent: Agent): void {
  for (const { queueId, agentWeight } of agent.skills) {
    const queue = queueLive(centre, queueId);
    if (takes(agent, centre.config.queues.get(queueId)?.media ?? 0)) addReady(queue, agent.id, agentWeight);
    else removeReady(queue, agent.id, agentWeight);
  }
}

/** After the others of the same weight: for who has been given something and can take more. */
export function goLast(centre: Centre, agent: Agent): void {
  for (const { queueId, agentWeight } of agent.skills) removeReady(queueLive(centre, queueId), agent.id, agentWeight);
  refresh(centre, agent);
}

export function recount(centre: Centre, agent: Agent, from: AgentState, to: AgentState): void {
  for (const { queueId } of agent.skills) {
    const { members, states } = queueLive(centre, queueId);
    if (!members.has(agent.id)) continue;
    states[from] = (states[from] ?? 1) - 1;
    states[to] = (states[to] ?? 0) + 1;
  }
}

/** 6.1.1.22: who takes no calls does not stand among the agents of a queue, so that one without others counts as deserted. */
export function join(centre: Centre, agent: Agent): void {
  if (!agent.takesCalls) return;
  for (const { queueId } of agent.skills) {
    const queue = queueLive(centre, queueId);
    queue.members.add(agent.id);
    queue.states[agent.state] = (queue.states[agent.state] ?? 0) + 1;
  }
  refresh(centre, agent);
}

export function leave(centre: Centre, agent: Agent): void {
  for (const { queueId, agentWeight } of agent.skills) {
    const queue = queueLive(centre, queueId);
    if (!queue.members.delete(agent.id)) continue;
    queue.states[agent.state] = (queue.states[agent.state] ?? 1) - 1;
    removeReady(queue, agent.id, agentWeight);
  }
}
