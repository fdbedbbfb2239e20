import type { Centre } from '../centre/state.ts';

/** A recording that is played to an agent (13.1.1.1), from the moment it was asked for: idle, alerting, playing, paused and idle again. */
export interface Playback {
  /** As the voice port knows it. */
  readonly name: string;
  readonly path: string;
  readonly fromMs: number;
  readonly repeats: boolean;
  readonly gain: number;
  /** What the agent did before, and goes back to. */
  readonly found: Found;
  /** The phone is rung; the voice port is ordered to play; the agent hears it; it pauses. */
  state: 'alerting' | 'ordered' | 'playing' | 'paused';
}

/** Out of which states an agent may have a recording played: not out of a call, nor out of a rest. */
export const FOUND = ['idle', 'busy', 'wrapUp'] as const;
export type Found = (typeof FOUND)[number];

/** Unique in the whole installation, as the voice port serves every VDN. */
export const nextPlayback = ({ vdnId, given }: Centre, agent: number): string => `play-${vdnId}-${agent}-${given.play + 1}`;

const NAME = /^play-\d+-(\d+)-\d+$/;

/** The agent to whom something of this name is played; undefined where it is no playback. */
export function listenerOf(play: string): number | undefined {
  const [, agent] = NAME.exec(play) ?? [];
  return agent === undefined ? undefined : Number(agent);
}

/** What is played to agents, or was when we last knew. */
export const playbacksIn = ({ agents }: Centre): readonly string[] => [...agents.values()].flatMap(({ playback }) => (playback === undefined ? [] : [playback.name]));
