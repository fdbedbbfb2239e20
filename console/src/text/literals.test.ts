import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

/** Words between tags, and in attributes that people read or hear. */
const BETWEEN_TAGS = />[^<>{}=;()]*\p{L}{2,}[^<>{}=;()]*<\//u;
const IN_ATTRIBUTES = /\b(?:label|title|placeholder|description|aria-label|alt|error)="[^"]*\p{L}{2,}/u;
/** The product's own name is the same in every language. */
const NAME = /\bParley\b/g;

const root = join(import.meta.dirname, '..');

describe('the texts of the console', () => {
  test('stand in catalogues, and not in the pages that show them', () => {
    const pages = globSync('**/*.tsx', { cwd: root });
    assert.ok(pages.length > 20, 'there are pages to look at');
    const found = pages.flatMap((page) => readFileSync(join(root, page), 'utf8').split('\n').flatMap((line, index) => {
      const words = line.replace(NAME, '');
      return BETWEEN_TAGS.test(words) || IN_ATTRIBUTES.test(words) ? [`${page}:${index + 1}: ${line.trim()}`] : [];
    }));
    assert.deepEqual(found, []);
  });
});
