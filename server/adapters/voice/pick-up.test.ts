import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SipCall } from '../../../telephony/sip/call/call.ts';
import { virtualTimers } from '../../../telephony/testing/virtual-timers.ts';
import type { Leg } from './legs.ts';
import { pickUp, takesTalk } from './pick-up.ts';

/** A phone that says this when it is told to answer; nothing at all if nothing is said. */
function phoneSaying(status: number | undefined, told: string[]): SipCall {
  const notify = (event: string): Promise<number> => {
    told.push(`${event} ${status}`);
    return status === undefined ? new Promise(() => undefined) : Promise.resolve(status);
  };
  return { notify } as SipCall;
}

function ringing(...statuses: readonly (number | undefined)[]) {
  const told: string[] = [];
  const linked = new Set(statuses.map((status) => phoneSaying(status, told)));
  const leg: Leg = {
    id: '1-1', direction: 'out', caller: '', called: '8001', who: undefined, state: 'ringing', hasRung: true, call: undefined, attempts: new Set(linked), linked, endings: new Set(),
  };
  return { leg, told, timers: virtualTimers() };
}

test('of several phones the first one that takes it is told to answer', async () => {
  const { leg, told, timers } = ringing(489, 200, 200);
  assert.deepEqual(await pickUp(leg, timers), { ok: true });
  assert.deepEqual(told, ['talk 489', 'talk 200']);
  assert.equal(timers.pending(), 0);
});

test('phones that refuse are no answer, and it is told what they said', async () => {
  const { leg, timers } = ringing(489, 481);
  assert.deepEqual(await pickUp(leg, timers), { ok: false, why: 'failed', message: 'the phone was told to answer, and said 489, 481' });
  assert.equal(timers.pending(), 0);
});

test('a phone that says nothing is not waited for longer than an order may take', async () => {
  const { leg, told, timers } = ringing(undefined, 200);
  const picking = pickUp(leg, timers);
  await timers.advance(4000);
  assert.deepEqual(await picking, { ok: false, why: 'failed', message: 'the phone was told to answer, and said late' });
  assert.deepEqual(told, ['talk undefined']);
});

test('one that nobody can tell is unsupported, one that has answered is picked up already, and who called in is not picked up', async () => {
  const { leg, told, timers } = ringing();
  const whyOf = async (one: Leg): Promise<string> => {
    const performed = await pickUp(one, timers);
    return performed.ok ? 'taken' : performed.why;
  };
  assert.equal(await whyOf(leg), 'unsupported');
  assert.equal(await whyOf({ ...leg, state: 'up' }), 'taken');
  assert.equal(await whyOf({ ...leg, direction: 'in', call: phoneSaying(200, told) }), 'unsupported');
  assert.deepEqual(told, []);
});

test('only those that name the event take it', () => {
  assert.deepEqual([undefined, [], ['hold', 'talking'], ['hold', 'talk']].map(takesTalk), [false, false, false, true]);
});
