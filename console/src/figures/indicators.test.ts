import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AGENT_INDICATORS } from '@parley/core/indicator/agent.ts';
import { FLOW_INDICATORS } from '@parley/core/indicator/flow.ts';
import { SKILL_INDICATORS } from '@parley/core/indicator/skill.ts';
import { VDN_INDICATORS } from '@parley/core/indicator/vdn.ts';
import { indicatorNames, wordingOf } from './indicator-names.ts';
import { changeOf, FIRST_CODES, isMoreBetter, isTold, unitOf } from './indicators.ts';

const CATALOGUES = { queue: SKILL_INDICATORS, agent: AGENT_INDICATORS, tenant: VDN_INDICATORS, flow: FLOW_INDICATORS } as const;

describe('indicators', () => {
  test('that are shown first are there, and have names and formulas in both languages', () => {
    for (const subject of ['queue', 'agent', 'tenant', 'flow'] as const) {
      for (const code of FIRST_CODES[subject]) {
        assert.ok(CATALOGUES[subject].find(code), `${subject} ${code}`);
        for (const language of ['en', 'zh'] as const) assert.ok(wordingOf(language, code).name !== code && wordingOf(language, code).formula !== '', `${language} ${code}`);
      }
    }
  });

  test('have names for nothing that there is not, and at most one name each among those of one subject', () => {
    const codes = Object.values(CATALOGUES).flatMap(({ all }) => all.map(({ code }) => code));
    assert.deepEqual(Object.keys(indicatorNames).filter((name) => !codes.some((code) => code === name || code.startsWith(`${name}_`))), []);
    for (const subject of ['queue', 'agent', 'tenant', 'flow'] as const) {
      const names = FIRST_CODES[subject].map((code) => wordingOf('en', code).name);
      assert.equal(new Set(names).size, names.length, subject);
    }
  });

  test('of so many seconds tell how many, and those without a name their code', () => {
    assert.deepEqual(wordingOf('en', 'IDX_COUNT_SKILL_CONNECTED_IN_20'), { name: 'Answered within 20 s', formula: 'Answered after at most 20 s of waiting and ringing' });
    assert.deepEqual(wordingOf('zh', 'IDX_COUNT_AGENT_PLAY'), { name: 'IDX_COUNT_AGENT_PLAY', formula: '' });
  });

  test('are counts, shares or times', () => {
    assert.deepEqual(['IDX_COUNT_SKILL_REQUEST', 'IDX_RATE_SKILL_CONNECTED', 'IDX_DURATION_AVG_WAIT'].map(unitOf), ['count', 'percent', 'seconds']);
  });

  test('get better or worse, or neither', () => {
    assert.equal(isMoreBetter('IDX_RATE_SKILL_CONNECTED'), true);
    assert.equal(isMoreBetter('IDX_COUNT_SKILL_ABANDON'), false);
    assert.equal(isMoreBetter('IDX_DURATION_SKILL_AVG_QUEUE_ACK'), false);
    assert.equal(isMoreBetter('IDX_DURATION_SKILL_AVG_CONNECTED'), undefined);
    assert.equal(isMoreBetter('IDX_COUNT_SKILL_REQUEST'), undefined);
  });

  test('are told by quarters of an hour, as a whole, or both', () => {
    assert.equal(isTold({ inParts: false, whole: true }, '15MIN'), false);
    assert.equal(isTold({ inParts: false, whole: true }, 'day'), true);
    assert.equal(isTold({ inParts: true, whole: false }, undefined), false);
  });
});

describe('a change', () => {
  test('is a part of what it was, and of shares a number of points', () => {
    assert.deepEqual(changeOf('IDX_COUNT_SKILL_ABANDON', 15, 10), { by: 50, isPoints: false, isBetter: false });
    assert.deepEqual(changeOf('IDX_RATE_SKILL_CONNECTED', 90, 80), { by: 10, isPoints: true, isBetter: true });
    assert.deepEqual(changeOf('IDX_COUNT_SKILL_REQUEST', 5, 10), { by: -50, isPoints: false, isBetter: undefined });
  });

  test('of nothing, or to the same, is none', () => {
    assert.equal(changeOf('IDX_COUNT_SKILL_REQUEST', 5, 0), undefined);
    assert.equal(changeOf('IDX_COUNT_SKILL_REQUEST', 7, 7), undefined);
  });
});
