import type { Skill } from '../agent/skills.ts';
import type { Treatment } from '../queue/treatment.ts';

/** What decisions use of an agent's configuration. Nothing personal stands here, as it is journaled. */
export interface AgentConfig {
  readonly id: number;
  readonly roleId: number;
  /** 5.1.1 agent type: 4 voice, 11 video. */
  readonly type: number;
  readonly skills: readonly Skill[];
  /** The user group (12.3.4) to which the agent belongs: whose calls the agent may pick up (6.1.2.21), and whom it inspects or is inspected by. */
  readonly group?: number;
}

/** A user group (12.3.4), and the groups whose members those of this one may inspect: an inspector group's alone has any. */
export interface GroupConfig {
  readonly id: number;
  readonly inspects: readonly number[];
}

export interface QueueConfig {
  readonly id: number;
  readonly name: string;
  /** 5.2.1 media: 5 voice, 53 multimedia, 19 video, 2 and 18 click-to-dial. */
  readonly media: number;
  readonly maxWaitMs: number;
  readonly maxWaiting: number;
  readonly maxWrapUpMs: number;
  readonly treatment: Treatment;
}

export interface FlowConfig {
  readonly id: number;
  /** At which calls are sent to it (6.1.2.11), and which stands in their records (13.2.2.1). */
  readonly accessCode: string;
}

/** Permission bits of a role (6.3.8). */
export interface RoleConfig {
  readonly id: number;
  readonly bits: readonly number[];
}

/** Caps of the tenant; what is not told is unlimited. */
export interface Limits {
  readonly signedIn?: number;
  readonly voiceChannels?: number;
  /** 12.1: whether inspectors are inspected too; not unless told. */
  readonly inspectInspectors?: boolean;
}

/** 13.1.1: what is recorded, and what recordings are called. */
export interface RecordingConfig {
  /** Whether every talk of an agent is recorded. */
  readonly automatic: boolean;
  /** Whether agents begin and stop recordings (13.1.1.9, 13.1.1.10). */
  readonly byAgents: boolean;
  /** Whether they may say into which file (500-011). */
  readonly toFiles: boolean;
  readonly ccId: number;
  readonly timeZone: string;
}

/** What changed, as it is journaled: a replay sees the configuration that each decision saw. */
export interface ConfigChange {
  readonly agents?: readonly AgentConfig[];
  readonly agentsGone?: readonly number[];
  readonly queues?: readonly QueueConfig[];
  readonly queuesGone?: readonly number[];
  readonly flows?: readonly FlowConfig[];
  readonly flowsGone?: readonly number[];
  readonly groups?: readonly GroupConfig[];
  readonly groupsGone?: readonly number[];
  readonly roles?: readonly RoleConfig[];
  readonly limits?: Limits;
  readonly recording?: RecordingConfig;
}

export interface CentreConfig {
  readonly agents: Map<number, AgentConfig>;
  readonly queues: Map<number, QueueConfig>;
  readonly flows: Map<number, FlowConfig>;
  readonly groups: Map<number, GroupConfig>;
  readonly roles: Map<number, ReadonlySet<number>>;
  limits: Limits;
  recording: RecordingConfig;
}

const NO_RECORDING: RecordingConfig = { automatic: false, byAgents: false, toFiles: false, ccId: 1, timeZone: 'UTC' };

export const emptyConfig = (): CentreConfig => ({ agents: new Map(), queues: new Map(), flows: new Map(), groups: new Map(), roles: new Map(), limits: {}, recording: NO_RECORDING });

/** Puts a change in force. */
export function applyConfig(config: CentreConfig, change: ConfigChange): void {
  for (const agent of change.agents ?? []) config.agents.set(agent.id, agent);
  for (const id of change.agentsGone ?? []) config.agents.delete(id);
  for (const queue of change.queues ?? []) config.queues.set(queue.id, queue);
  for (const id of change.queuesGone ?? []) config.queues.delete(id);
  for (const flow of change.flows ?? []) config.flows.set(flow.id, flow);
  for (const id of change.flowsGone ?? []) config.flows.delete(id);
  for (const group of change.groups ?? []) config.groups.set(group.id, group);
  for (const id of change.groupsGone ?? []) config.groups.delete(id);
  for (const role of change.roles ?? []) config.roles.set(role.id, new Set(role.bits));
  if (change.limits !== undefined) config.limits = change.limits;
  if (change.recording !== undefined) config.recording = change.recording;
}
