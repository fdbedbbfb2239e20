import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEvents, type StreamedEvent } from './event-stream.ts';

/** A body that comes in pieces of so many bytes. */
const inPieces = (text: string, size: number): ReadableStream<Uint8Array> => new ReadableStream({
  start: (controller) => {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
    controller.close();
  },
});

test('events are read however their bytes come, and what keeps the line awake is passed over', async () => {
  const text = 'retry: 2000\n\nevent: agent\ndata: {"name":"王芳 🙂"}\n\n: \n\nevent: queue\r\ndata: {"a":1,\r\ndata: "b":2}\r\n\r\ndata: 3\n\nevent: cut off\ndata: {';
  for (const size of [1, 2, 7, 1000]) {
    const events: StreamedEvent[] = [];
    for await (const event of readEvents(inPieces(text, size))) events.push(event);
    assert.deepEqual(events, [{ name: 'agent', data: { name: '王芳 🙂' } }, { name: 'queue', data: { a: 1, b: 2 } }, { name: 'message', data: 3 }], `pieces of ${size}`);
  }
});

test('whoever follows hears that the line is awake, where it tells of nothing', async () => {
  let heard = 0;
  const events: StreamedEvent[] = [];
  for await (const event of readEvents(inPieces(': \n\n', 2), () => { heard += 1; })) events.push(event);
  assert.deepEqual([events, heard], [[], 2]);
});
