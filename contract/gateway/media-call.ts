import { Type } from 'typebox';
import { gatewayFlat } from '../envelope.ts';
import { operation } from '../operation.ts';
import { catalogue } from '../refusal.ts';
import { integer, nothing, object, oneOf, optional, text, word } from '../schema.ts';
import { sessionErrors } from './errors.ts';
import { gateway } from './family.ts';
import { agentPath } from './path.ts';

export const mediaCallErrors = catalogue({
  mediaOff: { status: 200, code: '106-001', text: 'Multimedia sessions are switched off.' },
  messageEmpty: { status: 200, code: '106-002', text: 'The message has no content.' },
  sessionsTooMany: { status: 200, code: '106-003', text: 'An agent has {limit} sessions at most.' },
  sessionTransferDevice: { status: 200, code: '106-004', text: 'A session cannot be transferred to devices of type {devicetype}.' },
  sessionTransferFailed: { status: 200, code: '106-005', text: 'The session cannot be transferred: {message}.' },
  sessionTransferAgent: { status: 200, code: '106-006', text: 'No agent {address} is signed in.' },
  messageTooLong: { status: 200, code: '106-007', text: 'The message has more than {limit} bytes.' },
  sessionMedia: { status: 200, code: '106-008', text: 'There is no media type {mediaType}.' },
  sessionDataTooLong: { status: 200, code: '106-009', text: 'calldata has more than {limit} bytes.' },
  sessionTransferMode: { status: 200, code: '106-010', text: 'A session cannot be transferred in mode {mode}.' },
  mediaFieldMissing: { status: 200, code: '106-011', text: '{field} is missing or empty.' },
  mediaNumberRange: { status: 200, code: '106-012', text: '{field} is no number in the range allowed.' },
  messageCallMissing: { status: 200, code: '106-013', text: 'callid is missing or empty.' },
  messageCallForeign: { status: 200, code: '106-014', text: 'Agent {agent} has no session {callid}.' },
  mediaUserType: { status: 200, code: '106-015', text: 'userType {userType} is not possible here.' },
});

const BASE = '/agentgateway/resource/mediacall/{agentid}';

/** No limit of its own: what is too long has a code for that. */
const MAX_BODY = 1_048_576;

/** As far as JSON goes. */
const ANY = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };

const done = { message: 'success', retcode: '0' };

/** Table 6-255: the message that `data` of 6.1.5.1 holds as JSON. */
export const chatMessage = object({
  from: text('Id of the channel\'s configuration.'),
  to: text('Who receives the message.'),
  channel: oneOf(
    ['WEB', 'WECHAT', 'TWITTER', 'FACEBOOK', '5G', 'EMAIL', 'VOICE', 'LINE', 'WHATSAPP', 'SMS', 'INSTAGRAM', 'TELEGRAM'],
    'By which channel the customer writes.',
  ),
  controlType: oneOf(['CHAT'], 'What it is: a message.'),
  mediaType: oneOf([
    'TEXT', 'IMAGE', 'AUDIO', 'VIDEO', 'LOCATE', 'EMOTICONS', 'CARD', 'MULTICARD', 'EMAIL', 'WHATSAPPTEMPLATE', 'RICHTEXT', 'WEBCARD', 'SMSTEMPLATE',
    'LOCATION', 'DOCUMENT', 'COBROWSESITE',
  ], 'Kind of content; MULTICARD is a row of cards, LOCATION a place in Telegram, COBROWSESITE an address to browse together.'),
  messageCode: text('Id of the message, such as a UUID.'),
  mediaFileType: optional(text('Kind of file: jpg, png or jpeg of an IMAGE; mp3, aac, m4a or mp4 of AUDIO; gif of EMOTICONS; doc, docx, pdf, zip or RTF of a DOCUMENT.')),
  senderNickname: text('Name of the agent that the customer sees.'),
  senderAvatar: text('Picture of the agent that the customer sees.'),
  sendTime: text('When it was sent, in milliseconds since 1970.'),
  content: text('The text, or what the channel reads of the kind of content.', { max: MAX_BODY }),
  contentType: optional(oneOf(['0', '1'], 'Where a file comes from: 0 (unless told) the online chat library, 1 the agent\'s own computer.')),
  userId: text('Id of the customer; it may be what `to` is.'),
});

/** Where something is missing or empty the answer is 106-011, so none of it is required here. */
const data = Type.Unsafe<string | Readonly<Record<string, unknown>>>({
  ...chatMessage, type: ['string', 'object'], required: [], additionalProperties: true,
  description: 'The text to send; or a message of Table 6-255, as JSON in a string or as an object. All but `mediaFileType` and `contentType` must then be there.',
});

