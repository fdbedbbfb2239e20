import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { createIceLite, type Credentials } from './lite.ts';
import { writeBindingRequest, type Source } from './stun.ts';

const HOME: Source = { address: '192.0.2.7', port: 4000 };
const AWAY: Source = { address: '198.51.100.7', port: 5000 };
const PAGE: Credentials = { ufrag: 'page', password: 'p'.repeat(24) };

function setUp() {
  const sent: { readonly datagram: Buffer; readonly to: Source }[] = [];
  const ice = createIceLite((datagram, to) => { sent.push({ datagram, to }); });
  const check = (from: Source, options: { readonly isNominating?: boolean; readonly isControlled?: boolean } = {}, local = ice.local(), asking = PAGE.ufrag) =>
    ice.receive(writeBindingRequest(randomBytes(12), `${local.ufrag}:${asking}`, local.password, options), from);
  return { ice, sent, check };
}

describe('the passive side of ICE', () => {
  it('has credentials that are none of another', () => {
    const [one, other] = [setUp().ice.local(), setUp().ice.local()];
    assert.match(one.ufrag, /^[A-Za-z0-9+/]{8}$/);
    assert.match(one.password, /^[A-Za-z0-9+/]{24}$/);
    assert.notEqual(one.ufrag, other.ufrag);
    assert.notEqual(one.password, other.password);
  });

  it('answers who has the password, and takes the way that is nominated', () => {
    const { ice, sent, check } = setUp();
    ice.setRemote(PAGE);
    assert.equal(check(HOME), 'selected');
    assert.equal(check(AWAY), 'selected', 'the newest one, as long as none is nominated');
    assert.equal(check(HOME, { isNominating: true }), 'selected');
    assert.equal(check(AWAY), 'checked');
    assert.deepEqual(ice.selected(), HOME);
    assert.deepEqual(sent.map(({ to }) => to), [HOME, AWAY, HOME, AWAY]);
    assert.ok(sent.every(({ datagram }) => datagram.readUInt16BE(0) === 0x0101));
  });

  it('follows a page that changes its network', () => {
    const { ice, check } = setUp();
    ice.setRemote(PAGE);
    check(HOME, { isNominating: true });
    assert.equal(check(AWAY, { isNominating: true }), 'selected');
    assert.deepEqual(ice.selected(), AWAY);
  });

  it('says nothing at all to who has not the password, or is somebody else', () => {
    const { ice, sent, check } = setUp();
    ice.setRemote(PAGE);
    assert.equal(check(HOME, {}, { ufrag: ice.local().ufrag, password: 'wrong' }), 'ignored');
    assert.equal(check(HOME, {}, { ufrag: 'nobody', password: ice.local().password }), 'ignored');
    assert.equal(check(HOME, {}, ice.local(), 'other'), 'ignored');
    assert.equal(ice.receive(randomBytes(40), HOME), 'ignored');
    assert.equal(sent.length, 0);
    assert.equal(ice.isKnown(HOME.address, HOME.port), false);
  });

  it('answers before it knows who will ask, for checks may be faster than an answer', () => {
    const { ice, check } = setUp();
    assert.equal(check(HOME, { isNominating: true }, ice.local(), 'whoever'), 'selected');
  });

  it('refuses to decide', () => {
    const { ice, sent, check } = setUp();
    ice.setRemote(PAGE);
    assert.equal(check(HOME, { isControlled: true }), 'ignored');
    assert.ok(sent[0]?.datagram.includes(Buffer.from('00000457', 'hex')), '487');
    assert.equal(ice.selected(), undefined);
  });

  it('keeps the old way in use while a page restarts, until the new one is nominated', () => {
    const { ice, check } = setUp();
    ice.setRemote(PAGE);
    check(HOME, { isNominating: true });
    const old = ice.local();
    assert.deepEqual(ice.setRemote(PAGE), { restarted: false });
    assert.deepEqual(ice.setRemote({ ufrag: 'again', password: 'q'.repeat(24) }), { restarted: true });
    assert.notEqual(ice.local().ufrag, old.ufrag);
    assert.equal(check(HOME, { isNominating: true }, old), 'checked');
    assert.deepEqual(ice.selected(), HOME);
    assert.equal(check(AWAY, { isNominating: true }, ice.local(), 'again'), 'selected');
    assert.equal(check(HOME, { isNominating: true }, old), 'ignored');
    assert.deepEqual(ice.selected(), AWAY);
  });

  it('remembers a few sources, the one in use among them, however many there are', () => {
    const { ice, check } = setUp();
    ice.setRemote(PAGE);
    check(HOME, { isNominating: true });
    for (let port = 1; port <= 100; port += 1) check({ address: AWAY.address, port });
    assert.equal(ice.isKnown(HOME.address, HOME.port), true);
    assert.equal(ice.isKnown(AWAY.address, 100), true);
    assert.equal(ice.isKnown(AWAY.address, 1), false);
  });
});
