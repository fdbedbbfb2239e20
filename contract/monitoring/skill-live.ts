import { operation } from '../operation.ts';
import { integer, integerOf, list, object, oneOf, optional, text, timestamp } from '../schema.ts';
import { agentMedia, agentsByState, ctiState, interfaceState, phoneNumber, signedInAt, stateSeconds } from './agent-live.ts';
import { monitoring } from './family.ts';
import { dual, inVdn, MAX, OPENAPI, scopeErrors, single, skillId, skillIds } from './parts.ts';

/* 12.3.1.2: skill queues as they are at this moment, and in the five minutes that began at :00 or :05. */

const errors = [scopeErrors.foreignVdn, scopeErrors.wrongParameter];
const common = { family: monitoring, tag: 'Skill queues now', method: 'POST', auth: 'C2', errors } as const;
const ofQueues = { body: object({ ...inVdn, skillIds }) };

const queueId = integer('Id of the queue.');
const count = (what: string) => integer(what, { min: 0 });
const seconds = (what: string) => integer(`${what}, in seconds.`, { min: 0, max: 2 ** 32 });
const unlimited = 'where there is no limit';

/** The answer and its double. */
const twice = (answer: object) => ({ result: '0', resultCode: '0100000', resultDatas: answer, resultDesc: answer });

export const customerLevel = integer('Level of the customer; 0, as none has been given.', { min: 0, max: 254 });
export const requestType = integer('Kind of the call (Table 12-699).');

export const cmsAgentsInSkill = operation({
  ...common, id: 'cmsAgentsInSkill', section: '12.3.1.2.1', envelope: dual, path: `${OPENAPI}/realindex/agent/agentsinskill`,
  summary: 'See who is signed in to skill queues',
  request: ofQueues,
  result: list(object({
    skillId: queueId,
    agentIds: list(integer('Work number.'), 'The agents, by work number.', { max: MAX.agent }),
  }), 'The queues.'),
  examples: [{
    request: { queryParam: { ccId: 1, vdn: 1, skillIds: [1, 2] } },
    response: twice([{ skillId: 1, agentIds: [291] }, { skillId: 2, agentIds: [] }]),
  }],
});

export const cmsTotalSkillStatusEx3 = operation({
  ...common, id: 'cmsTotalSkillStatusEx3', section: '12.3.1.2.2', envelope: dual, path: `${OPENAPI}/skill/totalskillstatusex3`,
  summary: 'See how many wait in skill queues, and who could answer',
  request: ofQueues,
  result: list(object({
    skillId: queueId,
    queueSize: count('How many calls wait.'),
    queueTime: seconds('For how long the one who has waited for the longest does so'),
    loggedOnAgents: count('How many agents are signed in to it.'),
    availAgents: count('How many of them could take a call of it now.'),
    skillDescrip: text('What the queue is for.'),
    callId: text('Id of the call that has waited for the longest; 4294967295-4294967295 where none waits.'),
    maxQueueSize: count('How many calls may wait.'),
  }), 'The queues.'),
  examples: [{
    request: { ccId: 1, vdn: 170, skillIds: [2] },
    response: twice([{ skillId: 2, queueSize: 0, queueTime: 0, loggedOnAgents: 1, availAgents: 0, skillDescrip: 'defaultAudioSkill', callId: '4294967295-4294967295', maxQueueSize: 100 }]),
  }],
});

const connectedIn20 = count('How many were answered within 20 seconds of their coming.');

