import type { Step } from '../centre/step.ts';
import { end } from './chair.ts';
import { of } from './conference.ts';
import { agentGoes } from './phone.ts';

/** A timer of a conference is due (timers.ts says which there are). */
export function conferenceTimeout(step: Step, what: string, name: string): void {
  const [id, participant] = name.split('-').map(Number);
  const conference = id === undefined ? undefined : step.centre.conferences.get(id);
  if (conference === undefined) return;
  if (what === 'end') end(step, conference, 'timeOver');
  else if (what === 'prompt') step.emit({ type: 'ConferenceNearEnd', ...of(conference), agent: conference.chair });
  else if (what === 'seat' && participant !== undefined) {
    const agent = conference.participants.get(participant)?.agent;
    if (agent !== undefined) agentGoes(step, conference.id, agent, 'unanswered');
  }
}
