import type { Agent } from '../agent/agent.ts';
import { countCall } from '../agent/counters.ts';
import { goLast, queueLive, refresh } from '../agent/readiness.ts';
import { isChatting, mediaOf } from '../chat/capacity.ts';
import type { Centre } from '../centre/state.ts';
import { cancelTimer, setTimer } from '../centre/timers.ts';
import { openVisit, partOf, REASON, type Call } from './call.ts';
import type { CallEvent } from './event.ts';
import { enterDevice, leaveDevice, talkBegins } from './visits.ts';
import { answerTimer, dropTimer, DROP_MS, mediaTimer, ownQueueTimer, ringTimer, RING_MS, SWITCH_MS, waitTimer } from './timers.ts';

function callNamed(centre: Centre, id: string): Call {
  const call = centre.calls.get(id);
  if (call === undefined) throw new Error(`there is no call ${id}`);
  return call;
}

function dequeue(centre: Centre, call: Call, queue: number, leave: number, at: number): void {
  const live = queueLive(centre, queue);
  live.waiting.delete(call.id);
  live.returned.delete(call.id);
  call.waitingIn.splice(call.waitingIn.indexOf(queue), 1);
  leaveDevice(openVisit(call, 'queue', String(queue)), leave, at);
  cancelTimer(centre.timers, waitTimer(call.id, queue));
}

function stopAwaiting(centre: Centre, call: Call, leave: number, at: number): void {
  if (call.awaits === undefined) return;
  const { agent } = call.awaits;
  const own = centre.agents.get(agent)?.ownQueue ?? [];
  if (own.includes(call.id)) own.splice(own.indexOf(call.id), 1);
  call.awaits = undefined;
  leaveDevice(openVisit(call, 'agentQueue', String(agent)), leave, at);
  cancelTimer(centre.timers, ownQueueTimer(call.id));
}

/** Whoever comes instead has a picture of their own, if they are asked for one. */
function endPicture(centre: Centre, call: Call): void {
  if (call.picture === undefined) return;
  call.picture = undefined;
  cancelTimer(centre.timers, mediaTimer(call.id));
}

function free(centre: Centre, agent: Agent | undefined, call: Call): void {
  if (agent === undefined) return;
  agent.lastCall = call;
  if (agent.call === call.id) agent.call = undefined;
  const held = agent.held.indexOf(call.id);
  if (held >= 0) agent.held.splice(held, 1);
  if (call.medium === 'chat') removeSession(agent, call);
  // A session that has ended makes room, behind those who wait for one; without the phone, whoever writes can take more again.
  if (call.medium === 'chat') goLast(centre, agent);
  else if (isChatting(agent)) refresh(centre, agent);
}

function removeSession(agent: Agent, call: Call): void {
  for (const sessions of [agent.chats, agent.chatOffers]) {
    const session = sessions.indexOf(call.id);
    if (session < 0) continue;
    sessions.splice(session, 1);
    agent.chatLoad[mediaOf(call)] = (agent.chatLoad[mediaOf(call)] ?? 1) - 1;
  }
}

/** A session rings at an agent, or an agent comes into one that did not ring there. */
function addSession(centre: Centre, agent: Agent, call: Call, to: 'chats' | 'chatOffers'): void {
  agent[to].push(call.id);
  agent.chatLoad[mediaOf(call)] = (agent.chatLoad[mediaOf(call)] ?? 0) + 1;
  goLast(centre, agent);
}

