import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AGENT_INDICATORS } from './agent.ts';
import { askedOf } from './catalogue.ts';
import { FLOW_INDICATORS } from './flow.ts';
import { liveAsked, SKILL_LIVE, VDN_LIVE } from './live.ts';
import { average, count, rate } from './measure.ts';
import { withReserved } from './reserved.ts';
import { SKILL_INDICATORS } from './skill.ts';
import { VDN_INDICATORS } from './vdn.ts';

const codesOf = (asked: ReturnType<typeof askedOf>): readonly string[] => ('wrong' in asked ? [asked.wrong] : asked.map(({ indicator }) => indicator.code));

describe('indicators', () => {
  test('are found by their codes as they are written, and answered so', () => {
    const asked = askedOf(SKILL_INDICATORS, ['IDX_COUNT_SKILL_CONNECTED_IN_(20)', 'idx_count_skill_connected_in_20', ' IDX_COUNT_SKILL_REQUEST '], false);
    assert.ok(!('wrong' in asked));
    assert.deepEqual(asked.map(({ as }) => as), ['IDX_COUNT_SKILL_CONNECTED_IN_(20)', 'idx_count_skill_connected_in_20', ' IDX_COUNT_SKILL_REQUEST ']);
    assert.deepEqual(codesOf(asked), ['IDX_COUNT_SKILL_CONNECTED_IN_20', 'IDX_COUNT_SKILL_CONNECTED_IN_20', 'IDX_COUNT_SKILL_REQUEST']);
    assert.deepEqual(codesOf(askedOf(AGENT_INDICATORS, ['IDX_DURATION_AGENT_C_COLLATION', 'IDX_RATE_AGENT_SUCC_CALL_OUT'], false)), ['IDX_DURATION_AGENT_COLLATION', 'IDX_RATE_AGENT_SUCCESS_OUT']);
  });

  test('are not there by other names, of other things, or not for parts of a day', () => {
    for (const [catalogue, code, inParts] of [
      [SKILL_INDICATORS, 'IDX_COUNT_SKILL_CONNECTED_IN_7', false], [SKILL_INDICATORS, 'IDX_COUNT_AGENT_REQUEST', false], [SKILL_INDICATORS, 'constructor', false],
      [SKILL_INDICATORS, 'IDX_COUNT_SKILL_ABANDON_IN_3', true], [AGENT_INDICATORS, 'IDX_DURATION_AGENT_AVG_REST', true], [AGENT_INDICATORS, 'IDX_COUNT_AGENT_CONNECTED_IN_3', true],
      [VDN_INDICATORS, 'IDX_COUNT_TOTAL_CALL', false], [VDN_INDICATORS, 'IDX_DURATION_AVG_WAIT', true], [SKILL_INDICATORS, 'IDX_SKILL_RESERVED_COL1', false],
    ] as const) assert.ok('wrong' in askedOf(catalogue, [code], inParts), code);
    for (const code of ['IDX_COUNT_SKILL_REQUEST', 'IDX_COUNT_SKILL_CONNECTED_IN_3']) assert.deepEqual(codesOf(askedOf(SKILL_INDICATORS, [code], true)), [code]);
  });

  test('of columns that have no meaning are nothing, by their numbers from 1 to 20', () => {
    const catalogue = withReserved(AGENT_INDICATORS, 'IDX_AGENT_RESERVED_COL');
    assert.equal(catalogue.find('IDX_AGENT_RESERVED_COL(20)')?.of({ requests: 4 }), '0');
    assert.equal(catalogue.find('IDX_AGENT_RESERVED_COL21'), undefined);
    assert.equal(catalogue.find('IDX_RATE_AGENT_SUCC_CALL_OUT')?.code, 'IDX_RATE_AGENT_SUCCESS_OUT', 'the other names stay');
  });

  test('have no code twice', () => {
    for (const { all } of [SKILL_INDICATORS, AGENT_INDICATORS, VDN_INDICATORS, FLOW_INDICATORS]) assert.equal(new Set(all.map(({ code }) => code)).size, all.length);
  });

  test('are made of sums, so that nothing divided by nothing is nothing', () => {
    assert.equal(count('X', ['a', 'b'], { minus: ['c'] }).of({ a: 5, b: 2, c: 3 }), '4');
    assert.equal(count('X', ['a']).of({}), '0');
    assert.equal(average('X', 'a', 'b').of({ a: 10, b: 3 }), '3');
    assert.equal(average('X', 'a', 'b').of({ a: 10 }), '0');
    assert.equal(rate('X', 'a', 'b').of({ a: 1, b: 3 }), '33.33');
    assert.equal(rate('X', 'a', 'b', { inverse: true }).of({ a: 1, b: 3 }), '66.67');
    assert.equal(rate('X', 'a', 'b', { inverse: true }).of({}), '0');
  });

  test('are averages of those that they are about', () => {
    for (const [catalogue, code, measures, expected] of [
      [VDN_INDICATORS, 'IDX_DURATION_AVG_CONNECTED', { talk_s: 86, served_talk_s: 16, calls: 3, calls_served: 2 }, '8'],
      [SKILL_INDICATORS, 'IDX_DURATION_SKILL_AVG_ABANDON_ACK', { lost_ack_s: 30, lost: 10, lost_rings: 2 }, '15'],
      [SKILL_INDICATORS, 'IDX_DURATION_SKILL_ABANDON_ACK', { lost_ack_s: 30, lost: 10, lost_rings: 2 }, '30'],
      [AGENT_INDICATORS, 'IDX_DURATION_AGENT_REST', { rest: 1, rest_s: 900, rest_ended_s: 40 }, '900'],
      [AGENT_INDICATORS, 'IDX_DURATION_AGENT_AVG_REST', { rest: 1, rest_s: 900, rest_ended_s: 40 }, '40'],
      [AGENT_INDICATORS, 'IDX_DURATION_AGENT_AVG_REST', { rest: 0, rest_s: 900 }, '0'],
      [AGENT_INDICATORS, 'IDX_DURATION_AGENT_AVG_COLLATION_CALL_IN', { wrap_up_in: 2, wrap_up_in_s: 5, wrap_up_in_ended_s: 21 }, '11'],
    ] as const) assert.equal(catalogue.find(code)?.of(measures), expected, code);
  });

  test('of this moment are found by their codes alone', () => {
    assert.equal([...VDN_LIVE.keys()].length, 15);
    assert.equal([...SKILL_LIVE.keys()].length, 12);
    assert.deepEqual(liveAsked(SKILL_LIVE, ['idx_count_real_skill_queue']), [{ as: 'idx_count_real_skill_queue', of: SKILL_LIVE.get('IDX_COUNT_REAL_SKILL_QUEUE') }]);
    assert.deepEqual(liveAsked(VDN_LIVE, ['IDX_COUNT_REAL_SKILL_HANDLE']), { wrong: 'there is no indicator IDX_COUNT_REAL_SKILL_HANDLE' });
  });
});
