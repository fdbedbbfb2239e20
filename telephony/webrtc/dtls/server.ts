import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sizesOf, type SrtpSuite } from '../../rtp/srtp-keys.ts';
import type { Timers } from '../../timers.ts';
import { createAssembly, HANDSHAKE, writeMessage, type HandshakeMessage } from './handshake.ts';
import {
  isSignedBy, readCertificate, readClientHello, readKeyExchange, writeCertificate, writeCertificateRequest, writeKeyExchange, writeServerHello, type ClientHello,
} from './hello.ts';
import { isAnnounced, type Fingerprint, type Identity } from './identity.ts';
import { CONTENT, createRecordWriter, decipher, readRecords } from './record.ts';
import { createKeyShare, deriveSecrets, pseudorandom, sha256, verifyData, type KeyShare, type Secrets } from './secrets.ts';

/** The master keys of both directions of SRTP, each with its salt behind it (RFC 5764 4.2). */
export interface SrtpKeys {
  readonly suite: SrtpSuite;
  readonly local: Buffer;
  readonly remote: Buffer;
}

export type DtlsFailure =
  /** Not a handshake that we can follow, or nothing in common. */
  | 'handshake'
  /** The certificate is not the announced one. */
  | 'fingerprint'
  /** Who speaks has not the key of the certificate, or the handshake was tampered with. */
  | 'proof'
  /** The peer gave up. */
  | 'alert';

export interface DtlsServerOptions {
  readonly identity: Identity;
  /** Whose certificate it must be. */
  readonly fingerprints: readonly Fingerprint[];
  readonly timers: Timers;
  readonly send: (datagram: Buffer) => void;
  readonly onKeys: (keys: SrtpKeys) => void;
  readonly onFailed: (why: DtlsFailure) => void;
  /** The peer said good-bye. */
  readonly onClosed: () => void;
}

/**
 * The passive side of DTLS 1.2 (RFC 6347), as much as DTLS-SRTP needs (RFC 5764): one cipher suite, a certificate wanted
 * and checked from either side, no renegotiation, no resumption, no data. What comes here comes from an address that ICE has proved.
 */
export interface DtlsServer {
  readonly receive: (datagram: Buffer) => void;
  readonly close: () => void;
}

/** RFC 6347 4.2.4.1 begins at a second; ICE has shown by now that the way is short, and others begin at 50 ms. */
const FIRST_RETRANSMIT_MS = 250;
const LAST_RETRANSMIT_MS = 8_000;
/** Who repeats itself gets an answer, but not at any rate. */
const MIN_REPEAT_MS = 20;
/** Datagrams that every path takes (RFC 8261 5). */
const MAX_DATAGRAM = 1_200;
/** Nobody needs more turns than this; the deadline of the connection ends it anyway. */
const MAX_HANDSHAKE = 65_536;

const ALERT = { closeNotify: 0, handshakeFailure: 40, badCertificate: 42, decryptError: 51 } as const;
const ALERT_OF: Readonly<Record<DtlsFailure, number>> = {
  handshake: ALERT.handshakeFailure, fingerprint: ALERT.badCertificate, proof: ALERT.decryptError, alert: ALERT.closeNotify,
};

/** What has been agreed on after the hellos. */
interface Greeted {
  readonly hello: ClientHello;
  readonly random: Buffer;
  readonly share: KeyShare;
}

