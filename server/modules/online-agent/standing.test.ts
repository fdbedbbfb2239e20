import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { syncAgentInfo } from '@parley/contract/gateway/agent-presence.ts';
import { answerCall } from '@parley/contract/gateway/call-answer.ts';
import { callInner } from '@parley/contract/gateway/call-dial.ts';
import { holdCall } from '@parley/contract/gateway/call-hold.ts';
import type { Desk } from '../../testing/desk.ts';
import { resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
after(() => floor.server.close());

const RINGING_MS = 4000;

async function standing(desk: Desk) {
  await floor.later(2000);
  return resultOf(await desk.client.call(syncAgentInfo, { agentid: desk.workNo })).agentStateInfo;
}

describe('when a talk began (6.1.1.25)', () => {
  const dial = async (ann: Desk, bob: Desk): Promise<void> => {
    assert.equal(await ann.code(callInner, { called: String(bob.workNo) }), '0');
    await floor.told(ann);
  };
  const answered = async (bob: Desk): Promise<number> => {
    await floor.later(RINGING_MS);
    const at = floor.server.world.clock();
    assert.equal(await bob.code(answerCall), '0');
    await floor.told(bob);
    return at;
  };

  test('is not told while the other one is still being rung, and then without the ringing', async () => {
    const ann = await floor.agent();
    const bob = await floor.agent({ autoanswer: false });
    await dial(ann, bob);
    assert.equal((await standing(ann)).beginTalkingTime, null);
    const at = await answered(bob);
    for (const desk of [ann, bob]) {
      const { beginTalkingTime } = await standing(desk);
      assert.ok(Number(beginTalkingTime) >= at, `${desk.workNo}: ${beginTalkingTime} is before ${at}`);
    }
    await floor.clear();
  });

  test('nor is that of the second call', async () => {
    const ann = await floor.agent();
    await floor.customer();
    await floor.told(ann);
    assert.equal(await ann.code(holdCall), '0');
    const bob = await floor.agent({ autoanswer: false });
    await dial(ann, bob);
    const first = (await standing(ann)).beginTalkingTime;
    assert.ok(Number(first) > 0);
    assert.equal((await standing(ann)).secondTalkingTime, null);
    const at = await answered(bob);
    const { beginTalkingTime, secondTalkingTime } = await standing(ann);
    assert.equal(beginTalkingTime, first);
    assert.ok(Number(secondTalkingTime) >= at);
    await floor.clear();
  });
});
