import { operation } from '../operation.ts';
import { flag, integer, list, nullable, object, optional, text, word } from '../schema.ts';
import { monitoring } from './family.ts';
import { ccId, counted, dual, MAX, OPENAPI, scopeErrors, single, vdn } from './parts.ts';

/* 12.3.3, 12.3.1.1.9 and 12.3.1.1.10: what is set up. */

const errors = [scopeErrors.foreignVdn, scopeErrors.wrongParameter];
const common = { family: monitoring, tag: 'What is set up', auth: 'C2', errors } as const;
const inPath = { ccId, vdn } as const;

/** The answer and its double. */
const twice = (answer: unknown, more: object = {}) => ({ result: '0', resultCode: '0100000', ...more, resultDatas: answer, resultDesc: answer });

export const cmsConfigureVdns = operation({
  ...common, id: 'cmsConfigureVdns', section: '12.3.3.1', envelope: dual, method: 'POST', path: `${OPENAPI}/configures/vdns`,
  summary: 'List the tenants of a contact centre',
  description: 'For keys of the installation alone.',
  request: { body: object({ ccId }) },
  result: list(object({ vdn: integer('Id of the tenant.'), vdnName: text('Its name.') }), 'The tenants in service, by id.', { max: 10_000 }),
  examples: [{ request: { queryParam: { ccId: 1 } }, response: twice([{ vdn: 1, vdnName: 'social cc' }, { vdn: 2, vdnName: 'Credit card' }]) }],
});

const AGENTS = `${OPENAPI}/configures/agents/{ccId}/{vdn}`;

export const cmsConfigureAgents = operation({
  ...common, id: 'cmsConfigureAgents', section: '12.3.3.2', envelope: counted, method: 'GET', path: `${AGENTS}/{offset}/{limit}`, aliases: [AGENTS],
  summary: 'List the agents of a tenant',
  description: 'A page of them with how many there are; without offset and limit, which go together, all.',
  request: {
    path: object({
      ...inPath,
      offset: optional(integer('How many agents to pass over.', { min: 0 })),
      limit: optional(integer('How many agents at most.', { min: 1, max: 100 })),
    }),
  },
  result: object({
    count: optional(integer('How many agents there are; with a page alone.')),
    rows: list(object({
      agentNo: text('Work number.'),
      agentName: text('Name of the agent.'),
      roleId: text('Role: 2 agent, 3 inspector, 4 outbound call agent.'),
      skillId: text('Ids of the agent\'s skill queues, separated by semicolons.', { max: 100_000 }),
    }), 'The agents, by work number.', { max: 100_000 }),
  }),
  examples: [{
    request: { ccId: 1, vdn: 1, offset: 0, limit: 2 },
    response: twice([{ agentNo: '101', agentName: 'z2', roleId: '2', skillId: '2;3' }, { agentNo: '10000', agentName: 'z1', roleId: '3', skillId: '' }], { count: 101 }),
  }],
});

export const cmsConfigureCalledConfigs = operation({
  ...common, id: 'cmsConfigureCalledConfigs', section: '12.3.3.3', envelope: dual, method: 'GET', path: `${OPENAPI}/configures/calledconfigs/{ccId}/{vdn}`,
  summary: 'List the called routes of a tenant',
  request: { path: object(inPath) },
  result: list(object({
    ccId: integer('Id of the contact centre.'),
    vdnId: integer('Id of the tenant.'),
    accessCode: text('Access code.'),
    subCode: text('What is dialled behind it.'),
    deviceType: text('Where the route leads: 1 a skill queue, 3 an IVR flow.'),
    deviceName: text('Name of the queue, or description of the flow.'),
    deviceNo: text('Id of the queue or of the flow.'),
    dnid: text('Number of the route.'),
  }), 'The routes, by their numbers.', { max: 100_000 }),
  examples: [{
    request: { ccId: 1, vdn: 1 },
    response: twice([{ ccId: 1, vdnId: 1, accessCode: '6045', subCode: '1110', deviceType: '1', deviceName: 'test', deviceNo: '22', dnid: '22' }]),
  }],
});

const tenantSpace = {
  ccId: integer('Id of the contact centre.'),
  tenantId: text('Id of the tenant space.'),
  tenantSpaceName: text('Name of the tenant.'),
  vdnId: integer('Id of the tenant.'),
  accessCodes: list(object({
    accessCode: text('Access code at which calls come in.'),
    isDefault: nullable(flag('Empty: none of a tenant\'s access codes stands for the others.')),
  }), 'The access codes, in order.', { max: 100_000 }),
};
const space = { ccId: 1, vdnId: 47, tenantId: '202008142460', accessCodes: [{ accessCode: '202008191', isDefault: null }], tenantSpaceName: 'Example' };

