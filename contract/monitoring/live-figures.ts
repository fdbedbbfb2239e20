import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { integer, list, object, optional, text, word } from '../schema.ts';
import { monitoring } from './family.ts';
import { agentIds, ccId, inVdn, MAX, OPENAPI, scopeErrors, single, vdn } from './parts.ts';

/* 12.3.1.1.17, 12.3.1.2.12 and 12.3.1.3.11: figures of this moment by their indicator codes (12.3.8.1). */

const MOST_VDNS = 100;
const MOST_SKILLS = 1000;
const MOST_AGENTS = 100;

const common = {
  family: monitoring, tag: 'Figures', envelope: single, method: 'POST', auth: 'C2', errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter],
} as const;

const indexIds = (max: number, table: string) => list(word('Code of an indicator.', { max: 80 }), `What to tell (Table ${table}).`, { min: 1, max });
const code = text('Code of the indicator, as it was asked for.');

export const cmsRindexVdn = operation({
  ...common, id: 'cmsRindexVdn', section: '12.3.1.1.17', path: `${OPENAPI}/rindex/vdn`,
  summary: 'See how tenants stand',
  description: 'Codes of Table 12-693. A call is connected where somebody talks, or a flow does. Calls of agents among themselves are none of the tenant\'s. Each agent is in one state.',
  request: { body: object({ ccId: optional(ccId), vdnIds: list(vdn, 'The tenants.', { min: 1, max: MOST_VDNS }), indexIds: indexIds(50, '12-693') }) },
  result: list(object({
    id: text('Id of the tenant.'),
    idxs: list(object({ id: code, val: integer('The figure.') }), 'The figures.'),
  }), 'Figures of each tenant.'),
  examples: [{
    request: { ccld: 1, vdnIds: [170], indexIds: ['IDX_COUNT_REAL_VDN_CONNECT', 'IDX_COUNT_REAL_VDN_CALL'] },
    response: { resultCode: '0100000', resultDesc: [{ id: '170', idxs: [{ id: 'IDX_COUNT_REAL_VDN_CONNECT', val: 0 }, { id: 'IDX_COUNT_REAL_VDN_CALL', val: 0 }] }] },
  }],
});

export const cmsSkillRindex = operation({
  ...common, id: 'cmsSkillRindex', section: '12.3.1.2.12', path: `${OPENAPI}/skill/rindex`,
  summary: 'See how queues stand',
  description: 'Codes of Table 12-687. The last five minutes are those that began at :00 or :05; the longest wait is that of whoever waits now.',
  request: {
    body: object({
      ...inVdn, indexIds: indexIds(12, '12-687'),
      skillIds: list(integer('Id of a skill queue.', { min: 1, max: MAX.skill }), 'The queues. Those of no queue of the tenant are passed over.', { min: 1, max: MOST_SKILLS, also: ['skilllds'] }),
    }),
  },
  result: list(object({
    id: text('Id of the queue.'),
    idxs: list(object({ id: code, val: text('The figure.') }), 'The figures.'),
  }), 'Figures of each queue.'),
  examples: [{
    request: { cclId: 1, vdn: 170, skillIds: [2], indexIds: ['IDX_COUNT_REAL_SKILL_QUEUE', 'IDX_COUNT_REAL_AGENT_SIGN_IN'] },
    response: { resultCode: '0100000', resultDesc: [{ id: '2', idxs: [{ id: 'IDX_COUNT_REAL_SKILL_QUEUE', val: '0' }, { id: 'IDX_COUNT_REAL_AGENT_SIGN_IN', val: '1' }] }] },
  }],
});

export const cmsAgentRindex = operation({
  ...common, id: 'cmsAgentRindex', section: '12.3.1.3.11', path: `${OPENAPI}/agentgroup/rindex`,
  summary: 'See how agents stand',
  description: 'Codes of Table 12-690. Whoever is signed out has no phone; how long that has been so is 4294967295 where it is not known. '
    + 'The queues are those that the agent is signed in to or, of whoever is signed out, has.',
  request: { body: object({ ...inVdn, agentIds: agentIds(MOST_AGENTS), indexIds: indexIds(4, '12-690') }) },
  result: list(object({
    id: integer('Work number of the agent.'),
    idxs: list(object({
      id: code,
      val: Type.Union([Type.String(), Type.Integer(), Type.Array(Type.Integer())], { description: 'The phone; the state (12.3.8.3) or its seconds; the ids of the queues.' }),
    }), 'The figures.'),
  }), 'Figures of each agent.'),
  examples: [{
    request: { cclid: 1, vdn: 170, agentIds: [1032], indexIds: ['IDX_AGENT_PHONE', 'IDX_AGENT_CURRENT_STATE', 'IDX_DURATION_AGENT_CURRENT_STATE', 'IDX_AGENT_LOGIN_SKILLS'] },
    response: {
      resultCode: '0100000',
      resultDesc: [{
        id: 1032,
        idxs: [
          { id: 'IDX_AGENT_PHONE', val: '88880103' }, { id: 'IDX_AGENT_CURRENT_STATE', val: 7 }, { id: 'IDX_DURATION_AGENT_CURRENT_STATE', val: 17_728 },
          { id: 'IDX_AGENT_LOGIN_SKILLS', val: [3] },
        ],
      }],
    },
  }],
});
