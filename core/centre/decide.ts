import type { Agent } from '../agent/agent.ts';
import { sendNote } from '../agent/note.ts';
import { askState, stateTimeout } from '../agent/requests.ts';
import { leaveService, signIn, signOut, SIGN_OUT } from '../agent/session.ts';
import { adjust, cancelCustomState, chooseQueues, setCapacity, setCustomState, setTalkRight } from '../agent/settings.ts';
import { arrive } from '../call/arrive.ts';
import { connectHold } from '../call/connect-hold.ts';
import { innerHelp } from '../call/consult.ts';
import { setCallData } from '../call/data.ts';
import { dialOut } from '../call/dial.ts';
import { disconnect, dropCall, release } from '../call/drop.ts';
import { hold, mute, retrieve } from '../call/hold.ts';
import { callInner } from '../call/inner.ts';
import { flowEnded } from '../call/ivr.ts';
import { pressKeys } from '../call/keys.ts';
import { dropTimeout, legReported, ringTimeout } from '../call/leg.ts';
import { answer, answerTimeout } from '../call/offer.ts';
import { hangUpPhone, pickUpPhone } from '../call/linked-phone.ts';
import { snatchPickup } from '../call/pick-up.ts';
import { preview, previewCallOut, previewTimeout, releasePreview } from '../call/preview.ts';
import { reject } from '../call/reject.ts';
import { requestCall } from '../call/request.ts';
import { confJoin, keysPressed, passKeys } from '../call/three-party.ts';
import { cancelTransfer, transfer } from '../call/transfer.ts';
import { mediaTimeout, pictureReported, switchMedia } from '../call/video.ts';
import { arriveChat, customerWrites, leaveChat } from '../chat/chat.ts';
import { transferChat } from '../chat/transfer.ts';
import { playEnded } from '../conference/announcements.ts';
import { confer } from '../conference/command.ts';
import { conferenceTimeout } from '../conference/due.ts';
import { captureImage, imageAnswered, imageTimeout } from '../image/capture.ts';
import { adjustSkill, force, forceDrop } from '../inspection/force.ts';
import { inspect, stopInspecting, switchInspection } from '../inspection/inspect.ts';
import { intercept } from '../inspection/intercept.ts';
import { changePlayback, play, playbackEnded, playBegan } from '../playback/play.ts';
import { listenerOf } from '../playback/playback.ts';
import { flowRecorded, flowRecording, flowRecordTimeout } from '../recording/flow-recording.ts';
import { keepRecordings } from '../recording/keep.ts';
import { record, recordBegan, recorded, recordLost, recordTimeout, stopRecord } from '../recording/record.ts';
import { keepRecords } from '../records/keep.ts';
import { ownQueueTimeout } from '../queue/own.ts';
import { waitTimeout } from '../queue/routing.ts';
import { keepWaitFlows, waitFlowEnded } from '../queue/wait-flow.ts';
import type { Command } from './command.ts';
import { configure } from './configure.ts';
import { erased, forget } from './erasure.ts';
import type { Event } from './event.ts';
import { isRefused, refused, type Refused } from './refused.ts';
import type { Centre } from './state.ts';
import { beginStep, type Step, type Watch } from './step.ts';

/** What a command led to. A refusal changes nothing: its events are none. */
export interface Decision {
  readonly events: readonly Event[];
  /** What the caller is answered, such as the id of a new call. */
  readonly result: string | undefined;
  readonly refused: Refused | undefined;
}

/** Decides a command on the newest state and puts what happens in force. Deterministic: time is an argument, ids follow from the state. */
export function decide(centre: Centre, command: Command, at: number, watches: readonly Watch[] = []): Decision {
  const step = beginStep(centre, at, watches);
  const outcome = carryOut(step, command);
  if (!isRefused(outcome)) {
    keepWaitFlows(step, step.events);
    keepRecordings(step, step.events);
    keepRecords(step, step.events);
    return { events: step.events, result: outcome, refused: undefined };
  }
  if (step.events.length > 0) throw new Error(`${command.kind} was refused (${outcome.refused}) after something had happened`);
  return { events: step.events, result: undefined, refused: outcome };
}

