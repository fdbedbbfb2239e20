import { operation } from '../operation.ts';
import { flag, integer, list, nothing, nullable, object, oneOf, optional, text, timestamp } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

/** What agents can be seen to do (6.5.3). */
export const STANDINGS = [
  'signedOut', 'idle', 'preoccupied', 'occupied', 'ringing', 'dialling', 'talking', 'wrapUp', 'busy', 'rest', 'study', 'held', 'muted', 'helping', 'transferring', 'threeParty',
  'called', 'listening', 'inserting', 'whispering', 'playing',
] as const;

const MOST = 100_000;
const many = (description: string) => integer(description, { min: 0 });

export const liveQueue = object({
  queueId: integer('Id of the queue.'),
  name: text('Its name.'),
  media: integer('Media type of Table 12-695.'),
  waiting: many('How many wait in it.'),
  longestSince: nullable(timestamp('Since when whoever has waited for the longest waits; null where nobody does.')),
  signedIn: many('Its agents who are signed in.'),
  ready: many('Those who could be given a call now.'),
  ringing: many('Those who are being rung, or dial.'),
  talking: many('Those who talk.'),
  wrapUp: many('Those in wrap-up.'),
  busy: many('Those who are busy, or in training.'),
  rest: many('Those who rest.'),
  today: nullable(object({
    calls: many('Calls today that are through with it: answered, or over without. IDX_COUNT_SKILL_REQUEST has more, as each agent who is rung in vain counts there.'),
    answered: many('Those that were answered (IDX_COUNT_SKILL_CONNECTED).'),
    inTime: many('Those that were answered within 20 s (IDX_COUNT_SKILL_CONNECTED_IN_20).'),
  }, 'Its service level today, in the zone of the tenant, is inTime of calls; null until it has been counted.')),
});

export const liveAgent = object({
  workNo: integer('Work number.'),
  name: text('The person\'s name.'),
  state: oneOf(STANDINGS, 'What the agent does.'),
  since: timestamp('Since when, or since when a call goes on in which this changes.'),
  reason: integer('Of busy and rest: the reason given.'),
  until: nullable(timestamp('When a rest or a wrap-up is over by itself.')),
  next: nullable(oneOf(['busy', 'rest'], 'What comes when the call is over.')),
  takesCalls: flag('Whether calls are taken from queues (6.1.1.22).'),
  queues: list(integer('Id of a queue.'), 'The queues that the agent is signed in to.', { max: 5000 }),
  call: nullable(object({
    callId: text('Id of the call.'),
    direction: oneOf(['in', 'out', 'internal'], 'As seen from the contact centre.'),
    queueId: nullable(integer('The queue that it comes from.')),
    since: timestamp('Since when the agent has it; of a talk, since when that goes on.'),
  }, 'The call that the agent is in, or that is offered.')),
  held: many('How many calls the agent holds.'),
  chats: many('How many sessions of text the agent has.'),
});

const queueExample = {
  queueId: 5, name: 'sales', media: 5, waiting: 2, longestSince: 1_790_000_000_000, signedIn: 4, ready: 0, ringing: 1, talking: 2, wrapUp: 0, busy: 1, rest: 0,
  today: { calls: 120, answered: 110, inTime: 98 },
} as const;

const agentExample = {
  workNo: 102, name: 'Bob Brown', state: 'talking', since: 1_790_000_033_000, reason: 0, until: null, next: null, takesCalls: true, queues: [5],
  call: { callId: '1790000000-7', direction: 'in', queueId: 5, since: 1_790_000_033_000 }, held: 0, chats: 0,
} as const;

export const LIVE_EVENTS = {
  snapshot: object({
    at: timestamp('When it was so.'),
    queues: list(liveQueue, 'The queues, by id; none for agents.', { max: MOST }),
    agents: list(liveAgent, 'The agents who are signed in, by work number.', { max: MOST }),
  }, 'How things are: it comes first, and again whenever the configuration has changed. It takes the place of all that was told before.'),
  queue: liveQueue,
  agent: liveAgent,
} as const;

export const followLive = operation({
  id: 'followLive', family: admin, tag: 'Live',
  method: 'GET', path: `${ADMIN}/live`, auth: 'session', permission: 'tenant.own',
  summary: 'Follow what queues and agents do, as it happens',
  description: 'Server-Sent Events: a `snapshot`, then `queue` and `agent` events, each of which tells the whole of one queue or agent anew; of one that changes more often two a second, the '
    + 'latest counts. An agent whose state is `signedOut` is gone. The line is kept awake every 15 s. It ends with the session, with a change of the account\'s role and when the client reads too '
    + 'slowly; whoever comes again gets a new snapshot, so there is nothing to make up. The account of an agent follows that agent alone. Operators of the installation choose the tenant by a '
    + 'header, which `EventSource` of browsers cannot send: `fetch` can.',
  replyMedia: 'text/event-stream',
  events: LIVE_EVENTS,
  request: { query: object({ once: optional(flag('Only the snapshot: then the stream is over.')) }) },
  result: nothing,
  errors: [errors.forbidden, errors.tooMany],
  examples: [{ request: { once: true }, response: { at: 1_790_000_100_000, queues: [queueExample], agents: [agentExample] } }],
});
