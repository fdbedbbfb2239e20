import { operation } from '../operation.ts';
import { integer, integerOf, list, longId, object, optional, text } from '../schema.ts';
import { agentStateRow, ctiState, restCounts, restReason, restSeconds, restSince } from './agent-live.ts';
import { monitoring } from './family.ts';
import { counted, dual, inVdn, MAX, OPENAPI, page, scopeErrors, single } from './parts.ts';
import { customerLevel, requestType } from './skill-live.ts';

/* 12.3.1.1: what a whole tenant has at this moment. */

const errors = [scopeErrors.foreignVdn];
const common = { family: monitoring, tag: 'Tenants now', method: 'POST', auth: 'C2', errors } as const;

const ofAll = { body: object(inVdn) };
const ofPage = (limit: number) => ({ body: object({ ...inVdn, ...page(limit) }) });
const workNo = integer('Work number.');
const count = integer('How many agents the tenant has, signed in or not.', { min: 0 });
const amount = (what: string) => integer(what, { min: 0, max: 2 ** 32 });

const twice = (answer: object) => ({ result: '0', resultCode: '0100000', resultDatas: answer, resultDesc: answer });
const twiceOf30 = (answer: object) => ({ ...twice(answer), count: 30 });

export const cmsQueryAccessCodeInfo = operation({
  ...common, id: 'cmsQueryAccessCodeInfo', section: '12.3.1.1.1', envelope: single, path: `${OPENAPI}/vdn/queryaccesscodeinfo`,
  summary: 'List the numbers at which calls come in',
  request: ofAll,
  result: list(object({
    acId: longId('Id of the access code: of 19 digits, so it is text.'),
    mediatypeId: integer('Media type (Table 12-695).'),
    accessCode: text('The number.'),
    codeDescription: text('What it is for.'),
  }), 'The access codes, by number.', { max: 100_000 }),
  examples: [{
    request: { ccId: 1, vdn: 170 },
    response: { resultCode: '0100000', resultDesc: [{ acId: '1124167935465633793', mediatypeId: 5, accessCode: '650114', codeDescription: 'Voice access' }] },
  }],
});

const restingAgent = {
  agentId: 1039, cantRestCause: 0, vdnId: 170, ccId: 1, beginTime: 1_602_830_613_000, applyRestLength: 600, name: 'HW285601039', reqRestDuration: 238, reqRestDura: 238,
};

export const cmsQueryAgentRestState = operation({
  ...common, id: 'cmsQueryAgentRestState', section: '12.3.1.1.2', envelope: counted, path: `${OPENAPI}/vdn/queryagentreststate`,
  summary: 'See who of a page of agents rests, and who is to',
  description: 'All agents of the tenant stand in the order of their work numbers; the counts, too, are of those on the page alone.',
  request: ofPage(1000),
  result: object({
    count,
    rows: object({
      onRestAgentNum: restCounts.on,
      allowRestAgentNum: restCounts.allowed,
      waitRestAgentNum: restCounts.waiting,
      details: list(object({
        agentId: workNo,
        cantRestCause: restReason,
        vdnId: integer('Id of the tenant.'),
        ccId: integer('Id of the contact centre.'),
        beginTime: restSince,
        applyRestLength: restSeconds,
        name: text('The name of the person.'),
        reqRestDuration: optional(amount('For how long the agent has rested, in seconds.')),
        reqRestDura: optional(amount('The same.')),
        skillIds: optional(text('Queues of the agent, where too many of their agents rest; nothing of Parley limits that.')),
      }), 'Who rests or is to.'),
    }),
  }),
  examples: [{
    request: { ccId: 1, vdn: 170, offset: 0, limit: 3 },
    response: twiceOf30({ onRestAgentNum: 1, allowRestAgentNum: 0, waitRestAgentNum: 0, details: [restingAgent] }),
  }],
});

export const cmsAllAgentPhones = operation({
  ...common, id: 'cmsAllAgentPhones', section: '12.3.1.1.3', envelope: counted, path: `${OPENAPI}/vdn/allagentphones`,
  summary: 'List the phones of agents',
  request: ofPage(1000),
  result: object({
    count,
    rows: list(object({ agentId: workNo, phone: text('Number of the phone that the agent signed in with; empty while signed out.') }), 'The agents of the page, by work number.'),
  }),
  examples: [{ request: { ccId: 1, vdn: 170, offset: 0, limit: 1 }, response: twiceOf30([{ agentId: 833, phone: '620002' }]) }],
});

export const cmsTotalAgentAbstractEx3 = operation({
  ...common, id: 'cmsTotalAgentAbstractEx3', section: '12.3.1.1.4', envelope: counted, path: `${OPENAPI}/vdn/totalagentabstractex3`,
  summary: 'List the states of agents and how long they have lasted',
  request: ofPage(1000),
  result: object({ count, rows: list(object(agentStateRow), 'The agents of the page, by work number.') }),
  examples: [{
    request: { ccId: 1, vdn: 170, offset: 0, limit: 1 },
    response: twiceOf30([{ agentId: 833, locationId: 65_535, currentStateTime: 153_293, currentState: 0 }]),
  }],
});

const stateRow = { agentId: workNo, state: ctiState('The state now') };

export const cmsTotalAgentDynamicInfo = operation({
  ...common, id: 'cmsTotalAgentDynamicInfo', section: '12.3.1.1.5', envelope: counted, path: `${OPENAPI}/vdn/totalagentdynamicinfo`,
  summary: 'List the states of agents, a page at a time',
  request: ofPage(100),
  result: object({ count, rows: list(object(stateRow), 'The agents of the page, by work number.') }),
  examples: [{ request: { ccId: 1, vdn: 170, offset: 0, limit: 1 }, response: twiceOf30([{ agentId: 833, state: 0 }]) }],
});

