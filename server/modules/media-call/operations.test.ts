import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { agentLogout } from '@parley/contract/gateway/agent-session.ts';
import { sayBusy, sayFree } from '@parley/contract/gateway/agent-state.ts';
import { answerCall, rejectCall } from '@parley/contract/gateway/call-answer.ts';
import { queryCallInfoByCallId } from '@parley/contract/gateway/call-info.ts';
import { dropCall } from '@parley/contract/gateway/call-release.ts';
import { mediaSendMessage, mediaSetCallNums, mediaTransfer } from '@parley/contract/gateway/media-call.ts';
import type { Desk } from '../../testing/desk.ts';
import { codeOf } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer } from '../../testing/server.ts';
import { createMessageBook } from '../../testing/message-book.ts';
import { BUSY, CALLED, chatFloorOf, CUSTOMER, eventsOf, openChatFloor, READY, TABLE_6_255, type ChatFloor } from './chat-floor.fixture.ts';

let floor: ChatFloor;
before(async () => { floor = await openChatFloor(); });
after(() => floor.server.close());

interface Writing {
  readonly ann: Desk;
  readonly agentid: number;
  readonly call: string;
}

/** An agent with a session, who has been told of it. */
async function writing(): Promise<Writing> {
  const ann = await floor.agent();
  const call = await floor.writes();
  await ann.until('AgentEvent_Talking');
  return { ann, agentid: ann.workNo, call };
}

const message = (changes: object = {}): string => JSON.stringify({ ...TABLE_6_255, ...changes });

describeOperation(mediaSendMessage, {
  example: async () => {
    const { ann, agentid, call } = await writing();
    const [{ request } = assert.fail()] = mediaSendMessage.examples ?? [];
    const reply = await ann.client.call(mediaSendMessage, { ...request, agentid, callid: call });
    assert.deepEqual(reply.body, { message: 'success', retcode: '0' });
    const { at, ...sent } = floor.book.written.at(-1) ?? assert.fail();
    assert.ok(at > 0);
    assert.deepEqual(sent, {
      vdnId: floor.tenant.vdnId, call, agent: agentid, channel: 'web-1', user: CUSTOMER, mediaType: 'TEXT', content: '<p>Good morning</p>', fileType: undefined,
      isFromLibrary: false, code: 'b72d414f-97ca-4897-bc9f-a727ad92ff12', nickname: 'Agent', avatar: 'DefaultAvatar',
    });
    await floor.leave(ann);
  },
  badInput: async () => {
    const { ann, agentid, call } = await writing();
    const count = floor.book.written.length;
    const code = async (input: object) => codeOf(await ann.client.call(mediaSendMessage, { agentid, callid: call, data: 'Hello', ...input }));
    assert.equal(await code({ callid: undefined }), '106-013');
    assert.equal(await code({ callid: '' }), '106-013');
    for (const data of [undefined, '', ' ', {}]) assert.equal(await code({ data }), '106-002');
    for (const callid of ['1552524689-16797284', 'x', 'a\u{1F600}']) assert.equal(await code({ callid }), '106-014');
    // Counted in bytes of UTF-8: 3891 at most, wherever they are.
    assert.equal(await code({ data: '文'.repeat(1298) }), '106-007');
    assert.equal(await code({ data: message({ content: 'x'.repeat(3800) }) }), '106-007');
    assert.equal(await code({ data: { ...TABLE_6_255, content: 'x'.repeat(3800) } }), '106-007');
    for (const field of Object.keys(TABLE_6_255)) {
      for (const value of [undefined, '', null]) {
        assert.equal(await code({ data: message({ [field]: value }) }), '106-011', `${field} ${String(value)}`);
        assert.equal(await code({ data: { ...TABLE_6_255, [field]: value } }), '106-011', `${field} ${String(value)}`);
      }
    }
    for (const wrong of [
      { channel: 'FAX' }, { controlType: 'CALL' }, { mediaType: 'text' }, { contentType: '2' }, { mediaType: 'IMAGE', mediaFileType: 'exe' }, { content: { html: 'x' } },
    ]) {
      assert.equal(await code({ data: message(wrong) }), '000-002', JSON.stringify(wrong));
      assert.equal(await code({ data: { ...TABLE_6_255, ...wrong } }), '000-002', JSON.stringify(wrong));
    }
    assert.equal(await code({ data: message().replace('Good', String.raw`\u0000`) }), '000-002');
    assert.equal(await code({ data: 7 }), '000-002');
    assert.equal(floor.book.written.length, count, 'nothing of it was sent');
    await floor.leave(ann);
  },
  effect: async () => {
    const { ann, agentid, call } = await writing();
    await ann.client.call(mediaSendMessage, { agentid, callid: call, data: 'How can I help?' });
    const read = floor.book.written.at(-1);
    assert.deepEqual([read?.user, read?.mediaType, read?.content], [CUSTOMER, 'TEXT', 'How can I help?']);
    assert.equal(await floor.says(call, 'By going on'), true);
    assert.equal((await ann.until('AgentEvent_MessageData')).message, 'By going on');
    await floor.leave(ann);
  },
});

