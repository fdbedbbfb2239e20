import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildRequest, responseTo } from '../message/build.ts';
import { confirmDialog, dialogOfRequest, dialogOfResponse, nextUri, requestIn, takesInOrder, type Dialog } from './dialog.ts';

const invite = buildRequest({
  method: 'INVITE', uri: 'sip:bob@example.com', from: '<sip:anna@example.com>;tag=a', to: '"Bob" <sip:bob@example.com>', callId: 'c', cseq: 7,
  headers: { 'Contact': '<sip:anna@192.0.2.2>', 'Record-Route': ['<sip:p1;lr>, <sip:p2;lr>', '<sip:p3;lr>'], 'Allow': 'INVITE, bye' },
});

function dialogTo(routes: readonly string[]): Dialog {
  const made = dialogOfRequest(invite, 'b');
  assert(made !== undefined);
  return { ...made, routes };
}

describe('a dialog', () => {
  it('of an INVITE that came in has its routes in their order', () => {
    const dialog = dialogTo(dialogOfRequest(invite, 'b')?.routes ?? []);
    assert.deepEqual(dialog.routes, ['<sip:p1;lr>', '<sip:p2;lr>', '<sip:p3;lr>']);
    assert.deepEqual([dialog.target, dialog.remoteTag, dialog.remoteSequence], ['sip:anna@192.0.2.2', 'a', 7]);
    assert.deepEqual([...dialog.allows ?? []], ['INVITE', 'BYE']);
    const bye = requestIn(dialog, 'BYE');
    assert.deepEqual(['From', 'To', 'CSeq', 'Contact'].map((name) => bye.headers.get(name)), ['"Bob" <sip:bob@example.com>;tag=b', '<sip:anna@example.com>;tag=a', '1 BYE', undefined]);
    assert.equal(dialogOfRequest({ ...invite, headers: invite.headers.clone().remove('Contact') }, 'b'), undefined);
  });

  it('of an INVITE that went out has them the other way round, and those of the 2xx in the end', () => {
    const ringing = responseTo(invite, 180, undefined, { toTag: 'b', headers: { 'Record-Route': ['<sip:p1;lr>', '<sip:p2;lr>'], 'Contact': '<sip:bob@192.0.2.3>' } });
    const dialog = dialogOfResponse(invite, ringing);
    assert.deepEqual([dialog.routes, dialog.target, dialog.remoteTag], [['<sip:p2;lr>', '<sip:p1;lr>'], 'sip:bob@192.0.2.3', 'b']);
    confirmDialog(dialog, responseTo(invite, 200, undefined, { toTag: 'b', headers: { Contact: '<sip:bob@192.0.2.4>' } }));
    assert.deepEqual([dialog.routes, dialog.target], [[], 'sip:bob@192.0.2.4']);
    assert.equal(requestIn(dialog, 'BYE').headers.get('CSeq'), '8 BYE');
    assert.equal(requestIn(dialog, 'ACK', { sequence: 7 }).headers.get('CSeq'), '7 ACK');
  });

  it('goes through loose routers to the other end, and to strict ones with the other end behind them', () => {
    for (const { routes, uri, written, next } of [
      { routes: [], uri: 'sip:anna@192.0.2.2', written: [], next: 'sip:anna@192.0.2.2' },
      { routes: ['<sip:p1;lr>', '<sip:p2>'], uri: 'sip:anna@192.0.2.2', written: ['<sip:p1;lr>', '<sip:p2>'], next: 'sip:p1;lr' },
      { routes: ['<sip:p1?x=y>', '<sip:p2;lr>'], uri: 'sip:p1', written: ['<sip:p2;lr>', '<sip:anna@192.0.2.2>'], next: 'sip:p1?x=y' },
    ]) {
      const dialog = dialogTo(routes);
      const bye = requestIn(dialog, 'BYE');
      assert.deepEqual([bye.uri, bye.headers.all('Route'), nextUri(dialog)], [uri, written, next]);
    }
  });

  it('takes requests in order, with gaps', () => {
    const dialog = dialogTo([]);
    const took = [8, 8, 20, 9, 21].map((cseq) => takesInOrder(dialog, buildRequest({ method: 'INFO', uri: 'sip:x@y', from: '<sip:a@b>', to: '<sip:c@d>', callId: 'c', cseq })));
    assert.deepEqual(took, [true, false, true, false, true]);
  });

  it('is not led astray by a Contact that is none', () => {
    const dialog = dialogTo([]);
    confirmDialog(dialog, responseTo(invite, 200, undefined, { headers: { Contact: 'nonsense' } }));
    assert.equal(dialog.target, 'sip:anna@192.0.2.2');
  });
});
