import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { agentAccountDelete } from '@parley/contract/configuration/agent-account.ts';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentForceLogin, agentForceLogout, agentForceLogoutWithReason, agentLogin, agentLoginEx, agentLogout } from '@parley/contract/gateway/agent-session.ts';
import { getAgentStatus, sayBusy, sayFree } from '@parley/contract/gateway/agent-state.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import type { Input } from '@parley/contract/operation.ts';
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

const desk = (changes: Parameters<typeof openDesk>[2] = {}): Promise<Desk> => openDesk(server, tenant, changes);

async function signedIn(changes: Partial<Input<typeof agentLogin>> = {}): Promise<Desk> {
  const ann = await desk();
  await ann.signIn(changes);
  return ann;
}

const credentials = ({ password, phone }: Desk) => ({ password, phonenum: phone });
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.AgentGateway0$/;
const IDLE = ['AgentOther_InService', 'AgentState_Ready'];

/** What each form of signing in refuses alike. */
const REFUSALS: readonly [object, string][] = [
  [{ password: 'Wrong-1' }, '100-004'], [{ password: 'x'.repeat(33) }, '100-001'], [{ phonenum: 'x'.repeat(25) }, '100-001'], [{ phonenum: 'ann' }, '100-013'],
  [{ agenttype: 5 }, '100-012'], [{ agenttype: 11 }, '100-012'], [{ ip: '::1' }, '100-016'], [{ ip: '1.2.3.999' }, '100-016'], [{ status: 7 }, '100-001'],
  [{ vcPhoneNumber: '1'.repeat(25) }, '100-001'], [{ agentid: 60_000 }, '000-002'], [{ agentid: 100 }, '000-002'], [{ autoanswer: 'perhaps' }, '100-001'],
];
const PUSH_REFUSALS: readonly [object, string][] = [
  [{ callbackUri: `https://example.com/${'x'.repeat(200)}`, serviceToken: 'token' }, '100-001'], [{ callbackUri: 'ftp://example.com', serviceToken: 'token' }, '100-001'],
  [{ serviceToken: 'x'.repeat(51) }, '100-001'], [{ serviceToken: 'a b' }, '100-001'], [{ serviceToken: 'a\nb' }, '100-001'],
];

async function refuses(op: typeof agentLogin | typeof agentForceLogin | typeof agentLoginEx, refusals: readonly [object, string][]): Promise<void> {
  const ann = await desk();
  for (const [changes, retcode] of refusals) {
    const reply = await ann.client.call(op, { agentid: ann.workNo, ...credentials(ann), ...changes });
    assert.equal(reply.status, 200);
    assert.equal(reply.body['retcode'], retcode, JSON.stringify(changes));
    assert.equal(reply.headers.get('guid'), null);
  }
}

describeOperation(agentLogin, {
  example: async () => {
    const ann = await desk();
    const { body, headers } = await ann.client.call(agentLogin, {
      agentid: ann.workNo, ...credentials(ann), status: '4', releasephone: 'false', agenttype: '4',
    } as never);
    const { loginTime, ...result } = body['result'] as { loginTime: string };
    assert.deepEqual({ ...body, result }, {
      message: '', retcode: '0',
      result: { vdnid: tenant.vdnId, workno: String(ann.workNo), mediatype: 'TTF', isForceChange: 'false', serverName: 'AgentGateway0', timeRemaining: '' },
    });
    assert.ok(Math.abs(Number(loginTime) - server.world.clock()) < 60_000);
    assert.match(headers.get('guid') ?? '', GUID);
    assert.equal(headers.get('set-guid'), `JSESSIONID=${headers.get('guid')}`);
    ann.wear(headers.get('guid') ?? '');
    assert.deepEqual(await ann.news(), IDLE);
  },
  badInput: () => refuses(agentLogin, [...REFUSALS, ...PUSH_REFUSALS, [{ password: '' }, '100-001'], [{ phonenum: '' }, '100-001'], [{ serviceworkid: 'x'.repeat(31) }, '100-001']]),
  effect: async () => {
    const ann = await signedIn({ status: 3 });
    assert.deepEqual(await ann.news(), [...IDLE, 'AgentState_SetNotReady_Success']);
    assert.equal(await ann.code(sayFree), '0');
    assert.equal(await ann.code(agentLogin, credentials(ann)), '100-002');
    const bob = await signedIn({ status: 5 });
    assert.deepEqual(await bob.news(), [...IDLE, 'AgentState_Work']);
    assert.equal((await bob.client.call(getAgentStatus, { agentid: bob.workNo })).body['retcode'], '0');
  },
});

