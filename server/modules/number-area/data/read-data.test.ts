import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findArea, prefixKind, type AreaAnswer } from '@parley/core/number-area/lookup.ts';
import { parseNumber } from '@parley/core/number-area/phone-number.ts';
import { readShippedAreas, readShippedFile, shippedAreaIndex } from './read-data.ts';

/**
 * The first two digits of an administrative code (GB/T 2260), the province they mean, and the first two digits of its
 * post codes: provinces have several, and the edges of Inner Mongolia lie in those of its neighbours.
 */
const provinces: readonly (readonly [string, string, string])[] = [
  ['11', 'Beijing', '10'],
  ['12', 'Tianjin', '30'],
  ['13', 'Hebei', '05 06 07'],
  ['14', 'Shanxi', '03 04'],
  ['15', 'Inner Mongolia', '01 02 13 75'],
  ['21', 'Liaoning', '11 12'],
  ['22', 'Jilin', '13'],
  ['23', 'Heilongjiang', '15 16'],
  ['31', 'Shanghai', '20'],
  ['32', 'Jiangsu', '21 22'],
  ['33', 'Zhejiang', '31 32'],
  ['34', 'Anhui', '23 24'],
  ['35', 'Fujian', '35 36'],
  ['36', 'Jiangxi', '33 34'],
  ['37', 'Shandong', '25 26 27'],
  ['41', 'Henan', '45 46 47'],
  ['42', 'Hubei', '43 44'],
  ['43', 'Hunan', '41 42'],
  ['44', 'Guangdong', '51 52'],
  ['45', 'Guangxi', '53 54'],
  ['46', 'Hainan', '57'],
  ['50', 'Chongqing', '40'],
  ['51', 'Sichuan', '61 62 63 64'],
  ['52', 'Guizhou', '55 56'],
  ['53', 'Yunnan', '65 66 67'],
  ['54', 'Tibet', '85 86'],
  ['61', 'Shaanxi', '71 72'],
  ['62', 'Gansu', '73 74'],
  ['63', 'Qinghai', '81'],
  ['64', 'Ningxia', '75'],
  ['65', 'Xinjiang', '83 84'],
];

function find(text: string): AreaAnswer | undefined {
  const parsed = parseNumber(text);
  assert.ok(parsed.ok, text);
  return findArea(shippedAreaIndex(), parsed.number);
}

test('the example of 5.3.6 is answered from the shipped files', () => {
  assert.deepEqual(find('13020017****'), {
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

test('known numbers are answered with their place or their carrier', () => {
  const answers: readonly (readonly [string, string, string, string])[] = [
    ['0755-86123456', 'Guangdong', 'Shenzhen', 'unknown'],
    ['02488888888', 'Liaoning', 'Shenyang', 'unknown'],
    ['0898', 'Hainan', 'Haikou', 'unknown'],
    ['13912345678', '', '', 'China Mobile'],
    ['13491234567', '', '', 'China Telecom'],
    ['17041234567', '', '', 'China Unicom'],
    ['19212345678', '', '', 'China Broadnet'],
  ];
  for (const [text, province, city, isp] of answers) {
    const found = find(text);
    assert.deepEqual([found?.province, found?.city, found?.isp], [province, city, isp], text);
  }
  assert.equal(find('16012345678'), undefined);
  assert.equal(find('0399-1234567'), undefined);
});

test('no prefix is shipped twice, and every one of them is a prefix', () => {
  const prefixes = readShippedAreas().map(({ prefix }) => prefix);
  assert.equal(new Set(prefixes).size, prefixes.length);
  assert.equal(shippedAreaIndex().prefixes, prefixes.length);
  for (const prefix of prefixes) assert.notEqual(prefixKind(prefix), undefined, prefix);
});

test('every landline row is a dialling code with its place, and is found by its own code', () => {
  const rows = readShippedFile('landlines.csv');
  assert.equal(rows.length, 322);
  for (const { prefix, ...place } of rows) {
    const { areaCode, province, city, cityCode, isp } = place;
    assert.match(prefix, /^0(?:10|2\d|[3-9]\d\d)$/);
    assert.equal(cityCode, prefix);
    assert.match(areaCode, /^\d{6}$/, prefix);
    assert.equal(province, provinces.find(([code]) => areaCode.startsWith(code))?.[1], prefix);
    assert.match(city, /^[A-Z][\p{L}']+$/u, prefix);
    assert.equal(isp, 'unknown');
    for (const text of [prefix, `${prefix}-8123456`, `+86 ${prefix.slice(1)} 8123****`]) {
      assert.deepEqual(find(text), { ...place, phoneNo: prefix, known: 'place' }, text);
    }
  }
});

test('every post code is empty or lies in its province, and only 11 are empty', () => {
  const rows = readShippedFile('landlines.csv');
  for (const { prefix, province, postCode } of rows.filter((row) => row.postCode !== '')) {
    assert.match(postCode, /^\d{6}$/, prefix);
    const postal = provinces.find(([, name]) => name === province)?.[2] ?? '';
    assert.ok(postal.split(' ').includes(postCode.slice(0, 2)), `${prefix} ${province} ${postCode}`);
  }
  assert.equal(rows.filter((row) => row.postCode === '').length, 11);
});

test('two rows name one administrative area only where the area really has two dialling codes', () => {
  const byArea = Map.groupBy(readShippedFile('landlines.csv'), ({ areaCode }) => areaCode);
  const shared = [...byArea.values()].filter((rows) => rows.length > 1).map((rows) => rows.map(({ prefix }) => prefix));
  // Laiwu (0634) became a part of Jinan in 2019.
  assert.deepEqual(shared, [['0531', '0634']]);
});

test('two cities of one province never have one name or one post code', () => {
  const rows = readShippedFile('landlines.csv').filter(({ prefix }) => prefix !== '0634');
  const names = rows.map(({ province, city }) => `${province}/${city}`);
  assert.equal(new Set(names).size, names.length);
  const posts = rows.map(({ postCode }) => postCode).filter((postCode) => postCode !== '');
  assert.equal(new Set(posts).size, posts.length);
});

test('every carrier row is a segment of three or four digits with one of the four networks and no place', () => {
  const rows = readShippedFile('carriers.csv');
  assert.equal(rows.length, 65);
  for (const row of rows) {
    assert.match(row.prefix, /^1[3-9]\d{1,2}$/);
    assert.ok(['China Mobile', 'China Telecom', 'China Unicom', 'China Broadnet'].includes(row.isp), row.prefix);
    assert.equal(row.areaCode + row.province + row.city + row.cityCode + row.postCode, '');
  }
});

test('the files are read and the index is built once', () => {
  assert.equal(readShippedAreas(), readShippedAreas());
  assert.equal(shippedAreaIndex(), shippedAreaIndex());
});
