import type { AgentConfig, CentreConfig, ConfigChange } from './config.ts';

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What must change for the configuration to be as its rows say; undefined when it is so already. */
export function diffConfig(config: CentreConfig, rows: ConfigChange): ConfigChange | undefined {
  const changed = <T extends { readonly id: number }>(now: ReadonlyMap<number, unknown>, next: readonly T[] = []): readonly T[] =>
    next.filter((one) => !isSame(now.get(one.id), one));
  const gone = (now: ReadonlyMap<number, unknown>, next: readonly { readonly id: number }[] = []): readonly number[] => {
    const ids = new Set(next.map(({ id }) => id));
    return [...now.keys()].filter((id) => !ids.has(id));
  };
  const agents = changed(config.agents, rows.agents);
  const agentsGone = gone(config.agents, rows.agents);
  const queues = changed(config.queues, rows.queues);
  const queuesGone = gone(config.queues, rows.queues);
  const flows = changed(config.flows, rows.flows);
  const flowsGone = gone(config.flows, rows.flows);
  const groups = changed(config.groups, rows.groups);
  const groupsGone = gone(config.groups, rows.groups);
  const roles = (rows.roles ?? []).filter(({ id, bits }) => !isSame([...config.roles.get(id) ?? []], bits));
  const limits = rows.limits !== undefined && !isSame(config.limits, rows.limits) ? rows.limits : undefined;
  const recording = rows.recording !== undefined && !isSame(config.recording, rows.recording) ? rows.recording : undefined;
  const change: ConfigChange = {
    ...(agents.length > 0 ? { agents } : {}), ...(agentsGone.length > 0 ? { agentsGone } : {}),
    ...(queues.length > 0 ? { queues } : {}), ...(queuesGone.length > 0 ? { queuesGone } : {}),
    ...(flows.length > 0 ? { flows } : {}), ...(flowsGone.length > 0 ? { flowsGone } : {}),
    ...(groups.length > 0 ? { groups } : {}), ...(groupsGone.length > 0 ? { groupsGone } : {}),
    ...(roles.length > 0 ? { roles } : {}), ...(limits === undefined ? {} : { limits }),
    ...(recording === undefined ? {} : { recording }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

/** The same where only some agents were read again; those of them that were not found are gone. */
export function diffAgents(config: CentreConfig, ids: readonly number[], found: readonly AgentConfig[]): ConfigChange | undefined {
  const there = new Set(found.map(({ id }) => id));
  const agents = found.filter((agent) => !isSame(config.agents.get(agent.id), agent));
  const agentsGone = ids.filter((id) => !there.has(id) && config.agents.has(id));
  if (agents.length === 0 && agentsGone.length === 0) return undefined;
  return { ...(agents.length > 0 ? { agents } : {}), ...(agentsGone.length > 0 ? { agentsGone } : {}) };
}