describe('sending messages', () => {
  test('takes the longest text, and an object in place of JSON', async () => {
    const { ann, agentid, call } = await writing();
    assert.equal(codeOf(await ann.client.call(mediaSendMessage, { agentid, callid: call, data: '文'.repeat(1297) })), '0');
    const data = { ...TABLE_6_255, mediaType: 'IMAGE', content: 'a/b.png,png', mediaFileType: 'PNG' };
    assert.equal(codeOf(await ann.client.call(mediaSendMessage, { agentid, callid: call, data })), '0');
    const { mediaType, fileType, isFromLibrary } = floor.book.written.at(-1) ?? assert.fail();
    assert.deepEqual({ mediaType, fileType, isFromLibrary }, { mediaType: 'IMAGE', fileType: 'PNG', isFromLibrary: true });
    assert.equal(codeOf(await ann.client.call(mediaSendMessage, { agentid, callid: call, data: { ...data, contentType: '1' } })), '0');
    assert.equal(floor.book.written.at(-1)?.isFromLibrary, false);
    await floor.leave(ann);
  });

  test('takes text that only looks like JSON as it is', async () => {
    const { ann, agentid, call } = await writing();
    for (const data of ['{"from": ', '[1, 2]', '"quoted"', '42']) {
      assert.equal(codeOf(await ann.client.call(mediaSendMessage, { agentid, callid: call, data })), '0', data);
      assert.equal(floor.book.written.at(-1)?.content, data);
    }
    await floor.leave(ann);
  });

  test('is for the session\'s own agent, while it goes on, and once it is answered', async () => {
    const { ann, agentid, call } = await writing();
    const bob = await floor.agent({ autoanswer: false });
    const hello = (desk: Desk, callid: string) => desk.code(mediaSendMessage, { callid, data: 'Hello' });
    assert.equal(await hello(bob, call), '106-014');
    const ringing = await floor.writes();
    await bob.until('AgentEvent_Ringing');
    assert.equal(await hello(bob, ringing), '106-014');
    assert.equal(codeOf(await bob.client.call(answerCall, { agentid: bob.workNo, callid: ringing })), '0');
    assert.equal(await hello(bob, ringing), '0');
    assert.equal(codeOf(await ann.client.call(dropCall, { agentid, callid: call })), '0');
    assert.equal(await hello(ann, call), '106-014');
    await floor.leave(ann, bob);
  });

  test('is switched off for who has signed in without it', async () => {
    const ann = await floor.agent({ checkInWebm: false });
    assert.equal(await ann.code(mediaSendMessage, { callid: '1-1', data: 'Hello' }), '106-001');
    await floor.leave(ann);
  });

  test('tells when the channel does not take it', async () => {
    const { ann, call } = await writing();
    floor.book.answer = () => Promise.resolve({ ok: false, message: 'the customer has gone' });
    const reply = await ann.client.call(mediaSendMessage, { agentid: ann.workNo, callid: call, data: 'Hello' });
    floor.book.answer = () => undefined;
    assert.deepEqual(reply.body, { retcode: '100-007', message: 'The request could not be carried out: the customer has gone.' });
    await floor.leave(ann);
  });

  test('tells that there is no channel, and another tenant\'s session of the same id is foreign', async () => {
    const server = await startTestServer({ world: { pollWaitMs: 20 } });
    try {
      const one = await chatFloorOf(server, await server.tenant(), createMessageBook());
      const other = await chatFloorOf(server, await server.tenant(), createMessageBook());
      const [ann, eve] = [await one.agent(), await other.agent()];
      const call = await one.writes();
      await ann.until('AgentEvent_Talking');
      const reply = await ann.client.call(mediaSendMessage, { agentid: ann.workNo, callid: call, data: 'Hello' });
      assert.deepEqual(reply.body, { retcode: '100-007', message: 'The request could not be carried out: no channel is connected.' });
      assert.equal(await eve.code(mediaSendMessage, { callid: call, data: 'Hello' }), '106-014');
      assert.equal(await eve.code(mediaTransfer, { callid: call, devicetype: 1, mode: 0, address: String(other.queue) }), '106-005');
      assert.equal(await other.says(call, 'Hello'), false);
      assert.equal(await one.says(call, 'Hello'), true);
      assert.deepEqual(await other.told(eve), []);
    } finally {
      await server.close();
    }
  });
});

