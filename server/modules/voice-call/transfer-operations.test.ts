import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { changeIvrFlow, createIvrFlow } from '@parley/contract/admin/ivr-flow.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { queryCallAppData } from '@parley/contract/gateway/call-data.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { holdCall } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cancelTransfer, transferCall } from '@parley/contract/gateway/call-transfer.ts';
import type { Customer } from '../../../sim/parties.ts';
import type { Desk } from '../../testing/desk.ts';
import { newFloor, resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
afterEach(() => floor.clear());
after(() => floor.server.close());

interface Scene {
  readonly ann: Desk;
  readonly bob: Desk;
  readonly call: string;
  readonly party: Customer;
}

/** Ann talks with a customer, Bob is idle. */
async function scene(): Promise<Scene> {
  const ann = await floor.agent();
  const { call, party } = await floor.customer();
  await ann.until('AgentEvent_Talking');
  return { ann, bob: await floor.agent(), call, party };
}

const voiceOf = (phone: string): string | undefined => floor.voice.phone(phone).leg();

describeOperation(transferCall, {
  example: async () => {
    const { ann, bob, call } = await scene();
    const asked = { devicetype: 2, mode: 2, address: String(bob.workNo), callappdata: '', caller: '40040', mediaability: 0, holdflag: 'true' };
    assert.equal(await ann.code(transferCall, asked), '0');
    assert.deepEqual(await ann.until('AgentEvent_SuccTransResult'), { result: 0, callId: call });
  },
  badInput: async () => {
    const { ann, bob } = await scene();
    const address = String(bob.workNo);
    // The example as it is printed, which the table does not have.
    assert.equal(await ann.code(transferCall, { devicetype: 2, mode: 3, address, callappdata: '', caller: '40040', mediaability: 0, holdflag: 'true' }), '000-002');
    const wrong: readonly object[] = [
      { devicetype: 6, address, mode: 0 }, { devicetype: 0, address, mode: 0 }, { address, mode: 0 }, { devicetype: 2, mode: 0 }, { devicetype: 2, address },
      { devicetype: 2, address: 'bob', mode: 0 }, { devicetype: 1, address: 'sales', mode: 0 }, { devicetype: 2, address: '1'.repeat(25), mode: 0 },
      { devicetype: 5, address: 'home', mode: 1 }, { devicetype: 5, address: '40040', mode: 2, caller: '+49' },
      { devicetype: 2, address, mode: 0, callappdata: '日'.repeat(5462) },
    ];
    for (const asked of wrong) assert.equal(await ann.code(transferCall, asked), '000-002', JSON.stringify(asked));
    const nowhere: readonly object[] = [
      { devicetype: 2, address: String(ann.workNo), mode: 0 }, { devicetype: 2, address: '59999', mode: 2 }, { devicetype: 1, address: '1999', mode: 0 },
      { devicetype: 3, address: '77777', mode: 0 }, { devicetype: 4, address: '77777', mode: 2 }, { devicetype: 2, address, mode: 0, skillId: 1999 },
    ];
    for (const asked of nowhere) assert.equal(await ann.code(transferCall, asked), '100-007', JSON.stringify(asked));
    assert.equal(await bob.code(transferCall, { devicetype: 2, address: String(ann.workNo), mode: 0 }), '200-012');
    assert.equal(await ann.code(holdCall), '0');
    assert.equal(await ann.code(transferCall, { devicetype: 2, address, mode: 0 }), '200-012', 'a held call is not the current one');
  },
  effect: async () => {
    const { ann, bob, call, party } = await scene();
    assert.equal(await ann.code(transferCall, { devicetype: '2', address: String(bob.workNo), mode: '0', callappdata: 'order 7', skillId: 0 }), '0');
    assert.equal((await bob.until('AgentEvent_Talking')).callid, call);
    assert.equal(resultOf(await bob.client.call(queryCallAppData, { agentid: bob.workNo })), 'order 7');
    await floor.told(bob);
    assert.deepEqual(party.hears(), [voiceOf(bob.phone)]);
  },
});

/** Table 6-143, by device type. */
const MODES: Readonly<Record<number, readonly number[]>> = { 1: [0, 2], 2: [0, 2], 3: [0, 1], 4: [0, 2], 5: [1, 2, 3, 4] };

test('each kind of target has modes of its own, and no others', async () => {
  const { ann } = await scene();
  for (const [devicetype, modes] of Object.entries(MODES)) {
    for (const mode of [0, 1, 2, 3, 4, 5]) {
      if (modes.includes(mode)) continue;
      assert.equal(await ann.code(transferCall, { devicetype, address: '40040', mode }), '000-002', `${devicetype} ${mode}`);
    }
  }
});

describe('blindly to a number outside', () => {
  test('goes no call that was made to the outside', async () => {
    const ann = await floor.agent();
    assert.equal(await ann.code(callOut, { called: '40040' }), '0');
    await ann.until('AgentEvent_Talking');
    assert.equal(await ann.code(transferCall, { devicetype: 5, address: '40041', mode: 1 }), '000-002');
    assert.equal(await ann.code(transferCall, { devicetype: 5, address: '40041', mode: 2 }), '0');
    await ann.until('AgentEvent_SuccTransResult');
  });

  test('the platform\'s own number is shown', async () => {
    const { ann } = await scene();
    const number = floor.voice.phone('40042');
    assert.equal(await ann.code(transferCall, { devicetype: 5, address: '40042', mode: 1, caller: '40040' }), '0');
    await floor.told(ann);
    assert.deepEqual([number.state(), number.shows()], ['up', '']);
  });
});

describe('access codes and flows', () => {
  test('a flow by an access code, an extension behind one, and a flow out of service', async () => {
    const { administrator, client } = floor.tenant;
    const flow = await floor.flow('6001');
    floor.voice.flow(flow, { kind: 'done' }, 60_000);
    assert.equal((await administrator.call(createAccessCode, { code: '97001', media: 5 })).status, 200);
    const route = await client.call(createCalledRoute, { accessCode: '97001', extCode: '5', devicetype: 3, deviceid: Number(flow) });
    assert.equal(route.body['returnCode'], '0', JSON.stringify(route.body));

    const { ann, bob, party } = await scene();
    assert.equal(await ann.code(transferCall, { devicetype: 4, address: '97001', mode: 0 }), '100-007', 'without the extension it leads nowhere');
    assert.equal(await ann.code(transferCall, { devicetype: 4, address: '970015', mode: 0 }), '0');
    await floor.told(ann);
    assert.deepEqual(party.hears(), [`flow:${flow}`]);

    await floor.customer('13800000002');
    assert.equal((await bob.until('AgentEvent_Talking')).caller, '13800000002');
    assert.equal((await administrator.call(changeIvrFlow, { id: Number(flow), loaded: false })).status, 200);
    assert.equal(await bob.code(transferCall, { devicetype: 3, address: '6001', mode: 0 }), '100-007');
  });

  test('those of another tenant are nobody\'s, and neither are its agents and queues', async () => {
    const { server } = floor;
    const other = await server.tenant();
    const there = await newFloor(server, other);
    assert.equal((await other.administrator.call(createAccessCode, { code: '98001', media: 5 })).status, 200);
    const route = await other.client.call(createCalledRoute, { accessCode: '98001', extCode: '', devicetype: 1, deviceid: there.queue });
    assert.equal(route.body['returnCode'], '0', JSON.stringify(route.body));
    const flow = await other.administrator.call(createIvrFlow, { accessCode: '98002' });
    assert.equal(flow.status, 200);

    const { ann } = await scene();
    assert.equal(await ann.code(transferCall, { devicetype: 4, address: '98001', mode: 0 }), '100-007');
    assert.equal(await ann.code(transferCall, { devicetype: 3, address: '98002', mode: 0 }), '100-007');
  });
});

describeOperation(cancelTransfer, {
  example: async () => {
    const { ann, party } = await scene();
    assert.equal(await ann.code(transferCall, { devicetype: 5, address: '40050', mode: 3 }), '0');
    await ann.until('AgentEvent_Talking');
    assert.equal(await ann.code(cancelTransfer), '0');
    await floor.told(ann);
    assert.deepEqual(party.hears(), [voiceOf(ann.phone)]);
  },
  badInput: async () => {
    const ann = await floor.agent();
    assert.equal(await ann.code(cancelTransfer), '200-012', 'no call');
    await floor.customer();
    await ann.until('AgentEvent_Talking');
    assert.equal(await ann.code(cancelTransfer), '200-012', 'no transfer');
    const { number } = floor.voice.phone('40051').behaves({ kind: 'ringsForever' });
    assert.equal(await ann.code(transferCall, { devicetype: 5, address: number, mode: 2 }), '0');
    assert.equal(await ann.code(cancelTransfer), '200-012', 'it takes back only what the agent still has a hand in');
    assert.equal(await ann.code(transferCall, { devicetype: 5, address: '40040', mode: 3 }), '100-007', 'one at a time');
  },
  effect: async () => {
    const { ann } = await scene();
    const number = floor.voice.phone('40052');
    assert.equal(await ann.code(transferCall, { devicetype: 5, address: number.number, mode: 4 }), '0');
    await ann.until('AgentEvent_Conference');
    assert.equal(await ann.code(cancelTransfer), '0');
    await floor.told(ann);
    assert.equal(number.state(), 'gone');
    assert.equal(await ann.code(cancelTransfer), '200-012', 'it is taken back once');
    assert.equal(await ann.code(releaseCall), '0');
  },
});
