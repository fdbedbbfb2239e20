import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { succeed } from './succession.ts';

const FIRST = 'v=0\r\no=- 4711 18446744073709551615 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=sendrecv\r\n';
const OTHER = FIRST.replace('- 4711 18446744073709551615 IN IP4 192.0.2.1', 'x 1 1 IN IP4 192.0.2.9');

describe('a description that follows one of another maker', () => {
  it('is the same with the same version where nothing has changed', () => { assert.equal(succeed(FIRST, OTHER), FIRST); });

  it('is of the same origin with the next version where something has', () => {
    const held = succeed(FIRST, OTHER.replace('sendrecv', 'sendonly'));
    assert.equal(held, FIRST.replace('sendrecv', 'sendonly').replace('18446744073709551615', '18446744073709551616'));
  });

  it('is left as it is where one of them cannot be read', () => {
    assert.equal(succeed('v=0\r\n', OTHER), OTHER);
    assert.equal(succeed(FIRST, 'v=0\r\n'), 'v=0\r\n');
  });
});
