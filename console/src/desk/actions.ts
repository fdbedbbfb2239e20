import { answerCall, rejectCall } from '@parley/contract/gateway/call-answer.ts';
import { confAnswer, confLeave, confReject, confRelease } from '@parley/contract/gateway/agent-conference.ts';
import { callInner, callOut } from '@parley/contract/gateway/call-dial.ts';
import { beginMute, confJoin, connectHold, endMute, getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { secondDialEx } from '@parley/contract/gateway/call-keys.ts';
import { disconnectNumber, dropCall, releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cancelTransfer } from '@parley/contract/gateway/call-transfer.ts';
import { agentRest, cancelBusy, cancelRest, sayBusy, sayFree, sayWork } from '@parley/contract/gateway/agent-state.ts';
import { setTalkRight } from '@parley/contract/gateway/agent-setting.ts';
import { voiceRecordStart, voiceRecordStop } from '@parley/contract/gateway/recording.ts';
import { Refused } from '../session/client.ts';
import { speakIn } from '../phone/phone.ts';
import { handsOf, isMeeting, wayToReady } from './calls.ts';
import { deskNow, doAtDesk, type DeskCall, type DeskNow } from './desk.ts';

/* What an agent does, by the operations of the gateway. Each throws where it is refused, and nothing is shown before the server says so. */

const PICK_UP_MS = 4000;
const AGAIN_MS = 120;

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });
const stillRings = (callId: string): boolean => deskNow().now?.calls.some((call) => call.callId === callId && call.stage === 'ringing') === true;

/** The phone answers by itself; until Parley has heard of that the call cannot be taken. */
export async function answer(call: DeskCall): Promise<void> {
  if (isMeeting(call)) return taken(call, async () => { await doAtDesk(confAnswer, {}); });
  speakIn(call.callId);
  return taken(call, async () => { await doAtDesk(answerCall, { callid: call.callId }); });
}

async function taken({ callId }: DeskCall, take: () => Promise<void>): Promise<void> {
  const until = Date.now() + (deskNow().session?.phone == null ? 0 : PICK_UP_MS);
  for (;;) {
    try {
      return await take();
    } catch (error) {
      if (!stillRings(callId)) return;
      if (!(error instanceof Refused) || Date.now() > until) throw error;
      await pause(AGAIN_MS);
    }
  }
}

export async function reject(call: DeskCall, isReleased = false): Promise<void> {
  if (isMeeting(call)) await doAtDesk(confReject, {});
  else await doAtDesk(rejectCall, { callid: call.callId, mode: isReleased ? 2 : 1 });
}

/** The call in hand; of a conference, one's own part in it. */
export async function hangUp(call: DeskCall): Promise<void> {
  if (isMeeting(call)) await doAtDesk(confLeave, {});
  else if (call.stage === 'held') await doAtDesk(dropCall, { callid: call.callId });
  else await doAtDesk(releaseCall, {});
}

export const endMeeting = async (): Promise<void> => { await doAtDesk(confRelease, {}); };
export const hold = async (): Promise<void> => { await doAtDesk(holdCall, {}); };
export const mute = async ({ isMuted }: DeskCall): Promise<void> => { await doAtDesk(isMuted ? endMute : beginMute, {}); };
export const press = async (keys: string): Promise<void> => { await doAtDesk(secondDialEx, { number: keys }); };
export const sendAway = async (number: string): Promise<void> => { await doAtDesk(disconnectNumber, { number }); };
export const joinWith = async (callid: string): Promise<void> => { await doAtDesk(confJoin, { callid }); };
export const leaveTogether = async (callid: string): Promise<void> => { await doAtDesk(connectHold, { callid }); };

/** Another held call: the one in hand goes on hold for it. */
export async function pickUp(callid: string): Promise<void> {
  if (handsOf(deskNow().now?.calls).inHand !== undefined) await hold();
  await doAtDesk(getHold, { callid });
}

/** Whoever was asked for goes, and the customer is there again. */
export async function comeBack(how: 'transfer' | 'consultation'): Promise<void> {
  if (how === 'transfer') await doAtDesk(cancelTransfer, {});
  else await doAtDesk(releaseCall, {});
}

export async function record({ isRecorded }: DeskCall): Promise<void> {
  if (isRecorded) await doAtDesk(voiceRecordStop, {});
  else await doAtDesk(voiceRecordStart, { mediaType: 5 });
}

export const callNumber = async (called: string): Promise<void> => { await doAtDesk(callOut, { called }); };
export const callColleague = async (called: string): Promise<void> => { await doAtDesk(callInner, { called }); };

const READY = { sayFree, cancelBusy, cancelRest } as const;

export async function becomeReady(agent: DeskNow['agent']): Promise<void> {
  const way = wayToReady(agent);
  if (way !== undefined) await doAtDesk(READY[way], {});
}

/** Who rests is not busy: the rest ends first. */
async function endRest({ state }: DeskNow['agent']): Promise<void> {
  if (state === 'rest') await doAtDesk(cancelRest, {});
}

export async function becomeBusy(agent: DeskNow['agent'], reason: number): Promise<void> {
  await endRest(agent);
  await doAtDesk(sayBusy, { reason: reason, prolong: agent.state === 'busy' });
}

export const rest = async (agent: DeskNow['agent'], restcause: number, seconds: number): Promise<void> => {
  await doAtDesk(agentRest, { time: seconds, restcause, prolong: agent.state === 'rest' });
};

export async function wrapUp(agent: DeskNow['agent']): Promise<void> {
  await endRest(agent);
  await doAtDesk(sayWork, {});
}

export const takeCalls = async (): Promise<void> => { await doAtDesk(setTalkRight, { flag: 1 }); };
