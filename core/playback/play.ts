import type { Agent } from '../agent/agent.ts';
import { permitted } from '../call/dial.ts';
import { withPhone } from '../call/offer.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { endPlayback } from './end.ts';
import { FOUND, listenerOf, nextPlayback, type Playback } from './playback.ts';

/** 6.3.8: to play and download recordings (104-002). */
export const MAY_PLAY = 16;

export interface PlaybackAsked {
  readonly path: string;
  readonly fromMs: number;
  /** Plays it again and again (13.1.1.11). */
  readonly repeats: boolean;
  readonly gain: number;
}

/** 13.1.1.1 and 13.1.1.11: the agent's phone is rung, and the recording is played there. An agent on the phone has no hands free for it. */
export function play(step: Step, agent: Agent, asked: PlaybackAsked): Refused | undefined {
  if (!permitted(step, agent, MAY_PLAY)) return refused('noPermission', 'the role has no right to recordings');
  const found = FOUND.find((state) => state === agent.state);
  if (found === undefined) return refused('wrongState', agent.playback === undefined ? agent.state : agent.playback.state);
  if (agent.profile.phone === '') return refused('phoneUnavailable', 'the agent has signed in without a phone');
  const { id, reason } = agent;
  step.emit({ type: 'PlaybackAsked', agent: id, play: nextPlayback(step.centre, id), ...asked, found });
  step.emit({ type: 'AgentMoved', agent: id, to: 'dialling', cause: 'playback' });
  // Busy again afterwards, unless the agent has changed its mind by then.
  if (found === 'busy') step.emit({ type: 'AgentPended', agent: id, pending: { kind: 'busy', reason } });
  withPhone(step, agent, () => { beginPlayback(step, agent); });
  return undefined;
}

/** The agent's phone is up. */
export function beginPlayback(step: Step, agent: Agent): void {
  const { playback, id } = agent;
  if (playback?.state !== 'alerting') return;
  step.emit({ type: 'PlaybackBegan', agent: id, play: playback.name });
  step.emit({ type: 'AgentMoved', agent: id, to: 'talking', cause: 'playback' });
}

/** The playback of that name, if it is still the one that the agent has. */
function named({ centre }: Step, name: string): { readonly agent: Agent; readonly playback: Playback } | undefined {
  const agent = centre.agents.get(listenerOf(name) ?? 0);
  return agent?.playback?.name === name ? { agent, playback: agent.playback } : undefined;
}

/** The voice port plays, as it was ordered. */
export function playBegan(step: Step, name: string): void {
  const found = named(step, name);
  if (found?.playback.state === 'ordered') step.emit({ type: 'PlaybackHeard', agent: found.agent.id, play: name });
}

/** The voice port tells that it is over. Nobody but the agent stops it and is still there to hear more. */
export function playbackEnded(step: Step, name: string, why: 'end' | 'stopped' | 'failed'): void {
  const found = named(step, name);
  if (found !== undefined) endPlayback(step, found.agent, why === 'end' ? 'end' : 'failed');
}

/** In which state of a playback each of these is possible (13.1.1.2 to 13.1.1.6). */
const IN: Readonly<Record<PlaybackChange['what'], readonly Playback['state'][]>> = {
  pause: ['playing'], resume: ['paused'], forward: ['playing'], rewind: ['playing'], stop: ['alerting', 'ordered', 'playing', 'paused'],
};

export type PlaybackChange =
  | { readonly what: 'pause' | 'resume' | 'stop' }
  | { readonly what: 'forward' | 'rewind'; readonly ms: number };

export function changePlayback(step: Step, agent: Agent, change: PlaybackChange): Refused | undefined {
  const { playback, id } = agent;
  if (playback === undefined || !IN[change.what].includes(playback.state)) return refused('wrongState', playback?.state ?? 'nothing is played');
  const of = { agent: id, play: playback.name };
  switch (change.what) {
    case 'pause':
      step.emit({ type: 'PlaybackPaused', ...of });
      return undefined;
    case 'resume':
      step.emit({ type: 'PlaybackResumed', ...of });
      return undefined;
    case 'forward':
      step.emit({ type: 'PlaybackJumped', ...of, ms: change.ms });
      return undefined;
    case 'rewind':
      step.emit({ type: 'PlaybackJumped', ...of, ms: -change.ms });
      return undefined;
    case 'stop':
      endPlayback(step, agent, 'stopped');
      return undefined;
    default:
      return change satisfies never;
  }
}
