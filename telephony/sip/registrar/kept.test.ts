import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Binding, KeptBinding } from './binding.ts';
import { fakeChannel, REALM, registering } from './registrar.fixture.ts';

const DESK = '<sip:alice@10.0.0.5:5060>';

function keeping() {
  const kept = new Map<string, () => KeptBinding>();
  const keeper = {
    stands: ({ uri }: Binding, keep: () => KeptBinding) => { kept.set(uri, keep); },
    gone: ({ uri }: Binding) => { kept.delete(uri); },
  };
  const given = registering({ keeper });
  return { ...given, kept: () => [...kept.values()].map((keep) => JSON.parse(JSON.stringify(keep())) as KeptBinding) };
}

describe('phones whose registrar has died', () => {
  it('can be called as before, until their time is over', async () => {
    const before = keeping();
    await before.register({ contacts: [`${DESK};expires=600;+sip.instance="<urn:uuid:1>"`], callId: 'one', more: [['Allow-Events', 'talk, hold']] }, fakeChannel('UDP', '198.51.100.7', 5071));
    await before.timers.advance(200_000);
    const [kept] = before.kept();
    assert.deepEqual([kept?.leftMs, kept?.remote, kept?.callId], [400_000, { address: '198.51.100.7', port: 5071 }, 'one']);
    assert.ok(kept !== undefined);
    const after = keeping();
    const channel = fakeChannel('UDP', '198.51.100.7', 5071);
    after.registrar.restore(kept, channel);
    const [binding] = after.registrar.bindingsOf({ user: 'alice', realm: REALM });
    assert.deepEqual([binding?.uri, binding?.channel, binding?.allowEvents], ['sip:alice@10.0.0.5:5060', channel, ['talk', 'hold']]);
    // What it sends next is a refresh of the same binding, and not older than that.
    assert.equal((await after.register({ contacts: [`${DESK};expires=600;+sip.instance="<urn:uuid:1>"`], callId: 'one', cseq: kept.cseq }, channel)).status, 500);
    assert.equal((await after.register({ contacts: [`${DESK};expires=600;+sip.instance="<urn:uuid:1>"`], callId: 'one', cseq: kept.cseq + 1 }, channel)).status, 200);
    assert.equal(after.registrar.standing(), 1);
    await after.timers.advance(600_000);
    assert.deepEqual([after.urisOf(), after.kept()], [[], []]);
  });

  it('are not kept when they have left, or came by a connection, and are when all of it stops', async () => {
    const { register, registrar, kept } = keeping();
    await register({ contacts: [DESK] });
    await register({ contacts: ['<sip:alice@10.0.0.6:5060>'] }, fakeChannel('TCP'));
    assert.equal(kept().length, 1);
    await register({ contacts: [`${DESK};expires=0`] });
    assert.equal(kept().length, 0);
    await register({ contacts: [DESK] });
    registrar.stop();
    assert.equal(kept().length, 1);
  });

  it('are not taken when they should have registered again meanwhile', () => {
    const { registrar, urisOf } = keeping();
    registrar.restore({ user: 'alice', realm: REALM, uri: 'sip:a@b', path: [], q: 1, remote: { address: '192.0.2.9', port: 1 }, leftMs: -1, refreshedAt: 0, callId: 'x', cseq: 1 }, fakeChannel());
    assert.deepEqual(urisOf(), []);
  });
});
