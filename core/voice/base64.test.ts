import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readBase64 } from './base64.ts';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });

test('what was encoded is read back, also when it is broken into lines', () => {
  fc.assert(fc.property(bytes, fc.integer({ min: 1, max: 76 }), (given, width) => {
    const text = Buffer.from(given).toString('base64');
    assert.deepEqual(readBase64(text), { ok: true, bytes: given });
    assert.deepEqual(readBase64(text.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n')), { ok: true, bytes: given });
  }));
});

test('what is not Base64 is refused', () => {
  for (const text of ['', '  ', 'A', 'AA', 'AAA', 'AAA=A', '====', 'A===', 'AA=A', 'AAAA=', 'AA==AA==', 'AA-_', 'data:audio/wav;base64,AAAA', 'AAAÄ', 'AAA\u00a0A']) {
    assert.equal(readBase64(text).ok, false, JSON.stringify(text));
  }
});

test('one stray character anywhere is found', () => {
  fc.assert(fc.property(bytes, fc.nat(), fc.constantFrom('-', '_', '.', '%', 'é'), (given, place, stray) => {
    const text = Buffer.from(given).toString('base64');
    const at = place % text.length;
    assert.equal(readBase64(text.slice(0, at) + stray + text.slice(at + 1)).ok, false);
  }));
});
