import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAddress } from './address.ts';
import { responseTo } from './build.ts';
import { readAuth, readChallenge, readCredentials } from './challenge.ts';
import { readCSeq } from './cseq.ts';
import { splitAtCommas } from './headers.ts';
import type { SipMessage } from './message.ts';
import { readValue } from './params.ts';
import { readMessage } from './read-message.ts';
import { createStreamReader } from './stream-reader.ts';
import { rfc4475, rfc5118, typicalInvite } from './test-data/messages.ts';
import { readUri, writeUri } from './uri.ts';
import { isValidResponse, validateRequest } from './validate.ts';
import { readVia, writeVia } from './via.ts';
import { writeMessage } from './write-message.ts';

/**
 * Reads messages that are nearly right. Whatever comes, nothing throws; what was read and written is read as the same
 * again; and a stream gives the same however it is cut.
 */

const RUNS = Number(process.env['PARLEY_FUZZ_RUNS'] ?? 3000);
const SEED = Number(process.env['PARLEY_FUZZ_SEED'] ?? 20_261_121);

const CORPUS: readonly Buffer[] = [...rfc4475, ...rfc5118].map(({ bytes }) => bytes).concat(typicalInvite);

const PIECES = [
  '\r\n', '\n', '\r', '\0', ' ', '\t', ':', ';', ',', '"', '\\', '<', '>', '@', '%', '%00', '%zz', '=', '?', '[', ']', '[::1]', '::', '*', '/', '\r\n\r\n', '\r\n ', '\n\t',
  'SIP/2.0', 'sip:', 'tel:', 'Via: ', 'v:', 'Content-Length: ', 'l: 4294967296', 'Contact: *', 'Require: ', '__proto__: ', 'constructor', '-1', '99999999999999999999', 'é', '\u2028', 'z9hG4bK',
  'Authorization: Digest username="a", realm="b", nonce="c", uri="d", response="e"', 'WWW-Authenticate: Digest realm="a", nonce="b", qop="auth,auth-int"',
].map((text) => Buffer.from(text)).concat(Buffer.from([0xff]), Buffer.from([0xc3]), Buffer.alloc(9000, 0x61), Buffer.alloc(3000, ' ;'), Buffer.alloc(2000, '\r\n\t'));

type Draw = (below: number) => number;

/** The generator of Marsaglia's xorshift, 32 bits. */
function drawer(seed: number): Draw {
  let state = (seed | 0) || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function pick<T>(draw: Draw, from: readonly T[]): T {
  const found = from[draw(from.length)];
  assert.ok(found !== undefined);
  return found;
}

function mutate(bytes: Buffer, draw: Draw): Buffer {
  const at = draw(bytes.length + 1);
  const to = Math.min(bytes.length, at + draw(40));
  switch (draw(7)) {
    case 0: return Buffer.concat([bytes.subarray(0, at), pick(draw, PIECES), bytes.subarray(at)]);
    case 1: return Buffer.concat([bytes.subarray(0, at), pick(draw, PIECES), bytes.subarray(to)]);
    case 2: return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 3: return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    case 4: return bytes.subarray(0, at);
    case 5: return Buffer.concat([bytes.subarray(0, at), pick(draw, CORPUS).subarray(at)]);
    default: {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[at % copy.length] = draw(256);
      return copy;
    }
  }
}

function linesOf(message: SipMessage): unknown {
  const { headers, body, ...start } = message;
  return [start, [...headers].filter(([name]) => !/^(?:l|content-length)$/iu.test(name)), Buffer.from(body).toString('latin1')];
}

/** Reads every value as everything that it may be. */
function readAll(message: SipMessage): void {
  for (const [, value] of message.headers) {
    for (const part of [value, ...splitAtCommas(value)]) {
      const address = readAddress(part);
      if (address !== undefined) readUri(address.uri);
      const via = readVia(part);
      if (via !== undefined) assert.deepEqual(readVia(writeVia(via)), via);
      readCSeq(part);
      readValue(part);
    }
    readAuth(value);
    readChallenge(value);
    readCredentials(value);
  }
  if (message.kind === 'response') {
    isValidResponse(message);
    return;
  }
  validateRequest(message, { supported: [] });
  const uri = readUri(message.uri);
  if (uri !== undefined) assert.deepEqual(readUri(writeUri(uri)), uri);
  const answer = readMessage(writeMessage(responseTo(message, 400, undefined, { toTag: 't' })));
  assert.ok(answer.ok);
}

function streamed(bytes: Buffer, cut: () => number): readonly unknown[] {
  const told: unknown[] = [];
  const reader = createStreamReader({
    onMessage: (message) => { told.push(linesOf(message)); },
    onFault: ({ why, isFatal }) => { told.push([why, isFatal]); },
  });
  for (let at = 0; at < bytes.length;) {
    const size = cut();
    reader.feed(bytes.subarray(at, at + size));
    at += size;
  }
  return told;
}

function tryOne(bytes: Buffer, draw: Draw): void {
  const reading = readMessage(bytes);
  if (reading.ok) {
    readAll(reading.message);
    const again = readMessage(writeMessage(reading.message));
    assert.ok(again.ok, JSON.stringify(again));
    assert.deepEqual(linesOf(again.message), linesOf(reading.message));
  } else if (reading.request !== undefined) {
    const answer = readMessage(writeMessage(responseTo(reading.request, 400)));
    assert.ok(answer.ok, JSON.stringify(answer));
  }
  const piped = Buffer.concat([bytes, pick(draw, CORPUS)]);
  assert.deepEqual(streamed(piped, () => 1 + draw(200)), streamed(piped, () => piped.length));
}

test(`messages that are nearly right, ${RUNS} of them from seed ${SEED}`, (context) => {
  context.diagnostic(`PARLEY_FUZZ_SEED=${SEED}`);
  const draw = drawer(SEED);
  for (let run = 0; run < RUNS; run += 1) {
    let bytes = pick(draw, CORPUS);
    for (let times = 1 + draw(4); times > 0; times -= 1) bytes = mutate(bytes, draw);
    try {
      tryOne(bytes, draw);
    } catch (cause) {
      throw new Error(`run ${run} of seed ${SEED}: ${JSON.stringify(bytes.toString('latin1'))}`, { cause });
    }
  }
});
