/** Agent types of 5.1.1. */
export const AGENT_TYPE = { audio: 4, multimedia: 5, video: 11, versatile: 99 } as const;

/**
 * Media types (5.2.1) of the queues that suit each agent type. 5.1.1 asks for "the same type" and says no more: an audio
 * agent takes calls and click-to-dial, a video agent can see and hear and so takes both, a multimedia agent takes chats.
 */
export const SUITED_MEDIA: Readonly<Record<number, readonly number[]>> = {
  [AGENT_TYPE.audio]: [5, 2],
  [AGENT_TYPE.video]: [5, 2, 19, 18],
  [AGENT_TYPE.multimedia]: [53],
  [AGENT_TYPE.versatile]: [5, 2, 19, 18, 53],
};

export interface Skill {
  readonly queueId: number;
  /** A larger one goes first, among agents and among an agent's queues. */
  readonly agentWeight: number;
  readonly skillWeight: number;
}

export type SkillProblem =
  | { readonly kind: 'repeated' | 'unknown'; readonly queueId: number }
  | { readonly kind: 'unsuited'; readonly queueId: number; readonly media: number };

/** The first thing that is wrong with an agent's skills, or undefined; `media` tells the media type of each queue there is. */
export function checkSkills(agentType: number, skills: readonly Pick<Skill, 'queueId'>[], media: ReadonlyMap<number, number>): SkillProblem | undefined {
  const suited = SUITED_MEDIA[agentType] ?? [];
  const seen = new Set<number>();
  for (const { queueId } of skills) {
    if (seen.has(queueId)) return { kind: 'repeated', queueId };
    seen.add(queueId);
    const found = media.get(queueId);
    if (found === undefined) return { kind: 'unknown', queueId };
    if (!suited.includes(found)) return { kind: 'unsuited', queueId, media: found };
  }
  return undefined;
}
