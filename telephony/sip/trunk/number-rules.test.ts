import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyPlan, fits, isPattern, plainNumber, toE164, type NumberPlan, type Numbering } from './number-rules.ts';

const CHINA: Numbering = { country: '86', national: '0', international: '00' };
const SPAIN: Numbering = { country: '34', national: '', international: '00' };

describe('number rules', () => {
  it('fit numbers by their patterns', () => {
    const cases: readonly [pattern: string, number: string, isFit: boolean][] = [
      ['110', '110', true], ['110', '1101', false], ['110', '11', false], ['1XX', '199', true], ['1XX', '1*9', false], ['ZX', '09', false], ['ZX', '19', true],
      ['NX', '19', false], ['NX', '29', true], ['0.', '0', false], ['0.', '01', true], ['0!', '0', true], ['!', '', true], ['.', '', false], ['+86.', '+8610', true],
      ['*8X', '*81', true], ['X', '', false], ['X', 'X', false], ['9.', '9*#', true],
    ];
    for (const [pattern, number, isFit] of cases) assert.equal(fits(pattern, number), isFit, `${pattern} ${number}`);
    for (const pattern of ['0.', '+86XX!', 'NXX', '!', '*#']) assert.equal(isPattern(pattern), true, pattern);
    for (const pattern of ['', '.0', '(0|1)+', 'x', '0..', '9'.repeat(50)]) assert.equal(isPattern(pattern), false, pattern);
  });

  it('take numbers without what only eyes need, and nothing that is none', () => {
    assert.equal(plainNumber('+49 (30) 12-34.5/6'), '+4930123456');
    for (const text of ['', '+', 'alice', '12;x=1', '1@2', '++1', '1'.repeat(41), '\u0661\u0662', '1\r\nX: y']) assert.equal(plainNumber(text), undefined, text);
  });

  it('write a number in full', () => {
    for (const [number, numbering, full] of [
      ['01012345678', CHINA, '+861012345678'], ['0049301', CHINA, '+49301'], ['+49301', CHINA, '+49301'], ['10086', CHINA, '10086'], ['912345678', SPAIN, '912345678'],
    ] as const) assert.equal(toE164(number, numbering), full);
  });

  it('write a number as a trunk wants it', () => {
    const cases: readonly [number: string, plan: NumberPlan, numbering: Numbering | undefined, wanted: string | undefined][] = [
      ['+86 10 1234', {}, undefined, '+86101234'],
      ['+8610123', { form: 'national' }, CHINA, '010123'], ['+49301', { form: 'national' }, CHINA, '0049301'], ['013800', { form: 'plus' }, CHINA, '+8613800'],
      ['013800', { form: 'digits' }, CHINA, '8613800'], ['10086', { form: 'plus' }, CHINA, '10086'], ['+49301', { form: 'national' }, undefined, '49301'],
      ['9013800', { rules: [{ pattern: '9.', strip: 1 }] }, undefined, '013800'], ['013800', { rules: [{ pattern: '9.', strip: 1 }] }, undefined, undefined],
      ['013800', { rules: [{ pattern: '00.' }, { pattern: '0.', strip: 1, prepend: '17951' }] }, undefined, '1795113800'],
      ['+8613800', { form: 'national', rules: [{ pattern: '01.', strip: 1 }] }, CHINA, '13800'], ['9', { rules: [{ pattern: '9', strip: 1 }] }, undefined, undefined],
      ['alice', {}, undefined, undefined],
    ];
    for (const [number, plan, numbering, wanted] of cases) assert.equal(applyPlan(number, plan, numbering), wanted, `${number} ${JSON.stringify(plan)}`);
  });

  it('yield nothing that could not be dialled', () => {
    const piece = fc.string({ unit: fc.constantFrom('0', '1', '2', '9', '+', '*', '#', 'X', 'Z', 'N', '.', '!', ' ', '@', ';', '\r', '\n'), maxLength: 12 });
    const form = fc.constantFrom('plus' as const, 'digits' as const, 'national' as const, 'asGiven' as const);
    fc.assert(fc.property(piece, piece, piece, fc.nat(12), form, (number, pattern, prepend, strip, wanted) => {
      assert.match(applyPlan(number, { form: wanted, rules: [{ pattern, prepend, strip }, { pattern: '!' }] }, CHINA) ?? '1', /^\+?[0-9*#]+$/);
    }));
  });
});
