import assert from 'node:assert/strict';
import type { createTrunk } from '@parley/contract/admin/trunk.ts';
import type { Client } from '@parley/contract/client.ts';
import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import type { Input } from '@parley/contract/operation.ts';
import type { Place } from '../../telephony/sip/transport/channel.ts';
import { openDesk, type Account, type Desk } from './desk.ts';

export type TrunkSettings = Input<typeof createTrunk>;

/** A Parley with real voice, and what tests make in it. */
export interface Centre {
  readonly sip: Place;
  /** A new queue, and the number at which customers reach it. */
  readonly queue: (mostWaiting?: number) => Promise<Queue>;
  /** New agents of a queue, or of none; they are not signed in. */
  readonly accounts: (count: number, queue?: Queue, changes?: AccountChanges) => Promise<readonly Account[]>;
  readonly account: (queue?: Queue, changes?: AccountChanges) => Promise<Account>;
  /** A way to and from a carrier. */
  readonly trunk: (settings: TrunkSettings) => Promise<void>;
  readonly signIn: (account: Account, changes?: Parameters<typeof openDesk>[2]) => Promise<Desk>;
  readonly close: () => Promise<void>;
}

export interface AccountChanges {
  /** 2 agent, 3 inspector. */
  readonly ccRoleId?: 2 | 3;
}

export interface Queue {
  readonly id: number;
  readonly number: string;
}

/** What a centre is made of. */
export interface Tenancy extends Pick<Centre, 'sip' | 'trunk' | 'close'> {
  readonly url: string;
  /** Calls the configuration as the tenant. */
  readonly client: Client;
  /** What the numbers of its queues begin with. */
  readonly accessCode: string;
}

/** Where the carrier is that brings the customers: an address of the loopback that nobody else has. */
export const CARRIER = '127.0.0.3';
export const CUSTOMERS: TrunkSettings = { name: 'customers', peers: [], networks: [CARRIER] };

const release = { transferType: 'Release' } as const;
const FIRST_EXTENSION = 71;
const ACCOUNTS_AT_ONCE = 4;

/** Makes queues and agents as a client of the API does. */
export function centreOf({ url, client, accessCode, sip, trunk, close }: Tenancy): Centre {
  let queues = 0;
  let made = 0;

  const accounts: Centre['accounts'] = async (count, queue, { ccRoleId = 2 } = {}) => {
    const workNos = new Set<number>();
    let left = count;
    const make = async (): Promise<void> => {
      for (; left > 0;) {
        left -= 1;
        made += 1;
        const name = `voice.${made}`;
        const { ok, body } = await client.call(agentAccountCreate, {
          userAccount: `${name}.test`, userName: name, password: 'Correct-Horse-9', email: `${name}@example.com`, agentType: 4, ccRoleId,
          ...(queue === undefined ? {} : { skills: [{ skillId: queue.id, agentWeight: 1, skillWeight: 1 }] }),
        });
        assert.ok(ok, JSON.stringify(body));
        workNos.add(body.workNo);
      }
    };
    await Promise.all(Array.from({ length: ACCOUNTS_AT_ONCE }, make));
    const { body } = await client.call(querySysInfo, {});
    return body.agents.filter(({ workNo }) => workNos.has(workNo))
      .map(({ workNo, password, sipAccount, sipPwd }) => ({ workNo, password, number: sipAccount, sipPassword: sipPwd }));
  };
  const one: Centre['account'] = async (queue, changes) => {
    const [account] = await accounts(1, queue, changes);
    assert.ok(account !== undefined);
    return account;
  };

  return {
    sip, trunk, close, accounts,
    queue: async (mostWaiting = 100) => {
      const extCode = String(FIRST_EXTENSION + queues);
      queues += 1;
      const { body } = await client.call(createSkill, {
        mediaTypeId: 5, name: `queue ${queues}`, description: 'of a test', maxWaitTime: 60, maxWaitNum: mostWaiting, maxAgentWrapupTime: 0,
        skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '2', waitVoice: { parameterType: 'Voice' } },
      });
      const id = Number(body.skillId);
      const routed = await client.call(createCalledRoute, { accessCode, extCode, mediaTypeId: 5, devicetype: 1, deviceid: id });
      assert.ok(routed.ok, JSON.stringify(routed.body));
      return { id, number: accessCode + extCode };
    },
    account: one,
    signIn: (account, changes) => openDesk(url, account, changes),
  };
}
