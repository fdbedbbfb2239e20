import assert from 'node:assert/strict';
import { test } from 'node:test';
import { declaredOperations } from '@parley/contract/operations.ts';
import { createFlowControl, isQuery } from './flow-control.ts';

const START = 1_000_000;

test('an agent has five queries in two seconds, all agents together have 15,000', () => {
  const flow = createFlowControl();
  const taken = (agent: string, count: number, now: number): number => Array.from({ length: count }, () => flow.take(agent, now)).filter(Boolean).length;
  assert.equal(taken('1:101', 8, START), 5);
  assert.equal(taken('1:102', 8, START), 5, 'another agent is not affected');
  assert.equal(taken('1:101', 8, START + 1999), 0);
  assert.equal(taken('1:101', 8, START + 2000), 5);
  const busy = createFlowControl();
  let all = 0;
  for (let agent = 0; agent < 4000; agent += 1) all += Array.from({ length: 4 }, () => busy.take(`1:${agent}`, START)).filter(Boolean).length;
  assert.equal(all, 15_000);
  assert.equal(busy.take('2:101', START + 2000), true);
});

test('counts the queries of 6.5.6, and neither polls nor call control', async () => {
  const operations = (await declaredOperations()).filter(({ auth }) => auth === 'C4');
  const counted = new Set(operations.filter(isQuery).map(({ id }) => id));
  for (const { id, path } of operations) {
    if (/^\/agentgateway\/resource\/(queuedevice|agentgroup|calldata)\//.test(path)) assert.ok(counted.has(id), id);
    if (/^\/agentgateway\/resource\/(agentevent|voicecall|agentconf|mediacall)\//.test(path)) assert.ok(!counted.has(id), id);
  }
  const ofAgents = operations.filter(({ path }) => path.startsWith('/agentgateway/resource/onlineagent/')).map(({ id }) => id).filter((id) => counted.has(id));
  assert.deepEqual(ofAgents.toSorted((one, other) => one.localeCompare(other)), ['getAgentStatus', 'queryAgentSkills', 'queryAgentSkillsByWorkNo', 'syncAgentInfo', 'updateGuid']);
});
