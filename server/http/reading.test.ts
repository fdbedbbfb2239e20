import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Type } from 'typebox';
import { readJson } from '@parley/contract/wire/json.ts';
import { flag, integer, integerOf, list, longId, object, oneOf, optional, text, word } from '@parley/contract/schema.ts';
import { compileReading } from './reading.ts';

const schema = object({
  name: optional(text('Name.', { max: 20 })),
  count: optional(integer('Count.', { min: 0, max: 100 })),
  ready: optional(flag('Ready.')),
  id: optional(longId('Id.')),
  media: optional(integerOf([5, 53], 'Media.', { also: ['mediaType'] })),
  kind: optional(oneOf(['1', '3'], 'Kind.')),
  tags: optional(list(text('Tag.'), 'Tags.')),
  inner: optional(object({ Deep: optional(text('Deep.')), numbers: optional(list(integer('Number.'), 'Numbers.')) })),
  others: optional(Type.Record(Type.String(), Type.Unknown())),
});

const read = compileReading(schema, 'body');

const accepts = (given: unknown, expected: object): void => {
  assert.deepEqual(read(given), { ok: true, value: expected });
};

const refuses = (given: unknown, field: string, message: RegExp, by = read): void => {
  const reading = by(given);
  assert.ok(!reading.ok, `${JSON.stringify(given)} is refused`);
  assert.equal(reading.field, field);
  assert.match(reading.message, message);
};

const fromWire = (json: string): unknown => {
  const reading = readJson(json, { maxDepth: 64 });
  assert.ok(reading.ok);
  return reading.value;
};

