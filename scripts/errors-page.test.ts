import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { errorsPage } from './errors-page.ts';

test('docs/errors.md is made from the code', async () => {
  assert.equal(readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8'), await errorsPage(), 'run `npm run docs`');
});
