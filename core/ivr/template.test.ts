import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isHoliday, momentIn } from './calendar.ts';
import { newReading, placeOf } from './reading.ts';
import { sayDigits } from './spoken.ts';
import { readTemplate, render, renderSpoken } from './template.ts';

const VALUES: Readonly<Record<string, string>> = { name: 'Ann', agent: '1 01', sum: '12.5', day: '2027-03-31', when: '2027-03-31T09:05:00', word: 'soon' };
const lookup = (name: string): string => VALUES[name] ?? '';

function spoken(text: string, language = 'en_US'): string {
  const reading = newReading();
  const template = readTemplate(text, placeOf(reading, 'a', 'text'), true);
  assert.deepEqual(reading.faults, []);
  return renderSpoken(template ?? [], lookup, language);
}

describe('a text with variables', () => {
  for (const [text, expected] of [
    ['plain', 'plain'], ['', ''], ['Hello ${name}!', 'Hello Ann!'], ['${name}${name}', 'AnnAnn'], ['$${name} costs 5$', '${name} costs 5$'], ['agent ${agent:digits}', 'agent 1 0 1'],
    ['${sum:amount EUR}', '12.50 euros'], ['${sum:number}', '12.5'], ['${day:date}', 'March 31, 2027'], ['${when:date}', 'March 31, 2027'], ['${when:time}', '9:05 AM'], ['${word:date}', 'soon'], ['${word:amount USD}', 'soon'], ['${word:time}', 'soon'],
  ] as const) test(`${text} is spoken as ${expected}`, () => { assert.equal(spoken(text), expected); });

  test('is spoken in its language', () => {
    assert.equal(spoken('${sum:number} ${day:date}', 'de_DE'), '12,5 31. März 2027');
    assert.equal(spoken('${day:date}', 'zh_CN'), '2027年3月31日');
  });

  for (const [text, message] of [
    ['${', /never closed/], ['${na me}', /names no variable/], ['${}', /names no variable/], ['${name:song}', /no form song/], ['${name:amount}', /needs its currency/],
    ['${name:amount euro}', /needs its currency/], ['${name:date x}', /nothing may follow date/],
  ] as const) {
    test(`${text} is refused`, () => {
      const reading = newReading();
      assert.equal(readTemplate(text, placeOf(reading, 'a', 'text'), true), undefined);
      assert.match(reading.faults[0]?.message ?? '', message);
    });
  }

  test('that is not spoken has no forms, and encodes what is filled in', () => {
    const reading = newReading();
    assert.equal(readTemplate('${name:digits}', placeOf(reading, 'a', 'url')), undefined);
    assert.equal(render(readTemplate('/a/${x}', placeOf(reading, 'a', 'url')) ?? [], () => '../?&ä', encodeURIComponent), '/a/..%2F%3F%26%C3%A4');
  });
});

test('digits are spoken one by one', () => {
  assert.equal(sayDigits('10*7'), '1 0 * 7');
  assert.equal(sayDigits(''), '');
});

test('a moment is named as people in the zone do', () => {
  const at = Date.UTC(2027, 0, 1, 3, 4);
  assert.deepEqual(momentIn('America/New_York', at), { date: '2026-12-31', time: '22:04', weekday: 4 });
  assert.deepEqual(momentIn('Asia/Shanghai', at), { date: '2027-01-01', time: '11:04', weekday: 5 });
  assert.deepEqual(momentIn('UTC', Date.UTC(2027, 0, 3)), { date: '2027-01-03', time: '00:00', weekday: 7 });
});

test('holidays are days that there are', () => {
  assert.deepEqual(['2027-12-27', '12-25', '02-29', '2027-02-29', '13-01', '12-32', '1-1', 'x', ''].map(isHoliday), [true, true, true, false, false, false, false, false, false]);
});