export const cmsCurrentCallStateInfo = operation({
  ...common, id: 'cmsCurrentCallStateInfo', section: '12.3.1.2.3', envelope: dual, path: `${OPENAPI}/skill/currentcallstateinfo`,
  summary: 'See what has happened in skill queues in these five minutes',
  description: 'Everything begins at nothing at :00, :05 and so on.',
  request: ofQueues,
  result: list(object({
    id: queueId,
    startTime: timestamp('When the five minutes began, in milliseconds.'),
    allCallCount: count('How many calls have come to the queue.'),
    cnndCallCount: count('How many calls of it agents have answered.'),
    cnnedCallCount: count('The same.'),
    abanCallCount: count('How many have left it unanswered.'),
    callEndCount: count('How many talks of its agents have ended.'),
    talkTimeOnIvr: seconds('What those who came to it have spent in flows that they have left'),
    cnndIn20sCallCount: connectedIn20,
    cnnedIn20sCallCount: connectedIn20,
    clearUpCallCount: count('How many wrap-ups have ended.'),
    clearUpTime: seconds('How long these were together'),
  }), 'The queues.'),
  examples: [{
    request: { ccId: 1, vdn: 170, skillIds: [1] },
    response: twice([{
      id: 1, startTime: 1_607_390_700_000, allCallCount: 0, cnndCallCount: 0, cnnedCallCount: 0, abanCallCount: 0, callEndCount: 0, talkTimeOnIvr: 0,
      cnndIn20sCallCount: 0, cnnedIn20sCallCount: 0, clearUpCallCount: 0, clearUpTime: 0,
    }]),
  }],
});

export const cmsQueueDeviceStatus = operation({
  ...common, id: 'cmsQueueDeviceStatus', section: '12.3.1.2.4', envelope: dual, path: `${OPENAPI}/skill/queuedevicestatus`,
  summary: 'See the calls that wait in a skill queue',
  description: 'In the order in which they will be given to agents.',
  request: { body: object({ ...inVdn, skillId }) },
  result: list(object({ callId: text('Id of the call.'), customerLevel, requestType }), 'The calls.', { max: 10_000 }),
  examples: [{ request: { ccId: 1, vdn: 170, skillId: 2 }, response: twice([{ callId: '1604285072-840', requestType: 0, customerLevel: 0 }]) }],
});

export const cmsSkillCfgInfo = operation({
  ...common, id: 'cmsSkillCfgInfo', section: '12.3.1.2.5', envelope: dual, path: `${OPENAPI}/skill/skillcfginfo`,
  summary: 'See the limits of skill queues',
  request: ofQueues,
  result: list(object({
    skillId: queueId,
    maxCallNum: count('How many calls may wait.'),
    maxHoldCallNum: count(`How many calls may be on hold; 65535 ${unlimited}.`),
    maxWaitTime: seconds('How long a call may wait'),
    maxAnswerWaitTime: seconds('How long an agent is rung'),
    maxTalkTime: seconds(`How long a talk may last; 4294967295 ${unlimited}`),
    maxRestAgentNum: count(`How many agents may rest at a time; 65535 ${unlimited}.`),
    maxAgentWrapupTime: seconds('How long a wrap-up lasts; 0 as long as the agent likes'),
  }), 'The queues.'),
  examples: [{
    request: { ccId: 1, vdn: 170, skillIds: [1] },
    response: twice([{ skillId: 1, maxCallNum: 100, maxHoldCallNum: 65_535, maxWaitTime: 60, maxAnswerWaitTime: 30, maxTalkTime: 4_294_967_295, maxRestAgentNum: 65_535, maxAgentWrapupTime: 5 }]),
  }],
});

/** Table 12-424 without what older clients do not know. */
export const skillState = {
  skillId: queueId,
  agentLoginNums: count('How many agents are signed in to it.'),
  agentTalkingNums: agentsByState.talking,
  agentIdleNums: agentsByState.idle,
  agentAvailableNums: count('How many could take a call of it now: of sessions, also who has some already.'),
  agentRestNums: agentsByState.rest,
  agentMaxIdleTimeIn5: seconds('The longest idle time of an agent that has ended in these five minutes or goes on, from its beginning'),
  agentWorkNums: count('How many wrap up or set their desk right after it.'),
  agentStudyNums: agentsByState.studying,
  agentOccupyNums: agentsByState.occupy,
  agentPreOccupyNums: agentsByState.preoccupy,
  totalCallNums: count('How many calls agents have, or have ended in these five minutes.'),
  processingCallNums: count('How many calls of it agents have now, ringing ones too.'),
  maxCallWaitTimeIn5: seconds('The longest wait that has ended in these five minutes or goes on'),
  maxCallWaitTimesIn5: seconds('The same'),
  callWaitNums: count('How many calls wait.'),
  evenCallTimeIn5: seconds('How long the talks were on average that have ended in these five minutes'),
  evenWaitTimeIn5: seconds('How long the waits were on average that have ended in these five minutes'),
} as const;

