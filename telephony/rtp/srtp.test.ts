import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sequenceOf, setSequence } from './packet.ts';
import { deriveKey, makeCryptoAttribute, makeMasterKey, parseCryptoAttribute, sizesOf, SRTP_SUITES, type SrtpSuite } from './srtp-keys.ts';
import { createTransform } from './srtp-transform.ts';
import { createSrtp, type Srtp } from './srtp.ts';
import { makePacket } from './test-data/packets.ts';

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

function hex(of: Uint8Array | undefined): string {
  return of === undefined ? '' : Buffer.from(of).toString('hex');
}

/** Two ends of a conversation. */
function makePair(suite: SrtpSuite): { readonly caller: Srtp; readonly called: Srtp } {
  const local = makeMasterKey(suite);
  const remote = makeMasterKey(suite);
  return { caller: createSrtp({ suite, local, remote }), called: createSrtp({ suite, local: remote, remote: local }) };
}

/** The packet is copied: protected ones lie in buffers that are used again, and are opened where they lie. */
function pass(from: Srtp, to: Srtp, packet: Uint8Array): Uint8Array | undefined {
  const sealed = from.protect(packet);
  return sealed === undefined ? undefined : to.unprotect(sealed.slice());
}

describe('key derivation', () => {
  it('gives the keys of RFC 3711 B.3', () => {
    const key = bytes('E1F97A0D3E018BE0D64FA32C06DE4139');
    const salt = bytes('0EC675AD498AFEEBB6960B3AABE6');
    assert.equal(hex(deriveKey(key, salt, 0, 16)), 'c61e7a93744f39ee10734afe3ff7a087');
    assert.equal(hex(deriveKey(key, salt, 2, 14)), '30cbbc08863d8c85d49db34a9ae1');
    assert.equal(hex(deriveKey(key, salt, 1, 94)), 'cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbcee049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdddc256d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2');
  });

  it('gives the keys of RFC 6188 7.2', () => {
    const key = bytes('f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6');
    const salt = bytes('3b04803de51ee7c96423ab5b78d2');
    assert.equal(hex(deriveKey(key, salt, 0, 32)), '5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4');
    assert.equal(hex(deriveKey(key, salt, 2, 14)), 'fa31791685ca444a9e07c6c64e93');
  });
});

describe('AES in counter mode', () => {
  it('gives the key stream of RFC 3711 B.2', () => {
    const keys = { key: bytes('2B7E151628AED2A6ABF7158809CF4F3C'), salt: bytes('F0F1F2F3F4F5F6F7F8F9FAFBFCFD'), auth: new Uint8Array(20) };
    const stream = new Uint8Array(48 + 10);
    createTransform('AES_CM_128_HMAC_SHA1_80', keys, 10, false).seal(stream, 0, 48, 0, 0, 0);
    assert.equal(hex(stream.subarray(0, 48)), 'e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0');
  });
});

describe('AES-GCM', () => {
  const rtp = '8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573';
  const rtcp = '81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef';
  const salt = bytes('517569642070726f2071756f');
  const auth = new Uint8Array(0);
  const cases: readonly { readonly suite: SrtpSuite; readonly key: Uint8Array; readonly rtp: string; readonly rtcp: string }[] = [
    {
      suite: 'AEAD_AES_128_GCM', key: Uint8Array.from({ length: 16 }, (_, i) => i),
      rtp: '8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce',
      rtcp: '81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade',
    },
    {
      suite: 'AEAD_AES_256_GCM', key: Uint8Array.from({ length: 32 }, (_, i) => i),
      rtp: '8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13',
      rtcp: '81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be',
    },
  ];
  for (const { suite, key, ...sealed } of cases) {
    it(`gives the packets of RFC 7714 16 and 17 with ${suite}`, () => {
      const packet = new Uint8Array([...bytes(rtp), ...new Uint8Array(16)]);
      const transform = createTransform(suite, { key, salt, auth }, 16, false);
      transform.seal(packet, 12, packet.length - 16, 0x5501a0b2, 0xf17b, 0);
      assert.equal(hex(packet), sealed.rtp);
      assert.ok(transform.open(packet, 12, packet.length - 16, 0x5501a0b2, 0xf17b, 0));
      assert.equal(hex(packet.subarray(0, -16)), rtp);
      const report = new Uint8Array([...bytes(rtcp), ...new Uint8Array(16)]);
      const controlTransform = createTransform(suite, { key, salt, auth }, 16, true);
      controlTransform.seal(report, 8, report.length - 16, 0x4d617273, 0x5d4, 0x800005d4);
      assert.equal(hex(report), sealed.rtcp);
    });
  }
});

