import { operation } from '../operation.ts';
import { flag, integer, integerOf, list, nothing, nullable, object, oneOf, optional, text, timestamp } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';
import { liveAgent } from './live.ts';

const DESK = `${ADMIN}/desk`;

/** As browsers take it (RTCIceServer of WebRTC 1.0). */
const iceServer = object({
  urls: list(text('Such as `stun:stun.example.com:3478`.'), 'Where the server is.', { max: 20 }),
  username: optional(text('For TURN.')),
  credential: optional(text('For TURN.')),
}, 'A server that helps browsers through firewalls.');

const desk = object({
  workNo: integer('Work number of the agent.'),
  guid: text('What the operations of the agent gateway (chapter 6) want in the header `Guid`. Where GUIDs rotate, event polls bring the next one.'),
  signedInAt: timestamp('When the session of the agent began.'),
  phoneNumber: text('The phone at which the agent takes calls; empty for none.'),
  phone: nullable(object({
    address: text('SIP address to register.'),
    user: text('User name, for the digest.'),
    password: text('Temporary password, as that of 6.1.1.26: it ends with the agent\'s session.'),
    expiresAt: timestamp('Until when the password is good at the latest; showDesk gives another one.'),
    webSocketUrl: text('Where SIP is spoken over WebSocket (RFC 7118).'),
    iceServers: list(iceServer, 'For the connection\'s configuration.', { max: 100 }),
  }, 'What the browser needs to be that phone; null where it is not the agent\'s own, or calls are only simulated.')),
});

const example = {
  workNo: 102, guid: '00000001-zzzz-zzzz-zzzz-zzzzzzzzzzzz.AgentGateway0', signedInAt: 1_790_000_000_000, phoneNumber: '88880002',
  phone: {
    address: 'sip:88880002@parley.example.com', user: '88880002', password: 'zzzzzzzzzzzzzzzzzzzzzzzz', expiresAt: 1_790_043_200_000, webSocketUrl: 'wss://parley.example.com/sip',
    iceServers: [{ urls: ['stun:stun.example.com:3478'] }],
  },
} as const;

export const openDesk = operation({
  id: 'openDesk', family: admin, tag: 'Desk',
  method: 'POST', path: DESK, auth: 'session', permission: 'tenant.own',
  summary: 'Sign the agent in to whom the account belongs',
  description: 'As 6.1.1.1 does, without the work number\'s password: the console\'s session says who it is. What follows goes by the agent gateway with the GUID: state, calls, events (6.1.4.1 must be polled, '
    + 'else the agent is signed out after two minutes) and sign-out (6.1.1.18).',
  request: {
    body: object({
      state: optional(oneOf(['idle', 'busy', 'wrapUp'], 'State to begin in; idle unless told.')),
      force: optional(flag('Whether a session that the agent has elsewhere is ended (6.1.1.2); without it that is a conflict.')),
      phoneNumber: optional(text('The phone at which calls are taken; the agent\'s own unless told.', { max: 24, pattern: '^[0-9*#+]{1,24}$' })),
      autoAnswer: optional(flag('Whether calls are answered without the agent\'s doing; false unless told.')),
      autoIdle: optional(flag('Whether the agent is idle again as soon as a call ends; true unless told.')),
      agentType: optional(integerOf([4, 11], '4 voice, 11 video; 4 unless told.')),
    }),
  },
  result: desk,
  errors: [errors.forbidden, errors.conflict],
  examples: [{ request: { state: 'busy' }, response: example }],
});

export const showDesk = operation({
  id: 'showDesk', family: admin, tag: 'Desk',
  method: 'GET', path: DESK, auth: 'session', permission: 'tenant.own',
  summary: 'Take up the agent\'s session again, such as after a page was loaded anew',
  description: 'The GUID as it is now, and a password for the phone, of the session in which the agent is signed in, from wherever that was.',
  request: {},
  result: object({ desk: nullable(desk) }, 'Null where the agent is not signed in.'),
  errors: [errors.forbidden],
  examples: [{ response: { desk: example } }],
});

const party = object({
  kind: oneOf(['customer', 'agent', 'number', 'flow'], 'What it is: the customer, an agent, a number outside that was sent for, an IVR flow. In an agent conference every telephone is a number.'),
  no: text('Its number: a telephone number, a work number, the access code of a flow; empty where it is withheld.'),
  name: text('The name of an agent; else empty.'),
  isHeld: flag('Whether it is on hold, or has put the call on hold.'),
  isRung: flag('Whether it was sent for and has not answered yet.'),
});

