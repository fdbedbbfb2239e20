import { ENGAGED, type Agent } from '../agent/agent.ts';
import { isLeavingPhone } from '../agent/own-phone.ts';
import { isFree, takes } from '../agent/readiness.ts';
import { agentsOf, customersOf, partOf, type Call, type Leg } from '../call/call.ts';
import { MULTIMEDIA } from '../chat/capacity.ts';
import { checkConference } from '../conference/invariants.fixture.ts';
import type { Recording } from '../recording/recording.ts';
import { recordingIn, talksOf } from '../recording/recording.ts';
import type { QueueLive } from '../queue/live.ts';
import { MEDIA } from '../queue/treatment.ts';
import type { Centre } from './state.ts';

type Tell = (fault: string) => void;

/** What is wrong with a state, in words: whatever happens, there must be nothing. */
export function faultsOf(centre: Centre): readonly string[] {
  const faults: string[] = [];
  const tell: Tell = (fault) => { faults.push(fault); };
  for (const agent of centre.agents.values()) {
    checkAgent(centre, agent, tell);
    checkInspection(centre, agent, tell);
    checkSessions(centre, agent, tell);
    checkPlayback(centre, agent, tell);
    for (const name of agent.recordings) if (!centre.recordings.has(name)) tell(`${agent.id} has the recording ${name}, which is over`);
  }
  for (const call of centre.calls.values()) {
    checkCall(centre, call, tell);
    checkThird(centre, call, tell);
  }
  for (const conference of centre.conferences.values()) checkConference(centre, conference, tell);
  for (const recording of centre.recordings.values()) checkRecording(centre, recording, tell);
  for (const leg of centre.legs.values()) checkLeg(centre, leg, tell);
  for (const queue of centre.queues.values()) checkQueue(centre, queue, tell);
  for (const id of centre.unrecorded.keys()) tell(`the records of ${id} have no last row`);
  for (const key of centre.timers.due.keys()) checkTimer(centre, key, tell);
  return faults;
}

/** Whether the agent has something to do with a call, and in which way. */
const isAt = (call: Call | undefined, agent: number): boolean => call !== undefined && (call.offer?.agent === agent || partOf(call, agent)?.held === false);

function checkAgent({ calls, legs, config, conferences, timers }: Centre, agent: Agent, tell: Tell): void {
  const { id, state, call, held, chats, chatOffers, conference, inspecting, playback, preview, ownQueue } = agent;
  const has = call !== undefined || held.length > 0 || chats.length > 0 || chatOffers.length > 0 || conference !== undefined || inspecting !== undefined || playback !== undefined;
  if (!config.agents.has(id)) tell(`${id} is signed in and unknown`);
  if (call !== undefined && !isAt(calls.get(call), id)) tell(`${id} is not in its call ${call}`);
  if (held.some((one) => partOf(calls.get(one) as Call, id)?.held !== true)) tell(`${id} does not hold what it holds`);
  if (new Set([...held, ...chats, ...chatOffers, call]).size !== held.length + chats.length + chatOffers.length + 1) tell(`${id} has a call twice`);
  if (has && !ENGAGED.has(state)) tell(`${id} is ${state} with a call`);
  // Who inspected, or heard a recording, is so until the phone is down (12.1.4).
  const isLeaving = legs.get(agent.leg ?? '')?.state === 'dropping' && isLeavingPhone(agent);
  if (!has && ENGAGED.has(state) && state !== 'preoccupied' && !isLeaving) tell(`${id} is ${state} without a call`);
  if ((preview !== undefined) !== (state === 'preoccupied')) tell(`${id} is ${state}, preview ${preview?.control}`);
  if (state === 'occupied' || state === 'ringing') {
    const rings = chatOffers.length > 0 || conference !== undefined || inspecting !== undefined || calls.get(call ?? '')?.offer?.agent === id;
    if (!rings) tell(`${id} is ${state} and nothing rings`);
  }
  // A phone that is up rings no more, and one that is on hook is never picked up.
  const phone = legs.get(agent.leg ?? '')?.state;
  const waitsForPhone = state === 'dialling' ? call !== undefined : calls.get(call ?? '')?.offer?.ringing === false;
  if (waitsForPhone && phone === undefined) tell(`${id} is ${state} and the phone does not ring`);
  if (conference !== undefined && !conferences.has(conference)) tell(`${id} is in the conference ${conference}, which is over`);
  if (ownQueue.length > 0 && isFree(agent, MEDIA.voice)) tell(`${id} is free and somebody waits for nobody else`);
  for (const one of ownQueue) if (calls.get(one)?.awaits?.agent !== id) tell(`${one} does not wait for ${id}`);
  if (agent.until !== undefined && state !== 'rest' && !timers.due.has(`state:${id}`)) tell(`${id} has a time and no timer`);
}

