import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isLocale, isTimeZone, MAX_VDN_ID, nextVdnId, unknownLimit } from './settings.ts';

for (const zone of ['Europe/Berlin', 'UTC', 'Asia/Shanghai', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata']) {
  test(`${zone} is a time zone`, () => assert.equal(isTimeZone(zone), true));
}

for (const zone of ['', '+02:00', '-0500', 'Berlin', 'Europe/Atlantis', 'Europe/Berlin; drop table', ' UTC']) {
  test(`'${zone}' is no time zone`, () => assert.equal(isTimeZone(zone), false));
}

test('any text is or is not a time zone or a locale, without a throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof isTimeZone(text) === 'boolean' && typeof isLocale(text) === 'boolean'));
});

test('locales have a language and a country', () => {
  assert.equal(isLocale('en_US'), true);
  assert.equal(isLocale('zh_CN'), true);
  assert.equal(isLocale('e_'), false);
});

test('limits are known nouns only', () => {
  assert.equal(unknownLimit({}), undefined);
  assert.equal(unknownLimit({ agents: 1, queues: 0 }), undefined);
  assert.equal(unknownLimit({ agents: 1, agent: 2 }), 'agent');
});

test('VDN ids go up to 9999 and no further', () => {
  assert.equal(nextVdnId(0), 1);
  assert.equal(nextVdnId(MAX_VDN_ID - 1), MAX_VDN_ID);
  assert.equal(nextVdnId(MAX_VDN_ID), undefined);
});
