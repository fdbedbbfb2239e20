import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { explainContact } from '@parley/contract/admin/explain.ts';
import { answerCall } from '@parley/contract/gateway/call-answer.ts';
import { queryCallInfo, queryWaitCallInfoBySkillId } from '@parley/contract/gateway/call-info.ts';
import { openFloor, resultOf, type Floor } from '../../testing/floor.ts';

let floor: Floor;
before(async () => { floor = await openFloor(); });
after(() => floor.server.close());

const CALLER = '13700000001';

/** A page lets somebody call, who says to have this number. */
const callFromPage = async (): Promise<string> => {
  const { result = '' } = await floor.server.parley.gateway.engine.send(floor.tenant.vdnId, {
    kind: 'arrive', leg: 'in-page', caller: CALLER, called: '12345', to: { kind: 'queue', queue: floor.queue }, unverified: true,
  });
  return result;
};

test('whoever is shown a number that a web page has given is told that nobody has verified it', async () => {
  const ann = await floor.agent({ autoanswer: false });
  const call = await callFromPage();
  const ringing = await ann.until('AgentEvent_Ringing');
  const info = await ann.until('AgentEvent_Incoming_CallInfo');
  await ann.client.call(answerCall, { agentid: ann.workNo });
  const talking = await ann.until('AgentEvent_Talking');
  const asked = resultOf(await ann.client.call(queryCallInfo, { agentid: ann.workNo }));
  for (const told of [ringing, info, talking, asked]) assert.deepEqual([told?.caller, told?.callerVerified], [CALLER, false]);
  const { body } = await floor.tenant.administrator.call(explainContact, { callId: call });
  assert.match(body.turns[0]?.what ?? '', /web page.*nobody has verified/);
  await floor.leave(ann);
});

test('of a number that the network gives nothing is said that the reference does not know', async () => {
  const ann = await floor.agent({ autoanswer: false });
  const call = await floor.callIn(CALLER);
  const told = [await ann.until('AgentEvent_Ringing'), await ann.until('AgentEvent_Incoming_CallInfo'), resultOf(await ann.client.call(queryCallInfo, { agentid: ann.workNo }))];
  for (const one of told) assert.ok(one !== null && one.caller === CALLER && !('callerVerified' in one));
  await ann.client.call(answerCall, { agentid: ann.workNo });
  await ann.until('AgentEvent_Talking');
  await floor.callIn('13700000002');
  const waiting = resultOf(await ann.client.call(queryWaitCallInfoBySkillId, { agentid: ann.workNo, skillid: floor.queue }));
  assert.deepEqual(waiting.map((one) => 'callerVerified' in one), [false]);
  const { body } = await floor.tenant.administrator.call(explainContact, { callId: call });
  assert.equal(body.turns[0]?.what, 'A voice call began.');
  await floor.leave(ann);
});
