import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Headers, splitAtCommas } from './headers.ts';

describe('headers', () => {
  it('are found without regard to case, and by their compact forms', () => {
    const headers = new Headers().append('v', 'one').append('VIA', 'two').append('Call-ID', 'x');
    assert.deepEqual(headers.all('Via'), ['one', 'two']);
    assert.equal(headers.get('I'), 'x');
    assert.equal(headers.count('V'), 2);
    assert.equal(headers.count('To'), 0);
  });

  it('may have any name, those of the properties of objects too', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'Constructor']) {
      assert.equal(new Headers().append(name, 'x').get(name.toUpperCase()), 'x');
    }
    fc.assert(fc.property(fc.string(), (name) => new Headers().append(name, 'x').get(name) === 'x'));
  });

  it('keep the order that they came in, and change in place', () => {
    const headers = new Headers().append('A', '1').append('B', '2').append('A', '3').set('a', '4').prepend('C', '5').remove('b');
    assert.deepEqual([...headers], [['C', '5'], ['A', '4']]);
  });

  it('are split at commas outside of quotes and brackets', () => {
    assert.deepEqual(splitAtCommas('"a, b" <sip:c,d@e>;x="1,2" , <sip:f>,, g'), ['"a, b" <sip:c,d@e>;x="1,2"', '<sip:f>', 'g']);
  });
});
