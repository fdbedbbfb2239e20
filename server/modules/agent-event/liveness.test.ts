import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentHandshake } from '@parley/contract/gateway/agent-presence.ts';
import { agentForceLogout } from '@parley/contract/gateway/agent-session.ts';
import { agentRest, getAgentStatus, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { openDesk, type Desk, type DeskEvent } from '../../testing/desk.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { until } from '../../testing/until.ts';

let server: TestServer;
let tenant: TestTenant;
before(async () => {
  server = await startTestServer({ world: { pollWaitMs: 50 } });
  tenant = await server.tenant();
});
after(() => server.close());

async function signedIn(changes: Parameters<Desk['signIn']>[0] = {}, role: 2 | 3 = 2): Promise<Desk> {
  const ann = await openDesk(server, tenant, { ccRoleId: role });
  await ann.signIn(changes);
  await ann.news();
  return ann;
}

const isSignedIn = (ann: Desk): Promise<boolean> => server.parley.gateway.engine.view(tenant.vdnId, ({ agents }) => agents.has(ann.workNo));

describe('scenario 3: two minutes of silence', () => {
  test('sign the agent out: the next poll is 100-006, and an inspector who listens hears of it', async () => {
    const inspector = await signedIn({ listenStatus: true }, 3);
    const deaf = await signedIn({}, 3);
    const nobody = await signedIn({ listenStatus: true });
    const ann = await signedIn();
    const login: DeskEvent = {
      eventType: 'QC_AgentState_Notify', workNo: String(inspector.workNo),
      content: { subtype: 'QC_AgentState_Login', monitoredagent: String(ann.workNo), agentname: String(ann.workNo), mediaserver: 'CtiServer' },
    };
    const heard: (DeskEvent | undefined)[] = [];
    for (let event = await inspector.poll(); event !== undefined; event = await inspector.poll()) heard.push(event);
    assert.deepEqual(heard.at(-1), login);
    server.advance(60_000);
    for (const other of [inspector, deaf, nobody]) assert.deepEqual(await other.news(), []);
    server.advance(61_000);
    assert.equal(await ann.code(agentEventPoll), '100-006');
    assert.equal(await ann.code(getAgentStatus), '100-006');
    assert.equal(await isSignedIn(ann), false);
    const notice = await inspector.until('QC_AgentState_Notify');
    assert.deepEqual([notice.subtype, notice.monitoredagent], ['QC_AgentState_Logout', String(ann.workNo)]);
    assert.deepEqual([await deaf.news(), await nobody.news()], [[], []], 'others do not, and neither does who is no inspector');
  });

  test('are noticed without anybody asking', async () => {
    const own = await startTestServer({ world: { sweepMs: 20 } });
    try {
      const at = await own.tenant();
      const ann = await openDesk(own, at);
      await ann.signIn();
      own.advance(121_000);
      await until(() => own.parley.gateway.engine.view(at.vdnId, ({ agents }) => !agents.has(ann.workNo)), 'the agent is signed out');
    } finally {
      await own.close();
    }
  });

  test('are ended by polls alone: neither other requests nor handshakes count', async () => {
    const ann = await signedIn();
    for (let minute = 0; minute < 4; minute += 1) {
      server.advance(60_000);
      await ann.poll();
    }
    assert.equal(await ann.code(sayBusy), '0');
    server.advance(119_000);
    assert.equal(await ann.code(agentHandshake), '0');
    server.advance(2000);
    assert.equal(await ann.code(sayBusy, { prolong: true, reason: 201 }), '100-006');
  });

  test('are none as long as a poll waits', async () => {
    const own = await startTestServer({ world: { pollWaitMs: 60_000 } });
    try {
      const ann = await openDesk(own, await own.tenant());
      await ann.signIn();
      await ann.poll();
      await ann.poll();
      const waiting = ann.poll();
      const { events } = own.parley.gateway;
      await until(() => events.outbox.waiting(1, ann.workNo) === 1, 'the poll waits');
      own.advance(200_000);
      await events.sweep();
      assert.equal(await ann.code(sayBusy), '0');
      assert.equal((await waiting)?.eventType, 'AgentState_SetNotReady_Success');
      assert.equal(await ann.code(getAgentStatus), '0', 'the end of the poll counts');
    } finally {
      await own.close();
    }
  });

  test('release the calls of the agent', async () => {
    const ann = await signedIn();
    await ann.client.call(callOut, { agentid: ann.workNo, called: '40040' });
    await ann.until('AgentEvent_Talking');
    server.advance(121_000);
    await server.parley.gateway.events.sweep();
    assert.equal(await isSignedIn(ann), false);
    const calls = await server.parley.gateway.engine.view(tenant.vdnId, (centre) => [...centre.calls.values()].filter(({ called }) => called === '40040').length);
    assert.equal(calls, 0);
  });

  test('of a session end that session, not the one that took its place', async () => {
    const ann = await signedIn();
    server.advance(121_000);
    await ann.forceSignIn();
    await server.parley.gateway.events.sweep();
    assert.equal(await isSignedIn(ann), true);
    assert.deepEqual(await ann.news(), ['AgentOther_InService', 'AgentState_Ready']);
  });
});

describe('a restart of Parley', () => {
  test('leaves agents signed in by their GUIDs, and tells them before anything else', async () => {
    const first = await startTestServer({ world: { pollWaitMs: 50 } });
    const own = await first.tenant();
    const desks = [await openDesk(first, own), await openDesk(first, own), await openDesk(first, own)] as const;
    for (const ann of desks) {
      await ann.signIn();
      await ann.news();
    }
    const [busy, talking, resting] = desks;
    await busy.code(sayBusy);
    await resting.code(agentRest, { time: 600, restcause: 0 });
    await talking.client.call(callOut, { agentid: talking.workNo, called: '40040' });
    await talking.until('AgentEvent_Talking');
    await first.parley.gateway.stop();
    const { db, vault, voice } = first.world;
    const second = await startTestServer({ world: { pollWaitMs: 50, db, vault, voice } });
    try {
      const statuses: unknown[] = [];
      for (const { workNo, guid } of desks) {
        const reply = await fetch(`${second.url}/agentgateway/resource/agentevent/${workNo}`, { headers: { guid: guid() } });
        statuses.push((await reply.json() as { event: unknown }).event);
      }
      assert.deepEqual(statuses, [[busy, '3'], [talking, '7'], [resting, '8']].map(([ann, agentStatus]) => (
        { eventType: 'Agent_Recover', workNo: String((ann as Desk).workNo), content: { agentStatus } })));
      second.advance(121_000);
      await second.parley.gateway.events.sweep();
      assert.equal(await second.parley.gateway.engine.view(own.vdnId, ({ agents }) => agents.size), 0, 'silence counts from the restart on');
    } finally {
      await second.close();
      await first.close();
    }
  });

  test('is no news to those who signed out before', async () => {
    const first = await startTestServer({ world: { pollWaitMs: 50 } });
    const own = await first.tenant();
    const ann = await openDesk(first, own);
    await ann.signIn();
    assert.equal(await ann.code(agentForceLogout), '0');
    await first.parley.gateway.stop();
    const { db, vault } = first.world;
    const second = await startTestServer({ world: { pollWaitMs: 50, db, vault } });
    const reply = await fetch(`${second.url}/agentgateway/resource/agentevent/${ann.workNo}`, { headers: { guid: ann.guid() } });
    assert.equal((await reply.json() as { retcode: string }).retcode, '100-006');
    await second.close();
    await first.close();
  });
});