export const cmsQueryTenantDetail = operation({
  ...common, id: 'cmsQueryTenantDetail', section: '12.3.3.4', envelope: single, method: 'POST', path: `${OPENAPI}/tenant/querytenantdetail`,
  summary: 'Show a tenant space with its agents',
  request: { body: object({ ccId: optional(ccId), tenantId: word('Id of the tenant space, or of its tenant.', { max: 100, also: ['tenantSpaceId', 'tenantld'] }) }) },
  result: list(object({
    ...tenantSpace,
    agents: list(object({
      workNo: integer('Work number.'),
      sipAccount: text('Number of the agent\'s phone.'),
      accountCode: text('Account of the agent.'),
      agentType: integer('4 audio, 5 multimedia, 11 video, 99 versatile.'),
    }), 'The agents, by work number.', { max: 100_000 }),
  }), 'The tenant space.'),
  examples: [{
    request: { tenantId: '202008142460', cclid: 1 },
    response: { resultCode: '0100000', resultDesc: [{ ...space, agents: [{ workNo: 111, sipAccount: '88880001', accountCode: 'ann', agentType: 4 }] }] },
  }],
});

export const cmsSkillGroups = operation({
  ...common, id: 'cmsSkillGroups', section: '12.3.3.5', envelope: single, method: 'GET', path: `${OPENAPI}/skillgroups/{ccId}/{vdnId}`,
  summary: 'List the skill groups of a tenant',
  description: 'Agents are given skill queues one by one here; all those who have the same ones with the same weights are a skill group.',
  request: { path: object({ ccId, vdnId: integer('Id of the tenant.', { min: 1, max: MAX.vdn, also: ['vdn'] }) }) },
  result: list(object({
    id: integer('Id of the group: the lowest work number in it.'),
    skills: list(object({
      skillId: integer('Id of the skill queue.'),
      skillPower: integer('Weight of the queue for the agents.'),
      agentPower: integer('Weight of the agents in the queue.'),
    }), 'The queues, by id.', { max: MAX.skill }),
    groupName: text('Names of the queues.', { max: 64 }),
  }), 'The groups, by id.', { max: 100_000 }),
  examples: [{
    request: { ccId: 1, vdnId: 1 },
    response: { resultCode: '0100000', resultDesc: [{ id: 102, skills: [{ skillId: 2, skillPower: 1, agentPower: 1 }], groupName: 'sales' }] },
  }],
});

export const cmsQueryTenants = operation({
  ...common, id: 'cmsQueryTenants', section: '12.3.3.6', envelope: single, method: 'POST', path: `${OPENAPI}/tenant/querytenants`,
  summary: 'List the tenants for which a key is',
  description: 'For keys of a tenant alone, which are for that one.',
  request: { body: object({ ccId: optional(ccId) }) },
  result: list(object(tenantSpace), 'The tenant; none where it belongs to another contact centre.'),
  errors: [scopeErrors.foreignVdn],
  examples: [{ request: { ccld: 1 }, response: { resultCode: '0100000', resultDesc: [space] } }],
});

export const cmsConfigureSkills = operation({
  ...common, id: 'cmsConfigureSkills', section: '12.3.1.1.9', envelope: single, method: 'POST', path: `${OPENAPI}/configures/skills`,
  summary: 'List the skill queues of a tenant',
  request: { body: object({ ccId: optional(ccId), vdn }) },
  result: list(object({
    id: integer('Id of the queue.'),
    mediaType: integer('Media type of Table 12-695: 5 voice, 53 multimedia, 19 video, 2 and 18 click-to-dial.'),
    name: text('Name of the queue.'),
  }), 'The queues, by id.', { max: MAX.skill }),
  examples: [{
    request: { queryParam: { ccld: 1, vdn: 1 } },
    response: { resultCode: '0100000', resultDesc: [{ id: 1, mediaType: 5, name: 'sales' }, { id: 10, mediaType: 53, name: 'text chat' }] },
  }],
});

export const cmsRestReasons = operation({
  ...common, id: 'cmsRestReasons', section: '12.3.1.1.10', envelope: dual, method: 'GET', path: `${OPENAPI}/agentgroup/restreasons/{ccId}/{vdn}`,
  summary: 'List the reasons for which agents rest',
  request: { path: object(inPath) },
  result: list(object({ restReasonId: integer('Code of the reason.'), restReason: text('The reason in words.') }), 'The reasons, by code.'),
  examples: [{ request: { ccId: 1, vdn: 1 }, response: twice([{ restReasonId: 100, restReason: 'Uncomfortable' }]) }],
});
