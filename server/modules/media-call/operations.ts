import { sessionErrors } from '@parley/contract/gateway/errors.ts';
import { mediaCallErrors as errors, mediaSendMessage, mediaSetCallNums, mediaTransfer } from '@parley/contract/gateway/media-call.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Input } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Destination } from '@parley/core/call/arrive.ts';
import { isRefused } from '@parley/core/centre/refused.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { MAX_SESSIONS } from '@parley/core/chat/capacity.ts';
import { sessionOf } from '@parley/core/chat/chat.ts';
import { messageBytes } from '@parley/core/chat/message.ts';
import { MAX_TRANSFER_BYTES, type ChatTarget, type ChatTransfer } from '@parley/core/chat/transfer.ts';
import { withDeadline } from '../../engine/deadline.ts';
import type { Engine } from '../../engine/engine.ts';
import { DELIVERY_MS, type Message, type Messages } from '../../engine/messages.ts';
import { refusalOf, type Codes } from '../online-agent/index.ts';
import { draftOf } from './message.ts';

export interface MediaCallDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
  readonly messages: Messages;
  /** Where an access code of the tenant leads; undefined for one that it does not have. */
  readonly accessCode: (vdnId: number, code: string) => Promise<Destination | undefined>;
}

/** The session as its channel knows it, if the agent may write in it. */
function writable(centre: Centre, id: number, callid: string): Pick<Message, 'call' | 'channel' | 'user'> | Refusal {
  const agent = centre.agents.get(id);
  if (agent === undefined) return refuse(sessionErrors.notSignedIn, { agent: id });
  // 6.1.1.1 checkInWebm.
  if (!agent.profile.webm) return refuse(errors.mediaOff);
  const session = sessionOf(centre, agent, callid);
  if (isRefused(session)) return refuse(errors.messageCallForeign, { agent: id, callid });
  return { call: session.id, channel: session.chat?.channel ?? '', user: session.caller };
}

/** The numbers of 6.1.5.2 and 6.1.5.3 are shorts. */
const MAX_SHORT = 32_767;
const DIGITS = /^\d{1,9}$/;

const SET_CAPACITY: Codes = { badMode: errors.sessionMedia, limit: errors.mediaNumberRange };

type Transferring = Input<typeof mediaTransfer>;

const MODES: Readonly<Partial<Record<number, ChatTransfer['mode']>>> = { 0: 'blind', 2: 'afterSuccess' };
const DEVICES: Readonly<Partial<Record<number, ChatTarget['device']>>> = { 1: 'queue', 2: 'agent', 4: 'accessCode' };

const TRANSFER: Codes = {
  unknownAgent: errors.sessionTransferAgent, offline: errors.sessionTransferAgent, tooLarge: errors.sessionDataTooLong,
  notYours: errors.sessionTransferFailed, wrongState: errors.sessionTransferFailed, badNumber: errors.sessionTransferFailed, self: errors.sessionTransferFailed,
  unknownQueue: errors.sessionTransferFailed, busy: errors.sessionTransferFailed,
};

const transferFails = (message: string): Refusal => refuse(errors.sessionTransferFailed, { message });

/** 6.1.5.3 address, whose meaning is that of the device. */
async function targetOf({ accessCode }: MediaCallDependencies, vdnId: number, device: ChatTarget['device'], { address, skillId = 0 }: Transferring): Promise<ChatTarget | Refusal> {
  switch (device) {
    case 'queue':
      return DIGITS.test(address) ? { device, queue: Number(address) } : transferFails('address must be the id of a skill queue');
    case 'agent':
      if (skillId < 0 || skillId > MAX_SHORT) return refuse(errors.mediaNumberRange, { field: 'skillId' });
      if (!DIGITS.test(address)) return refuse(errors.sessionTransferAgent, { address });
      // Desktops without absent numbers send 0.
      return { device, agent: Number(address), ...(skillId === 0 ? {} : { queue: skillId }) };
    case 'accessCode': {
      const to = await accessCode(vdnId, address);
      return to === undefined ? transferFails(`${address} leads nowhere`) : { device, to };
    }
    default:
      return device satisfies never;
  }
}

/** 6.1.5.1 to 6.1.5.3. */
export function mediaCallHandlers(deps: MediaCallDependencies): readonly Handler[] {
  const { engine, messages } = deps;
  return [
    handle(mediaSendMessage, async ({ agentid: agent, callid = '', data }, { vdnId, now: at }) => {
      if (callid.trim() === '') return refuse(errors.messageCallMissing);
      const draft = draftOf(data);
      if (isRefusal(draft)) return draft;
      const session = await engine.view(vdnId, (centre) => writable(centre, agent, callid));
      if (isRefusal(session)) return session;
      const delivered = await withDeadline(messages.deliver(vdnId, { ...session, ...draft, agent, at }), DELIVERY_MS, 'the channel of a session');
      return delivered.ok ? {} : refuse(sessionErrors.failed, { message: delivered.message });
    }),

    handle(mediaSetCallNums, async ({ agentid: agent, mediaType, callnums }, { vdnId }) => {
      const media = mediaType.trim();
      if (!DIGITS.test(media)) return refuse(errors.sessionMedia, { mediaType });
      const sessions = DIGITS.test(callnums.trim()) ? Number(callnums) : 0;
      if (sessions > MAX_SESSIONS && sessions <= MAX_SHORT) return refuse(errors.sessionsTooMany, { limit: MAX_SESSIONS });
      const { refused } = await engine.send(vdnId, { kind: 'setCapacity', agent, media: Number(media), sessions });
      if (refused === undefined) return {};
      const refusal = refusalOf(refused, agent, SET_CAPACITY);
      return { ...refusal, details: { ...refusal.details, mediaType, field: 'callnums' } };
    }),

    handle(mediaTransfer, async (asked, { vdnId }) => {
      const { agentid: agent, callid: call, address, devicetype, calldata: data = '' } = asked;
      const device = DEVICES[devicetype];
      if (device === undefined) return refuse(errors.sessionTransferDevice, { devicetype });
      const mode = MODES[asked.mode];
      if (mode === undefined) return refuse(errors.sessionTransferMode, { mode: asked.mode });
      if (messageBytes(data) > MAX_TRANSFER_BYTES) return refuse(errors.sessionDataTooLong, { limit: MAX_TRANSFER_BYTES });
      const to = await targetOf(deps, vdnId, device, asked);
      if (isRefusal(to)) return to;
      const { refused } = await engine.send(vdnId, { kind: 'transferChat', agent, call, to, mode, data });
      if (refused === undefined) return {};
      const refusal = refusalOf(refused, agent, TRANSFER);
      return { ...refusal, details: { ...refusal.details, address } };
    }),
  ];
}
