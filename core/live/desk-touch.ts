import { agentsOf } from '../call/call.ts';
import type { Event } from '../centre/event.ts';
import type { Centre } from '../centre/state.ts';
import { touchedBy } from './board.ts';

/**
 * The agents whose desks (`deskNow`) may look otherwise after an event that has just come into force; everybody's, where the configuration changed. Who waits
 * in queues is left out: it concerns so many that it is looked at by the clock.
 */
export function desksTouchedBy(event: Event, centre: Centre): ReadonlySet<number> | 'all' {
  const touched = touchedBy(event, centre);
  if (touched === 'all') return 'all';
  const agents = new Set(touched.agents);
  if ('conference' in event && event.conference !== undefined) {
    for (const { agent } of centre.conferences.get(event.conference)?.participants.values() ?? []) if (agent !== undefined) agents.add(agent);
  }
  // Whoever left a call for a consultation sees there that it is over.
  if ('call' in event && event.call !== undefined) {
    const { about = '' } = centre.calls.get(event.call) ?? centre.unrecorded.get(event.call)?.call ?? {};
    const call = centre.calls.get(about);
    if (call !== undefined) for (const { agent } of agentsOf(call)) agents.add(agent);
  }
  // An inspector has on the own desk what the one who is inspected has.
  for (const agent of agents) for (const inspector of centre.agents.get(agent)?.inspectors ?? []) agents.add(inspector);
  return agents;
}
