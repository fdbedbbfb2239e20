import { setAgentAutoAnswer, setAgentAutoEnterIdle, setTalkRight } from '@parley/contract/gateway/agent-setting.ts';
import { queryAgentSkills, queryAgentSkillsByWorkNo, colleagueErrors, resetSkill } from '@parley/contract/gateway/agent-skill.ts';
import { cancelSetCustomState, queryCustomState, setCustomState } from '@parley/contract/gateway/agent-state.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { Engine } from '../../engine/engine.ts';
import { carryOut } from './carry-out.ts';

/** 6.1.1.7, 6.1.1.17: whatever is not `true` means no. */
const isYes = (text: string): boolean => text.toLowerCase() === 'true';

/** The queues that are configured for an agent of the VDN, by id. */
function queuesOf({ config }: Centre, workNo: number) {
  return config.agents.get(workNo)?.skills
    .flatMap(({ queueId }) => config.queues.get(queueId) ?? [])
    .toSorted((one, other) => one.id - other.id)
    .map(({ id, name, media }) => ({ name, id, mediatype: media }));
}

export interface SettingDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
  readonly canPickUp: (number: string) => Promise<boolean>;
}

/** What an agent sets for the session (6.1.1.7, 6.1.1.17, 6.1.1.22, 6.1.1.27 to 6.1.1.29), and its skill queues (6.1.1.5, 6.1.1.6, 6.1.1.8). */
export function settingHandlers({ engine, canPickUp }: SettingDependencies): readonly Handler[] {
  return [
    handle(setAgentAutoAnswer, ({ agentid: agent, isautoanswer }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'adjust', agent, change: { autoAnswer: isYes(isautoanswer) } })),
    handle(setAgentAutoEnterIdle, ({ agentid: agent, flag }, { vdnId }) =>
      carryOut(engine, vdnId, { kind: 'adjust', agent, change: { autoEnterIdle: isYes(flag) } })),
    handle(setTalkRight, ({ agentid: agent, flag }, { vdnId }) => carryOut(engine, vdnId, { kind: 'setTalkRight', agent, on: flag === 1 })),

    handle(setCustomState, ({ agentid: agent, customstate }, { vdnId }) => carryOut(engine, vdnId, { kind: 'setCustomState', agent, state: customstate })),
    handle(cancelSetCustomState, ({ agentid: agent }, { vdnId }) => carryOut(engine, vdnId, { kind: 'cancelCustomState', agent })),
    handle(queryCustomState, ({ agentid }, { vdnId }) => engine.view(vdnId, ({ agents }) => {
      const agent = agents.get(agentid);
      return agent === undefined ? refuse(sessionErrors.notSignedIn, { agent: agentid }) : { agentcustomstate: String(agent.customState) };
    })),

    handle(queryAgentSkills, ({ agentid }, { vdnId }) => engine.view(vdnId, (centre) => queuesOf(centre, agentid) ?? [])),
    handle(queryAgentSkillsByWorkNo, ({ workno }, { vdnId }) => engine.view(vdnId, (centre) =>
      queuesOf(centre, workno) ?? refuse(colleagueErrors.colleagueUnknown, { agent: workno }))),
    handle(resetSkill, async ({ agentid: agent, autoflag, skillid = '', phonelinkage }, { vdnId }) => {
      const named = skillid.split(';').map((id) => id.trim()).filter((id) => id !== '').map(Number);
      const outcome = await carryOut(engine, vdnId, { kind: 'chooseQueues', agent, ...(isYes(autoflag) ? {} : { queues: named }) });
      if (isRefusal(outcome) || phonelinkage === undefined) return outcome;
      const phone = await engine.view(vdnId, ({ agents }) => agents.get(agent)?.profile.phone ?? '');
      const phoneLinked = phonelinkage === 1 && await canPickUp(phone);
      return carryOut(engine, vdnId, { kind: 'adjust', agent, change: { phoneLinkage: phonelinkage === 1, phoneLinked } });
    }),
  ];
}