describeOperation(agentForceLogin, {
  example: async () => {
    const ann = await desk();
    await ann.forceSignIn();
    assert.deepEqual(await ann.news(), IDLE);
  },
  badInput: () => refuses(agentForceLogin, [...REFUSALS, ...PUSH_REFUSALS, [{ password: '' }, '100-001'], [{ phonenum: '' }, '100-001']]),
  effect: async () => {
    const ann = await signedIn();
    await ann.news();
    const former = ann.guid();
    await ann.forceSignIn();
    assert.notEqual(ann.guid(), former);
    assert.deepEqual(await ann.news(), IDLE, 'what the session before has not fetched is gone');
    const present = ann.guid();
    ann.wear(former);
    assert.equal(await ann.code(sayBusy), '000-003', 'the former GUID is dead at once');
    assert.equal(await ann.code(agentEventPoll), '000-003');
    ann.wear(present);
    assert.equal(await ann.code(sayBusy), '0');
  },
});

describeOperation(agentLoginEx, {
  example: async () => {
    const ann = await desk();
    const { body, headers } = await ann.client.call(agentLoginEx, { agentid: ann.workNo, ...credentials(ann) });
    assert.equal((body['result'] as { mediatype: string }).mediatype, 'TFF');
    ann.wear(headers.get('guid') ?? '');
    assert.deepEqual(await ann.news(), IDLE);
  },
  badInput: () => refuses(agentLoginEx, [...REFUSALS, [{ password: '' }, '100-004']]),
  effect: async () => {
    const ann = await desk();
    const { headers } = await ann.client.call(agentLoginEx, { agentid: ann.workNo, password: ann.password });
    ann.wear(headers.get('guid') ?? '');
    assert.equal(await ann.code(sayBusy), '0');
    assert.equal(await ann.code(agentLoginEx, credentials(ann)), '100-002');
    assert.equal(await ann.code(agentLogin, credentials(ann)), '100-002');
  },
});

describeOperation(agentLogout, {
  example: async () => { assert.equal(await (await signedIn()).code(agentLogout), '0'); },
  badInput: async () => {
    const ann = await signedIn();
    await ann.news();
    await ann.client.call(callOut, { agentid: ann.workNo, called: '40040' });
    await ann.until('AgentEvent_Talking');
    assert.equal(await ann.code(agentLogout), '100-010', 'not out of a call');
  },
  effect: async () => {
    const ann = await signedIn();
    assert.equal(await ann.code(agentLogout), '0');
    assert.equal(await ann.code(agentEventPoll), '100-006');
    assert.equal(await ann.code(agentLogout), '100-006');
    await ann.signIn();
    assert.deepEqual(await ann.news(), IDLE);
  },
});

describeOperation(agentForceLogout, {
  example: async () => {
    const ann = await signedIn();
    const { body } = await ann.client.call(agentForceLogout, { agentid: ann.workNo });
    assert.deepEqual(body, { message: 'success', retcode: '0' });
  },
  badInput: async () => { assert.equal(await (await desk()).code(agentForceLogout), '000-003'); },
  effect: async () => {
    const ann = await signedIn();
    await ann.news();
    await ann.client.call(callOut, { agentid: ann.workNo, called: '40040' });
    await ann.until('AgentEvent_Talking');
    assert.equal(await ann.code(agentForceLogout), '0', 'also out of a call');
    assert.equal(await ann.code(agentEventPoll), '100-006');
    await ann.signIn();
    assert.deepEqual(await ann.news(), IDLE, 'nothing is left of the call');
  },
});

