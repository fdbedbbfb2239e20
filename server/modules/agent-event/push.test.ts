import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { addTrustedUrl, deleteTrustedUrl } from '@parley/contract/admin/callback.ts';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentHandshake, syncAgentInfo, updateGuid } from '@parley/contract/gateway/agent-presence.ts';
import { agentLogin } from '@parley/contract/gateway/agent-session.ts';
import { cancelBusy, getAgentStatus, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import type { OutgoingReply } from '../../engine/outgoing.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { until } from '../../testing/until.ts';
import { notice } from './notice.ts';
import { createOutbox } from './outbox.ts';
import { createReceiver, DOWN, OK, type Receiver } from './push.fixture.ts';
import { createPusher, type Pushed } from './push.ts';

describe('pushing', () => {
  const of: Pushed = { vdnId: 1, agent: 101, session: 's', push: { url: 'https://crm.example.com/events', form: 'list', sealedToken: 'sealed' } };
  const anEvent = (number: number) => notice(101, 'AgentEvent_Hold', String(number));

  function setUp(receiver: Receiver) {
    const outbox = createOutbox();
    const state = { guid: 'guid-1' as string | undefined, isTrusted: true };
    const faults: string[] = [];
    const pusher = createPusher({
      outgoing: receiver.outgoing, retryMs: [1], onFault: (message) => { faults.push(message); },
      guidOf: () => Promise.resolve(state.guid), trusts: () => Promise.resolve(state.isTrusted), openToken: (_vdnId, sealed) => `${sealed}, opened`,
    });
    outbox.open(1, 101, { session: 's', mode: 'push' }, 0, (source) => { pusher.wake(of, source); });
    return { outbox, pusher, faults, state };
  }

  const contents = (receiver: Receiver): readonly unknown[] => receiver.events().map(({ content }) => content);
  const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => String(index));

  test('goes on where it was when the receiver is back: nothing lost, nothing twice, nothing out of order, one request at a time', async () => {
    const receiver = createReceiver();
    const { outbox, pusher, faults } = setUp(receiver);
    receiver.answers(DOWN);
    for (let number = 0; number < 120; number += 1) {
      outbox.put(1, anEvent(number));
      if (number % 10 === 0) await new Promise((resolve) => { setTimeout(resolve, 2); });
    }
    await until(() => receiver.tries() > 20, 'it was tried again and again');
    assert.deepEqual(faults, ['events could not be pushed'], 'told once');
    receiver.answers(OK);
    outbox.put(1, anEvent(120));
    await until(() => receiver.events().length === 121, 'everything has come');
    assert.deepEqual(contents(receiver), numbers(121));
    assert.equal(receiver.mostAtOnce(), 1);
    assert.ok(receiver.received.length < 10, 'many at once');
    pusher.stop();
  });

  test('takes any 2xx for received and everything else for not', async () => {
    const receiver = createReceiver();
    const { outbox, pusher } = setUp(receiver);
    const replies: OutgoingReply[] = [
      { ok: true, status: 500, body: '' }, { ok: true, status: 404, body: '' }, { ok: true, status: 304, body: '' }, { ok: false, why: 'timeout', message: '' }, { ok: true, status: 204, body: '' },
    ];
    receiver.answers(() => replies.shift() ?? OK);
    outbox.put(1, anEvent(0));
    await until(() => receiver.received.length === 1, 'it has come');
    assert.equal(receiver.tries(), 5);
    pusher.stop();
  });

  test('loses nothing that comes while a request is under way', async () => {
    const receiver = createReceiver();
    const { outbox, pusher } = setUp(receiver);
    let count = 0;
    receiver.answers(() => {
      if (count < 50) outbox.put(1, anEvent(count += 1));
      return OK;
    });
    outbox.put(1, anEvent(0));
    await until(() => receiver.events().length === 51, 'everything has come');
    assert.deepEqual(contents(receiver), numbers(51));
    pusher.stop();
  });

  test('tells the end of a session, and then nothing more; the next session waits for it', async () => {
    const receiver = createReceiver();
    const { outbox, pusher, state } = setUp(receiver);
    outbox.put(1, anEvent(0));
    await until(() => receiver.events().length === 1, 'the first has come');
    let answer: (reply: OutgoingReply) => void = () => undefined;
    receiver.answers(() => new Promise((resolve) => { answer = resolve; }));
    state.guid = undefined;
    outbox.put(1, anEvent(1));
    outbox.close(1, 101);
    await until(() => receiver.tries() === 2, 'the end is on its way');
    state.guid = 'guid-2';
    outbox.open(1, 101, { session: 't', mode: 'push' }, 0, (source) => { pusher.wake({ ...of, session: 't' }, source); });
    outbox.put(1, anEvent(2));
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    assert.equal(receiver.tries(), 2, 'one at a time, also of two sessions');
    receiver.answers(OK);
    answer(OK);
    await until(() => receiver.events().length === 3, 'the new session\'s has come');
    assert.deepEqual(contents(receiver), ['0', '1', '2']);
    pusher.stop();
  });

  test('tries the end of a session once', async () => {
    const receiver = createReceiver();
    const { outbox, pusher, state } = setUp(receiver);
    outbox.put(1, anEvent(0));
    await until(() => receiver.events().length === 1, 'the first has come');
    receiver.answers(DOWN);
    state.guid = undefined;
    outbox.put(1, anEvent(1));
    outbox.close(1, 101);
    await until(() => receiver.tries() === 2, 'it was tried');
    receiver.answers(OK);
    await new Promise((resolve) => { setTimeout(resolve, 30); });
    assert.equal(receiver.tries(), 2);
    pusher.stop();
  });

  test('stops where the address is trusted no longer, and keeps what there is', async () => {
    const receiver = createReceiver();
    const { outbox, pusher, state } = setUp(receiver);
    state.isTrusted = false;
    outbox.put(1, anEvent(0));
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    assert.equal(receiver.tries(), 0);
    state.isTrusted = true;
    outbox.put(1, anEvent(1));
    await until(() => receiver.events().length === 2, 'both have come');
    assert.deepEqual(contents(receiver), ['0', '1']);
    pusher.stop();
  });
});

