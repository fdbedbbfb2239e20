import type { Envelope } from '../envelope.ts';
import { operation } from '../operation.ts';
import { catalogue, refusalText } from '../refusal.ts';
import { integer, integerOf, list, object, optional, text, word } from '../schema.ts';
import { monitoring } from './family.ts';
import { ccId, inVdn, MAX, OPENAPI, page, scopeErrors, single, vdn } from './parts.ts';

/* 12.3.4: groups of agents and of inspectors, and which of them may inspect which (12.1). */

const BASE = `${OPENAPI}/qcrelationconf`;
const errors = [scopeErrors.foreignVdn, scopeErrors.wrongParameter, scopeErrors.relation];
const common = { family: monitoring, tag: 'Groups', method: 'POST', auth: 'C2', errors, envelope: single } as const;

/** Without what ends a piece of markup or of CSV, and without control characters. */
const CHARACTERS = '[^"\\[\\]=;<>\\u0000-\\u001f]';
const groupName = word('Name of the group, unique in the tenant.', { max: 100, pattern: `^(?=.*\\S)${CHARACTERS}+$` });
const groupId = (description: string, also: readonly string[] = []) => word(description, { max: 64, also });
const workNo = integer('A work number.', { min: 0, max: MAX.anyAgent });
const workNos = (description: string) => list(workNo, description, { max: 6000 });
const remark = optional(text('What there is to say of the group.', { max: 500 }));
const groupType = integerOf([2, 3], '2 agents, 3 inspectors.');
const inspectedGroupIds = list(word('Id of a group of agents.', { max: 64 }), 'Groups of agents.', { min: 1, max: 1000 });
const done = text('What was done.');
const answer = (words: string) => ({ resultCode: '0100000', resultDesc: words });

export const qcQueryGroupMember = operation({
  ...common, id: 'qcQueryGroupMember', section: '12.3.4.1', path: `${BASE}/querygroupmemberbycondition`,
  summary: 'List the members of a group',
  request: {
    body: object({
      ...inVdn,
      groupId: groupId('Id of the group.', ['groupld']),
      workNo: optional(integer('Only this agent, if it is a member.', { min: 0, max: MAX.anyAgent })),
      ...page(100),
    }),
  },
  result: list(object({
    workNo: integer('Work number.'),
    accountCode: text('Account of the agent.'),
    groupName: text('Name of the group.'),
    accountName: text('Name of the agent.'),
    ccRoleId: integer('Role: 2 agent, 3 inspector, 4 outbound call agent.'),
    id: text('Id of the membership.'),
  }), 'The members, by work number.'),
  examples: [{
    request: { ccld: 1, vdn: 113, groupId: '159282396714302232563636876268', limit: 10, offset: 0 },
    response: {
      resultCode: '0100000',
      resultDesc: [{ workNo: 1117, accountCode: 'ann.example', groupName: 'Inspector group', accountName: 'Ann', ccRoleId: 3, id: '159282396714302232563636801117' }],
    },
  }],
});

export const qcBatchDeleteGroupMember = operation({
  ...common, id: 'qcBatchDeleteGroupMember', section: '12.3.4.2', path: `${BASE}/batchdeletegroupmember`,
  summary: 'Take agents out of their groups',
  description: 'Without work numbers all groups of the tenant are emptied. They stay, and so do their relations. Agents who are in no group are passed over.',
  request: { body: object({ ...inVdn, workNos: optional(workNos('The agents; all of the tenant unless told.')) }) },
  result: done,
  examples: [{ request: { ccId: 1, workNos: [57_005, 57_006], vdn: 113 }, response: answer('Deleted successfully') }],
});

export const qcBatchAddGroupMember = operation({
  ...common, id: 'qcBatchAddGroupMember', section: '12.3.4.3', path: `${BASE}/batchaddgroupmember`,
  summary: 'Put agents into a group',
  description: 'All of them or none. An agent is in one group at most, so whoever is in another one leaves it.',
  request: { body: object({ ...inVdn, workNos: list(workNo, 'The agents.', { min: 1, max: 6000 }), groupId: groupId('Id of the group.', ['groupld']) }) },
  result: done,
  examples: [{
    request: { ccld: 1, vdn: 113, workNos: [57_005, 57_006], groupId: '159774518399110207461019283363' },
    response: answer('Added successfully'),
  }],
});

