import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readJson, writeJson } from './json.ts';

const LIMITS = { maxDepth: 64 };

/** Reads text by both ways in, which must agree, and gives the value; it fails the test on a refusal. */
function read(text: string): unknown {
  const fromText = readJson(text, LIMITS);
  const fromBytes = readJson(Buffer.from(text), LIMITS);
  assert.deepEqual(fromBytes, fromText);
  assert.ok(fromText.ok, text);
  return fromText.value;
}

function refusal(body: Uint8Array | string, maxDepth = 64): string {
  const reading = readJson(body, { maxDepth });
  assert.ok(!reading.ok, 'it was read');
  return reading.reason;
}

test('common bodies are read as JSON.parse reads them', () => {
  for (const text of [
    '{}', '[]', 'null', 'true', '0', '-0', '""', '"a"', ' {"a" : [1, 2.5, -3e2, null, {"b":"\\u4e2d"}]}\r\n\t',
    '{"a":1,"a":2}', '{"9007199254740991":9007199254740991}', '[-9007199254740991]',
    '{"constructor":{"prototype":{"x":1}}}',
    '{"pageSize":"20","flag":"false","name":"\u5F20\u4E09"}',
  ]) {
    assert.deepEqual(read(text), JSON.parse(text), text);
  }
});

test('an integer that a double cannot hold arrives as the string of its digits', () => {
  assert.deepEqual(read('{"qualityId":16239231508327803347}'), { qualityId: '16239231508327803347' });
  for (const digits of [
    '9007199254740992', '-9007199254740992', '9007199254740993', '-9007199254740993', '12345678901234567890',
    '1000000000000000000000000', `9${'0'.repeat(400)}`,
  ]) {
    assert.equal(read(digits), digits);
    assert.deepEqual(read(`[1,${digits} ,{"a":\n${digits}}]`), [1, digits, { a: digits }]);
    assert.deepEqual(read(`{"a":${digits},"a":7,"b":7,"b":${digits}}`), { a: 7, b: digits });
  }
});

test('an integer that a double holds, a fraction and an exponent stay numbers beside a large integer', () => {
  const literals = [
    '9007199254740991', '-9007199254740991', '0.12345678901234567890', '1e21', '1E3', '1E21', '-0',
    '12345678901234567890.0',
  ];
  const value = read(`[${literals.join()},12345678901234567890]`);
  assert.deepEqual(value, [...literals.map(Number), '12345678901234567890']);
});

test('digits within strings stay as they are', () => {
  for (const text of [
    '"12345678901234567890"', '{"12345678901234567890":"a:12345678901234567890, 1"}', '"\\"12345678901234567890"',
  ]) {
    assert.deepEqual(read(text), JSON.parse(text), text);
  }
  assert.deepEqual(read('{"a":"12345678901234567890","b":12345678901234567890}'), {
    a: '12345678901234567890',
    b: '12345678901234567890',
  });
});

test('the depth limit is exact', () => {
  for (const maxDepth of [1, 2, 63, 64, 65]) {
    for (const [open, inner, close] of [['[', '', ']'], ['{"a":', '{}', '}'], ['[{"a":', '[]', '}]']] as const) {
      const repeats = Math.floor((maxDepth - inner.length / 2) / close.length);
      const depth = repeats * close.length + inner.length / 2;
      const text = open.repeat(repeats) + inner + close.repeat(repeats);
      if (depth === 0) continue;
      assert.ok(readJson(text, { maxDepth: depth }).ok, text);
      assert.equal(refusal(text, depth - 1), 'too-deep', text);
    }
  }
  assert.ok(readJson(`[${'[],'.repeat(1000)}{"a":[]}]`, { maxDepth: 3 }).ok);
  assert.equal(refusal(`[${'[],'.repeat(1000)}{"a":[]}]`, 2), 'too-deep');
  assert.ok(readJson('"x"', { maxDepth: 0 }).ok);
  assert.equal(refusal('['.repeat(65) + ']'.repeat(65)), 'too-deep');
});

