import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requestOf } from '../registrar/registrar.fixture.ts';
import { faultsOfTrunks } from './check-trunks.ts';
import { trunked } from './trunk.fixture.ts';
import type { TrunkConfig } from './trunk.ts';
import type { Route } from './trunks.ts';

const CHINA = { country: '86', national: '0', international: '00' };
const peering = (name: string, hosts: readonly string[], more: Partial<TrunkConfig> = {}): TrunkConfig =>
  ({ name, peers: hosts.map((host, priority) => ({ host, kind: 'UDP' as const, priority })), healthMs: 0, ...more });

const told = (routes: Iterable<Route>): string => [...routes].map(({ trunk, peer, called }) => `${trunk.name}/${peer.host}/${called}`).join(' ');
const invite = (uri: string, fields: readonly (readonly [string, string])[] = []) =>
  ({ ...requestOf('INVITE', [['From', '<sip:+86138@c.example>;tag=1'], ['To', `<${uri}>`], ...fields]), uri });

describe('routes by trunks', () => {
  it('come in the order of trunks and their peers, for the numbers that they take', () => {
    const { trunks } = trunked([
      peering('mobile', ['192.0.2.1', '192.0.2.2'], { numbering: CHINA, called: { form: 'national', rules: [{ pattern: '01[3' }, { pattern: '013.', strip: 1 }] } }),
      peering('all', ['192.0.2.9'], { called: { form: 'plus' }, numbering: CHINA }),
    ], {});
    assert.equal(told(trunks.routesFor('+8613800')), 'mobile/192.0.2.1/13800 mobile/192.0.2.2/13800 all/192.0.2.9/+8613800');
    assert.equal(told(trunks.routesFor('0049301')), 'all/192.0.2.9/+49301');
    assert.equal(told(trunks.routesFor('alice')), '');
    const [route] = trunks.routesFor('013800');
    assert.deepEqual([route?.uri, route?.target], ['sip:13800@192.0.2.1', { kind: 'UDP', host: '192.0.2.1' }]);
  });

  it('say what to call as the carrier wants it', () => {
    const { trunks } = trunked([{
      ...peering('one', []), peers: [{ host: 'sip.carrier.example', port: 5080, kind: 'TCP' }], credentials: { user: 'u', password: 'p' },
      caller: { rules: [{ pattern: '0.', strip: 1, prepend: '+86' }] },
    }, { ...peering('two', ['192.0.2.2']), domain: 'carrier.example' }], {});
    const [one, two] = trunks.routesFor('*12#');
    assert.deepEqual([one?.uri, one?.domain, one?.credentials], ['sip:*12%23@sip.carrier.example:5080', 'sip.carrier.example', { user: 'u', password: 'p' }]);
    assert.deepEqual([two?.uri, two?.credentials], ['sip:*12%23@carrier.example', undefined]);
    assert.equal(one === undefined ? undefined : trunks.callerFor(one.trunk, '010123'), '+8610123');
    assert.equal(one === undefined ? undefined : trunks.callerFor(one.trunk, '123'), undefined);
  });

  it('consider what became of the ones before, while they are being tried', () => {
    const { trunks } = trunked([peering('one', ['192.0.2.1', '192.0.2.2', '192.0.2.3'])], {});
    const tried: string[] = [];
    for (const route of trunks.routesFor('1')) {
      tried.push(route.peer.host);
      if (trunks.reportResult(route, route.peer.host === '192.0.2.1' ? 'failed' : { status: 486 }) === 'final') break;
    }
    assert.deepEqual(tried, ['192.0.2.1', '192.0.2.2']);
    assert.equal(told(trunks.routesFor('1')), 'one/192.0.2.2/1 one/192.0.2.3/1 one/192.0.2.1/1');
  });

  it('hold as many calls as they are given, and begin no more in a second', async () => {
    const { trunks, timers } = trunked([peering('one', ['192.0.2.1'], { limits: { calls: 2 } }), peering('two', ['192.0.2.1'], { limits: { callsPerSecond: 3 } })], {});
    const [first, second] = [trunks.claim('one'), trunks.claim('one')];
    assert.equal(first.ok && second.ok, true);
    assert.deepEqual(trunks.claim('one'), { ok: false, why: 'calls' });
    if (first.ok) {
      first.release();
      first.release();
    }
    assert.equal(trunks.claim('one').ok, true);
    assert.equal(trunks.claim('one').ok, false, 'a second release gives no second place');
    trunks.configure([peering('one', ['192.0.2.7'], { limits: { calls: 2 } })]);
    assert.equal(trunks.claim('one').ok, false, 'its calls stand');
    assert.deepEqual(trunks.claim('two'), { ok: false, why: 'unknownTrunk' });

    trunks.configure([peering('two', ['192.0.2.1'], { limits: { callsPerSecond: 3 } })]);
    const begun = () => [1, 2, 3, 4, 5].filter(() => trunks.claim('two').ok).length;
    assert.equal(begun(), 3);
    await timers.advance(1000);
    assert.equal(begun(), 3);
  });
});

