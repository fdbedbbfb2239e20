import type { offlineAgentLogin } from '@parley/contract/configuration/offline-agent.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Centre } from '@parley/core/centre/state.ts';

type Mobile = Result<typeof offlineAgentLogin>;

/** 0 of 6.1.2.26: video is joined nowhere but at the media server, and mobile agents have none. */
const SFU = 0;

/** 6.1.2.26: the agent as it is signed in; undefined where the session is over already. */
export function presentMobile({ agents, config }: Centre, workNo: number, session: string): Mobile | undefined {
  const agent = agents.get(workNo);
  const configured = config.agents.get(workNo);
  if (agent?.profile.session !== session || configured === undefined) return undefined;
  return {
    // A session begins idle.
    restTime: '',
    agentType: String(configured.type) as Mobile['agentType'],
    forceLogin: true,
    isAutoAnswer: agent.profile.autoAnswer ? 'true' : 'false',
    videoMode: SFU,
    workNo,
    // An agent has one session: another sign-in ends it.
    isMultiChannelSupport: false,
    isMultiChannelsupport: false,
    skills: agent.skills.flatMap(({ queueId }) => config.queues.get(queueId) ?? []).toSorted((one, other) => one.id - other.id)
      .map(({ id, media }) => ({ skillId: id, mediaTypeId: String(media) as Mobile['skills'][number]['mediaTypeId'] })),
  };
}
