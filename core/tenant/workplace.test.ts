import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AGENT_ROLES, checkReasons, FIRST_BITS, FIRST_REASONS, isAgentRole, tidyBits, type Reason, type ReasonKind } from './workplace.ts';

const reason = (code: number, name = `reason ${code}`): Reason => ({ code, name });

const table: readonly [kind: ReasonKind, reasons: readonly Reason[], wrong: string | undefined][] = [
  ['rest', [], undefined],
  ['rest', [reason(0), reason(255)], undefined],
  ['rest', [reason(256)], '256 is no code for rest'],
  ['rest', [reason(-1)], '-1 is no code for rest'],
  ['busy', [reason(0), reason(200), reason(250)], undefined],
  ['busy', [reason(199)], '199 is no code for busy'],
  ['busy', [reason(251)], '251 is no code for busy'],
  ['busy', [reason(1)], '1 is no code for busy'],
  ['rest', [reason(1, 'a'), reason(1, 'b')], 'the code 1 stands there twice'],
  ['rest', [reason(1, 'a'), reason(2, 'a')], 'the name a stands there twice'],
];

for (const [kind, reasons, wrong] of table) {
  test(`reasons for ${kind} ${JSON.stringify(reasons.map(({ code, name }) => `${code} ${name}`))}: ${wrong ?? 'accepted'}`, () => {
    assert.equal(checkReasons(kind, reasons), wrong);
  });
}

test('what a tenant begins with keeps its own rules', () => {
  for (const kind of ['rest', 'busy'] as const) assert.equal(checkReasons(kind, FIRST_REASONS[kind]), undefined);
  for (const { roleId } of AGENT_ROLES) {
    const bits = FIRST_BITS[roleId];
    assert.deepEqual(bits, tidyBits(bits));
    assert.ok(!bits.includes(27), 'nobody calls abroad unasked');
  }
  assert.ok(FIRST_BITS[3].includes(13) && !FIRST_BITS[2].includes(13) && !FIRST_BITS[4].includes(13), 'only inspectors listen in');
});

test('agent roles are 2, 3 and 4', () => {
  assert.deepEqual([1, 2, 3, 4, 5, 255].filter(isAgentRole), [2, 3, 4]);
});

test('tidied bits hold what was given, each once and in order', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 35 })), (bits) => {
    const tidy = tidyBits(bits);
    assert.deepEqual(new Set(tidy), new Set(bits));
    assert.ok(tidy.every((bit, index) => index === 0 || (tidy[index - 1] ?? 0) < bit));
  }));
});
