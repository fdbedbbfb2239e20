import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Session } from '../session/session.ts';
import { absenceOf } from './absence.ts';

const session = (changes: Partial<Session>): Session => ({
  account: 'ann.admin', name: 'Ann', role: 'administrator', vdnId: 1, tenantId: 'demo', workNo: null, permissions: [], csrfToken: null, expiresAt: 0, passwordExpired: false, ...changes,
});

test('an address without a page says which of three reasons it has', () => {
  const inTenant = { isFor: ({ vdnId }: Session) => vdnId !== 0 };
  const nobodys = { isFor: () => false };
  assert.equal(absenceOf(undefined, session({})), 'unknown');
  assert.equal(absenceOf(nobodys, session({})), 'forbidden');
  assert.equal(absenceOf(inTenant, session({ vdnId: 0, role: 'operator' })), 'noTenant');
  assert.equal(absenceOf(nobodys, session({ vdnId: 0, role: 'operator' })), 'forbidden');
});
