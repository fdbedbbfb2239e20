import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentHandshake } from '@parley/contract/gateway/agent-presence.ts';
import { setCustomState } from '@parley/contract/gateway/agent-state.ts';
import { createVault } from '../../security/vault.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { createGuids, type GuidOf } from './guid.ts';

describe('GUIDs', () => {
  const guids = createGuids(createVault(randomBytes(32)));
  const START = Date.UTC(2026, 0, 5);
  const anyone: fc.Arbitrary<GuidOf> = fc.record({
    vdnId: fc.integer({ min: 1, max: 9999 }), agent: fc.integer({ min: 101, max: 59_999 }), session: fc.uuid(), generation: fc.nat(5), renewedAt: fc.constant(0), signedInAt: fc.constant(START),
  });

  test('name their VDN, which cannot be made up', () => {
    fc.assert(fc.property(anyone, fc.integer({ min: 1, max: 9999 }), (of, other) => {
      const guid = guids.current(of, false, START);
      assert.equal(guids.vdnOf(guid), of.vdnId);
      const forged = other.toString(16).padStart(8, '0') + guid.slice(8);
      assert.equal(guids.vdnOf(forged), other === of.vdnId ? other : undefined);
      assert.equal(createGuids(createVault(randomBytes(32))).vdnOf(guid), undefined, 'another installation\'s');
    }), { numRuns: 50 });
  });

  test('are told apart by VDN, agent, session, generation and minute', () => {
    const of: GuidOf = { vdnId: 1, agent: 101, session: randomUUID(), generation: 0, renewedAt: 0, signedInAt: START };
    const others = [of, { ...of, vdnId: 2 }, { ...of, agent: 102 }, { ...of, session: randomUUID() }, { ...of, generation: 1 }];
    const made = [...others.map((one) => guids.current(one, true, START)), guids.current(of, true, START + 60_000)];
    assert.equal(new Set(made).size, made.length);
  });

  test('that rotate are renewed after a minute and good for two, wherever the minute begins', () => {
    fc.assert(fc.property(anyone, fc.integer({ min: 0, max: 3_600_000 }), fc.integer({ min: 0, max: 200_000 }), (of, issued, age) => {
      const guid = guids.current(of, true, START + issued);
      const good = guids.accepts(guid, of, true, START + issued + age);
      if (age <= 60_000) assert.ok(good);
      if (age >= 120_000) assert.ok(!good);
    }), { numRuns: 300 });
  });

  test('that are static stay', () => {
    fc.assert(fc.property(anyone, fc.nat(1_000_000_000), (of, age) => {
      assert.ok(guids.accepts(guids.current(of, false, START), of, false, START + age));
    }), { numRuns: 50 });
  });
});

let server: TestServer;
before(async () => { server = await startTestServer({ world: { guidMode: 'rotating', pollWaitMs: 30 } }); });
after(() => server.close());

async function tenantWith(guidMode?: 'static' | 'rotating'): Promise<TestTenant> {
  const tenant = await server.tenant();
  if (guidMode !== undefined) await (await server.signedIn(0, 'operator')).call(changeTenant, { vdnId: tenant.vdnId, guidMode });
  return tenant;
}

async function signedIn(tenant: TestTenant, changes: Parameters<Desk['signIn']>[0] = {}): Promise<Desk> {
  const ann = await openDesk(server, tenant);
  await ann.signIn(changes);
  return ann;
}

/** What a poll says of the GUID. */
async function polled(ann: Desk): Promise<string | null> {
  const { headers, ok } = await ann.client.call(agentEventPoll, { agentid: ann.workNo });
  assert.ok(ok);
  assert.equal(headers.get('set-guid'), headers.get('guid') === null ? null : `JSESSIONID=${headers.get('guid')}`);
  return headers.get('guid');
}

describe('scenario 9: dynamic GUIDs', () => {
  test('a poll after a minute brings a new one, and the old one is good until two minutes, then 000-003', async () => {
    const ann = await signedIn(await tenantWith());
    const first = ann.guid();
    assert.equal(await polled(ann), null, 'nothing new yet');
    server.advance(61_000);
    const second = await polled(ann);
    assert.ok(second !== null && second !== first);
    assert.equal(await ann.code(setCustomState, { customstate: 1 }), '0', 'the old one still works');
    assert.equal(await polled(ann), second, 'who still sends the old one is told again');
    server.advance(58_000);
    assert.equal(await ann.code(setCustomState, { customstate: 2 }), '0', 'at 119 seconds');
    assert.equal(await polled(ann), second);
    server.advance(2000);
    assert.equal(await ann.code(setCustomState, { customstate: 3 }), '000-003', 'at 121 seconds');
    assert.equal(await ann.code(agentEventPoll), '000-003');
    ann.wear(second);
    assert.equal(await ann.code(setCustomState, { customstate: 4 }), '0');
    assert.notEqual(await polled(ann), null, 'and the next one is due');
  });

  test('whoever follows stays in for hours', async () => {
    const ann = await signedIn(await tenantWith());
    const worn = new Set<string>();
    for (let minute = 0; minute < 60; minute += 1) {
      const guid = await polled(ann);
      if (guid !== null) ann.wear(guid);
      worn.add(ann.guid());
      server.advance(60_000);
    }
    assert.ok(worn.size >= 59, String(worn.size));
  });

  test('one agent\'s GUID is refused on the path of another, signed in or in another tenant', async () => {
    const tenant = await tenantWith();
    const [ann, bob] = [await signedIn(tenant), await signedIn(tenant)];
    assert.equal(await ann.code(setCustomState, { agentid: bob.workNo, customstate: 1 }), '000-003');
    const other = await signedIn(await tenantWith());
    other.wear(ann.guid());
    assert.equal(await other.code(setCustomState, { agentid: bob.workNo, customstate: 1 }), '000-003');
  });
});

describe('a tenant', () => {
  test('may have static GUIDs where the installation\'s rotate', async () => {
    const ann = await signedIn(await tenantWith('static'));
    for (let minute = 0; minute < 5; minute += 1) {
      assert.equal(await polled(ann), null);
      server.advance(60_000);
    }
    assert.equal(await ann.code(agentHandshake), '0');
  });

  test('may have rotating ones where the installation\'s are static', async () => {
    const own = await startTestServer({ world: { pollWaitMs: 30 } });
    try {
      const tenants = [await own.tenant(), await own.tenant()] as const;
      await (await own.signedIn(0, 'operator')).call(changeTenant, { vdnId: tenants[0].vdnId, guidMode: 'rotating' });
      const desks = await Promise.all(tenants.map((tenant) => openDesk(own, tenant)));
      for (const ann of desks) await ann.signIn();
      own.advance(61_000);
      assert.deepEqual(await Promise.all(desks.map(async (ann) => await polled(ann) !== null)), [true, false]);
    } finally {
      await own.close();
    }
  });
});
