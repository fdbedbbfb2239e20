import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parseAreaCsv, startAreaCsv, type AreaCsv, type AreaCsvLimits } from './area-csv.ts';
import type { AreaRecord } from './lookup.ts';

const header = 'prefix,areaCode,province,city,cityCode,isp,postCode';
const beijing = '1302001,110100,Beijing,Beijing,010,China Unicom,100000';
const beijingRecord = {
  prefix: '1302001',
  areaCode: '110100',
  province: 'Beijing',
  city: 'Beijing',
  cityCode: '010',
  isp: 'China Unicom',
  postCode: '100000',
};

const carrierRecord = {
  prefix: '130',
  areaCode: '',
  province: '',
  city: '',
  cityCode: '',
  isp: 'China Unicom',
  postCode: '',
};

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

test('a full set is read with a byte order mark, CRLF, quotes, blank lines and no last line break', () => {
  const changsha = '0731,430100,"Hunan, ""Xiang""", Changsha ,0731,,410000/412000';
  const read = parseAreaCsv(`\uFEFF${header}\r\n\r\n${beijing}\r\n${changsha}`);
  assert.deepEqual(read.refused, []);
  assert.equal(read.complete, true);
  assert.deepEqual(read.records, [
    beijingRecord,
    {
      prefix: '0731',
      areaCode: '430100',
      province: 'Hunan, "Xiang"',
      city: 'Changsha',
      cityCode: '0731',
      isp: '',
      postCode: '410000/412000',
    },
  ]);
});

test('the header names the columns, in any order and with columns of its own', () => {
  const named = 'note,postcode,isp,CITYCODE,city,province,areacode,prefix';
  const read = parseAreaCsv(`${named}\nx,100000,China Unicom,010,Beijing,Beijing,110100,1302001\n`);
  assert.deepEqual(read.records, [beijingRecord]);
});

test('a wrong line is refused by its number and reason, and the others are read', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['1302002,110100,Beijing', 'wrong-field-count'],
    ['1202002,110100,Beijing,Beijing,010,China Unicom,100000', 'bad-prefix'],
    ['13020022,110100,Beijing,Beijing,010,China Unicom,100000', 'bad-prefix'],
    ['1302002,1101,Beijing,Beijing,010,China Unicom,100000', 'bad-area-code'],
    ['1302002,110100,Beijing,Beijing,10,China Unicom,100000', 'bad-city-code'],
    ['1302002,110100,Beijing,Beijing,010/,China Unicom,100000', 'bad-city-code'],
    ['1302002,110100,Beijing,Beijing,010,China Unicom,10000', 'bad-post-code'],
    [`1302002,110100,${'x'.repeat(65)},Beijing,010,China Unicom,100000`, 'bad-text'],
    ['1302002,110100,Bei\u0000jing,Beijing,010,China Unicom,100000', 'bad-text'],
    ['1302002,110100,Beijing,Beijing,010,,100000', 'isp-missing'],
    ['1302002,110100,"Beijing,Beijing,010,China Unicom,100000', 'bad-quote'],
    ['1302002,110100,Bei"jing,Beijing,010,China Unicom,100000', 'bad-quote'],
    ['1302002,110100,"Beijing"x,Beijing,010,China Unicom,100000', 'bad-quote'],
    ['1'.repeat(1_001), 'line-too-long'],
    [beijing, 'duplicate-prefix'],
  ];
  const read = parseAreaCsv([header, beijing, ...wrong.map(([line]) => line), `130,,,,,China Unicom,`].join('\n'));
  assert.deepEqual(read.refused, wrong.map(([, reason], at) => ({ line: at + 3, reason })));
  assert.equal(read.refusedCount, wrong.length);
  assert.equal(read.complete, true);
  assert.deepEqual(read.records.map(({ prefix }) => prefix), ['1302001', '130']);
});

test('a file without its header is refused as a whole', () => {
  const files: readonly (readonly [string, number, string])[] = [
    ['', 0, 'header-missing'],
    ['\n\n', 2, 'header-missing'],
    [`${beijing}\n`, 1, 'header-missing'],
    ['"prefix\n', 1, 'header-missing'],
    ['x'.repeat(1_001), 1, 'header-missing'],
    ['prefix,areaCode\n', 1, 'header-column-missing'],
    [`${header},prefix\n`, 1, 'header-column-twice'],
  ];
  for (const [text, line, reason] of files) {
    const refused = [{ line, reason }];
    assert.deepEqual(parseAreaCsv(text), { records: [], refused, refusedCount: 1, complete: false });
  }
});

test('the reading is bounded in lines and in the refusals it keeps', () => {
  const text = [header, beijing, 'x', 'y', 'z', '130,,,,,China Unicom,'].join('\n');
  assert.deepEqual(parseAreaCsv(text, { refused: 2 }), {
    records: [beijingRecord, carrierRecord],
    refused: [
      { line: 3, reason: 'wrong-field-count' },
      { line: 4, reason: 'wrong-field-count' },
    ],
    refusedCount: 3,
    complete: true,
  });
  assert.deepEqual(parseAreaCsv(text, { lines: 2 }), {
    records: [beijingRecord],
    refused: [{ line: 3, reason: 'too-many-lines' }],
    refusedCount: 1,
    complete: false,
  });
});

function readLines(lines: Iterable<string>, limits: Partial<AreaCsvLimits> = {}): AreaCsv {
  const reader = startAreaCsv(limits);
  const records: AreaRecord[] = [];
  for (const line of lines) {
    const record = reader.push(line);
    if (record !== undefined) records.push(record);
    if (!reader.isOpen()) break;
  }
  return { records, ...reader.end() };
}

test('a stream of lines is left when the limit is reached', () => {
  let asked = 0;
  function* endless(): Generator<string> {
    yield header;
    for (;;) {
      asked += 1;
      yield `${1_300_000 + asked},,,,,China Unicom,`;
    }
  }
  const read = readLines(endless(), { lines: 11 });
  assert.equal(read.records.length, 10);
  assert.equal(read.complete, false);
  assert.equal(asked, 11);
});

test('no text makes it throw, and text and lines read alike', () => {
  const words = [header, beijing, ',', '"', '""', '\n', '\r\n', '\uFEFF', '130', '010', 'x', ',,,,,,', '\u0000'];
  const body = fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((pieces) => pieces.join(''));
  const text = fc.oneof(
    fc.string(),
    body.map((lines) => `${header}\n${lines}`),
  );
  fc.assert(
    fc.property(text, (csv) => {
      const read = parseAreaCsv(csv);
      assert.ok(read.complete || read.refusedCount > 0);
      const lines = csv.endsWith('\n') ? csv.slice(0, -1).split('\n') : csv.split('\n');
      const streamed = readLines(lines);
      assert.deepEqual(streamed.records, read.records);
      assert.equal(streamed.refusedCount, read.refusedCount);
    }),
    { numRuns: 500 },
  );
});

test('every name survives quoting', () => {
  const name = fc.string({ maxLength: 40 }).filter((text) => !/\p{Cc}/u.test(text));
  fc.assert(
    fc.property(name, name, (province, city) => {
      const reader = startAreaCsv();
      assert.equal(reader.push(header), undefined);
      const record = reader.push(`1302001,,${quote(province)},${quote(city)},,China Unicom,`);
      assert.equal(record?.province, province.trim());
      assert.equal(record?.city, city.trim());
      assert.equal(reader.end().refusedCount, 0);
    }),
  );
});