const aState = {
  skillId: 1, agentLoginNums: 1, agentTalkingNums: 0, agentIdleNums: 0, agentAvailableNums: 0, agentSetBusyNums: 1, agentRestNums: 0, agentMaxIdleTimeIn5: 0, agentWorkNums: 0,
  agentStudyNums: 0, agentOccupyNums: 0, agentPreOccupyNums: 0, totalCallNums: 0, processingCallNums: 0, maxCallWaitTimeIn5: 0, maxCallWaitTimesIn5: 0, callWaitNums: 0,
  evenCallTimeIn5: 0, evenWaitTimeIn5: 0, allCallCount: 0, cnndIn20sCallCount: 0, cnnedIn20sCallCount: 0,
};

export const cmsSkillStateInfo = operation({
  ...common, id: 'cmsSkillStateInfo', section: '12.3.1.2.6', envelope: dual, path: `${OPENAPI}/skill/stateinfo`,
  summary: 'See agents and calls of skill queues',
  request: ofQueues,
  result: list(object({
    ...skillState,
    agentSetBusyNums: agentsByState.setBusy,
    allCallCount: count('How many calls have come to it in these five minutes.'),
    cnndIn20sCallCount: connectedIn20,
    cnnedIn20sCallCount: connectedIn20,
  }), 'The queues.'),
  examples: [{ request: { queryParam: { ccId: 1, vdn: 1, skillIds: [1] } }, response: twice([aState]) }],
});

export const cmsBatchMultiSkill = operation({
  ...common, id: 'cmsBatchMultiSkill', section: '12.3.1.2.7', envelope: single, path: `${OPENAPI}/skill/batchmultiskill`,
  summary: 'See all about the calls that wait in skill queues',
  description: 'A call that waits in several queues stands under each of them.',
  request: ofQueues,
  result: list(object({
    skillId: queueId,
    callPropertyExs: list(object({
      callId: text('Id of the call.'),
      customerLevel,
      requestType,
      calling: text('Calling number.'),
      called: text('Called number.'),
      mediaType: text('Name of the media type (Table 12-695).'),
      orgiCalled: text('The number that was dialled first.'),
      callInTime: timestamp('When the call began, in milliseconds.'),
      callPriority: integer('How much it goes before the others; 0, as calls go in the order of their coming.'),
      waitTime: seconds('For how long it has waited in this queue'),
      callQueueFlag: integerOf([0, 1], '1: this is its main queue.'),
    }), 'The calls, in the order in which they will be given to agents.', { max: 10_000 }),
  }), 'The queues.'),
  examples: [{
    request: { ccId: 1, vdn: 170, skillIds: [1, 2] },
    response: {
      resultCode: '0100000',
      resultDesc: [{ skillId: 1, callPropertyExs: [] }, {
        skillId: 2,
        callPropertyExs: [{
          callId: '1607392439-379', customerLevel: 0, requestType: 0, calling: '1233', called: '34565', mediaType: 'MEDIA_TYPE_PHONE', orgiCalled: '234545',
          callInTime: 1_607_392_439_000, callPriority: 0, waitTime: 0, callQueueFlag: 1,
        }],
      }],
    },
  }],
});

export const cmsBatchSkillOverload = operation({
  ...common, id: 'cmsBatchSkillOverload', section: '12.3.1.2.8', envelope: dual, path: `${OPENAPI}/skill/batchskilloverload`,
  summary: 'See how many calls of other queues skill queues have answered',
  description: 'Calls that wait in several queues at once are answered by whichever has an agent first. Counted in the five minutes that began at :00 or :05.',
  request: ofQueues,
  result: list(object({
    skillId: integer('Id of the queue that has answered.'),
    overloadDetails: list(object({
      queueId: integer('Id of the queue whose calls these were: their main queue.'),
      callNum: count('How many.'),
    }), 'By queue; none where it has answered its own alone.'),
  }), 'The queues.'),
  examples: [{
    request: { ccId: 1, vdn: 170, skillIds: [1, 2] },
    response: twice([{ skillId: 1, overloadDetails: [{ queueId: 2, callNum: 1 }] }, { skillId: 2, overloadDetails: [] }]),
  }],
});

