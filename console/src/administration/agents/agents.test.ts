import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { draftOf, isFound, NEW_AGENT, settingsOf, suits, type Agent } from './agents.ts';

const agent: Agent = {
  userAccount: 'alice.demo', userName: 'Alice', email: 'alice@example.com', phone: '4930123', agentType: 4, ccRoleId: 3, sipAccount: '88880001', workNo: 101, transparentDisplayFlag: true,
  skills: [{ skillId: 7, agentWeight: 3, skillWeight: 2 }],
};

describe('an agent in the form', () => {
  test('shows again what it has saved', () => {
    const { workNo: _workNo, sipAccount: _sipAccount, ...settings } = agent;
    assert.deepEqual(settingsOf(draftOf(agent)), settings);
  });

  test('leaves out the blanks around what was typed', () => {
    assert.equal(settingsOf({ ...NEW_AGENT, userAccount: ' bob.demo ' }).userAccount, 'bob.demo');
  });
});

test('an agent is found by account, name, work number and phone, whatever the letter case', () => {
  for (const search of ['ALICE', 'demo', ' 101 ', '8888', '4930']) assert.ok(isFound(agent, search), search);
  assert.equal(isFound(agent, 'bob'), false);
});

test('an agent is offered the queues that suit its type', () => {
  assert.deepEqual([5, 2, 19, 18, 53].filter((medium) => suits(4, medium)), [5, 2]);
  assert.deepEqual([5, 2, 19, 18, 53].filter((medium) => suits(5, medium)), [53]);
  assert.equal(suits(255, 5), false);
});
