import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { integer, integerOf, list, object, text, timestamp } from '../schema.ts';
import { MAX_QUEUES, mediatype } from './agent-skill.ts';
import { sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentId, agentPath } from './path.ts';

export const queueDeviceErrors = catalogue({
  watchedQueueUnknown: { status: 200, code: '100-007', text: 'There is no skill queue {id} in this VDN.' },
  vdnHasNoFlows: { status: 200, code: '600-004', text: 'This VDN has no IVR flow.' },
  vdnHasNoQueues: { status: 200, code: '600-005', text: 'This VDN has no skill queue.' },
  vdnNotOwn: { status: 200, code: '600-002', text: 'No skill queue of VDN {vdn} is to be seen from here.' },
  vdnHasNoCodes: { status: 200, code: '600-003', text: 'This VDN has no access code.' },
});

const BASE = '/agentgateway/resource/queuedevice/{agentid}';

export const queueId = integer('Id of the skill queue.', { min: 1 });

const { notSignedIn, failed } = sessionErrors;
const { watchedQueueUnknown, vdnHasNoFlows, vdnHasNoQueues, vdnNotOwn, vdnHasNoCodes } = queueDeviceErrors;

export const queryQueueLengthOnAgent = operation({
  id: 'queryQueueLengthOnAgent', family: gateway, section: '5.2.5', tag: 'Queues at present',
  method: 'GET', path: `${BASE}/waitnum`, auth: 'C4',
  summary: 'Count who waits in the queues configured for the agent',
  request: { path: agentPath },
  result: integer('How many callers wait in all of them together; one who waits in several counts once.', { min: 0 }),
  errors: [notSignedIn],
  examples: [{ request: { agentid: 291 }, response: { result: 3, message: 'success', retcode: '0' } }],
});

export const queryQueueLengthOnAgentSkills = operation({
  id: 'queryQueueLengthOnAgentSkills', family: gateway, section: '5.2.6', tag: 'Queues at present',
  method: 'GET', path: `${BASE}/waitnumbyagent`, auth: 'C4',
  summary: 'Count who waits in the queues the agent works in',
  description: 'Unlike 5.2.5, queues that the agent has left (6.1.1.8) do not count.',
  request: { path: agentPath },
  result: integer('How many callers wait in all of them together; one who waits in several counts once.', { min: 0 }),
  errors: [notSignedIn, failed],
  examples: [{ request: { agentid: 291 }, response: { result: 1, message: 'success', retcode: '0' } }],
});

const queuesOfVdn = list(object({
  name: text('Name of the queue.'),
  id: integer('Id of the queue.'),
  mediatype,
  serviceType: integer('Id of the service type; there is one, 1.'),
  realFlag: integerOf([0, 1], '1 for a real queue, 0 for a virtual one.'),
}), 'The queues, by id.', { max: MAX_QUEUES });

const exampleQueues = [{ name: 'voice', id: 1, mediatype: 5, serviceType: 1, realFlag: 1 }, { name: 'social', id: 2, mediatype: 53, serviceType: 1, realFlag: 1 }];

export const querySkillQueueOnAgentVDN = operation({
  id: 'querySkillQueueOnAgentVDN', family: gateway, section: '5.2.7', tag: 'Queues at present',
  method: 'GET', path: `${BASE}/agentvdnskill`, aliases: [`${BASE}/agentvdsnskill`], auth: 'C4',
  summary: 'List the skill queues of the agent\'s VDN',
  done: '',
  request: { path: agentPath },
  result: queuesOfVdn,
  errors: [notSignedIn, failed, vdnHasNoQueues],
  examples: [{ request: { agentid: 291 }, response: { message: '', retcode: '0', result: exampleQueues } }],
});

export const querySkillQueueOnVDN = operation({
  id: 'querySkillQueueOnVDN', family: gateway, tag: 'Queues at present',
  method: 'GET', path: `${BASE}/vdnskill/{vdnid}`, auth: 'C4',
  summary: 'List the skill queues of a VDN',
  description: 'What 5.2.7 lists, as desktops of older gateways ask for it. Of VDNs there is the agent\'s own to be seen.',
  done: '',
  request: { path: object({ agentid: agentId, vdnid: integer('Id of the VDN.', { min: 1 }) }) },
  result: queuesOfVdn,
  errors: [notSignedIn, vdnNotOwn, vdnHasNoQueues],
  examples: [{ request: { agentid: 291, vdnid: 6 }, response: { message: '', retcode: '0', result: exampleQueues } }],
});

export const queryQueueLengthBySkillId = operation({
  id: 'queryQueueLengthBySkillId', family: gateway, section: '5.2.8', tag: 'Queues at present',
  method: 'GET', path: `${BASE}/skillwaitnum/{skillid}`, auth: 'C4',
  summary: 'Count who waits in one queue',
  request: { path: object({ agentid: agentId, skillid: queueId }) },
  result: integer('How many wait.', { min: 0 }),
  errors: [notSignedIn, watchedQueueUnknown],
  examples: [{ request: { agentid: 291, skillid: 1 }, response: { result: 2, message: 'success', retcode: '0' } }],
});

