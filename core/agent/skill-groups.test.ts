import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skillGroupsOf } from './skill-groups.ts';

const skill = (queueId: number, skillWeight = 1, agentWeight = 1) => ({ queueId, skillWeight, agentWeight });

test('agents with the same skills and weights are one group, called by the lowest work number', () => {
  const groups = skillGroupsOf([
    { workNo: 101, skills: [skill(1), skill(2)] },
    { workNo: 102, skills: [] },
    { workNo: 103, skills: [skill(2), skill(1)] },
    { workNo: 104, skills: [skill(1), skill(2, 5)] },
    { workNo: 105, skills: [skill(1)] },
  ]);
  assert.deepEqual(groups.map(({ id, skills }) => [id, skills.map(({ queueId }) => queueId)]), [[101, [1, 2]], [104, [1, 2]], [105, [1]]]);
});
