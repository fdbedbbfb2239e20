import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { until } from '../webrtc/testing/page.ts';
import { createKeyLog, readLoggedKey, type LoggedKey } from './key-log.ts';

/** As rtpengine 10.5 writes it. */
const entry = (changes: Readonly<Record<string, unknown>> = {}): string => JSON.stringify({
  callid: 'parley/in-1', source_tag: 'far', tags: ['far', 'in'], type: 'DTMF', timestamp: 1_795_275_138, source_ip: '127.0.0.1', event: 5, duration: 100, volume: 10, ...changes,
});

describe('the log of keys', () => {
  it('reads each key', () => {
    const keys = Array.from({ length: 16 }, (_, event) => readLoggedKey(entry({ event }))?.key);
    assert.equal(keys.join(''), '0123456789*#ABCD');
    assert.deepEqual(readLoggedKey(entry()), { call: 'parley/in-1', from: 'far', key: '5' });
  });

  const none = [
    '', 'x', 'null', '5', '[]', '{}', entry({ type: 'other' }), entry({ callid: 7 }), entry({ callid: undefined }), entry({ source_tag: null }), entry({ event: 16 }), entry({ event: -1 }), entry({ event: '5' }),
    entry({ event: 1.5 }), entry({ event: 'length' }),
  ];
  for (const text of none) it(`takes ${text.slice(0, 60) || 'nothing'} for no key`, () => { assert.equal(readLoggedKey(text), undefined); });

  it('takes whatever comes without a fault', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => { readLoggedKey(text); }));
  });

  it('tells what rtpengine sends, and nothing of whom it does not trust or of what is too long', async (t) => {
    const log = createKeyLog({ address: '127.0.0.1', port: 0, isTrusted: (address) => address === '127.0.0.1' });
    const sender = createSocket('udp4');
    const other = createSocket('udp4');
    t.after(() => {
      log.close();
      log.close();
      sender.close();
      other.close();
    });
    const { port } = await log.ready;
    const heard: LoggedKey[] = [];
    const stop = log.onKey((key) => { heard.push(key); });
    await new Promise<void>((resolve) => { other.bind(0, '127.0.0.3', resolve); });
    other.send(entry({ event: 1 }), port, '127.0.0.1');
    sender.send(entry({ event: 2, padding: 'x'.repeat(5_000) }), port, '127.0.0.1');
    sender.send(entry({ event: 3 }), port, '127.0.0.1');
    await until(() => heard.length > 0);
    stop();
    sender.send(entry({ event: 4 }), port, '127.0.0.1');
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    assert.deepEqual(heard.map(({ key }) => key), ['3']);
  });

  it('says that it cannot listen where somebody else does', async (t) => {
    const log = createKeyLog({ address: '127.0.0.1', port: 0 });
    t.after(log.close);
    const second = createKeyLog({ address: '127.0.0.1', port: (await log.ready).port });
    t.after(second.close);
    await assert.rejects(second.ready, { code: 'EADDRINUSE' });
  });
});