export function createDtlsServer({ identity, fingerprints, timers, send, onKeys, onFailed, onClosed }: DtlsServerOptions): DtlsServer {
  const records = createRecordWriter();
  const assembly = createAssembly();
  let state: 'waiting' | 'greeted' | 'open' | 'ended' = 'waiting';
  let greeted: Greeted | undefined;
  let certificate: Buffer | undefined;
  let isProved = false;
  let secrets: Secrets | undefined;
  /** All that was said in whole, for hashes and signatures (RFC 5246 7.4.8, 7.4.9). */
  let transcript = Buffer.alloc(0);
  let sequence = 0;
  /** Sends the last flight once more. */
  let repeat: () => void = () => {};
  let repeatedAt = 0;
  let stopTimer: () => void = () => {};

  const note = (message: Uint8Array): void => { transcript = Buffer.concat([transcript, message]); };

  const say = (type: number, body: Uint8Array): Buffer => {
    const message = writeMessage(type, sequence, body);
    sequence += 1;
    note(message);
    return message;
  };

  /** As few datagrams as hold them. */
  const sendTogether = (written: readonly Buffer[]): void => {
    let batch: Buffer[] = [];
    let size = 0;
    for (const record of written) {
      if (size + record.length > MAX_DATAGRAM && batch.length > 0) {
        send(Buffer.concat(batch));
        batch = [];
        size = 0;
      }
      batch.push(record);
      size += record.length;
    }
    if (batch.length > 0) send(Buffer.concat(batch));
  };

  const end = (): void => {
    state = 'ended';
    stopTimer();
    repeat = () => {};
  };

  const sendAlert = (level: number, description: number): void => {
    const alert = Buffer.of(level, description);
    if (secrets === undefined || state !== 'open') send(records.plain(CONTENT.alert, alert));
    else send(records.ciphered(CONTENT.alert, alert, secrets.serverKey, secrets.serverSalt));
  };

  const fail = (why: DtlsFailure): void => {
    if (why !== 'alert') sendAlert(2, ALERT_OF[why]);
    end();
    onFailed(why);
  };

  /** The first flight of ours is repeated until the client goes on (RFC 6347 4.2.4). */
  const keepRepeating = (ms: number): void => {
    stopTimer = timers.after(ms, () => {
      repeat();
      keepRepeating(Math.min(ms * 2, LAST_RETRANSMIT_MS));
    });
  };

  const repeatOnRequest = (): void => {
    if (timers.now() - repeatedAt < MIN_REPEAT_MS) return;
    repeatedAt = timers.now();
    repeat();
  };

  const greet = ({ body, whole }: HandshakeMessage): void => {
    const hello = readClientHello(body);
    const share = hello === undefined ? undefined : createKeyShare(hello.groups);
    if (hello === undefined || share === undefined) {
      fail('handshake');
      return;
    }
    const random = randomBytes(32);
    greeted = { hello, random, share };
    note(whole);
    const flight = [
      say(HANDSHAKE.serverHello, writeServerHello(hello, random)),
      say(HANDSHAKE.certificate, writeCertificate(identity)),
      say(HANDSHAKE.serverKeyExchange, writeKeyExchange(identity, share, hello.random, random)),
      say(HANDSHAKE.certificateRequest, writeCertificateRequest()),
      say(HANDSHAKE.serverHelloDone, Buffer.alloc(0)),
    ];
    state = 'greeted';
    repeatedAt = timers.now();
    repeat = () => { sendTogether(flight.map((message) => records.plain(CONTENT.handshake, message))); };
    repeat();
    keepRepeating(FIRST_RETRANSMIT_MS);
  };

  const agree = ({ hello, random, share }: Greeted, { body, whole }: HandshakeMessage): void => {
    const theirs = readKeyExchange(body);
    if (theirs === undefined || certificate === undefined || secrets !== undefined) {
      fail('handshake');
      return;
    }
    note(whole);
    try {
      secrets = deriveSecrets(share.agree(theirs), sha256(transcript), hello.random, random);
    } catch {
      // A point that is not on the curve.
      fail('handshake');
    }
  };

  const open = ({ hello, random }: Greeted, derived: Secrets): void => {
    stopTimer();
    const finished = say(HANDSHAKE.finished, verifyData(derived.master, 'server finished', transcript));
    repeat = () => {
      sendTogether([
        records.plain(CONTENT.changeCipherSpec, Buffer.of(1)),
        records.ciphered(CONTENT.handshake, finished, derived.serverKey, derived.serverSalt),
      ]);
    };
    state = 'open';
    repeatedAt = timers.now();
    repeat();
    onKeys(exportKeys(hello, random, derived));
  };

  const takeMessage = (message: HandshakeMessage): void => {
    if (state === 'waiting') {
      if (message.type === HANDSHAKE.clientHello) greet(message);
      else fail('handshake');
      return;
    }
    if (state !== 'greeted' || greeted === undefined) return;
    switch (message.type) {
      case HANDSHAKE.certificate:
        certificate = certificate === undefined ? readCertificate(message.body) : undefined;
        if (certificate === undefined || secrets !== undefined) fail('handshake');
        else if (isAnnounced(certificate, fingerprints)) note(message.whole);
        else fail('fingerprint');
        return;
      case HANDSHAKE.clientKeyExchange:
        agree(greeted, message);
        return;
      case HANDSHAKE.certificateVerify:
        if (certificate === undefined || secrets === undefined || isProved) fail('handshake');
        else if (isSignedBy(certificate, message.body, transcript)) {
          isProved = true;
          note(message.whole);
        } else fail('proof');
        return;
      case HANDSHAKE.finished:
        if (secrets === undefined || !isProved) {
          fail('handshake');
          return;
        }
        if (!isSame(message.body, verifyData(secrets.master, 'client finished', transcript))) {
          fail('proof');
          return;
        }
        note(message.whole);
        open(greeted, secrets);
        return;
      default:
        fail('handshake');
    }
  };

  const takeHandshake = (fragments: Buffer, isCiphered: boolean): void => {
    const before = assembly.next();
    // Finished comes ciphered, and nothing else does (RFC 5246 7.4.9).
    const messages = assembly.push(fragments, (type) => (type === HANDSHAKE.finished) === isCiphered);
    for (const message of messages) {
      if (state === 'ended') return;
      if (transcript.length > MAX_HANDSHAKE) fail('handshake');
      else takeMessage(message);
    }
    // What it has said before it says again because it did not hear our answer (RFC 6347 4.2.4).
    const isOld = messages.length === 0 && fragments.length >= 6 && fragments.readUInt16BE(4) < before;
    if (isOld && (state === 'greeted' || (state === 'open' && isCiphered))) repeatOnRequest();
  };

  const takeAlert = (alert: Buffer, isCiphered: boolean): void => {
    const [level, description] = alert;
    if (state === 'open') {
      // In the clear it may be anybody's.
      if (isCiphered && (level === 2 || description === ALERT.closeNotify)) {
        end();
        onClosed();
      }
    } else if (level === 2 || description === ALERT.closeNotify) fail('alert');
  };

  return {
    receive: (datagram) => {
      for (const record of readRecords(datagram)) {
        if (state === 'ended') return;
        const isCiphered = record.epoch === 1;
        if (record.epoch > 1 || (isCiphered && secrets === undefined)) continue;
        // Nobody has data to say: what claims to be some is not even deciphered.
        if (record.type !== CONTENT.handshake && record.type !== CONTENT.alert) continue;
        const said = isCiphered && secrets !== undefined ? decipher(record, secrets.clientKey, secrets.clientSalt) : record.fragment;
        if (said === undefined) continue;
        if (record.type === CONTENT.alert) takeAlert(said, isCiphered);
        else takeHandshake(said, isCiphered);
      }
    },
    close: () => {
      if (state === 'ended') return;
      if (state !== 'waiting') sendAlert(1, ALERT.closeNotify);
      end();
    },
  };
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** RFC 5764 4.2: the client's key, the server's key, the client's salt, the server's salt. */
function exportKeys({ random: clientRandom, profile }: ClientHello, serverRandom: Uint8Array, { master }: Secrets): SrtpKeys {
  const { keyBytes, saltBytes } = sizesOf(profile.suite);
  const material = pseudorandom(master, 'EXTRACTOR-dtls_srtp', Buffer.concat([clientRandom, serverRandom]), 2 * (keyBytes + saltBytes));
  const keySalt = (place: 0 | 1): Buffer => {
    const salt = 2 * keyBytes + place * saltBytes;
    return Buffer.concat([material.subarray(place * keyBytes, (place + 1) * keyBytes), material.subarray(salt, salt + saltBytes)]);
  };
  return { suite: profile.suite, remote: keySalt(0), local: keySalt(1) };
}