test('brackets within strings and escaped quotes do not count as depth', () => {
  for (const text of ['"[[[[{{{{"', '["\\"[[[", "\\\\", "{{{"]', '{"[[[":"\\\\\\"[[["}']) {
    const reading = readJson(text, { maxDepth: 1 });
    assert.deepEqual(reading, { ok: true, value: JSON.parse(text) }, text);
  }
  assert.equal(refusal('["\\\\",[[]]]', 2), 'too-deep');
});

test('ten thousand levels and a megabyte of brackets are refused before they are parsed', () => {
  for (const text of [
    '['.repeat(10_000), '['.repeat(10_000) + ']'.repeat(10_000), '{"a":'.repeat(10_000), '['.repeat(1_000_000),
    // The parser would find this malformed, so the refusal shows that it was not asked.
    `${'['.repeat(10_000)}x`,
  ]) {
    assert.equal(refusal(Buffer.from(text)), 'too-deep');
  }
});

test('a limit far above the stack refuses instead of throwing', () => {
  const deep = `${'['.repeat(200_000)}12345678901234567890${']'.repeat(200_000)}`;
  assert.equal(refusal(deep, 1_000_000), 'too-deep');
});

test('an empty or blank body has no value', () => {
  for (const text of ['', ' ', '\r\n\t ', '\uFEFF', '\uFEFF \n']) {
    assert.equal(read(text), undefined, JSON.stringify(text));
  }
});

test('a byte order mark is tolerated once, at the start', () => {
  assert.deepEqual(read('\uFEFF{"a":1}'), { a: 1 });
  assert.equal(refusal('\uFEFF\uFEFF{}'), 'malformed');
  assert.equal(refusal('{}\uFEFF'), 'malformed');
});

test('malformed text is refused, and the message does not repeat it', () => {
  for (const text of [
    '{', '}', ']', '[1,]', '{"a":1,}', '01', '1 2', "{'a':1}", 'undefined', 'NaN', '"\n"', '"', '"\\', '\u00A0',
    'a=1&b=2',
  ]) {
    assert.equal(refusal(text), 'malformed', JSON.stringify(text));
    assert.equal(refusal(Buffer.from(text)), 'malformed', JSON.stringify(text));
  }
  for (const text of ['{"password":"s3cret" x', 's3cret', '{"a":12345678901234567890,"b":s3cret}']) {
    const reading = readJson(text, LIMITS);
    assert.ok(!reading.ok && reading.message.startsWith('it breaks the rules'));
    assert.ok(!reading.message.includes('s3cret'));
  }
  assert.deepEqual(readJson('{"a" 1}', LIMITS), {
    ok: false, reason: 'malformed', message: 'it breaks the rules at position 5',
  });
});

test('bytes that are not UTF-8 are malformed, and leave the next body alone', () => {
  for (const bytes of [
    [0x22, 0xff, 0x22], [0x22, 0xc3], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0xef, 0xbb],
  ]) {
    assert.equal(refusal(Buffer.from(bytes)), 'malformed');
    assert.deepEqual(read('\uFEFF{"a":"\u4E2D"}'), { a: '\u4E2D' });
  }
  assert.equal(refusal(Buffer.from('{"a":1}', 'utf16le')), 'malformed');
});

test('a __proto__ key is dropped, however it is spelt, and changes no prototype', () => {
  const spellings = [
    '__proto__', '\\u005f_proto__', '__\\u0070roto__', '__p\\u0072oto__', '__pr\\u006Fto__', '__pro\\u0074o__',
    '\\u005F\\u005f\\u0070\\u0072\\u006f\\u0074\\u006f\\u005f\\u005f',
  ];
  for (const key of spellings) {
    for (const value of ['{"polluted":true}', 'null', '12345678901234567890', '[{"a":1}]']) {
      const result = read(`{"${key}":${value},"a":{"${key}":${value},"b":[{"${key}":${value}}]},"t":"${key}"}`);
      assert.deepEqual(result, { a: { b: [{}] }, t: '__proto__' });
      assert.equal(Object.getPrototypeOf(result), Object.prototype);
      const copy: Record<string, unknown> = Object.assign({}, result);
      assert.equal(copy['polluted'], undefined);
    }
  }
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
  assert.deepEqual(read('{"constructor":1,"toString":null}'), { constructor: 1, toString: null });
});

