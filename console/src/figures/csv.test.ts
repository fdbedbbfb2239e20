import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csvOf } from './csv.ts';

describe('a table as a file', () => {
  test('is written as RFC 4180 has it, and known as UTF-8', () => {
    assert.equal(csvOf([['Queue', 'Requests'], ['Sales, "north"', 12], ['客服', 0.5], ['two\nlines', -3]]), '\uFEFFQueue,Requests\r\n"Sales, ""north""",12\r\n客服,0.5\r\n"two\nlines",-3\r\n');
  });

  test('has nothing in it that a spreadsheet would reckon', () => {
    for (const formula of ['=1+1', '+49301234', '-2', '@SUM(A1)', '\t=1', '\r=1']) assert.match(csvOf([[formula]]), /^\uFEFF"?'/u, JSON.stringify(formula));
    assert.equal(csvOf([['a=b']]), '\uFEFFa=b\r\n');
  });
});
