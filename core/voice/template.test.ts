import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTemplate, type Piece } from './template.ts';

const fixed = (text: string): Piece => ({ kind: 'fixed', text });

const good: readonly [text: string, pieces: readonly Piece[]][] = [
  ['test', [fixed('test')]],
  ['Dear ${TXT_8}, your initial password is ${NUM_6}.', [
    fixed('Dear '), { kind: 'text', length: 8 }, fixed(', your initial password is '), { kind: 'number', length: 6 }, fixed('.'),
  ]],
  ['Please pick up your express delivery before ${TIME} on ${DATE}.', [
    fixed('Please pick up your express delivery before '), { kind: 'time' }, fixed(' on '), { kind: 'date' }, fixed('.'),
  ]],
  ['From ${DATE} on ${TIME}', [fixed('From '), { kind: 'date' }, fixed(' on '), { kind: 'time' }]],
  ['At ${TIME} for ${TXT_4}, ${DATE}', [fixed('At '), { kind: 'time' }, fixed(' for '), { kind: 'text', length: 4 }, fixed(', '), { kind: 'date' }]],
  ['We open at ${TIME}. Come on ${DATE}', [fixed('We open at '), { kind: 'time' }, fixed('. Come on '), { kind: 'date' }]],
  ['From ${DATE} to ${DATE}', [fixed('From '), { kind: 'date' }, fixed(' to '), { kind: 'date' }]],
  ['Split: ${TXT_32}${TXT_32}', [fixed('Split: '), { kind: 'text', length: 32 }, { kind: 'text', length: 32 }]],
  ['您好${TXT_1}', [fixed('您好'), { kind: 'text', length: 1 }]],
  ['It costs $5 {or so}', [fixed('It costs $5 {or so}')]],
  ['字'.repeat(166) + 'ab', [fixed('字'.repeat(166) + 'ab')]],
  [`Ten: ${'${NUM_1}'.repeat(10)}`, [fixed('Ten: '), ...Array.from({ length: 10 }, (): Piece => ({ kind: 'number', length: 1 }))]],
];

for (const [text, pieces] of good) {
  test(`a template is read: ${text.slice(0, 40)}`, () => assert.deepEqual(readTemplate(text), { ok: true, pieces }));
}

const bad: readonly [text: string, message: RegExp][] = [
  ['字'.repeat(167), /501 bytes, more than 500/],
  ['a'.repeat(501), /501 bytes/],
  ['${TXT_8}, hello', /must not begin with a variable/],
  ['  ${DATE}', /must not begin with a variable/],
  ['   ', /says nothing/],
  ['', /says nothing/],
  ['Dear #{TXT_9}', /not with #\{/],
  ['Dear ${TXT_33}', /\$\{TXT_33\} is no variable/],
  ['Dear ${TXT_0}', /is no variable/],
  ['Dear ${TXT_08}', /is no variable/],
  ['Dear ${NUM}', /is no variable/],
  ['Dear ${txt_8}', /is no variable/],
  ['Dear ${NAME}', /\$\{NAME\} is no variable/],
  ['Dear ${}', /is no variable/],
  ['Dear ${TXT_${NUM_1}}', /is no variable/],
  ['Dear ${TXT_8', /must end with \}/],
  ['Before ${TIME}${DATE}', /separated by " on "/],
  ['Before ${TIME} ${DATE}', /separated by " on "/],
  ['Before ${DATE}, ${TIME}', /separated by " on "/],
  ['Before ${DATE} at ${TIME}', /separated by " on "/],
  ['Before ${TIME} ON ${DATE}', /separated by " on "/],
  [`Eleven: ${'${NUM_1}'.repeat(11)}`, /11 variables, more than 10/],
];

for (const [text, message] of bad) {
  test(`a template is refused: ${text.slice(0, 40)}`, () => {
    const reading = readTemplate(text);
    assert.ok(!reading.ok, 'it was read');
    assert.match(reading.message, message);
  });
}

function writePiece(piece: Piece): string {
  if (piece.kind === 'fixed') return piece.text;
  if (piece.kind === 'date') return '${DATE}';
  if (piece.kind === 'time') return '${TIME}';
  return `\${${piece.kind === 'text' ? 'TXT' : 'NUM'}_${piece.length}}`;
}

const write = (pieces: readonly Piece[]): string => pieces.map(writePiece).join('');

const length = fc.integer({ min: 1, max: 32 });
const variable: fc.Arbitrary<Piece> = fc.oneof(
  length.map((size): Piece => ({ kind: 'text', length: size })), length.map((size): Piece => ({ kind: 'number', length: size })),
  fc.constant<Piece>({ kind: 'date' }),
);
const words = fc.stringMatching(/^[a-z 字$}]{1,20}$/).filter((text) => text.trim() !== '' && !text.endsWith('$'));

test('whatever is written by the rules is read back as it was', () => {
  fc.assert(fc.property(words, fc.array(fc.tuple(variable, words), { maxLength: 8 }), (start, rest) => {
    const pieces = [fixed(start), ...rest.flatMap(([one, text]) => [one, fixed(text)])];
    assert.deepEqual(readTemplate(write(pieces)), { ok: true, pieces });
  }));
});

test('any text is read or refused, and what is read says the same', () => {
  const part = fc.oneof(fc.constantFrom('${', '}', '#{', '${DATE}', '${TIME}', '${TXT_', '9', ' on ', '$'), fc.string({ unit: 'binary', maxLength: 5 }));
  const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(fc.property(text, (content) => {
    const reading = readTemplate(content);
    if (reading.ok) assert.equal(write(reading.pieces), content);
    else assert.notEqual(reading.message, '');
  }), { numRuns: 1000 });
});