describe('what agents are told of sessions (6.5.1)', () => {
  test('automatically answered, with messages, to the end by the customer', async () => {
    const ann = await floor.agent();
    const call = await floor.writes();
    const of = eventsOf(call);
    assert.deepEqual(await floor.told(ann), [BUSY, of.autoAnswer, of.info(floor.queue, 'chats'), of.talking]);
    for (const text of ['Hello', '{"content":"🙂"}', '']) assert.equal(await floor.says(call, text), true);
    assert.deepEqual(await floor.told(ann), [of.message('Hello'), of.message('{"content":"🙂"}'), of.message('')]);
    await floor.goes(call);
    assert.deepEqual(await floor.told(ann), [of.customerGone, of.release, READY]);
    assert.equal(await floor.says(call, 'too late'), false);
    await floor.leave(ann);
  });

  test('by hand: nobody reads what is written before', async () => {
    const ann = await floor.agent({ autoanswer: false });
    const call = await floor.writes();
    const of = eventsOf(call);
    assert.deepEqual(await floor.told(ann), [BUSY, of.ringing, of.info(floor.queue, 'chats')]);
    assert.equal(await floor.says(call, 'Anybody there?'), false);
    assert.equal(codeOf(await ann.client.call(answerCall, { agentid: ann.workNo, callid: '' })), '0');
    assert.deepEqual(await floor.told(ann), [of.talking]);
    assert.equal(codeOf(await ann.client.call(dropCall, { agentid: ann.workNo, callid: call })), '0');
    assert.deepEqual(await floor.told(ann), [of.customerGone, of.release, READY]);
    await floor.leave(ann);
  });

  test('rejected: the next one gets it', async () => {
    const ann = await floor.agent({ autoanswer: false });
    const call = await floor.writes();
    const of = eventsOf(call);
    await ann.until('AgentEvent_Incoming_CallInfo');
    const bob = await floor.agent();
    assert.equal(codeOf(await ann.client.call(rejectCall, { agentid: ann.workNo, mode: 1, callid: call })), '0');
    assert.deepEqual(await floor.told(ann), [of.noAnswer, ['AgentState_SetNotReady_Success', { reason: '7' }]]);
    const info = of.info(floor.queue, 'chats', { lastReleaseAgentId: ann.workNo, releaseAndReQueueCount: 1, releaseAndReQueueCallFlag: 1 });
    assert.deepEqual(await floor.told(bob), [BUSY, of.autoAnswer, info, of.talking]);
    await floor.leave(ann, bob);
  });

  test('and nothing of what is written is kept in the journal', async () => {
    const { ann, call, agentid } = await writing();
    await floor.says(call, 'my number is 4929123456781234');
    await ann.client.call(mediaSendMessage, { agentid, callid: call, data: 'I noted 4929123456781234' });
    await ann.until('AgentEvent_MessageData');
    const { db } = floor.server.world;
    const [events, personal] = await Promise.all([db.selectFrom('centre_event').select('data').execute(), db.selectFrom('centre_personal').select('data').execute()]);
    assert.ok(events.length > 0 && !JSON.stringify([events, personal]).includes('4929123456781234'));
    await floor.leave(ann);
  });
});

