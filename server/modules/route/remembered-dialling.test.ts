import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigChanged } from '../../engine/writer.ts';
import type { Dialling } from './dialling.ts';
import { rememberDialling } from './remembered-dialling.ts';

function bench(maxNumbers?: number) {
  let changed: (event: ConfigChanged) => void = () => { throw new Error('nobody listens'); };
  const asked: string[] = [];
  let fails = false;
  const leadsTo = rememberDialling({ subscribe: (listener) => {
    changed = listener;
    return () => undefined;
  } }, (called): Promise<Dialling> => {
    asked.push(called);
    return fails ? Promise.reject(new Error('the database is away')) : Promise.resolve({ outcome: 'no-access-code' });
  }, maxNumbers);
  return {
    asked, leadsTo, fail: (isFailing: boolean) => { fails = isFailing; },
    changes: (what: string) => { changed({ vdnId: 2, seq: 1, at: 0, change: { what, id: '1', before: null, after: null } }); },
  };
}

test('a number is looked up once, until a route or an access code of anybody changes', async () => {
  const { asked, leadsTo, changes } = bench();
  for (const number of ['1', '1', '2']) await leadsTo(number);
  assert.deepEqual(asked, ['1', '2']);
  changes('queue');
  await leadsTo('1');
  assert.deepEqual(asked, ['1', '2']);
  for (const what of ['access-code', 'called-route']) {
    changes(what);
    await leadsTo('1');
  }
  assert.deepEqual(asked, ['1', '2', '1', '1']);
});

test('numbers of nobody do not fill the memory, and a failure is not remembered', async () => {
  const { asked, leadsTo, fail } = bench(2);
  for (const number of ['1', '2', '3', '1']) await leadsTo(number);
  assert.deepEqual(asked, ['1', '2', '3', '1']);
  fail(true);
  await assert.rejects(leadsTo('4'), /away/);
  fail(false);
  await leadsTo('4');
  assert.deepEqual(asked.slice(4), ['4', '4']);
});
