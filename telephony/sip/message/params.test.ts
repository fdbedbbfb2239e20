import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isToken, printable, quote, readNumber, readQuoted } from './grammar.ts';
import { readParams, readValue, writeParams, writeValue } from './params.ts';
import { anyToken, printableText } from './texts.fixture.ts';

describe('parameters', () => {
  it('have names in lower case, and values as they were written', () => {
    assert.deepEqual(readParams(';Tag=AbC ; lr;x = "a \\"b\\"; c" ; host=[::1]:5060', 0), new Map([['tag', 'AbC'], ['lr', ''], ['x', 'a "b"; c'], ['host', '[::1]:5060']]));
  });

  it('count once', () => {
    assert.equal(readParams(';tag=first;tag=second', 0)?.get('tag'), 'first');
  });

  it('may be empty where that is common, not where it is an error', () => {
    assert.deepEqual(readParams(';;a;', 0), new Map([['a', '']]));
    assert.equal(readParams(';;a', 0, 'refused'), undefined);
    assert.equal(readParams(';a;', 0, 'refused'), undefined);
  });

  it('are refused where something else stands between them', () => {
    for (const text of ['a=b', ';a=b c', ';a="b', ';a=b,c', ';(a)=b', ';a="b"c']) assert.equal(readParams(text, 0), undefined, text);
  });

  it('are the same after they are written', () => {
    const params = fc.array(fc.tuple(anyToken.map((name) => name.toLowerCase()), printableText)).map((entries) => new Map(entries));
    fc.assert(fc.property(params, (some) => { assert.deepEqual(readParams(writeParams(some), 0) ?? some, some); }));
  });
});

describe('a value with parameters', () => {
  it('is what stands before them', () => {
    assert.deepEqual(readValue(' Q.850 ;cause=16;text="Normal, clearing"'), { value: 'Q.850', params: new Map([['cause', '16'], ['text', 'Normal, clearing']]) });
    assert.deepEqual(readValue('1800'), { value: '1800', params: new Map() });
    assert.equal(readValue(' ;a'), undefined);
    assert.equal(writeValue({ value: '1800', params: new Map([['refresher', 'uac']]) }), '1800;refresher=uac');
  });
});

describe('texts', () => {
  it('are quoted so that they can be read again, without what controls something', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const quoted = quote(text);
      assert.deepEqual(readQuoted(quoted, 0), { value: printable(text), end: quoted.length });
    }));
    assert.equal(quote('a"\\\r\nb'), '"a\\"\\\\b"');
    assert.equal(readQuoted('"open\\"', 0), undefined);
  });

  it('are tokens only of the characters of tokens', () => {
    assert.ok(isToken('-.!%*_+`\'~aZ09'));
    for (const text of ['', 'a b', 'a:b', 'a/b', 'ä', 'a\0']) assert.ok(!isToken(text));
  });

  it('are numbers only of digits', () => {
    assert.deepEqual(['0068', ' 5 ', '99999999999', '-1', '1.5', '', '1e3', '0x1'].map(readNumber), [68, 5, 4_294_967_295, undefined, undefined, undefined, undefined, undefined]);
  });
});