describeOperation(agentForceLogoutWithReason, {
  example: async () => {
    const ann = await signedIn();
    assert.deepEqual((await ann.client.call(agentForceLogoutWithReason, { agentid: ann.workNo, reason: '1' })).body, { message: 'success', retcode: '0' });
  },
  badInput: async () => {
    const ann = await signedIn();
    for (const reason of ['0', '256', '-1', '1.5', 'home', '99999999999']) assert.equal(await ann.code(agentForceLogoutWithReason, { reason }), '100-005', reason);
    assert.equal(await ann.code(sayBusy), '0', 'the session is still there');
  },
  effect: async () => {
    const ann = await signedIn();
    assert.equal(await ann.code(agentForceLogoutWithReason, { reason: '255' }), '0');
    assert.equal(await ann.code(agentEventPoll), '100-006');
  },
});

describe('signing in', () => {
  test('is refused at the phone of another tenant', async () => {
    const [ann, other] = [await desk(), await openDesk(server, await server.tenant())];
    assert.equal(await ann.code(agentLogin, { ...credentials(ann), phonenum: other.phone }), '100-014');
    assert.equal(await ann.code(agentLogin, { ...credentials(ann), phonenum: '004930123456' }), '0', 'a number outside is no tenant\'s');
  });

  test('is refused at the phone of a colleague who is signed in', async () => {
    const [ann, bob] = [await signedIn(), await desk()];
    assert.equal(await bob.code(agentLogin, { ...credentials(bob), phonenum: ann.phone }), '100-013');
    assert.equal(await bob.code(agentLogin, credentials(bob)), '0');
  });

  test('with a desk phone to be controlled tells that it cannot be, where the phone does not take it', async () => {
    const ann = await signedIn({ phonelinkage: true });
    assert.deepEqual(await ann.until('AgentEvent_linkageCapability'), { result: 1 });
    assert.deepEqual(await ann.news(), ['AgentState_Ready']);
  });

  test('as a video agent is for video agents', async () => {
    const ann = await desk({ agentType: 11 });
    assert.equal(await ann.code(agentLogin, { ...credentials(ann), agenttype: 11 }), '0');
  });

  test('is locked after ten wrong passwords, and open again after five minutes', async () => {
    const ann = await desk();
    for (let count = 0; count < 10; count += 1) assert.equal(await ann.code(agentLogin, { ...credentials(ann), password: 'Wrong-1' }), '100-004');
    assert.equal(await ann.code(agentLogin, credentials(ann)), '110-016');
    assert.equal(await ann.code(agentForceLogin, credentials(ann)), '110-016');
    assert.equal(await (await desk()).code(agentLogin, { password: 'Wrong-1', phonenum: '1' }), '100-004', 'others are not locked');
    server.advance(5 * 60_000);
    assert.equal(await ann.code(agentLogin, credentials(ann)), '0');
  });

  test('twice at the same moment has one winner', async () => {
    const ann = await desk();
    const codes = await Promise.all(Array.from({ length: 5 }, () => ann.code(agentLogin, credentials(ann))));
    assert.deepEqual(codes.toSorted(), ['0', '100-002', '100-002', '100-002', '100-002']);
  });

  test('twice by force at the same moment leaves one session, whose GUID works', async () => {
    const ann = await desk();
    const replies = await Promise.all(Array.from({ length: 4 }, () => ann.client.call(agentForceLogin, { agentid: ann.workNo, ...credentials(ann) })));
    const guids = replies.filter(({ ok }) => ok).map(({ headers }) => headers.get('guid') ?? '');
    assert.ok(replies.every(({ ok, body }) => ok || body['retcode'] === '100-003'));
    const codes: string[] = [];
    for (const guid of guids) {
      ann.wear(guid);
      codes.push(await ann.code(sayBusy));
    }
    assert.deepEqual(codes.filter((code) => code === '0').length, 1, codes.join());
    assert.ok(codes.every((code) => code === '0' || code === '000-003'), codes.join());
  });

  test('and out at the same moment is one after the other', async () => {
    const ann = await signedIn();
    const [out, again] = await Promise.all([ann.code(agentLogout), ann.code(agentLogin, credentials(ann))]);
    assert.equal(out, '0');
    assert.ok(again === '0' || again === '100-002', again);
  });

  test('out twice at the same moment ends one session', async () => {
    const ann = await signedIn();
    const codes = await Promise.all([ann.code(agentLogout), ann.code(agentLogout), ann.code(agentForceLogout)]);
    assert.equal(codes.filter((code) => code === '0').length, 1, codes.join());
    assert.ok(codes.every((code) => ['0', '100-006', '100-008'].includes(code)), codes.join());
  });

  test('tells the tenants of one work number apart by their passwords', async () => {
    const [one, other] = [await server.tenant(), await server.tenant()];
    const [ann, bob] = [await openDesk(server, one), await openDesk(server, other)];
    assert.equal(ann.workNo, bob.workNo);
    await ann.signIn();
    await bob.signIn();
    assert.equal(await ann.code(sayBusy), '0');
    assert.deepEqual(await bob.news(), IDLE, 'nothing of the other tenant\'s');
    const carl = await openDesk(server, other);
    carl.wear(ann.guid());
    assert.equal(await carl.code(sayBusy), '100-006', 'the GUID\'s tenant knows no such agent');
  });

  test('ends with the tenant', async () => {
    const other = await server.tenant();
    const ann = await openDesk(server, other);
    await ann.signIn();
    const operator = await server.signedIn(0, 'operator');
    await operator.call(changeTenant, { vdnId: other.vdnId, enabled: false });
    assert.equal(await ann.code(sayBusy), '000-003');
    assert.equal(await ann.code(agentForceLogin, credentials(ann)), '100-004');
  });

  test('ends when the agent is deleted (5.1.2), whatever goes on', async () => {
    const ann = await desk({ account: 'leaving' });
    await ann.signIn();
    await ann.news();
    await ann.client.call(callOut, { agentid: ann.workNo, called: '40040' });
    await ann.until('AgentEvent_Talking');
    assert.equal((await tenant.client.call(agentAccountDelete, { userAccount: 'leaving' })).body['resultCode'], '0');
    assert.equal(await ann.code(getAgentStatus), '100-006');
    assert.equal(await ann.code(agentLogin, credentials(ann)), '100-004');
    const { calls, legs } = await server.parley.gateway.engine.view(tenant.vdnId, (centre) => ({
      calls: [...centre.calls.values()].filter((call) => call.parts.some((part) => part.kind === 'agent' && part.agent === ann.workNo)).length,
      legs: [...centre.legs.values()].filter((leg) => leg.agent === ann.workNo && leg.state !== 'dropping').length,
    }));
    assert.deepEqual([calls, legs], [0, 0]);
  });
});