describe('SRTP', () => {
  it('gives the packets that other implementations give for the same master key', () => {
    const packet = bytes(`800f1234decafbadcafebabe${'ab'.repeat(16)}`);
    const report = bytes(`81c8000bcafebabe${'ab'.repeat(16)}`);
    const counter = bytes('e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6');
    const one = createSrtp({ suite: 'AES_CM_128_HMAC_SHA1_80', local: counter, remote: counter });
    assert.equal(hex(one.protect(packet)), '800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb');
    assert.equal(hex(one.protectControl(report)), '81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798');
    const galois = bytes('000102030405060708090a0b0c0d0e0fa0a1a2a3a4a5a6a7a8a9aaab');
    const other = createSrtp({ suite: 'AEAD_AES_128_GCM', local: galois, remote: galois });
    assert.equal(hex(other.protect(packet)), '800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392');
  });

  for (const suite of SRTP_SUITES) {
    it(`opens what it sealed, with ${suite}`, () => {
      fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 65_535 }), fc.uint8Array({ maxLength: 400 }), (ssrc, sequence, payload) => {
        const { caller, called } = makePair(suite);
        const packet = makePacket({ ssrc, sequence, timestamp: 7, payload });
        assert.deepEqual(pass(caller, called, packet), packet);
        const report = packet.slice(0, 12);
        const sealed = caller.protectControl(report);
        assert.equal(hex(called.unprotectControl(sealed?.slice() ?? report)), hex(report));
      }), { numRuns: 40 });
    });

    it(`counts rollovers, through losses and disorder, with ${suite}`, () => {
      const { caller, called } = makePair(suite);
      const packets: Uint8Array[] = [];
      // Every packet where the numbers roll over, and now and then one in between.
      const isNearRollover = (i: number): boolean => Math.abs((i % 65_536) - 32_768) > 32_700;
      for (let i = 65_400; i < 3 * 65_536 + 100; i += isNearRollover(i) ? 1 : 31) {
        const sealed = caller.protect(makePacket({ sequence: i, timestamp: i, payload: Uint8Array.of(i, i >>> 8) }));
        if (sealed !== undefined && i % 7 !== 0) packets.push(sealed.slice());
      }
      for (let i = 0; i + 1 < packets.length; i += 4) packets.splice(i, 2, ...packets.slice(i, i + 2).toReversed());
      for (const sealed of packets) {
        const plain = called.unprotect(sealed);
        assert.ok(plain !== undefined, `${sequenceOf(sealed)}`);
        const [low = 0, high = 0] = plain.subarray(12);
        assert.equal(low | (high << 8), sequenceOf(plain));
      }
    });

    it(`drops what is repeated, forged or broken, with ${suite}`, () => {
      const { caller, called } = makePair(suite);
      const sealed = caller.protect(makePacket({ sequence: 500, timestamp: 0 }))?.slice() ?? new Uint8Array(0);
      for (let at = 0; at < sealed.length; at += 1) {
        const forged = sealed.slice();
        forged[at] = (forged[at] ?? 0) ^ 1;
        assert.equal(called.unprotect(forged), undefined, `byte ${at}`);
      }
      for (let length = 0; length < sealed.length; length += 1) assert.equal(called.unprotect(sealed.slice(0, length)), undefined);
      assert.ok(called.unprotect(sealed.slice()) !== undefined);
      assert.equal(called.unprotect(sealed.slice()), undefined, 'repeated');
      const report = caller.protectControl(bytes('80c9000100000007'))?.slice() ?? new Uint8Array(0);
      for (let at = 0; at < report.length; at += 1) {
        const forged = report.slice();
        forged[at] = (forged[at] ?? 0) ^ 1;
        assert.equal(called.unprotectControl(forged), undefined, `byte ${at} of the report`);
      }
      assert.ok(called.unprotectControl(report.slice()) !== undefined);
      assert.equal(called.unprotectControl(report.slice()), undefined, 'a report repeated');
    });
  }

  it('opens late packets within its window only', () => {
    const { caller, called } = makePair('AES_CM_128_HMAC_SHA1_80');
    const sealed = Array.from({ length: 200 }, (_, i) => caller.protect(makePacket({ sequence: 1_000 + i, timestamp: i }))?.slice() ?? new Uint8Array(0));
    const open = (i: number): boolean => called.unprotect(sealed[i] ?? new Uint8Array(0)) !== undefined;
    assert.deepEqual([open(0), open(150), open(23), open(22), open(151)], [true, true, true, false, true]);
  });

  it('never uses a number twice for sending', () => {
    const { caller } = makePair('AES_CM_128_HMAC_SHA1_80');
    const packet = makePacket({ sequence: 9, timestamp: 0 });
    assert.ok(caller.protect(packet) !== undefined);
    assert.equal(caller.protect(packet), undefined);
    setSequence(packet, 10);
    assert.ok(caller.protect(packet) !== undefined);
  });

  it('is not impressed by sources without end', () => {
    const { caller, called } = makePair('AEAD_AES_128_GCM');
    for (let ssrc = 0; ssrc < 50; ssrc += 1) assert.ok(pass(caller, called, makePacket({ ssrc, sequence: 1, timestamp: 0 })) !== undefined);
    for (let i = 0; i < 100; i += 1) called.unprotect(new Uint8Array([0x80, 8, ...randomBytes(40)]));
    assert.ok(pass(caller, called, makePacket({ ssrc: 49, sequence: 2, timestamp: 0 })) !== undefined);
  });
});

