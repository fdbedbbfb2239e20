import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAnother } from './another-end.ts';
import type { NegotiatedEnd } from './end.ts';

const ORDER = { kind: 'reopen', leg: 'one', carrier: 'rtp' } as const;

/** An end that answers so, and tells whether it was closed. */
function endOf(parts: Partial<NegotiatedEnd>) {
  const state = { isClosed: false };
  const end: NegotiatedEnd = {
    onPacket: () => undefined, onLost: () => undefined, onFound: () => undefined, send: () => undefined, agreed: () => undefined, quietMs: () => 0, strangers: () => 0,
    offer: () => Promise.resolve('our offer'), answer: (sdp) => Promise.resolve({ ok: true, sdp: `answer to ${sdp}` }), accept: () => Promise.resolve({ ok: true }),
    close: () => { state.isClosed = true; },
    ...parts,
  };
  return { end, state };
}

test('an end in place of another answers an offer, or makes one', async () => {
  const { end, state } = endOf({});
  const open = (): Promise<NegotiatedEnd> => Promise.resolve(end);
  assert.deepEqual(await openAnother({ ...ORDER, sdp: 'theirs' }, open), { end, answer: { ok: true, sdp: 'answer to theirs' } });
  assert.deepEqual(await openAnother(ORDER, open), { end, answer: { ok: true, sdp: 'our offer' } });
  assert.equal(state.isClosed, false);
});

test('one with which nothing can be agreed on is closed, and the former stands', async () => {
  const { end, state } = endOf({ answer: () => Promise.resolve({ ok: false, message: 'no codec in common' }) });
  const { answer, ...opened } = await openAnother({ ...ORDER, sdp: 'theirs' }, () => Promise.resolve(end));
  assert.deepEqual([opened.end, answer], [undefined, { ok: false, why: 'notAcceptable', message: 'no codec in common' }]);
  assert.equal(state.isClosed, true);
});

test('one that fails is closed, and without a port there is none', async () => {
  const { end, state } = endOf({ offer: () => Promise.reject(new Error('no port for it')) });
  await assert.rejects(openAnother(ORDER, () => Promise.resolve(end)), /no port for it/);
  assert.equal(state.isClosed, true);
  assert.deepEqual((await openAnother(ORDER, () => Promise.resolve(undefined))).answer, { ok: false, why: 'noPorts' });
});

test('it is asked for with the codecs that are wanted', async () => {
  const asked: unknown[] = [];
  await openAnother({ ...ORDER, codecs: ['PCMU'] }, (...given) => {
    asked.push(...given);
    return Promise.resolve(endOf({}).end);
  });
  assert.deepEqual(asked, ['rtp', ['PCMU']]);
});
