import { operation } from '../operation.ts';
import { integer, list, object, text } from '../schema.ts';
import { agentMedia, agentsByState, ctiState, interfaceState, phoneNumber, restCounts, restReason, restSeconds, restSince, signedInAt, stateSeconds } from './agent-live.ts';
import { monitoring } from './family.ts';
import { agentId, dual, inVdn, MAX, OPENAPI, scopeErrors, skillId, skillIds } from './parts.ts';
import { skillState } from './skill-live.ts';

/* 12.3.8.13: what programs of release 8.13 and before ask. The fields are those of 12.3.1 in small letters, and `resultDatas` is where they look. */

const common = { family: monitoring, tag: 'Older programs', method: 'POST', auth: 'C2', envelope: dual, errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter] } as const;
const twice = (answer: object) => ({ result: '0', resultCode: '0100000', resultDatas: answer, resultDesc: answer });

export const legacyAgentByWorkNo = operation({
  ...common, id: 'legacyAgentByWorkNo', section: '12.3.8.13.1', path: `${OPENAPI}/agentgroup/agentbyworkno`,
  summary: 'See an agent (older programs)',
  request: { body: object({ ...inVdn, agentId }) },
  result: object({
    workno: integer('Work number.'),
    vdnid: integer('Id of the tenant.'),
    citStatus: ctiState('The state on the platform'),
    name: text('The name of the person.'),
    phonenumber: phoneNumber,
    logindate: signedInAt,
    currentstatetime: stateSeconds,
    mediatype: agentMedia,
    status: interfaceState,
  }),
  examples: [{
    request: { queryParam: { ccId: 1, vdn: 1, agentId: 101 } },
    response: twice({ workno: 101, vdnid: 1, citStatus: 0, name: 'HW35154101', phonenumber: null, logindate: 4_294_967_295_000, currentstatetime: 436_879, mediatype: 0, status: 2 }),
  }],
});

export const legacySystemState = operation({
  ...common, id: 'legacySystemState', section: '12.3.8.13.2', path: `${OPENAPI}/querymonitor/systemstate`,
  summary: 'Count busy, talking and idle agents (older programs)',
  request: { body: object(inVdn) },
  result: object({ busyagent: agentsByState.setBusy, talkingnum: agentsByState.talking, idleagent: agentsByState.idle, totalloginagent: agentsByState.loginEd }),
  examples: [{ request: { queryParam: { ccId: 1, vdn: 1 } }, response: twice({ busyagent: 0, talkingnum: 0, idleagent: 0, totalloginagent: 0 }) }],
});

export const legacyAgentRestInfo = operation({
  ...common, id: 'legacyAgentRestInfo', section: '12.3.8.13.3', path: `${OPENAPI}/agentgroup/agentrestinfo`,
  summary: 'See who rests, and who is to (older programs)',
  request: { body: object(inVdn) },
  result: object({
    allowrestnum: restCounts.allowed,
    onrestnum: restCounts.on,
    waitrestnum: restCounts.waiting,
    agentsrestdetails: list(object({
      agentname: text('The name of the person.'),
      workno: integer('Work number.'),
      cantrestreason: restReason,
      begintime: restSince,
      restduration: restSeconds,
    }), 'Who rests or is to.', { max: MAX.agent }),
  }),
  examples: [{
    request: { queryParam: { ccId: 1, vdn: 1 } },
    response: twice({ allowrestnum: 0, onrestnum: 1, waitrestnum: 0, agentsrestdetails: [{ agentname: 'z1', workno: 55_001, cantrestreason: 0, begintime: 1_602_830_642_000, restduration: 600 }] }),
  }],
});

export const legacySkillStateInfo = operation({
  ...common, id: 'legacySkillStateInfo', section: '12.3.8.13.4', path: `${OPENAPI}/realindex/skill/stateinfo`,
  summary: 'See agents and calls of skill queues (older programs)',
  request: { body: object({ ...inVdn, skillIds }) },
  result: list(object({ ...skillState, agentSetbusyNums: agentsByState.setBusy }), 'The queues.'),
  examples: [{
    request: { queryParam: { ccId: 1, vdn: 1, skillIds: [1] } },
    response: twice([{
      skillId: 1, agentLoginNums: 1, agentTalkingNums: 0, agentIdleNums: 0, agentAvailableNums: 0, agentSetbusyNums: 1, agentRestNums: 0, agentMaxIdleTimeIn5: 0,
      agentWorkNums: 0, agentStudyNums: 0, agentOccupyNums: 0, agentPreOccupyNums: 0, totalCallNums: 0, processingCallNums: 0, maxCallWaitTimeIn5: 0, maxCallWaitTimesIn5: 0,
      callWaitNums: 0, evenCallTimeIn5: 0, evenWaitTimeIn5: 0,
    }]),
  }],
});

export const legacyAgentByConfigedSkill = operation({
  ...common, id: 'legacyAgentByConfigedSkill', section: '12.3.8.13.5', path: `${OPENAPI}/agentgroup/agentbyconfiguredskill`,
  aliases: [`${OPENAPI}/agentgroup/agentbyconfigedskill`],
  summary: 'See the agents who are signed in to a skill queue (older programs)',
  request: { body: object({ ...inVdn, skillId }) },
  result: list(object({
    workno: integer('Work number.'),
    name: text('The name of the person.'),
    status: interfaceState,
    ctiStatus: ctiState('The state on the platform'),
    groupid: integer('Group whose calls the agent may pick up; -1 without one.'),
    mediatype: agentMedia,
    vdnid: integer('Id of the tenant.'),
    phonenummer: phoneNumber,
    phonenum: phoneNumber,
    currentstatetime: stateSeconds,
    logindate: signedInAt,
  }), 'The agents, by work number.', { max: MAX.agent }),
  examples: [{
    request: { queryParam: { ccId: 1, vdn: 1, skillId: 1 } },
    response: twice([{
      workno: 20_011, name: '20011', status: 4, ctiStatus: 1, groupid: 1, mediatype: 5, vdnid: 1, phonenummer: '70942', phonenum: '70942', currentstatetime: 1505, logindate: 1_501_125_758_000,
    }]),
  }],
});