export const mediaSendMessage = operation({
  id: 'mediaSendMessage', family: gateway, section: '6.1.5.1', tag: 'Multimedia sessions',
  method: 'POST', path: `${BASE}/sendmessage`, auth: 'C4', envelope: gatewayFlat,
  summary: 'Send a message to the customer of a session',
  description: 'The customer\'s side fetches it from the channel. `data` may have up to 3.8 KB (3891 bytes of UTF-8), as Parley leaves it to the business to '
    + 'encrypt what it writes. What the fields of Table 6-255 say of channel and recipient decides nothing: the session knows both. '
    + 'Where the channel does not take the message, or none is connected, the answer is 100-007.',
  request: {
    path: agentPath,
    body: object({
      callid: optional(text('Id of the agent\'s session; without it the answer is 106-013.')),
      userid: optional(text('Number of the customer.')),
      data: optional(data),
      content: optional(text('What clients repeat of the message; not looked at.', { max: MAX_BODY })),
    }),
  },
  result: nothing,
  errors: [
    sessionErrors.notSignedIn, sessionErrors.failed, mediaCallErrors.mediaOff, mediaCallErrors.messageEmpty, mediaCallErrors.messageTooLong,
    mediaCallErrors.mediaFieldMissing, mediaCallErrors.messageCallMissing, mediaCallErrors.messageCallForeign,
  ],
  examples: [{
    request: {
      agentid: '205', callid: '1552524689-16797284', userid: '88880043',
      data: JSON.stringify({
        from: '202301032048582419', to: '1672709693442874044', channel: 'WEB', controlType: 'CHAT', mediaType: 'TEXT',
        messageCode: 'b72d414f-97ca-4897-bc9f-a727ad92ff12', content: '<p>Good morning</p>', senderNickname: 'Agent', senderAvatar: 'DefaultAvatar',
        sendTime: 1_678_109_503_317, userId: '1672709693442874044',
      }),
      content: 'Good morning',
    },
    response: done,
  }],
});

export const mediaSetCallNums = operation({
  id: 'mediaSetCallNums', family: gateway, section: '6.1.5.2', tag: 'Multimedia sessions',
  method: 'POST', path: `${BASE}/setcallnums`, auth: 'C4', envelope: gatewayFlat,
  summary: 'Set how many sessions an agent takes at a time',
  description: 'Counts from the next session on; those that run go on.',
  request: {
    path: agentPath,
    body: object({
      mediaType: text('Which kind: 1 text chat, 2 click-to-dial, 4 callback request, 5 voice or video, 15 predicted outbound, 16 previewed outbound, '
        + '17 message, 19 video, 51 web chat, 53 social chat. Others answer 106-008.'),
      callnums: text('How many: 1 to 60. Up to 32767 answers 106-003, anything else 106-012.'),
    }),
  },
  result: nothing,
  errors: [sessionErrors.notSignedIn, mediaCallErrors.sessionsTooMany, mediaCallErrors.sessionMedia, mediaCallErrors.mediaNumberRange],
  examples: [{ request: { agentid: '205', mediaType: '53', callnums: '1' }, response: done }],
});

export const mediaTransfer = operation({
  id: 'mediaTransfer', family: gateway, section: '6.1.5.3', tag: 'Multimedia sessions',
  method: 'POST', path: `${BASE}/transfer`, auth: 'C4', envelope: gatewayFlat,
  summary: 'Transfer a session',
  description: 'Mode 0 lets go of the session at once (AgentEvent_Call_Release) and routes it anew. In mode 2 the agent keeps it until the other side has '
    + 'it, and then gets AgentEvent_SuccTransResult; where it fails, the session stays.',
  request: {
    path: agentPath,
    body: object({
      callid: word('Id of the session.'),
      caller: optional(text('Calling number.')),
      devicetype: integer('Where to: 1 a skill queue, 2 an agent, 4 a system access code. Others answer 106-004.'),
      mode: integer('0 at once, 2 when it is taken. Others answer 106-010.'),
      address: word('Id of the skill queue, work number of the agent, or the access code.', { max: 24 }),
      calldata: optional(text('What the one who takes it should know, of up to 2048 bytes; more answers 106-009.', { max: MAX_BODY })),
      skillId: optional(integer('Skill queue of the session from now on, for devicetype 2 alone. Beyond 32767 answers 106-012.', ANY)),
    }),
  },
  result: nothing,
  errors: [
    sessionErrors.notSignedIn, mediaCallErrors.sessionTransferDevice, mediaCallErrors.sessionTransferFailed, mediaCallErrors.sessionTransferAgent,
    mediaCallErrors.sessionDataTooLong, mediaCallErrors.sessionTransferMode, mediaCallErrors.mediaNumberRange,
  ],
  examples: [{
    request: { agentid: '204', callid: '1552524689-16797284', caller: '88880021', devicetype: 2, mode: 2, address: '205', calldata: 'help' },
    response: done,
  }],
});

