import type { Envelope } from '../envelope.ts';
import { operation } from '../operation.ts';
import { refusalText } from '../refusal.ts';
import { flag, integer, integerOf, list, nullable, object, optional, text, timestamp, word } from '../schema.ts';
import { monitoring } from './family.ts';
import { agentId, agentIds, ccId, dual, inVdn, MAX, OPENAPI, page, paged, scopeErrors, single, vdn } from './parts.ts';

/* 12.3.1.3: agents as they are at this moment. */

const errors = [scopeErrors.foreignVdn, scopeErrors.wrongParameter];
const common = { family: monitoring, tag: 'Agents now', method: 'POST', auth: 'C2', errors } as const;

export const ctiState = (what: string) => integer(`${what} (12.3.8.3): 0 signed out, 1 idle, 2 preoccupied, 3 occupied, 4 answering, 5 talking, 6 wrap-up, 7 busy, 8 rest, 9 study, 10 adjusting.`, { min: 0, max: 10 });
export const stateSeconds = integer('For how long already, in seconds; 4294967295 where that is not known, of agents who are signed out.', { max: 2 ** 32 });
/** Table 12-482. */
export const interfaceState = integerOf([0, 2, 3, 4, 5, 7, 8], 'The state as programs know it (Table 12-482): 0 study, 2 signed out, 3 busy, 4 idle, 5 wrap-up, 7 with a call, 8 rest.');
export const location = integer('Node of a distributed platform; 65535, as there is none.');
export const agentMedia = integer('Media type of what the agent takes (Table 12-695): 5 voice, 19 video, 53 text; 0 while signed out.');
export const signedInAt = timestamp('When the agent signed in, in milliseconds; 4294967295000 of one who is signed out.');
export const phoneNumber = nullable(text('Number of the phone that the agent signed in with; null while signed out.'));

export const cmsSiteAgentSkills = operation({
  ...common, id: 'cmsSiteAgentSkills', section: '12.3.1.3.1', envelope: dual, path: `${OPENAPI}/agentgroup/siteagentcallandskillinfobyagentids`,
  summary: 'See to which of their skill queues agents are signed in',
  description: 'All queues that are configured for each agent, by id.',
  request: { body: object({ ...inVdn, agentIds: agentIds(6000) }) },
  result: list(object({
    agentId: integer('Work number.'),
    skills: list(object({
      skillId: integer('Id of the queue.'),
      isLogin: integerOf([0, 1], '1: the agent is signed in to it.'),
    }), 'The queues of the agent.', { max: MAX.skill }),
  }), 'The agents.', { max: 6000 }),
  examples: [{
    request: { ccId: 1, vdn: 170, agentIds: [1031, 1099] },
    response: {
      result: '0', resultCode: '0100000',
      resultDatas: [{ agentId: 1031, skills: [{ skillId: 2, isLogin: 0 }] }, { agentId: 1099, skills: [{ skillId: 2, isLogin: 0 }, { skillId: 4, isLogin: 0 }] }],
      resultDesc: [{ agentId: 1031, skills: [{ skillId: 2, isLogin: 0 }] }, { agentId: 1099, skills: [{ skillId: 2, isLogin: 0 }, { skillId: 4, isLogin: 0 }] }],
    },
  }],
});

const signedOutAgent = {
  agentId: 1031, locationId: 65_535, currentStateReason: 65_535, prevState: 1, prevStateTime: 4_294_967_295, currentState: 0, currentStateTime: 2_224_439,
  logonTime: 4_294_967_295_000, agentRelease: 0, currentPrivateCallNum: 0,
};

