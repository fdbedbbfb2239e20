import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Event } from '../centre/event.ts';
import { decide } from '../centre/decide.ts';
import { aRoom } from './chat.fixture.ts';

describe('what a customer writes (6.5.1.9.1)', () => {
  test('is shown, and no event of it is kept', () => {
    const room = aRoom();
    room.signIn(101);
    const call = room.writes();
    const shown: Event[] = [];
    const { events, refused } = decide(room.centre, { kind: 'customerWrites', call, text: 'Hello' }, room.now(), [(event) => { shown.push(event); }]);
    assert.deepEqual([events, refused], [[], undefined]);
    assert.deepEqual(shown, [{ type: 'CustomerWrote', call, text: 'Hello' }]);
  });

  test('is refused while nobody reads it, and where there is no session', () => {
    const room = aRoom();
    room.signIn(101, { autoAnswer: false });
    const [ringing, call] = [room.writes(), room.callIn(1)];
    const writes = (to: string) => room.refuses({ kind: 'customerWrites', call: to, text: 'Hello' });
    assert.deepEqual([writes(ringing), writes(call), writes('1-1')], ['wrongState', 'unknownCall', 'unknownCall']);
    room.does({ kind: 'answer', agent: 101 });
    assert.equal(writes(ringing), undefined);
  });
});
