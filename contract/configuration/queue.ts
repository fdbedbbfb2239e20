import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { integer, integerOf, list, object, oneOf, optional, text, word, nothing } from '../schema.ts';
import { configuration, returnCode } from './family.ts';

export const queueErrors = catalogue({
  queueUnknown: { status: 200, code: '1', text: 'There is no skill queue {id}.' },
  queueNameTaken: { status: 200, code: '1', text: 'There is a skill queue named {name} already.' },
  queueLimit: { status: 200, code: '1', text: 'No more skill queues: the limit of {limit} is reached.' },
  queueTreatment: { status: 200, code: '1', text: 'skillParam: {message}.' },
  queueTargetUnknown: { status: 200, code: '1', text: 'skillParam.{field}: there is no {target} {id}.' },
  queueLoop: { status: 200, code: '1', text: 'skillParam: calls would go in a circle: {path}.' },
  queueInUse: { status: 200, code: '1', text: 'Skill queue {id} is still needed: {by}.' },
  queueHoldsCalls: { status: 200, code: '1', text: 'Skill queue {id} holds calls now.' },
});

const BASE = '/apiaccess/rest/cc-management/v1/skill';

/** Not blank, and without the characters that 5.2.1 forbids in a name, and their full-width twins. */
const NAME = "^(?=.*\\S)[^`~!#$%^&*()+=|{}';,<>/?\\[\\]\\\\\\u0000-\\u001f！￥…（）—【】‘；：”“’。，、？]+$";

export const queueMedia = integerOf([5, 53, 19, 2, 18], '5 voice, 53 multimedia, 19 video, 2 voice click-to-dial, 18 video click-to-dial.', {
  also: ['mediaType', 'mediaTypeld'],
});

const deviceType = oneOf(['3', '1'], 'Where to: 3 an IVR flow, 1 a skill queue.');
const transferType = oneOf(['Release', 'Transfer'], 'Release ends the call and stands alone; Transfer needs the device type and the value.');

const diversion = (when: string) =>
  object({
    deviceType: optional(deviceType),
    transferType,
    value: optional(integer('Id of the skill queue or of the IVR flow.', { min: 1 })),
  }, when);

const treatment = {
  noAgents: diversion('What becomes of a call when no agent is on duty.'),
  busy: diversion('What becomes of a call when the queue is full.'),
  answerFunction: optional(oneOf(['0', '2'], 'What the customer hears first: 0 the agent\'s number, 2 nothing. For voice and video.')),
  timeOut: diversion('What becomes of a call that has waited for the longest time allowed.'),
};

const skillParam = object({
  ...treatment,
  waitVoice: optional(object({
    parameterType: oneOf(['Voice', 'IVR'], 'Voice plays the default music, IVR runs a flow.'),
    id: optional(text('Id of the IVR flow that runs while the customer waits.', { max: 24 })),
  }, 'What a waiting customer hears, until an agent answers: a flow with music where it says nothing. For voice and video.')),
}, 'How the queue treats calls. Media 5 and 19 need all five settings; 53, 2 and 18 take noAgents, busy and timeOut only, and 53 transfers to skill queues only.');

const shownParam = object({
  ...treatment,
  waitVoice: optional(object({
    parameterType: oneOf(['Voice', 'IVR'], 'Voice plays the default music, IVR runs a flow.'),
    value: optional(text('Access code of the IVR flow.')),
    id: optional(text('Id of the IVR flow.')),
  })),
}, 'How the queue treats calls.');

const description = word('What the queue is for.', { max: 50 });
const maxWaitTime = integer('Longest time a call may wait, in seconds.', { min: 0, max: 60_000 });
const maxWaitNum = integer('How many calls may wait.', { min: 0, max: 10_000 });
const maxAgentWrapupTime = integer('Time for wrap-up after a call, in seconds.', { min: 0, max: 3600 });

export const createSkill = operation({
  id: 'createSkill', family: configuration, section: '5.2.1', tag: 'Skill queues',
  method: 'POST', path: `${BASE}/createSkill`, auth: 'C1', envelope: returnCode,
  summary: 'Create a skill queue',
  description: 'Transfers must lead to existing queues and flows, and never in a circle.',
  done: 'Create Skill successfully',
  request: {
    body: object({
      mediaTypeId: queueMedia,
      description,
      name: word('Name of the queue, unique in the tenant.', { max: 20, pattern: NAME }),
      maxWaitTime, maxWaitNum, maxAgentWrapupTime, skillParam,
    }),
  },
  result: object({ skillId: optional(text('Id of the new queue.')) }),
  errors: [queueErrors.queueNameTaken, queueErrors.queueLimit, queueErrors.queueTreatment, queueErrors.queueTargetUnknown, queueErrors.queueLoop],
  examples: [{
    request: {
      mediaTypeId: 5, description: 'ccfdc', name: 'dddpodfst', maxWaitTime: 30, maxWaitNum: 100, maxAgentWrapupTime: 5,
      skillParam: {
        noAgents: { deviceType: '1', transferType: 'Transfer', value: 2 },
        busy: { deviceType: '1', transferType: 'Transfer', value: 1 },
        answerFunction: '0',
        timeOut: { deviceType: '1', transferType: 'Transfer', value: 1 },
        waitVoice: { parameterType: 'Voice' },
      },
    },
    response: { returnCode: '0', skillId: '5', description: 'Create Skill successfully' },
  }],
});