describeOperation(mediaSetCallNums, {
  example: async () => {
    const ann = await floor.agent();
    for (const [mediaType, callnums] of [['53', '1'], [' 53', ' 60 '], [5, 60], ['19', '1']]) {
      const reply = await ann.client.call(mediaSetCallNums, { agentid: ann.workNo, mediaType, callnums } as never);
      assert.deepEqual(reply.body, { message: 'success', retcode: '0' });
    }
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await floor.agent();
    const code = (mediaType: string, callnums: string) => ann.code(mediaSetCallNums, { mediaType, callnums });
    for (const media of ['', '3', '18', '054x', '-1', '1e1', '99999999999999999999']) assert.equal(await code(media, '1'), '106-008', media);
    for (const nums of ['61', '32767']) assert.equal(await code('53', nums), '106-003', nums);
    for (const nums of ['', '0', '-1', '1.5', 'many', '32768', '999999999999999999999']) assert.equal(await code('53', nums), '106-012', nums);
    assert.equal(await ann.code(mediaSetCallNums, { mediaType: '53' }), '000-002');
    await floor.leave(ann);
  },
  effect: async () => {
    const { ann, agentid, call: first } = await writing();
    const second = await floor.writes();
    assert.deepEqual(await floor.told(ann), [], 'one at a time unless more are asked for');
    assert.equal(codeOf(await ann.client.call(mediaSetCallNums, { agentid, mediaType: '53', callnums: '2' })), '0');
    const of = eventsOf(second);
    assert.deepEqual(await floor.told(ann), [of.autoAnswer, of.info(floor.queue, 'chats'), of.talking]);
    await ann.client.call(mediaSetCallNums, { agentid, mediaType: '53', callnums: '1' });
    for (const callid of [first, second]) assert.equal(await ann.code(mediaSendMessage, { callid, data: 'Still here' }), '0', 'those that run go on');
    await floor.leave(ann);
  },
});

interface Transferring extends Writing {
  readonly bob: Desk;
  readonly transfer: (input: object) => Promise<unknown>;
}

/** A colleague is there, too: busy, so that nothing comes yet. */
async function beforeTransfer(queues = [floor.queue], changes = {}): Promise<Transferring> {
  const made = await writing();
  const bob = await floor.agent(changes, queues);
  await bob.client.call(sayBusy, { agentid: bob.workNo });
  await floor.told(bob);
  return { ...made, bob, transfer: async (input) => codeOf(await made.ann.client.call(mediaTransfer, { agentid: made.agentid, callid: made.call, ...input } as never)) };
}

const free = async (desk: Desk): Promise<void> => {
  assert.equal(await desk.code(sayFree), '0');
  await desk.until('AgentState_CancelNotReady_Success');
};

