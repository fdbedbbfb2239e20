import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentForceLogout, agentLogout } from '@parley/contract/gateway/agent-session.ts';
import { agentRest, cancelBusy, sayBusy, setCustomState } from '@parley/contract/gateway/agent-state.ts';
import { openDesk, type Desk, type DeskEvent } from '../../testing/desk.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { until } from '../../testing/until.ts';
import { declared } from '../../start/settings.ts';
import { notice } from './notice.ts';

const WAIT_MS = 150;

let server: TestServer;
let tenant: TestTenant;
before(async () => {
  server = await startTestServer({ world: { pollWaitMs: WAIT_MS } });
  tenant = await server.tenant();
});
after(() => server.close());

async function signedIn(changes: Parameters<Desk['signIn']>[0] = {}): Promise<Desk> {
  const ann = await openDesk(server, tenant);
  await ann.signIn(changes);
  return ann;
}

/** An agent with nothing in the outbox. */
async function settled(): Promise<Desk> {
  const ann = await signedIn();
  for (let fetched = 0; fetched < 2; fetched += 1) await ann.poll();
  return ann;
}

/** Something to tell the agent. */
function happens(ann: Desk, number: number): void {
  server.parley.gateway.events.outbox.put(tenant.vdnId, notice(ann.workNo, 'AgentEvent_Hold', String(number)));
}

const contentOf = (event: DeskEvent | undefined): unknown => event?.content;
const waits = (ann: Desk, count = 1): Promise<void> => until(() => server.parley.gateway.events.outbox.waiting(tenant.vdnId, ann.workNo) === count, `${count} polls wait`);

describeOperation(agentEventPoll, {
  example: async () => {
    const ann = await signedIn();
    const { body } = await ann.client.call(agentEventPoll, { agentid: ann.workNo });
    assert.deepEqual(body, { message: '', retcode: '0', event: { eventType: 'AgentOther_InService', workNo: String(ann.workNo), content: null } });
  },
  badInput: async () => {
    const ann = await signedIn();
    assert.equal(await ann.code(agentEventPoll, { agentid: 'x' }), '000-002');
    assert.equal(await ann.code(agentEventPoll, { calldata: 'x'.repeat(16_385) }), '000-002');
  },
  effect: async () => {
    const ann = await settled();
    await ann.code(agentRest, { time: 60, restcause: 5 });
    assert.deepEqual(await ann.poll(), { eventType: 'AgentState_SetRest_Success', workNo: String(ann.workNo), content: { reason: '5' } });
  },
});

describe('scenario 1: polling', () => {
  test('brings one event a reply; an empty one waits, and is exactly what clients compare; an event ends the wait', async () => {
    const ann = await signedIn();
    assert.deepEqual([(await ann.poll())?.eventType, (await ann.poll())?.eventType], ['AgentOther_InService', 'AgentState_Ready']);
    const began = performance.now();
    const reply = await fetch(`${server.url}/agentgateway/resource/agentevent/${ann.workNo}`, { headers: { Guid: ann.guid() } });
    assert.equal(await reply.text(), '{"message":"","retcode":"0"}');
    assert.ok(performance.now() - began >= WAIT_MS - 1);
    const waiting = ann.poll();
    await waits(ann);
    await ann.code(sayBusy);
    assert.equal((await waiting)?.eventType, 'AgentState_SetNotReady_Success');
  });

  test('waits for just under ten seconds unless told, as clients give up at ten to eleven', () => {
    const waitMs = Number(declared.PARLEY_POLL_WAIT.fallback);
    assert.ok(waitMs >= 9000 && waitMs <= 9700, String(waitMs));
  });

  test('may be set to wait for nothing', async () => {
    const own = await startTestServer({ world: { pollWaitMs: 0 } });
    try {
      const ann = await openDesk(own, await own.tenant());
      await ann.signIn();
      assert.deepEqual([(await ann.poll())?.eventType, (await ann.poll())?.eventType, await ann.poll()], ['AgentOther_InService', 'AgentState_Ready', undefined]);
    } finally {
      await own.close();
    }
  });
});

