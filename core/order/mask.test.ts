import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { maskCompany, maskEmail, maskName, maskPhone } from './mask.ts';

test('customers are shown as 15.1.1 shows them', () => {
  assert.deepEqual([maskPhone('15312340991'), maskPhone('1234567'), maskPhone('')], ['153****0991', '1****', '']);
  assert.deepEqual([maskEmail('sunkaiwen@example.com'), maskEmail('ann@example.com'), maskEmail('a@b'), maskEmail(''), maskEmail('ann')], [
    'sunk***@example.com', 'a***@example.com', 'a***@b', '', '***',
  ]);
  assert.deepEqual([maskName('Zhang San'), maskName('张三'), maskName('')], ['Z***', '张***', '']);
  assert.deepEqual([maskCompany('Example Technologies'), maskCompany('ABC'), maskCompany('')], ['Exampl***', 'A***', '']);
});

test('never more than half of what is to be hidden is shown', () => {
  fc.assert(fc.property(fc.string({ minLength: 8, maxLength: 40 }), (text) => {
    assert.ok(maskName(text).length <= 5 && maskCompany(text).replace('***', '').length <= 12);
    assert.ok(!maskPhone(text).includes(text) && !maskCompany(text).includes(text) && !maskName(text).includes(text));
  }));
});