describeOperation(mediaTransfer, {
  example: async () => {
    const { ann, call, bob, transfer } = await beforeTransfer();
    await free(bob);
    assert.equal(await transfer({ caller: '88880021', devicetype: 2, mode: 2, address: String(bob.workNo), calldata: 'help' }), '0');
    const of = eventsOf(call, { transfer: 'yes', transfrom: String(ann.workNo) });
    assert.deepEqual(await floor.told(ann), [of.transferred(0), of.release, READY]);
    assert.deepEqual(await floor.told(bob), [BUSY, of.autoAnswer, of.info(floor.queue, 'chats'), of.talking]);
    await floor.leave(ann, bob);
  },
  badInput: async () => {
    const { ann, bob, transfer } = await beforeTransfer();
    const to = { devicetype: 2, mode: 2, address: String(bob.workNo) };
    for (const devicetype of [0, 3, 5, -1]) assert.equal(await transfer({ ...to, devicetype }), '106-004');
    for (const mode of [1, 3, -1]) assert.equal(await transfer({ ...to, mode }), '106-010');
    assert.equal(await transfer({ ...to, calldata: 'ü'.repeat(1025) }), '106-009');
    for (const address of ['59999', 'bob', '99999999999']) assert.equal(await transfer({ ...to, address }), '106-006');
    for (const skillId of [32_768, -1, 9_999_999_999]) assert.equal(await transfer({ ...to, skillId }), '106-012');
    for (const address of ['1999', 'sales', '1-1']) assert.equal(await transfer({ ...to, devicetype: 1, address }), '106-005');
    assert.equal(await transfer({ ...to, devicetype: 4, address: '99999' }), '106-005');
    assert.equal(await transfer({ ...to, skillId: 1999 }), '106-005');
    assert.equal(await transfer({ ...to, address: String(ann.workNo) }), '106-005', 'to oneself');
    assert.equal(await transfer({ ...to, mode: 0 }), '106-005', 'who is not free would lose it');
    assert.equal(await transfer({ ...to, callid: '1-1' }), '106-005');
    for (const missing of [{ callid: '' }, { address: '' }, { address: '1'.repeat(25) }, { devicetype: 'agent' }]) assert.equal(await transfer({ ...to, ...missing }), '000-002');
    assert.equal(await bob.code(agentLogout), '0');
    assert.equal(await transfer(to), '106-006', 'not signed in');
    assert.deepEqual(await floor.told(ann), [], 'and nothing happened');
    await floor.leave(ann);
  },
  effect: async () => {
    const other = await floor.newQueue('others');
    const { ann, call, bob, transfer } = await beforeTransfer([other]);
    await free(bob);
    assert.equal(await transfer({ devicetype: 1, mode: 0, address: String(other), calldata: 'an angry one' }), '0');
    const of = eventsOf(call, { transfer: 'yes', transfrom: String(ann.workNo) });
    assert.deepEqual(await floor.told(ann), [of.release, READY]);
    const info = of.info(other, 'others', { lastReleaseAgentId: ann.workNo, releaseAndReQueueCount: 1, releaseAndReQueueCallFlag: 1 });
    assert.deepEqual(await floor.told(bob), [BUSY, of.autoAnswer, info, of.talking]);
    const { body } = await bob.client.call(queryCallInfoByCallId, { agentid: bob.workNo, callid: call });
    assert.match(JSON.stringify(body), /an angry one/);
    assert.equal(await bob.code(mediaSendMessage, { callid: call, data: 'Hello' }), '0');
    assert.equal(await ann.code(mediaSendMessage, { callid: call, data: 'Hello' }), '106-014');
    await floor.leave(ann, bob);
  },
});

