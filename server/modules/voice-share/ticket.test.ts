import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { createVault } from '../../security/vault.ts';
import { createTickets } from './ticket.ts';

const tickets = createTickets(createVault(randomBytes(32)));
const recorded = { vdnId: 7, file: '7/0/20261121/102/1000010.wav' };

test('a ticket is good for its file until it runs out', () => {
  const ticket = tickets.write(recorded, 1000);
  assert.deepEqual(tickets.read(ticket, 999), recorded);
  assert.equal(tickets.read(ticket, 1000), undefined);
});

test('nobody else writes one, and none is changed', () => {
  const ticket = tickets.write(recorded, 1000);
  const [content = '', seal = ''] = ticket.split('.');
  const later = Buffer.from(`7:9999:${recorded.file}`).toString('base64url');
  for (const forged of ['', '.', content, `${later}.${seal}`, `${content}.${seal.slice(1)}`, `${ticket}.x`, createTickets(createVault(randomBytes(32))).write(recorded, 1000)]) {
    assert.equal(tickets.read(forged, 1), undefined, forged);
  }
});
