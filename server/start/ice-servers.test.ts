import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createIceServers, readIceServer } from './ice-servers.ts';

describe('servers for browsers', () => {
  test('are written as RFC 7064 and RFC 7065 have it', () => {
    assert.deepEqual(readIceServer('stun:stun.example.com'), { url: 'stun:stun.example.com', isTurn: false });
    assert.deepEqual(readIceServer('turns:[2001:db8::1]:5349?transport=tcp'), { url: 'turns:[2001:db8::1]:5349?transport=tcp', isTurn: true });
    assert.deepEqual(readIceServer('turn:ann:p%40ss@turn.example.com:3478'), { url: 'turn:turn.example.com:3478', isTurn: true, username: 'ann', credential: 'p@ss' });
  });

  for (const wrong of ['', 'stun.example.com', 'stun:', 'stun:a b', 'stun:ann:secret@stun.example.com', 'stun:h?transport=udp', 'turn:h?transport=tls', 'turn:ann@h', 'turn:a%:b@h', 'http://h', 'turn://h', 'turn:h:123456']) {
    test(`"${wrong}" is none`, () => { assert.equal(readIceServer(wrong), undefined); });
  }

  test('get the password that is theirs, or one for some hours', () => {
    const servers = createIceServers(['stun:s.example', 'turn:ann:secret@t.example', 'turn:u.example'], 'north');
    const [stun, own, shared] = servers('guest-1', 1_700_000_000_000);
    assert.deepEqual([stun, own], [{ urls: ['stun:s.example'] }, { urls: ['turn:t.example'], username: 'ann', credential: 'secret' }]);
    // HMAC-SHA1 of the name under `north`, by another program.
    assert.deepEqual(shared, { urls: ['turn:u.example'], username: '1700021600:guest-1', credential: 'UR04kXc8yLyoMr5rfn0DvdGFLxA=' });
  });

  test('are none unless told', () => { assert.deepEqual(createIceServers([], '')('x', 0), []); });
});
