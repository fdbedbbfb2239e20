import type { Skill } from './skills.ts';

/** Agents who have the same skills with the same weights, by the lowest of their work numbers. */
export interface SkillGroup {
  readonly id: number;
  readonly skills: readonly Skill[];
}

/** 12.3.3.5: agents in the order of their work numbers; those without skills are in no group. */
export function skillGroupsOf(agents: readonly { readonly workNo: number; readonly skills: readonly Skill[] }[]): readonly SkillGroup[] {
  const groups = new Map<string, SkillGroup>();
  for (const { workNo, skills } of agents) {
    if (skills.length === 0) continue;
    const inOrder = skills.toSorted((one, other) => one.queueId - other.queueId);
    const key = inOrder.map(({ queueId, skillWeight, agentWeight }) => `${queueId}:${skillWeight}:${agentWeight}`).join(' ');
    if (!groups.has(key)) groups.set(key, { id: workNo, skills: inOrder });
  }
  return [...groups.values()];
}
