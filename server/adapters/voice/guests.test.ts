import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { CAUSE } from '@parley/core/call/call.ts';
import { buildRequest } from '../../../telephony/sip/message/build.ts';
import { readChallenge, writeCredentials } from '../../../telephony/sip/message/challenge.ts';
import { answerChallenge } from '../../../telephony/sip/message/digest.ts';
import type { SipResponse } from '../../../telephony/sip/message/message.ts';
import { readMessage } from '../../../telephony/sip/message/read-message.ts';
import { writeMessage } from '../../../telephony/sip/message/write-message.ts';
import { createWebSocketEntry } from '../../../telephony/sip/transport/websocket-entry.ts';
import { createTestPhones } from '../../../telephony/testing/phones.ts';
import type { Guests } from '../../engine/guests.ts';
import type { VoiceReport } from '../../engine/voice.ts';
import { openTelephony, type Telephony } from './telephony.ts';

const LOCALHOST = '127.0.0.1';
const GUEST = 'guest-one';
const SECRET = 'secret-of-a-token';
const PHONE = '8001';

/** One guest, who may call 1000 once. */
let guest: { uses: number; isKnown: boolean };
const guests: Guests = {
  isGuest: (user) => user.startsWith('guest-'),
  secretOf: (user) => (user === GUEST && guest.isKnown ? SECRET : undefined),
  use: (user, called) => {
    if (user !== GUEST || called !== '1000' || guest.uses === 0) return undefined;
    guest.uses -= 1;
    return { caller: '13700000001' };
  },
  isOf: () => true,
};

const reports: VoiceReport[] = [];
let telephony: Telephony;
let server: Server;
let folder: string;
let sequence = 0;
const sockets = new Set<WebSocket>();

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-guests-'));
  const missing = (): Promise<undefined> => Promise.resolve(undefined);
  telephony = await openTelephony({
    listen: [{ kind: 'UDP', address: LOCALHOST, port: 0 }], advertised: LOCALHOST, realm: 'parley', threads: 1, trusted: ['127.0.0.0/8'], guests,
    // A carrier at the address of all tests: browsers there are none of its calls.
    trunks: [{ name: 'carrier', peers: [{ host: LOCALHOST, port: 9, kind: 'UDP' }], networks: [`${LOCALHOST}/32`], healthMs: 0 }],
    makeFlows: () => ({ begin: () => Promise.resolve('unknownFlow' as never), key: () => undefined, end: () => undefined }),
    media: { address: LOCALHOST, advertised: LOCALHOST, ports: { from: 45_000, to: 45_099 }, codecs: ['PCMA'], music: undefined, silentMs: 30_000 },
    secretsOf: (number) => Promise.resolve(number === PHONE ? ['phone-secret'] : []),
    isPhone: (number) => Promise.resolve(number === PHONE),
    files: { toPlay: missing, toRecord: (file) => Promise.resolve(join(folder, file)), stored: missing, toRecordOf: () => Promise.resolve({ file: 'x', path: join(folder, 'x') }) },
    onFault: (message, details) => { if (process.env['PARLEY_TEST_LOG'] !== undefined) console.error(message, details); },
  });
  telephony.port.subscribe((report) => { reports.push(report); });
  const entry = createWebSocketEntry({ transports: telephony.transports });
  server = createServer().on('upgrade', (request, socket, head) => { if (!entry.upgrade(request, socket, head)) socket.destroy(); });
  server.listen(0, LOCALHOST);
  await once(server, 'listening');
});
after(async () => {
  for (const socket of sockets) socket.terminate();
  server.close();
  await telephony.stop();
  rmSync(folder, { recursive: true });
});
afterEach(async () => {
  const legs = reports.flatMap((report) => (report.kind === 'incoming' ? [report.leg] : []));
  for (const leg of legs) await telephony.port.perform({ kind: 'drop', leg, cause: CAUSE.released });
  reports.length = 0;
});

const OFFER = [
  'v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 0', 'a=rtpmap:0 PCMU/8000', 'a=mid:0', 'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx', `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`, 'a=setup:actpass', 'a=rtcp-mux', 'a=sendrecv', '',
].join('\r\n');

interface Attempt {
  readonly method?: string;
  readonly user?: string;
  readonly password?: string;
  readonly from?: string;
  readonly called?: string;
}

