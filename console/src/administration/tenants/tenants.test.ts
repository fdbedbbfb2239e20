import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { draftOf, newTenant, settingsOf, tollDraftOf, tollSettingsOf, wrongPrefix, type Tenant, type TollLimits } from './tenants.ts';

const tenant: Tenant = {
  vdnId: 7, name: 'Example', tenantId: 'example', tenantSpaceId: 'space', ccId: 1, timeZone: 'Europe/Berlin', locale: 'en_US', enabled: true, limits: { agents: 50, queues: 0 }, guidMode: 'static',
  agentPasswordDays: 30, recording: { automatic: true, byAgents: true, toFiles: false }, configurationAgentId: 100_007, hasPassword: false,
};

describe('a tenant in the form', () => {
  test('shows again what it has saved; a limit left empty is none, zero is one', () => {
    const { name, ccId, timeZone, locale, limits, guidMode, agentPasswordDays, recording } = tenant;
    assert.deepEqual(settingsOf(draftOf(tenant)), { name, ccId, timeZone, locale, limits, guidMode, agentPasswordDays, recording });
  });

  test('begins in the zone of whoever makes it, without limits', () => {
    assert.deepEqual([newTenant('Asia/Shanghai').timeZone, settingsOf(newTenant('Asia/Shanghai')).limits], ['Asia/Shanghai', {}]);
  });
});

describe('toll limits in the form', () => {
  const inForce = { concurrentCalls: 30, callsPerMinute: 60, callsPerDay: 5000, minutesPerDay: 10_000, allowed: [], denied: ['+870'] };
  const limits: TollLimits = { vdnId: 7, set: { concurrentCalls: 5, allowed: ['+49'] }, inForce: { ...inForce, concurrentCalls: 5, allowed: ['+49'] } };

  test('send what was set for the tenant, and nothing of what holds for all', () => {
    assert.deepEqual(tollSettingsOf(tollDraftOf(limits)), limits.set);
    assert.deepEqual(tollSettingsOf(tollDraftOf({ vdnId: 7, set: {}, inForce })), {});
  });

  test('begin a list of its own with what holds for all', () => {
    assert.deepEqual(tollSettingsOf({ ...tollDraftOf(limits), hasDenied: true }).denied, ['+870']);
  });

  test('take beginnings of numbers only', () => {
    assert.equal(wrongPrefix(['+49', '00', '*1#']), undefined);
    assert.equal(wrongPrefix(['+49', '4 9']), '4 9');
  });
});
