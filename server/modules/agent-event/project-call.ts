import { agentsOf, FEATURE, REASON, type Call } from '@parley/core/call/call.ts';
import type { CallEvent } from '@parley/core/call/event.ts';
import { partnersOf } from '@parley/core/call/three-party.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { diallersIn, inTalk, isIn, isThreeParty, NOTHING, otherGone, talking, talkersOf, talkOn } from './call-notice.ts';
import { detected, detectedAtOwnPhone } from './detected.ts';
import { notice, type Notice } from './notice.ts';
import type { NoticesOf } from './project.ts';

type Left = Extract<CallEvent, { type: 'AgentLeft' }>;

/** Ways of leaving after which somebody else has the agent's place: the others have lost nobody. */
const REPLACED: ReadonlySet<Left['why']> = new Set(['transferred', 'intercepted']);

/** 6.1.2.9 and 6.1.2.14: who goes over into another call is told that those of the former one are gone from it. */
function leavesAll({ agent, why }: Left, call: Call): boolean {
  if (why === 'ended' || why === 'merged') return true;
  // 6.1.2.16 and 6.1.2.4: between two agents, whoever hangs up sees the other go too.
  return call.feature === FEATURE.internal && why === 'released' && agentsOf(call).filter((part) => part.agent !== agent).length === 1;
}

/** The agent is out of one call; of three who talked two talk on. */
function left(event: Left, centre: Centre): readonly Notice[] {
  const { call: id, agent, why, leave } = event;
  const call = centre.calls.get(id);
  // Of a call that becomes a conference, the conference tells (6.5.1.10).
  if (call === undefined || leave === REASON.conference) return NOTHING;
  // 6.1.2.14: who brings the others along is told of the conference alone.
  const isJoining = why === 'merged' && leave === REASON.threePartyTalk && call.parts.length > 0;
  const isLoss = !REPLACED.has(why);
  return [
    ...(leavesAll(event, call) ? partnersOf(call, agent).map((number) => otherGone(agent, id, number)) : NOTHING),
    ...(isJoining ? NOTHING : [notice(agent, 'AgentEvent_Call_Release', id)]),
    ...(isLoss ? agentsOf(call).map((part) => otherGone(part.agent, id, String(agent))) : NOTHING),
    ...(isLoss && why !== 'merged' ? talkOn(centre, call) : NOTHING),
    ...(why === 'transferred' && leave === REASON.connectHold ? talkersOf(centre, call) : NOTHING),
  ];
}

/** 6.5.1.2.5 and 6.5.1.2.6: why first, so that a desktop knows it when it shows that the call has failed. */
const callOutFailed = (agent: number, call: string, cause: ReturnType<typeof detected>): readonly Notice[] => [
  notice(agent, 'OUTBOUND_DETECT_EVENT', { callId: call, ...cause }), notice(agent, 'AgentEvent_Call_Out_Fail', call),
];

const isOutbound = ({ feature }: Call): boolean => feature === FEATURE.outbound || feature === FEATURE.preview;

/** 6.5.1.2.18: what it was called for, as every call begins by voice; whether there are pictures, 6.1.2.18 finds out. */
const ability = (call: Call, agent: number): Notice => notice(agent, 'AgentEvent_UserMediaAbility', { userAbility: '1', callid: call.id });

/** The number outside is talked to, by the agent who dialled it or who is about to transfer a call there. */
function connected(centre: Centre, call: Call, leg: string): readonly Notice[] {
  const { third } = call;
  if (third?.leg === leg) return third.purpose === 'talk' && isIn(centre, call, third.by) ? [talking(call, third.by)] : NOTHING;
  return diallersIn(centre, call).flatMap(({ agent }) => [...(isOutbound(call) ? [ability(call, agent)] : NOTHING), talking(call, agent)]);
}

const isUp = (centre: Centre, leg: string | undefined): boolean => leg !== undefined && centre.legs.get(leg)?.state === 'up';

const isRinging = (centre: Centre, leg: string | undefined): boolean => {
  const state = leg === undefined ? undefined : centre.legs.get(leg)?.state;
  return state === 'dialling' || state === 'ringing';
};

/** What agents are told of those who come into a call and leave it (6.5.1.2). */
export const CALL_NOTICES: NoticesOf = {
  AgentJoined: ({ call: id, agent, how, enter, held }, centre) => {
    const call = centre.calls.get(id);
    const own = centre.agents.get(agent);
    if (call === undefined || own === undefined) return NOTHING;
    switch (how) {
      case 'dialled':
        // 6.1.2.1: else when the phone is off the hook. Who talks already is busy already.
        return isUp(centre, own.leg) && own.before !== 'talking' ? [notice(agent, 'AgentState_Busy', null)] : NOTHING;
      case 'merged':
        if (held === true) return [notice(agent, 'AgentEvent_Hold', id)];
        return enter === REASON.helperReleased ? [talking(call, agent)] : NOTHING;
      case 'intercepted':
        return isThreeParty(call) ? talkersOf(centre, call) : [talking(call, agent)];
      case 'auto':
      case 'manual':
        return [talking(call, agent), ...diallersIn(centre, call).map((dialler) => talking(call, dialler.agent))];
      default:
        return how satisfies never;
    }
  },
  AgentLeft: left,
  AgentPromoted: ({ call: id, agent }, centre) => {
    const call = centre.calls.get(id);
    return call !== undefined && isIn(centre, call, agent) ? inTalk(call, agent) : NOTHING;
  },
  CustomerConnected: ({ call: id, leg }, centre) => {
    const call = centre.calls.get(id);
    return call === undefined ? NOTHING : connected(centre, call, leg);
  },
  CustomerLeft: ({ call: id, leg, by, personal, cause }, centre) => {
    const call = centre.calls.get(id);
    if (call === undefined || by === 'merged') return NOTHING;
    if (by === 'failed') return diallersIn(centre, call).flatMap(({ agent }) => callOutFailed(agent, id, detected(cause)));
    // Who never answered has not been in the call.
    if (isRinging(centre, leg)) return NOTHING;
    return [...agentsOf(call).map(({ agent }) => otherGone(agent, id, personal?.number ?? '')), ...talkOn(centre, call)];
  },
  CallFailed: ({ call: id, agent, whose, cause }, centre) => {
    if (whose === 'callee') return [notice(agent, 'AgentEvent_Inside_Call_Fail', id)];
    const isInternal = centre.calls.get(id)?.feature === FEATURE.internal;
    return isInternal ? [notice(agent, 'AgentEvent_Connect_Fail', id)] : callOutFailed(agent, id, detectedAtOwnPhone(cause));
  },
  /** 6.5.1.2.17. */
  MediaSwitched: ({ call: id, agents, to, ok }, centre) => {
    const call = centre.calls.get(id);
    if (call === undefined) return NOTHING;
    const content = { callid: id, reason: ok ? 0 : 1, caller: call.caller, mediaType: to === 'video' ? 3 : 1, called: call.called };
    return agents.map((agent) => notice(agent, 'AgentEvent_MediaSwitth', content));
  },
  CallHeld: ({ call, agent }) => [notice(agent, 'AgentEvent_Hold', call)],
  CallRetrieved: ({ call: id, agent }, centre) => {
    const call = centre.calls.get(id);
    return call === undefined ? NOTHING : inTalk(call, agent);
  },
};