const someStates = {
  workSubStateBegin: 0, lateAdjust: 0, usable: 0, rest: 0, studying: 0, setBusy: 1, occupy: 0, idle: 0, preoccupy: 0, answering: 0, talking: 0, loginEd: 1, callOut: 0,
};

export const cmsAgentStatusBySkill = operation({
  ...common, id: 'cmsAgentStatusBySkill', section: '12.3.1.2.9', envelope: dual, path: `${OPENAPI}/skill/agentstatusbyskill`,
  summary: 'Count the agents of skill queues by state',
  description: 'An agent of several of the queues counts once.',
  request: {
    body: object({
      ...inVdn, skillIds,
      isSkillAllMatch: optional(oneOf(['true', 'false', 'TRUE', 'FALSE'], '`true`: only agents who are signed in to these queues and to no others.')),
    }),
  },
  result: object({ ...agentsByState, callOut: count('How many are in a call to the outside.') }),
  examples: [{ request: { ccId: 1, vdn: 170, skillIds: [1, 2], isSkillAllMatch: 'true' }, response: twice(someStates) }],
});

export const cmsAgentByConfigedSkill = operation({
  ...common, id: 'cmsAgentByConfigedSkill', section: '12.3.1.2.10', envelope: single, path: `${OPENAPI}/skill/agentbyconfigedskill`,
  aliases: [`${OPENAPI}/skill/agentbyconfiguredskill`],
  summary: 'See the agents who are signed in to a skill queue',
  request: { body: object({ ...inVdn, skillId }) },
  result: list(object({
    workNo: integer('Work number.'),
    name: text('The name of the person.'),
    status: interfaceState,
    ctiStatus: ctiState('The state on the platform'),
    groupId: integer('Group whose calls the agent may pick up; -1 without one.'),
    mediaType: agentMedia,
    vdnId: integer('Id of the tenant.'),
    phoneNumber,
    currentStateTime: stateSeconds,
    loginDate: signedInAt,
  }), 'The agents, by work number.', { max: MAX.agent }),
  examples: [{
    request: { queryParam: { ccId: 1, vdn: 1, skillId: 1 } },
    response: {
      resultCode: '0100000',
      resultDesc: [{ workNo: 20_011, name: '20011', status: 4, ctiStatus: 1, groupId: 1, mediaType: 5, vdnId: 1, phoneNumber: '70942', currentStateTime: 1505, loginDate: 1_501_125_758_000 }],
    },
  }],
});

export const cmsSkillServiceQuality = operation({
  ...common, id: 'cmsSkillServiceQuality', section: '12.3.1.2.11', envelope: single, path: `${OPENAPI}/skill/servicequality`,
  summary: 'See how soon skill queues have answered in these five minutes',
  request: ofQueues,
  result: list(object({
    skillId: queueId,
    statStartTime: timestamp('When the five minutes began, in milliseconds.'),
    inCallNum: count('How many calls have come.'),
    connectedNum: count('How many were answered.'),
    callLostNum: count('How many have left unanswered.'),
    in15sCallNum: count('How many were answered within 15 seconds of their coming.'),
    wait15sLostNum: count('How many have left unanswered in less than 15 seconds.'),
    in20sCallNum: count('How many were answered within 20 seconds of their coming.'),
    wait20sLostNum: count('How many have left unanswered in less than 20 seconds.'),
  }), 'The queues.'),
  examples: [{
    request: { ccId: 1, vdn: 1, skillIds: [1] },
    response: {
      resultCode: '0100000',
      resultDesc: [{ skillId: 1, statStartTime: 1_611_714_900_000, inCallNum: 0, connectedNum: 0, callLostNum: 0, in15sCallNum: 0, wait15sLostNum: 0, in20sCallNum: 0, wait20sLostNum: 0 }],
    },
  }],
});
