import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readAddress, readAddresses, tagOf, writeAddress } from './address.ts';
import { Headers } from './headers.ts';
import { anyToken, printableText } from './texts.fixture.ts';

describe('an address', () => {
  it('is read with and without brackets', () => {
    assert.deepEqual(readAddress('"A. \\"B\\" C" <sip:a@b;lr?x=y>;tag=1'), { display: 'A. "B" C', uri: 'sip:a@b;lr?x=y', params: new Map([['tag', '1']]) });
    assert.deepEqual(readAddress('  Müller GmbH, Köln<sip:a@b>'), { display: 'Müller GmbH, Köln', uri: 'sip:a@b', params: new Map() });
    assert.deepEqual(readAddress('sip:a@b ; tag=1'), { uri: 'sip:a@b', params: new Map([['tag', '1']]) });
  });

  it('is refused where nobody knows what it means', () => {
    for (const text of [
      '', '*', 'a@b', '<>', '< >', '<sip:>', '<sip:a@b', 'sip:a@b>', '"a <sip:a@b>', '"a" b <sip:a@b>', 'a "b" <sip:a@b>', '"a"', '<sip:a b@c>', '<sip:a@b> x', '<sip:a@b>;x="',
      'sip:a@b?x=y', 'sip:a@b,sip:c@d', '<sip:a@b><sip:c@d>',
    ]) assert.equal(readAddress(text), undefined, text);
  });

  it('shows nothing that controls a screen', () => {
    assert.equal(readAddress('"a\\\0\u001B[31m" <sip:a@b>')?.display, 'a[31m');
  });

  it('is the same after it is written', () => {
    const addresses = fc.record({
      display: printableText.filter((text) => text !== ''), uri: fc.constantFrom('sip:a@b', 'sips:a%20b@[::1]:5061;lr?x=y', 'tel:+49', 'urn:x'),
      params: fc.array(fc.tuple(anyToken.map((name) => name.toLowerCase()), printableText)).map((entries) => new Map(entries)),
    }, { noNullPrototype: true });
    fc.assert(fc.property(addresses, (address) => { assert.deepEqual(readAddress(writeAddress(address)), address); }));
  });

  it('is one line and one address, whatever it is made of', () => {
    assert.equal(writeAddress({ display: 'a"\r\nX: y', uri: 'sip:a>\r\nX: y', params: new Map([['tag', 'a\r\nX: y']]) }), '"a\\"X: y" <sip:a%3E%0D%0AX:%20y>;tag="aX: y"');
  });

  it('has a tag or none', () => {
    assert.deepEqual(['<sip:a@b>;tag=x', 'sip:a@b;tag=x', '<sip:a@b;tag=x>', '<sip:a@b>;tag=', 'broken', undefined].map(tagOf), ['x', 'x', undefined, undefined, undefined, undefined]);
  });

  it('is one of several', () => {
    const headers = new Headers().append('Contact', '"a, b" <sip:a@b>, <sip:c@d>').append('m', 'broken, <sip:e@f>');
    assert.deepEqual(readAddresses(headers, 'Contact').map(({ uri }) => uri), ['sip:a@b', 'sip:c@d', 'sip:e@f']);
  });
});
