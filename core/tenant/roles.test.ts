import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CONSOLE_ROLES, isLastOperator, mayManage, type ConsoleRole, type OperatorAccount } from './roles.ts';

const table: readonly [own: ConsoleRole, other: ConsoleRole, may: boolean][] = [
  ['operator', 'operator', true],
  ['operator', 'administrator', true],
  ['administrator', 'administrator', true],
  ['administrator', 'supervisor', true],
  ['administrator', 'operator', false],
  ['supervisor', 'administrator', false],
  ['agent', 'supervisor', false],
];

for (const [own, other, may] of table) {
  test(`${own} ${may ? 'manages' : 'does not manage'} ${other}`, () => assert.equal(mayManage(own, other), may));
}

test('whoever may manage a role may manage all below it', () => {
  const role = fc.constantFrom(...CONSOLE_ROLES);
  fc.assert(fc.property(role, role, role, (a, b, c) => !(mayManage(a, b) && mayManage(b, c)) || mayManage(a, c)));
});

const operator = (account: string, enabled = true): OperatorAccount => ({ account, role: 'operator', enabled });

test('the last operator is the only one who can sign in', () => {
  assert.equal(isLastOperator([operator('olga')], 'olga'), true);
  assert.equal(isLastOperator([operator('olga'), operator('otto')], 'olga'), false);
  assert.equal(isLastOperator([operator('olga'), operator('otto', false)], 'olga'), true);
  assert.equal(isLastOperator([operator('olga'), operator('otto', false)], 'otto'), false);
  assert.equal(isLastOperator([operator('olga'), { account: 'ann', role: 'administrator', enabled: true }], 'olga'), true);
});

test('taking away operators one by one, never the last, always leaves one', () => {
  const names = ['o1', 'o2', 'o3', 'o4'];
  fc.assert(fc.property(fc.array(fc.constantFrom(...names), { maxLength: 20 }), (leaving) => {
    let accounts: readonly OperatorAccount[] = names.map((name) => operator(name));
    for (const account of leaving) if (!isLastOperator(accounts, account)) accounts = accounts.filter((one) => one.account !== account);
    return accounts.length >= 1;
  }));
});
