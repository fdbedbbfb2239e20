import type { Centre } from '../centre/state.ts';
import { addReady, newQueueLive, removeReady, type QueueLive } from '../queue/live.ts';
import type { Agent, AgentState } from './agent.ts';

/** Multimedia (5.2.1): sessions of which an agent may have several at once. */
export const MULTIMEDIA = 53;

export function queueLive(centre: Centre, id: number): QueueLive {
  let queue = centre.queues.get(id);
  if (queue === undefined) {
    queue = newQueueLive(id);
    centre.queues.set(id, queue);
  }
  return queue;
}

/** Whether the agent would take a call of this medium now. */
export function takes(agent: Agent, media: number): boolean {
  if (agent.state !== 'idle') return false;
  return media === MULTIMEDIA ? agent.profile.webm && agent.chats.length < agent.chatCapacity : agent.chats.length === 0 && !agent.profile.ctiOnly;
}

/** Puts the agent among the ready of each queue, or takes the agent out. */
export function refresh(centre: Centre, agent: Agent): void {
  for (const { queueId, agentWeight } of agent.skills) {
    const queue = queueLive(centre, queueId);
    if (takes(agent, centre.config.queues.get(queueId)?.media ?? 0)) addReady(queue, agent.id, agentWeight);
    else removeReady(queue, agent.id, agentWeight);
  }
}

export function recount(centre: Centre, agent: Agent, from: AgentState, to: AgentState): void {
  for (const { queueId } of agent.skills) {
    const { states } = queueLive(centre, queueId);
    states[from] = (states[from] ?? 1) - 1;
    states[to] = (states[to] ?? 0) + 1;
  }
}

export function join(centre: Centre, agent: Agent): void {
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
    queue.members.delete(agent.id);
    queue.states[agent.state] = (queue.states[agent.state] ?? 1) - 1;
    removeReady(queue, agent.id, agentWeight);
  }
}
