import type { cmsAgentByWorkNo, cmsAgentStatusInfo, cmsQueryAgentByStatus, cmsQueryAgentsCalls, cmsTeamAgentStatusInfo } from '@parley/contract/monitoring/agent-live.ts';
import type { cmsAgentByConfigedSkill } from '@parley/contract/monitoring/skill-live.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Agent } from '@parley/core/agent/agent.ts';
import { ctiStateOf, ENCODINGS } from '@parley/core/agent/projection.ts';
import { AGENT_TYPE } from '@parley/core/agent/skills.ts';
import { mediaTypeOf } from '@parley/core/call/media-type.ts';
import { CTI, interfaceStateOf, type StateCounts } from '@parley/core/live/agents.ts';
import { allCallsOf, callStatusOf, wentOutFrom } from '@parley/core/live/calls.ts';
import { secondsBetween } from '@parley/core/live/queue-figures.ts';
import { restsOf, type Rest } from '@parley/core/live/rests.ts';
import { MEDIA } from '@parley/core/queue/treatment.ts';
import type { Look } from './look.ts';

/** What stands for nothing in 12.3: of numbers, durations in seconds and moments. */
export const NONE = 65_535;
export const NO_SECONDS = 4_294_967_295;
const NO_MOMENT = 4_294_967_295_000;
export const NO_GROUP = -1;

const MEDIA_OF_AGENT: Readonly<Record<number, number>> = {
  [AGENT_TYPE.audio]: MEDIA.voice, [AGENT_TYPE.video]: MEDIA.video, [AGENT_TYPE.multimedia]: MEDIA.multimedia, [AGENT_TYPE.versatile]: MEDIA.voice,
};

export const nameOf = ({ names }: Look, id: number): string => names.get(id) ?? '';
export const groupOf = ({ centre }: Look, id: number): number => centre.config.agents.get(id)?.group ?? NO_GROUP;

/** For how long an agent has been in the present state, which may be to be signed out. */
export function stateSecondsOf({ centre, departures, now }: Look, id: number, agent: Agent | undefined): number {
  const since = agent?.since ?? departures.of(centre.vdnId, id)?.at;
  return since === undefined ? NO_SECONDS : secondsBetween(since, now);
}

/** The agents that are named, as far as there are any of them. */
export const agentsNamed = ({ agents }: Look['centre'], ids: readonly number[]): readonly (Agent | undefined)[] => ids.map((id) => agents.get(id));

export function presentStatus(look: Look, id: number): Result<typeof cmsAgentStatusInfo>[number] {
  const { centre, departures } = look;
  const agent = centre.agents.get(id);
  const departure = agent === undefined ? departures.of(centre.vdnId, id) : undefined;
  const before = agent?.before ?? departure?.state ?? 'signedOut';
  const reason = agent?.state === 'rest' ? agent.reason : departure?.cause;
  return {
    agentId: id, locationId: NONE, currentStateReason: reason ?? NONE,
    prevState: ENCODINGS[before].cti, prevStateTime: agent?.beforeMs === undefined ? NO_SECONDS : Math.floor(agent.beforeMs / 1000),
    currentState: ctiStateOf(centre, agent), currentStateTime: stateSecondsOf(look, id, agent),
    logonTime: agent?.signedInAt ?? NO_MOMENT, agentRelease: agent?.counters.released ?? 0, currentPrivateCallNum: agent?.ownQueue.length ?? 0,
  };
}

export function presentState(look: Look, id: number): Result<typeof cmsQueryAgentByStatus>[number] {
  const agent = look.centre.agents.get(id);
  return { agentId: id, locationId: NONE, currentState: ctiStateOf(look.centre, agent), currentStateTime: stateSecondsOf(look, id, agent) };
}

/** What 12.3.1.2.10 and 12.3.1.3.7 tell of an agent, and older releases under other names. */
export function presentAgent(look: Look, id: number): Result<typeof cmsAgentByWorkNo> & Result<typeof cmsAgentByConfigedSkill>[number] {
  const { centre } = look;
  const agent = centre.agents.get(id);
  const ctiStatus = ctiStateOf(centre, agent);
  return {
    workNo: id, vdnId: centre.vdnId, citStatus: ctiStatus, ctiStatus, name: nameOf(look, id), phoneNumber: agent?.profile.phone ?? null, groupId: groupOf(look, id),
    loginDate: agent?.signedInAt ?? NO_MOMENT, currentStateTime: stateSecondsOf(look, id, agent),
    mediaType: agent === undefined ? 0 : MEDIA_OF_AGENT[agent.profile.type] ?? MEDIA.voice,
    status: interfaceStateOf(centre, agent) as Result<typeof cmsAgentByWorkNo>['status'],
  };
}

export function presentCalls({ centre }: Look, id: number): Result<typeof cmsQueryAgentsCalls>[number] {
  const agent = centre.agents.get(id);
  if (agent === undefined) return { agentId: id, callList: [] };
  return {
    agentId: id,
    callList: allCallsOf(centre, agent).map((call) => ({
      callId: call.id, callStatus: callStatusOf(centre, call, agent), callInOut: wentOutFrom(call, id) ? 1 : 0,
      mediaType: mediaTypeOf(call, call.queue === undefined ? undefined : centre.config.queues.get(call.queue)?.media),
    })),
  };
}

type ByState = Omit<Result<typeof cmsTeamAgentStatusInfo>, 'workSubstateBegin'>;

export const inState = ({ inState: states }: StateCounts, state: keyof typeof CTI): number => states[CTI[state]] ?? 0;

export function presentCounts(counts: StateCounts): ByState {
  const of = (state: keyof typeof CTI): number => inState(counts, state);
  return {
    workSubStateBegin: of('wrapUp'), lateAdjust: of('adjusting'), usable: counts.usable, rest: of('rest'), studying: of('study'), setBusy: of('busy'), occupy: of('occupied'),
    idle: of('idle'), preoccupy: of('preoccupied'), answering: of('answering'), talking: of('talking'), loginEd: counts.signedIn,
  };
}

/** Reasons of Table 12-336: nothing but a call keeps from a rest here, as nobody grants one and no number of those who rest is too many. */
const BUSY = 1;
const IN_NO_QUEUE = 3;
const RESTS = 0;
type CantRest = typeof BUSY | typeof IN_NO_QUEUE | typeof RESTS;

function cantRestOf({ agents }: Look['centre'], { agent, isOn }: Rest): CantRest {
  if (isOn) return RESTS;
  return agents.get(agent)?.skills.length === 0 ? IN_NO_QUEUE : BUSY;
}

export interface PresentedRests {
  readonly on: number;
  readonly waiting: number;
  /** Nobody need grant a rest, so nobody has one granted and works on. */
  readonly allowed: 0;
  readonly details: readonly (Rest & { readonly cant: CantRest; readonly seconds: number })[];
}

export function presentRests({ centre }: Look, ids: readonly number[]): PresentedRests {
  const rests = restsOf(centre, ids);
  const on = rests.filter(({ isOn }) => isOn).length;
  return {
    on, waiting: rests.length - on, allowed: 0,
    details: rests.map((rest) => ({ ...rest, cant: cantRestOf(centre, rest), seconds: rest.ms === undefined ? NO_SECONDS : Math.floor(rest.ms / 1000) })),
  };
}