describe('polls', () => {
  test('of one agent at once share the events: none twice, none lost', async () => {
    const ann = await settled();
    const polls = [ann.poll(), ann.poll(), ann.poll()];
    await waits(ann, 3);
    for (const number of [1, 2, 3, 4]) happens(ann, number);
    const got = await Promise.all(polls);
    assert.deepEqual([...got, await ann.poll()].map((event) => String(contentOf(event))).toSorted(), ['1', '2', '3', '4']);
    assert.equal(await ann.poll(), undefined);
  });

  test('that wait do not end one another', async () => {
    const ann = await settled();
    const first = ann.poll();
    await waits(ann);
    const second = ann.poll();
    await waits(ann, 2);
    happens(ann, 1);
    assert.equal(contentOf(await second), '1');
    happens(ann, 2);
    assert.equal(contentOf(await first), '2');
  });

  test('of many agents at once bring each its own', async () => {
    const desks = await Promise.all(Array.from({ length: 8 }, () => settled()));
    const polls = desks.map((ann) => ann.poll());
    for (const ann of desks) await waits(ann);
    for (const [index, ann] of desks.entries()) happens(ann, index);
    assert.deepEqual((await Promise.all(polls)).map(contentOf), desks.map((_, index) => String(index)));
  });

  test('that wait hear of the sign-out, and the next one that nobody is signed in', async () => {
    const ann = await settled();
    const waiting = ann.poll();
    await waits(ann);
    assert.equal(await ann.code(agentLogout), '0');
    const event = await waiting;
    assert.equal(event?.eventType, 'AgentOther_ShutdownService');
    assert.match((event.content as { loginTime: string }).loginTime, /^\d{13}$/);
    assert.equal(await ann.code(agentEventPoll), '100-006');
  });

  test('of a session that is replaced while they wait get nothing of the new one, its GUID least of all', async () => {
    const ann = await settled();
    const former = ann.guid();
    const waiting = ann.client.call(agentEventPoll, { agentid: ann.workNo });
    await waits(ann);
    await ann.forceSignIn();
    const { body, headers } = await waiting;
    assert.equal((body['event'] as { eventType: string }).eventType, 'AgentOther_ShutdownService');
    assert.equal(headers.get('guid'), null);
    assert.equal((await ann.poll())?.eventType, 'AgentOther_InService');
    ann.wear(former);
    assert.equal(await ann.code(agentEventPoll), '000-003');
  });

  test('that wait are answered when Parley goes down', async () => {
    const own = await startTestServer({ world: { pollWaitMs: 60_000 } });
    const ann = await openDesk(own, await own.tenant());
    await ann.signIn();
    await ann.poll();
    await ann.poll();
    const waiting = ann.poll();
    await until(() => own.parley.gateway.events.outbox.waiting(1, ann.workNo) === 1, 'the poll waits');
    own.parley.gateway.events.stop();
    assert.equal(await waiting, undefined);
    await own.close();
  });
});

/** A client that sends a poll and does with its connection what it likes. */
async function rawPoll(ann: Desk): Promise<{ readonly socket: Socket; readonly received: () => string }> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => { text += chunk.toString('utf8'); });
  socket.on('error', () => undefined);
  await new Promise((resolve) => { socket.once('connect', resolve); });
  socket.write(`GET /agentgateway/resource/agentevent/${ann.workNo} HTTP/1.1\r\nHost: parley\r\nguid: ${ann.guid()}\r\n\r\n`);
  return { socket, received: () => text };
}

describe('a client that goes away', () => {
  const ways: readonly [name: string, leave: (socket: Socket) => void][] = [
    ['closes', (socket) => { socket.destroy(); }], ['closes its half', (socket) => { socket.end(); }], ['resets the connection', (socket) => { socket.resetAndDestroy(); }],
  ];
  for (const [name, leave] of ways) {
    test(`while it waits loses nothing: it ${name}`, async () => {
      const ann = await settled();
      const { socket } = await rawPoll(ann);
      await waits(ann);
      leave(socket);
      await waits(ann, 0);
      happens(ann, 1);
      assert.equal(contentOf(await ann.poll()), '1');
    });

    test(`while it is being answered loses nothing: it ${name}`, async () => {
      const ann = await settled();
      const { socket } = await rawPoll(ann);
      await waits(ann);
      // In the same breath: Parley has not heard of it when the event comes.
      leave(socket);
      happens(ann, 1);
      happens(ann, 2);
      assert.deepEqual([contentOf(await ann.poll()), contentOf(await ann.poll())], ['1', '2']);
    });
  }

  test('again and again gets everything in the end, in order', async () => {
    const ann = await settled();
    const got: string[] = [];
    for (let number = 0; number < 30; number += 1) {
      const { socket, received } = await rawPoll(ann);
      await waits(ann);
      const isLeaving = number % 3 !== 0;
      if (isLeaving) ways[number % ways.length]?.[1](socket);
      happens(ann, number);
      if (isLeaving) got.push(String(contentOf(await ann.poll())));
      else {
        await until(() => received().includes('"content":'), 'the event has come');
        got.push(/"content":"(\d+)"/.exec(received())?.[1] ?? '');
      }
      socket.destroy();
    }
    assert.deepEqual(got, Array.from({ length: 30 }, (_, index) => String(index)));
    assert.equal(await ann.poll(), undefined);
  });
});

describe('polls and other requests', () => {
  test('do not hold each other up', async () => {
    const ann = await settled();
    const waiting = ann.poll();
    await waits(ann);
    assert.equal(await ann.code(setCustomState, { customstate: 5 }), '0');
    assert.equal(await ann.code(sayBusy), '0');
    assert.equal((await waiting)?.eventType, 'AgentState_SetNotReady_Success');
    assert.equal(await ann.code(cancelBusy), '0');
    assert.equal(await ann.code(agentForceLogout), '0');
  });
});