const URL_OF = 'https://crm.example.com/events';

describe('scenario 5: push mode', () => {
  let server: TestServer;
  let tenant: TestTenant;
  const receiver = createReceiver();
  before(async () => {
    server = await startTestServer({ world: { outgoing: receiver.outgoing, pollWaitMs: 50 } });
    tenant = await server.tenant();
    await tenant.administrator.call(addTrustedUrl, { url: URL_OF });
  });
  after(() => server.close());
  beforeEach(() => { receiver.answers(OK); });

  const push = { callbackUri: URL_OF, serviceToken: 'token-1' };
  async function signedIn(changes: object = push): Promise<Desk> {
    const ann = await openDesk(server, tenant);
    await ann.signIn(changes);
    return ann;
  }
  const typesOf = (ann: Desk): readonly string[] => receiver.events(ann.workNo).map(({ eventType }) => eventType);
  const come = (ann: Desk, count: number): Promise<void> => until(() => typesOf(ann).length >= count, `${count} events have come`);
  const IDLE = ['AgentOther_InService', 'AgentState_Ready'];

  test('both fields bring ordered events with GUID and token; a poll is 000-001', async () => {
    const ann = await signedIn();
    await come(ann, 2);
    await ann.code(sayBusy, { reason: 201 });
    await come(ann, 3);
    assert.deepEqual(typesOf(ann), [...IDLE, 'AgentState_SetNotReady_Success']);
    const last = receiver.received.findLast(({ body }) => body.workNo === String(ann.workNo));
    assert.deepEqual(last?.body, {
      workNo: String(ann.workNo), eventList: [{ eventType: 'AgentState_SetNotReady_Success', workNo: String(ann.workNo), content: { reason: '201' } }],
    });
    assert.equal(last?.url, URL_OF);
    assert.deepEqual([last?.headers['Guid'], last?.headers['service_token']], [ann.guid(), 'token-1']);
    assert.match(last?.headers['content-type'] ?? '', /^application\/json/);
    assert.equal(await ann.code(agentEventPoll), '000-001');
  });

  test('one of the two fields alone polls', async () => {
    for (const changes of [{ callbackUri: URL_OF }, { serviceToken: 'token-1' }, { callbackUri: '', serviceToken: 'token-1' }]) {
      const ann = await signedIn(changes);
      assert.deepEqual(await ann.news(), IDLE, JSON.stringify(changes));
    }
  });

  test('`callBackUri` in any letter case is the same', async () => {
    for (const name of ['callBackUri', 'CALLBACKURI']) {
      const ann = await openDesk(server, tenant);
      const reply = await fetch(`${server.url}/agentgateway/resource/onlineagent/${ann.workNo}`, {
        method: 'PUT', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ password: ann.password, phonenum: ann.phone, [name]: URL_OF, servicetoken: 'token-2' }),
      });
      assert.equal((await reply.json() as { retcode: string }).retcode, '0');
      await come(ann, 2);
    }
  });

  test('a receiver that is down for a while gets everything, in order', async () => {
    const ann = await signedIn();
    await come(ann, 2);
    receiver.answers(DOWN);
    const asked: string[] = [];
    for (let count = 0; count < 6; count += 1) {
      assert.equal(await ann.code(count % 2 === 0 ? sayBusy : cancelBusy), '0');
      asked.push(count % 2 === 0 ? 'AgentState_SetNotReady_Success' : 'AgentState_CancelNotReady_Success');
    }
    receiver.answers(OK);
    await come(ann, 8);
    assert.deepEqual(typesOf(ann), [...IDLE, ...asked]);
  });

  test('an older client\'s `pushUrl` gets one event a request, without a token', async () => {
    const ann = await signedIn({ pushUrl: `${URL_OF}/older?token=7` });
    await come(ann, 2);
    const own = receiver.received.filter(({ body }) => body.event?.workNo === String(ann.workNo));
    assert.deepEqual(own.map(({ body }) => body), IDLE.map((eventType) => ({ message: '', retcode: '0', event: { eventType, workNo: String(ann.workNo), content: null } })));
    assert.deepEqual([own[0]?.url, own[0]?.headers['service_token']], [`${URL_OF}/older?token=7`, undefined]);
    assert.equal(await ann.code(agentEventPoll), '000-001');
  });

  test('an address that nobody trusts is refused', async () => {
    const ann = await openDesk(server, tenant);
    for (const callbackUri of ['https://evil.example.com/events', 'http://127.0.0.1:9/', 'https://crm.example.com.evil.com/events', 'https://crm.example.com/eventsy']) {
      assert.equal(await ann.code(agentLogin, { password: ann.password, phonenum: ann.phone, callbackUri, serviceToken: 'token' }), '100-001', callbackUri);
    }
    assert.equal(await ann.code(agentLogin, { password: ann.password, phonenum: ann.phone, pushUrl: 'https://evil.example.com' }), '100-001');
    assert.equal(await ann.code(getAgentStatus), '000-003', 'nobody is signed in');
  });

  test('an address that is trusted no longer gets nothing more', async () => {
    const url = 'https://other.example.com/hooks';
    const { body } = await tenant.administrator.call(addTrustedUrl, { url });
    const ann = await signedIn({ ...push, callbackUri: url });
    await come(ann, 2);
    await tenant.administrator.call(deleteTrustedUrl, { id: body.id });
    const tries = receiver.tries();
    assert.equal(await ann.code(sayBusy), '0');
    await server.parley.gateway.engine.idle();
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    assert.equal(receiver.tries(), tries);
  });

  test('the GUID does not rotate by itself, and follows 6.1.1.24; the token follows the handshakes', async () => {
    const ann = await signedIn();
    await come(ann, 2);
    const { body } = await ann.client.call(updateGuid, { agentid: ann.workNo });
    const { guid } = body['result'] as { guid: string };
    ann.wear(guid);
    assert.equal((await ann.client.call(agentHandshake, { agentid: ann.workNo }, { service_token: 'token-2' })).ok, true);
    await ann.code(sayBusy);
    await come(ann, 3);
    const last = receiver.received.findLast((one) => one.body.workNo === String(ann.workNo));
    assert.deepEqual([last?.headers['Guid'], last?.headers['service_token']], [guid, 'token-2']);
  });

  test('without a handshake for two minutes the agent is signed out, and told so', async () => {
    const ann = await signedIn();
    await come(ann, 2);
    const bob = await signedIn();
    await come(bob, 2);
    server.advance(60_000);
    assert.equal(await bob.code(agentHandshake), '0');
    server.advance(61_000);
    await server.parley.gateway.events.sweep();
    assert.equal(await ann.code(getAgentStatus), '100-006');
    assert.equal(await bob.code(getAgentStatus), '0');
    await come(ann, 3);
    assert.equal(typesOf(ann).at(-1), 'AgentOther_ShutdownService');
  });

  test('what waits is dropped by 6.1.1.25', async () => {
    const ann = await signedIn();
    await come(ann, 2);
    receiver.answers(DOWN);
    await ann.code(sayBusy);
    const tries = receiver.tries();
    await until(() => receiver.tries() > tries, 'it was tried');
    await ann.code(cancelBusy);
    server.advance(2000);
    assert.equal(await ann.code(syncAgentInfo), '0');
    receiver.answers(OK);
    await ann.code(sayBusy, { reason: 203 });
    await until(() => receiver.events(ann.workNo).some(({ content }) => (content as { reason?: string } | null)?.reason === '203'), 'what came later has come');
    assert.ok(!typesOf(ann).includes('AgentState_CancelNotReady_Success'));
  });
});
