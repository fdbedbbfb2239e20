import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { certificateOfTests, connectDtls, fingerprintsOfTests, type DtlsTest, type DtlsTestOptions } from '../testing/dtls-client.ts';
import { writeMessage } from './handshake.ts';
import { createIdentity, isAnnounced } from './identity.ts';
import { CONTENT, createRecordWriter, decipher, readRecords } from './record.ts';
import { createKeyShare, GROUPS, pseudorandom } from './secrets.ts';
import { createDtlsServer } from './server.ts';

const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** Lets both sides talk until something has come of it. */
async function handshake(options: DtlsTestOptions = {}, isDone: (test: DtlsTest) => boolean = ({ keys, failed }) => keys.length + failed.length > 0): Promise<DtlsTest> {
  const test = await connectDtls(options);
  // The client waits for its timers, for which we do not wait.
  test.client.connect().catch(() => {});
  const deadline = Date.now() + 10_000;
  while (!isDone(test) && Date.now() < deadline) await turn();
  test.stop();
  return test;
}

/** Cuts the handshake messages of a client's datagram into pieces of so many bytes. */
function shred(datagram: Buffer, size: number): Buffer[] {
  return readRecords(datagram).flatMap((record, i) => {
    const { fragment } = record;
    if (record.type !== CONTENT.handshake || record.epoch !== 0) return [Buffer.concat([Buffer.of(record.type, 0xfe, 0xfd), record.number, Buffer.of(fragment.length >> 8, fragment.length & 0xff), fragment])];
    const [type = 0, sequence] = [fragment[0], fragment.readUInt16BE(4)];
    const body = fragment.subarray(12);
    return Array.from({ length: Math.ceil(body.length / size) }, (_, piece) => {
      const part = body.subarray(piece * size, (piece + 1) * size);
      const head = Buffer.alloc(12);
      head[0] = type;
      head.writeUIntBE(body.length, 1, 3);
      head.writeUInt16BE(sequence, 4);
      head.writeUIntBE(piece * size, 6, 3);
      head.writeUIntBE(part.length, 9, 3);
      const written = createRecordWriter().plain(CONTENT.handshake, Buffer.concat([head, part]));
      return i % 2 === 0 ? written : Buffer.concat([written, written]);
    });
  });
}

describe('the passive side of DTLS-SRTP', () => {
  for (const [profiles, id, suite, saltLength] of [[[7, 1], 1, 'AES_CM_128_HMAC_SHA1_80', 14], [[1], 1, 'AES_CM_128_HMAC_SHA1_80', 14], [[7], 7, 'AEAD_AES_128_GCM', 12]] as const) {
    it(`agrees on keys with a client that offers ${profiles.join(' and ')}`, async () => {
      const { client, keys, server } = await handshake({ srtpProfiles: profiles }, (test) => test.keys.length > 0 && test.client.connected);
      const [made] = keys;
      const theirs = client.extractSessionKeys(16, saltLength);
      assert.equal(made?.suite, suite);
      assert.equal(client.srtp.srtpProfile, id);
      assert.deepEqual(made?.local, Buffer.concat([theirs.remoteKey, theirs.remoteSalt]));
      assert.deepEqual(made?.remote, Buffer.concat([theirs.localKey, theirs.localSalt]));
      server.close();
    });
  }

  it('refuses a certificate that was not announced', async () => {
    const { failed, keys, toClient } = await handshake({ fingerprints: [{ hash: 'sha-256', value: createIdentity().fingerprint }] });
    assert.deepEqual(failed, ['fingerprint']);
    assert.equal(keys.length, 0);
    assert.equal(toClient.at(-1)?.[0], CONTENT.alert);
  });

  it('refuses who shows a certificate without having its key', async () => {
    const { certPem, signatureHash } = await certificateOfTests();
    const privateKey = createIdentity().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { failed, keys } = await handshake({ certificate: { certPem, privateKey, signatureHash } });
    assert.deepEqual(failed, ['proof']);
    assert.equal(keys.length, 0);
  });

  it('refuses a handshake that ends differently from how it went', async () => {
    const test = await connectDtls();
    const { cipher } = test.client;
    const verifyData = cipher.verifyData.bind(cipher);
    cipher.verifyData = (handshakes) => verifyData(Buffer.concat([handshakes, Buffer.of(0)]));
    test.client.connect().catch(() => {});
    while (test.failed.length + test.keys.length === 0) await turn();
    test.stop();
    assert.deepEqual(test.failed, ['proof']);
  });

  it('refuses a client without SRTP, and one whose secret would not be bound to its handshake', async () => {
    assert.deepEqual((await handshake({ srtpProfiles: [] })).failed, ['handshake']);
    assert.deepEqual((await handshake({ extendedMasterSecret: false })).failed, ['handshake']);
  });

  it('puts messages together that come in pieces, twice and in the wrong order', async () => {
    const { keys, server } = await handshake({ toServer: (datagram) => shred(datagram, 23).toReversed() }, (test) => test.keys.length > 0 || test.failed.length > 0);
    assert.equal(keys.length, 1);
    server.close();
  });

  it('repeats itself until the client goes on, and no longer', async () => {
    const timers = virtualTimers();
    const { toClient, server } = await handshake({ timers, toClient: () => [] }, (test) => test.toClient.length > 0);
    assert.equal(toClient.length, 1);
    await timers.advance(250);
    await timers.advance(500);
    assert.equal(toClient.length, 3);
    const messages = toClient.map((datagram) => readRecords(datagram).map(({ fragment }) => fragment.toString('hex')));
    assert.deepEqual(messages[2], messages[0]);
    server.close();
    assert.equal(timers.pending(), 0);
    assert.deepEqual(readRecords(toClient.at(-1) ?? Buffer.alloc(0)).map(({ type, fragment }) => [type, ...fragment]), [[CONTENT.alert, 1, 0]]);
  });

  it('answers again who did not hear the end, and does so at a bearable rate', async () => {
    const timers = virtualTimers();
    const { toServer, toClient, server } = await handshake({ timers });
    const last = toServer.at(-1) ?? Buffer.alloc(0);
    const before = toClient.length;
    for (let i = 0; i < 50; i += 1) server.receive(last);
    assert.equal(toClient.length, before);
    await timers.advance(30);
    for (let i = 0; i < 50; i += 1) server.receive(last);
    assert.equal(toClient.length, before + 1);
    server.close();
  });

  it('is not moved by what comes in the clear after the handshake', async () => {
    const { server, toServer, failed, closed, keys } = await handshake();
    server.receive(createRecordWriter().plain(CONTENT.alert, Buffer.of(2, 40)));
    server.receive(createRecordWriter().plain(CONTENT.alert, Buffer.of(1, 0)));
    server.receive(createRecordWriter().plain(CONTENT.handshake, writeMessage(20, 4, Buffer.alloc(12))));
    for (const datagram of toServer) server.receive(datagram);
    assert.deepEqual([failed.length, closed(), keys.length], [0, false, 1]);
    server.close();
  });

  it('survives whatever comes instead of each message', async () => {
    const { toServer, server } = await handshake();
    server.close();
    const flights = toServer.filter((datagram) => datagram.length > 0);
    const fingerprints = await fingerprintsOfTests();
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(255)), { maxLength: 6 }), fc.uint8Array({ maxLength: 80 }), (changes, tail) => {
      let sent = 0;
      const ended: string[] = [];
      const target = createDtlsServer({
        identity: IDENTITY, fingerprints, timers: virtualTimers(), send: (datagram) => { sent += datagram.length; },
        onKeys: () => { ended.push('keys'); }, onFailed: (why) => { ended.push(why); }, onClosed: () => { ended.push('closed'); },
      });
      for (const flight of flights) {
        const datagram = Buffer.concat([flight, tail]);
        for (const [which, place, value] of changes) if (which % 2 === 0) datagram[place % datagram.length] = value;
        target.receive(datagram);
      }
      target.receive(Buffer.from(tail));
      target.close();
      // The recorded client has other randoms, so it cannot come to an agreement.
      assert.ok(!ended.includes('keys') && ended.length <= 1 && sent < 6_000);
    }), { numRuns: 150 });
  });
});

