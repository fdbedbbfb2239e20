import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { counted, courseOf, figureOf, hasChanges, readChoice, wholeOf, writeChoice, type FigureChoice, type Figures } from './figures.ts';
import { FIRST_CODES } from './indicators.ts';

const REQUEST = 'IDX_COUNT_SKILL_REQUEST';
const WAIT = 'IDX_DURATION_SKILL_AVG_QUEUE_ACK';
const CHOICE: FigureChoice = { of: 'agent', things: [101, 102], codes: [REQUEST, WAIT], period: 'dates', firstDay: '2026-11-01', lastDay: '2026-11-07', parts: '60MIN', drawn: WAIT };
const told = (figures: Figures['figures'], codes = [REQUEST, WAIT]): Figures => ({ codes, from: 0, to: 10, figures });
const thing = (id: number, parts: readonly (readonly [at: number, ...values: string[]])[], name = `queue ${id}`) => ({ id, name, parts: parts.map(([at, ...values]) => ({ at, values })) });

describe('what figures are asked for', () => {
  test('is found again in the address', () => {
    assert.deepEqual(readChoice(writeChoice(CHOICE)), CHOICE);
  });

  test('has a good beginning, which the address need not tell', () => {
    const first = readChoice(new URLSearchParams());
    assert.deepEqual([first.of, first.period, first.codes], ['queue', 'today', FIRST_CODES.queue]);
    assert.equal(writeChoice(first).toString(), '');
    assert.equal(writeChoice(readChoice(new URLSearchParams('of=tenant'))).toString(), 'of=tenant');
  });

  test('is made of what makes sense of an address written by hand', () => {
    const { of, things, codes, period, firstDay, parts, drawn } = readChoice(new URLSearchParams('of=people&things=1,x,,2&codes=DROP,IDX_A&period=ever&from=2026-13-01&parts=5MIN&chart=%3Cb%3E'));
    assert.deepEqual([of, things, codes, period, firstDay, parts, drawn], ['queue', [1, 2], ['IDX_A'], 'today', '', undefined, undefined]);
  });
});

describe('the course of figures', () => {
  test('of one thing has a line for each indicator, and no average where nothing was', () => {
    const course = courseOf(told([thing(5, [[100, '4', '12']])]), REQUEST, [0, 100, 200]);
    assert.deepEqual(course.lines, [{ key: REQUEST, code: REQUEST, thing: undefined }, { key: WAIT, code: WAIT, thing: undefined }]);
    assert.deepEqual(course.points, [
      { at: 0, values: { [REQUEST]: 0, [WAIT]: undefined } }, { at: 100, values: { [REQUEST]: 4, [WAIT]: 12 } }, { at: 200, values: { [REQUEST]: 0, [WAIT]: undefined } },
    ]);
  });

  test('of several things has a line for each, and says how many are left out', () => {
    const many = Array.from({ length: 10 }, (_, index) => thing(index + 1, [[0, String(index), '1']]));
    const { lines, others } = courseOf(told(many), REQUEST, [0]);
    assert.deepEqual(lines.map(({ thing: name }) => name), ['queue 3', 'queue 4', 'queue 5', 'queue 6', 'queue 7', 'queue 8', 'queue 9', 'queue 10']);
    assert.equal(others, 2);
  });

  test('keeps what the server has told of a part that nobody has thought of', () => {
    assert.deepEqual(courseOf(told([thing(1, [[50, '1', '2']]), thing(2, [])]), WAIT, [0]).points, [{ at: 0, values: { 1: undefined, 2: undefined } }, { at: 50, values: { 1: 2, 2: undefined } }]);
  });

  test('tells a share of nothing from nothing of some', () => {
    const RATE = 'IDX_RATE_SKILL_CONNECTED';
    assert.deepEqual([figureOf(RATE, '0'), figureOf(RATE, '0.00'), figureOf(REQUEST, '0'), figureOf(RATE, undefined)], [undefined, 0, 0, undefined]);
  });

  test('of nothing is empty', () => {
    assert.deepEqual(courseOf(told([]), REQUEST, [0, 1]), { lines: [], points: [{ at: 0, values: {} }, { at: 1, values: {} }], others: 0 });
  });

  test('of all the time together is one figure of each', () => {
    assert.deepEqual([...wholeOf(told([thing(5, [[0, '4', '12.5']])]))].map(([id, values]) => [id, [...values]]), [[5, [[REQUEST, 4], [WAIT, 12.5]]]]);
  });
});

describe('figures of all the time together', () => {
  const REST = 'IDX_DURATION_AGENT_REST';
  const SIGNED_IN = 'IDX_DURATION_AGENT_SIGN_IN';
  const agent = (...values: string[]): Figures => told([thing(101, [[0, ...values]])], [REQUEST, SIGNED_IN, REST]);

  test('are unknown of what has not been counted yet, and nothing where it has', () => {
    const settled = [SIGNED_IN, REST];
    assert.deepEqual([...counted(agent('2', '0', '0'), settled).get(101) ?? []], [[REQUEST, 2], [SIGNED_IN, undefined], [REST, undefined]]);
    assert.deepEqual([...counted(agent('2', '60', '0'), settled).get(101) ?? []], [[REQUEST, 2], [SIGNED_IN, 60], [REST, 0]]);
  });

  test('are compared where something differs from what there was', () => {
    const of = (...values: string[]) => wholeOf(agent(...values));
    assert.deepEqual([hasChanges(of('2', '60', '0'), of('1', '60', '0')), hasChanges(of('2', '60', '0'), of('2', '60', '0')), hasChanges(of('2', '60', '0'), of('0', '0', '0'))], [true, false, false]);
    assert.equal(hasChanges(of('2', '60', '0'), new Map()), false);
  });
});