const NO_RIGHTS = '0'.repeat(127);
const configured = (group: string) => ({
  agentId: workNo,
  groupId: integer(group),
  rights: text('A digit for each of the 128 rights of a role (Table 12-353), the first one leftmost: 1 has it.', { max: 128 }),
  name: text('The name of the person.'),
  realFlag: integerOf([0, 1], '1: the agent is of this contact centre, as all are.'),
});

export const cmsQueryAgentStaticConf = operation({
  ...common, id: 'cmsQueryAgentStaticConf', section: '12.3.1.1.6', envelope: counted, path: `${OPENAPI}/vdn/queryagentstaticconfinfo`,
  summary: 'List the names and rights of agents, a page at a time',
  request: ofPage(100),
  result: object({ count, rows: list(object(configured('Always -1: groups are told by 12.3.1.1.15.')), 'The agents of the page, by work number.') }),
  examples: [{
    request: { ccId: 1, vdn: 170, offset: 0, limit: 100 },
    response: twiceOf30([{ agentId: 833, groupId: -1, rights: `1${NO_RIGHTS}`, name: 'ann', realFlag: 1 }]),
  }],
});

export const cmsQueryIvrStatusInfo = operation({
  ...common, id: 'cmsQueryIvrStatusInfo', section: '12.3.1.1.7', envelope: dual, path: `${OPENAPI}/vdn/queryivrstatusinfo`,
  summary: 'See the calls that are in an IVR flow',
  errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter],
  request: { body: object({ ...inVdn, flowId: integer('Id of the flow.', { min: 1, max: MAX.flow, also: ['flowld'] }) }) },
  result: list(object({ callId: text('Id of the call.'), customerLevel, requestType }), 'The calls, the earliest first.', { max: 100_000 }),
  examples: [{ request: { ccId: 1, vdn: 170, flowId: 1 }, response: twice([{ callId: '1453724606-576', customerLevel: 0, requestType: 0 }]) }],
});

export const cmsQueryIvrProcessInNoInfo = operation({
  ...common, id: 'cmsQueryIvrProcessInNoInfo', section: '12.3.1.1.8', envelope: dual, path: `${OPENAPI}/vdn/queryivrprocessinnoinfo`,
  summary: 'List the IVR flows that are in service',
  request: ofAll,
  result: list(object({
    id: integer('Id of the flow.'),
    serviceNo: integer('Number of its service: the id again.'),
    realFlag: integerOf([1, 2], '1: a flow of this contact centre, as all are.'),
    accessNo: text('Its access code.'),
    description: text('What it is for.'),
  }), 'The flows, by id.', { max: MAX.flow }),
  examples: [{
    request: { ccId: 1, vdn: 170 },
    response: twice([{ id: 2, serviceNo: 2, realFlag: 1, accessNo: '85001', description: 'Main flow' }]),
  }],
});

export const cmsQueryAccessCodeCallInfo = operation({
  ...common, id: 'cmsQueryAccessCodeCallInfo', section: '12.3.1.1.11', envelope: single, path: `${OPENAPI}/vdn/queryaccesscodecallinfo`,
  summary: 'See how many who called these numbers are there, and where',
  request: {
    body: object({ ...inVdn, innoIds: list(longId('Id of an access code (12.3.1.1.1).'), 'Ids of access codes. Those of no code of the tenant are passed over.', { max: 500, also: ['innolds'] }) }),
  },
  result: list(object({
    innoId: longId('Id of the access code.'),
    allCallCount: amount('How many calls came by it and go on.'),
    ivrCallCount: amount('How many of them are in a flow.'),
    agentCallCount: amount('How many are with an agent, or ring at one.'),
    queueCallCount: amount('How many wait for an agent.'),
    longestWaitTime: amount('For how long the one of them has waited who waits for the longest, in seconds.'),
  }), 'The access codes.'),
  examples: [{
    request: { ccId: 1, vdn: 170, innoIds: ['1124167935465633793'] },
    response: { resultCode: '0100000', resultDesc: [{ innoId: '1124167935465633793', allCallCount: 1, ivrCallCount: 0, agentCallCount: 1, queueCallCount: 0, longestWaitTime: 0 }] },
  }],
});

export const cmsQueryTotalAgentInfo = operation({
  ...common, id: 'cmsQueryTotalAgentInfo', section: '12.3.1.1.15', envelope: dual, path: `${OPENAPI}/vdn/querytotalagentinfo`,
  summary: 'List the names, rights and groups of all agents',
  request: ofAll,
  result: list(object(configured('Group whose calls the agent may pick up; -1 without one.')), 'The agents, by work number.', { max: MAX.agent }),
  examples: [{ request: { ccId: 1, vdn: 170 }, response: twice([{ agentId: 833, groupId: 1, rights: `1${NO_RIGHTS}`, name: 'ann', realFlag: 1 }]) }],
});

export const cmsTotalAgentState = operation({
  ...common, id: 'cmsTotalAgentState', section: '12.3.1.1.16', envelope: dual, path: `${OPENAPI}/vdn/totalagentstate`,
  summary: 'List the states of all agents',
  request: ofAll,
  result: list(object(stateRow), 'The agents, by work number.', { max: MAX.agent }),
  examples: [{ request: { ccId: 1, vdn: 170 }, response: twice([{ agentId: 833, state: 0 }, { agentId: 55_002, state: 0 }]) }],
});