describe('codes are chosen in the order of 6.5.2', () => {
  test('number, session, GUID, body', async () => {
    const [ann, bob] = [await signedIn(), await desk()];
    assert.equal(await ann.code(sayBusy, { agentid: 7, reason: 199 }), '000-002');
    assert.equal(await ann.code(sayBusy, { agentid: bob.workNo, reason: 199 }), '100-006');
    await bob.signIn();
    assert.equal(await ann.code(sayBusy, { agentid: bob.workNo, reason: 199 }), '000-003', 'the GUID is another agent\'s');
    assert.equal(await ann.code(sayBusy, { reason: 199 }), '000-002');
  });

  test('whatever stands in place of a GUID of ours is refused', async () => {
    const ann = await signedIn();
    const own = ann.guid();
    const strange = [
      '', 'x', own.slice(1), `${own}x`, own.toUpperCase(), own.replace(/^[0-9a-f]{8}/, '00000000'), own.replace(/^[0-9a-f]{8}/, 'ffffffff'),
      own.replace(/^[0-9a-f]{8}/, '000026ff'), own.replace(/[0-9a-f]{12}\./, '000000000000.'), `JSESSIONID=${own}`,
    ];
    for (const guid of strange) {
      ann.wear(guid);
      assert.equal(await ann.code(sayBusy), '000-003', guid);
    }
    ann.wear(own);
    assert.equal(await ann.code(sayBusy), '0');
  });
});