export const cmsAgentStatusInfo = operation({
  ...common, id: 'cmsAgentStatusInfo', section: '12.3.1.3.2', envelope: dual, path: `${OPENAPI}/agentgroup/agentstatusinfobyagentids`,
  summary: 'See the states of agents and what was before',
  request: { body: object({ ...inVdn, agentIds: agentIds(6000) }) },
  result: list(object({
    agentId: integer('Work number.'),
    locationId: location,
    currentStateReason: integer('Of a rest, its reason; of one who is signed out, why (12.3.8.12); else 65535.'),
    prevState: ctiState('The state before'),
    prevStateTime: integer('How long that one lasted, in seconds; 4294967295 where it is not known.', { max: 2 ** 32 }),
    currentState: ctiState('The state now'),
    currentStateTime: stateSeconds,
    logonTime: signedInAt,
    agentRelease: integer('How many calls the agent has ended since the sign-in.'),
    currentPrivateCallNum: integer('How many calls wait for this agent alone.'),
  }), 'The agents.', { max: 6000 }),
  examples: [{
    request: { ccId: 1, vdn: 170, agentIds: [1031] },
    response: { result: '0', resultCode: '0100000', resultDatas: [signedOutAgent], resultDesc: [signedOutAgent] },
  }],
});

export const cmsQueryAgentCalls = operation({
  ...common, id: 'cmsQueryAgentCalls', section: '12.3.1.3.3', envelope: dual, path: `${OPENAPI}/agent/queryagentcalls`,
  summary: 'See which calls an agent has',
  description: 'The current one first, then those on hold, then sessions of text; ringing ones too.',
  request: { body: object({ ...inVdn, agentId }) },
  result: list(text('Id of a call.'), 'The calls; none while signed out.'),
  examples: [{
    request: { ccId: 1, vdn: 170, agentId: 1099 },
    response: { result: '0', resultCode: '0100000', resultDatas: ['1605492949-1447'], resultDesc: ['1605492949-1447'] },
  }],
});

export const cmsQueryAgentsCalls = operation({
  ...common, id: 'cmsQueryAgentsCalls', section: '12.3.1.3.4', envelope: single, path: `${OPENAPI}/agentgroup/queryagentcalls`,
  summary: 'See the calls of agents and how they stand',
  description: 'With the calls that wait for an agent alone.',
  request: { body: object({ ...inVdn, agentIds: agentIds(3000) }) },
  result: list(object({
    agentId: integer('Work number.'),
    callList: list(object({
      callId: text('Id of the call.'),
      callStatus: integer('Table 12-470: 1 on its way, 2 in a queue, 3 waits for the agent alone, 4 rings, 5 talk, 6 on hold, 7 lent to a flow, 8 muted, 9 among three.', { min: 0, max: 9 }),
      callInOut: integerOf([0, 1], '1: the call went out, to the outside or from this agent to a colleague.'),
      mediaType: integer('Media type (Table 12-695).'),
    }), 'Its calls.'),
  }), 'The agents, also those without calls.', { max: 3000 }),
  examples: [{
    request: { ccId: 1, vdn: 170, agentIds: [1034, 1099] },
    response: {
      resultCode: '0100000',
      resultDesc: [{ agentId: 1034, callList: [] }, { agentId: 1099, callList: [{ callId: '1605494261-1449', callStatus: 5, callInOut: 0, mediaType: 5 }] }],
    },
  }],
});

export const cmsAgentPrivateCall = operation({
  ...common, id: 'cmsAgentPrivateCall', section: '12.3.1.3.5', envelope: dual, path: `${OPENAPI}/agent/agentprivatecall`,
  summary: 'See which calls wait for one agent alone',
  description: 'Calls sent to this very agent while the agent talked or wrapped up. They come before those of any skill queue; the longest wait first.',
  request: { body: object({ ...inVdn, agentId }) },
  result: list(text('Id of a call.'), 'The calls.'),
  examples: [{
    request: { ccId: 1, vdn: 170, agentId: 1099 },
    response: { result: '0', resultCode: '0100000', resultDatas: ['1605492949-1447'], resultDesc: ['1605492949-1447'] },
  }],
});