test('a bigint is written as its digits', () => {
  const value = { qualityId: 16239231508327803347n, list: [1n, -2n], n: 1.5 };
  assert.equal(writeJson(value), '{"qualityId":16239231508327803347,"list":[1,-2],"n":1.5}');
  assert.equal(writeJson(9007199254740993n), '9007199254740993');
  assert.equal(writeJson({ message: '', retcode: '0' }), '{"message":"","retcode":"0"}');
  assert.equal(writeJson({ a: undefined, at: new Date(0) }), '{"at":"1970-01-01T00:00:00.000Z"}');
  assert.equal(writeJson(undefined), '');
});

test('a cycle is a bug and throws, with or without a bigint', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  assert.throws(() => writeJson(cycle), TypeError);
  cycle['id'] = 1n;
  assert.throws(() => writeJson(cycle), TypeError);
});

/** What the limits and the dropped key leave of a value that JSON.parse has read. */
function withoutProto(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProto);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutProto(inner)]));
}

function holdsLargeInteger(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsLargeInteger);
}

const jsonText = fc.tuple(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 1, '\t'))
  .map(([text, space]): [unknown, string] => {
    const value: unknown = JSON.parse(text);
    return [value, JSON.stringify(value, null, space)];
  })
  .filter(([value]) => !holdsLargeInteger(value));

test('property: without large integers it agrees with JSON.parse', () => {
  fc.assert(fc.property(jsonText, ([value, text]) => {
    assert.deepEqual(read(text), withoutProto(value));
  }), { numRuns: 500 });
});

test('property: a large integer beside any JSON survives as its digits, and the rest stays the same', () => {
  const least = 2n ** 53n;
  const positive = fc.oneof(fc.bigInt({ min: least, max: least + 9n }), fc.bigInt({ min: least, max: 10n ** 30n }));
  const large = fc.tuple(positive, fc.boolean()).map(([n, negative]) => (negative ? -n : n));
  fc.assert(fc.property(jsonText, large, ([value, text], n) => {
    assert.deepEqual(read(`{"before":${text},"id":${n},"list":[${n}],"after":${text}}`), {
      before: withoutProto(value), id: String(n), list: [String(n)], after: withoutProto(value),
    });
    assert.deepEqual(read(writeJson([n, value])), [String(n), withoutProto(value)]);
  }), { numRuns: 300 });
});

test('property: arbitrary bytes and near-JSON never throw, and are read only where JSON.parse reads them', () => {
  const pieces = fc.constantFrom(
    '{', '}', '[', ']', '"', '\\', ':', ',', '1', '12345678901234567890', 'e', '.', '-', ' ', 'null', '\\u005f',
    '__proto__',
  );
  const nearJson = fc.array(pieces).map((parts) => Buffer.from(parts.join('')));
  fc.assert(fc.property(fc.oneof(fc.uint8Array().map((bytes) => Buffer.from(bytes)), nearJson), (bytes) => {
    const reading = readJson(bytes, LIMITS);
    if (!reading.ok) {
      assert.ok(reading.reason === 'malformed' || reading.reason === 'too-deep');
    } else if (reading.value !== undefined) {
      assert.doesNotThrow(() => JSON.parse(bytes.toString()));
    }
  }), { numRuns: 2000 });
});

test('property: depth is measured as JSON.parse nests', () => {
  const measure = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(measure)) : 0;
  fc.assert(fc.property(jsonText, ([value, text]) => {
    const depth = measure(value);
    assert.ok(readJson(text, { maxDepth: depth }).ok);
    if (depth > 0) assert.equal(refusal(text, depth - 1), 'too-deep');
  }), { numRuns: 300 });
});