/** Nothing but a talk that goes on is recorded, once each, and while the agent is in it. */
function checkRecording(centre: Centre, recording: Recording, tell: Tell): void {
  const { name, media, agent: id, room, state, isPaused } = recording;
  const agent = centre.agents.get(id);
  if (agent !== undefined && state === 'on' && !agent.recordings.includes(name)) tell(`${id} does not know of the recording ${name}`);
  if ((state === 'stopping') !== centre.timers.due.has(`record:${name}`)) tell(`the recording ${name} is ${state}, and its timer is not`);
  if (state === 'stopping') return;
  const talk = agent === undefined ? undefined : talksOf(centre, agent).find((one) => one.room === room);
  if (talk === undefined || agent === undefined) tell(`${name} records ${id}, who is not in ${room}`);
  else if (talk.isOn === isPaused) tell(`the recording ${name} is ${isPaused ? '' : 'not '}paused`);
  else if (recordingIn(centre, agent, room, media) !== recording) tell(`${id} is recorded twice in ${room}`);
  else if (media === 'video' && (talk.picture?.on !== true || recordingIn(centre, agent, room) === undefined)) tell(`${name} records pictures that are not there`);
}

/** Whoever hears a recording does nothing else, on a phone that is up. */
function checkPlayback({ legs }: Centre, agent: Agent, tell: Tell): void {
  const { id, state, playback, leg, call, conference, inspecting } = agent;
  if (playback === undefined) return;
  if (call !== undefined || conference !== undefined || inspecting !== undefined) tell(`${id} hears a recording beside something else`);
  const isAlerting = playback.state === 'alerting';
  if (state !== (isAlerting ? 'dialling' : 'talking')) tell(`${id} is ${state}, and the playback ${playback.state}`);
  const phone = legs.get(leg ?? '')?.state;
  if (isAlerting ? phone === undefined || phone === 'up' : phone !== 'up') tell(`${id} is played to (${playback.state}), and the phone is ${phone}`);
}

/** Who inspects and who is inspected know of each other; nobody does both, and nobody is inspected twice (900-003). */
function checkInspection({ agents, legs }: Centre, agent: Agent, tell: Tell): void {
  const { id, state, inspecting, inspectors, leg } = agent;
  if (inspecting !== undefined && agents.get(inspecting.agent)?.inspectors.includes(id) !== true) tell(`${id} inspects ${inspecting.agent}, who does not know`);
  for (const one of inspectors) if (agents.get(one)?.inspecting?.agent !== id) tell(`${one} does not inspect ${id}`);
  if (inspectors.length > 1 || (inspectors.length > 0 && inspecting !== undefined)) tell(`${id} is inspected by ${inspectors.join(' and ')}, inspects ${inspecting?.agent}`);
  if (inspecting?.on === true && (state !== 'talking' || legs.get(leg ?? '')?.state !== 'up')) tell(`${id} inspects, is ${state} and has no phone`);
  if (inspecting?.on === false && state !== 'dialling') tell(`${id} is ${state} and waits for its phone`);
}

/** Each session counts once for its media type, and there is one on top of what the agent takes only where that was lowered. */
function checkSessions({ calls }: Centre, agent: Agent, tell: Tell): void {
  const load: Record<number, number> = {};
  for (const one of [...agent.chats, ...agent.chatOffers]) {
    const media = calls.get(one)?.chat?.media ?? 0;
    load[media] = (load[media] ?? 0) + 1;
  }
  for (const media of new Set([...Object.keys(load), ...Object.keys(agent.chatLoad)].map(Number))) {
    if ((load[media] ?? 0) !== (agent.chatLoad[media] ?? 0)) tell(`${agent.id} counts ${agent.chatLoad[media]} sessions of ${media}, there are ${load[media]}`);
  }
}

