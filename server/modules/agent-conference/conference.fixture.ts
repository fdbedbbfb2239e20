import assert from 'node:assert/strict';
import { confBatchAdd } from '@parley/contract/gateway/agent-conference-participant.ts';
import { confAnswer, confQueryInfos, confRequest } from '@parley/contract/gateway/agent-conference.ts';
import type { Input, Result } from '@parley/contract/operation.ts';
import type { Desk } from '../../testing/desk.ts';
import { resultOf, type Floor } from '../../testing/floor.ts';

export type Shown = Result<typeof confQueryInfos>['confs'][number];

/** A conference in a test, with its chair. */
export interface Conferring {
  readonly chair: Desk;
  readonly agentid: number;
  readonly confId: number;
  /** Another agent joins; answers the desk. */
  readonly joinedBy: () => Promise<Desk>;
  readonly phoneJoins: (number: string) => Promise<void>;
  /** As the chair sees it. */
  readonly shown: () => Promise<Shown>;
}

export const ON_HOLD = (vdnId: number): string => `y:/conf/${vdnId}/1136287.V3`;

export async function confer(floor: Floor, changes: Partial<Input<typeof confRequest>> = {}): Promise<Conferring> {
  const chair = await floor.agent();
  const agentid = chair.workNo;
  const reply = await chair.client.call(confRequest, { agentid, memberNum: 6, time: 50, promptTime: 5, ...changes });
  assert.ok(reply.ok, JSON.stringify(reply.body));
  const { confId } = await chair.until('AgentConf_RequestSuccess');
  const add = async (addressType: '6' | '9', address: string): Promise<void> => {
    const added = await chair.client.call(confBatchAdd, { agentid, addresses: [{ addressType, address }] });
    assert.ok(added.ok, JSON.stringify(added.body));
  };
  const joined = async (participant: string): Promise<void> => {
    for (;;) {
      const told = await chair.until('AgentConf_ParticipantChanged');
      if (told.participant === participant && told.changeType === 0) return;
    }
  };
  return {
    chair, agentid, confId,
    joinedBy: async () => {
      const other = await floor.agent();
      await add('9', String(other.workNo));
      await other.until('AgentConf_Ringing');
      assert.ok((await other.client.call(confAnswer, { agentid: other.workNo })).ok);
      await other.until('AgentConf_SelfJoinResult');
      await joined(String(other.workNo));
      return other;
    },
    phoneJoins: async (number) => {
      await add('6', number);
      await joined(number);
    },
    shown: async () => {
      const [shown] = resultOf(await chair.client.call(confQueryInfos, { agentid, confIds: [confId] })).confs;
      assert.ok(shown !== undefined);
      return shown;
    },
  };
}

/** The platform's code beneath 100-007 (Table 6-450). */
export const reasonOf = (reply: { readonly body: Record<string, unknown> }): unknown => (reply.body['result'] as { errorReason?: number } | undefined)?.errorReason;
