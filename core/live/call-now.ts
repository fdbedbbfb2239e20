import { partOf, type Call, type Visit } from '../call/call.ts';
import { secondsBetween } from './queue-figures.ts';

/** What happens to a call now. */
export type CallStage = 'connecting' | 'flow' | 'waiting' | 'ringing' | 'talking' | 'held' | 'conference';

export interface CallNow {
  readonly stage: CallStage;
  readonly since: number;
  /** The agent who has it or is rung; else whoever had it last. */
  readonly agent: number | undefined;
  /** Whole seconds up to now, as they are of calls that are over (13.2). */
  readonly flowS: number;
  readonly waitS: number;
  readonly ringS: number;
  readonly talkS: number;
}

/** Where a call is: with an agent before anything else, as one who talks may have sent for another meanwhile. */
function placeOf({ visits }: Call): Visit | undefined {
  const open = visits.filter(({ until }) => until === undefined);
  const agents = open.filter(({ device }) => device === 'agent');
  return agents.findLast(({ talkFrom }) => talkFrom !== undefined) ?? agents.at(-1) ?? open.at(-1);
}

const stageAt = ({ device, talkFrom, ackFrom, waitFrom }: Visit): Pick<CallNow, 'stage' | 'since'> => {
  if (device === 'queue' || device === 'agentQueue') return { stage: 'waiting', since: waitFrom };
  if (device === 'flow' || device === 'conference') return { stage: device, since: talkFrom ?? waitFrom };
  return talkFrom === undefined ? { stage: 'ringing', since: ackFrom ?? waitFrom } : { stage: 'talking', since: talkFrom };
};

function stageOf(call: Call, place: Visit | undefined): Pick<CallNow, 'stage' | 'since'> {
  if (place === undefined) return { stage: 'connecting', since: call.beganAt };
  const part = place.device === 'agent' ? partOf(call, Number(place.no)) : undefined;
  return part?.held === true ? { stage: 'held', since: part.heldSince ?? part.since } : stageAt(place);
}

export function callNow(call: Call, now: number): CallNow {
  let [flowS, waitS, ringS, talkS] = [0, 0, 0, 0];
  for (const { device, waitFrom, ackFrom, talkFrom, until = now } of call.visits) {
    const talk = talkFrom ?? until;
    const ack = ackFrom ?? talk;
    waitS += secondsBetween(waitFrom, ack);
    ringS += secondsBetween(ack, talk);
    if (device === 'flow') flowS += secondsBetween(talk, until);
    if (device === 'agent') talkS += secondsBetween(talk, until);
  }
  const place = placeOf(call);
  const last = place?.device === 'agent' ? place : call.visits.findLast(({ device }) => device === 'agent');
  return { ...stageOf(call, place), agent: last === undefined ? undefined : Number(last.no), flowS, waitS, ringS, talkS };
}