function checkCall({ agents, legs, queues, config, timers }: Centre, call: Call, tell: Tell): void {
  const { id, waitingIn, awaits, offer, flow, medium, picture } = call;
  if (picture !== undefined && !picture.agents.every((agent) => partOf(call, agent) !== undefined)) tell(`somebody is seen in ${id} who is not in it`);
  if (picture?.on === false && !timers.due.has(`media:${id}`)) tell(`nobody waits for the pictures of ${id}`);
  for (const part of agentsOf(call)) {
    const agent = agents.get(part.agent);
    const knows = agent !== undefined && (medium === 'chat' ? agent.chats.includes(id) : part.held ? agent.held.includes(id) : agent.call === id);
    if (!knows) tell(`${part.agent} does not know that it is in ${id}`);
  }
  for (const { leg } of customersOf(call)) if (leg !== undefined && legs.get(leg)?.call !== id) tell(`the leg ${leg} is not in ${id}`);
  for (const queue of waitingIn) {
    const live = queues.get(queue);
    if (Number(live?.waiting.has(id)) + Number(live?.returned.has(id)) !== 1) tell(`${id} does not wait in ${queue} once`);
    if ((config.queues.get(queue)?.maxWaitMs ?? 1) > 0 && !timers.due.has(`wait:${id}:${queue}`)) tell(`${id} waits in ${queue} for ever`);
  }
  if (awaits !== undefined && (agents.get(awaits.agent)?.ownQueue.includes(id) !== true || !timers.due.has(`own:${id}`))) tell(`${id} waits for ${awaits.agent} in vain`);
  const { waitFlow } = call;
  if (waitFlow !== undefined && (flow !== undefined || agentsOf(call).length > 0 || (waitingIn.length === 0 && offer === undefined))) tell(`${id} hears a flow for those who wait, and does not wait`);
  if (waitFlow !== undefined && !customersOf(call).some(({ leg }) => leg === waitFlow.leg)) tell(`nobody in ${id} hears its flow`);
  if (offer !== undefined && !timers.due.has(`answer:${id}`)) tell(`${id} rings for ever`);
  const rung = offer === undefined ? undefined : agents.get(offer.agent);
  if (offer !== undefined && (medium === 'chat' ? rung?.chatOffers.includes(id) : rung?.call === id) !== true) tell(`${offer.agent} does not know that ${id} rings`);
  if ([waitingIn.length > 0, awaits !== undefined, offer !== undefined, flow !== undefined].filter(Boolean).length > 1) tell(`${id} is in several places`);
  const isWaiting = waitingIn.length > 0 || awaits !== undefined || offer !== undefined || flow !== undefined;
  if (call.parts.length < 2 && !isWaiting && !(agentsOf(call).some(({ agent }) => agents.get(agent)?.state === 'dialling'))) tell(`${id} is lonely`);
  for (const visit of call.visits) if ((visit.until === undefined) !== (visit.leaveReason === undefined)) tell(`a visit of ${id} is half closed`);
  const rows = call.visits.flatMap(({ row }) => row ?? []).toSorted((one, other) => one - other);
  if (rows.some((row, index) => row !== index + 1)) tell(`the records of ${id} are numbered ${rows.join()}`);
  if (call.visits.some(({ until }) => until === undefined) && call.visits.some(({ until, row }) => until !== undefined && row === undefined)) tell(`a device that ${id} has left is not recorded`);
}

