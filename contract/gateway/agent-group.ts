import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { flag, integer, integerOf, list, nothing, nullable, object, text, timestamp } from '../schema.ts';
import { colleague, colleagueErrors, MAX_QUEUES, mediatype, queueOfAgent } from './agent-skill.ts';
import { CTI_STATES, GATEWAY_STATES } from './agent-state.ts';
import { sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';
import { queueDeviceErrors, queueId } from './queue-device.ts';

export const agentGroupErrors = catalogue({
  noAgentOnDuty: { status: 200, code: '300-002', text: 'No agent who takes inbound calls works in skill queue {id}.' },
});

const BASE = '/agentgateway/resource/agentgroup/{agentid}';

const MAX_AGENTS = 59_899;

const never = list(nothing, 'Not used: empty.', { max: 0 });

/** The examples say `phonenumber`, the tables of 5.2.11 and of the two sections after it two other names; all three are sent. */
const phone = text('Phone of the agent; empty when signed out.', { max: 24 });

const agent = {
  workno: text('Work number of the agent.', { max: 5 }),
  name: text('Name of the agent.'),
  status: text(`State as the gateway numbers it: ${GATEWAY_STATES}.`),
  ctiStatus: text(`State as the CTI platform numbers it: ${CTI_STATES}.`),
  groupid: integer('Id of the agent group; 0 for none.'),
  callids: never,
  mediatype: text('Where signing in succeeded, T or F each: CTI, text chat, mail (always F).', { pattern: '^[TF]{3}$' }),
  vdnid: integer('VDN of the agent.'),
  phonenumber: phone,
  phonenum: phone,
  phonenummer: phone,
  currentstatetime: integer('How long the state has lasted, in seconds.'),
  logindate: timestamp('When the agent signed in, in milliseconds since 1970; 0 when signed out.'),
  currentStateReason: integer('Reason of the state; 0 for none.'),
};

const agentOfQueue = {
  ...agent,
  groupname: nullable(text('Not used: null.')),
  skilllist: never,
  inMultimediaConf: integer('Not used: 0.'),
};

const exampleAgent = {
  workno: '20011', name: '20011', status: '4', ctiStatus: '1', groupid: 1, groupname: null, skilllist: [], mediatype: 'TTF', vdnid: 6,
  phonenumber: '70942', phonenum: '70942', phonenummer: '70942',
  currentstatetime: 1376, logindate: 1_501_125_758_000, callids: [], inMultimediaConf: 0, currentStateReason: 0,
};

const { notSignedIn, failed } = sessionErrors;

export const queryAgentInfoBySkillIdOnline = operation({
  id: 'queryAgentInfoBySkillIdOnline', family: gateway, section: '5.2.11', tag: 'Agents at present',
  method: 'GET', path: `${BASE}/agentbyskill/{skillid}`, auth: 'C4',
  summary: 'List the agents who work in a queue',
  description: 'Without those who take no inbound calls (6.1.1.22).',
  done: '',
  request: { path: object({ agentid: agentId, skillid: queueId }) },
  result: list(object({ ...agentOfQueue, skilliconfig: never }), 'The agents, by work number.', { max: MAX_AGENTS }),
  errors: [notSignedIn, failed, queueDeviceErrors.watchedQueueUnknown, agentGroupErrors.noAgentOnDuty],
  examples: [{
    request: { agentid: 20_011, skillid: 1 },
    response: { message: '', retcode: '0', result: [{ ...exampleAgent, skilliconfig: [] }] },
  }],
});

export const queryAgentInfoByWorkNo = operation({
  id: 'queryAgentInfoByWorkNo', family: gateway, section: '5.2.12', tag: 'Agents at present',
  method: 'GET', path: `${BASE}/agentbyworkno/{workno}`, auth: 'C4',
  summary: 'Get how an agent stands',
  description: 'Agents who are not signed in have the state 2.',
  done: '',
  request: { path: object({ agentid: agentId, workno: colleague }) },
  result: object({
    ...agent,
    groupname: nullable(text('Name of the agent group; null for none.')),
    skilllist: list(queueOfAgent, 'Queues the agent works in, by id.', { max: MAX_QUEUES }),
    calls: never,
    inMultimediaConf: integerOf([0, 1], 'Whether the agent is in a multimedia conference: 1 yes, 0 no.'),
  }),
  errors: [notSignedIn, failed, colleagueErrors.colleagueUnknown],
  examples: [{
    request: { agentid: 20_011, workno: 20_011 },
    response: {
      message: '', retcode: '0',
      result: { ...exampleAgent, groupname: 'jst', skilllist: [{ name: 'clicktodial_jst', id: 10, mediatype: 2 }, { name: 'voice', id: 6, mediatype: 5 }], calls: [] },
    },
  }],
});

export const queryAllOnlineAgents = operation({
  id: 'queryAllOnlineAgents', family: gateway, section: '5.2.13', tag: 'Agents at present',
  method: 'GET', path: `${BASE}/allonlineagents`, auth: 'C4',
  summary: 'List the agents of the VDN who are signed in, queue by queue',
  description: 'An agent stands in every queue it works in; queues without agents are left out.',
  request: { path: agentPath },
  result: list(object({
    skillId: integer('Id of the queue.'),
    skillMediaType: mediatype,
    agent: list(object(agentOfQueue), 'The agents who work in it, by work number.', { max: MAX_AGENTS }),
  }), 'The queues, by id.', { max: MAX_QUEUES }),
  errors: [notSignedIn, failed, queueDeviceErrors.vdnHasNoQueues],
  examples: [{
    request: { agentid: 2005 },
    response: {
      result: [{ skillId: 1, skillMediaType: 5, agent: [{ ...exampleAgent, groupid: 0 }] }, { skillId: 2, skillMediaType: 53, agent: [{ ...exampleAgent, groupid: 0 }] }],
      message: 'success', retcode: '0',
    },
  }],
});

/** What desktops of older gateways ask, with the agents as 5.2.11 to 5.2.13 tell of them. */
const agents = list(object(agentOfQueue), 'The agents, by work number.', { max: MAX_AGENTS });
const exampleAgents = [{ request: { agentid: 20_011 }, response: { message: '', retcode: '0', result: [exampleAgent] } }];

export const queryAllLoginedAgentInfoOnVdn = operation({
  id: 'queryAllLoginedAgentInfoOnVdn', family: gateway, tag: 'Agents at present',
  method: 'GET', path: `${BASE}/onlineagentonvdn`, auth: 'C4',
  summary: 'List the agents of the VDN who are signed in',
  description: 'Each once, whichever queues they work in.',
  done: '',
  request: { path: agentPath },
  result: agents,
  errors: [notSignedIn],
  examples: exampleAgents,
});

export const getAllStatusAgents = operation({
  id: 'getAllStatusAgents', family: gateway, tag: 'Agents at present',
  method: 'GET', path: `${BASE}/allagentstatus`, auth: 'C4',
  summary: 'List all agents of the VDN with their states',
  description: 'Those who are not signed in have the state 2.',
  done: '',
  request: { path: agentPath },
  result: agents,
  errors: [notSignedIn],
  examples: exampleAgents,
});

export const getIdleStatusAgents = operation({
  id: 'getIdleStatusAgents', family: gateway, tag: 'Agents at present',
  method: 'GET', path: `${BASE}/idleagent`, auth: 'C4',
  summary: 'List the idle agents of the VDN',
  done: '',
  request: { path: agentPath },
  result: agents,
  errors: [notSignedIn],
  examples: exampleAgents,
});

export const getAgentRestReason = operation({
  id: 'getAgentRestReason', family: gateway, tag: 'Agents at present',
  method: 'GET', path: `${BASE}/restreason`, auth: 'C4',
  summary: 'List the reasons that an agent may give for a rest',
  description: 'For desktops of older gateways.',
  done: '',
  request: { path: agentPath },
  result: list(object({
    restReasonId: integer('The code, as 6.1.1.12 takes it.'),
    restReason: text('What it stands for.'),
  }), 'The reasons, by code.'),
  errors: [notSignedIn],
  examples: [{ request: { agentid: 20_011 }, response: { message: '', retcode: '0', result: [{ restReasonId: 1, restReason: 'Short break' }] } }],
});

export const isCensor = operation({
  id: 'isCensor', family: gateway, tag: 'Agents at present',
  method: 'GET', path: `${BASE}/iscensor`, auth: 'C4',
  summary: 'Tell whether the agent may inspect others',
  description: 'For desktops of older gateways. The agent\'s role has the permission bit 13 or 17 of 6.3.8.',
  done: '',
  request: { path: agentPath },
  result: flag('Whether it may.'),
  errors: [notSignedIn],
  examples: [{ request: { agentid: 20_011 }, response: { message: '', retcode: '0', result: false } }],
});