export const deleteSkill = operation({
  id: 'deleteSkill', family: configuration, section: '5.2.2', tag: 'Skill queues',
  method: 'POST', path: `${BASE}/deleteSkill`, auth: 'C1', envelope: returnCode,
  summary: 'Delete skill queues',
  description: 'All of them or none: a queue that a route or another queue still leads to, or that holds calls, stays. Agents are unbound.',
  done: 'Success',
  request: {
    body: object({
      skillIds: word('Up to ten ids, separated by comma, semicolon or hyphen.', { max: 100, pattern: '^\\s*\\d{1,9}(\\s*[,;-]\\s*\\d{1,9}){0,9}\\s*$' }),
    }),
  },
  result: nothing,
  errors: [queueErrors.queueUnknown, queueErrors.queueInUse, queueErrors.queueHoldsCalls],
  examples: [{ request: { skillIds: '3,4' }, response: { returnCode: '0', description: 'Success' } }],
});

export const modifySkill = operation({
  id: 'modifySkill', family: configuration, section: '5.2.3', tag: 'Skill queues',
  method: 'POST', path: `${BASE}/modifySkill`, auth: 'C1', envelope: returnCode,
  summary: 'Change a skill queue',
  description: 'What is left out stays as it is; `skillParam` is replaced as a whole.',
  done: 'Update Skill successfully',
  request: {
    body: object({
      skillId: integer('Id of the queue.', { min: 1 }),
      description: optional(description),
      maxWaitTime: optional(maxWaitTime),
      maxWaitNum: optional(maxWaitNum),
      maxAgentWrapupTime: optional(maxAgentWrapupTime),
      skillParam: optional(skillParam),
    }),
  },
  result: nothing,
  errors: [queueErrors.queueUnknown, queueErrors.queueTreatment, queueErrors.queueTargetUnknown, queueErrors.queueLoop],
  examples: [{
    request: { skillId: 3, description: '2021ok', maxWaitTime: 60 },
    response: { returnCode: '0', description: 'Update Skill successfully' },
  }],
});

export const querySkills = operation({
  id: 'querySkills', family: configuration, section: '5.2.4', tag: 'Skill queues',
  method: 'POST', path: `${BASE}/querySkills`, auth: 'C1', reads: true, envelope: returnCode,
  summary: 'List skill queues',
  request: {
    body: object({
      name: optional(text('Only the queue of this name.', { max: 20 })),
      mediaTypeId: optional(queueMedia),
      limit: optional(integer('How many to answer; 100 unless told.', { min: 1, max: 100 })),
      offset: optional(integer('How many to pass over: limit x (page - 1).', { min: 0 })),
      skillIds: optional(list(integer('Id of a queue.', { min: 1 }), 'Only these queues; empty means all.', { also: ['skilllds'] })),
    }),
  },
  result: object({
    total: integer('How many there are in all.'),
    data: list(object({
      skillId: integer('Id of the queue.'),
      name: text('Name of the queue.'),
      description: text('What the queue is for.'),
      mediaType: integer('Media type, as the table of 5.2.4 names it.'),
      mediaTypeId: integer('Media type, as its example names it.'),
      maxWaitTime, maxWaitNum, maxAgentWrapupTime,
      skillParam: shownParam,
    }), 'The queues, by id.'),
  }),
  examples: [{
    request: { limit: '10', offset: 0 },
    response: {
      returnCode: '0', total: 1, description: 'success',
      data: [{
        skillId: 1, maxAgentWrapupTime: 5, maxWaitTime: 60, name: 'defaultVideoSkill', mediaType: 19, mediaTypeId: 19, description: '2021ok', maxWaitNum: 100,
        skillParam: {
          noAgents: { transferType: 'Release' }, busy: { transferType: 'Release' }, answerFunction: '0',
          timeOut: { transferType: 'Release' }, waitVoice: { parameterType: 'Voice' },
        },
      }],
    },
  }],
});
