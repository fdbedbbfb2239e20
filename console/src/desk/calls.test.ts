import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { abilitiesOf, customerOf, handsOf, hindrancesOf, isMeeting, notableOf, wayToReady } from './calls.ts';
import type { DeskCall, DeskNow } from './keeper.ts';

const CUSTOMER = { kind: 'customer', no: '13800000001', name: '', isHeld: false } as const;
const CALL: DeskCall = {
  callId: '1-1', stage: 'talking', since: 0, beganAt: 0, talkedAt: 0, direction: 'in', about: null, consultation: null, caller: '13800000001', callerVerified: true, called: '400', media: 'voice',
  queueId: 5, queueName: 'sales', data: '', isMuted: false, isRecorded: false, parties: [CUSTOMER],
};
const AGENT: DeskNow['agent'] = { workNo: 102, name: 'Bob', state: 'idle', since: 0, reason: 0, until: null, next: null, takesCalls: true, queues: [5], call: null, held: 0, chats: 0 };
const NOW: DeskNow = { at: 0, agent: AGENT, autoAnswer: false, autoIdle: true, calls: [], lastCall: null, inspects: null, queues: [{ queueId: 5, name: 'sales', waiting: 0, longestSince: null }] };

const can = (...calls: readonly Partial<DeskCall>[]): readonly string[] =>
  Object.entries(abilitiesOf({ agent: { ...AGENT, state: calls.length === 0 ? 'idle' : 'talking' }, calls: calls.map((call) => ({ ...CALL, ...call })) }))
    .flatMap(([ability, is]) => (is === false || is === undefined ? [] : is === true ? [ability] : [`${ability} ${String(is)}`]));

describe('calls at a desk', () => {
  test('are in hand, held, or chats', () => {
    const [talk, held, chat] = [CALL, { ...CALL, callId: '1-2', stage: 'held' as const }, { ...CALL, callId: '1-3', media: 'text' as const }];
    assert.deepEqual(handsOf([chat, talk, held]), { inHand: talk, held: [held], chats: [chat] });
    assert.deepEqual(handsOf(undefined), { inHand: undefined, held: [], chats: [] });
  });

  test('are about whoever called in or was called', () => {
    assert.equal(customerOf(CALL), '13800000001');
    assert.equal(customerOf({ ...CALL, direction: 'out', caller: '400', called: '139', parties: [] }), '139');
    assert.equal(customerOf({ ...CALL, direction: 'internal', caller: '101', called: '102', parties: [{ kind: 'agent', no: '101', name: 'Alice', isHeld: false }] }), '101');
  });

  test('allow what fits their stage', () => {
    assert.deepEqual(can(), ['meet', 'dial']);
    assert.deepEqual(can({ stage: 'ringing' }), ['answer', 'reject']);
    assert.deepEqual(can({ stage: 'dialling', direction: 'out' }), ['hangUp']);
    assert.deepEqual(can({}), ['hangUp', 'hold', 'mute', 'keys', 'record', 'transfer', 'consult', 'meet']);
    assert.deepEqual(can({ stage: 'held' }), []);
  });

  test('are joined with a call on hold, or left to each other', () => {
    assert.ok(can({}, { callId: '1-2', stage: 'held' }).includes('join 1-2'));
    const consultation = can({ callId: '1-2', about: '1-1', direction: 'internal', called: '103', parties: [{ kind: 'agent', no: '103', name: 'Carol', isHeld: false }] }, { stage: 'held', consultation: '1-2' });
    assert.deepEqual(consultation, ['hangUp', 'mute', 'keys', 'record', 'comeBack consultation', 'join 1-1']);
  });

  test('send somebody from outside away again', () => {
    const outside = { kind: 'number', no: '139', name: '', isHeld: false } as const;
    assert.deepEqual(can({ stage: 'conference', parties: [CUSTOMER, outside] }), ['hangUp', 'mute', 'keys', 'record', 'comeBack transfer']);
  });

  test('are a meeting where nobody was called', () => {
    const meeting = { ...CALL, direction: 'internal', called: '', stage: 'conference', parties: [] } as const;
    assert.ok(isMeeting(meeting));
    assert.ok(!isMeeting(CALL));
    assert.deepEqual(can(meeting), ['hangUp', 'mute', 'record']);
  });
});

describe('what came of a call is noted', () => {
  const lastCall = { callId: '1-0', number: '139' };
  const of = (...calls: readonly Partial<DeskCall>[]): string | undefined => notableOf({ lastCall, calls: calls.map((call) => ({ ...CALL, ...call })) })?.callId;

  test('of the talk in hand, else of the one that waits, else of the last', () => {
    assert.deepEqual(notableOf({ lastCall, calls: [CALL] }), { callId: '1-1', number: '13800000001' });
    assert.equal(of({}, { callId: '1-2', stage: 'held' }), '1-1');
    assert.equal(of({ stage: 'dialling', talkedAt: null }, { callId: '1-2', stage: 'held' }), '1-2');
    assert.equal(of({ stage: 'ringing', talkedAt: null }), '1-0');
    assert.equal(of({ stage: 'listening', talkedAt: null }), '1-0');
    assert.equal(of({ direction: 'internal', called: '', stage: 'conference' }), '1-0', 'a meeting is no call');
    assert.equal(notableOf({ lastCall: null, calls: [] }), null);
  });

  test('of the customer\'s call, while a colleague is asked about it', () => {
    const consultation = { callId: '1-2', about: '1-1', direction: 'internal', called: '103', parties: [{ kind: 'agent', no: '103', name: 'Carol', isHeld: false }] } as const;
    assert.deepEqual(notableOf({ lastCall, calls: [{ ...CALL, ...consultation }, { ...CALL, stage: 'held' }] } as Parameters<typeof notableOf>[0]), { callId: '1-1', number: '13800000001' });
    assert.equal(of(consultation), '1-2', 'the colleague has that call alone');
  });
});

describe('why no calls come', () => {
  const phone = { line: 'up', microphone: 'there' } as const;

  test('is nothing for somebody who is ready', () => {
    assert.deepEqual(hindrancesOf(NOW, phone), []);
    assert.deepEqual(hindrancesOf(NOW, undefined), [], 'a desk phone');
  });

  test('is told, all of it', () => {
    assert.deepEqual(hindrancesOf({ ...NOW, agent: { ...AGENT, state: 'busy', takesCalls: false }, queues: [] }, { line: 'lost', microphone: 'missing' }), ['busy', 'noMicrophone', 'noPhone', 'takesNone', 'noQueues']);
    assert.deepEqual(hindrancesOf({ ...NOW, agent: { ...AGENT, state: 'talking' } }, phone), ['talking']);
  });

  test('ends by another operation from each state', () => {
    assert.deepEqual((['idle', 'busy', 'rest', 'wrapUp', 'talking'] as const).map((state) => wayToReady({ ...AGENT, state })), [undefined, 'cancelBusy', 'cancelRest', 'sayFree', undefined]);
    assert.equal(wayToReady({ ...AGENT, state: 'talking', next: 'rest' }), 'cancelRest');
  });
});
