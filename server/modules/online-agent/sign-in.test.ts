import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentLogin, agentLogout } from '@parley/contract/gateway/agent-session.ts';
import { sayBusy, sayFree } from '@parley/contract/gateway/agent-state.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

let server: TestServer;
let tenant: TestTenant;
before(async () => {
  server = await startTestServer();
  tenant = await server.tenant();
});
after(() => server.close());

const desk = (): Promise<Desk> => openDesk(server, tenant);
const code = (reply: { readonly body: unknown }): unknown => (reply.body as { retcode?: string }).retcode;

describeOperation(agentLogin, {
  example: async () => {
    const ann = await desk();
    await ann.signIn();
    assert.match(ann.guid(), /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.AgentGateway0$/);
    assert.deepEqual(await ann.news(), ['AgentOther_InService', 'AgentState_Ready']);
  },
  badInput: async () => {
    const ann = await desk();
    const refusals: readonly [object, string][] = [
      [{ password: 'Wrong-1' }, '100-004'], [{ password: '' }, '100-001'], [{ phonenum: '' }, '100-001'], [{ agenttype: 5 }, '100-012'],
      [{ ip: '::1' }, '100-016'], [{ status: 7 }, '100-001'], [{ agentid: 60_000 }, '000-002'],
    ];
    for (const [changes, retcode] of refusals) {
      const reply = await ann.client.call(agentLogin, { agentid: ann.workNo, password: ann.password, phonenum: ann.phone, ...changes });
      assert.equal(reply.status, 200);
      assert.equal(code(reply), retcode, JSON.stringify(changes));
    }
  },
  effect: async () => {
    const ann = await desk();
    await ann.signIn({ status: 3 });
    assert.deepEqual(await ann.news(), ['AgentOther_InService', 'AgentState_Ready', 'AgentState_SetNotReady_Success']);
    assert.ok((await ann.client.call(sayFree, { agentid: ann.workNo })).ok);
    assert.equal(code(await ann.client.call(agentLogin, { agentid: ann.workNo, password: ann.password, phonenum: ann.phone })), '100-002');
  },
});

describe('the order of codes', () => {
  test('number, session, GUID', async () => {
    const [ann, bob] = [await desk(), await desk()];
    await ann.signIn();
    assert.equal(code(await ann.client.call(sayFree, { agentid: 7 })), '000-002');
    assert.equal(code(await ann.client.call(sayFree, { agentid: bob.workNo })), '100-006');
    await bob.signIn();
    assert.equal(code(await ann.client.call(sayFree, { agentid: bob.workNo })), '000-003');
    assert.ok((await ann.client.call(agentLogout, { agentid: ann.workNo })).ok);
    assert.equal(code(await ann.client.call(agentEventPoll, { agentid: ann.workNo })), '100-006');
  });

  test('busy twice is refused unless prolonged', async () => {
    const ann = await desk();
    await ann.signIn();
    assert.ok((await ann.client.call(sayBusy, { agentid: ann.workNo })).ok);
    assert.equal(code(await ann.client.call(sayBusy, { agentid: ann.workNo })), '100-009');
    assert.ok((await ann.client.call(sayBusy, { agentid: ann.workNo, prolong: true, reason: 201 })).ok);
    assert.equal(code(await ann.client.call(sayBusy, { agentid: ann.workNo, reason: 199 })), '000-002');
  });
});

describe('the wire', () => {
  test('spells the two headers as clients compare them, and answers an empty poll byte for byte', async () => {
    const ann = await desk();
    await ann.signIn();
    await ann.news();
    const reply = await fetch(`${server.url}/agentgateway/resource/agentevent/${ann.workNo}`, { headers: { Guid: ann.guid() } });
    assert.equal(await reply.text(), '{"message":"","retcode":"0"}');
  });
});
