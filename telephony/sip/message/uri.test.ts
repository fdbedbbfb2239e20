import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { anyHost, printableText } from './texts.fixture.ts';
import { isSameUri, isUri, readUri, schemeOf, writeUri, type Uri } from './uri.ts';

const read = (text: string): Uri => {
  const uri = readUri(text);
  assert.ok(uri !== undefined, text);
  return uri;
};

describe('a SIP URI', () => {
  it('is read with all its parts', () => {
    assert.deepEqual(read('SIPS:al%69ce:se%3Acret@Example.COM:5061;Transport=TCP;lr?Subject=a%20b&X=1'), {
      scheme: 'sips', user: 'alice', password: 'se:cret', host: 'example.com', port: 5061,
      params: new Map([['transport', 'TCP'], ['lr', '']]), headers: [['Subject', 'a b'], ['X', '1']],
    });
    assert.deepEqual(read('sip:example.com'), { scheme: 'sip', user: '', host: 'example.com', params: new Map(), headers: [] });
    assert.equal(read('sip:*69%23@example.com').user, '*69#');
  });

  it('is refused where its parts are none', () => {
    for (const text of [
      '', 'sip:', 'sip', 'example.com', 'sip:@example.com', 'sip:a@', 'sip:a@b@c', 'sip:a@b:', 'sip:a@b:65536', 'sip:a@b:5x', 'sip:a b@c', 'sip:%4@c', 'sip:%zz@c',
      'sip:a@[::1', 'sip:a@[1.2.3.4]', 'sip:a@[fe80::1%25eth0]', 'sip:a@[]', 'sip:a@::1', 'sip:a@b?x', 'sip:a@b?=x', 'sip:a@b;=x', 'sip:a@b\r\nX: y', '<sip:a@b>', 'sip:a@b>', 'http://a',
    ]) assert.equal(readUri(text), undefined, text);
  });

  it('is the same after it is written', () => {
    const name = printableText.filter((text) => text !== '' && text === text.toLowerCase());
    const uris: fc.Arbitrary<Uri> = fc.record({
      scheme: fc.constantFrom('sip', 'sips'), user: fc.string({ unit: 'binary', minLength: 1 }).map((text) => text.toWellFormed()), password: printableText, host: anyHost,
      port: fc.nat(65_535), params: fc.array(fc.tuple(name, printableText)).map((entries) => new Map(entries)),
      headers: fc.array(fc.tuple(printableText.filter((text) => text !== ''), printableText)),
    }, { noNullPrototype: true });
    fc.assert(fc.property(uris, (uri) => {
      const text = writeUri(uri);
      assert.match(text, /^[\u0021-\u007E]*$/u);
      assert.deepEqual(readUri(text), uri);
    }));
  });

  it('is never more than one line, whatever it is made of', () => {
    assert.equal(writeUri({ scheme: 'sip', user: 'a', host: 'b>\r\nX: y', params: new Map([['c\r\n', 'd\r\n']]), headers: [] }), 'sip:a@[b%3E%0D%0AX:%20y];c%0D%0A=d%0D%0A');
  });

  it('may be Latin-1 behind its escapes', () => {
    assert.equal(read('sip:M%FCller@example.com').user, 'Müller');
    assert.equal(read('sip:M%C3%BCller@example.com').user, 'Müller');
  });
});

describe('a telephone URI', () => {
  it('is read with its number as it was written', () => {
    assert.deepEqual(read('tel:+49-30-123(45);phone-context=example.com'), {
      scheme: 'tel', user: '+49-30-123(45)', host: '', params: new Map([['phone-context', 'example.com']]), headers: [],
    });
    assert.equal(writeUri(read('tel:*69#;ext=5')), 'tel:*69#;ext=5');
    for (const text of ['tel:', 'tel:;x', 'tel:alice', 'tel:1 2', 'tel:1@b']) assert.equal(readUri(text), undefined, text);
  });
});

describe('the same URIs', () => {
  /** RFC 3261 19.1.4. */
  const SAME = [
    ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtLanTa.CoM;Transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;newparam=5'],
    ['sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com', 'sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com'],
    ['sip:alice@atlanta.com?subject=project%20x&priority=urgent', 'sip:alice@atlanta.com?priority=urgent&subject=project%20x'],
    ['sip:a@[2001:DB8::1]', 'sip:a@[2001:db8::1]'],
    ['tel:+1-201-555-0123', 'tel:+1(201)5550123'],
  ] as const;

  const DIFFERENT = [
    ['SIP:ALICE@AtLanTa.CoM;Transport=udp', 'sip:alice@AtLanTa.CoM;Transport=UDP'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;transport=udp'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:6000;transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next%20meeting'],
    ['sip:bob@phone21.boxesbybob.com', 'sip:bob@192.0.2.4'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;security=off'],
    ['sip:a@b.c', 'sips:a@b.c'],
    ['sip:a@b.c', 'sip:a:@b.c'],
    ['tel:+1201', 'tel:1201'],
    ['tel:1201;phone-context=a', 'tel:1201'],
  ] as const;

  it('are those that RFC 3261 and 3966 call the same', () => {
    for (const [one, other] of SAME) assert.ok(isSameUri(read(one), read(other)) && isSameUri(read(other), read(one)), `${one} ${other}`);
    for (const [one, other] of DIFFERENT) assert.ok(!isSameUri(read(one), read(other)) && !isSameUri(read(other), read(one)), `${one} ${other}`);
  });
});

describe('any URI', () => {
  it('has a scheme', () => {
    assert.deepEqual(['SOAP.beep://x', 'isbn:1', '1a:b', ':b', 'a b:c', 'abc'].map(schemeOf), ['soap.beep', 'isbn', undefined, undefined, undefined, undefined]);
    assert.deepEqual(['isbn:1', 'isbn:', 'x:a b', 'x:"'].map(isUri), [true, false, false, false]);
  });
});