describe('calls that come in', () => {
  it('belong to the trunk from whose addresses they come', () => {
    const { trunks } = trunked([
      peering('by peer', ['192.0.2.1']), peering('by network', [], { networks: ['198.51.100.0/24', '2001:db8::/32'] }), peering('by name', ['sip.carrier.example']),
    ], {});
    const cases: readonly [address: string, name: string | undefined][] = [
      ['192.0.2.1', 'by peer'], ['192.0.2.2', undefined], ['198.51.100.200', 'by network'], ['2001:db8::7', 'by network'], ['::ffff:198.51.100.1', 'by network'],
      ['203.0.113.19', undefined],
    ];
    for (const [address, name] of cases) assert.equal(trunks.whoIs({ address, port: 5060 }, invite('sip:1@x'))?.name, name, address);
    assert.deepEqual(trunks.networks(), ['192.0.2.1', '198.51.100.0/24', '2001:db8::/32']);
  });

  it('come from where a peer by name has answered, too', async () => {
    let changes = 0;
    const { trunks, timers } = trunked([peering('by name', ['sip.carrier.example'], { healthMs: 30_000 })], { 'sip.carrier.example': () => ({ status: 200 }) }, {
      onNetworks: () => { changes += 1; },
    });
    await timers.advance(30_000);
    assert.equal(trunks.whoIs({ address: '203.0.113.19', port: 1 }, invite('sip:1@x'))?.name, 'by name');
    assert.deepEqual(trunks.networks(), ['203.0.113.19']);
    assert.equal(changes, 2);
    await trunks.stop();
  });

  it('are told apart by account, number and port where one machine stands for several trunks', () => {
    const account = (user: string) => ({ registration: { user, password: 'p' } });
    const { trunks } = trunked([
      peering('a', ['192.0.2.1'], account('acc-a')), peering('b', ['192.0.2.1'], account('acc-b')),
      { ...peering('numbers', ['192.0.2.1']), incomingCalled: { rules: [{ pattern: '0108XXX' }] } },
      { ...peering('port', []), peers: [{ host: '192.0.2.1', port: 5090, kind: 'UDP' }] },
    ], {});
    assert.equal(trunks.whoIs({ address: '192.0.2.1', port: 5060 }, invite('sip:acc-b@us'))?.name, 'b');
    assert.equal(trunks.whoIs({ address: '192.0.2.1', port: 5060 }, invite('sip:0108123@us'))?.name, 'numbers');
    assert.equal(trunks.whoIs({ address: '192.0.2.1', port: 5090 }, invite('sip:999@us'))?.name, 'port');
    assert.equal(trunks.whoIs({ address: '192.0.2.1', port: 5060 }, invite('sip:999@us', []))?.name, 'a');
  });

  it('belong to whose credentials they show', async () => {
    const { trunks } = trunked([peering('pbx', [], { inbound: { user: 'pbx-1', password: 'p' } })], {});
    assert.deepEqual(await trunks.accounts('pbx-1', 'realm'), { password: 'p' });
    assert.equal(await trunks.accounts('pbx-2', 'realm'), undefined);
    assert.equal(trunks.ofAccount('pbx-1')?.name, 'pbx');
  });

  it('have their numbers written as ours are', () => {
    const plus = { form: 'plus' as const };
    const trunk = peering('a', ['192.0.2.1'], { numbering: CHINA, incomingCalled: plus, incomingCaller: plus, registration: { user: 'acc', password: 'p' } });
    const { trunks } = trunked([trunk], {});
    assert.deepEqual(trunks.incoming(trunk, invite('sip:0108123;npdi@us')), { called: '+86108123', caller: '+86138' });
    assert.deepEqual(trunks.incoming(trunk, { ...invite('sip:0108123@us'), uri: 'sip:acc@us' }).called, '+86108123');
    assert.deepEqual(trunks.incoming(trunk, invite('tel:0108-123', [['P-Asserted-Identity', '"X" <sip:0139@c>, <tel:+860139>']])), { called: '+86108123', caller: '+86139' });
    assert.deepEqual(trunks.incoming(trunk, invite('sip:us', [])).called, undefined);
  });
});

