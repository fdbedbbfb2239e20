import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAddress, readAddresses, tagOf } from './address.ts';
import { readAuth, readCredentials } from './challenge.ts';
import { readCSeq } from './cseq.ts';
import { readNumber } from './grammar.ts';
import type { SipRequest, SipResponse } from './message.ts';
import { readMessage } from './read-message.ts';
import { rfc4475 } from './test-data/messages.ts';
import { readUri } from './uri.ts';
import { isValidResponse, validateRequest } from './validate.ts';
import { BRANCH_COOKIE, readVia, topVia } from './via.ts';

function bytesOf(section: string): Buffer {
  const found = rfc4475.find((one) => one.section === section);
  assert.ok(found !== undefined, `there is no message ${section}`);
  return found.bytes;
}

function requestOf(section: string): SipRequest {
  const read = readMessage(bytesOf(section));
  assert.ok(read.ok && read.message.kind === 'request', JSON.stringify(read));
  return read.message;
}

function responseOf(section: string): SipResponse {
  const read = readMessage(bytesOf(section));
  assert.ok(read.ok && read.message.kind === 'response', JSON.stringify(read));
  return read.message;
}

/** What becomes of each: `ok`, the status that a request is answered with, or `dropped`. */
const OUTCOMES: Readonly<Record<string, 'ok' | 'dropped' | 400 | 416 | 420 | 505>> = {
  '3.1.1.1': 'ok', '3.1.1.2': 'ok', '3.1.1.3': 'ok', '3.1.1.4': 'ok', '3.1.1.5': 'ok', '3.1.1.6': 'ok', '3.1.1.7': 'ok', '3.1.1.8': 'ok',
  '3.1.1.9': 'ok', '3.1.1.10': 'ok', '3.1.1.11': 'ok', '3.1.1.12': 'ok', '3.1.1.13': 'ok',
  '3.1.2.1': 400, '3.1.2.2': 400, '3.1.2.3': 400, '3.1.2.4': 400, '3.1.2.5': 'dropped', '3.1.2.6': 400, '3.1.2.7': 400, '3.1.2.8': 400,
  // The RFC leaves it to us whether we are strict or read what was meant.
  '3.1.2.9': 'ok', '3.1.2.10': 'ok', '3.1.2.12': 'ok', '3.1.2.14': 'ok', '3.1.2.15': 'ok',
  '3.1.2.11': 400, '3.1.2.13': 400, '3.1.2.16': 505, '3.1.2.17': 400, '3.1.2.18': 400, '3.1.2.19': 'dropped',
  '3.2.1': 'ok',
  '3.3.1': 400, '3.3.2': 416, '3.3.3': 416, '3.3.4': 'ok', '3.3.5': 420,
  // These are well-formed; what is wrong with them is for those who take the call or the registration.
  '3.3.6': 'ok', '3.3.7': 'ok', '3.3.15': 'ok',
  '3.3.8': 400, '3.3.9': 400, '3.3.10': 'ok', '3.3.11': 'ok', '3.3.12': 'ok', '3.3.13': 'ok', '3.3.14': 'ok',
  '3.4.1': 'ok',
};

/** The statuses of what is refused as it is read. */
const UNREADABLE: Readonly<Record<string, number>> = { 'version-unsupported': 505 };

describe('the messages of RFC 4475', () => {
  it('are all there', () => {
    assert.deepEqual(rfc4475.map(({ section }) => section).toSorted(), Object.keys(OUTCOMES).toSorted());
  });

  for (const { section, name, bytes } of rfc4475) {
    const outcome = OUTCOMES[section];
    it(`${section} ${name}: ${outcome}`, () => {
      const read = readMessage(bytes);
      if (!read.ok) {
        if (outcome === 'dropped') assert.equal(read.request, undefined);
        else assert.deepEqual([read.request !== undefined, UNREADABLE[read.why] ?? 400], [true, outcome]);
      } else if (read.message.kind === 'response') assert.equal(isValidResponse(read.message) ? 'ok' : 'dropped', outcome);
      else assert.equal(validateRequest(read.message, { supported: [] })?.status ?? 'ok', outcome);
    });
  }
});

