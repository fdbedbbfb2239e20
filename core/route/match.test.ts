import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { beginningsOf, explainMatch, matchRoute, numberOf, type Dialable } from './match.ts';

const route = (accessCode: string, extCode = ''): Dialable => ({ accessCode, extCode });
const routes = [route('12345'), route('12345', '1'), route('12345', '11'), route('12'), route('*99#'), route('+4930', '7')];

const table: readonly [dialled: string, expected: string | undefined][] = [
  ['12345', '12345+'],
  ['123451', '12345+1'],
  ['1234511', '12345+11'],
  ['1234512', '12345+1'],
  ['123452', '12345+'],
  ['1234', '12+'],
  ['1', undefined],
  ['', undefined],
  ['*99#', '*99#+'],
  ['+49307', '+4930+7'],
  ['+4930', undefined],
  ['49307', undefined],
];

for (const [dialled, expected] of table) {
  test(`a call to "${dialled}" goes to ${expected ?? 'nobody'}`, () => {
    const found = matchRoute(routes, dialled);
    assert.equal(found && `${found.accessCode}+${found.extCode}`, expected);
  });
}

test('of two splits of one number the longer access code wins, in whatever order they stand', () => {
  const split = [route('1234', '51'), route('12345', '1')];
  assert.equal(matchRoute(split, '123451'), split[1]);
  assert.equal(matchRoute(split.toReversed(), '123451'), split[1]);
});

test('the explanation tells of each route why it was taken or not, best first', () => {
  assert.deepEqual(explainMatch(routes, '1234511').map(({ route: { accessCode, extCode }, verdict }) => `${accessCode}+${extCode} ${verdict}`), [
    '12345+11 taken', '12345+1 shorter', '12345+ shorter', '12+ shorter', '+4930+7 code-differs', '*99#+ code-differs',
  ]);
  assert.deepEqual(explainMatch([route('12', '3'), route('12')], '129').map(({ verdict }) => verdict), ['taken', 'extension-differs']);
});

test('the beginnings of a number are all that an access code may be', () => {
  assert.deepEqual(beginningsOf('123'), ['1', '12', '123']);
  assert.deepEqual(beginningsOf(''), []);
  assert.equal(beginningsOf('9'.repeat(64)).at(-1)?.length, 32);
});

const digits = (maxLength: number, minLength = 0) => fc.string({ unit: fc.constantFrom('0', '1', '2'), minLength, maxLength });
const anyRoutes = fc.array(fc.record({ accessCode: digits(4, 1), extCode: digits(3) }), { maxLength: 12 });

test('the match agrees with a search that shortens the number digit by digit', () => {
  const naive = (all: readonly Dialable[], dialled: string): string | undefined => {
    for (let length = dialled.length; length > 0; length -= 1) {
      const found = all.find((candidate) => numberOf(candidate) === dialled.slice(0, length));
      if (found !== undefined) return numberOf(found);
    }
    return undefined;
  };
  fc.assert(fc.property(anyRoutes, digits(8), (all, dialled) => {
    const found = matchRoute(all, dialled);
    assert.equal(found && numberOf(found), naive(all, dialled));
  }), { numRuns: 2000 });
});

test('where no two routes have one number, dialling the number of a route reaches it', () => {
  fc.assert(fc.property(anyRoutes, (all) => {
    const distinct = [...new Map(all.map((candidate) => [numberOf(candidate), candidate])).values()];
    for (const candidate of distinct) assert.equal(matchRoute(distinct, numberOf(candidate)), candidate);
  }));
});

test('the explanation leads with the match, names one route taken at most, and its verdicts are true', () => {
  fc.assert(fc.property(anyRoutes, digits(8), (all, dialled) => {
    const explained = explainMatch(all, dialled);
    assert.equal(explained.length, all.length);
    assert.deepEqual(explained.filter(({ verdict }) => verdict === 'taken').map((entry) => entry.route), [matchRoute(all, dialled)].filter((found) => found !== undefined));
    for (const { route: candidate, verdict } of explained) {
      assert.equal(dialled.startsWith(numberOf(candidate)), verdict === 'taken' || verdict === 'shorter');
      assert.equal(dialled.startsWith(candidate.accessCode), verdict !== 'code-differs');
    }
  }));
});