type AgentCommand = Exclude<Extract<Command, { agent: number }>, { kind: 'signIn' }>;

const isByAgent = (command: Command): command is AgentCommand => 'agent' in command && command.kind !== 'signIn';

function carryOut(step: Step, command: Command): string | Refused | undefined {
  if (isByAgent(command)) {
    const agent = step.centre.agents.get(command.agent);
    return agent === undefined ? refused('notSignedIn', String(command.agent)) : byAgent(step, agent, command);
  }
  switch (command.kind) {
    case 'configure':
      configure(step, command.change);
      return undefined;
    case 'timer':
      if (step.centre.timers.due.get(command.key) !== command.at) return undefined;
      if (command.giveUp !== true) timer(step, command.key);
      // What happened has cancelled or replaced it; else it would be due for ever.
      if (step.centre.timers.due.get(command.key) === command.at) step.emit({ type: 'TimerPassed', key: command.key });
      return undefined;
    case 'forget':
      forget(step, command.numbers);
      return undefined;
    case 'erased':
      erased(step, command.calls);
      return undefined;
    case 'signIn':
      return signIn(step, command);
    case 'arrive':
      return arrive(step, command);
    case 'chatArrives':
      return arriveChat(step, command);
    case 'chatLeaves':
      return leaveChat(step, command.call);
    case 'customerWrites':
      return customerWrites(step, command.call, command.text);
    case 'legReported':
      legReported(step, command.report);
      return undefined;
    case 'flowEnded':
      (command.waits === true ? waitFlowEnded : flowEnded)(step, command.leg, command.outcome);
      return undefined;
    case 'digits':
      keysPressed(step, command.leg, command.digits);
      return undefined;
    case 'playEnded':
      (listenerOf(command.play) === undefined ? playEnded : playbackEnded)(step, command.play, command.why);
      return undefined;
    case 'picture':
      pictureReported(step, command.leg, command.on, command.codec);
      return undefined;
    case 'imageAnswered':
      return imageAnswered(step, command.leg, command.image, command.outcome);
    case 'playBegan':
      playBegan(step, command.play);
      return undefined;
    case 'recordBegan':
      recordBegan(step, command.record);
      return undefined;
    case 'recorded':
      recorded(step, command);
      return undefined;
    case 'recordLost':
      recordLost(step, command.record);
      return undefined;
    case 'flowRecording':
      flowRecording(step, command);
      return undefined;
    case 'flowRecorded':
      flowRecorded(step, command);
      return undefined;
    default:
      return command satisfies never;
  }
}

