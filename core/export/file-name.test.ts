import assert from 'node:assert/strict';
import { test } from 'node:test';
import { billFileName, entryName, readBillFileName } from './file-name.ts';

const id = '9239cb50a8384bb0ab503441bf089446';

test('a file of bills is named by its day and its request', () => {
  const name = billFileName('2018-07-02 10:42:49', id);
  assert.equal(name, `20180702_${id}.zip`);
  assert.equal(readBillFileName(name), id);
  for (const other of [`20180702_${id.toUpperCase()}.zip`, `../20180702_${id}.zip`, `20180702_${id}.zip/`, id, '']) assert.equal(readBillFileName(other), undefined);
});

test('a file within it by time, chance, content and number', () => {
  assert.equal(entryName('2018-07-02 10:42:49', 1_530_500_000_007, 42, 'agentOprInfo', 3), '20180702104249007042_agentOprInfo_3.csv');
});
