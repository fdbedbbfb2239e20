import {
  confAnswer, confLeave, confModifyResource, confProlongTime, confQueryInfos, confQueryVdnConfIds, confReject, confRelease, confRequest, confShiftPresident,
} from '@parley/contract/gateway/agent-conference.ts';
import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import { isRefused } from '@parley/core/centre/refused.ts';
import type { ConferenceAsked } from '@parley/core/conference/command.ts';
import { conferencesOn, conferencesSeen } from '@parley/core/conference/query.ts';
import type { Engine } from '../../engine/engine.ts';
import { toneOf } from './address.ts';
import { conferenceRefusal } from './codes.ts';
import { presentConference } from './present.ts';

export interface ConferenceDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
  /** Whether the tenant may show this number to those it calls. */
  readonly mayShow: (vdnId: number, number: string) => Promise<boolean>;
}

const MINUTES = 60;
const PROMPT_MINUTES = 3;

/** Asks the core, and answers what it tells (the empty text where it tells nothing) or why not. */
export function createConfer(engine: Pick<Engine, 'send'>) {
  return async (vdnId: number, agent: number, asked: ConferenceAsked) => {
    const { result, refused } = await engine.send(vdnId, { kind: 'conference', agent, asked });
    return refused === undefined ? result ?? '' : conferenceRefusal(refused, agent);
  };
}

export const numberNotShown = (number: string) => refuse(gatewayErrors.invalid, { field: 'caller', message: `the tenant has no number ${number} to show` });

/** 6.1.6.1 to 6.1.6.5, 6.1.6.8, 6.1.6.9 and 6.1.6.17 to 6.1.6.19. */
export function conferenceHandlers({ engine, mayShow }: ConferenceDependencies): readonly Handler[] {
  const confer = createConfer(engine);
  const done = async (vdnId: number, agent: number, asked: ConferenceAsked) => {
    const outcome = await confer(vdnId, agent, asked);
    return isRefusal(outcome) ? outcome : {};
  };
  return [
    handle(confRequest, async ({ agentid, memberNum: seats, confCallerNo: caller = '', time: minutes = MINUTES, promptTime: promptMinutes = PROMPT_MINUTES, ...sound }, { vdnId }) => {
      if (promptMinutes >= minutes) return refuse(gatewayErrors.invalid, { field: 'promptTime', message: 'promptTime must be less than time' });
      const tone = toneOf(vdnId, sound);
      if (isRefusal(tone)) return tone;
      if (caller !== '' && !(await mayShow(vdnId, caller))) return numberNotShown(caller);
      return done(vdnId, agentid, { what: 'request', seats, minutes, promptMinutes, caller, ...(tone === undefined ? {} : { tone }) });
    }),
    handle(confAnswer, ({ agentid }, { vdnId }) => done(vdnId, agentid, { what: 'answer' })),
    handle(confReject, ({ agentid }, { vdnId }) => done(vdnId, agentid, { what: 'reject' })),
    handle(confLeave, ({ agentid }, { vdnId }) => done(vdnId, agentid, { what: 'leave' })),
    handle(confRelease, ({ agentid }, { vdnId }) => done(vdnId, agentid, { what: 'release' })),
    handle(confProlongTime, async ({ agentid, prolongTime: minutes }, { vdnId }) => {
      const granted = await confer(vdnId, agentid, { what: 'prolong', minutes });
      return isRefusal(granted) ? granted : { appliedTime: Number(granted) };
    }),
    handle(confShiftPresident, ({ agentid, destAgentNo: to }, { vdnId }) => done(vdnId, agentid, { what: 'shift', to })),
    handle(confModifyResource, ({ agentid, modifyType, modifyNum }, { vdnId }) => done(vdnId, agentid, { what: 'resize', by: modifyType === 0 ? modifyNum : -modifyNum })),
    handle(confQueryInfos, ({ agentid, confIds }, { vdnId, now }) => engine.view(vdnId, (centre) => {
      const agent = centre.agents.get(agentid);
      if (agent === undefined) return refuse(sessionErrors.notSignedIn, { agent: agentid });
      const seen = conferencesSeen(centre, agent, confIds);
      return isRefused(seen) ? conferenceRefusal(seen, agentid) : { confs: seen.map((conference) => presentConference(conference, now)) };
    })),
    handle(confQueryVdnConfIds, ({ agentid }, { vdnId }) => engine.view(vdnId, (centre) => {
      const agent = centre.agents.get(agentid);
      if (agent === undefined) return refuse(sessionErrors.notSignedIn, { agent: agentid });
      const ids = conferencesOn(centre, agent);
      return isRefused(ids) ? conferenceRefusal(ids, agentid) : { confIds: [...ids] };
    })),
  ];
}