export const qcQueryAllCcGroup = operation({
  ...common, id: 'qcQueryAllCcGroup', section: '12.3.4.4', method: 'GET', path: `${BASE}/queryallccgroup/{ccId}/{vdn}`,
  summary: 'List the groups of a tenant',
  request: { path: object({ ccId, vdn }) },
  result: list(object({
    groupName: text('Name of the group.'),
    groupType: integer('2 agents, 3 inspectors.'),
    remark: text('What there is to say of the group.'),
    id: text('Id of the group.'),
  }), 'The groups, in the order in which they were made.'),
  errors: [scopeErrors.foreignVdn],
  examples: [{
    request: { ccId: 1, vdn: 113 },
    response: { resultCode: '0100000', resultDesc: [{ groupName: 'Team North', remark: 'Inspector group', groupType: 3, id: '159832671551117675139418726647' }] },
  }],
});

export const qcCreateUserGroup = operation({
  ...common, id: 'qcCreateUserGroup', section: '12.3.4.5', path: `${BASE}/createusergroup`,
  summary: 'Create a group',
  description: 'From the first group of a tenant on, nobody inspects anybody (12.1) but within a group, or as a relation of two groups says (12.3.4.8).',
  request: { body: object({ ...inVdn, groupName, groupType, remark, workNos: optional(workNos('Its first members; who is in another group leaves it.')) }) },
  result: done,
  examples: [{
    request: { ccld: 1, vdn: 113, groupName: 'Team North', groupType: 3, remark: 'Inspector group', workNos: [50_041, 50_042] },
    response: answer('Added successfully'),
  }],
});

export const qcDeleteUserGroup = operation({
  ...common, id: 'qcDeleteUserGroup', section: '12.3.4.6', path: `${BASE}/deleteusergroup`,
  summary: 'Delete a group',
  description: 'Its members are in none then, and its relations are gone. Inspections (12.1) that these allowed end at once.',
  request: { body: object({ ...inVdn, id: groupId('Id of the group.', ['groupId']) }) },
  result: done,
  examples: [{ request: { ccld: 1, id: '159832684658001135254942692203', vdn: 113 }, response: answer('Deleted successfully') }],
});

export const qcUpdateGroup = operation({
  ...common, id: 'qcUpdateGroup', section: '12.3.4.7', path: `${BASE}/updategroup`,
  summary: 'Rename a group',
  request: { body: object({ ...inVdn, id: groupId('Id of the group.', ['groupId']), groupName, remark: optional(text('What there is to say of the group; stays as it is unless told.', { max: 500 })) }) },
  result: done,
  examples: [{
    request: { ccld: 1, groupName: 'Team South', remark: 'Inspector group', id: '159832671551117675139418726647', vdn: 113 },
    response: answer('Updated successfully'),
  }],
});

const relation = { ...inVdn, qcGroupId: groupId('Id of the group of inspectors.', ['qcGroupld']), inspectedGroupIds } as const;
const related = { ccld: 1, qcGroupId: '159282396714302232563636876268', inspectedGroupIds: ['159253666192354492596520647666'], vdn: 113 };

export const qcConfigRelation = operation({
  ...common, id: 'qcConfigRelation', section: '12.3.4.8', path: `${BASE}/configqcrelation`,
  summary: 'Let a group of inspectors inspect groups of agents',
  description: 'Beside those that it may inspect already. From now on its members may do what 12.1 says, and hear recordings (13.1.2.2), as far as their roles allow.',
  request: { body: object(relation) },
  result: done,
  examples: [{ request: related, response: answer('Configured successfully') }],
});

export const qcDeleteRelation = operation({
  ...common, id: 'qcDeleteRelation', section: '12.3.4.9', path: `${BASE}/deleteqcrelationconf`,
  summary: 'Take the right to inspect groups of agents away',
  description: 'Inspections that this allowed end at once.',
  request: { body: object(relation) },
  result: done,
  examples: [{ request: related, response: answer('Deleted successfully') }],
});

