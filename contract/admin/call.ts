import { operation } from '../operation.ts';
import { flag, integer, list, nullable, object, oneOf, optional, text, timestamp } from '../schema.ts';
import { choice, turn } from './explain.ts';
import { ADMIN, admin, errors } from './family.ts';
import { notedOutcome, notedOutcomeExample, outcomeCode } from './outcome.ts';
import { recording, recordingExample } from './recording.ts';

/* What the console shows of calls. Whoever is an agent sees calls that were with that agent; supervisors and administrators see those of the tenant. */

const MOST = 200;
const MOST_SEGMENTS = 1000;

export const DIRECTIONS = ['in', 'out', 'internal'] as const;
export const STAGES = ['connecting', 'flow', 'waiting', 'ringing', 'talking', 'held', 'conference'] as const;

const queueId = (description: string) => integer(description, { min: 1, max: 2000 });
const workNo = (description: string) => integer(description, { min: 101, max: 59_999 });
const seconds = (description: string) => integer(description, { min: 0 });

export const call = object({
  callId: text('Id of the call.'),
  isLive: flag('Whether it goes on.'),
  beganAt: timestamp('When it began.'),
  endedAt: nullable(timestamp('When it ended; null while it goes on.')),
  caller: text('Who called; empty where that was withheld, or has been erased.'),
  called: text('The number that was called.'),
  direction: oneOf(DIRECTIONS, 'in and out as seen from the contact centre; internal among agents.'),
  medium: oneOf(['voice', 'chat'], 'What it is.'),
  queueId: nullable(queueId('The queue that it was in last; null for none.')),
  queueName: text('The name of that queue; empty where there is none, or none any more.'),
  firstQueueId: nullable(queueId('The queue that it came to first.')),
  workNo: nullable(integer('The agent who has it, or had it last; null for none.')),
  agentName: text('The name of that agent; empty as that of a queue.'),
  flowSeconds: seconds('Whole seconds in IVR flows, up to now.'),
  waitSeconds: seconds('Whole seconds in queues.'),
  ringSeconds: seconds('Whole seconds at the ringing phones of agents.'),
  talkSeconds: seconds('Whole seconds of talk with agents.'),
  missed: flag('Whether it asked for an agent and is over without having talked to one.'),
  cause: nullable(integer('Why it ended (12.3.8.10); null while it goes on.')),
  stage: nullable(oneOf(STAGES, 'What happens to it now; null when it is over.')),
  stageSince: nullable(timestamp('Since when.')),
  outcomes: list(notedOutcome, 'What came of it, as its agents have noted: one of each, the latest last.'),
});

const filters = object({
  state: optional(oneOf(['ended', 'live'], 'Calls that are over, or calls that go on; over unless told.')),
  number: optional(text('Only calls from this number, or to it.', { min: 1, max: 64 })),
  workNo: optional(workNo('Only calls that were with this agent.')),
  queueId: optional(queueId('Only calls that were in this queue; together with an agent, those that the agent had from it.')),
  direction: optional(oneOf(DIRECTIONS, 'Only calls that went this way.')),
  outcome: optional(outcomeCode('Only calls of which an agent has noted the outcome with this code.')),
  missed: optional(flag('Only calls that asked for an agent and talked to none.')),
  from: optional(timestamp('Only calls that ended from this time on; with an agent or a queue, that left these. Of calls that go on, when they began.')),
  to: optional(timestamp('Only those before this time.')),
  before: optional(text('`next` of the page before.', { max: 60 })),
  limit: optional(integer('How many to answer; 50 unless told.', { min: 1, max: MOST })),
});

export const callExample = {
  callId: '1790000000-7', isLive: false, beganAt: 1_790_000_000_000, endedAt: 1_790_000_168_000, caller: '13800000001', called: '400', direction: 'in', medium: 'voice',
  queueId: 5, queueName: 'sales', firstQueueId: 5, workNo: 102, agentName: 'Bob Brown', flowSeconds: 20, waitSeconds: 15, ringSeconds: 33, talkSeconds: 120,
  missed: false, cause: 531, stage: null, stageSince: null, outcomes: [notedOutcomeExample],
} as const;

