import type { Agent } from '../agent/agent.ts';
import { takes } from '../agent/readiness.ts';
import type { Centre } from '../centre/state.ts';
import { countReady, waitingCount, type QueueLive } from '../queue/live.ts';

/** Why an agent gets no call now: one of these words, and details for people. */
export type Obstacle =
  | { readonly why: 'notConfigured' | 'notSignedIn' | 'noSkills' | 'noPhone' | 'takesNoCalls' | 'chatting' }
  | { readonly why: 'state'; readonly state: Agent['state']; readonly since: number; readonly reason: number }
  /** Skills were chosen at the desk (6.1.1.8), and these are left out. */
  | { readonly why: 'skillsLeftOut'; readonly queues: readonly number[] };

/** How the agent stands in one of its queues. */
export interface Standing {
  readonly queue: number;
  readonly name: string;
  readonly waiting: number;
  readonly ready: number;
  /** How many ready agents would get a call before this one: greater weight, or ready for longer. */
  readonly ahead: number | undefined;
  readonly takes: boolean;
}

export interface AgentExplained {
  readonly obstacles: readonly Obstacle[];
  readonly queues: readonly Standing[];
}

function aheadOf(queue: QueueLive, agent: number): number | undefined {
  let ahead = 0;
  for (const weight of queue.weights) {
    for (const id of queue.ready.get(weight) ?? []) {
      if (id === agent) return ahead;
      ahead += 1;
    }
  }
  return undefined;
}

/** Why no call comes to this agent, from the state that decisions are made on. */
export function explainAgent(centre: Centre, id: number): AgentExplained {
  const configured = centre.config.agents.get(id);
  const agent = centre.agents.get(id);
  if (configured === undefined) return { obstacles: [{ why: 'notConfigured' }], queues: [] };
  if (agent === undefined) return { obstacles: [{ why: 'notSignedIn' }], queues: [] };
  const obstacles: Obstacle[] = [];
  if (agent.state !== 'idle') obstacles.push({ why: 'state', state: agent.state, since: agent.since, reason: agent.reason });
  if (agent.profile.phone === '') obstacles.push({ why: 'noPhone' });
  if (!agent.takesCalls) obstacles.push({ why: 'takesNoCalls' });
  if (agent.chats.length > 0) obstacles.push({ why: 'chatting' });
  if (agent.skills.length === 0) obstacles.push({ why: 'noSkills' });
  const leftOut = configured.skills.filter(({ queueId }) => !agent.skills.some((skill) => skill.queueId === queueId)).map(({ queueId }) => queueId);
  if (leftOut.length > 0) obstacles.push({ why: 'skillsLeftOut', queues: leftOut });
  return {
    obstacles,
    queues: agent.skills.map(({ queueId }) => {
      const queue = centre.queues.get(queueId);
      const config = centre.config.queues.get(queueId);
      return {
        queue: queueId, name: config?.name ?? '', waiting: queue === undefined ? 0 : waitingCount(queue), ready: queue === undefined ? 0 : countReady(queue),
        ahead: queue === undefined ? undefined : aheadOf(queue, id), takes: takes(agent, config?.media ?? 0),
      };
    }),
  };
}
