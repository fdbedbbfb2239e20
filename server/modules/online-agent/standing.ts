import type { syncAgentInfo } from '@parley/contract/gateway/agent-presence.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Agent } from '@parley/core/agent/agent.ts';
import { foremostCall } from '@parley/core/agent/calls.ts';
import { standingOf, syncStateBefore, syncStateOf, type Standing } from '@parley/core/agent/projection.ts';
import { partOf, type Call } from '@parley/core/call/call.ts';
import { visitOf } from '@parley/core/call/waited.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { recordingsOf } from '@parley/core/recording/recording.ts';

/** Who asks, of which moment. */
export interface Look {
  readonly centre: Centre;
  readonly agent: Agent;
  readonly now: number;
}

type StateInfo = Result<typeof syncAgentInfo>['agentStateInfo'];

/** Table 6-93, as far as what the agent does now tells it. */
const COMMANDS: Partial<Readonly<Record<Standing, number>>> = {
  held: 6, muted: 8, threeParty: 18, playing: 19, inserting: 20, listening: 21, whispering: 24, busy: 30, rest: 31,
};

function commandOf(standing: Standing, agent: Agent, call: Call | undefined): number {
  // The first call that is made, and one beside those on hold.
  if (standing === 'dialling') return agent.held.length === 0 ? 4 : 5;
  const purpose = call?.third?.purpose;
  if (standing === 'helping') return purpose === 'help' ? 17 : 16;
  if (standing === 'transferring') {
    if (purpose === 'talk') return 12;
    if (purpose === 'threeParty') return 13;
    return purpose === 'afterSuccess' ? 11 : 14;
  }
  return COMMANDS[standing] ?? 0;
}

/** The others in a call: work numbers, and numbers of people outside. */
const partnersIn = (call: Call, agent: number): readonly string[] =>
  call.parts.flatMap((part) => (part.kind === 'customer' ? [part.number] : part.agent === agent ? [] : [String(part.agent)]));

const moment = (at: number | undefined): string | null => (at === undefined ? null : String(at));

/** Where the agent stands, for a page that is loaded again (6.1.1.25). */
export function presentStanding({ centre, agent, now }: Look): StateInfo {
  const standing = standingOf(centre, agent);
  const callOf = (id: string | undefined): Call | undefined => (id === undefined ? undefined : centre.calls.get(id));
  const present = callOf(agent.call);
  const [firstHeld] = agent.held;
  const call = callOf(foremostCall(agent));
  const first = callOf(firstHeld) ?? present;
  const own = (of: Call | undefined) => (of === undefined ? undefined : partOf(of, agent.id));
  const held = own(callOf(agent.held.at(-1)));
  const talk = own(present);
  // Who dials is part of the call before anybody talks.
  const talkedSince = (of: Call | undefined) => (of === undefined || own(of) === undefined ? undefined : visitOf(of, agent.id)?.talkFrom);
  const curCommand = commandOf(standing, agent, present);
  const stateBegan = standing === 'held' ? held?.heldSince ?? agent.since : agent.since;
  return {
    callFeature: call?.feature ?? 0,
    callData: call?.data ?? '',
    lastState: syncStateBefore(agent),
    preBusy: agent.preBusy !== undefined,
    firsttalkingFlag: talk !== undefined && agent.held.length === 0,
    workNo: String(agent.id),
    qcWorkNo: String(agent.inspectors[0] ?? ''),
    callerNo: call?.caller ?? '',
    beginHoldTime: moment(held?.heldSince),
    state: syncStateOf(centre, agent),
    talkingCallfeature: talk === undefined ? 0 : present?.feature ?? 0,
    releaseFlag: 0,
    calledNo: call?.called ?? '',
    mainCallId: first?.id ?? '',
    secondTalkingTime: moment(agent.held.length > 0 ? talkedSince(present) : undefined),
    preRest: agent.preRest !== undefined,
    recordID: recordingsOf(centre, agent).at(-1)?.id ?? '',
    currentTime: String(now),
    beginTalkingTime: moment(talkedSince(first)),
    partner: call === undefined ? '' : partnersIn(call, agent.id).join(','),
    holdCallId: agent.held.at(-1) ?? '',
    agentStateBeginTime: stateBegan,
    curCommand,
    curCallId: agent.call ?? '',
    cmdBeginTime: curCommand === 0 ? '' : String(stateBegan),
  };
}
