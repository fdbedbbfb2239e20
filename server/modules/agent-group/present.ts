import type { queryAgentInfoByWorkNo, queryAllOnlineAgents } from '@parley/contract/gateway/agent-group.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Agent } from '@parley/core/agent/agent.ts';
import { ctiStateOf, gatewayStateOf } from '@parley/core/agent/projection.ts';
import type { Centre } from '@parley/core/centre/state.ts';

export type AgentNames = ReadonlyMap<number, string>;

/** What is looked at, and when. */
export interface Look {
  readonly centre: Centre;
  readonly names: AgentNames;
  readonly now: number;
}

type AgentOfQueue = Result<typeof queryAllOnlineAgents>[number]['agent'][number];

/** CTI, text chat, mail: for each whether the sign-in succeeded. */
const mediaOf = (agent: Agent | undefined): string => (agent === undefined ? 'FFF' : `T${agent.profile.webm ? 'T' : 'F'}F`);

/** An agent as 5.2.11 to 5.2.13 tell of one, signed in or not. */
export function presentAgent({ centre, names, now }: Look, id: number): AgentOfQueue {
  const agent = centre.agents.get(id);
  const phone = agent?.profile.phone ?? '';
  return {
    workno: String(id),
    name: names.get(id) ?? '',
    status: String(gatewayStateOf(centre, agent)),
    ctiStatus: String(ctiStateOf(centre, agent)),
    groupid: 0,
    groupname: null,
    skilllist: [],
    callids: [],
    mediatype: mediaOf(agent),
    vdnid: centre.vdnId,
    phonenumber: phone, phonenum: phone, phonenummer: phone,
    currentstatetime: agent === undefined ? 0 : Math.max(0, Math.floor((now - agent.since) / 1000)),
    logindate: agent?.signedInAt ?? 0,
    inMultimediaConf: 0,
    currentStateReason: agent?.reason ?? 0,
  };
}

function isConferring({ conferences }: Centre, agent: Agent | undefined): boolean {
  const conference = agent?.conference === undefined ? undefined : conferences.get(agent.conference);
  return [...conference?.participants.values() ?? []].some((one) => one.agent === agent?.id && one.state === 'joined');
}

export function presentDetails(look: Look, id: number): Result<typeof queryAgentInfoByWorkNo> {
  const { centre } = look;
  const agent = centre.agents.get(id);
  const queues = (agent?.skills ?? []).flatMap(({ queueId }) => centre.config.queues.get(queueId) ?? []);
  return {
    ...presentAgent(look, id),
    skilllist: queues.toSorted((one, other) => one.id - other.id).map((queue) => ({ name: queue.name, id: queue.id, mediatype: queue.media })),
    calls: [],
    inMultimediaConf: isConferring(centre, agent) ? 1 : 0,
  };
}

const ascending = (one: number, other: number): number => one - other;

export const presentAgents = (look: Look, ids: Iterable<number>): AgentOfQueue[] => [...ids].toSorted(ascending).map((id) => presentAgent(look, id));

/** The agents who are signed in, under each queue in which they work. */
export function presentByQueue(look: Look): Result<typeof queryAllOnlineAgents> {
  const { centre } = look;
  const places = [...centre.agents.values()].flatMap(({ id, skills }) => skills.map(({ queueId }) => ({ id, queueId })));
  return [...Map.groupBy(places, ({ queueId }) => queueId)].toSorted(([one], [other]) => one - other).flatMap(([queueId, inQueue]) => {
    const queue = centre.config.queues.get(queueId);
    return queue === undefined ? [] : [{ skillId: queueId, skillMediaType: queue.media, agent: presentAgents(look, inQueue.map(({ id }) => id)) }];
  });
}