describe('what RFC 4475 says of them', () => {
  it('3.1.1.1: folded, quoted, compact and in any case', () => {
    const { headers, uri, body } = requestOf('3.1.1.1');
    assert.equal(uri, 'sip:vivekg@chair-dnrc.example.com;unknownparam');
    assert.equal(tagOf(headers.get('To')), '1918181833n');
    assert.deepEqual(readAddress(headers.get('From') ?? ''), { display: 'J Rosenberg \\"', uri: 'sip:jdrosen@example.com', params: new Map([['tag', '98asjd8']]) });
    assert.equal(Number(headers.get('Max-Forwards')), 68);
    assert.deepEqual(readCSeq(headers.get('CSeq') ?? ''), { number: 9, method: 'INVITE' });
    assert.equal(headers.get('Subject'), '');
    assert.equal(headers.get('NewFangledHeader'), 'newfangled value continued newfangled value');
    assert.equal(headers.get('UnknownHeaderWithUnusualValue'), ';;,,;;,;');
    assert.deepEqual(headers.list('Via').map(readVia), [
      { transport: 'UDP', host: '192.0.2.2', params: new Map([['branch', '390skdjuw']]) },
      { transport: 'TCP', host: 'spindle.example.com', params: new Map([['branch', 'z9hG4bK9ikj8']]) },
      { transport: 'UDP', host: '192.168.255.111', params: new Map([['branch', 'z9hG4bK30239']]) },
    ]);
    assert.deepEqual(readAddresses(headers, 'Contact'), [{
      display: 'Quoted string ""', uri: 'sip:jdrosen@example.com', params: new Map([['newparam', 'newvalue'], ['secondparam', ''], ['q', '0.33']]),
    }]);
    assert.deepEqual(readAddresses(headers, 'Route'), [{ uri: 'sip:services.example.com;lr;unknownwith=value;unknown-no-value', params: new Map() }]);
    assert.equal(body.length, 150);
  });

  it('3.1.1.2: every character that may stand somewhere', () => {
    const { method, uri, headers } = requestOf('3.1.1.2');
    assert.equal(method, '!interesting-Method0123456789_*+`.%indeed\'~');
    const read = readUri(uri);
    assert.deepEqual([read?.user, read?.password, read?.host], ['1_unusual.URI~(to-be!sure)&isn\'t+it$/crazy?,/;;*', '&it+has=1,weird!*pas$wo~d_too.(doesn\'t-it)', 'example.com']);
    assert.equal(headers.get('To')?.slice(0, 22), '"BEL:\\\u0007 NUL:\\\0 DEL:\\\u007F"');
    assert.equal(readAddress(headers.get('To') ?? '')?.display, 'BEL: NUL: DEL:');
    const from = readAddress(headers.get('From') ?? '');
    assert.equal(from?.display, 'token1~` token2\'+_ token3*%!.-');
    assert.equal(from?.params.get('fromparam\'\'~+*_!.-%'), 'работающий');
    assert.equal(from?.params.get('tag'), '_token~1\'+`*%!-.');
    assert.equal(headers.get('Call-ID'), 'intmeth.word%ZK-!.*_+\'@word`~)(><:\\/"][?}{');
    assert.equal(headers.get('extensionHeader-!.%*+_`\'~'), '\uFEFF大停電');
  });

  it('3.1.1.3: escapes are undone once', () => {
    const { uri, headers } = requestOf('3.1.1.3');
    assert.equal(readUri(uri)?.user, 'sips:user@example.com');
    assert.equal(readUri(readAddress(headers.get('To') ?? '')?.uri ?? '')?.user, 'user');
    assert.equal(readUri(readAddress(headers.get('From') ?? '')?.uri ?? '')?.user, 'I have spaces');
    const contact = readUri(readAddresses(headers, 'Contact')[0]?.uri ?? '');
    assert.equal(contact?.user, 'caller');
    assert.deepEqual(contact?.params, new Map([['lr', ''], ['name', 'value%41']]));
  });

  it('3.1.1.4: escaped NULs end nothing', () => {
    const users = readAddresses(requestOf('3.1.1.4').headers, 'Contact').map(({ uri }) => readUri(uri)?.user);
    assert.deepEqual(users, ['\0', '\0\0']);
  });

  it('3.1.1.5: a per cent sign is only itself in methods, names of fields and display names', () => {
    const { method, headers } = requestOf('3.1.1.5');
    assert.equal(method, 'RE%47IST%45R');
    assert.equal(readAddress(headers.get('To') ?? '')?.display, '%Z%45');
    assert.equal(headers.get('C%6Fntact'), '<sip:alias2@host2.example.com>');
    assert.equal(headers.all('Contact').length, 2);
  });

  it('3.1.1.6: a display name without a blank after it', () => {
    assert.deepEqual(readAddress(requestOf('3.1.1.6').headers.get('From') ?? ''), { display: 'caller', uri: 'sip:caller@example.com', params: new Map([['tag', '323']]) });
  });

  it('3.1.1.7: long values and many of them', () => {
    const { headers } = requestOf('3.1.1.7');
    assert.equal(headers.list('Via').length, 34);
    assert.equal(tagOf(headers.get('From'))?.length, 155);
    const to = readUri(readAddress(headers.get('To') ?? '')?.uri ?? '');
    assert.deepEqual([to?.port, to?.params.size], [6000, 3]);
    assert.equal(readVia(headers.list('Via')[33] ?? '')?.params.get('branch')?.length, 215);
  });

  it('3.1.1.8: what comes behind a message in its datagram is passed over', () => {
    const { method, body } = requestOf('3.1.1.8');
    assert.deepEqual([method, body.length], ['REGISTER', 0]);
  });

  it('3.1.1.9: a user part with semicolons', () => {
    const uri = readUri(requestOf('3.1.1.9').uri);
    assert.deepEqual([uri?.user, uri?.host, uri?.params.size], ['user;par=u@example.net', 'example.com', 0]);
  });

  it('3.1.1.10: transports that nobody has', () => {
    assert.deepEqual(requestOf('3.1.1.10').headers.list('Via').map((value) => readVia(value)?.transport), ['UDP', 'SCTP', 'TLS', 'UNKNOWN', 'TCP']);
  });

  it('3.1.1.11: a body of any bytes', () => {
    const { body } = requestOf('3.1.1.11');
    assert.equal(body.length, 553);
    assert.deepEqual([...body.subarray(body.indexOf(0x82) - 1).subarray(0, 4)], [0x30, 0x82, 0x01, 0x52]);
  });

  it('3.1.1.12 and 13: any phrase, or none', () => {
    assert.deepEqual([responseOf('3.1.1.12').status, responseOf('3.1.1.12').reason], [200, '= 2**3 * 5**2 но сто девяносто девять - простое']);
    assert.deepEqual([responseOf('3.1.1.13').status, responseOf('3.1.1.13').reason], [100, '']);
  });

  it('3.1.2.4 and 5: numbers that are too large are the greatest there is, but not as CSeq', () => {
    const { headers } = requestOf('3.1.2.4');
    assert.equal(readCSeq(headers.get('CSeq') ?? ''), undefined);
    assert.equal(readNumber(headers.get('Expires') ?? ''), 4_294_967_295);
    assert.equal(readNumber(responseOf('3.1.2.5').headers.get('Retry-After') ?? ''), 4_294_967_295);
  });

  it('3.1.2.9 and 10: blanks too many in the start line', () => {
    assert.equal(requestOf('3.1.2.9').uri, 'sip:user@example.com');
    assert.equal(requestOf('3.1.2.10').uri, 'sip:remote-target@example.com');
  });

  it('3.1.2.14 and 15: blanks within brackets, commas in a name without quotes', () => {
    assert.deepEqual(readAddress(requestOf('3.1.2.14').headers.get('To') ?? ''), { display: 'Watson, Thomas', uri: 'sip:t.watson@example.org', params: new Map() });
    assert.equal(readAddress(requestOf('3.1.2.15').headers.get('From') ?? '')?.display, 'Bell, Alexander');
  });

  it('3.2.1: a branch that is nothing but the cookie', () => {
    assert.equal(topVia(requestOf('3.2.1').headers)?.params.get('branch'), BRANCH_COOKIE);
  });

  it('3.3.4: addresses of schemes that we do not know', () => {
    const { headers } = requestOf('3.3.4');
    assert.equal(readAddress(headers.get('To') ?? '')?.uri, 'isbn:2983792873');
    assert.equal(readUri('isbn:2983792873'), undefined);
  });

  it('3.3.5: the extensions that nobody has are named', () => {
    assert.deepEqual(validateRequest(requestOf('3.3.5'), { supported: [] })?.headers, { Unsupported: 'nothingSupportsThis, nothingSupportsThisEither' });
  });

  it('3.3.7: credentials of a scheme that nobody knows are none', () => {
    const value = requestOf('3.3.7').headers.get('Authorization') ?? '';
    assert.equal(readAuth(value)?.scheme, 'nooneknowsthisscheme');
    assert.equal(readCredentials(value), undefined);
  });

  it('3.3.11: no hops left, which stops calls but not the question who is there', () => {
    const options = requestOf('3.3.11');
    const invite: SipRequest = { ...options, method: 'INVITE', headers: options.headers.clone().set('CSeq', '1 INVITE') };
    assert.equal(validateRequest(options), undefined);
    assert.equal(validateRequest(invite)?.status, 483);
    assert.equal(validateRequest(invite, { isEndpoint: true }), undefined);
  });

  it('3.3.12 and 13: parameters behind a bare URI are of the field, those within brackets are of the URI', () => {
    const [bare] = readAddresses(requestOf('3.3.12').headers, 'Contact');
    const [bracketed] = readAddresses(requestOf('3.3.13').headers, 'Contact');
    assert.deepEqual(bare, { uri: 'sip:+19725552222@gw1.example.net', params: new Map([['unknownparam', '']]) });
    assert.deepEqual(bracketed, { uri: 'sip:+19725552222@gw1.example.net;unknownparam', params: new Map() });
  });

  it('3.3.14: a Contact with headers', () => {
    assert.deepEqual(readUri(readAddresses(requestOf('3.3.14').headers, 'Contact')[0]?.uri ?? '')?.headers, [['Route', '<sip:sip.example.com>']]);
  });

  it('3.4.1: a request of RFC 2543', () => {
    const { headers, body } = requestOf('3.4.1');
    assert.equal(tagOf(headers.get('From')), undefined);
    assert.equal(topVia(headers)?.params.get('branch'), undefined);
    assert.equal(body.length, 105);
  });
});