function byAgent(step: Step, agent: Agent, command: AgentCommand): string | Refused | undefined {
  switch (command.kind) {
    case 'signOut':
      if (command.session !== undefined && command.session !== agent.profile.session) return refused('notSignedIn', 'the session has ended');
      if (command.force !== true) return leaveService(step, agent);
      signOut(step, agent, command.cause ?? SIGN_OUT.requested);
      return undefined;
    case 'askState':
      return askState(step, agent, command);
    case 'adjust':
      return adjust(step, agent, command.change);
    case 'chooseQueues':
      return chooseQueues(step, agent, command.queues);
    case 'setTalkRight':
      return setTalkRight(step, agent, command.on);
    case 'setCustomState':
      return setCustomState(step, agent, command.state);
    case 'cancelCustomState':
      return cancelCustomState(step, agent);
    case 'setCapacity':
      return setCapacity(step, agent, command.media, command.sessions);
    case 'sendNote':
      return sendNote(step, agent, command);
    case 'inspect':
      return inspect(step, agent, command.target, command.how);
    case 'switchInspection':
      return switchInspection(step, agent, command.target, command.how);
    case 'stopInspecting':
      return stopInspecting(step, agent, command.target);
    case 'intercept':
      return intercept(step, agent, command.target);
    case 'force':
      return force(step, agent, command.target, command.into);
    case 'adjustSkill':
      return adjustSkill(step, agent, command.target, command.queues);
    case 'forceDrop':
      return forceDrop(step, agent, command.call);
    case 'transferChat':
      return transferChat(step, agent, command);
    case 'renewGuid':
      step.emit({ type: 'GuidRenewed', agent: agent.id });
      return undefined;
    case 'answer':
      return answer(step, agent, command.call);
    case 'reject':
      return reject(step, agent, command);
    case 'requestCall':
      return requestCall(step, agent, command);
    case 'snatchPickup':
      return snatchPickup(step, agent, command.target);
    case 'hold':
      return hold(step, agent);
    case 'retrieve':
      return retrieve(step, agent, command.call);
    case 'mute':
      return mute(step, agent, command.on);
    case 'release':
      return release(step, agent);
    case 'dropCall':
      return dropCall(step, agent, command.call);
    case 'disconnect':
      return disconnect(step, agent, command.number);
    case 'dialOut':
      return dialOut(step, agent, command);
    case 'callInner':
      return callInner(step, agent, command);
    case 'preview':
      return preview(step, agent, command);
    case 'releasePreview':
      releasePreview(step, agent, command.control);
      return undefined;
    case 'previewCallOut':
      return previewCallOut(step, agent, command);
    case 'pressKeys':
      return pressKeys(step, agent, command.digits);
    case 'setCallData':
      return setCallData(step, agent, command);
    case 'innerHelp':
      return innerHelp(step, agent, command);
    case 'confJoin':
      return confJoin(step, agent, command.call, command.data);
    case 'connectHold':
      return connectHold(step, agent, command.call);
    case 'transfer':
      return transfer(step, agent, command);
    case 'cancelTransfer':
      return cancelTransfer(step, agent);
    case 'switchMedia':
      return switchMedia(step, agent, command.to);
    case 'captureImage':
      return captureImage(step, agent, command.call, command.leg);
    case 'pickUpPhone':
      return pickUpPhone(step, agent);
    case 'hangUpPhone':
      return hangUpPhone(step, agent);
    case 'passKeys':
      return passKeys(step, agent);
    case 'conference':
      return confer(step, agent, command.asked);
    case 'record':
      return record(step, agent, command);
    case 'stopRecord':
      return stopRecord(step, agent);
    case 'play':
      return play(step, agent, { path: command.path, fromMs: command.fromMs, repeats: command.repeats, gain: command.gain });
    case 'changePlayback':
      return changePlayback(step, agent, command.change);
    case 'recordScreen':
      step.emit({ type: 'ScreenNotRecorded', agent: agent.id, asked: command.asked });
      return undefined;
    default:
      return command satisfies never;
  }
}

function timer(step: Step, key: string): void {
  const { agents, calls } = step.centre;
  const [what = '', name = '', more = ''] = key.split(':');
  switch (what) {
    case 'state': {
      const agent = agents.get(Number(name));
      if (agent !== undefined) stateTimeout(step, agent);
      return;
    }
    case 'wait':
      if (calls.has(name)) waitTimeout(step, name, Number(more));
      return;
    case 'own':
      if (calls.has(name)) ownQueueTimeout(step, name);
      return;
    case 'preview': {
      const agent = agents.get(Number(name));
      if (agent !== undefined) previewTimeout(step, agent);
      return;
    }
    case 'answer':
      if (calls.has(name)) answerTimeout(step, name);
      return;
    case 'media': {
      const call = calls.get(name);
      if (call !== undefined) mediaTimeout(step, call);
      return;
    }
    case 'ring':
      ringTimeout(step, name);
      return;
    case 'drop':
      dropTimeout(step, name);
      return;
    case 'image':
      imageTimeout(step, name);
      return;
    case 'record':
      recordTimeout(step, name);
      return;
    case 'flowRecord':
      flowRecordTimeout(step, name);
      return;
    case 'conference':
      conferenceTimeout(step, name, more);
      return;
    default:
      throw new Error(`there is no timer ${key}`);
  }
}
