import type { Agent } from '../agent/agent.ts';
import type { Centre } from '../centre/state.ts';
import type { PlaybackEvent } from './event.ts';
import type { Playback } from './playback.ts';

const STATES = { PlaybackBegan: 'ordered', PlaybackHeard: 'playing', PlaybackPaused: 'paused', PlaybackResumed: 'playing' } as const;

function known(centre: Centre, id: number): Agent {
  const agent = centre.agents.get(id);
  if (agent === undefined) throw new Error(`agent ${id} is not signed in`);
  return agent;
}

export function evolvePlayback(centre: Centre, event: PlaybackEvent, at: number): void {
  const agent = known(centre, event.agent);
  switch (event.type) {
    case 'PlaybackAsked': {
      const { play: name, path, fromMs, repeats, gain, found } = event;
      centre.given.play += 1;
      agent.playback = { name, path, fromMs, repeats, gain, found, state: 'alerting' } satisfies Playback;
      return;
    }
    case 'PlaybackBegan':
    case 'PlaybackHeard':
    case 'PlaybackPaused':
    case 'PlaybackResumed':
      if (agent.playback !== undefined) agent.playback.state = STATES[event.type];
      return;
    case 'PlaybackJumped':
      return;
    case 'PlaybackEnded':
      agent.playback = undefined;
      // The time until here was no talk (6.1.3.9).
      agent.since = at;
      return;
    default:
      event satisfies never;
  }
}