const ofSession = (userType: string) => object({
  userType: optional(text(userType)),
  callid: optional(text('Id of the call; without it the answer is 106-011.')),
});

export const mediaGetConnectInfo = operation({
  id: 'mediaGetConnectInfo', family: gateway, section: '6.1.5.4', tag: 'Multimedia sessions',
  method: 'POST', path: `${BASE}/getconnectinfo`, auth: 'C4',
  summary: 'Get what an agent needs to enter a call again',
  description: 'For an agent whose phone in the browser was cut off in the middle of a call, whether there are pictures in it or not. The new page opens `wss://<host>:<port>/sip` of the signaling '
    + 'domain with the subprotocol `sip`, registers as `apId` with the `signature` as its password, and calls `sip:<channelId>`: it takes the place of the phone that was there, and '
    + 'nobody else notices. A page that still knows the former dialog may say so by Replaces instead (RFC 3891). A phone that is gone is waited for, but not for long. '
    + 'The answer is 100-007 where the agent is in no such call, is there by another phone than the one that is its own, or calls are only simulated.',
  request: { path: agentPath, body: ofSession('Who enters: agent. Others answer 106-015.') },
  result: object({
    userId: text('Work number of the agent.'),
    ctime: text('Until when the signature is good, in milliseconds since 1970. It ends with the agent\'s session, if that is sooner.'),
    channelId: text('The room in which the phone is: the id of the call that the agent talks in or holds, or the name of a conference.'),
    role: text('Role in the room: 0, an agent.'),
    ip: text('Address of the sound and the pictures.'),
    port: text('The first of the ports of the sound and the pictures; which one a call has, its session description tells.'),
    signalingDomainIn: text('Where to signal from inside: `https://`, host and port.'),
    signalingDomainOut: text('Where to signal from outside: the same.'),
    locationId: text('Node: 65535, as there is one.'),
    signature: text('Password of the phone, as that of 6.1.1.26.'),
    apId: text('Number of the phone, which it registers as; as the table names it.'),
    appId: text('The same, as the example names it.'),
  }),
  errors: [sessionErrors.notSignedIn, sessionErrors.failed, mediaCallErrors.mediaFieldMissing, mediaCallErrors.mediaUserType],
  examples: [{
    request: { agentid: '205', callid: '1552524689-16797284', userType: 'agent' },
    response: {
      ...done,
      result: {
        userId: '205', ctime: '1678113103317', channelId: '1552524689-16797284', role: '0', ip: '192.0.2.17', port: '6500',
        signalingDomainIn: 'https://cc.example.com:8443', signalingDomainOut: 'https://cc.example.com:8443', locationId: '65535',
        signature: 'zzzzzzzzzzzzzzzzzzzzzzzz', apId: '88880205', appId: '88880205',
      },
    },
  }],
});

export const mediaImageCapture = operation({
  id: 'mediaImageCapture', family: gateway, section: '6.1.5.5', tag: 'Multimedia sessions',
  method: 'POST', path: `${BASE}/imagecapture`, auth: 'C4', envelope: gatewayFlat,
  summary: 'Take a picture of the customer',
  description: 'Of a customer who has called from a web page (`createCallToken`) and with whom the agent talks, whether by pictures or not: the page is asked, and its user may refuse. What came of '
    + 'it is told by AgentEvent_ImageCapture, within half a minute: 0 with the path of the picture, 1 where none came, 2 where the customer does not want to. `recordFileDownload` '
    + '(13.1.2.1) has the picture by that path. The answer is 100-007 where the customer is in no page, is not talked to now or is just being asked.',
  request: { path: agentPath, body: ofSession('Who is in the picture: user. Others answer 106-015.') },
  result: nothing,
  errors: [sessionErrors.notSignedIn, sessionErrors.failed, mediaCallErrors.mediaFieldMissing, mediaCallErrors.mediaUserType],
  examples: [{ request: { agentid: '205', callid: '1552524689-16797284', userType: 'user' }, response: done }],
});