describe('transferring a session', () => {
  test('when it is taken: to a queue, where the agent keeps it until then', async () => {
    const other = await floor.newQueue('later');
    const { ann, call, bob, transfer } = await beforeTransfer([other], { autoanswer: false });
    assert.equal(await transfer({ devicetype: 1, mode: 2, address: String(other) }), '0');
    assert.deepEqual(await floor.told(ann), []);
    assert.equal(await transfer({ devicetype: 1, mode: 2, address: String(other) }), '106-005', 'it is under way');
    await free(bob);
    const of = eventsOf(call, { transfer: 'yes', transfrom: String(ann.workNo) });
    assert.deepEqual(await floor.told(bob), [BUSY, of.ringing, of.info(other, 'later')]);
    await floor.says(call, 'Still you?');
    assert.deepEqual(await floor.told(ann), [of.message('Still you?')]);
    await bob.client.call(answerCall, { agentid: bob.workNo, callid: call });
    assert.deepEqual([await floor.told(ann), await floor.told(bob)], [[of.transferred(0), of.release, READY], [of.talking]]);
    await floor.leave(ann, bob);
  });

  test('when it is taken: it stays with the agent where nobody takes it', async () => {
    const { ann, call, bob, transfer } = await beforeTransfer([floor.queue], { autoanswer: false });
    const of = eventsOf(call, { transfer: 'yes', transfrom: String(ann.workNo) });
    assert.equal(await transfer({ devicetype: 2, mode: 2, address: String(bob.workNo) }), '0', 'the other one is busy');
    const [[type, content] = [], ...more] = await floor.told(ann);
    assert.deepEqual([type, more], ['AgentEvent_SuccTransResult', []]);
    assert.notEqual((content as { result: number }).result, 0);
    await free(bob);
    assert.equal(await transfer({ devicetype: 2, mode: 2, address: String(bob.workNo) }), '0');
    assert.deepEqual(await floor.told(bob), [BUSY, of.ringing, of.info(floor.queue, 'chats')]);
    assert.equal(codeOf(await bob.client.call(rejectCall, { agentid: bob.workNo, mode: 1, callid: call })), '0');
    assert.deepEqual((await floor.told(ann)).map(([told]) => told), ['AgentEvent_SuccTransResult']);
    assert.equal(await ann.code(mediaSendMessage, { callid: call, data: 'Still me' }), '0');
    await floor.leave(ann, bob);
  });

  test('at once, to an agent for another queue', async () => {
    const other = await floor.newQueue('counted');
    const { ann, call, bob, transfer } = await beforeTransfer();
    await free(bob);
    assert.equal(await transfer({ devicetype: '2', mode: '0', address: String(bob.workNo), skillId: other }), '0');
    const of = eventsOf(call, { transfer: 'yes', transfrom: String(ann.workNo) });
    assert.deepEqual(await floor.told(ann), [of.release, READY]);
    const info = of.info(other, 'counted', { lastReleaseAgentId: ann.workNo });
    assert.deepEqual(await floor.told(bob), [BUSY, of.autoAnswer, info, of.talking]);
    await floor.leave(ann, bob);
  });

  test('to an access code, by the route that leads from there', async () => {
    const other = await floor.newQueue('behind a code');
    const { ann, call, bob, transfer } = await beforeTransfer([other]);
    await free(bob);
    assert.equal((await floor.tenant.administrator.call(createAccessCode, { code: '40040', media: 53 })).status, 200);
    assert.equal(await transfer({ devicetype: 4, mode: 0, address: '40040' }), '106-005', 'no route leads on from it');
    const { body } = await floor.tenant.client.call(createCalledRoute, { accessCode: '40040', extCode: '', devicetype: 1, deviceid: other, mediaTypeId: 53 } as never);
    assert.equal(body['returnCode'], '0', JSON.stringify(body));
    assert.equal(await transfer({ devicetype: 4, mode: 2, address: '40040' }), '0');
    const of = eventsOf(call);
    assert.deepEqual(await floor.told(ann), [of.transferred(0), of.release, READY]);
    assert.equal(await bob.code(mediaSendMessage, { callid: call, data: `From ${CALLED}` }), '0');
    await floor.leave(ann, bob);
  });
});