/* One case an event: a table to be read from above. */
export function evolveCall(centre: Centre, event: CallEvent, at: number): void {
  countCall(centre, event, at);
  switch (event.type) {
    case 'LegBegan': {
      if (event.direction === 'out') centre.given.leg += 1;
      const { leg: id, agent, call, conference, direction, phone, personal } = event;
      centre.legs.set(id, { id, agent, call: conference === undefined ? call : undefined, conference, direction, number: phone ?? personal?.number ?? '', state: 'dialling' });
      const owner = agent === undefined ? undefined : centre.agents.get(agent);
      if (owner !== undefined) owner.leg = id;
      if (direction === 'out') setTimer(centre.timers, ringTimer(id), at + (event.ringMs ?? RING_MS));
      return;
    }
    case 'LegRang': {
      const leg = centre.legs.get(event.leg);
      if (leg?.state === 'dialling') leg.state = 'ringing';
      return;
    }
    case 'LegAnswered': {
      const leg = centre.legs.get(event.leg);
      if (leg !== undefined) leg.state = 'up';
      cancelTimer(centre.timers, ringTimer(event.leg));
      return;
    }
    case 'LegDropped': {
      const leg = centre.legs.get(event.leg);
      if (leg !== undefined) leg.state = 'dropping';
      cancelTimer(centre.timers, ringTimer(event.leg));
      setTimer(centre.timers, dropTimer(event.leg), at + DROP_MS);
      return;
    }
    case 'PickUpAsked': {
      const offer = event.call === undefined ? undefined : callNamed(centre, event.call).offer;
      if (offer !== undefined) offer.taken = true;
      return;
    }
    case 'LegEnded': {
      const leg = centre.legs.get(event.leg);
      const owner = leg?.agent === undefined ? undefined : centre.agents.get(leg.agent);
      if (owner?.leg === event.leg) owner.leg = undefined;
      centre.legs.delete(event.leg);
      cancelTimer(centre.timers, ringTimer(event.leg));
      cancelTimer(centre.timers, dropTimer(event.leg));
      return;
    }
    case 'CallBegan': {
      centre.given.call += 1;
      const { call: id, medium, feature, about, queue, chat, unverified = false, personal } = event;
      centre.calls.set(id, {
        id, medium, feature, chat, unverified, caller: personal?.caller ?? '', called: personal?.called ?? '',
        originalCalled: personal?.originalCalled ?? personal?.called ?? '', data: personal?.data ?? '',
        beganAt: at, firstQueue: queue, queue, waitingIn: [], queuedAt: undefined, awaits: undefined, flow: undefined, waitFlow: undefined, offer: undefined, parts: [], visits: [],
        lastReleasedBy: undefined, requeues: 0, about, consultation: undefined, third: undefined, keysTo: undefined, diversions: 0,
      });
      const subject = about === undefined ? undefined : centre.calls.get(about);
      if (subject !== undefined) subject.consultation = id;
      return;
    }
    case 'CallQueued': {
      const call = callNamed(centre, event.call);
      const live = queueLive(centre, event.queue);
      (event.returned === true ? live.returned : live.waiting).add(call.id);
      call.firstQueue ??= event.queue;
      // Where it waits in several at once, it counts for the first (12.3.8.9, reason 47).
      if (call.waitingIn.length === 0) call.queue = event.queue;
      call.queuedAt ??= at;
      call.waitingIn.push(event.queue);
      if (event.returned === true || (event.enter === REASON.transferred && call.lastReleasedBy !== undefined)) call.requeues += 1;
      enterDevice(call, 'queue', String(event.queue), event.enter, at, 'wait');
      const maxWaitMs = centre.config.queues.get(event.queue)?.maxWaitMs ?? 0;
      if (maxWaitMs > 0) setTimer(centre.timers, waitTimer(call.id, event.queue), at + maxWaitMs);
      return;
    }
    case 'CallDequeued': {
      dequeue(centre, callNamed(centre, event.call), event.queue, event.leave, at);
      return;
    }
    case 'CallAwaits': {
      const call = callNamed(centre, event.call);
      call.awaits = { agent: event.agent, how: event.how, overflow: event.overflow };
      call.queuedAt ??= at;
      centre.agents.get(event.agent)?.ownQueue.push(call.id);
      enterDevice(call, 'agentQueue', String(event.agent), event.enter, at, 'wait');
      setTimer(centre.timers, ownQueueTimer(call.id), at + event.ms);
      return;
    }
    case 'CallAwaited': {
      stopAwaiting(centre, callNamed(centre, event.call), event.leave, at);
      return;
    }
    case 'CallDiverted': {
      callNamed(centre, event.call).diversions += 1;
      return;
    }
    case 'FlowEntered': {
      const call = callNamed(centre, event.call);
      call.flow = { code: event.flow, leg: event.leg, returnTo: event.returnTo };
      if (event.returnTo !== undefined) leaveDevice(openVisit(call, 'agent', String(event.returnTo)), event.enter, at);
      enterDevice(call, 'flow', event.flow, event.enter, at, 'talk', event.access);
      return;
    }
    case 'FlowLeft': {
      const call = callNamed(centre, event.call);
      leaveDevice(openVisit(call, 'flow', call.flow?.code ?? ''), event.leave, at);
      call.flow = undefined;
      if (event.returnTo !== undefined) enterDevice(call, 'agent', String(event.returnTo), REASON.resumed, at, 'talk');
      return;
    }
    case 'WaitFlowBegan': {
      const { call, flow: code, leg, queue } = event;
      callNamed(centre, call).waitFlow = { code, leg, queue, isOver: false };
      return;
    }
    case 'WaitFlowEnded': {
      const call = callNamed(centre, event.call);
      // It does not begin again as long as the call is in that queue.
      if (event.why === 'over' && call.waitFlow !== undefined) call.waitFlow.isOver = true;
      else call.waitFlow = undefined;
      return;
    }
    case 'CallOffered': {
      const call = callNamed(centre, event.call);
      const agent = centre.agents.get(event.agent);
      const found = (agent?.state === 'occupied' ? agent.before : agent?.state) ?? 'signedOut';
      call.offer = { agent: event.agent, queue: event.queue, how: event.how, since: at, found, ringing: false };
      if (event.queue !== undefined) call.queue = event.queue;
      enterDevice(call, 'agent', String(event.agent), event.enter, at, 'ack');
      if (agent !== undefined && call.medium === 'chat') addSession(centre, agent, call, 'chatOffers');
      else if (agent !== undefined && agent.call === undefined) agent.call = call.id;
      setTimer(centre.timers, answerTimer(call.id), at + RING_MS);
      return;
    }
    case 'OfferRang': {
      const call = callNamed(centre, event.call);
      if (call.offer !== undefined) call.offer.ringing = true;
      return;
    }
    case 'OfferEnded': {
      const call = callNamed(centre, event.call);
      call.offer = undefined;
      // A helper who does not want to come has released nothing (6.5.1.2.19).
      if (event.why === 'rejected' && call.third === undefined) call.lastReleasedBy = event.agent;
      leaveDevice(openVisit(call, 'agent', String(event.agent)), event.leave, at);
      cancelTimer(centre.timers, answerTimer(call.id));
      const agent = centre.agents.get(event.agent);
      free(centre, agent, call);
      return;
    }
    case 'AgentJoined': {
      const call = callNamed(centre, event.call);
      const agent = centre.agents.get(event.agent);
      if (call.offer?.agent === event.agent) {
        call.offer = undefined;
        cancelTimer(centre.timers, answerTimer(call.id));
      }
      const held = event.held === true;
      call.parts.push({ kind: 'agent', agent: event.agent, role: event.role, held, muted: false, since: at, heldSince: held ? at : undefined, offRecord: undefined });
      const visit = openVisit(call, 'agent', String(event.agent));
      if (visit === undefined) enterDevice(call, 'agent', String(event.agent), event.enter ?? 0, at, event.how === 'dialled' ? 'ack' : 'talk');
      else visit.talkFrom = at;
      if (event.how !== 'dialled') talkBegins(call, at);
      if (agent === undefined) return;
      if (held) {
        agent.held.push(call.id);
        return;
      }
      if (call.medium === 'chat') {
        removeSession(agent, call);
        addSession(centre, agent, call, 'chats');
      } else agent.call = call.id;
      // Asking for help is part of the customer's call, whose queue still counts.
      if (event.how !== 'dialled' || call.about === undefined) agent.lastQueue = call.queue;
      return;
    }
    case 'AgentLeft': {
      const call = callNamed(centre, event.call);
      const index = call.parts.findIndex((part) => part.kind === 'agent' && part.agent === event.agent);
      if (index >= 0) call.parts.splice(index, 1);
      if (call.picture?.agents.includes(event.agent) === true) endPicture(centre, call);
      leaveDevice(openVisit(call, 'agent', String(event.agent)), event.leave, at);
      const agent = centre.agents.get(event.agent);
      // Of sessions the agent's sign-out sends back to their queues.
      if (event.why === 'transferred' || (event.why === 'signedOut' && call.medium === 'chat')) call.lastReleasedBy = event.agent;
      free(centre, agent, call);
      return;
    }
    case 'CustomerJoined': {
      const call = callNamed(centre, event.call);
      call.parts.push({ kind: 'customer', leg: event.leg, number: event.personal?.number ?? '', connected: event.connected === true, since: at });
      const leg = event.leg === undefined ? undefined : centre.legs.get(event.leg);
      if (leg !== undefined) leg.call = call.id;
      return;
    }
    case 'CustomerConnected': {
      for (const part of callNamed(centre, event.call).parts) {
        if (part.kind === 'customer' && part.leg === event.leg) part.connected = true;
      }
      talkBegins(callNamed(centre, event.call), at);
      return;
    }
    case 'CustomerLeft': {
      const call = callNamed(centre, event.call);
      const index = call.parts.findIndex((part) => part.kind === 'customer' && part.leg === event.leg);
      if (index >= 0) call.parts.splice(index, 1);
      if (call.keysTo === event.leg) call.keysTo = undefined;
      if (event.leg !== undefined && call.picture?.legs.includes(event.leg) === true) endPicture(centre, call);
      return;
    }
    case 'CallHeld': {
      const call = callNamed(centre, event.call);
      const part = partOf(call, event.agent);
      const agent = centre.agents.get(event.agent);
      if (part === undefined || agent === undefined) return;
      part.held = true;
      part.heldSince = at;
      agent.held.push(call.id);
      if (agent.call === call.id) agent.call = undefined;
      return;
    }
    case 'CallRetrieved': {
      const call = callNamed(centre, event.call);
      const part = partOf(call, event.agent);
      const agent = centre.agents.get(event.agent);
      if (part === undefined || agent === undefined) return;
      part.held = false;
      part.heldSince = undefined;
      if (part.offRecord === 'end') part.offRecord = undefined;
      agent.held.splice(agent.held.indexOf(call.id), 1);
      agent.call = call.id;
      agent.lastQueue = call.queue;
      return;
    }
    case 'CallMuted': {
      const part = partOf(callNamed(centre, event.call), event.agent);
      if (part !== undefined) part.muted = event.on;
      return;
    }
    case 'KeysPassedOn': {
      callNamed(centre, event.call).keysTo = event.leg;
      return;
    }
    case 'ThirdSought': {
      const call = callNamed(centre, event.call);
      const { agent: by, purpose, to, hold, leg } = event;
      call.third = { by, purpose, to, hold, leg, came: false, queueBefore: call.queue };
      return;
    }
    case 'ThirdCame': {
      const { third } = callNamed(centre, event.call);
      if (third !== undefined) third.came = true;
      return;
    }
    case 'ThirdEnded': {
      const call = callNamed(centre, event.call);
      // A queue in which somebody was sought for a while is not the call's (6.5.1.2.19), unless it is theirs from now on.
      const isTheirs = (event.purpose === 'consult' || event.purpose === 'afterSuccess') && (event.outcome === 'done' || event.outcome === 'left');
      if (call.third !== undefined && !isTheirs) call.queue = call.third.queueBefore;
      call.third = undefined;
      return;
    }
    case 'AgentPromoted': {
      const part = partOf(callNamed(centre, event.call), event.agent);
      if (part !== undefined) part.role = 'main';
      return;
    }
    case 'MediaSwitchAsked': {
      const { agent: by, agents, legs } = event;
      callNamed(centre, event.call).picture = { by, agents, legs, shown: [], codec: undefined, unrecorded: [], on: false };
      setTimer(centre.timers, mediaTimer(event.call), at + SWITCH_MS);
      return;
    }
    case 'PictureShown': {
      const { picture } = callNamed(centre, event.call);
      if (picture === undefined) return;
      picture.shown.push(event.leg);
      picture.codec = event.codec ?? picture.codec;
      return;
    }
    case 'MediaSwitched': {
      const call = callNamed(centre, event.call);
      cancelTimer(centre.timers, mediaTimer(call.id));
      if (event.to === 'video' && event.ok && call.picture !== undefined) call.picture.on = true;
      else call.picture = undefined;
      return;
    }
    case 'CallFailed':
    case 'KeysPressed':
    case 'KeysForwarded':
    case 'CustomerWrote':
    case 'ThreePartyBegan':
      return;
    case 'CallDataSet': {
      callNamed(centre, event.call).data = event.personal?.data ?? '';
      return;
    }
    case 'CallEnded': {
      const call = callNamed(centre, event.call);
      for (const queue of call.waitingIn.slice()) dequeue(centre, call, queue, REASON.cancelled, at);
      stopAwaiting(centre, call, REASON.cancelled, at);
      cancelTimer(centre.timers, answerTimer(call.id));
      endPicture(centre, call);
      const subject = call.about === undefined ? undefined : centre.calls.get(call.about);
      if (subject?.consultation === call.id) subject.consultation = undefined;
      for (const visit of call.visits) if (visit.until === undefined) leaveDevice(visit, REASON.normal, at);
      if (call.visits.length > 0) centre.unrecorded.set(call.id, { call, cause: event.cause });
      centre.calls.delete(call.id);
      return;
    }
    default:
      event satisfies never;
  }
}