const nobodyWaits = { dateTime: 4_294_967_295_000, dsn: 65_535, server: 255, handle: 255 };
const calm = {
  queueSize: 0, queueTime: 0, loadFactor: 65_535, estWaitTime: 0, transferFlg: 0, transferDeviceType: 255, transferDeviceNo: 65_535,
  resourceIdleRate: 100, serviceLevel: 100, oldCallIdEx: nobodyWaits, maxQueueSize: 100,
};

export const queryStatInfoOfAcd = operation({
  id: 'queryStatInfoOfAcd', family: gateway, section: '5.2.9', tag: 'Queues at present',
  method: 'POST', path: `${BASE}/queryacdstat`, auth: 'C4',
  summary: 'Get figures of queues as they stand now',
  description: 'Every queue named must be one of the VDN.',
  done: '',
  request: { path: agentPath, body: object({ skills: list(queueId, 'Which queues: 1 to 100.', { min: 1, max: 100 }) }) },
  result: list(object({
    pilotNbr: text('Access code that leads to the queue; empty when none does.'),
    deviceNo: integer('Id of the queue.'),
    queueSize: integer('How many calls wait.'),
    queueTime: integer('How long the one that waits longest has waited, in seconds.'),
    loadFactor: integer('Not used: 65535.'),
    estWaitTime: integer('Not used: 0.'),
    loggedOnAgents: integer('How many agents work in the queue.'),
    availAgents: integer('How many of them could take a call now.'),
    transferFlg: integerOf([0, 2], 'What becomes of a call that the queue cannot take now, as it is full or nobody works in it: 0 it is released, 2 it is transferred.'),
    transferDeviceType: integer('Where it is transferred to: 1 skill queue, 2 agent, 3 IVR flow; 255 nowhere.'),
    transferDeviceNo: integer('Number of that queue, agent or flow; 65535 nowhere.'),
    skillDescrip: text('What the queue is for; its name where nobody said.'),
    resourceIdleRate: integer('Not used: 100.'),
    serviceLevel: integer('Not used: 100.'),
    oldCallIdEx: object({
      dateTime: timestamp('When the call came, in milliseconds since 1970; 4294967295000 when none waits.'),
      dsn: integer('Task number; 65535 when none waits.'),
      server: integer('Number of the server; 255 when none waits.'),
      handle: integer('How often the call has entered the task; 255 when none waits.'),
    }, 'The call that waits longest. Its id is the seconds of `dateTime`, a hyphen, and server x 2^24 + handle x 2^16 + dsn.'),
    maxQueueSize: integer('How many calls may wait.'),
  }), 'The queues, in the order asked.', { max: 100 }),
  errors: [notSignedIn, watchedQueueUnknown, failed],
  examples: [{
    request: { agentid: 291, skills: [1, 10] },
    response: {
      message: '', retcode: '0',
      result: [
        { pilotNbr: '', deviceNo: 1, loggedOnAgents: 1, availAgents: 1, skillDescrip: 'chat_orders', ...calm },
        { pilotNbr: '1009', deviceNo: 10, loggedOnAgents: 2, availAgents: 2, skillDescrip: 'chat_returns', ...calm },
      ],
    },
  }],
});

export const queryIVRInfoOnVdn = operation({
  id: 'queryIVRInfoOnVdn', family: gateway, section: '5.2.10', tag: 'Queues at present',
  method: 'GET', path: `${BASE}/ivrinfo`, auth: 'C4',
  summary: 'List the IVR flows of the agent\'s VDN',
  description: 'Those in service: to the others no call can be transferred.',
  request: { path: agentPath },
  result: list(object({
    access: text('Code at which the flow is reached.'),
    id: integer('Id of the flow.'),
    description: text('What the flow is for.'),
    serviceNo: integer('Id of the service, which is the flow itself.'),
  }), 'The flows, by id.'),
  errors: [notSignedIn, failed, vdnHasNoFlows],
  examples: [{ request: { agentid: 291 }, response: { result: [{ access: '1321', id: 1, description: '252', serviceNo: 1 }], message: 'success', retcode: '0' } }],
});

export const queryInNoOnVDN = operation({
  id: 'queryInNoOnVDN', family: gateway, tag: 'Queues at present',
  method: 'GET', path: `${BASE}/innoinfo`, auth: 'C4',
  summary: 'List the access codes of the agent\'s VDN',
  description: 'For desktops of older gateways, whose agents choose one to transfer a call to.',
  request: { path: agentPath },
  result: list(object({
    inno: text('The access code.'),
    description: text('What it is for.'),
    mediatype: integerOf([2, 5, 53], 'Media: 2 click-to-dial, 5 voice and video, 53 multimedia.'),
  }), 'Those at which calls come in, by code.'),
  errors: [notSignedIn, vdnHasNoCodes],
  examples: [{ request: { agentid: 291 }, response: { result: [{ inno: '1009', description: 'orders', mediatype: 5 }], message: 'success', retcode: '0' } }],
});