/** Table 12-631. */
export const joinErrors = catalogue({
  joinMismatch: { status: 200, code: '300-010', text: 'The contact centre, the VDN and the key in use do not go together.' },
  joinNoAgent: { status: 200, code: '300-016', text: 'There is no agent {agent} in the VDN.' },
  joinNameTaken: { status: 200, code: '300-017', text: 'There is a user group named {name} already.' },
  joinNoName: { status: 200, code: '300-018', text: 'groupName is needed where there is no groupId.' },
  joinNoGroup: { status: 200, code: '300-019', text: 'There is no user group {id}.' },
  joinRefused: { status: 200, code: '1', text: '{message}.' },
});

/** 12.3.4.10 and 12.3.4.11 have codes of their own, and 1 for whatever else is wrong. */
const retcoded: Envelope = {
  schema: (result) => object({ retcode: text('0: done; else what was wrong.'), message: text('The outcome in words.'), result }),
  refusalSchema: object({ ...monitoring.envelope.refusalSchema.properties, retcode: optional(text('A code of Table 12-631.')) }),
  success: (result) => ({ retcode: '0', message: 'success', result }),
  refusal: (refusal) => {
    const { status, code } = refusal.refused;
    if (status === 401 || status === 403) return monitoring.envelope.refusal(refusal);
    return { retcode: code.startsWith('300-') ? code : '1', message: refusalText(refusal) };
  },
  resultOf: ({ result }) => result,
};

const { joinMismatch, joinNoAgent, joinNameTaken, joinNoName, joinNoGroup, joinRefused } = joinErrors;
const vdnId = integer('Id of the tenant.', { min: 1, max: MAX.vdn, also: ['vdn', 'vdnld'] });
const agentId = integer('Work number of the agent.', { min: 0, max: MAX.anyAgent, also: ['agentld'] });

export const qcJoinUserGroup = operation({
  ...common, id: 'qcJoinUserGroup', section: '12.3.4.10', path: `${BASE}/joinusergroup`, envelope: retcoded,
  summary: 'Put an agent into a group, be it a new one',
  description: 'With `groupId` into that one; else into a new one of the name given. The agent leaves the group that it is in.',
  request: {
    body: object({
      ccId: optional(ccId), vdnId, agentId,
      groupId: optional(text('Id of the group; a new one is made unless told.', { max: 64, also: ['groupld'] })),
      groupName: optional(text('Name of the new group.', { max: 100, pattern: `^${CHARACTERS}*$` })),
      groupType: optional(integerOf([2, 3], 'What the new group is of: 2 agents, which it is unless told, 3 inspectors.')),
    }),
  },
  result: object({
    groupId: text('Id of the group.'),
    groupName: text('Name of the group.'),
  }),
  errors: [joinMismatch, joinNoAgent, joinNameTaken, joinNoName, joinNoGroup, joinRefused],
  examples: [{
    request: { cclId: 1, vdnId: 4, agentId: 667, groupId: '159282396714302232563636876268', groupName: 'Agent group', groupType: '' },
    response: { result: { groupName: 'Agent group A', groupId: '159282396714302232563636876268' }, message: 'success', retcode: '0' },
  }],
});

export const qcUpdateAgentName = operation({
  ...common, id: 'qcUpdateAgentName', section: '12.3.4.11', path: `${BASE}/updateagentgroup`, envelope: retcoded,
  summary: 'Rename an agent',
  description: 'Wherever the agent\'s name is shown. The administrator of the VDN keeps the name.',
  request: {
    body: object({
      ccId: optional(ccId), vdnId, agentId,
      agentName: word('The new name.', { max: 20, pattern: `^(?=.*\\S)${CHARACTERS}+$` }),
    }),
  },
  result: object({
    ccId: integer('Id of the contact centre.'),
    vdnId: integer('Id of the tenant.'),
    agentId: integer('Work number of the agent.'),
    agentName: text('Its name now.'),
  }),
  errors: [joinRefused],
  examples: [{
    request: { ccld: 1, vdnld: 4, agentId: 667, agentName: 'Zhang San' },
    response: { result: { agentId: 667, ccId: 1, vdnId: 4, agentName: 'Zhang San' }, message: 'success', retcode: '0' },
  }],
});
