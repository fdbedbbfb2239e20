import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createImageRequests } from './requests.ts';

test('a token is good for the picture that it was given for, once and in time', () => {
  let now = 1000;
  const book = createImageRequests({ clock: () => now });
  const { token = '', path, expiresAt, maxBytes } = book.open('in-1', 'img-7-3') ?? {};
  assert.deepEqual([path, expiresAt, maxBytes, token.length], ['/widget/v1/images', 31_000, 1_048_576, 32]);
  assert.deepEqual([book.isOpen(token), book.isOpen('x')], [true, false]);
  const { vdnId, leg, image } = book.take(token) ?? {};
  assert.deepEqual([vdnId, leg, image], [7, 'in-1', 'img-7-3']);
  assert.deepEqual([book.isOpen(token), book.take(token)], [false, undefined]);
  const late = book.open('in-1', 'img-7-4')?.token ?? '';
  now = 31_000;
  assert.deepEqual([book.isOpen(late), book.take(late)], [false, undefined]);
  assert.equal(book.open('in-1', 'rec-7-4'), undefined, 'it is no picture');
});

test('no more are kept in mind than is good, and none that is over', () => {
  let now = 0;
  const book = createImageRequests({ clock: () => now, maxOpen: 2 });
  for (const image of ['img-1-1', 'img-1-2']) assert.ok(book.open('in-1', image) !== undefined);
  assert.equal(book.open('in-1', 'img-1-3'), undefined);
  now = 30_000;
  assert.ok(book.open('in-1', 'img-1-4') !== undefined);
  assert.equal(book.size(), 1);
});
