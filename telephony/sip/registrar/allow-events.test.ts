import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registering, REALM } from './registrar.fixture.ts';

test('what a telephone takes in a call is known from its registration, and anew from each refresh', async () => {
  const { register, registrar } = registering();
  const eventsOf = () => registrar.bindingsOf({ user: 'alice', realm: REALM }).map(({ allowEvents }) => allowEvents);
  const contacts = ['<sip:alice@198.51.100.7:5060>'];
  await register({ contacts, more: [['Allow-Events', 'talk, Hold'], ['Allow-Events', 'check-sync']] });
  assert.deepEqual(eventsOf(), [['talk', 'hold', 'check-sync']]);
  await register({ contacts });
  assert.deepEqual(eventsOf(), [undefined]);
});

test('only so much of it is kept', async () => {
  const { register, registrar } = registering();
  const many = Array.from({ length: 200 }, (_, index) => `event-${index}`).join(',');
  await register({ contacts: ['<sip:alice@198.51.100.7:5060>'], more: [['Allow-Events', `${'x'.repeat(500)},${many}`]] });
  const [binding] = registrar.bindingsOf({ user: 'alice', realm: REALM });
  assert.deepEqual([binding?.allowEvents?.length, binding?.allowEvents?.[0]], [20, 'event-0']);
});
