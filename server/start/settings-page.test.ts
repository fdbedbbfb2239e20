import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { configExample, settingsPage } from './settings-page.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('docs/settings.md is made from the code', () => assert.equal(read('docs/settings.md'), settingsPage(), 'run `npm run docs`'));
test('parley.conf.example is made from the code', () => assert.equal(read('parley.conf.example'), configExample(), 'run `npm run docs`'));
