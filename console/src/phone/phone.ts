import { useSyncExternalStore } from 'react';
import { mediaGetConnectInfo } from '@parley/contract/gateway/media-call.ts';
import { deskNow, doAtDesk, onDeskChange, refreshDesk, renewDesk, type DeskCall, type DeskNow, type DeskSession, type Standing } from '../desk/desk.ts';
import { closeMicrophone, devicesNow, hearBy, onDevicesChange, openMicrophone } from './devices.ts';
import { nextTurn, NO_PHONE, type PhoneEffect, type PhoneEvent, type PhoneState } from './machine.ts';
import type { Credentials, SipLine } from './sip-line.ts';

/* The phone of the desk: on as long as the desk is open here, whatever page is looked at. JsSIP is loaded when it is first needed. */

let state = NO_PHONE;
let line: SipLine | undefined;
/** The password for which the line was opened; another one wants another line. */
let opened: string | undefined;
/** Lines of before say nothing any more. */
let generation = 0;
/** The call that the agent is just answering, and may be heard in at once. */
let isAnswering: string | undefined;
/** Muted at this end of the line alone, in this call. */
let silentIn: string | undefined;
const listeners = new Set<() => void>();
const ear = new Audio();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

export const usePhone = (): PhoneState => useSyncExternalStore(subscribe, () => state);
/** Whether the agent has muted the microphone itself, as there is nothing in Parley for it. */
export const useSilentHere = (): boolean => useSyncExternalStore(subscribe, () => silentIn !== undefined);

const IN_CALL: ReadonlySet<DeskCall['stage']> = new Set(['talking', 'conference', 'listening', 'held']);

/** The call in which Parley has the phone. */
const neededFor = (now: DeskNow | undefined): string | undefined => now?.calls.find(({ stage, media }) => IN_CALL.has(stage) && media !== 'text')?.callId;

function happens(event: PhoneEvent): void {
  const [next, effects] = nextTurn(state, event);
  const hasChanged = next !== state;
  state = next;
  for (const effect of effects) perform(effect);
  if (hasChanged) for (const listener of listeners) listener();
}

function perform(effect: PhoneEffect): void {
  const { stream } = devicesNow();
  switch (effect.kind) {
    case 'answer':
      if (stream !== undefined) line?.answer(effect.id, stream);
      return;
    case 'decline':
      line?.decline(effect.id);
      return;
    case 'discard':
      line?.discard(effect.id);
      return;
    case 'return':
      void comeBack(effect.call);
      return;
    case 'settle':
      void refreshDesk();
      setTimeout(() => { happens({ kind: 'settled' }); }, effect.ms);
      return;
    case 'renew':
      void renewDesk();
      return;
    default:
      effect satisfies never;
  }
}

/** 6.1.5.4: the room tells Parley which call it is that the phone was cut off from. */
async function comeBack(callid: string): Promise<void> {
  const began = generation;
  try {
    const { channelId } = await doAtDesk(mediaGetConnectInfo, { callid, userType: 'agent' });
    const { stream } = devicesNow();
    if (generation !== began || line === undefined || stream === undefined) return;
    happens({ kind: 'called', id: line.call(channelId, stream) });
  } catch {
    // Refused, or the line is down: the desk says what the matter is, and the phone tries again while the call goes on.
    if (generation === began) happens({ kind: 'returnFailed' });
  }
}

async function open(credentials: Credentials): Promise<void> {
  close();
  opened = credentials.password;
  const own = generation;
  happens({ kind: 'started' });
  void openMicrophone();
  const { openSipLine } = await import('./sip-line.ts');
  if (generation !== own) return;
  const tell = (event: PhoneEvent): void => { if (generation === own) happens(event); };
  line = openSipLine(credentials, {
    registered: () => { tell({ kind: 'registered' }); },
    refused: () => { tell({ kind: 'registrationRefused' }); },
    disconnected: () => { tell({ kind: 'disconnected' }); },
    invited: (id) => { tell({ kind: 'invited', id }); },
    up: (id) => { tell({ kind: 'up', id }); },
    over: (id) => { tell({ kind: 'over', id }); },
    heard: (stream) => { if (generation === own) hear(stream); },
  });
}

function close(how: Parameters<SipLine['stop']>[0] = 'over'): void {
  generation += 1;
  line?.stop(how);
  line = undefined;
  opened = undefined;
  ear.srcObject = null;
  happens({ kind: 'stopped' });
}

function hear(stream: MediaStream): void {
  ear.srcObject = stream;
  void hearBy(ear, 'speaker');
  // Refused where nobody has touched the page yet, which somebody with a microphone open has.
  ear.play().catch(() => undefined);
}

/** What the desk says is also so on this side of the line: nobody is heard before the call is answered, or while muted. */
function speakAsToldBy(now: DeskNow | undefined): void {
  const inHand = now?.calls[0];
  if (inHand?.stage !== 'ringing') isAnswering = undefined;
  if (silentIn !== undefined && silentIn !== inHand?.callId) silenceHere(false);
  const isSilent = inHand?.isMuted === true || silentIn !== undefined || (inHand?.stage === 'ringing' && now?.autoAnswer === false && inHand.callId !== isAnswering);
  for (const track of devicesNow().stream?.getAudioTracks() ?? []) track.enabled = !isSilent;
}

export function silenceHere(isSilent: boolean): void {
  silentIn = isSilent ? deskNow().now?.calls[0]?.callId : undefined;
  for (const listener of listeners) listener();
  speakAsToldBy(deskNow().now);
}

/** The agent answers: the first word is not to be lost on the way to Parley and back. */
export function speakIn(callId: string): void {
  isAnswering = callId;
  speakAsToldBy(deskNow().now);
}

function follow(session: DeskSession | undefined, standing: Standing): void {
  const wanted = standing === 'open' ? session?.phone ?? undefined : undefined;
  if (wanted === undefined) {
    if (opened === undefined) return;
    close(standing === 'elsewhere' ? 'handedOver' : 'over');
    closeMicrophone();
  } else if (wanted.password !== opened) void open(wanted);
}

const MICROPHONE: Readonly<Record<ReturnType<typeof devicesNow>['microphone'], PhoneState['microphone']>> = {
  unasked: 'asked', asked: 'asked', there: 'there', refused: 'missing', missing: 'missing', insecure: 'missing', failed: 'missing',
};

let heldStream: MediaStream | undefined;

/** Once, when the console is first opened by somebody who is an agent. */
export function keepPhone(): () => void {
  const stopDesk = onDeskChange(() => {
    const { standing, session, now } = deskNow();
    follow(session, standing);
    const call = neededFor(now);
    if (opened !== undefined && call !== state.needed) happens({ kind: 'needed', call });
    speakAsToldBy(now);
  });
  const stopDevices = onDevicesChange(() => {
    const { microphone, stream } = devicesNow();
    if (MICROPHONE[microphone] !== state.microphone) happens({ kind: 'microphone', is: MICROPHONE[microphone] });
    const [track] = stream?.getAudioTracks() ?? [];
    if (stream !== heldStream && track !== undefined) line?.speak(track);
    heldStream = stream;
    void hearBy(ear, 'speaker');
    speakAsToldBy(deskNow().now);
  });
  return () => {
    stopDesk();
    stopDevices();
  };
}