describe('a crypto attribute', () => {
  it('is read as it is written', () => {
    for (const suite of SRTP_SUITES) {
      const keySalt = makeMasterKey(suite);
      const { keyBytes, saltBytes } = sizesOf(suite);
      assert.equal(keySalt.length, keyBytes + saltBytes);
      const read = parseCryptoAttribute(makeCryptoAttribute({ tag: 3, suite, keySalt }));
      assert.deepEqual({ ...read, keySalt: hex(read?.keySalt) }, { tag: 3, suite, keySalt: hex(keySalt) });
    }
  });

  it('is read as telephones write it', () => {
    const key = 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz';
    assert.equal(parseCryptoAttribute(`1 AES_CM_128_HMAC_SHA1_80 inline:${key}|2^20`)?.tag, 1);
    assert.equal(parseCryptoAttribute(`2 AES_CM_128_HMAC_SHA1_32 inline:${key} WSH=128`)?.suite, 'AES_CM_128_HMAC_SHA1_32');
    assert.equal(parseCryptoAttribute(`2 AES_CM_128_HMAC_SHA1_32 inline:${key}|1048576`)?.keySalt.length, 30);
  });

  it('is passed over where it asks for something else', () => {
    const key = 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz';
    const refused = [
      '', '1', `1 AES_CM_128_HMAC_SHA1_80`, `x AES_CM_128_HMAC_SHA1_80 inline:${key}`, `1 F8_128_HMAC_SHA1_80 inline:${key}`,
      `1 AES_CM_128_HMAC_SHA1_80 inline:${key}|2^20|1:4`, `1 AES_CM_128_HMAC_SHA1_80 inline:${key}|1:4`, `1 AES_CM_128_HMAC_SHA1_80 inline:${key} UNENCRYPTED_SRTP`,
      `1 AES_CM_128_HMAC_SHA1_80 inline:${key};inline:${key}`, `1 AES_CM_128_HMAC_SHA1_80 inline:${key.slice(4)}`, `1 AEAD_AES_128_GCM inline:${key}`,
      `1 AES_CM_128_HMAC_SHA1_80 inline:${'!'.repeat(40)}`, `1 AES_CM_128_HMAC_SHA1_80 inline:${'A'.repeat(600)}`, `1 AES_CM_128_HMAC_SHA1_80 uri:${key}`,
    ];
    for (const value of refused) assert.equal(parseCryptoAttribute(value), undefined, value);
  });
});
