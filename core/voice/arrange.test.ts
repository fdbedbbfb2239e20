import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig } from '../centre/centre.fixture.ts';
import { arrangeRooms, roomName } from './arrange.ts';

test('calls of two tenants that have the same id are in different rooms', () => {
  const rig = createRig();
  rig.signIn(101);
  const call = rig.callIn(1);
  const roomsOf = (vdnId: number) => arrangeRooms({ ...rig.centre, vdnId }, [call], new Map()).map((order) => (order.kind === 'arrange' ? order.room : order.kind));
  assert.deepEqual([roomsOf(1), roomsOf(2)], [[`call-1-${call}`], [`call-2-${call}`]]);
  assert.equal(roomName(1, 'conf-1-7'), 'conf-1-7', 'other rooms have the tenant in their names already');
});

test('a room is arranged again only when it sounds otherwise', () => {
  const rig = createRig();
  rig.signIn(101);
  const call = rig.callIn(1);
  const arranged = new Map();
  assert.equal(arrangeRooms(rig.centre, [call], arranged).length, 1);
  assert.deepEqual(arrangeRooms(rig.centre, [call], arranged), []);
  const [first, ...others] = arranged.get(call) ?? [];
  arranged.set(call, [{ ...first, gain: 2 }, ...others]);
  assert.equal(arrangeRooms(rig.centre, [call], arranged).length, 1, 'a gain is heard');
});