/** How many agents are in each state; a sign-in counts once. */
export const agentsByState = {
  workSubStateBegin: integer('How many wrap up.'),
  lateAdjust: integer('How many set their desk right after a wrap-up: 0, as no agent of Parley is in that state.'),
  usable: integer('How many could be given something now: idle ones, and those who have sessions and room for more.'),
  rest: integer('How many rest.'),
  studying: integer('How many are in study.'),
  setBusy: integer('How many are busy.'),
  occupy: integer('How many are occupied: a phone of theirs is being rung, or they dial.'),
  idle: integer('How many are idle.'),
  preoccupy: integer('How many look at a number before it is dialled.'),
  answering: integer('How many are being rung.'),
  talking: integer('How many talk.'),
  loginEd: integer('How many are signed in.'),
} as const;

const nobody = { workSubStateBegin: 0, lateAdjust: 0, usable: 1, rest: 0, setBusy: 0, studying: 0, occupy: 0, idle: 1, preoccupy: 0, answering: 0, talking: 0, loginEd: 1 };

export const cmsTeamAgentStatusInfo = operation({
  ...common, id: 'cmsTeamAgentStatusInfo', section: '12.3.1.3.6', envelope: dual, path: `${OPENAPI}/agentgroup/teamagentstatusinfo`,
  summary: 'Count agents by state',
  request: { body: object({ ...inVdn, agentIds: agentIds(6000) }) },
  result: object({ ...agentsByState, workSubstateBegin: agentsByState.workSubStateBegin }),
  examples: [{
    request: { ccId: 1, vdn: 170, agentIds: [1031, 1099] },
    response: { result: '0', resultCode: '0100000', resultDatas: { ...nobody, workSubstateBegin: 0 }, resultDesc: { ...nobody, workSubstateBegin: 0 } },
  }],
});

export const cmsAgentByWorkNo = operation({
  ...common, id: 'cmsAgentByWorkNo', section: '12.3.1.3.7', envelope: single, path: `${OPENAPI}/agent/agentbyworkno`,
  summary: 'See an agent',
  request: { body: object({ ...inVdn, agentId }) },
  result: object({
    workNo: integer('Work number.'),
    vdnId: integer('Id of the tenant.'),
    citStatus: ctiState('The state on the platform'),
    name: text('The name of the person.'),
    phoneNumber,
    loginDate: signedInAt,
    currentStateTime: stateSeconds,
    mediaType: agentMedia,
    status: interfaceState,
  }),
  examples: [{
    request: { queryParam: { ccId: 1, vdn: 1, agentId: 101 } },
    response: {
      resultCode: '0100000',
      resultDesc: { workNo: 101, vdnId: 1, citStatus: 0, name: 'HW35154101', phoneNumber: null, loginDate: 4_294_967_295_000, currentStateTime: 436_879, mediaType: 0, status: 2 },
    },
  }],
});

export const restSeconds = integer('How long it is to last, in seconds; 4294967295 where that was not said.', { max: 2 ** 32 });
export const restReason = integerOf([0, 1, 2, 3, 4], 'Why an agent who has asked for a rest does not rest yet: 1 there is a call to be ended first, 3 the same of an agent who has signed in to no queue. Of one who rests 0.');
export const restSince = timestamp('When the rest began, or was asked for, in milliseconds.');
export const restCounts = {
  allowed: integer('How many have been granted a rest that they have not begun: 0, as nobody need grant one.'),
  on: integer('How many rest.'),
  waiting: integer('How many have asked for a rest and are to begin it after their call.'),
} as const;

export const cmsAgentRestInfos = operation({
  ...common, id: 'cmsAgentRestInfos', section: '12.3.1.3.8', envelope: dual, path: `${OPENAPI}/agentgroup/agentrestinfos`,
  summary: 'See who rests, and who is to',
  description: 'The counts are of all agents of the tenant; a page, where one is asked for, is of the details, by work number.',
  request: { body: object({ ...inVdn, ...paged(100) }) },
  result: object({
    allowRestNum: restCounts.allowed,
    onRestNum: restCounts.on,
    waitRestNum: restCounts.waiting,
    agentsRestDetails: list(object({
      agentName: text('The name of the person.'),
      workNo: integer('Work number.'),
      cantRestReason: restReason,
      beginTime: restSince,
      restDuration: restSeconds,
    }), 'Who rests or is to.', { max: MAX.agent }),
  }),
  examples: [{
    request: { queryParam: { ccId: 1, vdn: 1, offset: 0, limit: 100 } },
    response: {
      result: '0', resultCode: '0100000',
      resultDatas: { allowRestNum: 0, onRestNum: 1, waitRestNum: 0, agentsRestDetails: [{ agentName: 'z1', workNo: 55_001, cantRestReason: 0, beginTime: 1_602_830_642_000, restDuration: 600 }] },
      resultDesc: { allowRestNum: 0, onRestNum: 1, waitRestNum: 0, agentsRestDetails: [{ agentName: 'z1', workNo: 55_001, cantRestReason: 0, beginTime: 1_602_830_642_000, restDuration: 600 }] },
    },
  }],
});

