import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { listAudit } from '@parley/contract/admin/audit.ts';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { modifyAccountPwdEx } from '@parley/contract/gateway/agent-password.ts';
import { agentForceLogin, agentLogin, agentLogout } from '@parley/contract/gateway/agent-session.ts';
import { sayBusy, sayFree } from '@parley/contract/gateway/agent-state.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

let server: TestServer;
let tenant: TestTenant;
before(async () => {
  server = await startTestServer({ world: { pollWaitMs: 60 } });
  tenant = await server.tenant();
});
after(() => server.close());

async function signedIn(of: TestTenant = tenant): Promise<Desk> {
  const ann = await openDesk(server, of);
  await ann.signIn();
  return ann;
}

const change = (ann: Desk, oldPassword: string, newPassword: string): Promise<string> => ann.code(modifyAccountPwdEx, { oldPassword, newPassword });
const NEW = 'Harbour-Lamp-74';

describeOperation(modifyAccountPwdEx, {
  example: async () => {
    const ann = await signedIn();
    const { body } = await ann.client.call(modifyAccountPwdEx, { agentid: ann.workNo, oldPassword: ann.password, newPassword: NEW });
    assert.deepEqual(body, { message: 'success', retcode: '0', result: {} });
  },
  badInput: async () => {
    const ann = await signedIn();
    for (const weak of ['Short-1', 'x'.repeat(33), 'harbour-lamp', 'Harbourr-74', `Lamp-${ann.workNo}-x`, ann.password]) {
      assert.equal(await change(ann, ann.password, weak), '000-002', weak);
    }
    assert.equal(await ann.code(modifyAccountPwdEx, { newPassword: NEW }), '000-002');
    assert.equal(await change(ann, 'Wrong-1x', NEW), '100-007');
  },
  effect: async () => {
    const ann = await signedIn();
    assert.equal(await change(ann, ann.password, NEW), '0');
    assert.equal(await ann.code(sayBusy), '0', 'the session goes on');
    assert.equal(await ann.code(agentLogout), '0');
    assert.equal(await ann.code(agentLogin, { password: ann.password, phonenum: ann.phone }), '100-004');
    assert.equal(await ann.code(agentLogin, { password: NEW, phonenum: ann.phone }), '0');
    const { body } = await tenant.client.call(querySysInfo, {});
    assert.equal(body.agents.find(({ workNo }) => workNo === ann.workNo)?.password, NEW, '5.1.9 tells it');
    const audit = await tenant.administrator.call(listAudit, { what: 'agent', whatId: String(ann.workNo) });
    assert.deepEqual(audit.body.entries.map(({ operation, actor }) => [operation, actor])[0], ['modifyAccountPwdEx', `agent:${ann.workNo}`]);
    assert.doesNotMatch(JSON.stringify(audit.body), /Harbour/);
  },
});

describe('CTI passwords', () => {
  test('do not come back among the last five', async () => {
    const ann = await signedIn();
    const passwords = [ann.password, ...['a', 'b', 'c', 'd', 'e'].map((letter) => `Harbour-${letter}-74`)];
    for (const [index, next] of passwords.slice(1).entries()) assert.equal(await change(ann, passwords[index] ?? '', next), '0', next);
    const present = passwords.at(-1) ?? '';
    for (const former of passwords.slice(1)) assert.equal(await change(ann, present, former), '000-002', former);
    assert.equal(await change(ann, present, ann.password), '0', 'the sixth last may');
  });

  test('guessed three times lock the change for half an hour, and nothing else', async () => {
    const ann = await signedIn();
    for (let count = 0; count < 3; count += 1) assert.equal(await change(ann, 'Wrong-1x', NEW), '100-007');
    assert.equal(await change(ann, ann.password, NEW), '110-016', 'also the right one');
    assert.equal(await ann.code(agentForceLogin, { password: ann.password, phonenum: ann.phone }), '0');
    await ann.forceSignIn();
    server.advance(30 * 60_000);
    await ann.forceSignIn();
    assert.equal(await change(ann, ann.password, NEW), '0');
  });

  test('guessed at once are not tried at once', async () => {
    const ann = await signedIn();
    const codes = await Promise.all(Array.from({ length: 20 }, () => change(ann, 'Wrong-1x', NEW)));
    assert.equal(codes.filter((code) => code === '100-007').length, 3, codes.join());
    assert.equal(codes.filter((code) => code === '110-016').length, 17);
  });

  test('changed twice at once are changed once', async () => {
    const ann = await signedIn();
    const codes = await Promise.all([change(ann, ann.password, 'Harbour-x-74'), change(ann, ann.password, 'Harbour-y-74')]);
    assert.deepEqual(codes.toSorted(), ['0', '100-007']);
  });

  test('must not be those of the same work number in another tenant', async () => {
    const chosen = 'Lantern-Wolf-58';
    const [one, other] = [await server.tenant(), await server.tenant()];
    const [ann, bob] = [await signedIn(one), await signedIn(other)];
    assert.equal(ann.workNo, bob.workNo);
    assert.equal(await change(ann, ann.password, chosen), '0');
    assert.equal(await change(bob, bob.password, chosen), '000-002');
    assert.equal(await ann.code(agentForceLogin, { password: chosen, phonenum: ann.phone }), '0', 'signing in still tells the two apart');
  });

  test('have an end where the tenant says so: then the agent signs in and calls nobody', async () => {
    const renewed = 'Candle-Stove-36';
    const own = await server.tenant();
    const operator = await server.signedIn(0, 'operator');
    await operator.call(changeTenant, { vdnId: own.vdnId, agentPasswordDays: 90 });
    const ann = await openDesk(server, own);
    const signIn = async (password = ann.password) => {
      const { body, headers } = await ann.client.call(agentForceLogin, { agentid: ann.workNo, password, phonenum: ann.phone });
      ann.wear(headers.get('guid') ?? '');
      const { isForceChange, timeRemaining } = body['result'] as { isForceChange: string; timeRemaining: string };
      return [isForceChange, timeRemaining];
    };
    assert.deepEqual(await signIn(), ['false', '90']);
    server.advance(89 * 86_400_000);
    assert.deepEqual(await signIn(), ['false', '1']);
    server.advance(86_400_000);
    assert.deepEqual(await signIn(), ['true', '0']);
    assert.equal(await ann.code(sayBusy), '0');
    assert.equal(await ann.code(sayFree), '0');
    assert.notEqual(await ann.code(callOut, { called: '40040' }), '0');
    assert.equal(await change(ann, ann.password, renewed), '0');
    assert.equal(await ann.code(callOut, { called: '40040' }), '0', 'at once');
    assert.deepEqual(await signIn(renewed), ['false', '90']);
  });
});