describe('the health of peers', () => {
  it('shows by their answers, whatever they are, and silent ones are tried last until they answer', async () => {
    let isThere = true;
    const { trunks, timers, sentOf } = trunked([peering('one', ['192.0.2.1', '192.0.2.2'], { healthMs: 30_000 })], {
      '192.0.2.1': () => (isThere ? { status: 405 } : undefined), '192.0.2.2': () => ({ status: 200 }),
    });
    await timers.advance(40_000);
    assert.equal(told(trunks.routesFor('1')), 'one/192.0.2.1/1 one/192.0.2.2/1');
    isThere = false;
    await timers.advance(100_000);
    assert.equal(told(trunks.routesFor('1')), 'one/192.0.2.2/1 one/192.0.2.1/1');
    assert.deepEqual(trunks.standings()[0]?.peers.map(({ state }) => state), ['avoided', 'up']);
    isThere = true;
    await timers.advance(100_000);
    assert.equal(told(trunks.routesFor('1')), 'one/192.0.2.1/1 one/192.0.2.2/1');
    assert.equal(sentOf('OPTIONS').length > 8, true);
    await trunks.stop();
    assert.equal(timers.pending(), 0);
  });

  it('keeps away from one that asks for it', async () => {
    const { trunks, timers, sent } = trunked([peering('one', ['192.0.2.1'], { healthMs: 30_000 })], {
      '192.0.2.1': () => ({ status: 503, headers: { 'Retry-After': '40 (maintenance);duration=3' } }),
    });
    await timers.advance(30_000);
    assert.equal(told(trunks.routesFor('1')), '');
    assert.equal(sent.length > 0, true);
    await trunks.stop();
  });
});

describe('settings of trunks', () => {
  it('are checked with a sentence for each fault', () => {
    assert.deepEqual(faultsOfTrunks([peering('a', ['192.0.2.1']), peering('b', ['sip.example.com'], { registration: { user: 'u', password: 'p' } })]), []);
    const faults = faultsOfTrunks([
      peering('a', []),
      peering('a', ['bad host', '192.0.2.1', '192.0.2.1'], { networks: ['10.0.0.0/99'], called: { rules: [{ pattern: '(0|1)+' }, { pattern: '0.', prepend: 'sip:x', strip: -1 }] } }),
      { name: 'c', peers: [{ host: 'h', port: 0, kind: 'WSS', weight: -1 }], limits: { calls: Number.NaN } },
      { ...peering('d', []), registration: { user: 'u', password: 'p' } },
    ]);
    assert.equal(faults.length, 14, faults.join('\n'));
    for (const fault of faults) assert.match(fault, /^trunk [a-d]: .+/);
  });

  it('leave running what they do not change', async () => {
    const registered = (name: string, more: Partial<TrunkConfig> = {}) =>
      peering(name, [`sip-${name}`], { registration: { user: name, password: 'p' }, healthMs: 30_000, ...more });
    const ok = () => ({ status: 200 });
    const { trunks, timers, sentOf, states } = trunked([registered('a'), registered('b')], { 'sip-a': ok, 'sip-b': ok });
    await timers.advance(1000);
    assert.deepEqual(states, ['a registered', 'b registered']);
    trunks.configure([registered('a', { limits: { calls: 1 } })]);
    await timers.advance(1000);
    assert.deepEqual(states.slice(2), ['b ended']);
    assert.equal(sentOf('REGISTER').length, 3, 'one each, and the end of one');
    assert.equal(trunks.standings()[0]?.registration, 'registered');
    await trunks.stop();
    assert.equal(timers.pending(), 0);
  });
});
