import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tenantOf } from './tenant-of.ts';

const cases: readonly [what: string, caller: { vdnId: number; global?: boolean }, asked: number | undefined, outcome: ReturnType<typeof tenantOf>][] = [
  ['a private key acts for its own tenant', { vdnId: 7 }, 7, { ok: true, vdnId: 7 }],
  ['it need not name it', { vdnId: 7 }, undefined, { ok: true, vdnId: 7 }],
  ['it cannot act for another', { vdnId: 7 }, 8, { ok: false, why: 'foreign' }],
  ['nor for the installation', { vdnId: 7 }, 0, { ok: false, why: 'foreign' }],
  ['a global key acts for whom it names', { vdnId: 0, global: true }, 8, { ok: true, vdnId: 8 }],
  ['it must name a tenant', { vdnId: 0, global: true }, undefined, { ok: false, why: 'unsaid' }],
  ['the installation is no tenant', { vdnId: 0, global: true }, 0, { ok: false, why: 'unsaid' }],
];
for (const [what, caller, asked, outcome] of cases) {
  test(what, () => assert.deepEqual(tenantOf(caller, asked), outcome));
}

test('a private key never reaches a tenant that is not its own', () => {
  fc.assert(fc.property(fc.nat(), fc.option(fc.integer(), { nil: undefined }), (vdnId, asked) => {
    const choice = tenantOf({ vdnId }, asked);
    assert.ok(!choice.ok || choice.vdnId === vdnId);
  }));
});
