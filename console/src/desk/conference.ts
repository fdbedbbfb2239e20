import { useQuery } from '@tanstack/react-query';
import { confQueryInfos, confRequest, confShiftPresident } from '@parley/contract/gateway/agent-conference.ts';
import { confBatchAdd, confBatchRemove, confChangeParticipantMode } from '@parley/contract/gateway/agent-conference-participant.ts';
import { mediaGetConnectInfo } from '@parley/contract/gateway/media-call.ts';
import type { Result } from '@parley/contract/operation.ts';
import { useAsked } from '../session/asking.ts';
import { doAtDesk, onAgentEvent, useAgentEvents, useDesk, type DeskCall } from './desk.ts';

/* A conference of several (6.1.6), which the agent begins as its chair. */

export type ConferenceNow = Result<typeof confQueryInfos>['confs'][number];
export type Participant = ConferenceNow['addresses'][number];

const EVERY_MS = 2000;
const ROOM = /^conf-\d+-(\d+)$/;
export const MOST_MEMBERS = 120;

/** A work number has up to five digits, from 101 on; what is longer is telephoned. */
export const addressOf = (typed: string): { readonly address: string; readonly addressType: '6' | '9' } => {
  const address = typed.trim();
  return { address, addressType: /^\d{3,5}$/.test(address) && Number(address) >= 101 && Number(address) <= 59_999 ? '9' : '6' };
};

/** The conference in which a call is: events tell its id; a page that was loaded since asks which room its phone is in. */
export function useConference({ callId }: DeskCall): ConferenceNow | undefined {
  const { workNo: agentid = 0 } = useDesk();
  const told = useAgentEvents().findLast(({ eventType }) => eventType === 'AgentConf_SelfJoinResult')?.content as { readonly confId?: number } | undefined;
  const room = useQuery({
    queryKey: ['conference of', callId], staleTime: Infinity, enabled: told === undefined,
    queryFn: async () => Number(ROOM.exec((await doAtDesk(mediaGetConnectInfo, { callid: callId, userType: 'agent' })).channelId)?.[1] ?? 0),
  });
  const id = told?.confId ?? room.data ?? 0;
  const asked = useAsked(confQueryInfos, { agentid, confIds: [id] }, { everyMs: EVERY_MS, enabled: id !== 0 });
  return asked.data?.confs[0];
}

const INVITE_MS = 40_000;

/** Begins one, and invites as soon as there is something to invite to; that there will be none is told by an event. */
export async function beginConference(people: readonly string[], memberNum: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, INVITE_MS);
  const stop = onAgentEvent(({ eventType }) => {
    if (eventType === 'AgentConf_RequestSuccess') invite(people).then(resolve, reject);
    if (eventType === 'AgentConf_RequestFailed') resolve();
  });
  try {
    await doAtDesk(confRequest, { memberNum });
    await promise;
  } finally {
    clearTimeout(timer);
    stop();
  }
}

export async function invite(people: readonly string[]): Promise<void> {
  if (people.length > 0) await doAtDesk(confBatchAdd, { addresses: people.map(addressOf) });
}

export async function remove({ address, addressType }: Participant): Promise<void> {
  await doAtDesk(confBatchRemove, { addresses: [{ address, addressType }] });
}

/** 1 listens only, 3 both. */
export const isSilenced = ({ channelAttrib }: Participant): boolean => channelAttrib === 1 || channelAttrib === 4;

export async function silence(participant: Participant): Promise<void> {
  const { address, addressType } = participant;
  await doAtDesk(confChangeParticipantMode, { address, addressType, attribute: isSilenced(participant) ? 3 : 1 });
}

/** Another agent is the chair from now on, and this one may leave. */
export async function handOver({ address }: Participant): Promise<void> {
  await doAtDesk(confShiftPresident, { destAgentNo: Number(address) });
}
