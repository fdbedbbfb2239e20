import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { buildAreaIndex, findArea, prefixKey, prefixKind, type AreaAnswer, type AreaRecord } from './lookup.ts';
import { parseNumber } from './phone-number.ts';

const beijing: AreaRecord = {
  prefix: '1302001',
  areaCode: '110100',
  province: 'Beijing',
  city: 'Beijing',
  cityCode: '010',
  isp: 'China Unicom',
  postCode: '100000',
};

function segment(prefix: string, isp: string): AreaRecord {
  return { prefix, areaCode: '', province: '', city: '', cityCode: '', isp, postCode: '' };
}

function find(records: readonly AreaRecord[], text: string): AreaAnswer | undefined {
  const parsed = parseNumber(text);
  assert.ok(parsed.ok, text);
  return findArea(buildAreaIndex(records), parsed.number);
}

test('the example of 5.3.6 is answered as the section answers it', () => {
  assert.deepEqual(find([beijing], '13020017****'), {
    areaCode: '110100',
    province: 'Beijing',
    city: 'Beijing',
    cityCode: '010',
    isp: 'China Unicom',
    postCode: '100000',
    phoneNo: '1302001',
    known: 'place',
  });
});

test('a mobile whose seven digits are not known is answered by the longest shorter prefix', () => {
  const records = [segment('170', 'three'), segment('1704', 'four'), segment('170412', 'six'), beijing];
  assert.equal(find(records, '17041234567')?.isp, 'six');
  assert.equal(find(records, '17041334567')?.isp, 'four');
  assert.equal(find(records, '17051234567')?.isp, 'three');
  assert.deepEqual(find(records, '17051234567'), {
    areaCode: '',
    province: '',
    city: '',
    cityCode: '',
    isp: 'three',
    postCode: '',
    phoneNo: '1705123',
    known: 'carrier',
  });
  assert.equal(find(records, '13020027001'), undefined);
});

test('a landline is answered by its area code, its carrier is unknown, and phoneNo is the area code', () => {
  const record = { ...beijing, prefix: '010', isp: 'China Unicom' };
  for (const text of ['010', '010-12345678', '+86 10 1234****']) {
    assert.deepEqual(find([record], text), {
      areaCode: '110100',
      province: 'Beijing',
      city: 'Beijing',
      cityCode: '010',
      isp: 'unknown',
      postCode: '100000',
      phoneNo: '010',
      known: 'place',
    });
  }
  assert.equal(find([record], '021-12345678'), undefined);
});

test('cities that share an area code can be told apart by the exchange', () => {
  const records = [
    { ...beijing, prefix: '0731', city: 'Changsha' },
    { ...beijing, prefix: '07315', city: 'Xiangtan' },
  ];
  assert.equal(find(records, '0731-52345678')?.city, 'Xiangtan');
  assert.equal(find(records, '0731-82345678')?.city, 'Changsha');
  assert.equal(find(records, '0731')?.city, 'Changsha');
  assert.equal(find(records, '0731-52345678')?.phoneNo, '0731');
});

test('of two records with one prefix the later wins, and the prefix counts once', () => {
  const records = [beijing, { ...beijing, city: 'Later' }, segment('130', 'a'), segment('130', 'b')];
  assert.equal(find(records, '13020017001')?.city, 'Later');
  assert.equal(find(records, '13099999999')?.isp, 'b');
  assert.equal(buildAreaIndex(records).prefixes, 2);
});

test('a prefix that is none is a bug of the caller', () => {
  for (const prefix of ['', '12', '13', '13020011', '011', '031', '010123456', '123', '2', '1a0', '130 ']) {
    assert.equal(prefixKind(prefix), undefined, prefix);
    assert.throws(() => buildAreaIndex([segment(prefix, 'x')]), RangeError);
  }
});

const mobilePrefix = fc
  .tuple(fc.constantFrom('3', '7'), fc.string({ unit: fc.constantFrom('0', '1'), minLength: 1, maxLength: 5 }))
  .map(([a, b]) => `1${a}${b}`);
const landlinePrefix = fc
  .tuple(fc.constantFrom('010', '021', '0311', '0731'), fc.string({ unit: fc.constantFrom('0', '1'), maxLength: 4 }))
  .map(([a, b]) => `${a}${b}`);

test('the longest prefix of the set wins, for mobiles and for landlines', () => {
  const digits = fc.string({ unit: fc.constantFrom('0', '1'), minLength: 8, maxLength: 8 });
  const number = fc.oneof(
    fc.tuple(fc.constantFrom('13', '17'), digits).map(([a, b]) => `${a}${b}0`),
    fc.tuple(fc.constantFrom('010', '021', '0311', '0731'), digits).map(([a, b]) => `${a}${b}`),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(mobilePrefix, landlinePrefix), { maxLength: 40 }), number, (prefixes, text) => {
      const records = prefixes.map((prefix) => ({ ...segment(prefix, 'x'), city: prefix }));
      const expected = prefixes
        .filter((prefix) => text.startsWith(prefix) && prefix.length <= 8)
        .toSorted((a, b) => b.length - a.length)[0];
      assert.equal(find(records, text)?.city, expected);
      assert.equal(buildAreaIndex(records).prefixes, new Set(prefixes).size);
    }),
    { numRuns: 1_000 },
  );
});

test('two prefixes have one key only when they are one prefix', () => {
  fc.assert(
    fc.property(fc.oneof(mobilePrefix, landlinePrefix), fc.oneof(mobilePrefix, landlinePrefix), (a, b) => {
      assert.equal(prefixKey(a) === prefixKey(b), a === b);
    }),
    { numRuns: 1_000 },
  );
});

function* halfAMillion(): Generator<AreaRecord> {
  for (let at = 0; at < 500_000; at += 1) yield { ...beijing, prefix: String(1_300_000 + at), city: `c${at % 340}` };
}

test('half a million prefixes take slots, not objects', () => {
  const index = buildAreaIndex(halfAMillion());
  assert.equal(index.prefixes, 500_000);
  assert.equal(index.places.length, 340);
  const bytes = [...index.pages.values()].reduce((sum, page) => sum + page.byteLength, 0);
  assert.equal(bytes, 2_000_000);
  assert.equal(findArea(index, { kind: 'mobile', prefix: '1799999' })?.city, `c${499_999 % 340}`);
});