export const listCalls = operation({
  id: 'listCalls', family: admin, tag: 'Calls',
  method: 'GET', path: `${ADMIN}/calls`, auth: 'session', permission: 'tenant.own',
  summary: 'List calls',
  description: 'The latest first. Calls that go on are read from what is alive, the others from what is kept, which is up to the second. The account of an agent sees the calls of that agent.',
  request: { query: filters },
  result: object({
    calls: list(call, 'The calls.', { max: MOST }),
    next: optional(text('Send it as `before` for the next page; absent on the last.')),
  }),
  examples: [{ request: { number: '13800000001', limit: 20 }, response: { calls: [callExample], next: '1790000168000~1790000000-7' } }],
});

const segment = object({
  row: nullable(integer('Its number among the records of the call (13.2), in the order in which devices were left; null while it is not left.')),
  device: oneOf(['queue', 'agentQueue', 'agent', 'flow', 'number', 'conference'], 'What it was: a queue, the wait for one agent, an agent, an IVR flow, a number outside, a conference.'),
  no: text('Which one: its id, or the number.'),
  name: text('Its name, as far as it has one.'),
  queueId: nullable(queueId('The queue on whose account the call was there.')),
  enteredAt: timestamp('When it came there.'),
  rangAt: nullable(timestamp('When it began to ring.')),
  talkedAt: nullable(timestamp('When the talk began, or the flow.')),
  leftAt: nullable(timestamp('When it left; null while it is there.')),
  enterReason: integer('Why it came there (12.3.8.9).'),
  leaveReason: nullable(integer('Why it left (12.3.8.9).')),
});

export const showCall = operation({
  id: 'showCall', family: admin, tag: 'Calls',
  method: 'GET', path: `${ADMIN}/calls/{callId}`, auth: 'session', permission: 'tenant.own',
  summary: 'Show all of a call: where it was, why this agent got it, and what was recorded',
  description: 'Also while it goes on. Why is told to those who see the tenant, and as far back as the journal reaches: seven days. Of the recordings those are told of that the caller may hear.',
  request: { path: object({ callId: text('Id of the call.', { min: 1, max: 25 }) }) },
  result: object({
    call,
    about: nullable(text('Of a consultation: the call that it is about.')),
    segments: list(segment, 'The devices that it passed, in the order in which it came to them.', { max: MOST_SEGMENTS }),
    explanation: nullable(object({
      choices: list(choice, 'Each time an agent was chosen, oldest first.'),
      turns: list(turn, 'The way of the call, oldest first.', { max: 10_000 }),
    }, 'Why this agent; null for agents, and where the journal does not reach back so far.')),
    recordings: list(recording, 'What was recorded, the latest first.', { max: MOST }),
  }),
  errors: [errors.notFound],
  examples: [{
    request: { callId: '1790000000-7' },
    response: {
      call: callExample, about: null,
      segments: [{
        row: 1, device: 'queue', no: '5', name: 'sales', queueId: 5, enteredAt: 1_790_000_020_000, rangAt: null, talkedAt: null, leftAt: 1_790_000_030_000, enterReason: 0, leaveReason: 0,
      }, {
        row: 2, device: 'agent', no: '102', name: 'Bob Brown', queueId: 5, enteredAt: 1_790_000_030_000, rangAt: 1_790_000_030_000, talkedAt: 1_790_000_033_000, leftAt: 1_790_000_168_000,
        enterReason: 0, leaveReason: 15,
      }],
      explanation: {
        choices: [{
          at: 1_790_000_030_000, queueId: 5, chosen: { workNo: 102, weight: 1, readySince: 1_789_999_990_000 }, ready: 1, next: [], notReady: [],
          text: 'Agent 102 was chosen: the only one of the queue who was ready.',
        }],
        turns: [{ at: 1_790_000_000_000, what: 'The call came in.' }],
      },
      recordings: [recordingExample],
    },
  }],
});
