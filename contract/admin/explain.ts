import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { flag, integer, list, nullable, object, optional, text, timestamp } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

const callId = text('Id of the call, such as 1455885056-1095.', { min: 1, max: 25 });
const workNo = integer('Work number of the agent.', { min: 101, max: 59_999 });

const contender = object({
  workNo: integer('Work number.'),
  weight: integer('Weight of the agent in the queue; a larger one goes first.'),
  readySince: timestamp('Since when the agent had been ready; among equal weights the longest goes first.'),
});

export const choice = object({
  at: timestamp('When it was decided.'),
  queueId: integer('The skill queue out of which the call went.'),
  chosen: contender,
  ready: integer('How many agents of the queue were ready.'),
  next: list(contender, 'Who would have been next, best first; three at most.'),
  notReady: list(object({ state: text('State.'), agents: integer('How many agents of the queue were in it.') }), 'The states of the agents of the queue who were not ready.'),
  text: text('The same in words.', { max: 2000 }),
}, 'Why this agent got the call.');

export const turn = object({
  at: timestamp('When it happened.'),
  what: text('What happened, in words.', { max: 2000 }),
});

export const explainContact = operation({
  id: 'explainContact', family: admin, tag: 'Explanations',
  method: 'GET', path: `${ADMIN}/contacts/{callId}/explanation`, auth: 'session', permission: 'tenant.read',
  summary: 'Explain the way of a call: why this agent got it, and others did not',
  description: 'Made of what was recorded when it was decided, not of what can be guessed afterwards. Calls of the last seven days.',
  request: { path: object({ callId }) },
  result: object({
    callId,
    choices: list(choice, 'Each time an agent was chosen, oldest first.'),
    turns: list(turn, 'The way of the call, oldest first.', { max: 10_000 }),
  }),
  errors: [errors.notFound],
  examples: [{
    request: { callId: '1790000000-7' },
    response: {
      callId: '1790000000-7',
      choices: [{
        at: 1_790_000_000_000, queueId: 1, chosen: { workNo: 101, weight: 1, readySince: 1_789_999_990_000 }, ready: 2,
        next: [{ workNo: 102, weight: 1, readySince: 1_789_999_995_000 }], notReady: [{ state: 'talking', agents: 3 }],
        text: 'Agent 101 was chosen out of 2 ready agents: weight 1, ready for 10 s. Next would have been 102 (weight 1, ready for 5 s). Not ready: 3 talking.',
      }],
      turns: [{ at: 1_790_000_000_000, what: 'The call came in and entered the queue 1.' }],
    },
  }],
});

export const explainAgent = operation({
  id: 'explainAgent', family: admin, tag: 'Explanations',
  method: 'GET', path: `${ADMIN}/agents/{workNo}/explanation`, auth: 'session', permission: 'tenant.read',
  summary: 'Explain why no call comes to an agent',
  request: { path: object({ workNo }) },
  result: object({
    workNo,
    getsCalls: flag('Whether the next call of one of the queues can come to the agent.'),
    obstacles: list(object({ why: text('A word for programs.'), text: text('The same in words.', { max: 500 }) }), 'What stands against it.'),
    queues: list(object({
      queueId: integer('The skill queue.'),
      name: text('Its name.'),
      waiting: integer('How many calls wait in it.'),
      ready: integer('How many agents are ready for it.'),
      ahead: nullable(integer('How many of them get a call before this agent; null when it is not ready.')),
    }), 'The queues in which the agent is signed in.', { max: 5000 }),
  }),
  errors: [errors.notFound],
  examples: [{
    request: { workNo: 101 },
    response: {
      workNo: 101, getsCalls: false, obstacles: [{ why: 'state', text: 'The agent has been busy for 40 s (reason 201).' }],
      queues: [{ queueId: 1, name: 'sales', waiting: 2, ready: 0, ahead: null }],
    },
  }],
});

const log = object({
  vdnId: integer('The tenant.'),
  snapshot: optional(object({
    seq: integer('Number of the last event that is in it.', { min: 0, max: Number.MAX_SAFE_INTEGER }),
    state: Type.Unknown({ description: 'The state that the first event found.' }),
  }, 'Where the log begins in the middle: the state before it.')),
  events: list(object({
    seq: integer('Its number in the tenant\'s journal.', { min: 1, max: Number.MAX_SAFE_INTEGER }),
    at: timestamp('When it happened.'),
    event: Type.Unknown({ description: 'What happened: its type and what goes with it.' }),
  }), 'Every event of the tenant up to the last one about what was asked for; the others are needed to replay it.', { max: 100_000 }),
}, 'A log that can be replayed.');

const story = 'Numbers and data of customers stand in it as far as they have not been erased. docs/replay.md shows how a test replays it.';

export const exportContactLog = operation({
  id: 'exportContactLog', family: admin, tag: 'Explanations',
  method: 'GET', path: `${ADMIN}/contacts/{callId}/log`, auth: 'session', permission: 'tenant.write',
  summary: 'Export the event log of a call so that it can be replayed',
  description: story,
  request: { path: object({ callId }) },
  result: log,
  errors: [errors.notFound, errors.conflict],
  examples: [{
    request: { callId: '1790000000-7' },
    response: { vdnId: 1, events: [{ seq: 1, at: 1_790_000_000_000, event: { type: 'CallEnded', call: '1790000000-7', cause: 531 } }] },
  }],
});

export const exportAgentLog = operation({
  id: 'exportAgentLog', family: admin, tag: 'Explanations',
  method: 'GET', path: `${ADMIN}/agents/{workNo}/log`, auth: 'session', permission: 'tenant.write',
  summary: 'Export the event log of an agent so that it can be replayed',
  description: story,
  request: { path: object({ workNo }) },
  result: log,
  errors: [errors.notFound, errors.conflict],
  examples: [{
    request: { workNo: 101 },
    response: { vdnId: 1, events: [{ seq: 1, at: 1_790_000_000_000, event: { type: 'GuidRenewed', agent: 101 } }] },
  }],
});
