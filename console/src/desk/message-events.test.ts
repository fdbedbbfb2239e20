import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messageOf, textOf } from './message-events.ts';

describe('messages for an agent', () => {
  test('are notes of colleagues and what customers write', () => {
    const note = { sender: '102', sendername: 'Bob', receivetime: '1', timestring: '', context: 'Lunch?' };
    assert.deepEqual(messageOf({ eventType: 'AgentOther_Note', content: note, at: 5 }), { kind: 'note', with: '102', from: 'Bob', isOwn: false, at: 5, text: 'Lunch?' });
    const message = { callid: '1-1', caller: '139', message: 'Hello' };
    assert.deepEqual(messageOf({ eventType: 'AgentEvent_MessageData', content: message, at: 5 }), { kind: 'chat', with: '1-1', from: '139', isOwn: false, at: 5, text: 'Hello' });
    assert.equal(messageOf({ eventType: 'AgentEvent_Talking', content: null, at: 5 }), undefined);
  });

  test('are read as text, whatever the channel has wrapped them in', () => {
    assert.equal(textOf('Hello <you>'), 'Hello <you>');
    assert.equal(textOf(JSON.stringify({ mediaType: 'TEXT', content: '<p>Good</p><p>morning &amp; evening</p>' })), 'Good\nmorning & evening');
    assert.equal(textOf('{"a":1}'), '{"a":1}');
    assert.equal(textOf('12'), '12');
    assert.equal(textOf('{"content":"&amp;lt; 1 < 2"}'), '&lt; 1 < 2');
  });
});
