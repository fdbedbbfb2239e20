import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aRoom, type Room } from './chat.fixture.ts';
import type { ChatTarget } from './transfer.ts';

const AGENT = 101;

function writing(): { readonly room: Room; readonly call: string } {
  const room = aRoom();
  room.signIn(AGENT);
  const call = room.writes();
  room.signIn(102, {}, 'busy');
  return { room, call };
}
const transfer = (call: string, to: ChatTarget, mode: 'blind' | 'afterSuccess', data = '') => ({ kind: 'transferChat', agent: AGENT, call, to, mode, data }) as const;
const outcomes = (room: Room) => room.happened.flatMap(({ event }) => (event.type === 'ThirdEnded' ? [event.outcome] : []));

describe('the transfer of a session (6.1.5.3)', () => {
  test('blindly to a queue: the agent is out at once, and the session waits', () => {
    const { room, call } = writing();
    room.does(transfer(call, { device: 'queue', queue: 54 }, 'blind', 'help'));
    const session = room.centre.calls.get(call);
    assert.deepEqual([session?.waitingIn, session?.data, session?.firstQueue], [[], 'help', 53]);
    assert.deepEqual(room.sessions(AGENT), [call], 'the agent is the only one on duty there, too');
    assert.deepEqual(session?.visits.map(({ device, no, leaveReason }) => [device, no, leaveReason]), [
      ['queue', '53', 0], ['agent', '101', 17], ['queue', '54', 0], ['agent', '101', undefined],
    ]);
  });

  test('blindly to an agent', () => {
    const { room, call } = writing();
    room.does({ kind: 'askState', agent: 102, request: 'sayFree' });
    room.does(transfer(call, { device: 'agent', agent: 102, queue: 54 }, 'blind'));
    assert.deepEqual([room.state(AGENT), room.sessions(AGENT), room.sessions(102), room.centre.calls.get(call)?.queue], ['idle', [], [call], 54]);
  });

  test('blindly to an agent who does not take it: it goes back to its queue', () => {
    const { room, call } = writing();
    room.does({ kind: 'adjust', agent: 102, change: { autoAnswer: false } });
    room.does({ kind: 'askState', agent: 102, request: 'sayFree' });
    room.does(transfer(call, { device: 'agent', agent: 102 }, 'blind'));
    room.does({ kind: 'askState', agent: AGENT, request: 'sayBusy' });
    room.wait(30_000);
    assert.deepEqual(room.centre.calls.get(call)?.waitingIn, [53]);
  });

  test('after success to an agent: the agent keeps it until the other one has it', () => {
    const { room, call } = writing();
    room.does({ kind: 'adjust', agent: 102, change: { autoAnswer: false } });
    room.does({ kind: 'askState', agent: 102, request: 'sayFree' });
    room.does(transfer(call, { device: 'agent', agent: 102 }, 'afterSuccess'));
    assert.deepEqual([room.sessions(AGENT), room.state(102)], [[call], 'ringing']);
    room.does({ kind: 'answer', agent: 102 });
    assert.deepEqual([room.sessions(AGENT), room.state(AGENT), room.sessions(102), outcomes(room)], [[], 'idle', [call], ['done']]);
  });

  test('after success to an agent who is not free, rejects or does not answer: it stays', () => {
    const { room, call } = writing();
    room.does(transfer(call, { device: 'agent', agent: 102 }, 'afterSuccess'));
    assert.deepEqual([room.sessions(AGENT), outcomes(room)], [[call], ['failed']]);
    room.does({ kind: 'adjust', agent: 102, change: { autoAnswer: false } });
    room.does({ kind: 'askState', agent: 102, request: 'sayFree' });
    room.does(transfer(call, { device: 'agent', agent: 102 }, 'afterSuccess'));
    room.does({ kind: 'reject', agent: 102, mode: 1 });
    room.does({ kind: 'askState', agent: 102, request: 'sayFree' });
    room.does(transfer(call, { device: 'agent', agent: 102 }, 'afterSuccess'));
    room.wait(30_000);
    assert.deepEqual([room.sessions(AGENT), outcomes(room), room.centre.calls.get(call)?.queue], [[call], ['failed', 'failed', 'failed'], 53]);
  });

  test('after success to a queue: when one of its agents has it, else not', () => {
    const { room, call } = writing();
    room.does(transfer(call, { device: 'queue', queue: 54 }, 'afterSuccess'));
    assert.deepEqual([room.sessions(AGENT), room.centre.calls.get(call)?.waitingIn], [[call], [54]]);
    room.does({ kind: 'askState', agent: 102, request: 'sayFree' });
    assert.deepEqual([room.sessions(AGENT), room.sessions(102), outcomes(room)], [[], [call], ['done']]);
    const other = writing();
    other.room.does(transfer(other.call, { device: 'queue', queue: 54 }, 'afterSuccess'));
    other.room.wait(60_000);
    assert.deepEqual([other.room.sessions(AGENT), outcomes(other.room), other.room.centre.calls.get(other.call)?.waitingIn], [[other.call], ['failed'], []]);
  });

  test('after success does not come back to the agent itself', () => {
    const { room, call } = writing();
    room.takes(AGENT, 5);
    room.does(transfer(call, { device: 'queue', queue: 54 }, 'afterSuccess'));
    assert.deepEqual([room.sessions(AGENT), room.centre.calls.get(call)?.offer], [[call], undefined]);
  });

  test('goes on when the agent signs out or drops the session meanwhile', () => {
    for (const leave of [{ kind: 'signOut', agent: AGENT, force: true }, { kind: 'dropCall', agent: AGENT, call: '' }] as const) {
      const { room, call } = writing();
      room.does(transfer(call, { device: 'queue', queue: 54 }, 'afterSuccess'));
      // Else it would be offered the same session.
      room.does({ kind: 'askState', agent: AGENT, request: 'sayBusy' });
      room.does(leave.kind === 'dropCall' ? { ...leave, call } : leave);
      room.does({ kind: 'askState', agent: 102, request: 'sayFree' });
      assert.deepEqual([room.sessions(102), outcomes(room)], [[call], ['left']]);
    }
  });

  test('ends with the customer', () => {
    const { room, call } = writing();
    room.does(transfer(call, { device: 'queue', queue: 54 }, 'afterSuccess'));
    room.does({ kind: 'chatLeaves', call });
    assert.deepEqual([room.state(AGENT), room.centre.calls.size, room.centre.timers.due.size], ['idle', 0, 0]);
  });

  test('to where an access code leads', () => {
    const { room, call } = writing();
    assert.equal(room.refuses(transfer(call, { device: 'accessCode', to: { kind: 'nowhere' } }, 'blind')), 'badNumber');
    assert.equal(room.refuses(transfer(call, { device: 'accessCode', to: { kind: 'flow', flow: '7' } }, 'blind')), 'badNumber');
    room.does(transfer(call, { device: 'accessCode', to: { kind: 'queue', queue: 54 } }, 'blind'));
    assert.equal(room.centre.calls.get(call)?.queue, 54);
  });

  test('is refused', () => {
    const { room, call } = writing();
    room.signIn(103);
    const why = (to: ChatTarget, mode: 'blind' | 'afterSuccess' = 'blind', data = '') => room.refuses(transfer(call, to, mode, data));
    assert.equal(why({ device: 'queue', queue: 1 }), 'unknownQueue', 'a queue for calls');
    assert.equal(why({ device: 'queue', queue: 999 }), 'unknownQueue');
    assert.equal(why({ device: 'agent', agent: 102, queue: 1 }), 'unknownQueue');
    assert.equal(why({ device: 'agent', agent: AGENT }), 'self');
    assert.equal(why({ device: 'agent', agent: 999 }), 'unknownAgent');
    assert.equal(why({ device: 'agent', agent: 102 }), 'busy');
    assert.equal(why({ device: 'queue', queue: 54 }, 'blind', 'ü'.repeat(1025)), 'tooLarge');
    assert.equal(room.refuses({ ...transfer(call, { device: 'queue', queue: 54 }, 'blind'), agent: 103 }), 'notYours');
    room.does({ kind: 'signOut', agent: 102 });
    assert.equal(why({ device: 'agent', agent: 102 }), 'offline');
    room.does({ kind: 'askState', agent: 103, request: 'sayBusy' });
    room.does(transfer(call, { device: 'queue', queue: 54 }, 'afterSuccess'));
    assert.equal(why({ device: 'queue', queue: 54 }), 'wrongState', 'it is under way');
  });
});
