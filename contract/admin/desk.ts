import { operation } from '../operation.ts';
import { flag, integer, integerOf, list, nullable, object, oneOf, optional, text, timestamp } from '../schema.ts';
import { ADMIN, admin, errors } from './family.ts';

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
  result: desk,
  errors: [errors.forbidden, errors.notFound],
  examples: [{ response: example }],
});