/** A browser's phone, as far as an answer to one request: it answers a challenge once. */
async function attempt({ method = 'INVITE', user = GUEST, password = SECRET, from = user, called = '1000' }: Attempt = {}): Promise<readonly number[]> {
  const web = new WebSocket(`ws://${LOCALHOST}:${(server.address() as AddressInfo).port}/sip`, 'sip');
  sockets.add(web);
  const answers: SipResponse[] = [];
  web.on('message', (data) => {
    const read = readMessage(data as Buffer);
    if (!read.ok || read.message.kind !== 'response' || read.message.status === 100) return;
    answers.push(read.message);
    if (method === 'INVITE' && read.message.status >= 300) acknowledge(read.message);
    web.emit('answered');
  });
  await once(web, 'open');
  sequence += 1;
  const uri = `sip:${method === 'REGISTER' ? '' : `${called}@`}parley`;
  const send = (cseq: number, headers: Readonly<Record<string, string>>): void => {
    const request = buildRequest({
      method, uri, from: `<sip:${from}@parley>;tag=t${sequence}`, to: `<sip:${method === 'REGISTER' ? from : called}@parley>`, callId: `call-${sequence}`, cseq,
      headers: { Contact: '<sip:x@page.invalid;transport=ws>', ...headers }, ...(method === 'INVITE' ? { body: { contentType: 'application/sdp', content: OFFER } } : {}),
    });
    request.headers.prepend('Via', `SIP/2.0/WS page.invalid;branch=z9hG4bK${sequence}x${cseq}`);
    web.send(writeMessage(request));
  };
  /** What was refused is acknowledged, or it would be told again for half a minute (RFC 3261 17.1.1.3). */
  const acknowledge = ({ headers }: SipResponse): void => {
    const cseq = Number.parseInt(headers.get('CSeq') ?? '', 10);
    const ack = buildRequest({ method: 'ACK', uri, from: headers.get('From') ?? '', to: headers.get('To') ?? '', callId: headers.get('Call-ID') ?? '', cseq });
    ack.headers.prepend('Via', headers.get('Via') ?? '');
    web.send(writeMessage(ack));
  };
  const answered = async (count: number): Promise<SipResponse> => {
    while (answers.length < count) await once(web, 'answered', { signal: AbortSignal.timeout(5000) });
    const answer = answers[count - 1];
    assert.ok(answer !== undefined);
    return answer;
  };
  send(1, {});
  const first = await answered(1);
  const challenge = readChallenge(first.headers.get('WWW-Authenticate') ?? '');
  if (challenge === undefined) return [first.status];
  const credentials = answerChallenge(challenge, { user, password }, method, uri, 'cnonce', 1);
  assert.ok(credentials !== undefined);
  send(2, { Authorization: writeCredentials(credentials) });
  return [first.status, (await answered(2)).status];
}

const arrived = (): readonly (readonly [string, string])[] => reports.flatMap((report) => (report.kind === 'incoming' ? [[report.caller, report.called] as const] : []));

describe('a guest', () => {
  test('calls the number that its token is for, once', async () => {
    guest = { uses: 1, isKnown: true };
    assert.deepEqual(await attempt(), [401, 180]);
    assert.deepEqual(arrived(), [['13700000001', '1000']]);
    assert.deepEqual(reports.flatMap((report) => (report.kind === 'incoming' ? [report.unverified] : [])), [true], 'the number is what the page says');
    assert.deepEqual(await attempt(), [401, 403]);
    assert.equal(arrived().length, 1);
  });

  test('calls no other number, phone or outside line', async () => {
    guest = { uses: 1, isKnown: true };
    for (const called of ['1001', PHONE, '0049301234', '10001', GUEST]) assert.deepEqual(await attempt({ called }), [401, 403], called);
    assert.deepEqual([arrived().length, guest.uses], [0, 1]);
  });

  test('registers nothing', async () => {
    guest = { uses: 1, isKnown: true };
    assert.deepEqual(await attempt({ method: 'REGISTER' }), [401, 401]);
    assert.deepEqual(telephony.registrar.bindingsOf({ user: GUEST, realm: 'parley' }), []);
  });

  test('is nobody with a wrong secret, and nobody else with its own', async () => {
    guest = { uses: 1, isKnown: true };
    assert.deepEqual(await attempt({ password: 'wrong' }), [401, 401]);
    assert.deepEqual(await attempt({ from: PHONE }), [401, 403]);
    guest.isKnown = false;
    assert.deepEqual(await attempt(), [401, 401]);
    assert.deepEqual(arrived(), []);
  });

  test('comes by WebSocket only', async () => {
    guest = { uses: 1, isKnown: true };
    const [listening] = telephony.transports.listening;
    assert.ok(listening !== undefined);
    // Not from the carrier's address, which needs no password.
    telephony.trunks.configure([]);
    const phones = await createTestPhones(listening.place, { from: 45_100, to: 45_149 });
    try {
      const phone = phones.phone(GUEST, 440);
      assert.notEqual(await phone.register(SECRET), 200);
      await phone.call('1000');
      while (phone.state() === 'ringing') await new Promise((resolve) => { setImmediate(resolve); });
      assert.deepEqual([phone.state(), guest.uses, arrived()], ['gone', 1, []]);
    } finally {
      await phones.stop();
    }
  });
});

describe('an agent\'s phone in a browser', () => {
  test('registers with its password and is called by its WebSocket', async () => {
    assert.deepEqual(await attempt({ method: 'REGISTER', user: PHONE, password: 'phone-secret' }), [401, 200]);
    const [binding, ...others] = telephony.registrar.bindingsOf({ user: PHONE, realm: 'parley' });
    assert.deepEqual([binding?.channel.kind, others.length], ['WS', 0]);
  });

  test('calls in as its number, also from the address of a carrier', async () => {
    assert.deepEqual(await attempt({ user: PHONE, password: 'phone-secret' }), [401, 180]);
    assert.deepEqual(arrived(), [[PHONE, '1000']]);
  });
});
