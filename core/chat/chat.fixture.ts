import { aQueue, aSkill, createRig, EVERY_BIT, type Rig, type RigOptions } from '../centre/centre.fixture.ts';
import type { ConfigChange } from '../centre/config.ts';

/** Queue 1 is for calls, the queues 53 and 54 for text; the agents 101 to 103 serve all of them. */
export const WRITING: ConfigChange = {
  queues: [aQueue(1), aQueue(53, { media: 53, maxWrapUpMs: 0 }), aQueue(54, { media: 53 })],
  roles: [{ id: 2, bits: EVERY_BIT }, { id: 3, bits: EVERY_BIT }],
  agents: [101, 102, 103].map((id) => ({ id, roleId: 2, type: 99, skills: [aSkill(1), aSkill(53), aSkill(54)] })),
};

export interface Room extends Rig {
  /** Somebody writes; answers the session's id. */
  readonly writes: (media?: number, queue?: number) => string;
  /** How many sessions an agent takes at once. */
  readonly takes: (agent: number, sessions: number, media?: number) => void;
  readonly state: (agent: number) => string | undefined;
  readonly sessions: (agent: number) => readonly string[];
}

export function aRoom({ config = WRITING, ...options }: RigOptions = {}): Room {
  const rig = createRig({ config, ...options });
  return {
    ...rig,
    writes: (media = 51, queue = 53) => rig.does({ kind: 'chatArrives', queue, channel: 'web-1', media, user: 'visitor', called: '600' }).result ?? '',
    takes: (agent, sessions, media = 53) => { rig.does({ kind: 'setCapacity', agent, media, sessions }); },
    state: (agent) => rig.centre.agents.get(agent)?.state,
    sessions: (agent) => rig.centre.agents.get(agent)?.chats ?? [],
  };
}
