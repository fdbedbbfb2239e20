import { settle } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import { leavePhone } from '../agent/own-phone.ts';
import type { Step } from '../centre/step.ts';
import type { PlaybackEnd } from './event.ts';

/** Ends what is played to an agent, who goes back to what was before, or goes. */
export function endPlayback(step: Step, agent: Agent, why: PlaybackEnd): void {
  const { playback, id } = agent;
  if (playback === undefined) return;
  const { name: play, state, found } = playback;
  step.emit({ type: 'PlaybackEnded', agent: id, play, why, wasHeard: state === 'playing' || state === 'paused' });
  if (why === 'signedOut') return;
  if (found === 'wrapUp') wrapUpAgain(step, agent);
  else leavePhone(step, agent);
}

/** The wrap-up that was interrupted goes on as after a call, when the phone is down where it is to be (6.1.1.17). */
function wrapUpAgain(step: Step, agent: Agent): void {
  const leg = agent.leg === undefined ? undefined : step.centre.legs.get(agent.leg);
  const phoneGoes = leg !== undefined && (agent.profile.releasePhone || leg.state !== 'up');
  if (phoneGoes && leg.state !== 'dropping') step.emit({ type: 'LegDropped', leg: leg.id, cause: 0 });
  if (phoneGoes) step.emit({ type: 'AgentMoved', agent: agent.id, to: 'wrapUp', cause: 'released' });
  else settle(step, agent);
}
