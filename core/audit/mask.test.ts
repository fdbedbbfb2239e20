import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MASK, maskSubjects } from './mask.ts';

const subjects = new Set(['4930123456', 'bob@example.com', 'bob.agent', '100']);

const table: readonly [name: string, before: unknown, after: unknown][] = [
  ['a whole value', { phone: '4930123456', name: 'Bob' }, { phone: MASK, name: 'Bob' }],
  ['nested and in lists', { a: [{ email: 'bob@example.com' }] }, { a: [{ email: MASK }] }],
  ['a word of a text', { note: 'mail bob@example.com, or call +1.' }, { note: `mail ${MASK}, or call +1.` }],
  ['at the end of a sentence', { note: 'Ask bob.agent.' }, { note: `Ask ${MASK}.` }],
  ['part of another word stays', { phone: '49301234567', note: 'x100' }, { phone: '49301234567', note: 'x100' }],
  ['part of another address stays', { email: 'not-bob@example.com.org' }, { email: 'not-bob@example.com.org' }],
  ['a number kept as a number', { phone: 4_930_123_456 }, { phone: MASK }],
  ['a count that looks alike stays', { maxWaiting: 100 }, { maxWaiting: 100 }],
  ['null, flags', { a: null, b: true }, { a: null, b: true }],
];

for (const [name, before, after] of table) test(`masking: ${name}`, () => assert.deepEqual(maskSubjects(before, subjects), after));

test('what holds no subject is answered as the very same value', () => {
  const value = { a: ['x', { b: 'y' }] };
  assert.equal(maskSubjects(value, subjects), value);
});

test('no value is a subject afterwards, and masking again changes nothing', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.array(fc.string({ minLength: 1 })), (value, names) => {
    const set = new Set(names.filter((name) => name !== MASK));
    const masked = maskSubjects(value, set);
    const texts: string[] = [];
    JSON.stringify(masked, (_key, item: unknown) => {
      if (typeof item === 'string') texts.push(item);
      return item;
    });
    assert.ok(texts.every((item) => !set.has(item)));
    assert.deepEqual(maskSubjects(masked, set), masked);
  }));
});
