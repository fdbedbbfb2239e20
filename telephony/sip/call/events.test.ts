import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CallEvent } from './call.ts';
import { createEvents } from './events.ts';

const info = (body: string): CallEvent => ({ kind: 'info', contentType: 'text/plain', body });
const settled = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

describe('the events of a call', () => {
  it('wait for a listener, come in order and never while somebody is at work', async () => {
    const events = createEvents();
    const told: CallEvent[] = [];
    events.tell(info('1'));
    events.listen((event) => {
      told.push(event);
      if (told.length === 1) events.tell(info('3'));
    });
    events.tell(info('2'));
    assert.deepEqual(told, []);
    await settled();
    assert.deepEqual(told, ['1', '2', '3'].map(info));
  });

  it('do not pile up when nobody listens, and what waits for a decision is refused', async () => {
    const events = createEvents();
    const refused: number[] = [];
    for (let at = 0; at < 200; at += 1) events.tell(info(String(at)));
    events.tell({ kind: 'offered', accept: () => undefined, refuse: (status) => { refused.push(status); } });
    events.tell({ kind: 'ended', why: { kind: 'ours' } });
    const told: CallEvent[] = [];
    events.listen((event) => { told.push(event); });
    await settled();
    assert.deepEqual([told.length, told.at(-1)?.kind, refused], [101, 'ended', [480]]);
  });
});