describe('reading', () => {
  test('takes scalars as text or as numbers', () => {
    accepts({ count: '42', ready: 'TRUE', name: 7, kind: 1, media: '53', tags: [1, true], inner: { numbers: ['1', 2] } },
      { count: 42, ready: true, name: '7', kind: '1', media: 53, tags: ['1', 'true'], inner: { numbers: [1, 2] } });
    accepts({ ready: 0 }, { ready: false });
    accepts({ ready: '1' }, { ready: true });
    accepts({ count: ' 7 ' }, { count: 7 });
  });

  test('tells in what way a field is wrong, for families that tell it on', () => {
    const nested = compileReading(object({ head: object({ name: word('Name.', { min: 2, max: 3 }), kind: oneOf(['a'], 'Kind.') }) }), 'body');
    const why = (given: unknown): string => {
      const reading = nested(given);
      return reading.ok ? 'ok' : `${reading.field} ${reading.why}`;
    };
    assert.deepEqual(
      [undefined, null, {}, { head: {} }, { head: { name: null, kind: 'a' } }, { head: { name: '', kind: 'a' } }, { head: { name: 'x', kind: 'a' } }, { head: { name: 'xxxx', kind: 'a' } },
        { head: { name: '  ', kind: 'a' } }, { head: { name: 'xx', kind: 'b' } }, { head: 5 }, [], { head: { name: 'x\0', kind: 'a' } }].map(why),
      ['head noBody', 'head noBody', 'head missing', 'head.name missing', 'head.name missing', 'head.name empty', 'head.name tooShort', 'head.name tooLong', 'head.name form', 'head.kind form', 'head form',
        'body form', 'head.name form'],
    );
  });

  test('does not guess: what only looks like a number is refused', () => {
    for (const count of ['', ' ', '1e2', '0x10', '1,5', 'NaN', 'Infinity', '--1', '1.5', '12345678901234567', [1], {}, true]) {
      if (count === '') accepts({ count }, {});
      else refuses({ count }, 'count', /count/);
    }
    refuses({ ready: 'yes' }, 'ready', /ready/);
    refuses({ name: ['a'] }, 'name', /name/);
    refuses({ name: { a: 1 } }, 'name', /name/);
  });

  test('disregards the letter case of names, at every level, and takes the other spellings', () => {
    accepts({ NAME: 'a', Inner: { dEEP: 'b' } }, { name: 'a', inner: { Deep: 'b' } });
    accepts({ mediaType: 5 }, { media: 5 });
    accepts({ MEDIATYPE: '5' }, { media: 5 });
  });

  test('prefers the exact spelling, wherever it stands', () => {
    accepts({ name: 'exact', Name: 'other' }, { name: 'exact' });
    accepts({ Name: 'other', name: 'exact' }, { name: 'exact' });
    accepts({ mediaType: 53, media: 5 }, { media: 5 });
    accepts({ name: null, Name: 'other' }, { name: 'other' });
  });

  test('takes null as absent, and empty text where no text is meant', () => {
    accepts({ name: null, count: null, ready: '', media: '', tags: '', inner: '' }, {});
    accepts({ name: '' }, { name: '' });
    accepts({ kind: '' }, {});
    const choosing = compileReading(object({ kind: oneOf(['1', '3'], 'Kind.'), none: optional(oneOf(['', 'x'], 'None.')) }), 'body');
    refuses({ kind: '' }, 'kind', /kind is missing/, choosing);
    assert.deepEqual(choosing({ kind: '1', none: '' }), { ok: true, value: { kind: '1', none: '' } });
    accepts(null, {});
    accepts(undefined, {});
  });

  test('keeps the digits of integers beyond 2^53 in fields of text', () => {
    accepts(fromWire('{"id":12345678901234567890}'), { id: '12345678901234567890' });
    accepts(fromWire('{"id":9007199254740993}'), { id: '9007199254740993' });
    refuses(fromWire('{"count":12345678901234567890}'), 'count', /count/);
  });

  test('ignores unknown fields, also those that every object has', () => {
    accepts({ name: 'a', more: 1, toString: 'x', constructor: {}, hasOwnProperty: 1 }, { name: 'a' });
    accepts(fromWire('{"__proto__":{"name":"a"}}'), {});
    accepts({ others: { any: 1, Case: { kept: null } } }, { others: { any: 1, Case: { kept: null } } });
  });

  test('takes wrappers off, unless the body has fields of its own', () => {
    for (const wrapper of ['requestParam', 'requestParams', 'RequestBody', 'schema', 'body', 'request']) accepts({ [wrapper]: { name: 'a' } }, { name: 'a' });
    accepts({ requestParam: { name: 'inner' }, requestId: 1 }, { name: 'inner' });
    accepts({ name: 'outer', requestParam: { name: 'inner' } }, { name: 'outer' });
    accepts({ mediaType: 5, requestParam: { media: 53 } }, { media: 5 });
    accepts({ requestParam: 'text' }, {});
    const owning = compileReading(object({ request: optional(object({ a: optional(integer('A.')) })) }), 'body');
    assert.deepEqual(owning({ request: { a: 1 } }), { ok: true, value: { request: { a: 1 } } });
    const query = compileReading(schema, 'query');
    assert.deepEqual(query({ body: { name: 'a' } }), { ok: true, value: {} });
  });

  test('names the field that is wrong, as deep as it lies', () => {
    refuses({ count: 101 }, 'count', /count must be <= 100/);
    refuses({ inner: { numbers: [1, 'x'] } }, 'inner.numbers[1]', /inner\.numbers\[1\] must be integer/);
    refuses({ media: 6 }, 'media', /media must be one of 5, 53/);
    const needing = compileReading(object({ outer: object({ name: word('Name.') }) }), 'body');
    refuses({}, 'outer', /outer is missing/, needing);
    refuses({ outer: {} }, 'outer.name', /outer\.name is missing/, needing);
    refuses({ outer: { name: '' } }, 'outer.name', /outer\.name/, needing);
  });

  test('refuses what the database cannot hold: NUL and halves of surrogate pairs', () => {
    refuses({ name: 'a\0b' }, 'name', /Unicode text without NUL/);
    refuses({ inner: { Deep: '\ud800' } }, 'inner.Deep', /Unicode text/);
    refuses({ tags: ['fine', '\udc00'] }, 'tags[1]', /Unicode text/);
    refuses({ others: { a: { b: ['\0'] } } }, 'others.a.b[0]', /Unicode text/);
    refuses({ others: { a: { '\0': 1 } } }, 'a field name in others.a', /Unicode text/);
    accepts({ name: '🙂 \n' }, { name: '🙂 \n' });
    accepts({ unknown: '\0' }, {});
  });

  test('refuses bodies that are no object', () => {
    for (const body of [[], [{}], 1, 'text', true]) refuses(body, 'body', /must be a JSON object/);
  });

  const anything = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.object({ key: fc.constantFrom('name', 'COUNT', 'inner', 'Deep', 'tags', 'mediaType', 'requestParam', 'others'), maxDepth: 4 }));

  test('never throws, and what it answers is read again as the same', () => {
    fc.assert(fc.property(anything, (given) => {
      const reading = read(given);
      if (reading.ok) assert.deepEqual(read(reading.value), reading);
      else assert.ok(reading.message.includes(reading.field) || reading.field === 'body');
    }), { numRuns: 1000 });
  });

  test('does not change what it was given', () => {
    fc.assert(fc.property(anything, (given) => {
      const before = structuredClone(given);
      read(given);
      assert.deepEqual(given, before);
    }), { numRuns: 300 });
  });

  test('reads the values of records as their schema says', () => {
    const counts = compileReading(object({ counts: Type.Record(Type.String(), integer('Count.')) }), 'body');
    assert.deepEqual(counts({ Counts: { One: '1', two: 2 } }), { ok: true, value: { counts: { One: 1, two: 2 } } });
    refuses({ counts: { one: 'x' } }, 'counts.one', /must be integer/, counts);
  });

  test('of a schema without fields takes everything and keeps nothing', () => {
    const nothing = compileReading(Type.Object({}), 'body');
    assert.deepEqual(nothing({ a: 1 }), { ok: true, value: {} });
  });
});
