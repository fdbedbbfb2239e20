import { AGENT_TYPE } from '../agent/skills.ts';
import type { Agent } from '../agent/agent.ts';
import { isRefused, refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import type { VoiceLeg } from '../voice/order.ts';
import { agentsOf, type Call } from './call.ts';
import { currentOf } from './hold.ts';
import { isQuiet } from './third.ts';

/** Pictures beside the sound of a call (6.1.2.18), of two who talk: they are passed on as they are, so more than two cannot see one another. */
export interface Picture {
  /** The agent who has asked for it. */
  readonly by: number;
  readonly agents: readonly number[];
  readonly legs: readonly VoiceLeg[];
  /** Those of which it is known that they have one. */
  readonly shown: VoiceLeg[];
  /** By which they have it, as far as it is known. */
  codec: PictureCodec | undefined;
  /** Agents of whom it cannot be recorded. */
  readonly unrecorded: number[];
  /** Both see each other; before, they are being asked. */
  on: boolean;
}

export type Media = 'voice' | 'video';
export type PictureCodec = 'VP8' | 'H264';

/** The legs of two who talk with each other, and nobody else; undefined where it is another kind of call. */
function pairOf({ centre }: Step, call: Call): readonly VoiceLeg[] | undefined {
  if (call.parts.length !== 2 || call.parts.some((part) => part.kind === 'agent' && part.held) || !isQuiet(call) || call.about !== undefined || call.consultation !== undefined) return undefined;
  const legs = call.parts.flatMap((part) => {
    const leg = part.kind === 'agent' ? centre.agents.get(part.agent)?.leg : part.leg;
    return leg !== undefined && centre.legs.get(leg)?.state === 'up' ? [leg] : [];
  });
  return legs.length === 2 ? legs : undefined;
}

/** 6.1.2.18: asks both phones for pictures, or does away with them. What comes of it is told as an event. */
export function switchMedia(step: Step, agent: Agent, to: Media): Refused | undefined {
  const current = currentOf(step, agent);
  if (isRefused(current)) return refused('noCall', current.message);
  const { call } = current;
  const { picture } = call;
  if (picture?.on === false) return refused('wrongState', 'it is being switched');
  if ((picture === undefined) === (to === 'voice')) return refused('nothing', `it is a ${to} call`);
  if (picture !== undefined) {
    end(step, call, picture.agents);
    return undefined;
  }
  const legs = pairOf(step, call);
  if (legs === undefined) return refused('badMode', 'not of two who talk with each other');
  if (agent.profile.type !== AGENT_TYPE.video) return refused('noPermission', 'the agent has not signed in as a video agent');
  step.emit({ type: 'MediaSwitchAsked', call: call.id, agent: agent.id, agents: agentsOf(call).map((part) => part.agent), legs });
  return undefined;
}

const end = (step: Step, call: Call, agents: readonly number[]): void => { step.emit({ type: 'MediaSwitched', call: call.id, agents, to: 'voice', ok: true }); };

/** The pictures of which call a leg has, or is asked for. */
function callWith({ centre }: Step, leg: VoiceLeg): Call | undefined {
  const known = centre.legs.get(leg);
  const agent = known?.agent === undefined ? undefined : centre.agents.get(known.agent);
  const calls = [known?.call, agent?.call, ...agent?.held ?? []];
  for (const id of calls) {
    const call = id === undefined ? undefined : centre.calls.get(id);
    if (call?.picture?.legs.includes(leg) === true) return call;
  }
  return undefined;
}

/** A phone has a picture, as it was asked to, or has none (any more). */
export function pictureReported(step: Step, leg: VoiceLeg, on: boolean, codec?: PictureCodec): void {
  const call = callWith(step, leg);
  const picture = call?.picture;
  if (call === undefined || picture === undefined) return;
  if (!on) {
    if (picture.on) end(step, call, picture.agents);
    else fail(step, call, picture);
    return;
  }
  if (picture.on || picture.shown.includes(leg)) return;
  step.emit({ type: 'PictureShown', call: call.id, leg, ...(codec === undefined ? {} : { codec }) });
  if (picture.shown.length === picture.legs.length) step.emit({ type: 'MediaSwitched', call: call.id, agents: picture.agents, to: 'video', ok: true });
}

const fail = (step: Step, call: Call, { by }: Picture): void => { step.emit({ type: 'MediaSwitched', call: call.id, agents: [by], to: 'video', ok: false }); };

/** One of the phones does not say what it has. */
export function mediaTimeout(step: Step, call: Call): void {
  if (call.picture?.on === false) fail(step, call, call.picture);
}
