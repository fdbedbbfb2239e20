import type { Centre } from '../centre/state.ts';
import { MAX_MINUTES, MAX_SEATS, type Conference, type Participant } from './conference.ts';

type Tell = (fault: string) => void;

/** What is wrong with a conference: whatever happens, there must be nothing. */
export function checkConference(centre: Centre, conference: Conference, tell: Tell): void {
  const { id, state, chair, seats, minutes, participants, plays } = conference;
  const agents = [...participants.values()].flatMap(({ agent }) => (agent === undefined ? [] : [agent]));
  if (new Set(agents).size < agents.length) tell(`an agent is in the conference ${id} twice`);
  if (!agents.includes(chair)) tell(`the conference ${id} has no chair`);
  if (participants.size > seats || seats > MAX_SEATS) tell(`the conference ${id} has ${participants.size} on ${seats} seats`);
  if (minutes > MAX_MINUTES) tell(`the conference ${id} has ${minutes} minutes`);
  if (centre.timers.due.has(`conference:end:${id}`) !== (state === 'on')) tell(`the conference ${id} never ends`);
  for (const one of participants.values()) checkParticipant(centre, conference, one, tell);
  for (const { name, participant } of plays.values()) if (participant !== undefined && !participants.has(participant)) tell(`${name} is played to somebody who has gone`);
}

function checkParticipant({ agents, legs, timers }: Centre, conference: Conference, one: Participant, tell: Tell): void {
  const who = `the participant ${one.id} of ${conference.id}`;
  const agent = one.agent === undefined ? undefined : agents.get(one.agent);
  const leg = legs.get(one.agent === undefined ? one.leg ?? '' : agent?.leg ?? '');
  if (one.agent === undefined && (leg?.conference !== conference.id || leg.call !== undefined)) tell(`${who} has no leg`);
  if (one.agent !== undefined && agent?.conference !== conference.id) tell(`${who} does not know`);
  if (agent?.call !== undefined) tell(`${who} is in a call`);
  if (one.state === 'joined' && leg?.state !== 'up') tell(`${who} is in without a phone`);
  if (one.state === 'joined' && agent !== undefined && agent.state !== 'talking') tell(`${who} is ${agent.state}`);
  const isAsked = one.agent !== undefined && one.state !== 'joined';
  if (timers.due.has(`conference:seat:${conference.id}-${one.id}`) !== isAsked) tell(`${who} is ${one.state} for ever`);
}