const deskCall = object({
  callId: text('Id of the call.'),
  stage: oneOf(['ringing', 'dialling', 'talking', 'held', 'conference', 'listening'], 'What it is for the agent: offered, being dialled, talked in, on hold, with three or more who talk (or an agent conference), '
    + 'listened to by an inspector. Lent to a flow that gives it back (6.1.2.11), it is talked in, and the flow is among the parties.'),
  since: timestamp('Since when; of a talk, since when the agent has been in it.'),
  beganAt: timestamp('When the call began.'),
  talkedAt: nullable(timestamp('When the agent began to talk in it; null before.')),
  direction: oneOf(['in', 'out', 'internal'], 'As seen from the contact centre.'),
  about: nullable(text('Of a consultation: the call that it is about.')),
  consultation: nullable(text('The consultation about this call that goes on.')),
  caller: text('Who called; empty where that is withheld.'),
  callerVerified: flag('False where a web page has given the number, which nobody has verified.'),
  called: text('The number that was called.'),
  media: oneOf(['voice', 'video', 'text'], 'What it carries.'),
  queueId: nullable(integer('The queue it came from; null for none.')),
  queueName: text('Its name; empty for none.'),
  data: text('Data of the call (6.1.3.3).', { max: 16_384 }),
  isMuted: flag('Whether the agent is muted in it.'),
  isRecorded: flag('Whether the agent\'s side of it is being recorded; not while that pauses, as it does on hold.'),
  parties: list(party, 'The others in it, and who is being rung for it: customers first, then agents, then a flow.', { max: 1000 }),
});

export const showDeskNow = operation({
  id: 'showDeskNow', family: admin, tag: 'Desk',
  method: 'GET', path: `${DESK}/now`, auth: 'session', permission: 'tenant.own',
  summary: 'See how things stand at the agent\'s desk',
  description: 'The whole of it as the contact centre has it: the agent\'s state, the calls, who waits in the agent\'s queues. A page that asks again after each event shows the truth, also '
    + 'after it was loaded anew.',
  request: {},
  result: object({
    at: timestamp('When it was so.'),
    agent: liveAgent,
    autoAnswer: flag('Whether calls are answered without the agent\'s doing (6.1.1.7).'),
    autoIdle: flag('Whether the agent is idle again as soon as a call ends (6.1.1.17).'),
    calls: list(deskCall, 'The calls of the agent, the one in hand first and held ones last; sessions of text and an agent conference are among them.', { max: 1000 }),
    lastCall: nullable(object({
      callId: text('Id of the call; of a consultation that the agent asked for, of the call that it was about.'),
      number: text('Whom it was with: the customer, or among agents the other; empty where that is withheld, or not known any more.'),
    }, 'The call that the agent has talked in and left last, in this session: what came of it can be noted (noteOutcome).')),
    inspects: nullable(object({
      workNo: integer('Whom the agent listens to or whispers to, as an inspector.'),
      how: oneOf(['listening', 'inserting', 'whispering'], 'In what manner.'),
    }, 'Of an inspector, from when the own phone is rung for it (the state is `called` then); else null.')),
    queues: list(object({
      queueId: integer('Id of the queue.'), name: text('Its name.'), waiting: integer('How many wait.', { min: 0 }),
      longestSince: nullable(timestamp('Since when whoever has waited for the longest waits.')),
    }), 'The queues that the agent is signed in to, by id.', { max: 5000 }),
  }),
  errors: [errors.forbidden, errors.notFound],
  examples: [{
    response: {
      at: 1_790_000_100_000,
      agent: {
        workNo: 102, name: 'Bob Brown', state: 'talking', since: 1_790_000_033_000, reason: 0, until: null, next: null, takesCalls: true, queues: [5],
        call: { callId: '1790000000-7', direction: 'in', queueId: 5, since: 1_790_000_033_000 }, held: 0, chats: 0,
      },
      autoAnswer: false, autoIdle: true, lastCall: null, inspects: null,
      calls: [{
        callId: '1790000000-7', stage: 'talking', since: 1_790_000_033_000, beganAt: 1_790_000_000_000, talkedAt: 1_790_000_033_000, direction: 'in', about: null, consultation: null,
        caller: '13800000001', callerVerified: true, called: '400', media: 'voice', queueId: 5, queueName: 'sales', data: '', isMuted: false, isRecorded: true,
        parties: [{ kind: 'customer', no: '13800000001', name: '', isHeld: false, isRung: false }],
      }],
      queues: [{ queueId: 5, name: 'sales', waiting: 2, longestSince: 1_790_000_000_000 }],
    },
  }],
});

export const DESK_EVENTS = {
  changed: object({ at: timestamp('When it changed.') }, 'showDeskNow answers otherwise than before. It comes first as well, as nobody knows what there was before.'),
} as const;

export const followDesk = operation({
  id: 'followDesk', family: admin, tag: 'Desk',
  method: 'GET', path: `${DESK}/changes`, auth: 'session', permission: 'tenant.own',
  summary: 'Follow when something changes at the agent\'s desk',
  description: 'Server-Sent Events: `changed` says that it is time for showDeskNow, and no more, also of what colleagues do, such as a hold or data of the call. What follows from one '
    + 'another is told together. That there is another number of callers who wait in the agent\'s queues is told after three seconds at the latest. Whoever has asked after `at` need not ask '
    + 'again. The line is kept awake every 15 s; it ends with the session.',
  replyMedia: 'text/event-stream',
  events: DESK_EVENTS,
  request: { query: object({ once: optional(flag('Only the first: then the stream is over.')) }) },
  result: nothing,
  errors: [errors.forbidden, errors.tooMany],
  examples: [{ request: { once: true }, response: { at: 1_790_000_100_000 } }],
});
