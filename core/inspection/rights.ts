import type { Agent } from '../agent/agent.ts';
import type { AgentConfig, CentreConfig } from '../centre/config.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';

/** Permission bits of 6.3.8: listening and joining in, interception, forced states. */
export const RIGHT = { listen: 13, intercept: 14, force: 15 } as const;
export type Right = (typeof RIGHT)[keyof typeof RIGHT];

/** The role of 5.1.1 (ccRoleId) whose bearers inspect. */
export const INSPECTOR_ROLE = 3;

/** Whether a role has this permission bit of 6.3.8. */
export const allowedTo = ({ centre: { config } }: Pick<Step, 'centre'>, agent: number, right: Right): boolean =>
  config.roles.get(config.agents.get(agent)?.roleId ?? 0)?.has(right) ?? false;

const isInspector = ({ roleId }: AgentConfig): boolean => roleId === INSPECTOR_ROLE;

/**
 * 12.3.4.8: nobody is inspected across groups until a relation of the two allows it. As long as a tenant has no groups, all
 * of its agents are one; once it has, who is in none of them inspects nobody and is inspected by nobody.
 */
function isWithinReach({ agents, groups }: CentreConfig, inspector: number, target: AgentConfig): boolean {
  const own = agents.get(inspector)?.group;
  if (own === target.group) return own !== undefined || groups.size === 0;
  return own !== undefined && target.group !== undefined && groups.get(own)?.inspects.includes(target.group) === true;
}

/** Whether an agent may do this to another one (12.1): by the role, by the groups of both, and not to an inspector unless the tenant wants that. */
export function mayInspect(step: Pick<Step, 'centre'>, inspector: Pick<Agent, 'id'>, target: number, right: Right): Refused | undefined {
  const { agents, limits } = step.centre.config;
  if (!allowedTo(step, inspector.id, right)) return refused('noPermission', 'the role has no right to it');
  const other = agents.get(target);
  if (other === undefined) return refused('unknownAgent', String(target));
  if (target === inspector.id) return refused('self', String(target));
  if (!isWithinReach(step.centre.config, inspector.id, other)) return refused('noPermission', `no relation of their groups allows inspecting agent ${target}`);
  if (isInspector(other) && limits.inspectInspectors !== true) return refused('noPermission', `agent ${target} is an inspector`);
  return undefined;
}