/** Whoever is sought is being sought, by somebody who is there; and a consultation is known to the call that it is about. */
function checkThird({ calls }: Centre, call: Call, tell: Tell): void {
  const { id, third, about, consultation, keysTo } = call;
  const isIn = (leg: string): boolean => customersOf(call).some((part) => part.leg === leg);
  if (third !== undefined) {
    if (partOf(call, third.by) === undefined && third.purpose !== 'consult') tell(`${third.by} seeks a third for ${id} and is not in it`);
    const isSought = third.leg === undefined ? call.waitingIn.length > 0 || call.offer !== undefined : isIn(third.leg);
    if (!isSought) tell(`a third is sought for ${id} and nobody is under way`);
  }
  if (keysTo !== undefined && !isIn(keysTo)) tell(`keys in ${id} are passed on to ${keysTo}, who is gone`);
  if (consultation !== undefined && calls.get(consultation)?.about !== id) tell(`${consultation} is no consultation about ${id}`);
  if (about === undefined && agentsOf(call).length > 0 && !agentsOf(call).some(({ role }) => role === 'main')) tell(`${id} is nobody's`);
}

function checkLeg({ agents, calls, conferences, timers }: Centre, { id, agent, call, conference, state, direction, awaited }: Leg, tell: Tell): void {
  if (awaited !== undefined && !timers.due.has(`image:${id}`)) tell(`the picture of ${id} is awaited for ever`);
  if (state === 'dropping') {
    if (!timers.due.has(`drop:${id}`)) tell(`the leg ${id} is hung up for ever`);
    return;
  }
  const isOwned = agent !== undefined ? agents.get(agent)?.leg === id
    : conference !== undefined ? conferences.has(conference)
      : customersOf(calls.get(call ?? '') ?? { parts: [] } as unknown as Call).some((part) => part.leg === id);
  if (!isOwned) tell(`the leg ${id} (${state}) is nobody's`);
  if (direction === 'out' && state !== 'up' && !timers.due.has(`ring:${id}`)) tell(`the leg ${id} rings for ever`);
}

function checkQueue({ agents, calls, config }: Centre, queue: QueueLive, tell: Tell): void {
  const { id, waiting, returned, ready, weights, members, states } = queue;
  const media = config.queues.get(id)?.media ?? 0;
  for (const call of [...waiting, ...returned]) if (calls.get(call)?.waitingIn.includes(id) !== true) tell(`${call} waits in ${id} and does not know`);
  const told = new Set<number>();
  for (const weight of weights) for (const agent of ready.get(weight) ?? []) told.add(agent);
  const counted: Partial<Record<string, number>> = {};
  for (const agent of agents.values()) {
    const isReady = agent.skills.some(({ queueId }) => queueId === id) && takes(agent, media);
    if (isReady !== told.delete(agent.id)) tell(`${agent.id} is ${agent.state}, ready in ${id}: ${!isReady}`);
    if (members.has(agent.id)) counted[agent.state] = (counted[agent.state] ?? 0) + 1;
    // Of sessions, those that wait may be of a kind for which there is no room.
    if (isReady && media !== MULTIMEDIA && waiting.size + returned.size > 0) tell(`${agent.id} is ready in ${id} and somebody waits`);
  }
  for (const agent of told) tell(`${agent} is ready in ${id} and not there`);
  for (const [state, count = 0] of Object.entries(states)) if (count !== (counted[state] ?? 0)) tell(`${id} counts ${count} ${state}, there are ${counted[state] ?? 0}`);
}

/** What each kind of timer is about; what is over is due no more. */
function checkTimer({ agents, calls, legs, conferences, recordings, flowRecordings }: Centre, key: string, tell: Tell): void {
  const [what = '', name = '', more = ''] = key.split(':');
  const about: Readonly<Record<string, () => boolean>> = {
    state: () => agents.get(Number(name))?.until !== undefined,
    preview: () => agents.get(Number(name))?.preview !== undefined,
    wait: () => calls.get(name)?.waitingIn.includes(Number(more)) === true,
    own: () => calls.get(name)?.awaits !== undefined,
    answer: () => calls.get(name)?.offer !== undefined,
    media: () => calls.get(name)?.picture?.on === false,
    ring: () => ['dialling', 'ringing'].includes(legs.get(name)?.state ?? ''),
    record: () => recordings.get(name)?.state === 'stopping',
    flowRecord: () => flowRecordings.has(name),
    image: () => legs.get(name)?.awaited !== undefined,
    drop: () => legs.get(name)?.state === 'dropping',
    conference: () => conferences.has(Number(more.split('-')[0])),
  };
  if (about[what]?.() === false) tell(`the timer ${key} is about nothing`);
}
