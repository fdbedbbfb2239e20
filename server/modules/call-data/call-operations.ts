import {
  callDataErrors as errors, queryAllCallID, queryAllCallInfoByAgentWorkNoEx, queryCallNumsOnAgent, queryCallStatisticsInfo, queryCallStatisticsInfoEx,
  queryRemoteNumbers,
} from '@parley/contract/gateway/call-data.ts';
import {
  callInfoErrors, queryCallInfo, queryCallInfoBeforeAnswer, queryCallInfoByCallId, queryHoldListInfo, queryHoldListInfoEx, queryWaitCallInfoBySkillId,
} from '@parley/contract/gateway/call-info.ts';
import { inspectionErrors, sessionErrors } from '@parley/contract/gateway/errors.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Agent } from '@parley/core/agent/agent.ts';
import { callsOf, foremostCall, mayAskAbout } from '@parley/core/agent/calls.ts';
import { countersAt } from '@parley/core/agent/counters.ts';
import { WORK_NO } from '@parley/core/agent/work-number.ts';
import type { Call } from '@parley/core/call/call.ts';
import { canonicalCallId } from '@parley/core/call/call-id.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { waitingCalls } from '@parley/core/queue/figures.ts';
import type { Engine } from '../../engine/engine.ts';
import { presentCall, presentCounters, presentCurrent, presentHeld, presentLast, presentWaiting, type Look } from './present.ts';

/** A list of more would be of no use to a desktop, and each call may have 16 KB of data. */
const MAX_WAITING_TOLD = 1000;

const unused = { callskillid: 0, orgcallednum: '', orgicallednum: '', calldata: null, begintime: null, endtime: null };

const heldBy = ({ calls }: Centre, agent: Agent): readonly Call[] => agent.held.flatMap((id) => calls.get(id) ?? []);

/** The numbers of the others in a call: customers' own, and those of agents' phones. */
function othersIn({ agents }: Centre, call: Call, agent: number): readonly string[] {
  return call.parts.flatMap((part) => {
    if (part.kind === 'customer') return [part.number];
    return part.agent === agent ? [] : agents.get(part.agent)?.profile.phone ?? [];
  });
}

/** 6.1.3 without the data of calls: what is told of calls and agents as they are now. */
export function callHandlers({ view }: Pick<Engine, 'view'>): readonly Handler[] {
  const lookAt = <T>(agentid: number, { vdnId, now }: { readonly vdnId: number; readonly now: number }, look: (at: Look) => T): Promise<T | Refusal> =>
    view(vdnId, (centre) => {
      const agent = centre.agents.get(agentid);
      return agent === undefined ? refuse(sessionErrors.notSignedIn, { agent: agentid }) : look({ centre, agent, now });
    });
  const failed = (message: string): Refusal => refuse(sessionErrors.failed, { message });

  return [
    handle(queryCallInfo, ({ agentid, isNoContainLastCall = false }, context) => lookAt(agentid, context, (look) => {
      const call = look.centre.calls.get(foremostCall(look.agent) ?? '');
      if (call !== undefined) return presentCurrent(look, call);
      const { lastCall } = look.agent;
      return isNoContainLastCall && lastCall !== undefined ? presentLast(look, lastCall) : null;
    })),

    handle(queryCallInfoBeforeAnswer, ({ agentid }, context) => lookAt(agentid, context, (look) => {
      const call = look.centre.calls.get(look.agent.call ?? '');
      return call === undefined ? null : presentCall(look, call);
    })),

    handle(queryCallInfoByCallId, ({ agentid, callid }, context) => lookAt(agentid, context, (look) => {
      const asked = canonicalCallId(callid);
      const call = callsOf(look.agent).includes(asked) ? look.centre.calls.get(asked) : undefined;
      return call === undefined ? failed(`the agent has no call ${callid}`) : presentCall(look, call);
    })),

    handle(queryWaitCallInfoBySkillId, ({ agentid, skillid }, context) => lookAt(agentid, context, (look) => {
      if (!look.centre.config.queues.has(skillid)) return failed(`there is no skill queue ${skillid} in this VDN`);
      return waitingCalls(look.centre, skillid, MAX_WAITING_TOLD).map((call) => presentWaiting(look, call, skillid));
    })),

    handle(queryHoldListInfo, ({ agentid }, context) => lookAt(agentid, context, ({ centre, agent }) => {
      const held = heldBy(centre, agent);
      return held.length === 0 ? refuse(callInfoErrors.nothingHeld, { agent: agentid }) : held.map((call) => ({ ...presentHeld(centre, call), ...unused }));
    })),

    handle(queryHoldListInfoEx, ({ agentid, workno }, context) => lookAt(agentid, context, ({ centre }) => {
      if (!mayAskAbout(centre, agentid, workno)) return refuse(callInfoErrors.mayNotQuery, { agent: workno });
      const other = centre.agents.get(workno);
      if (other === undefined) return failed(`agent ${workno} is not signed in`);
      const held = heldBy(centre, other);
      return held.length === 0 ? refuse(callInfoErrors.nothingHeld, { agent: workno }) : held.map((call) => presentHeld(centre, call));
    })),

    handle(queryAllCallInfoByAgentWorkNoEx, ({ agentid, workno }, context) => lookAt(agentid, context, ({ centre }) => {
      const unknown = refuse(errors.callsOfUnknown, { agent: workno });
      const asked = /^\d{3,5}$/.test(workno) ? Number(workno) : 0;
      if (asked < WORK_NO.first || asked > WORK_NO.last) return unknown;
      if (!mayAskAbout(centre, agentid, asked)) return refuse(inspectionErrors.mayNotInspect, { agent: workno });
      if (!centre.config.agents.has(asked)) return unknown;
      const other = centre.agents.get(asked);
      return other === undefined ? [] : [...callsOf(other)];
    })),

    handle(queryAllCallID, ({ agentid }, context) => lookAt(agentid, context, ({ agent }) => [...callsOf(agent)])),

    handle(queryRemoteNumbers, ({ agentid }, context) => lookAt(agentid, context, ({ centre, agent }) =>
      callsOf(agent).flatMap((id) => centre.calls.get(id) ?? []).flatMap((call) => othersIn(centre, call, agentid)))),

    handle(queryCallNumsOnAgent, ({ agentid }, context) => lookAt(agentid, context, ({ agent }) => callsOf(agent).length)),

    handle(queryCallStatisticsInfo, ({ agentid }, context) => lookAt(agentid, context, ({ agent, now }) => presentCounters(countersAt(agent, now)))),

    handle(queryCallStatisticsInfoEx, ({ agentid }, context) => lookAt(agentid, context, ({ agent, now }) => {
      const { talktime, answernums, calloutnums } = presentCounters(countersAt(agent, now));
      return { talktime, answernums, calloutnums };
    })),
  ];
}