export const cmsIsProcessCall = operation({
  ...common, id: 'cmsIsProcessCall', section: '12.3.1.3.9', envelope: dual, path: `${OPENAPI}/calldata/isprocesscall`,
  summary: 'See whether an agent has a call',
  request: { body: object({ ...inVdn, agentId }) },
  result: flag('Whether there is one: in talk, on hold or ringing.'),
  examples: [{ request: { queryParam: { ccId: 1, vdn: 1, agentId: 101 } }, response: { result: '0', resultCode: '0100000', resultDatas: false, resultDesc: false } }],
});

export const cmsSystemState = operation({
  ...common, id: 'cmsSystemState', section: '12.3.1.3.10', envelope: dual, path: `${OPENAPI}/agentgroup/systemstate`,
  summary: 'Count busy, talking and idle agents, a page at a time',
  description: 'All agents of the tenant stand in the order of their work numbers, and those of the page are counted.',
  request: { body: object({ ...inVdn, ...page(100) }) },
  result: object({
    busyAgent: agentsByState.setBusy,
    talkingNum: agentsByState.talking,
    idleAgent: agentsByState.idle,
    totalLoginAgent: agentsByState.loginEd,
  }),
  examples: [{
    request: { queryParam: { ccId: 1, vdn: 1, offset: 0, limit: 100 } },
    response: {
      result: '0', resultCode: '0100000',
      resultDatas: { busyAgent: 0, talkingNum: 0, idleAgent: 0, totalLoginAgent: 0 }, resultDesc: { busyAgent: 0, talkingNum: 0, idleAgent: 0, totalLoginAgent: 0 },
    },
  }],
});

/** This one alone answers so. */
const described: Envelope = {
  schema: (result) => object({ returnCode: word('0: done.'), description: optional(text('The outcome in words.')), data: result }),
  refusalSchema: object({
    ...monitoring.envelope.refusalSchema.properties,
    returnCode: optional(text('A code of 12.3.8.2.')),
    description: optional(text('The outcome in words.')),
  }),
  success: (data) => ({ returnCode: '0', description: 'success', data }),
  refusal: (refusal) => {
    const { status, code } = refusal.refused;
    return status === 401 || status === 403 ? monitoring.envelope.refusal(refusal) : { returnCode: code, description: refusalText(refusal) };
  },
  resultOf: ({ data }) => data,
};

export const agentStateRow = {
  agentId: integer('Work number.'),
  locationId: location,
  currentState: ctiState('The state now'),
  currentStateTime: stateSeconds,
} as const;

export const cmsQueryAgentByStatus = operation({
  ...common, id: 'cmsQueryAgentByStatus', section: '12.3.1.3.13', envelope: described, path: `${OPENAPI}/vdn/queryAgentByStatus`,
  summary: 'List the agents in a state',
  request: { body: object({ ccId: optional(ccId), vdn, status: optional(ctiState('Only agents in this state')), ...page(1000) }) },
  result: list(object(agentStateRow), 'The agents, by work number.'),
  examples: [{
    request: { ccId: '1', vdn: '3', status: '0', limit: 10, offset: 0 },
    response: { returnCode: '0', description: 'success', data: [{ agentId: 108, locationId: 65_535, currentState: 0, currentStateTime: 426_849 }] },
  }],
});