const IDENTITY = createIdentity();

describe('what DTLS is made of', () => {
  it('makes certificates that others can read', () => {
    const { certificate, fingerprint, privateKey } = createIdentity();
    const read = new X509Certificate(certificate);
    assert.equal(read.fingerprint256, fingerprint);
    assert.equal(read.verify(read.publicKey), true);
    assert.equal(read.checkPrivateKey(privateKey), true);
    assert.equal(read.subject, 'CN=WebRTC');
    assert.ok(Date.parse(read.validFrom) < Date.now() && Date.parse(read.validTo) > Date.now());
    assert.notEqual(createIdentity().fingerprint, fingerprint);
  });

  it('knows a certificate by any strong fingerprint, and by no weak one', () => {
    const { certificate } = IDENTITY;
    const read = new X509Certificate(certificate);
    assert.equal(isAnnounced(certificate, [{ hash: 'sha-1', value: read.fingerprint }]), false);
    assert.equal(isAnnounced(certificate, [{ hash: 'SHA-256', value: read.fingerprint256.toLowerCase() }]), true);
    assert.equal(isAnnounced(certificate, [{ hash: 'sha-1', value: '00' }, { hash: 'sha-512', value: read.fingerprint512 }]), true);
    assert.equal(isAnnounced(certificate, []), false);
  });

  it('comes to the same key from both ends, by either curve', () => {
    for (const group of [GROUPS.x25519, GROUPS.secp256r1]) {
      const [one, other] = [createKeyShare([group]), createKeyShare([group])];
      assert.ok(one !== undefined && other !== undefined);
      assert.deepEqual(one.agree(other.publicKey), other.agree(one.publicKey));
      assert.throws(() => one.agree(Buffer.alloc(one.publicKey.length)));
      assert.throws(() => one.agree(Buffer.alloc(3, 4)));
    }
    assert.equal(createKeyShare([0x11ec]), undefined);
  });

  it('derives as the published vector of the pseudorandom function says', () => {
    // https://mailarchive.ietf.org/arch/msg/tls/fzVCzk-z3FShgGJ6DOXqM1ydxms
    const secret = Buffer.from('9bbe436ba940f017b17652849a71db35', 'hex');
    const seed = Buffer.from('a0ba9f936cda311827a6f796ffd5198c', 'hex');
    assert.equal(pseudorandom(secret, 'test label', seed, 100).toString('hex').slice(0, 64), 'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a');
  });

  it('deciphers what was ciphered, and nothing that was changed', () => {
    const [key, salt] = [Buffer.alloc(16, 1), Buffer.alloc(4, 2)];
    const written = createRecordWriter().ciphered(CONTENT.alert, Buffer.of(1, 0), key, salt);
    const [record] = readRecords(written);
    assert.deepEqual(record && decipher(record, key, salt), Buffer.of(1, 0));
    for (let at = 0; at < written.length; at += 1) {
      const changed = Buffer.from(written);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      const [read] = readRecords(changed);
      // The version at the record layer is not looked at, but for its first byte.
      if (at !== 2) assert.equal(read === undefined ? undefined : decipher(read, key, salt), undefined, `byte ${at}`);
    }
  });
});
