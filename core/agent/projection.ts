import { partOf, type Call } from '../call/call.ts';
import type { Centre } from '../centre/state.ts';
import type { Agent, AgentState } from './agent.ts';

/**
 * Where an agent stands, as 6.5.3 tells it: the one state the agent is in and, within it, what follows from the agent's
 * calls.
 */
export type Standing =
  | 'signedOut' | AgentState
  | 'held' | 'muted' | 'helping' | 'transferring' | 'threeParty'
  | 'called' | 'listening' | 'inserting' | 'whispering' | 'playing';

/** The three numberings of 6.5.3. To mix them up is the likeliest fault of all, so there is one table of them. */
export interface Encoding {
  /** Table 6-452: 6.1.1.21 and 5.2.11. */
  readonly gateway: number;
  /** Table 6-453: the CTI platform's. */
  readonly cti: number;
  /** Table 6-454: 6.1.1.25. */
  readonly sync: number;
}

const talking = (sync: number): Encoding => ({ gateway: 7, cti: 5, sync });

/** 6.5.3. CTI state 9 has no number but 0, unknown, in Table 6-452, and none but 255 in Table 6-454. */
export const ENCODINGS: Readonly<Record<Standing, Encoding>> = {
  signedOut: { gateway: 2, cti: 0, sync: 255 },
  idle: { gateway: 4, cti: 1, sync: 1 },
  preoccupied: { gateway: 7, cti: 2, sync: 7 },
  occupied: { gateway: 7, cti: 3, sync: 7 },
  ringing: { gateway: 7, cti: 4, sync: 8 },
  dialling: { gateway: 7, cti: 3, sync: 6 },
  talking: talking(9),
  threeParty: talking(10),
  held: talking(11),
  muted: talking(12),
  helping: talking(13),
  transferring: talking(14),
  // Whose own phone is being rung, to inspect or to hear a recording.
  called: { gateway: 7, cti: 3, sync: 7 },
  inserting: talking(15),
  listening: talking(16),
  whispering: talking(17),
  playing: talking(5),
  wrapUp: { gateway: 5, cti: 6, sync: 2 },
  busy: { gateway: 3, cti: 7, sync: 4 },
  rest: { gateway: 8, cti: 8, sync: 3 },
  study: { gateway: 0, cti: 9, sync: 255 },
};

/** 9 of Table 6-452: on a call with a rest to follow. */
const PRE_REST = 9;

/** States in which a rest waits for the end of a call. */
const RESTS_LATER: ReadonlySet<number> = new Set([ENCODINGS.talking.gateway]);

/** How an inspector who is at work is said to be. */
export const INSPECTING = { listen: 'listening', insert: 'inserting', whisper: 'whispering' } as const;

/** What goes on in the call that the agent is in, told from this agent's side. */
function inCall(call: Call, agent: Agent): Standing {
  const { third, flow } = call;
  if (third?.by === agent.id && !(third.purpose === 'threeParty' && third.came)) {
    return third.purpose === 'consult' || third.purpose === 'help' ? 'helping' : 'transferring';
  }
  // The call is lent to a flow, which gives it back (6.1.2.11).
  if (flow?.returnTo === agent.id) return 'transferring';
  const part = partOf(call, agent.id);
  if (call.about !== undefined && part?.role === 'main') return 'helping';
  if (part?.muted === true) return 'muted';
  return call.parts.length > 2 ? 'threeParty' : 'talking';
}

export function standingOf(centre: Centre, agent: Agent | undefined): Standing {
  if (agent === undefined) return 'signedOut';
  const { state, inspecting, playback } = agent;
  if (inspecting !== undefined) return inspecting.on ? INSPECTING[inspecting.how] : 'called';
  if (playback !== undefined) return playback.state === 'alerting' ? 'called' : 'playing';
  const call = agent.call === undefined ? undefined : centre.calls.get(agent.call);
  // Who asks for help is called out to, but that is not what the agent does.
  if (state === 'dialling' && call?.about !== undefined) return 'helping';
  if (state !== 'talking') return state;
  if (call !== undefined) return inCall(call, agent);
  return agent.held.length > 0 ? 'held' : 'talking';
}

/** Table 6-452. */
export function gatewayStateOf(centre: Centre, agent: Agent | undefined): number {
  const { gateway } = ENCODINGS[standingOf(centre, agent)];
  return agent?.preRest !== undefined && RESTS_LATER.has(gateway) ? PRE_REST : gateway;
}

/** Table 6-453. */
export const ctiStateOf = (centre: Centre, agent: Agent | undefined): number => ENCODINGS[standingOf(centre, agent)].cti;

/** Table 6-454. */
export const syncStateOf = (centre: Centre, agent: Agent): number => ENCODINGS[standingOf(centre, agent)].sync;

/** Table 6-454 of the state before (6.1.1.25 lastState); what went on within it is not known any more. */
export const syncStateBefore = ({ before }: Agent): number => ENCODINGS[before].sync;

/** 6.1.1.21 isWorking. */
export const isTalking = (centre: Centre, agent: Agent | undefined): boolean => ctiStateOf(centre, agent) === ENCODINGS.talking.cti;
