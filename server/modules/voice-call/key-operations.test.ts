import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { callInner, callOut } from '@parley/contract/gateway/call-dial.ts';
import { holdCall } from '@parley/contract/gateway/call-hold.ts';
import { secondDial, secondDialEx, thirdPartyConfTransmitNum } from '@parley/contract/gateway/call-keys.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cancelTransfer, transferCall } from '@parley/contract/gateway/call-transfer.ts';
import type { Customer, Phone } from '../../../sim/parties.ts';
import type { Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
afterEach(() => floor.clear());
after(() => floor.server.close());

let menus = 0;

/** Somebody else's machine outside. */
function newMenu(): Phone {
  menus += 1;
  return floor.voice.phone(`9${String(menus).padStart(5, '0')}`);
}

async function callsMenu(): Promise<{ readonly ann: Desk; readonly menu: Phone }> {
  const ann = await floor.agent();
  const menu = newMenu();
  assert.equal(await ann.code(callOut, { called: menu.number }), '0');
  await ann.until('AgentEvent_Talking');
  return { ann, menu };
}

const PRESSING = [
  { op: secondDialEx, press: (desk: Desk, number: string) => desk.code(secondDialEx, { number }) },
  { op: secondDial, press: (desk: Desk, number: string) => desk.code(secondDial, { number }) },
];
for (const { op, press } of PRESSING) {
  describeOperation(op, {
    example: async () => {
      const { ann } = await callsMenu();
      assert.equal(await press(ann, '1234'), '0');
    },
    badInput: async () => {
      const { ann } = await callsMenu();
      for (const number of ['1a', '1'.repeat(25)]) assert.equal(await press(ann, number), '000-002', number);
      assert.equal(await ann.code(holdCall), '0');
      assert.equal(await press(ann, '1'), '100-007', 'held');
      const bob = await floor.agent();
      assert.equal(await press(bob, '1'), '100-007', 'no call');
      const cid = await floor.agent();
      assert.equal(await bob.code(callInner, { called: String(cid.workNo) }), '0');
      await bob.until('AgentEvent_Talking');
      assert.equal(await press(bob, '1'), '100-007', 'colleagues have no menus');
    },
    effect: async () => {
      const { ann, menu } = await callsMenu();
      assert.equal(await press(ann, '1234#'), '0');
      assert.equal(await press(ann, '*9'), '0');
      await floor.told(ann);
      assert.equal(menu.keysSent(), '1234#*9');
      assert.equal(await ann.code(releaseCall), '0');
    },
  });
}

/** Agent, customer and a machine outside. */
async function threeParties(): Promise<{ readonly ann: Desk; readonly party: Customer; readonly menu: Phone }> {
  const ann = await floor.agent();
  const { party } = await floor.customer();
  const menu = newMenu();
  assert.equal(await ann.code(transferCall, { devicetype: 5, address: menu.number, mode: 4 }), '0');
  await ann.until('AgentEvent_Conference');
  return { ann, party, menu };
}

describeOperation(thirdPartyConfTransmitNum, {
  example: async () => {
    const { ann } = await threeParties();
    assert.equal(await ann.code(thirdPartyConfTransmitNum), '0');
    assert.equal(await ann.code(thirdPartyConfTransmitNum), '0', 'it is so already');
  },
  badInput: async () => {
    const ann = await floor.agent();
    assert.equal(await ann.code(thirdPartyConfTransmitNum), '100-007');
    await floor.customer();
    await ann.until('AgentEvent_Talking');
    assert.equal(await ann.code(thirdPartyConfTransmitNum), '100-007', 'two are no three');
  },
  effect: async () => {
    const { ann, party, menu } = await threeParties();
    party.press('7');
    assert.equal(await ann.code(thirdPartyConfTransmitNum), '0');
    party.press('41#');
    await floor.told(ann);
    assert.equal(menu.keysSent(), '41#', 'from now on');
    assert.equal(await ann.code(secondDialEx, { number: '5' }), '0');
    await floor.told(ann);
    assert.deepEqual([menu.keysSent(), party.keysSent()], ['41#5', '5'], 'the agent is heard by both');
    assert.equal(await ann.code(cancelTransfer), '0');
    party.press('8');
    await floor.told(ann);
    assert.equal(menu.keysSent(), '41#5');
  },
});
